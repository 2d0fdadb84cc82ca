"""What the command about presets of hyperparameters does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.config import locations
from engine.config.precedence import show
from engine.config.presets import Preset, delete_preset, find_preset, load_presets, save_preset
from engine.config.reading import SettingsError
from harmony_tui.commands.command import CommandError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from harmony_tui.app import HarmonyApp

USAGE = "To apply one: /preset NAME. Also: save NAME, compare NAME [NAME], delete NAME."


def handle_preset(app: HarmonyApp, text: str) -> None:
    """List, apply, save, compare or delete presets."""
    word, *names = text.split() or [""]
    try:
        match word, names:
            case "", []:
                app.flash(_describe_presets(app))
            case "save", [name]:
                saved = save_preset(name, app.engine.hyperparameters)
                app.flash(f"The preset {saved.name} is in {locations.presets_file()}.")
            case "delete", [name]:
                delete_preset(name)
                app.flash(f"The preset {name} is deleted.")
            case "compare", [name]:
                before = Preset("now", app.engine.hyperparameters.model_dump())
                app.flash(compare(before, find_preset(name)))
            case "compare", [one, other]:
                app.flash(compare(find_preset(one), find_preset(other)))
            case name, []:
                _apply(app, find_preset(name))
            case _:
                raise CommandError(USAGE)
    except SettingsError as error:
        raise CommandError(str(error)) from error


def _apply(app: HarmonyApp, preset: Preset) -> None:
    before = app.engine.hyperparameters.model_dump()
    app.engine.set_hyperparameters(preset.values)
    app.chat_screen.dials.show(app.engine.configuration)
    after = app.engine.hyperparameters.model_dump()
    changed = ", ".join(_changes(before, after)) or "nothing changed"
    app.flash(f"{preset.name}: {changed}.")


def compare(one: Preset, other: Preset) -> str:
    """Return what differs between two presets, as a person reads it."""
    changes = _changes(one.values, other.values)
    if not changes:
        return f"{one.name} and {other.name} set the same."
    return f"{one.name} → {other.name}: {', '.join(changes)}."


def _changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Return the values that differ; what only one of the two names is left out."""
    return [
        f"{name} {show(before[name])} → {show(value)}"
        for name, value in after.items()
        if name in before and before[name] != value
    ]


def _describe_presets(app: HarmonyApp) -> str:
    presets, problems = load_presets()
    now = app.engine.hyperparameters.model_dump()
    listed = ", ".join(
        f"{preset.name}{' ✓' if preset.values and preset.values.items() <= now.items() else ''}"
        for preset in presets.values()
    )
    return " ".join([f"Presets: {listed}. {USAGE}", *problems])


def known_presets(_: HarmonyApp) -> Sequence[str]:
    """Return what may be typed after the command: presets, and what can be done besides."""
    try:
        presets, _problems = load_presets()
    except SettingsError:
        return ["save "]  # the command itself says what is wrong with the file
    own = [name for name, preset in presets.items() if not preset.is_built_in]
    return [
        *presets,
        "save ",
        *(f"compare {name}" for name in presets),
        *(f"delete {name}" for name in own),
    ]
