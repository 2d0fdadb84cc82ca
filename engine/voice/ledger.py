"""Where the time of a spoken turn goes, from the press of the key to the last sound."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from typing import Literal

Moment = Literal[
    "pressed",
    "first_block",
    "first_word",
    "released",
    "final_text",
    "first_token",
    "first_final",
    "first_sound",
    "last_text",
    "last_sound",
]
"""What is noted: the key; the first sound of the microphone, the first partial word; the key let
go; the utterance's final text; the model's first token, the first of its final channel; the first
sound of the voice; the last text that it was given, and its last sound."""

SPANS: Mapping[str, tuple[Moment, Moment, str]] = {
    "release_to_final_text": ("released", "final_text", "text"),
    "release_to_first_token": ("released", "first_token", "token"),
    "release_to_first_sound": ("released", "first_sound", "sound"),
    "speech_lag": ("last_text", "last_sound", "lag"),
    "final_to_first_sound": ("first_final", "first_sound", "voice"),
    "press_to_first_word": ("pressed", "first_word", "word"),
    "press_to_first_block": ("pressed", "first_block", "mic"),
}
"""Figures in seconds by their names: from which moment to which, and how they are called where
there is little room; the most telling ones first."""
COUNTS: Mapping[str, str] = {"xruns": "xruns", "dropped_blocks": "dropped"}
"""Figures that are counted: how often sound broke off, and how many blocks of 80 ms were lost."""
LAST_ONES: tuple[Moment, ...] = ("last_text", "last_sound")


class Ledger:
    """The moments of one turn. Any thread may note one."""

    def __init__(self) -> None:
        self._moments: dict[Moment, float] = {}
        self.xruns = 0
        self.dropped_blocks = 0

    def note(self, moment: Moment, when: float | None = None) -> bool:
        """Note when something happened; all but the last text and sound count once.

        Args:
            moment: what happened.
            when: in seconds of ``time.monotonic``; now if None.

        Returns:
            Whether it was noted.
        """
        if moment in self._moments and moment not in LAST_ONES:
            return False
        self._moments[moment] = time.monotonic() if when is None else when
        return True

    def figures(self) -> dict[str, float]:
        """Return the figures whose moments are known, in their order; counts are always there."""
        moments = dict(self._moments)
        spans: dict[str, float] = {
            name: round(max(0.0, moments[end] - moments[start]), 4)
            for name, (start, end, _) in SPANS.items()
            if start in moments and end in moments
        }
        return spans | {"xruns": self.xruns, "dropped_blocks": self.dropped_blocks}


def describe(figures: Mapping[str, float]) -> list[str]:
    """Return figures as people read them, such as ``text 0.11 s``, the most telling ones first."""
    return [*_spans(figures, SPANS), *_counts(figures)]


def _spans(figures: Mapping[str, float], names: Iterable[str]) -> list[str]:
    return [f"{SPANS[name][2]} {figures[name]:.2f} s" for name in names if name in figures]


def _counts(figures: Mapping[str, float]) -> list[str]:
    return [f"{figures[name]:.0f} {label}" for name, label in COUNTS.items() if figures.get(name)]
