"""What becomes of the microphone's sound: blocks of 80 ms, from before the press to the release."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from engine.voice.blocks import RATE, Block, Cutter, Samples
from engine.voice.levels import Level, Meter
from engine.voice.resampling import Resampler

ZERO_SECONDS = 1.5
"""No microphone that is on gives exact zeros for so long from the beginning."""


@dataclass(frozen=True, slots=True)
class _Piece:
    samples: Samples
    """24 kHz."""
    when: float

    @property
    def end(self) -> float:
        return self.when + len(self.samples) / RATE


class Recorder:
    """Keeps the last moment while nothing is recorded, and gives blocks while something is.

    It has no thread; one that owns it makes all calls.
    """

    def __init__(self, hear: Callable[[Block], None], pre_roll: float) -> None:
        """Take who hears the blocks, and how many seconds to keep for what begins too early."""
        self.is_recording = False
        self.is_all_zeros = False
        """Whether so much came since the start, all of it exact zeros, that something is wrong."""
        self.end = 0.0
        """Up to when sound was taken, in seconds of ``time.monotonic``."""
        self._hear = hear
        self._pre_roll = pre_roll
        self._kept: deque[_Piece] = deque()
        self._cutter = Cutter()
        self._meter = Meter()
        self._rate = RATE
        self._resampler = Resampler(RATE, RATE)
        self._zeros: float | None = None

    @property
    def level(self) -> Level:
        """How loud it is now."""
        return self._meter.level

    def opened(self, rate: int, resampler: Resampler) -> None:
        """Take sound of another stream from now on; what the one before gave is told first.

        Args:
            rate: the stream's, in Hz.
            resampler: from that rate to 24 kHz.
        """
        self._finish_stream()
        self._rate = rate
        self._resampler = resampler

    def start(self, since: float) -> None:
        """Record, beginning with what was heard since then and is still kept.

        Args:
            since: in seconds of ``time.monotonic``.
        """
        self.is_recording = True
        self._zeros, self.is_all_zeros = 0.0, False
        for piece in self._kept:
            if piece.end > since:
                early = max(0, round((since - piece.when) * RATE))
                self._cut(_Piece(piece.samples[early:], piece.when + early / RATE))
        self._kept.clear()

    def stop(self) -> None:
        """Record no more; the last block is filled up with silence."""
        if self.is_recording:
            self._finish_stream()
            self.is_recording = False

    def take(self, samples: Samples, when: float) -> None:
        """Take sound from the device.

        Args:
            samples: shape [n], at the stream's rate.
            when: when the first of them was heard.
        """
        self.end = when + len(samples) / self._rate
        self._count_zeros(samples)
        told = self._resampler.feed(samples)
        if len(told):
            begin = self.end - self._resampler.delay - len(told) / RATE
            self._meter.feed(told)
            self._give(_Piece(told, begin))

    # --- where it goes ------------------------------------------------------------------------

    def _give(self, piece: _Piece) -> None:
        if self.is_recording:
            self._cut(piece)
            return
        self._kept.append(piece)
        while self._kept and self._kept[0].end < piece.end - self._pre_roll:
            self._kept.popleft()

    def _cut(self, piece: _Piece) -> None:
        for block in self._cutter.feed(piece.samples, piece.when):
            self._hear(block)

    def _finish_stream(self) -> None:
        rest = self._resampler.feed(np.zeros(0, np.float32), last=True)
        if len(rest):
            self._give(_Piece(rest, self.end - len(rest) / RATE))
        if self.is_recording:
            for block in self._cutter.flush():
                self._hear(block)

    def _count_zeros(self, samples: Samples) -> None:
        if self._zeros is None:
            return
        if samples.any():
            self._zeros, self.is_all_zeros = None, False
            return
        self._zeros += len(samples) / self._rate
        self.is_all_zeros = self._zeros >= ZERO_SECONDS
