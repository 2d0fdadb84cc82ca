"""What one stream of the speaker is to play, and how far its listener has heard it."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.voice.blocks import RATE, Samples
from engine.voice.resampling import Resampler

REMEMBERED_CALLS = 256
"""Of 20 ms each; more than any device's latency."""


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Sound that was handed to the device in one call."""

    when: float
    """When its first frame is heard, in seconds of ``time.monotonic``."""
    first: int
    """How many frames were handed over before it."""
    frames: int


class Playlist:
    """Sound of one utterance on its way to one stream.

    One thread at a time queues; PortAudio's thread alone calls ``fill``, which waits for nothing.
    A stream that is being closed may still do so while the next one has a playlist of its own.
    """

    def __init__(self, rate: int, heard_before: int = 0) -> None:
        """Begin with nothing.

        Args:
            rate: the stream's, in Hz.
            heard_before: samples at 24 kHz of the utterance that an earlier stream has played.

        Raises:
            VoiceError: 24 kHz cannot be changed to the rate.
        """
        self.gaps = 0
        """How often there was nothing to play before the end."""
        self._rate = rate
        self._heard_before = heard_before
        self._resampler = Resampler(RATE, rate)
        self._queue: deque[Samples] = deque()
        self._queued = 0
        self._is_ending = False
        # Below: of the callback alone, read by others.
        self._head: Samples | None = None
        self._head_at = 0
        self._handed = 0
        self._stretches: deque[_Stretch] = deque(maxlen=REMEMBERED_CALLS)
        self._is_in_gap = False

    def add(self, samples: Samples) -> None:
        """Queue sound of 24 kHz, shape [n]."""
        self._add(self._resampler.feed(samples))

    def end(self) -> None:
        """Say that nothing follows."""
        if not self._is_ending:
            self._add(self._resampler.feed(np.zeros(0, np.float32), last=True))
            self._is_ending = True

    def heard(self, now: float) -> float:
        """Return how many samples of the utterance, at 24 kHz, are heard up to a time."""
        frames = 0.0
        for stretch in reversed(tuple(self._stretches)):
            if stretch.when <= now:
                frames = stretch.first + min(stretch.frames, (now - stretch.when) * self._rate)
                break
        return self._heard_before + frames * RATE / self._rate

    def is_over(self, now: float) -> bool:
        """Return whether all that was queued is heard at a time."""
        if self._handed < self._queued:
            return False
        last = self._stretches[-1] if self._stretches else None
        return last is None or now >= last.when + last.frames / self._rate

    def fill(self, out: NDArray[np.float32], when: float) -> None:
        """Give the device sound, and silence where there is none.

        Args:
            out: shape [frames, channels], to be filled.
            when: when its first frame will be heard, in seconds of ``time.monotonic``.
        """
        frames, filled = len(out), 0
        while filled < frames:
            if self._head is None:
                if not self._queue:
                    break
                self._head, self._head_at = self._queue.popleft(), 0
            taken = min(frames - filled, len(self._head) - self._head_at)
            out[filled : filled + taken] = self._head[self._head_at : self._head_at + taken, None]
            filled += taken
            self._head_at += taken
            if self._head_at == len(self._head):
                self._head = None
        out[filled:] = 0.0
        if filled:
            self._stretches.append(_Stretch(when, self._handed, filled))
            self._handed += filled
        is_gap = filled < frames and not self._is_ending
        self.gaps += is_gap and not self._is_in_gap
        self._is_in_gap = is_gap

    def _add(self, samples: Samples) -> None:
        if len(samples):
            self._queued += len(samples)
            self._queue.append(samples)
