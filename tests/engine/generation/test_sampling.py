"""Samplers do what their definitions say, checked against plain NumPy."""

from __future__ import annotations

import mlx.core as mx
import numpy as np
import pytest

from engine.config.hyperparameters import Hyperparameters
from engine.generation.sampling import Sampler, restrict

LOGITS = np.random.default_rng(5).normal(0, 3, 1000).astype(np.float32)


def kept(**values: float) -> set[int]:
    scores = restrict(mx.array(LOGITS)[None], Hyperparameters(**values))
    return set(np.flatnonzero(np.isfinite(np.array(scores[0]))).tolist())


def probabilities(temperature: float = 1.0) -> np.ndarray:
    scaled = LOGITS.astype(np.float64) / temperature
    weights = np.exp(scaled - scaled.max())
    return weights / weights.sum()


@pytest.mark.parametrize("count", [1, 2, 40, 999, 1000, 5000])
def test_top_k_keeps_the_likeliest(count: int) -> None:
    assert kept(top_k=count) == set(np.argsort(-LOGITS)[:count].tolist())


@pytest.mark.parametrize("share", [0.01, 0.3, 0.7, 0.9, 0.999])
@pytest.mark.parametrize("temperature", [0.5, 1.0, 2.0])
def test_top_p_keeps_the_fewest_that_reach_the_share(share: float, temperature: float) -> None:
    chances = probabilities(temperature)
    order = np.argsort(-chances)
    needed = int(np.searchsorted(np.cumsum(chances[order]), share)) + 1
    assert kept(top_p=share, temperature=temperature) == set(order[:needed].tolist())


@pytest.mark.parametrize("share", [0.01, 0.1, 0.5, 1.0])
def test_min_p_keeps_what_is_likely_enough_beside_the_likeliest(share: float) -> None:
    chances = probabilities()
    assert kept(min_p=share) == set(np.flatnonzero(chances >= share * chances.max()).tolist())


def test_filters_work_one_after_the_other() -> None:
    both = kept(top_k=50, min_p=0.05)
    assert both == kept(top_k=50) & kept(min_p=0.05)


def test_temperature_zero_takes_the_best() -> None:
    sampler = Sampler(1)
    token = sampler.sample(mx.array(LOGITS)[None], Hyperparameters(temperature=0))
    assert token.item() == int(LOGITS.argmax())


def draw(seed: int, count: int, **values: float) -> list[int]:
    sampler = Sampler(seed)
    chosen = Hyperparameters(**values)
    tokens = [sampler.sample(mx.array(LOGITS)[None], chosen) for _ in range(count)]
    return [int(token.item()) for token in tokens]


def test_a_seed_fixes_the_draws_and_another_changes_them() -> None:
    assert draw(7, 20) == draw(7, 20)
    assert draw(7, 20) != draw(8, 20)


def test_draws_follow_the_probabilities() -> None:
    sampler, chosen = Sampler(3), Hyperparameters(top_k=4)
    rows = mx.broadcast_to(mx.array(LOGITS)[None], (20_000, LOGITS.size))
    drawn = np.array(sampler.sample(rows, Hyperparameters()))
    likeliest = np.argsort(-LOGITS)[:4]
    expected = probabilities()[likeliest]
    found = np.array([(drawn == token).mean() for token in likeliest])
    assert np.abs(found - expected).max() < 0.02
    assert set(draw(3, 50, top_k=4)) <= set(likeliest.tolist())
    assert chosen.top_k == 4
