"""Sounds that can be told apart from any other, and how to find them in a recording."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import numpy as np

from engine.voice.blocks import RATE, Block


def melody(seconds: float, seed: int = 1) -> np.ndarray:
    """Return tones of 0.1 s each, from 200 to 3,000 Hz, never silent."""
    count = round(seconds * RATE)
    pitches = np.random.default_rng(seed).uniform(200.0, 3000.0, count // 2400 + 1)
    phase = 2 * np.pi * np.cumsum(np.repeat(pitches, 2400)[:count]) / RATE
    return (0.4 * np.sin(phase)).astype(np.float32)


def find(recorded: np.ndarray, sound: np.ndarray) -> tuple[float, float]:
    """Return how well a sound is found in a recording (1: as it is) and at how many seconds."""
    size = 1 << (len(recorded) + len(sound)).bit_length()
    there = np.fft.rfft(recorded, size) * np.conj(np.fft.rfft(sound, size))
    at = int(np.argmax(np.fft.irfft(there, size)[: len(recorded)]))
    heard = recorded[at : at + len(sound)]
    energy = float(np.linalg.norm(heard) * np.linalg.norm(sound))
    return (float(heard @ sound[: len(heard)]) / energy if energy else 0.0), at / RATE


def seconds_of_sound(recorded: np.ndarray, threshold: float = 0.02) -> float:
    """Return how long it was not silent, without the pauses of 50 ms or more in between."""
    loud = np.flatnonzero(abs(recorded) > threshold)
    if not len(loud):
        return 0.0
    gaps = np.diff(loud)
    return float(loud[-1] - loud[0] + 1 - gaps[gaps > RATE // 20].sum()) / RATE


def joined(blocks: Sequence[Block]) -> np.ndarray:
    return np.concatenate([np.zeros(0, np.float32), *(block.samples for block in blocks)])


def until(is_so: Callable[[], object], seconds: float = 10.0) -> float:
    """Wait for something and return after how many seconds it was so."""
    begin = time.monotonic()
    while not is_so():
        assert time.monotonic() - begin < seconds, "waited too long"
        time.sleep(0.01)
    return time.monotonic() - begin


def in_three_tries(attempt: Callable[[], bool]) -> bool:
    """Return whether something succeeds in one of three tries.

    A machine that is busy with other work holds up the server or its clients now and then, and
    what they miss then says nothing of the program.
    """
    return any(attempt() for _ in range(3))
