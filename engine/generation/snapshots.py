"""The windows of sliding layers at positions that their logs no longer reach back to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import mlx.core as mx

from engine.generation.linear_log import LinearLog
from engine.generation.segment import Stretch

SNAPSHOTS = 32
"""The most that there are, however many messages were read."""


def thin(positions: Iterable[int], most: int = SNAPSHOTS) -> list[int]:
    """Return so many of ascending positions at most, spread over all of them; the last is one.

    Going back from anywhere to the last position before it reads some tokens again. The position
    that goes is each time the one without which the most of that is the least.
    """
    kept: list[int] = []
    for position in positions:
        kept.append(position)
        if len(kept) > most:
            before = [0, *kept]
            gaps = [after - before[place] for place, after in enumerate(kept[1:])]
            del kept[gaps.index(min(gaps))]
    return kept


class Snapshots:
    """Some positions, each with the window before it of every sliding layer."""

    def __init__(self) -> None:
        """Begin with none."""
        self.windows: dict[int, dict[LinearLog, Stretch]] = {}

    def take(self, positions: Sequence[int], logs: Sequence[LinearLog]) -> None:
        """Keep the windows at ascending positions, or at the most useful of old and new ones.

        Args:
            positions: the logs hold all of their windows.
            logs: those of the sliding layers.
        """
        kept = thin(sorted({*self.windows, *positions}))
        windows = {end: self.windows.get(end) or _cut(logs, end) for end in kept}
        self.windows = windows
        # Evaluated at once, so that they do not keep the logs' arrays alive.
        mx.eval(self.arrays())

    def before(self, length: int) -> int:
        """Return the last position before ``length``; 0 if there is none."""
        return max((end for end in self.windows if end < length), default=0)

    def forget_after(self, length: int) -> None:
        """Let go of later positions."""
        self.windows = {end: each for end, each in self.windows.items() if end <= length}

    def arrays(self) -> list[mx.array]:
        """Return the arrays held."""
        windows = [window for each in self.windows.values() for window in each.values()]
        return [array for window in windows for array in (window.keys, window.values)]

    def check_integrity(self) -> None:
        """Raise AssertionError unless every position has its whole windows."""
        for end, each in self.windows.items():
            if any(window.end != end or not window.holds_window(end) for window in each.values()):
                raise AssertionError(f"the snapshot of {end} is not that of its window")


def _cut(logs: Sequence[LinearLog], end: int) -> dict[LinearLog, Stretch]:
    return {log: log.copy(max(0, end - (log.visible or 0)), end) for log in logs}
