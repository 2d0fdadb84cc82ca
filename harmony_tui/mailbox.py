"""Carries events from the engine's threads to the screen, as few wakes as the screen has frames."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import replace

from engine.events import (
    DecodeProgress,
    Event,
    LoadProgress,
    PrefillProgress,
    TextDelta,
    ToolOutput,
)
from harmony_tui.tail import Tail

LONGEST_OUTPUT = 20_000
"""Characters of a call's live output that wait at most, the last ones: a tool may flood."""


class _Output:
    """What a call has written since the screen looked last."""

    def __init__(self, call: int) -> None:
        self.call = call
        self.tail = Tail(LONGEST_OUTPUT)

    def tell(self) -> ToolOutput:
        """Return it as one event."""
        return ToolOutput(self.call, self.tail.read())


class Mailbox:
    """A queue that any thread may put into and one thread empties.

    ``wake`` is called from the putting thread, once per emptying and not once per event: an engine
    that waits for the screen at every token runs at half its speed.
    """

    def __init__(self, wake: Callable[[], None]) -> None:
        self._wake = wake
        self._events: deque[Event | _Output] = deque()
        self._lock = threading.Lock()
        """Held where what waits is changed: output is added to what waits already."""
        self._is_woken = False
        self._is_closed = False

    def put(self, event: Event) -> None:
        """Add an event. Returns at once."""
        if self._is_closed:
            return
        with self._lock:
            self._add(event)
        if not self._is_woken:
            self._is_woken = True
            self._wake()

    def _add(self, event: Event) -> None:
        if not isinstance(event, ToolOutput):
            self._events.append(event)
            return
        last = self._events[-1] if self._events else None
        if not isinstance(last, _Output) or last.call != event.call:
            last = _Output(event.call)
            self._events.append(last)
        last.tail.append(event.text)

    def __len__(self) -> int:
        """How many events wait."""
        return len(self._events)

    def take(self) -> list[Event]:
        """Remove and return all events, in order, with runs of one kind joined."""
        self._is_woken = False
        with self._lock:
            waiting, self._events = self._events, deque()
        taken: list[Event] = []
        for each in waiting:
            event = each.tell() if isinstance(each, _Output) else each
            if taken and (joined := _join(taken[-1], event)) is not None:
                taken[-1] = joined
            else:
                taken.append(event)
        return taken

    def close(self) -> None:
        """Forget what is there and take nothing more."""
        self._is_closed = True
        with self._lock:
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
