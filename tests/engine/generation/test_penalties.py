"""Each penalty against its definition, written out in plain Python and NumPy."""

from __future__ import annotations

import mlx.core as mx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.config.hyperparameters import Hyperparameters
from engine.generation.history import History
from engine.generation.penalties import (
    LONGEST_MATCH,
    Exemptions,
    add_biases,
    measure_continuations,
    penalize,
    penalize_counts,
    penalize_repetition,
)
from engine.generation.segment import as_tokens

INFINITY = float("inf")
SIZE = 12
FAST = settings(max_examples=50, deadline=None)
ROWS = st.lists(
    st.one_of(st.sampled_from([-INFINITY, INFINITY, 0.0, -1.0, 1.0]), st.floats(-30, 30, width=32)),
    min_size=SIZE,
    max_size=SIZE,
).map(lambda row: np.array(row, np.float32))
TOKENS = st.lists(st.integers(0, SIZE - 1), max_size=60)
NONE = Exemptions()


def as_row(values: np.ndarray) -> mx.array:
    return mx.array(np.asarray(values, np.float32))[None]


def history_of(prompt: list[int], generated: list[int]) -> History:
    history = History(prompt, [])
    for token in generated:
        history.append(mx.array([token], dtype=mx.int32))
    return history


# --- bias --------------------------------------------------------------------------------------


def test_a_bias_changes_its_tokens_and_no_others():
    row = np.linspace(-2, 2, SIZE)
    expected = row.copy()
    expected[3] += -100
    expected[7] += 2.5
    found = np.array(add_biases(as_row(row), {3: -100.0, 7: 2.5})[0])
    assert np.allclose(found, expected)


def test_a_bias_on_a_token_beyond_the_vocabulary_is_passed_over():
    row = np.linspace(-2, 2, SIZE)
    assert np.allclose(np.array(add_biases(as_row(row), {SIZE: 5.0})[0]), row)


# --- repetition --------------------------------------------------------------------------------


@FAST
@given(ROWS, TOKENS, st.floats(0.25, 2))
def test_repetition_divides_positive_logits_and_multiplies_negative_ones_once(row, tokens, penalty):
    expected = row.astype(np.float64)
    for token in set(tokens):
        expected[token] *= penalty if expected[token] < 0 else 1 / penalty
    recent = mx.array(tokens, dtype=mx.int32)
    found = np.array(penalize_repetition(as_row(row), recent, penalty)[0])
    assert np.allclose(found, expected, rtol=1e-5)


def test_the_window_covers_what_was_generated_even_after_a_long_prompt():
    chosen = Hyperparameters(repetition_penalty=2, repetition_window=4)
    history = history_of([0, 1, 2, 3, 4, 5], [6, 7])
    found = np.array(penalize(as_row(np.ones(SIZE)), history, chosen, NONE)[0])
    assert set(np.flatnonzero(found == 0.5).tolist()) == {4, 5, 6, 7}
    assert set(np.flatnonzero(found == 1.0).tolist()) == set(range(SIZE)) - {4, 5, 6, 7}


# --- frequency and presence --------------------------------------------------------------------


@FAST
@given(ROWS, TOKENS, st.floats(-2, 2), st.floats(-2, 2))
def test_a_token_loses_presence_once_and_frequency_each_time(row, tokens, frequency, presence):
    expected = row.astype(np.float64)
    for token in range(SIZE):
        count = tokens.count(token)
        expected[token] -= count * frequency + (count > 0) * presence
    generated = history_of([], tokens).generated()
    found = np.array(penalize_counts(as_row(row), *generated, frequency, presence)[0])
    assert np.allclose(found, expected, atol=1e-3)


def test_counts_are_of_the_answer_and_not_of_the_prompt():
    chosen = Hyperparameters(frequency_penalty=0.5, presence_penalty=0.25)
    history = history_of([1, 1, 2], [2, 3, 3])
    found = np.array(penalize(as_row(np.zeros(SIZE)), history, chosen, NONE)[0])
    assert found[:5].tolist() == [0, 0, -0.75, -1.25, 0]


# --- DRY ---------------------------------------------------------------------------------------


