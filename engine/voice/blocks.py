"""The one form that sound has inside the program: 24 kHz, mono, float32, in blocks of 80 ms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

RATE = 24_000
"""Samples a second; Kyutai's models take nothing else."""
BLOCK = 1920
"""Samples of a block: one frame of Kyutai's models."""
BLOCK_SECONDS = BLOCK / RATE
GAP_SECONDS = 0.25
"""Sound that comes so much later than it should is not joined to what came before."""

Samples: TypeAlias = NDArray[np.float32]
"""Shape [n], full scale is -1 to 1."""


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Sound of 80 ms."""

    samples: Samples
    """Shape [1920], 24 kHz."""
    when: float
    """When its first sample was heard, in seconds of ``time.monotonic``."""


class Cutter:
    """Cuts sound that comes in pieces of any length into blocks."""

    def __init__(self) -> None:
        self._pending = np.zeros(BLOCK, np.float32)
        self._length = 0
        self._when = 0.0

    def feed(self, samples: Samples, when: float) -> Iterator[Block]:
        """Take sound and give the blocks that are full with it.

        Args:
            samples: shape [n], 24 kHz.
            when: when the first of them was heard. After a gap the block before it is filled up
                with silence, so that a block's time holds for all of it.
        """
        if self._length and when - (self._when + self._length / RATE) > GAP_SECONDS:
            yield from self.flush()
        at = 0
        while at < len(samples):
            if not self._length:
                self._when = when + at / RATE
            taken = min(BLOCK - self._length, len(samples) - at)
            self._pending[self._length : self._length + taken] = samples[at : at + taken]
            self._length += taken
            at += taken
            if self._length == BLOCK:
                yield from self.flush()

    def flush(self) -> Iterator[Block]:
        """Give what is left as a block, filled up with silence, if anything is left."""
        if self._length:
            whole = self._pending.copy()
            whole[self._length :] = 0.0
            self._length = 0
            yield Block(whole, self._when)
