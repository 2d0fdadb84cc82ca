"""What the commands about settings do: to show, set, reset and keep them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from engine.config import locations
from engine.config.editing import ON, find_kind, read_value, write_text
from engine.config.hyperparameters import AT_NEXT_TURN, HyperparameterError, Hyperparameters
from engine.config.placeholders import PlaceholderError
from engine.config.precedence import DEFAULTS, PLACEHOLDER, find_setting
from engine.config.profiles import NO_PROFILE
from engine.config.reading import SettingsError
from engine.config.writing import write_setting
from harmony_tui.commands import handlers, models, resetting, themes, tools
from harmony_tui.commands.command import CommandError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from engine.config.precedence import Configuration
    from harmony_tui.app import HarmonyApp
    from harmony_tui.commands.command import Handler

HANDLERS: Mapping[str, Handler] = {
    "approval": tools.set_approval,
    "model": models.choose_model,
    "profile": lambda app, name: handlers.use_profile(app, name or NO_PROFILE),
    "theme": themes.set_theme,
}
"""Commands that set one setting each, by its name: all else sets it by them."""
AT_START = ("disk_cache", "unpack", "keys")
"""Settings that act at the next start only."""
NEXT_TURN = "from the next turn on"
NEXT_CONVERSATION = "from the next conversation on"
WHEN: Mapping[str, str] = {
    **dict.fromkeys(
        (
            "identity",
            "instructions",
            "knowledge_cutoff",
            "conversation_start_date",
            "fixed_time",
            "tools",
            "workspace",
            "context_limit",
            "reseed",
            "guided",
            *AT_NEXT_TURN,
        ),
        NEXT_TURN,
    ),
    **dict.fromkeys(("greeting", "examples", "sessions_folder"), NEXT_CONVERSATION),
    **dict.fromkeys(AT_START, "at the next start"),
    **dict.fromkeys(
        ("models_folder", "wired_memory", "buffer_cache"), "when the next model is loaded"
    ),
}
"""When settings act that do not act at once."""


def when_it_acts(name: str) -> str:
    """Return when a setting acts, such as ``at once``."""
    if name in Hyperparameters.model_fields:
        return WHEN.get(name, "from the next token on")
    return WHEN.get(name, "at once")


def show_settings(app: HarmonyApp, search: str) -> None:
    """Show all settings, where each came from, and have them changed."""
    from harmony_tui.screens.settings import Editing, SettingsScreen

    editing = Editing(
        configuration=lambda: app.engine.configuration,
        choices=partial(choices_for, app),
        when=when_it_acts,
        change=partial(change_setting, app),
        reset=partial(reset_setting, app),
        keep=partial(keep_value, app),
    )
    app.push_screen(SettingsScreen(editing, search))


# --- one value --------------------------------------------------------------------------------


def change_setting(app: HarmonyApp, name: str, text: str) -> str:
    """Set a setting as a person types it; return a sentence about it.

    Raises:
        CommandError: there is no such setting, it does not take this, or it cannot be set now.
    """
    try:
        value = read_value(name, text)
        if name in Hyperparameters.model_fields:
            app.set_hyperparameter(name, str(value))
        elif name in HANDLERS and (value or value is False or name == "profile"):
            HANDLERS[name](app, write_text(value))
        else:
            _check_that_it_can_be_set(app, name)
            app.change_settings(partial(app.engine.set_value, name, value))
    except (SettingsError, HyperparameterError, PlaceholderError) as error:
        raise CommandError(str(error)) from error
    return _tell(app.engine.configuration, name)


def reset_setting(app: HarmonyApp, name: str) -> str:
    """Take a setting back to what it is without what was set here; return a sentence about it.

    Raises:
        CommandError: it was not set here, or what it goes back to cannot be used.
    """
    if app.engine.configuration[name].origin != "set here":
        raise CommandError(f"{name} was not changed here, so there is nothing to take back.")
    _check_that_it_can_be_set(app, name)
    try:
        app.change_settings(partial(app.engine.reset_value, name))
    except SettingsError as error:
        raise CommandError(str(error)) from error
    return _tell(app.engine.configuration, name)


def _check_that_it_can_be_set(app: HarmonyApp, name: str) -> None:
    if name in ("model", "profile", "prompt_config") and app.engine.is_loading:
        raise CommandError("A model is being loaded; wait until it is there.")


def _tell(configuration: Configuration, name: str) -> str:
    value = configuration[name]
    said = f"{name} is {'nothing' if value.shown == '-' else value.shown}"
    if name in AT_START and value.origin == "set here":
        return f"{said}; it acts at the next start, once it is kept."
    return f"{said}, {when_it_acts(name)}."


def choices_for(app: HarmonyApp, name: str) -> Sequence[str]:
    """Return the values of a setting to choose from; none where any text may be typed."""
    match name:
        case "theme":
            return themes.theme_names(app)
        case "profile":
            return handlers.known_profiles(app)
        case _:
            return find_kind(name).choices


# --- commands ---------------------------------------------------------------------------------


def set_setting(app: HarmonyApp, text: str) -> None:
    """Set a hyperparameter or another setting, typed as ``NAME VALUE`` or ``NAME=VALUE``."""
    name, _, value = text.replace("=", " ", 1).partition(" ")
    if name in Hyperparameters.model_fields or name not in DEFAULTS:
        handlers.set_hyperparameter(app, text)
    elif not value.strip():
        shown = app.engine.configuration[name].shown
        takes = find_kind(name).takes or "what a file has of it: /help settings"
        raise CommandError(f"{name} is {shown}. It takes {takes}: /set {name} VALUE.")
    else:
        app.flash(change_setting(app, name, value.strip()))


def settable(_: HarmonyApp) -> Sequence[str]:
    """Return what may be typed to set something: names, and values to choose from."""
    names = (*Hyperparameters.model_fields, *(each for each in DEFAULTS if find_kind(each).takes))
    return [
        typed
        for name in dict.fromkeys(names)
        for typed in (f"{name} ", *(f"{name} {each}" for each in _offered(name)))
    ]


def _offered(name: str) -> Sequence[str]:
    # What has a command of its own is chosen from there.
    return () if name in (*HANDLERS, "effort") else find_kind(name).choices


def reset(app: HarmonyApp, name: str) -> None:
    """Take all hyperparameters back that were changed here, or one, or another setting."""
    if name in DEFAULTS and name not in Hyperparameters.model_fields:
        app.flash(reset_setting(app, name))
    else:
        resetting.reset_hyperparameters(app, name)


def keep(app: HarmonyApp, name: str) -> None:
    """Write the value that a setting has now into the user's settings."""
    changed = keepable(app)
    if not name:
        listed = f"Changed here: {', '.join(changed)}. " if changed else ""
        raise CommandError(f"{listed}To keep a setting's value: /keep NAME.")
    app.flash(keep_value(app, name))


def keep_value(app: HarmonyApp, name: str) -> str:
    """Write a setting's value into the user's settings and return a sentence about it.

    From then on it is what is gone back to where what was set here is taken back.

    Raises:
        CommandError: there is no such setting, or it cannot be written.
    """
    path = locations.config_file()
    configuration = app.engine.configuration
    try:
        is_placeholder = name.startswith(PLACEHOLDER)
        value = configuration[name if is_placeholder else find_setting(name)]
        kept = (write_text(value.value) or ON) if name == "tools" else value.value
        if is_placeholder or not isinstance(kept, str | int | float):
            raise CommandError(f"{name} is not written from here. Edit it in {path}.")
        write_setting(path, name, kept)
    except SettingsError as error:
        raise CommandError(str(error)) from error
    values = {**configuration.kept.values, value.name: value.value}
    app.engine.configuration = configuration.with_kept(values)
    app.chat_screen.dials.show(app.engine.configuration)
    return f"{name} is {value.shown} in {path} now."


def keepable(app: HarmonyApp) -> Sequence[str]:
    """Return the settings that were changed while the program runs."""
    values = app.engine.configuration.listing()
    return [value.name for value in values if value.origin == "set here"]
