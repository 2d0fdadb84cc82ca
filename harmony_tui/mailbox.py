"""Carries events from the engine's threads to the screen, as few wakes as the screen has frames."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import replace

from engine.events import DecodeProgress, Event, LoadProgress, PrefillProgress, TextDelta


class Mailbox:
    """A queue that any thread may put into and one thread empties.

    ``wake`` is called from the putting thread, once per emptying and not once per event: an engine
    that waits for the screen at every token runs at half its speed.
    """

    def __init__(self, wake: Callable[[], None]) -> None:
        self._wake = wake
        self._events: deque[Event] = deque()
        self._is_woken = False
        self._is_closed = False

    def put(self, event: Event) -> None:
        """Add an event. Returns at once."""
        if self._is_closed:
            return
        self._events.append(event)
        if not self._is_woken:
            self._is_woken = True
            self._wake()

    def __len__(self) -> int:
        """How many events wait."""
        return len(self._events)

    def take(self) -> list[Event]:
        """Remove and return all events, in order, with runs of one kind joined."""
        self._is_woken = False
        taken: list[Event] = []
        while self._events:
            event = self._events.popleft()
            if taken and (joined := _join(taken[-1], event)) is not None:
                taken[-1] = joined
            else:
                taken.append(event)
        return taken

    def close(self) -> None:
        """Forget what is there and take nothing more."""
        self._is_closed = True
        self._events.clear()


def _join(earlier: Event, later: Event) -> Event | None:
    """Return one event that says what two said, or None where both are needed."""
    match earlier, later:
        case TextDelta(), TextDelta() if earlier.message == later.message:
            return replace(earlier, text=earlier.text + later.text)
        case (
            (LoadProgress(), LoadProgress())
            | (PrefillProgress(), PrefillProgress())
            | (DecodeProgress(), DecodeProgress())
        ):
            return later
        case _:
            return None
