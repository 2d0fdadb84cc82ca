"""Rotations are those of OpenAI's reference, as far as the context reaches."""

from __future__ import annotations

import math
from typing import Any

import mlx.core as mx
import numpy as np
import pytest

from engine.models.configuration import GptOssConfig
from engine.models.rope import Rope
from tests.engine.models.checkpoints import ORIGINAL_SCALING

POSITIONS = (0, 1, 127, 128, 4095, 4096, 20_000, 131_071)

both_widths = pytest.mark.parametrize("head_dim", [32, 64])
both_ways = pytest.mark.parametrize("truncate", [False, True])


def build(head_dim: int, **scaling: Any) -> Rope:
    settings = {"rope_scaling": {**ORIGINAL_SCALING, **scaling}, "head_dim": head_dim}
    return Rope(GptOssConfig.model_validate({"model_type": "gpt_oss", **settings}))


def reference_frequencies(head_dim: int, truncate: bool) -> np.ndarray:
    """Return inverse wavelengths as gpt_oss/torch/model.py computes them, in float64.

    It never truncates; transformers does so in modeling_rope_utils.py, between the two steps.
    """
    base, factor, initial, ntk_alpha, ntk_beta = 150000.0, 32.0, 4096, 1.0, 32.0
    freq = base ** (np.arange(0, head_dim, 2) / head_dim)
    d_half = head_dim / 2
    low = d_half * math.log(initial / (ntk_beta * 2 * math.pi)) / math.log(base)
    high = d_half * math.log(initial / (ntk_alpha * 2 * math.pi)) / math.log(base)
    assert 0 < low < high < d_half - 1
    if truncate:
        low, high = math.floor(low), math.ceil(high)
    interpolation, extrapolation = 1.0 / (factor * freq), 1.0 / freq
    ramp = (np.arange(d_half) - low) / (high - low)
    mask = 1 - ramp.clip(0, 1)
    return np.asarray(interpolation * (1 - mask) + extrapolation * mask)


@both_widths
@both_ways
def test_wavelengths_of_the_reference(head_dim: int, truncate: bool) -> None:
    rope = build(head_dim, truncate=truncate)
    reference = 1 / reference_frequencies(head_dim, truncate)
    assert np.allclose(np.array(rope.wavelengths), reference, rtol=1e-7, atol=0)
    assert rope.attention_factor == 0.1 * math.log(32.0) + 1.0
    other = 1 / reference_frequencies(head_dim, not truncate)
    assert not np.allclose(np.array(rope.wavelengths), other, rtol=1e-3)


@both_widths
@both_ways
def test_wavelengths_of_transformers(head_dim: int, truncate: bool) -> None:
    pytest.importorskip("torch", reason="PyTorch is not installed; CI installs it")
    from transformers import GptOssConfig as Configuration
    from transformers.modeling_rope_utils import ROPE_INIT_FUNCTIONS

    parameters = {**ORIGINAL_SCALING, "truncate": truncate, "rope_theta": 150000.0}
    config = Configuration(head_dim=head_dim, rope_parameters=parameters)
    frequencies, factor = ROPE_INIT_FUNCTIONS["yarn"](config, "cpu")
    rope = build(head_dim, truncate=truncate)
    assert np.allclose(1 / np.array(rope.wavelengths), frequencies.numpy(), rtol=1e-5)
    assert rope.attention_factor == pytest.approx(factor)


@both_widths
@both_ways
@pytest.mark.parametrize("position", POSITIONS)
def test_rotations_of_the_reference(head_dim: int, truncate: bool, position: int) -> None:
    """Angles in float32 are exact to about a ten-millionth of the position."""
    x = mx.random.normal((1, 2, 3, head_dim), key=mx.random.key(5))
    rotated = np.array(build(head_dim, truncate=truncate)(x, position))
    angles = np.outer(position + np.arange(3), reference_frequencies(head_dim, truncate))
    first, second = np.split(np.array(x).astype(np.float64), 2, axis=-1)
    cos, sin = np.cos(angles), np.sin(angles)
    expected = np.concatenate([first * cos - second * sin, second * cos + first * sin], axis=-1)
    assert np.abs(rotated - expected).max() < 1e-5 + 5e-7 * position
