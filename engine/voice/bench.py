"""How fast each stage of speech is on this machine, and whether it keeps up with time."""

from __future__ import annotations

import statistics
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.voice.blocks import BLOCK, BLOCK_SECONDS, RATE

if TYPE_CHECKING:
    from engine.voice.blocks import Samples
    from engine.voice.recognizer import Recognizer
    from engine.voice.synthesizer import Synthesizer

SENTENCE = (
    "The quick brown fox jumps over the lazy dog. "
    "It was a bright cold day in spring, and the clocks were striking three."
)
DEVICE_RATE = 48_000
BUDGET = 1000 * BLOCK_SECONDS
"""Milliseconds that a block may take."""
ROUNDS = 100


@dataclass(frozen=True, slots=True)
class Stage:
    """What one stage takes, in milliseconds for 80 ms of sound."""

    name: str
    engine: str
    mean: float
    p95: float
    notes: tuple[str, ...] = ()

    @property
    def keeps_up(self) -> bool:
        """Whether it is faster than the sound."""
        return self.mean < BUDGET

    @property
    def verdict(self) -> str:
        """Whether it keeps up, and with how much to spare."""
        if not self.keeps_up:
            return f"too slow by a factor of {self.mean / BUDGET:.1f}"
        return f"keeps up, {BUDGET / self.mean:.1f} times faster than needed"


def measure_resampling() -> Stage:
    """Measure what a device at 48 kHz costs."""
    import numpy as np

    from engine.voice.resampling import Resampler

    resampler = Resampler(DEVICE_RATE, RATE)
    block = np.zeros(int(DEVICE_RATE * BLOCK_SECONDS), np.float32)
    taken = [_timed(lambda: resampler.feed(block)) for _ in range(ROUNDS)]
    return _stage("resampling", "soxr", taken)


def measure_synthesis(synthesizer: Synthesizer) -> tuple[Stage, Samples]:
    """Measure how fast a sentence is spoken; return that and its sound.

    Raises:
        VoiceError: the engine failed.
    """
    import numpy as np

    began = time.monotonic()
    first = 0.0
    pieces: list[Samples] = []
    taken: list[float] = []
    last = began
    for spoken in synthesizer.speak(iter([SENTENCE]), threading.Event()):
        now = time.monotonic()
        first = first or now - began
        taken.append(1000 * (now - last) * BLOCK / max(1, len(spoken.samples)))
        last = now
        pieces.append(spoken.samples)
    sound = np.concatenate(pieces) if pieces else np.zeros(0, np.float32)
    notes = (f"first sound after {1000 * first:.0f} ms",)
    return _stage("synthesis", synthesizer.name, taken, notes), sound


def measure_recognition(recognizer: Recognizer, sound: Samples) -> Stage:
    """Measure how fast that sound is understood, and how well.

    Raises:
        VoiceError: the engine failed.
    """
    recognizer.start()
    taken = []
    for block in _blocks(sound):
        began = time.monotonic()
        recognizer.feed(block)
        taken.append(1000 * (time.monotonic() - began))
    began = time.monotonic()
    text = recognizer.finish().text
    last = 1000 * (time.monotonic() - began)
    errors = word_error_rate(SENTENCE, text)
    wrong = f"{100 * errors:.0f} % of the words wrong: “{text}”"
    notes = (f"final text after {last:.0f} ms", wrong)
    return _stage("recognition", recognizer.name, taken, notes)


def word_error_rate(said: str, heard: str) -> float:
    """Return how many words have to be changed to make one text of the other, per word said."""
    wanted, got = _words(said), _words(heard)
    row = list(range(len(got) + 1))
    for number, word in enumerate(wanted, start=1):
        diagonal, row[0] = row[0], number
        for place, other in enumerate(got, start=1):
            best = min(row[place] + 1, row[place - 1] + 1, diagonal + (word != other))
            diagonal, row[place] = row[place], best
    return row[-1] / len(wanted) if wanted else float(bool(got))


def _words(text: str) -> list[str]:
    return "".join(c if c.isalnum() or c in "' " else " " for c in text.lower()).split()


def _blocks(sound: Samples) -> Iterator[Samples]:
    for start in range(0, len(sound) - BLOCK + 1, BLOCK):
        yield sound[start : start + BLOCK]


def _timed(act: Callable[[], object]) -> float:
    began = time.monotonic()
    act()
    return 1000 * (time.monotonic() - began)


def _stage(name: str, engine: str, taken: Sequence[float], notes: tuple[str, ...] = ()) -> Stage:
    ordered = sorted(taken) or [0.0]
    p95 = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
    return Stage(name, engine, max(0.001, statistics.fmean(ordered)), p95, notes)
