"""What tests and benchmarks of a call stand on: what it tells, what is said, what is answered."""

from __future__ import annotations

import queue
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from engine.events import (
    Event,
    MessageClosed,
    MessageOpened,
    Statistics,
    TextDelta,
    TurnEnded,
    TurnStarted,
)
from engine.voice.call_events import CallEvent

PATIENCE_SECONDS = 90


class Listener:
    """What a call has told, in order."""

    def __init__(self) -> None:
        self.told: list[CallEvent] = []
        self._queue: queue.SimpleQueue[CallEvent] = queue.SimpleQueue()

    def __call__(self, event: CallEvent) -> None:
        self._queue.put(event)

    def until(self, kind: type[CallEvent], **fields: object) -> CallEvent:
        """Wait for an event of a kind with these fields."""
        end = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < end:
            try:
                event = self._queue.get(timeout=1)
            except queue.Empty:
                continue
            self.told.append(event)
            is_it = isinstance(event, kind)
            if is_it and all(getattr(event, name) == value for name, value in fields.items()):
                return event
        raise AssertionError(f"waited in vain for {kind}, after {self.told[-9:]}")


def record(text: str, folder: Path) -> Path:
    file = folder / "said.wav"
    subprocess.run(["flite", "-voice", "rms", "-t", text, "-o", str(file)], check=True)
    return file


def answer(*deltas: str, finish: str = "stop") -> Iterator[Event]:
    """Give the events of a turn: reasoning, and an answer in pieces."""
    yield TurnStarted("")
    yield MessageOpened(0, "assistant", "analysis", None, None)
    yield TextDelta(0, "analysis", "Nobody is to hear this.")
    yield MessageClosed(0, "assistant", "analysis", None, None, "", (), "end")
    yield MessageOpened(1, "assistant", "final", None, None)
    for delta in deltas:
        yield TextDelta(1, "final", delta)
    yield MessageClosed(1, "assistant", "final", None, None, "".join(deltas), (), "return")
    yield TurnEnded("stop" if finish == "stop" else "cancelled", Statistics())
