"""What the commands about the prompt box do, and what is said while arguments are typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from textual.app import SuspendNotSupported

from engine.config.hyperparameters import Hyperparameters
from engine.config.precedence import find_setting
from engine.config.settings import SettingsError
from harmony_tui.commands.command import CommandError
from harmony_tui.prompt.editor import EditorError, edit_text

if TYPE_CHECKING:
    from harmony_tui.app import HarmonyApp


def search_history(app: HarmonyApp, words: str) -> None:
    """Search what was sent."""
    app.chat_screen.prompt.search_history(words)


def open_editor(app: HarmonyApp, _: str) -> None:
    """Go on writing in the person's own editor."""
    prompt = app.chat_screen.prompt
    text = prompt.draft.unfold()
    try:
        edited = edit_text(text, app.suspend)
    except EditorError as error:
        raise CommandError(str(error)) from error
    except SuspendNotSupported as error:
        raise CommandError("This terminal cannot be given to an editor.") from error
    if edited != text:
        prompt.begin(edited)


def unfold_pastes(app: HarmonyApp, _: str) -> None:
    """Show all that was pasted."""
    if not app.chat_screen.prompt.draft.pastes:
        raise CommandError("Nothing in the prompt box is folded.")
    app.chat_screen.prompt.unfold()


def explain_hyperparameter(app: HarmonyApp, name: str) -> str:
    """Return the value that a hyperparameter has, its range and what it does."""
    field = Hyperparameters.model_fields.get(name)
    if field is None:
        return ""
    value = getattr(app.engine.hyperparameters, name)
    return f"{value if value != '' else 'none'} now · {_range(name)}{field.description}"


def _range(name: str) -> str:
    field = Hyperparameters.model_fields[name]
    if words := get_args(field.annotation):
        return f"{', '.join(map(str, words))} · "
    bounds = field.bounds
    least = bounds.get("ge", bounds.get("gt"))
    if least is None:
        return ""
    above = "above " if "gt" in bounds else ""
    most = bounds.get("le")
    if most is None or most >= 2**32:
        return f"from {above}{least:,} · "
    return f"{above}{least:,} to {most:,} · "


def explain_setting(app: HarmonyApp, name: str) -> str:
    """Return the value that a setting has, and where it came from."""
    try:
        value = app.engine.configuration[find_setting(name)]
    except SettingsError:
        return ""
    return f"{value.shown} · {value.origin}"
