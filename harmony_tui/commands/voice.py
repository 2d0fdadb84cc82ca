"""What the commands about speech do."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, get_args

from engine.config.voice import VoiceMode
from harmony_tui.commands.command import CommandError

if TYPE_CHECKING:
    from harmony_tui.app import HarmonyApp

MODES: tuple[str, ...] = get_args(VoiceMode)
MEANINGS = {
    "off": "Voice is off.",
    "on": "Voice is on: {key} begins and ends what you say, and answers are spoken.",
    "hands-free": "Voice is on and listens by itself; Esc has it pause, {key} go on.",
}


def talk(app: HarmonyApp, _: str) -> None:
    """Begin to listen, or end it."""
    app.voice.press()


def set_voice(app: HarmonyApp, mode: str) -> None:
    """Switch voice on or off, or say how it is."""
    if mode and mode not in MODES:
        raise CommandError(f"It can be: {', '.join(MODES)}.")
    if mode:
        app.change_settings(partial(app.engine.set_value, "voice", mode))
    app.flash(_describe(app))


def _describe(app: HarmonyApp) -> str:
    from harmony_tui.commands.table import BY_NAME

    said = MEANINGS[app.settings.voice].format(key=BY_NAME["talk"].keys_shown or "/talk")
    state = app.voice.state
    if app.settings.voice != "off" and state.engines:
        said = f"{said} {' '.join(filter(None, (state.engines, *state.told)))}."
    return said


def show_microphone(app: HarmonyApp, _: str) -> None:
    """Show devices and the level of the microphone, and say what is wrong with it."""
    from harmony_tui.screens.microphone import MicrophoneScreen

    app.voice.discard()
    app.voice.silence()
    app.push_screen(MicrophoneScreen(app.settings, partial(_choose_device, app)))


def _choose_device(app: HarmonyApp, setting: str, name: str | None) -> None:
    app.change_settings(partial(app.engine.set_value, setting, name))


def speak(app: HarmonyApp, _: str) -> None:
    """Read the marked block aloud, or the last answer; while something is spoken, fall silent."""
    if app.voice.silence():
        return
    pane = app.chat_screen.conversation
    if pane.transcript.cursor is not None:
        text = pane.transcript.read_block()
    else:
        session = app.engine.session
        turns = session.path_turns() if session is not None else []
        answers = (turn.answer for turn in reversed(turns))
        text = next((answer.text for answer in answers if answer is not None), "")
    if not text.strip():
        raise CommandError("There is nothing to read aloud yet.")
    app.voice.read_aloud(text)
