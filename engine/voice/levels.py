"""How loud sound is, in decibels of full scale."""

from __future__ import annotations

import math
from dataclasses import dataclass

from engine.voice.blocks import RATE, Samples

FLOOR = -120.0
"""Stands for silence, which has no decibels."""
SHOWN_FROM = -60.0
"""Where a meter begins; a quiet room is about here."""
HOLD_SECONDS = 1.5


@dataclass(frozen=True, slots=True)
class Level:
    """How loud a stretch of sound is."""

    rms: float
    """dBFS, ``FLOOR`` to 0; a sine of full scale has -3.0."""
    peak: float
    """dBFS of the largest sample, ``FLOOR`` to 0; at 0 the sound is clipped."""


SILENCE = Level(FLOOR, FLOOR)


def level_of(samples: Samples) -> Level:
    """Measure sound of any length; nothing is silence."""
    if not len(samples):
        return SILENCE
    power = float(samples @ samples) / len(samples)
    peak = float(abs(samples).max())
    return Level(decibels(math.sqrt(power)), decibels(peak))


def decibels(amplitude: float) -> float:
    """Return an amplitude of 0 to 1 in dBFS, within ``FLOOR`` and 0."""
    return FLOOR if amplitude <= 0.0 else min(0.0, max(FLOOR, 20.0 * math.log10(amplitude)))


def fraction(dbfs: float) -> float:
    """Return how far a meter's bar reaches, 0 to 1."""
    return min(1.0, max(0.0, 1.0 - dbfs / SHOWN_FROM))


class Meter:
    """Follows the level of sound; the peak stands for a moment, so that an eye can catch it."""

    def __init__(self) -> None:
        self.level = SILENCE
        self._held = 0.0

    def feed(self, samples: Samples) -> Level:
        """Take sound of 24 kHz and return its level, with the peak of the last 1.5 seconds."""
        now = level_of(samples)
        self._held += len(samples) / RATE
        if now.peak >= self.level.peak or self._held > HOLD_SECONDS:
            self._held = 0.0
            self.level = now
        else:
            self.level = Level(now.rms, self.level.peak)
        return self.level
