"""What is wrong with a microphone, as its level tells it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.voice.levels import Level

CLIPPED = -0.3
"""dBFS of a peak from which on sound is cut off."""
AUDIBLE = -42.0
"""dBFS of a peak that a voice near a microphone reaches at least."""
DEAD = -90.0
"""dBFS below which there is not even the noise of a microphone."""
NOISY = -38.0
"""dBFS of a room in which words are hard to make out."""
LEAST_BLOCKS = 12
"""About a second of sound, before which nothing is said."""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What can be said of a microphone."""

    is_good: bool
    message: str


def diagnose(levels: Sequence[Level]) -> Diagnosis | None:
    """Return what the levels of successive blocks say; None while there are too few."""
    if len(levels) < LEAST_BLOCKS:
        return None
    peak = max(level.peak for level in levels)
    # What is left where nobody speaks.
    room = sorted(level.rms for level in levels)[len(levels) // 10]
    if peak <= DEAD:
        return Diagnosis(
            False, "Nothing at all comes from it: it is muted, or may not be used by the terminal."
        )
    if peak >= CLIPPED:
        return Diagnosis(False, "It is too loud and cut off: turn the input's gain down.")
    if room >= NOISY:
        return Diagnosis(False, f"The room is loud ({room:.0f} dB): words will be misheard.")
    if peak < AUDIBLE:
        return Diagnosis(False, "It works, but is very quiet: speak, come nearer or turn it up.")
    return Diagnosis(True, "It hears you well.")
