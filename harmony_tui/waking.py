"""Has the screen's loop look for what the engine said, from whatever thread it was said."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from harmony_tui.pace import Pace

logger = logging.getLogger(__name__)


class Waker:
    """Calls on the loop, when something has come and it is time to show it."""

    def __init__(self, on_arrival: Callable[[], None]) -> None:
        """Begin without a loop; what comes before ``connect`` waits to be taken.

        Args:
            on_arrival: is called on the loop.
        """
        self._on_arrival = on_arrival
        self._loop: asyncio.AbstractEventLoop | None = None
        self._pace = Pace()

    def connect(self) -> None:
        """Call on the loop that runs now."""
        self._loop = asyncio.get_running_loop()

    def note_batch(self, count: int) -> None:
        """Note how many events are shown now, which says how soon the next may be."""
        self._pace.note_batch(count)

    def note_key(self) -> None:
        """Note that a key was pressed, whose change is shown before what the engine says."""
        self._pace.note_key()

    def wake(self) -> None:
        """Have the loop look. Called from any thread."""
        try:
            if self._loop is not None:
                self._loop.call_soon_threadsafe(self._schedule, self._loop)
        except RuntimeError:
            logger.debug("An event came after the screen was gone")

    def call_later(self, seconds: float, act: Callable[[], None]) -> None:
        """Have something done on the loop after a while, if there is one."""
        if self._loop is not None:
            self._loop.call_later(seconds, act)

    def _schedule(self, loop: asyncio.AbstractEventLoop) -> None:
        loop.call_at(max(loop.time(), self._pace.due), self._arrive, loop)

    def _arrive(self, loop: asyncio.AbstractEventLoop) -> None:
        if loop.time() < self._pace.due:  # a key was pressed since
            self._schedule(loop)
        else:
            self._on_arrival()
