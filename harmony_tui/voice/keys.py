"""What keys mean to the voice before anything else gets them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.drivers.linux_driver import LinuxDriver

from harmony_tui.commands.table import BY_NAME
from harmony_tui.voice.driver import (
    EventTypesKnown,
    KeyReleased,
    KeyRepeated,
    TalkDriver,
    base_of,
)

if TYPE_CHECKING:
    from textual.driver import Driver

    from harmony_tui.app import HarmonyApp

SPACE = "space"
TYPING_SECONDS = 0.3
"""A space that follows another character so soon is written, though that may not stand yet."""


def talk_driver(usual: type[Driver]) -> type[Driver]:
    """Return the driver that hears keys being let go, in place of Textual's own for terminals."""
    return TalkDriver if usual is LinuxDriver else usual


class TalkKeys:
    """Tells the voice of its key, wherever the focus is in the chat."""

    def __init__(self, app: HarmonyApp) -> None:
        self._app = app
        self._held = ""
        """The key that began what is being said."""
        self._is_down = False
        """Whether it has not been let go since, as far as the terminal tells."""
        self._typed_at = -TYPING_SECONDS
        """When the last character was typed, in seconds of ``time.monotonic``."""

    def take(self, event: events.Event) -> bool:
        """Act on an event; return whether nobody else is to have it."""
        match event:
            case EventTypesKnown():
                self._app.voice.key.sees_release = event.tells_releases
                return True
            case KeyReleased(key=key):
                if self._held and key == base_of(self._held):
                    self._is_down, voice = False, self._app.voice
                    voice.act(voice.key.release(event.time))
                return True
            case events.AppBlur():
                voice = self._app.voice
                voice.act(voice.key.lose_focus())
                return False
            case events.Key(is_forwarded=False) if self._is_in_chat:
                return self._take_key(event)
        return False

    @property
    def _is_in_chat(self) -> bool:
        app = self._app
        return bool(app.screen_stack) and app.screen is app.chat_screen

    def _take_key(self, event: events.Key) -> bool:
        voice, key = self._app.voice, event.key
        if key == "escape":
            was_speaking = voice.is_speaking
            # An answer that is still being written is stopped with its speech.
            return voice.escape() and not (was_speaking and self._app.engine.is_answering)
        is_repeat = isinstance(event, KeyRepeated)
        # Held on after what it began has ended, it writes no spaces.
        is_still_held = is_repeat and self._is_down and key == self._held
        self._is_down = is_still_held
        is_space = key == SPACE and (is_still_held or self._is_space_to_speak(event.time))
        if not is_space and key not in BY_NAME["talk"].keys:
            if event.is_printable:
                self._typed_at = event.time
            return False
        if is_repeat:
            voice.key.repeat(event.time)
            return True
        self._held, self._is_down = key, True
        # A busy screen is late with keys, and what counts is when they were pressed.
        voice.pressed_at = event.time
        self._app.run_command(BY_NAME["talk"])
        return True

    def _is_space_to_speak(self, now: float) -> bool:
        voice, settings = self._app.voice, self._app.settings
        if not settings.voice_hold_space or settings.voice == "off":
            return False
        if voice.key.is_on:
            return self._held == SPACE
        area = self._app.chat_screen.prompt.area
        is_typing = now - self._typed_at < TYPING_SECONDS
        return self._app.focused is area and not area.text and not is_typing