def continuations_by_definition(tokens: list[int], breakers: set[int]) -> dict[int, int]:
    """As in text-generation-webui: each earlier place of the last token, one by one."""
    lengths: dict[int, int] = {}
    if not tokens or tokens[-1] in breakers:
        return lengths
    for place in range(len(tokens) - 1):
        following = tokens[place + 1]
        if tokens[place] != tokens[-1] or following in breakers:
            continue
        length = 1
        while length < LONGEST_MATCH and place - length >= 0:
            before = tokens[-(length + 1)]
            if tokens[place - length] != before or before in breakers:
                break
            length += 1
        lengths[following] = max(length, lengths.get(following, 0))
    return lengths


@FAST
@given(
    st.lists(st.integers(0, 3), max_size=80),
    st.integers(1, 60),
    st.sets(st.integers(0, 5), max_size=2),
)
def test_repeats_are_measured_as_defined(tokens, repeated, breakers):
    tokens = tokens + tokens[-repeated:]
    found = measure_continuations(as_tokens(tokens), breakers)
    assert found == continuations_by_definition(tokens, breakers)


def test_the_longest_of_several_repeats_counts():
    tokens = as_tokens([9, 2, 3, 5, 1, 2, 3, 5, 0, 3, 6, 1, 2, 3])
    assert measure_continuations(tokens, ()) == {5: 3, 6: 1}
    assert measure_continuations(tokens, {2}) == {5: 1, 6: 1}
    assert measure_continuations(as_tokens([7] * 200), ()) == {7: LONGEST_MATCH}


def test_dry_subtracts_by_how_long_the_repeat_is():
    chosen = Hyperparameters(dry_multiplier=0.8, dry_base=2, dry_allowed_length=2)
    history = history_of([1, 2, 3, 4, 0, 3, 5], [1, 2, 3])
    found = np.array(penalize(as_row(np.zeros(SIZE)), history, chosen, NONE)[0])
    expected = np.zeros(SIZE)
    expected[4] = -0.8 * 2 ** (3 - 2)  # "1 2 3" came before, and then 4; 5 only after "3"
    assert np.allclose(found, expected)


def test_dry_looks_back_no_further_than_its_window():
    chosen = Hyperparameters(dry_multiplier=1, dry_window=64)
    near, far = [1, 2, 3, *[0] * 59, 1, 2], [1, 2, 3, *[0] * 60, 1, 2]
    for tokens, penalty in ((near, -1.0), (far, 0.0)):
        history = history_of(tokens, [])
        found = np.array(penalize(as_row(np.zeros(SIZE)), history, chosen, NONE)[0])
        assert found[3] == penalty


# --- together ----------------------------------------------------------------------------------


def test_the_order_is_bias_repetition_counts():
    chosen = Hyperparameters(
        logit_bias="3:2", repetition_penalty=2, frequency_penalty=1, presence_penalty=0.5
    )
    history = history_of([], [3, 3])
    found = np.array(penalize(as_row(np.full(SIZE, 2.0)), history, chosen, NONE)[0])
    assert found[3] == (2 + 2) / 2 - 2 * 1 - 0.5


def test_control_tokens_get_their_bias_and_nothing_else():
    chosen = Hyperparameters(
        logit_bias="3:2, 4:2",
        repetition_penalty=2,
        frequency_penalty=1,
        presence_penalty=1,
        dry_multiplier=1,
        dry_allowed_length=1,
    )
    history = history_of([5, 3, 5, 4], [3, 4, 5])
    found = np.array(penalize(as_row(np.ones(SIZE)), history, chosen, Exemptions({3}))[0])
    assert found[3] == 3
    assert found[4] == 3 / 2 - 2 - 1


def test_control_tokens_and_breakers_end_repeats():
    chosen = Hyperparameters(dry_multiplier=1, dry_allowed_length=2)
    history = [1, 2, 4, 6, 1, 2, 4]
    for exempt, penalty in ((NONE, -1.75), (Exemptions({1}), -1), (Exemptions((), {2}), 0)):
        row = penalize(as_row(np.zeros(SIZE)), history_of(history, []), chosen, exempt)
        assert row[0, 6].item() == pytest.approx(penalty)


def test_what_is_switched_off_changes_nothing():
    row = as_row(np.arange(SIZE))
    assert penalize(row, history_of([1], [2]), Hyperparameters(), Exemptions({3}, {4})) is row
