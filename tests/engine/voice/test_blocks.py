import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.voice.blocks import BLOCK, RATE, Cutter


@given(st.lists(st.integers(0, 5000), max_size=12))
def test_blocks_hold_all_sound_in_its_order_at_its_time(lengths):
    sound = np.arange(1, sum(lengths) + 1, dtype=np.float32)
    cutter, blocks, at = Cutter(), [], 0
    for length in lengths:
        blocks += cutter.feed(sound[at : at + length], 100.0 + at / RATE)
        at += length
    blocks += cutter.flush()
    assert all(block.samples.shape == (BLOCK,) for block in blocks)
    whole = np.concatenate([block.samples for block in blocks]) if blocks else sound
    assert np.array_equal(whole[: len(sound)], sound)
    assert not whole[len(sound) :].any()
    assert len(whole) - len(sound) < BLOCK
    for number, block in enumerate(blocks):
        assert block.when == pytest.approx(100.0 + number * BLOCK / RATE)
    assert list(cutter.flush()) == []


def test_sound_after_a_gap_begins_a_block():
    cutter, half = Cutter(), np.ones(BLOCK // 2, np.float32)
    assert list(cutter.feed(half, 5.0)) == []
    (before,) = cutter.feed(half, 9.0)
    assert before.when == 5.0
    assert before.samples.sum() == BLOCK // 2
    (after,) = cutter.feed(half, 9.04)
    assert after.when == 9.0
    assert after.samples.sum() == BLOCK
