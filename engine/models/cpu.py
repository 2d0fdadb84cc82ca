"""What MLX does slowly on the CPU, put together from what it does fast there.

MLX's CPU backend adds and multiplies with vectors of numbers, but takes every exponential by
itself, at some 12 ns each; and BLAS copies a matrix into an order of its own before it multiplies,
which costs more than the product where the other matrix has few rows (see ``linear.Panels``).
"""

from __future__ import annotations

import math

import mlx.core as mx

LOG2_E = math.log2(math.e)

ROUNDING = 1.5 * 2**23
"""Added to a float32 below 2**22, it leaves the nearest whole number in the lowest bits."""
MANTISSA_BITS = 23
EXP2 = (
    0.0013276471992602875,
    0.009675541334451691,
    0.055507132734977614,
    0.24022119723840046,
    0.6931469670647605,
    1.0000000716546849,
)
"""2**x as a polynomial for x in [-0.5, 0.5], from the fifth power down.

It is the one whose relative error is the least at its worst, 7.5e-8 (Remez's exchange).
"""
LEAST, MOST = -126.0, 126.0
"""Exponents that give ordinary float32 numbers."""

SCORES_FROM = 2**13
"""From this many attention scores on, ``attend`` is faster than MLX's own function."""
LEAST_SPAN, LARGEST_SPAN, SCORES_TOGETHER = 16, 64, 2**22
"""Tokens whose scores are computed together, and about how many scores those are: few of a chunk's
are hidden ones then, and what is computed of them is small enough to be kept for the next."""

BLOCK, FEW_ROWS, MANY_KEYS = 64, 64, 4096
"""Keys that few rows of queries are multiplied with at a time, for which BLAS copies nothing, where
there are many keys."""


def exp2(exponent: mx.array) -> mx.array:
    """Return 2 to the power of float32 numbers, none above ``MOST``; relative error 3e-7.

    Below ``LEAST`` it gives 2**LEAST, which is next to nothing but not 0. The whole part goes right
    into the result's bits, as in Cephes' ``exp2f``.
    """
    exponent = mx.maximum(exponent, LEAST)
    rounded = exponent + ROUNDING
    rest = exponent - (rounded - ROUNDING)
    power = EXP2[0] * rest + EXP2[1]
    for coefficient in EXP2[2:]:
        power = power * rest + coefficient
    bits = (mx.view(rounded, mx.int32) << MANTISSA_BITS) + mx.view(power, mx.int32)
    return mx.view(bits, mx.float32)


def sigmoid(x: mx.array) -> mx.array:
    """Return 1 / (1 + e**-x) of float32 numbers."""
    return 1.0 / (1.0 + exp2(mx.minimum(x * -LOG2_E, MOST)))


def span(tokens: int, heads: int, visible: int, lanes: int) -> int:
    """Return how many tokens' scores are best computed together, each of so many heads and keys.

    With several lanes there is a span for each, if there are tokens enough.
    """
    fitting = min(LARGEST_SPAN, SCORES_TOGETHER // (heads * visible), -(-tokens // lanes))
    return max(LEAST_SPAN, fitting)


def attend(
    queries: mx.array,
    keys: mx.array,
    values: mx.array,
    *,
    scale: float,
    mask: mx.array | str | None,
    sinks: mx.array,
) -> mx.array:
    """Return what ``mx.fast.scaled_dot_product_attention`` does, which it leaves the small ones to.

    Args:
        queries: float32 (1, heads, length, head_dim).
        keys: (1, kv heads, visible, head_dim), as many heads sharing each as come to one of them.
        values: like ``keys``.
        scale: multiplies the scores.
        mask: boolean (length, visible), True where a key may be attended to; or "causal"; or None.
        sinks: (heads,), one more score of each head, whose share is dropped.

    Returns (1, heads, length, head_dim).
    """
    _, heads, length, size = queries.shape
    kv_heads, visible = keys.shape[1:3]
    if heads * length * visible < SCORES_FROM:
        return mx.fast.scaled_dot_product_attention(
            queries, keys, values, scale=scale, mask=mask, sinks=sinks
        )
    # The scores are logarithms to the base 2 from here on. Heads that share keys are one matrix.
    rows = heads // kv_heads * length
    grouped = (queries * (scale * LOG2_E)).reshape(kv_heads, 1, rows, size)
    keys, values = keys.squeeze(0), values.squeeze(0)
    parts = []
    if plain := _plain(mask, rows, length, visible):
        blocks = [a[:, :plain].reshape(kv_heads, -1, BLOCK, size) for a in (keys, values)]
        parts.append((grouped @ blocks[0].swapaxes(-1, -2), blocks[1]))
    if plain < visible:
        scores = grouped @ keys[:, None, plain:].swapaxes(-1, -2)
        if mask is not None:
            by_head = scores.reshape(kv_heads, -1, length, visible - plain)
            scores = (by_head + _added(mask, length, visible - plain)).reshape(scores.shape)
        parts.append((scores, values[:, None, plain:]))
    top = sink = mx.repeat(sinks * LOG2_E, length).reshape(kv_heads, 1, rows, 1)
    for scores, _ in parts:
        top = mx.maximum(top, scores.max(axis=-1, keepdims=True).max(axis=1, keepdims=True))
    total, mixed = exp2(sink - top), mx.array(0.0)
    for scores, own in parts:
        shares = exp2(scores - top)
        total = total + shares.sum(axis=-1, keepdims=True).sum(axis=1, keepdims=True)
        mixed = mixed + (shares @ own).sum(axis=1, keepdims=True)
    return (mixed / total).reshape(1, heads, length, size)


def _plain(mask: mx.array | str | None, rows: int, length: int, visible: int) -> int:
    """Return how many keys, none of them hidden, are better multiplied in blocks: many or none."""
    if isinstance(mask, mx.array) or rows > FEW_ROWS or visible < MANY_KEYS:
        return 0
    return (visible if mask is None else visible - length) // BLOCK * BLOCK


def _added(mask: mx.array | str, length: int, visible: int) -> mx.array:
    """Return what is added to scores where a mask says so, float (length, visible): 0 or -inf."""
    if isinstance(mask, str):
        mask = mx.arange(visible)[None] <= mx.arange(visible - length, visible)[:, None]
    return mx.where(mask, 0.0, -mx.inf)
