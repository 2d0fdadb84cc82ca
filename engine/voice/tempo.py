"""Speech faster or slower at the same pitch, for engines that know one tempo only.

WSOLA (Verhelst and Roelands, 1993): windows are taken from the sound at another pace than they are
laid down at, each shifted a little to where it goes on most alike with the one before.
"""

from __future__ import annotations

import numpy as np

from engine.voice.blocks import Samples

STEP = 480
"""Samples between two windows as they are laid down: 20 ms. A window is twice as long."""
REACH = 240
"""A window is shifted by so many samples at most."""


class Tempo:
    """Changes the tempo of sound that comes in pieces."""

    def __init__(self, rate: float) -> None:
        """Take how fast the speech is to be; 1.0 leaves it as it is."""
        self._rate = rate
        self._sound = np.zeros(0, np.float32)
        self._next = 0.0
        """Where in the sound the next window is to begin, before it is shifted."""
        self._last = -STEP
        """Where the last window began; its second half is still to be laid down."""
        rise = np.sin(np.linspace(0.0, np.pi / 2, STEP, endpoint=False, dtype=np.float32)) ** 2
        self._rise: Samples = rise

    def feed(self, samples: Samples) -> Samples:
        """Take sound and return what can be told of it at the other tempo, shape [n]."""
        if self._rate == 1.0:
            return samples
        self._sound = np.concatenate((self._sound, samples))
        return self._lay_windows(len(self._sound) - REACH - 2 * STEP)

    def flush(self) -> Samples:
        """Return the rest of the sound; the next one begins anew."""
        if self._rate == 1.0:
            return self._sound
        end = len(self._sound) - 1
        self._sound = np.concatenate((self._sound, np.zeros(REACH + 2 * STEP, np.float32)))
        rest = self._lay_windows(end)
        self._sound, self._next, self._last = np.zeros(0, np.float32), 0.0, -STEP
        return rest

    def _lay_windows(self, last: int) -> Samples:
        """Return the sound of all windows that are to begin there at the latest."""
        laid = []
        while int(self._next) <= last:
            laid.append(self._lay_window())
        self._forget()
        return np.concatenate(laid) if laid else np.zeros(0, np.float32)

    def _lay_window(self) -> Samples:
        """Return the sound of one step: the end of the last window into the start of the next."""
        target = int(self._next)
        self._next += STEP * self._rate
        if self._last < 0:
            self._last = target
            return self._sound[target : target + STEP]
        going_on = self._sound[self._last + STEP : self._last + 2 * STEP]
        low = max(0, target - REACH)
        likeness = np.correlate(self._sound[low : target + REACH + STEP], going_on, "valid")
        start = low + int(np.argmax(likeness))
        self._last = start
        mixed: Samples = going_on * (1 - self._rise)
        return mixed + self._sound[start : start + STEP] * self._rise

    def _forget(self) -> None:
        """Drop the sound that no window can begin in any more."""
        past = min(max(0, self._last), max(0, int(self._next) - REACH))
        self._sound = self._sound[past:]
        self._next -= past
        self._last -= past
