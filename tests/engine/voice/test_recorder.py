import numpy as np
import pytest

from engine.voice.blocks import BLOCK, RATE
from engine.voice.recorder import Recorder
from engine.voice.resampling import Resampler
from tests.engine.voice.sounds import find, joined, melody


def feed(recorder, sound, rate, begin, piece=480):
    for at in range(0, len(sound), piece):
        recorder.take(sound[at : at + piece], begin + at / rate)


@pytest.mark.parametrize("rate", [8000, 16_000, 24_000, 44_100, 48_000])
def test_recording_begins_before_the_press_and_loses_nothing(rate):
    blocks = []
    recorder = Recorder(blocks.append, pre_roll=0.3)
    recorder.opened(rate, Resampler(rate, RATE))
    sound = melody(2.0)
    there = Resampler(RATE, rate).feed(sound, last=True)
    half = len(there) // 2
    feed(recorder, there[:half], rate, 50.0)
    assert blocks == []
    recorder.start(since=51.0 - 0.3)
    feed(recorder, there[half:], rate, 50.0 + half / rate)
    recorder.stop()
    assert blocks[0].when == pytest.approx(50.7, abs=0.001)
    heard = joined(blocks)
    assert len(heard) == pytest.approx(1.3 * RATE, abs=BLOCK)
    likeness, at = find(heard, sound[round(0.75 * RATE) :])
    # A rate of 8,000 Hz does not have the highest tones.
    assert likeness > (0.999 if rate > 8000 else 0.99)
    assert at == pytest.approx(0.05, abs=0.002)


def test_what_was_said_before_a_loss_is_told_before_what_comes_after():
    blocks = []
    recorder = Recorder(blocks.append, pre_roll=0.0)
    recorder.opened(48_000, Resampler(48_000, RATE))
    recorder.start(since=10.0)
    feed(recorder, np.full(5000, 0.25, np.float32), 48_000, 10.0)
    recorder.opened(16_000, Resampler(16_000, RATE))
    feed(recorder, np.full(1600, -0.25, np.float32), 16_000, 12.0)
    recorder.stop()
    before = [block for block in blocks if block.when < 11.0]
    after = [block for block in blocks if block.when > 11.0]
    assert joined(before).sum() == pytest.approx(0.25 * 2500, rel=0.02)
    assert joined(after).sum() == pytest.approx(-0.25 * 2400, rel=0.02)
    assert after[0].when == pytest.approx(12.0, abs=0.01)


def test_only_exact_zeros_from_the_start_are_no_microphone():
    zeros, hum = np.zeros(4800, np.float32), np.full(4800, 1e-7, np.float32)
    recorder = Recorder(lambda block: None, pre_roll=0.0)

    def is_suspected(*pieces):
        recorder.start(since=0.0)
        for number, piece in enumerate(pieces):
            recorder.take(piece, 0.2 * number)
        recorder.stop()
        return recorder.is_all_zeros

    assert is_suspected(*[zeros] * 8)
    assert not is_suspected(*[zeros] * 7)
    assert not is_suspected(*[zeros] * 7, hum, *[zeros] * 20)
    assert not is_suspected(hum, *[zeros] * 20)
