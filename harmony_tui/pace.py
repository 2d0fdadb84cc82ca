"""How often the screen is drawn while text streams: drawing holds up the thread that decodes."""

from __future__ import annotations

import time

SHORTEST = 1 / 30
"""Seconds from one batch of events to the next, at least."""
LONGEST = 1 / 8
SHARE = 0.05
"""How much of the time drawing may take while text comes faster than it is read."""
KEY_SECONDS = 0.04
"""Text that streams waits so long for what a key changes, which alone is drawn in a few ms."""
LONGEST_WAIT = 2 * LONGEST
"""Seconds after which a batch is drawn however many keys come: one may be held."""
FAST = 3
"""Events of one batch from which on text comes that fast."""


class Pace:
    """Spaces batches by what drawing the ones before cost, once there is much to draw.

    Python runs one thread at a time, so what the screen takes, the engine does not get.
    """

    def __init__(self) -> None:
        """Begin with the first batch due at once."""
        self.due = 0.0
        """When the next batch may come, on the clock of ``time.monotonic`` and asyncio's loop."""
        self._drawn = 0.0
        """When the last batch was drawn."""
        self._spent = time.thread_time()

    def note_batch(self, events: int) -> None:
        """Take the size of the batch that is about to be drawn, on the screen's thread."""
        spent = time.thread_time()
        cost, self._spent = spent - self._spent, spent
        pause = min(LONGEST, max(SHORTEST, cost / SHARE)) if events >= FAST else SHORTEST
        self._drawn = time.monotonic()
        self.due = self._drawn + pause

    def note_key(self) -> None:
        """Have the next batch wait for what a key changes, which was pressed now."""
        latest = self._drawn + LONGEST_WAIT
        self.due = max(self.due, min(time.monotonic() + KEY_SECONDS, latest))
