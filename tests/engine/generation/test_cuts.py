"""Each cut against its definition, written out in plain NumPy and float64."""

from __future__ import annotations

from collections.abc import Collection

import mlx.core as mx
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from engine.config.hyperparameters import Hyperparameters
from engine.generation.cuts import (
    NEAREST,
    exclude_top_choices,
    keep_min_p,
    keep_top_k,
    keep_top_p,
    measure_gaps,
    rank,
    restrict,
)

INFINITY = float("inf")
SLACK = 2e-6
"""What sums of float32 may be off by: a share so near to a sum may be cut on either side of it."""

VALUES = st.one_of(
    st.sampled_from([-INFINITY, -3.0, -1.0, -0.5, -0.0, 0.0, 0.5, 1.0, 2.0]),
    st.floats(-40, 40, width=32).filter(lambda value: value == 0 or abs(value) >= NEAREST),
)
ROWS = st.lists(VALUES, min_size=1, max_size=40).map(lambda row: np.array(row, np.float32))
SOME_FINITE = ROWS.filter(lambda row: row.max() > -INFINITY)
FAST = settings(max_examples=30, deadline=None)


def ranked(row: np.ndarray) -> np.ndarray:
    """Token ids from the best down; of equal logits the lower id first."""
    return np.argsort(-row, kind="stable")


def softmax(row: np.ndarray, temperature: float = 1.0) -> np.ndarray:
    scaled = row.astype(np.float64) / temperature
    weights = np.exp(scaled - scaled.max())
    return weights / weights.sum()


def gaps_of(row: np.ndarray, temperature: float = 1.0) -> mx.array:
    return measure_gaps(mx.array(row)[None], temperature)


def top_k(row: np.ndarray, count: int) -> set[int]:
    return kept(keep_top_k(gaps_of(row), rank(mx.array(row)[None]), count))


def top_p(row: np.ndarray, share: float, temperature: float = 1.0) -> set[int]:
    return kept(keep_top_p(gaps_of(row, temperature), rank(mx.array(row)[None]), share))


def xtc(row: np.ndarray, threshold: float, control: Collection[int] = (), acts=True) -> set[int]:
    ranks, flag = rank(mx.array(row)[None]), mx.array([[acts]])
    return kept(exclude_top_choices(gaps_of(row), ranks, threshold, flag, control))


def kept(gaps: mx.array) -> set[int]:
    return set(np.flatnonzero(np.isfinite(np.array(gaps[0]))).tolist())


def possible(row: np.ndarray) -> set[int]:
    return set(np.flatnonzero(row > -INFINITY).tolist())


# --- gaps --------------------------------------------------------------------------------------


@FAST
@given(SOME_FINITE, st.sampled_from([0.01, 0.5, 1.0, 2.0]))
def test_gaps_give_the_models_probabilities_at_any_temperature(row, temperature):
    gaps = np.array(gaps_of(row, temperature)[0])
    assert (gaps >= 0).all()
    assert np.allclose(softmax(-gaps), softmax(row, temperature), atol=1e-5)


def test_infinite_logits_share_everything_and_a_row_of_nothing_allows_nothing():
    row = np.array([1.0, INFINITY, -INFINITY, INFINITY, 3e38], np.float32)
    assert np.exp(-np.array(gaps_of(row)[0])).tolist() == [0, 1, 0, 1, 0]
    nothing = np.full(5, -INFINITY, np.float32)
    everything = Hyperparameters(top_k=2, top_p=0.5, min_p=0.1, xtc_probability=1)
    cut = restrict(mx.array(nothing)[None], everything, mx.array([[0.0]]))
    assert (np.array(cut) == -INFINITY).all()


@pytest.mark.parametrize("temperature", [1e-30, 1e-38, 1e-45, 5e-324])
def test_a_temperature_next_to_nothing_leaves_the_best(temperature):
    row = np.array([30.0, 29.999, -4.0, 30.0], np.float32)
    gaps = np.exp(-np.array(gaps_of(row, temperature)[0]))
    assert gaps.tolist() == [1, 0, 0, 1]


