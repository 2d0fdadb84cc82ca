"""Shows no more of a message than a person wants to see; the conversation itself keeps it all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from engine.events import (
    Event,
    MessageClosed,
    MessageOpened,
    TextDelta,
    TurnContinued,
    TurnStarted,
)

if TYPE_CHECKING:
    from engine.config.settings import Settings


class Shortener:
    """Cuts the text of analysis and of answers where the settings' limits are reached."""

    def __init__(self, settings: Callable[[], Settings]) -> None:
        """``settings`` gives those that are in force now."""
        self._settings = settings
        self._channels: dict[int, str | None] = {}
        self._lengths: dict[int, int] = {}
        """How many characters of each message came."""
        self._hidden: dict[int, int] = {}
        """How many of them are not shown."""

    @property
    def is_needed(self) -> bool:
        """Whether there is a limit at all."""
        settings = self._settings()
        return bool(settings.truncate_thinking or settings.truncate_response)

    def shorten(self, event: Event) -> list[Event]:
        """Return the events to show in place of one."""
        match event:
            case TurnStarted():
                self._channels.clear()
            case MessageOpened(message=message):
                self._channels[message] = event.channel if event.recipient is None else None
                self._lengths[message] = self._hidden[message] = 0
            case TextDelta(message=message, text=text) if message in self._channels:
                shown = self._cut(message, text)
                return [event if shown == text else replace(event, text=shown)]
            case TurnContinued(message=int() as message, text=text) if message in self._channels:
                self._lengths[message] = self._hidden[message] = 0
                return [replace(event, text=self._cut(message, text))]
            case MessageClosed(message=message) if hidden := self._hidden.get(message, 0):
                self._hidden[message] = 0
                said = f" … ({hidden:,} more characters are not shown)"
                return [TextDelta(message, event.channel, said), event]
        return [event]

    def _cut(self, message: int, text: str) -> str:
        limit = self._limit(self._channels[message])
        room = max(0, limit - self._lengths[message]) if limit else len(text)
        self._lengths[message] += len(text)
        self._hidden[message] += max(0, len(text) - room)
        return text[:room]

    def _limit(self, channel: str | None) -> int:
        """Return how many characters of a message of a channel are shown; 0 is all of them."""
        match channel:
            case "analysis":
                return self._settings().truncate_thinking
            case "final":
                return self._settings().truncate_response
            case _:
                return 0
