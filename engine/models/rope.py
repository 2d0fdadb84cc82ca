"""Rotary position embedding with YaRN's frequencies (Peng et al., arXiv 2309.00071)."""

from __future__ import annotations

import math

import mlx.core as mx

from engine.models.configuration import GptOssConfig, RopeScaling


class Rope:
    """Rotates queries and keys by their positions.

    YaRN's attention factor, which multiplies queries and keys alike, is not applied here: its
    square, ``attention_factor ** 2``, belongs into the scale of the attention scores.
    """

    def __init__(self, config: GptOssConfig) -> None:
        """Work out the wavelengths, float32 of shape (head_dim / 2,)."""
        self.dimensions = config.head_dim
        scaling = config.rope_scaling
        self.wavelengths = _wavelengths(config.head_dim, config.rope_theta, scaling)
        self.attention_factor = 1.0
        if scaling is not None:
            derived = 0.1 * math.log(scaling.factor) + 1.0
            self.attention_factor = scaling.attention_factor or derived

    def __call__(self, x: mx.array, offset: int) -> mx.array:
        """Return ``x`` (batch, heads, length, head_dim) rotated for positions from ``offset``."""
        return mx.fast.rope(
            x,
            self.dimensions,
            traditional=False,
            base=None,
            scale=1.0,
            offset=offset,
            freqs=self.wavelengths,
        )


def _wavelengths(dimensions: int, theta: float, scaling: RopeScaling | None) -> mx.array:
    """Return what positions are divided by, as gpt_oss/torch/model.py computes it.

    ``truncate`` rounds the range of the ramp to whole dimensions; OpenAI's models do not. In
    float32 from here on, an error would grow with the position.
    """
    plain = [theta ** (2 * pair / dimensions) for pair in range(dimensions // 2)]
    if scaling is None:
        return mx.array(plain)
    low = _dimension_of(scaling.beta_fast, dimensions, theta, scaling)
    high = _dimension_of(scaling.beta_slow, dimensions, theta, scaling)
    if scaling.truncate:
        low, high = math.floor(low), math.ceil(high)
    low, high = max(low, 0), min(high, dimensions - 1)
    if low == high:
        high += 0.001  # as the references do, so that the ramp has a slope
    ramp = [min(max((pair - low) / (high - low), 0.0), 1.0) for pair in range(dimensions // 2)]
    return mx.array(
        [
            1.0 / (share / (scaling.factor * length) + (1.0 - share) / length)
            for share, length in zip(ramp, plain, strict=True)
        ]
    )


def _dimension_of(rotations: float, dimensions: int, theta: float, scaling: RopeScaling) -> float:
    """Return the dimension whose wave turns this often within the original context."""
    turns = scaling.original_max_position_embeddings / (rotations * 2 * math.pi)
    return dimensions * math.log(turns) / (2 * math.log(theta))
