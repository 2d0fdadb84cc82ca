"""Draws: their distribution, their independence, and that a seed fixes them for good."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import mlx.core as mx
import numpy as np
import pytest

from engine.config.hyperparameters import HyperparameterError, Hyperparameters
from engine.generation.sampling import Sampler, make_key

PLAIN = Hyperparameters()
GREEDY = Hyperparameters(temperature=0)
CHANCES = np.array([0.35, 0.25, 0.15, 0.1, 0.08, 0.04, 0.02, 0.01])
LOGITS = mx.array(np.log(CHANCES).astype(np.float32))[None]
WIDE = mx.array(np.random.default_rng(5).normal(0, 1, (1, 50_000)).astype(np.float32))

CHI_SQUARE = {2: 18.4, 3: 21.1, 7: 29.9, 24: 58.6}
"""By degrees of freedom, the value that is exceeded by chance once in 10,000 times."""


def draw(
    count: int, chosen: Hyperparameters = PLAIN, seed: int = 11, logits: mx.array = LOGITS
) -> list[int]:
    sampler = Sampler(seed)
    tokens = [sampler.sample(logits, index, chosen) for index in range(count)]
    return np.array(mx.concatenate(tokens)).tolist()


def check_distribution(counts: np.ndarray, chances: np.ndarray) -> None:
    counts, chances = counts.ravel(), chances.ravel()
    assert counts[chances == 0].sum() == 0
    counts, expected = counts[chances > 0], chances[chances > 0] * counts.sum()
    statistic = ((counts - expected) ** 2 / expected).sum()
    assert statistic < CHI_SQUARE[len(counts) - 1]


# --- distribution ------------------------------------------------------------------------------


def test_draws_follow_the_models_probabilities():
    check_distribution(np.bincount(draw(2500), minlength=8), CHANCES)


def test_draws_of_many_seeds_follow_them_too():
    tokens = [int(Sampler(seed).sample(LOGITS, 0, PLAIN).item()) for seed in range(1200)]
    check_distribution(np.bincount(tokens, minlength=8), CHANCES)


def test_one_draw_tells_nothing_of_the_next():
    logits = np.array([0.5, 0, 0, 0, 0], np.float32)
    chances = np.exp(logits) / np.exp(logits).sum()
    tokens = np.array(draw(2000, logits=mx.array(logits)[None]))
    pairs = np.zeros((5, 5))
    np.add.at(pairs, (tokens[::2], tokens[1::2]), 1)
    check_distribution(pairs, np.outer(chances, chances))


def test_temperature_and_min_p_shape_the_distribution():
    tempered = CHANCES**2 / (CHANCES**2).sum()
    tempered[tempered < 0.1 * tempered.max()] = 0
    chosen = Hyperparameters(temperature=0.5, min_p=0.1)
    counts = np.bincount(draw(1500, chosen), minlength=8)
    check_distribution(counts, tempered / tempered.sum())


def test_xtc_acts_as_often_as_it_is_to():
    chosen = Hyperparameters(xtc_probability=0.3, xtc_threshold=0.2)
    without_top = CHANCES.copy()
    without_top[0] = 0
    expected = 0.7 * CHANCES + 0.3 * without_top / without_top.sum()
    check_distribution(np.bincount(draw(1500, chosen), minlength=8), expected)


def test_xtc_is_drawn_apart_from_the_token():
    keys = [
        make_key(seed, index, use)
        for seed in (1, 2)
        for index in (1, 2)
        for use in ("token", "xtc")
    ]
    assert len({tuple(key.tolist()) for key in keys}) == 8


def test_temperature_zero_takes_the_best_after_bias_and_penalties():
    assert draw(3, GREEDY) == [0, 0, 0]
    chosen = Hyperparameters(
        temperature=0, presence_penalty=1, xtc_probability=1, logit_bias="0:-9"
    )
    assert draw(4, chosen) == [1, 2, 3, 1]


def test_a_row_that_allows_nothing_still_gives_a_token():
    nothing = mx.full((1, 8), -float("inf"))
    for chosen in (PLAIN, GREEDY, Hyperparameters(top_p=0.5, top_k=2)):
        assert 0 <= draw(1, chosen, logits=nothing)[0] < 8


# --- seeds -------------------------------------------------------------------------------------


def test_a_seed_fixes_the_draws_and_another_changes_them():
    assert draw(20, logits=WIDE) == draw(20, logits=WIDE)
    assert draw(20, logits=WIDE) != draw(20, seed=12, logits=WIDE)
    assert len(set(draw(20, logits=WIDE))) > 15


def test_a_token_depends_on_its_place_and_not_on_what_was_drawn_before():
    expected = draw(12, logits=WIDE)
    later = Sampler(11, prompt=[1, 2, 3], earlier=expected[:7])
    assert later.next_index == 7
    assert [int(later.sample(WIDE, index, PLAIN).item()) for index in range(7, 12)] == expected[7:]


def test_a_draft_that_is_taken_back_changes_nothing():
    expected, sampler = draw(12, logits=WIDE), Sampler(11)
    for index in range(8):  # four places ahead, of which one is kept
        ahead = [sampler.sample(WIDE, index + step, PLAIN) for step in range(4)]
        assert int(ahead[0].item()) == expected[index]
    assert sampler.next_index == 11
    assert int(sampler.sample(WIDE, 8, PLAIN).item()) == expected[8]


def test_a_last_bit_of_difference_in_the_logits_changes_no_token():
    noise = np.random.default_rng(1).normal(0, 3e-7, WIDE.shape).astype(np.float32)
    assert draw(40, logits=WIDE) == draw(40, logits=WIDE + mx.array(noise))


@pytest.mark.parametrize("seed", [-1, 2**63, 2**70])
def test_a_seed_out_of_range_is_refused(seed):
    with pytest.raises(HyperparameterError, match=f"The seed {seed} is not in"):
        Sampler(seed)


def test_the_highest_seed_can_be_used():
    assert draw(5, seed=2**63 - 1) == draw(5, seed=2**63 - 1)


# --- running ahead -----------------------------------------------------------------------------

MATRIX = np.random.default_rng(9).normal(0, 1, (12, 12)).astype(np.float32)


def follow(chosen: Hyperparameters, prompt: list[int], count: int, lazily: bool) -> list[int]:
    """Sample as a model would whose logits are a row of a matrix for the token before."""
    sampler, rows = Sampler(3, prompt), mx.array(MATRIX)
    token, tokens = mx.array([prompt[-1]], dtype=mx.int32), []
    for index in range(count):
        token = sampler.sample(rows[token], index, chosen)
        tokens.append(token)
        if not lazily:
            mx.eval(token)
    return [int(token.item()) for token in tokens]


def follow_by_definition(
    change: Callable[[np.ndarray, Sequence[int], Sequence[int]], None],
    prompt: list[int],
    count: int,
) -> list[int]:
    generated: list[int] = []
    for _ in range(count):
        row = MATRIX[[*prompt, *generated][-1]].astype(np.float64)
        change(row, [*prompt, *generated], generated)
        generated.append(int(row.argmax()))
    return generated


def change(row: np.ndarray, said: Sequence[int], generated: Sequence[int]) -> None:
    for token in set(said[-6:]):
        row[token] *= 1.3 if row[token] < 0 else 1 / 1.3
    for token in set(generated):
        row[token] -= 0.2 + 0.1 * generated.count(token)


@pytest.mark.parametrize("lazily", [False, True])
def test_penalties_reach_the_newest_token_before_it_is_known(lazily):
    chosen = Hyperparameters(
        temperature=0,
        repetition_penalty=1.3,
        repetition_window=6,
        presence_penalty=0.2,
        frequency_penalty=0.1,
    )
    prompt = [3, 1, 4, 1, 5]
    assert follow(chosen, prompt, 60, lazily) == follow_by_definition(change, prompt, 60)


def test_dry_breaks_a_repetition_that_the_model_would_not_leave():
    endless = follow(GREEDY, [0], 60, lazily=False)
    assert endless[-20:] in (endless[-20 - period : -period] for period in range(1, 13))
    dry = follow(Hyperparameters(temperature=0, dry_multiplier=1), [0], 60, lazily=False)
    assert dry[-20:] not in (dry[-20 - period : -period] for period in range(1, 20))


def test_tokens_put_in_are_counted_as_said():
    sampler, chosen = Sampler(1), Hyperparameters(temperature=0, presence_penalty=2)
    sampler.sample(LOGITS, 0, chosen)
    sampler.append(0, 0)
    assert sampler.next_index == 1
    assert sampler.sample(LOGITS, 1, chosen).item() == 1


def test_a_step_is_built_before_its_logits_are_computed():
    chosen = Hyperparameters(
        temperature=0.9,
        top_k=5,
        top_p=0.9,
        min_p=0.01,
        xtc_probability=0.5,
        repetition_penalty=1.1,
        frequency_penalty=0.1,
        presence_penalty=0.1,
        logit_bias="3:1",
    )
    sampler = Sampler(1, prompt=[1, 2])
    large = mx.zeros((8, 1_000_000))  # 32 MB as soon as it is computed
    mx.reset_peak_memory()
    before = mx.get_active_memory()
    tokens = [sampler.sample(LOGITS + large.sum(), index, chosen) for index in range(5)]
    assert mx.get_peak_memory() - before < 10_000_000
    mx.eval(tokens)
    assert mx.get_peak_memory() - before > 30_000_000


def test_a_place_that_cannot_be_is_refused():
    with pytest.raises(ValueError, match="none can be number 3"):
        Sampler(1).sample(LOGITS, 3, PLAIN)
