"""Log-probabilities are the model's own, and the alternatives are its best."""

from __future__ import annotations

import mlx.core as mx
import numpy as np
import pytest

from engine.generation.logprobs import measure_logprobs

LOGITS = np.random.default_rng(4).normal(0, 3, 1000).astype(np.float32)


def expected(row: np.ndarray) -> np.ndarray:
    row = row.astype(np.float64)
    return row - row.max() - np.log(np.exp(row - row.max()).sum())


@pytest.mark.parametrize("count", [1, 5, 999, 1000])
def test_they_are_those_of_the_softmax(count):
    found = measure_logprobs(mx.array(LOGITS)[None], mx.array([17]), count)
    best = np.argsort(-LOGITS, kind="stable")[:count]
    assert np.array(found.tokens).tolist() == best.tolist()
    assert np.allclose(np.array(found.values), expected(LOGITS)[best], atol=1e-5)
    assert found.chosen.item() == pytest.approx(expected(LOGITS)[17], abs=1e-5)


def test_without_alternatives_there_is_only_the_chosen():
    found = measure_logprobs(mx.array(LOGITS)[None], mx.array([3]), 0)
    assert found.tokens.shape == found.values.shape == (0,)
    assert found.chosen.item() == pytest.approx(expected(LOGITS)[3], abs=1e-5)


def test_equal_logits_come_by_id_and_excluded_ones_have_no_chance():
    row = mx.array([[1.0, 2.0, -float("inf"), 2.0]])
    found = measure_logprobs(row, mx.array([2]), 4)
    assert found.tokens.tolist() == [1, 3, 0, 2]
    assert found.values.tolist()[3] == found.chosen.item() == -float("inf")


def test_bfloat16_logits_are_read_in_full_precision():
    found = measure_logprobs(mx.array(LOGITS)[None].astype(mx.bfloat16), mx.array([0]), 1)
    assert found.values.dtype == found.chosen.dtype == mx.float32
