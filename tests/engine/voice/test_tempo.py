"""Speech becomes faster or slower and keeps its pitch."""

from __future__ import annotations

import numpy as np
import pytest

from engine.voice.blocks import BLOCK, RATE
from engine.voice.tempo import Tempo


@pytest.mark.parametrize("rate", [0.5, 0.8, 1.0, 1.3, 2.0])
def test_the_duration_changes_and_the_pitch_does_not(rate):
    time = np.arange(RATE) / RATE
    vowel = sum(np.sin(2 * np.pi * 150 * n * time) / n for n in (1, 2, 3)).astype(np.float32) * 0.4
    tempo = Tempo(rate)
    for _ in range(2):  # a second text begins anew
        pieces = [tempo.feed(vowel[at : at + BLOCK]) for at in range(0, len(vowel), BLOCK)]
        told = np.concatenate([*pieces, tempo.flush()])
        assert len(told) == pytest.approx(RATE / rate, rel=0.05)
        spectrum = np.abs(np.fft.rfft(told * np.hanning(len(told))))
        assert np.argmax(spectrum) * RATE / len(told) == pytest.approx(150, abs=2)
        # No gaps and no clicks: the loudness stays, and no sample is far from the one before.
        assert np.abs(told).max() == pytest.approx(np.abs(vowel).max(), rel=0.02)
        assert np.abs(np.diff(told)).max() < 1.5 * np.abs(np.diff(vowel)).max()
