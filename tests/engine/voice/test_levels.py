import numpy as np
import pytest

from engine.voice.blocks import BLOCK, RATE
from engine.voice.levels import FLOOR, SILENCE, Meter, fraction, level_of

SINE = np.sin(2 * np.pi * 440 * np.arange(RATE) / RATE).astype(np.float32)


@pytest.mark.parametrize(
    ("samples", "rms", "peak"),
    [
        (SINE, -3.01, 0.0),
        (0.1 * SINE, -23.01, -20.0),
        (np.full(100, -0.5, np.float32), -6.02, -6.02),
        (np.full(100, 4.0, np.float32), 0.0, 0.0),  # some drivers go beyond full scale
        (np.zeros(100, np.float32), FLOOR, FLOOR),
        (np.zeros(0, np.float32), FLOOR, FLOOR),
    ],
)
def test_levels_are_decibels_of_full_scale(samples, rms, peak):
    level = level_of(samples)
    assert level.rms == pytest.approx(rms, abs=0.01)
    assert level.peak == pytest.approx(peak, abs=0.01)


def test_the_peak_stands_for_a_moment_and_falls():
    meter, silence = Meter(), np.zeros(BLOCK, np.float32)
    assert meter.level == SILENCE
    assert meter.feed(SINE[:BLOCK]).peak == pytest.approx(0.0, abs=0.01)
    for _ in range(18):  # 1.44 s
        level = meter.feed(silence)
    assert (level.rms, level.peak) == (FLOOR, pytest.approx(0.0, abs=0.01))
    assert meter.feed(silence) == SILENCE


def test_a_bar_is_within_its_frame():
    assert [fraction(dbfs) for dbfs in (FLOOR, -60.0, -30.0, 0.0, 3.0)] == [0, 0, 0.5, 1, 1]