@FAST
@given(ROWS)
def test_ranks_order_as_the_logits_do(row):
    ranks = np.array(rank(mx.array(row)[None])[0])
    assert ranks.min() == 0
    assert np.array_equal(np.argsort(ranks, kind="stable"), ranked(row))
    assert np.array_equal(ranks[:, None] == ranks, row[:, None] == row)


# --- top_k -------------------------------------------------------------------------------------


@FAST
@given(ROWS, st.integers(1, 45))
def test_top_k_keeps_exactly_the_first_ranks(row, count):
    expected = set(ranked(row)[:count].tolist()) & possible(row)
    cut = restrict(mx.array(row)[None], Hyperparameters(top_k=count))
    assert kept(cut) == expected


def test_top_k_tells_logits_apart_whose_difference_from_the_best_is_rounded_away():
    row = np.array([0.0, 1e6, 1e-6, 2e-6], np.float32)
    assert top_k(row, 2) == {1, 3}
    assert top_k(row, 3) == {1, 2, 3}


def test_top_k_of_equal_logits_keeps_exactly_that_many():
    assert top_k(np.zeros(1000, np.float32), 40) == set(range(40))


# --- top_p -------------------------------------------------------------------------------------


def check_top_p(row: np.ndarray, share: float, temperature: float = 1.0) -> None:
    """The kept are the first ranks; their sum reaches the share, and without the last does not."""
    found = top_p(row, share, temperature)
    order = ranked(row)[: len(found)]
    assert found == set(order.tolist())
    chances = softmax(row, temperature)[order]
    assert chances.sum() >= share - SLACK
    assert chances[:-1].sum() < share + SLACK


@FAST
@given(SOME_FINITE, st.floats(1e-6, 1, exclude_max=True), st.sampled_from([0.5, 1.0, 2.0]))
def test_top_p_keeps_the_fewest_ranks_that_reach_the_share(row, share, temperature):
    check_top_p(row, share, temperature)


def test_top_p_at_point_seven_keeps_two_of_five_tokens():
    row = np.log(np.array([0.1, 0.5, 0.05, 0.3, 0.05], np.float32))
    assert top_p(row, 0.7) == {1, 3}


@pytest.mark.parametrize(("share", "count"), [(0.05, 1), (0.5, 8), (0.51, 9), (0.9375, 15)])
def test_top_p_of_equal_logits_keeps_the_fewest_lowest_ids(share, count):
    assert top_p(np.full(16, 3.5, np.float32), share) == set(range(count))


def test_top_p_always_keeps_the_likeliest():
    row = np.array([-1.0, 8.0, 8.0, 3.0], np.float32)
    for share in (5e-324, 1e-40, 1e-9):
        assert top_p(row, share) == {1}


def test_top_p_next_to_one_keeps_all_that_counts():
    row = np.array([0.0, -1.0, -2.0, -INFINITY], np.float32)
    assert top_p(row, 1 - 2**-53) == {0, 1, 2}


@pytest.mark.parametrize("size", [127, 128, 129, 201_088])
@pytest.mark.parametrize("spread", [0.01, 3.0])
@pytest.mark.parametrize("rounded", [False, True], ids=["float32", "bfloat16"])
def test_top_p_of_small_and_whole_vocabularies(size, spread, rounded):
    row = np.random.default_rng(size).normal(0, spread, size).astype(np.float32)
    if rounded:  # what a model in bfloat16 gives: thousands of equal logits
        row = (row.view(np.uint32) & 0xFFFF0000).view(np.float32)
    for share in (0.05, 0.95):
        check_top_p(row, share)


def test_rows_are_cut_one_by_one():
    rows = np.random.default_rng(2).normal(0, 2, (3, 50)).astype(np.float32)
    chosen = Hyperparameters(top_k=30, top_p=0.8, min_p=0.01)
    together = np.array(restrict(mx.array(rows), chosen))
    for row, cut in zip(rows, together, strict=True):
        assert np.array_equal(cut, np.array(restrict(mx.array(row)[None], chosen)[0]))


# --- min_p -------------------------------------------------------------------------------------


