"""Sound at another rate: some devices know only their own."""

from __future__ import annotations

from typing import Any

from engine.voice.blocks import Samples
from engine.voice.errors import VoiceError


class Resampler:
    """Changes the rate of sound that comes in pieces; nothing is lost between two of them."""

    def __init__(self, source: float, target: float) -> None:
        """Take the two rates in Hz.

        Raises:
            VoiceError: they differ, and soxr is not installed.
        """
        self._target = target
        self._stream: Any = None
        if source != target:
            try:
                import soxr  # type: ignore[import-untyped]
            except ImportError as error:
                raise VoiceError(
                    f"The device's {source:.0f} Hz cannot be changed to {target:.0f} Hz: the "
                    "package soxr is missing. Install harmony-tui with its extra voice."
                ) from error
            self._stream = soxr.ResampleStream(source, target, 1, dtype="float32")

    @property
    def delay(self) -> float:
        """How many seconds of what went in have not come out yet."""
        return 0.0 if self._stream is None else self._stream.delay() / self._target

    def feed(self, samples: Samples, *, last: bool = False) -> Samples:
        """Take sound and return what can be told of it at the other rate, shape [n].

        With ``last`` all of it is told; the next sound begins anew.
        """
        if self._stream is None:
            return samples
        told: Samples = self._stream.resample_chunk(samples, last=last)
        if last:
            self._stream.clear()
        return told
