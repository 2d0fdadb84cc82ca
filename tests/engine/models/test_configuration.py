"""Configurations as they are found, and the numbers that follow from them."""

from __future__ import annotations

import math

import mlx.core as mx
import numpy as np
import pytest

from engine.models.configuration import GptOssConfig
from engine.models.rope import Rope
from tests.engine.models.checkpoints import ORIGINAL_SCALING


def read(**settings: object) -> GptOssConfig:
    return GptOssConfig.model_validate({"model_type": "gpt_oss", **settings})


def test_the_defaults_are_the_20b_model() -> None:
    config = read()
    assert (config.hidden_size, config.num_hidden_layers, config.num_local_experts) == (
        2880,
        24,
        32,
    )
    assert [config.is_sliding(layer) for layer in range(4)] == [True, False, True, False]


def test_both_spellings_of_rope_mean_the_same() -> None:
    older = read(rope_theta=10000, rope_scaling=ORIGINAL_SCALING)
    newer = read(rope_parameters={**ORIGINAL_SCALING, "rope_theta": 10000}, rope_scaling=None)
    assert older.rope_scaling == newer.rope_scaling
    assert older.rope_theta == newer.rope_theta == 10000
    assert older.rope_scaling is not None
    assert older.rope_scaling.truncate is False


def test_a_file_without_scaling_means_that_of_gpt_oss() -> None:
    whole = {"factor": 32.0, "beta_fast": 32.0, "beta_slow": 1.0, "truncate": False}
    assert read() == read(rope_scaling={"rope_type": "yarn", **whole})


def test_an_attention_factor_of_the_file_s_own_is_used() -> None:
    assert (
        Rope(read(rope_scaling={**ORIGINAL_SCALING, "attention_factor": 1.5})).attention_factor
        == 1.5
    )


@pytest.mark.parametrize(
    "settings",
    [
        {"rope_scaling": None},
        {"rope_scaling": {"rope_type": "default"}},
        {"rope_parameters": {"rope_type": "default", "rope_theta": 150000.0}},
    ],
)
def test_rope_without_scaling(settings: dict[str, object]) -> None:
    rope = Rope(read(**settings))
    expected = 150000.0 ** (np.arange(0, 64, 2) / 64)
    assert np.allclose(np.array(rope.wavelengths), expected, rtol=1e-5)
    assert rope.attention_factor == 1.0


def test_yarn_as_the_original_model_has_it() -> None:
    """Its ramp goes from 8.09 to 17.40; truncated it would go from 8 to 18."""
    rope = Rope(read(rope_scaling=ORIGINAL_SCALING))
    truncated = Rope(read(rope_scaling={**ORIGINAL_SCALING, "truncate": True}))
    plain = 150000.0 ** (np.arange(0, 64, 2) / 64)

    def wavelengths(low: float, high: float) -> np.ndarray:
        ramp = np.clip((np.arange(32) - low) / (high - low), 0, 1)
        return np.asarray(1 / (ramp / (32 * plain) + (1 - ramp) / plain))

    low, high = (
        64 * math.log(4096 / (turns * 2 * math.pi)) / (2 * math.log(150000)) for turns in (32, 1)
    )
    assert (round(low, 2), round(high, 2)) == (8.09, 17.4)
    assert np.allclose(np.array(rope.wavelengths), wavelengths(low, high), rtol=1e-5)
    assert np.allclose(np.array(truncated.wavelengths), wavelengths(8, 18), rtol=1e-5)
    assert rope.attention_factor == pytest.approx(1.3465736)


def test_rotation_depends_on_distance_alone() -> None:
    rope = Rope(read(rope_scaling=ORIGINAL_SCALING))
    query, key = mx.random.normal((2, 1, 1, 1, 64), key=mx.random.key(3))

    def score(query_at: int, key_at: int) -> float:
        return float((rope(query, query_at) * rope(key, key_at)).sum())

    assert score(140, 100) == pytest.approx(score(40, 0), abs=1e-4)
    assert score(140, 100) != pytest.approx(score(41, 0), abs=1e-2)