@FAST
@given(SOME_FINITE, st.floats(1e-6, 1))
def test_min_p_keeps_what_is_likely_enough_beside_the_likeliest(row, share):
    ratios = softmax(row) / softmax(row).max()
    found = kept(keep_min_p(gaps_of(row), share))
    assert found >= set(np.flatnonzero(ratios > share * (1 + 1e-5)).tolist())
    assert found <= set(np.flatnonzero(ratios >= share * (1 - 1e-5)).tolist())


# --- XTC ---------------------------------------------------------------------------------------


def xtc_by_definition(row: np.ndarray, threshold: float, control: set[int]) -> set[int]:
    """As in text-generation-webui: of the likely ones, all but the one of lowest rank go."""
    chances = softmax(row)
    likely = [token for token in ranked(row).tolist() if chances[token] >= threshold]
    removed = set(likely[:-1])
    return possible(row) - (set() if removed & control else removed)


@FAST
@given(SOME_FINITE, st.floats(1e-6, 0.5), st.sets(st.integers(0, 39), max_size=3))
def test_xtc_removes_all_likely_tokens_but_the_last(row, threshold, control):
    assume(np.abs(softmax(row) - threshold).min() > 1e-6)
    control = {token for token in control if token < row.size}
    found = xtc(row, threshold, control)
    assert found == xtc_by_definition(row, threshold, control)
    assert found


def test_xtc_removes_the_top_and_keeps_the_rest():
    row = np.log(np.array([0.4, 0.3, 0.2, 0.06, 0.04], np.float32))
    assert xtc(row, 0.1) == {2, 3, 4}
    assert xtc(row, 0.35) == {0, 1, 2, 3, 4}
    assert xtc(row, 0.1, acts=False) == {0, 1, 2, 3, 4}


def test_xtc_of_equal_logits_leaves_one():
    assert xtc(np.zeros(4, np.float32), 0.2) == {3}


def test_xtc_with_threshold_nothing_leaves_the_last_that_can_be_drawn():
    row = np.array([1.0, -2.0, -INFINITY, 0.0], np.float32)
    assert xtc(row, 0.0) == {1}


def test_xtc_does_nothing_where_it_would_remove_a_control_token():
    row = np.log(np.array([0.4, 0.3, 0.2, 0.06, 0.04], np.float32))
    everything = {0, 1, 2, 3, 4}
    assert xtc(row, 0.1, {1}) == everything
    assert xtc(row, 0.1, {2, 4}) == {2, 3, 4}


# --- all of them -------------------------------------------------------------------------------


def test_each_cut_works_on_what_the_one_before_left():
    row = np.log(np.array([0.4, 0.3, 0.2, 0.1], np.float32))
    # Of the first three, 0.4 and 0.3 are 0.78 of the total; of all four only 0.7.
    assert kept(restrict(mx.array(row)[None], Hyperparameters(top_p=0.75))) == {0, 1, 2}
    chosen = Hyperparameters(top_k=3, top_p=0.75)
    assert kept(restrict(mx.array(row)[None], chosen)) == {0, 1}
    # Of what is left, 0.57 and 0.43, both are likely; only the second stays.
    chosen = Hyperparameters(top_k=3, top_p=0.75, xtc_probability=0.5, xtc_threshold=0.42)
    for draw, expected in ((0.49, {1}), (0.5, {0, 1})):
        cut = restrict(mx.array(row)[None], chosen, mx.array([[draw]]))
        assert kept(cut) == expected


def test_temperature_comes_before_the_cuts():
    row = np.log(np.array([0.6, 0.3, 0.1], np.float32))
    chosen = Hyperparameters(top_p=0.75, temperature=0.5)  # 0.78, 0.20, 0.02
    assert kept(restrict(mx.array(row)[None], chosen)) == {0}


@FAST
@given(
    SOME_FINITE,
    st.integers(0, 40),
    st.floats(0.01, 1),
    st.floats(0, 1),
    st.floats(0, 0.5),
)
def test_something_is_always_left(row, top_k, top_p, min_p, threshold):
    chosen = Hyperparameters(
        top_k=top_k, top_p=top_p, min_p=min_p, xtc_probability=1, xtc_threshold=threshold
    )
    found = kept(restrict(mx.array(row)[None], chosen, mx.array([[0.0]])))
    assert found
    assert found <= possible(row)
