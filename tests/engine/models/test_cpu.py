"""What the CPU computes in ways of its own is what MLX's own functions and products give."""

from __future__ import annotations

import math

import mlx.core as mx
import numpy as np
import pytest

from engine.models import cpu, span_attention
from engine.models.lanes import Lanes
from engine.models.span_attention import Gathering

WINDOW = 128


def difference(ours: mx.array, wanted: mx.array) -> float:
    """Return the largest difference."""
    return float(np.abs(np.array(ours, np.float64) - np.array(wanted, np.float64)).max())


def relative_error(ours: mx.array, wanted: np.ndarray) -> float:
    return float(np.abs(np.array(ours, dtype=np.float64) / wanted - 1).max())


def test_powers_of_two() -> None:
    whole = np.arange(-126, 127, dtype=np.float32)
    exponents = np.concatenate([whole, whole + 0.5, np.linspace(-126, 126, 300_001)])
    exponents = exponents.astype(np.float32)
    exponents = exponents[exponents <= cpu.MOST]
    assert relative_error(cpu.exp2(mx.array(exponents)), 2 ** exponents.astype(np.float64)) < 3e-7


@pytest.mark.parametrize("exponent", [-126.5, -1e4, -3e38, -math.inf])
def test_what_is_too_small_is_next_to_nothing(exponent: float) -> None:
    assert difference(cpu.exp2(mx.array([exponent])), mx.zeros(1)) < 1.2e-38


def test_sigmoid() -> None:
    x = np.concatenate([np.linspace(-80, 80, 100_001), [-1e30, 1e30]]).astype(np.float32)
    ours = np.array(cpu.sigmoid(mx.array(x)), dtype=np.float64)
    assert np.abs(ours - 1 / (1 + np.exp(-x.astype(np.float64).clip(-700, 700)))).max() < 3e-7


def exact_attention(
    queries: mx.array,
    keys: mx.array,
    values: mx.array,
    scale: float,
    mask: mx.array | str | None,
    sinks: mx.array,
) -> np.ndarray:
    """Return attention by its definition, in float64."""
    q, k, v, sink = (np.array(array, dtype=np.float64) for array in (queries, keys, values, sinks))
    shared = q.shape[1] // k.shape[1]
    scores = scale * q @ k.repeat(shared, axis=1).swapaxes(-1, -2)
    length, visible = scores.shape[-2:]
    if isinstance(mask, str):
        scores += np.where(np.tri(length, visible, visible - length, dtype=bool), 0, -np.inf)
    elif mask is not None:
        scores += np.where(np.array(mask), 0, -np.inf)
    column = np.broadcast_to(sink[:, None, None], (*scores.shape[:-1], 1))
    scores = np.concatenate([scores, column], axis=-1)
    shares = np.exp(scores - scores.max(axis=-1, keepdims=True))
    shares /= shares.sum(axis=-1, keepdims=True)
    mixed: np.ndarray = shares[..., :-1] @ v.repeat(shared, axis=1)
    return mixed


def attend_in_spans(
    queries: mx.array,
    keys: mx.array,
    values: mx.array,
    *,
    scale: float,
    mask: mx.array | str | None,
    sinks: mx.array,
) -> mx.array:
    """Do what ``cpu.attend`` does, on two lanes, some queries at a time."""
    _, heads, length, size = queries.shape
    gatherings = []
    for start in range(0, length, 20):
        stop = min(start + 20, length)
        seen = slice(0, keys.shape[2] - length + stop)
        own = mask[start:stop, seen] if isinstance(mask, mx.array) else mask
        if mask is None:
            seen = slice(None)
        gatherings.append(Gathering(queries[:, :, start:stop], seen, own))
    spans = span_attention.attend(
        gatherings, keys, values, scale=scale, sinks=sinks, lanes=Lanes(2)
    )
    return mx.concatenate(spans, axis=1).reshape(1, length, heads, size).swapaxes(1, 2)


@pytest.mark.parametrize("heads", [(8, 2), (8, 8), (16, 1)])
@pytest.mark.parametrize(
    ("length", "visible"), [(64, 64), (64, 1500), (33, 700), (3, 5000), (1, 9000)]
)
@pytest.mark.parametrize("kind", ["causal", "window", "none"])
def test_attention(
    monkeypatch: pytest.MonkeyPatch, heads: tuple[int, int], length: int, visible: int, kind: str
) -> None:
    monkeypatch.setattr(cpu, "SCORES_FROM", 0)
    mx.random.seed(length + visible)
    queries = 3 * mx.random.normal((1, heads[0], length, 64))
    keys, values = (mx.random.normal((1, heads[1], visible, 64)) for _ in range(2))
    sinks = 4 * mx.random.normal((heads[0],))
    mask: mx.array | str | None = {"causal": "causal", "none": None}.get(kind)
    if kind == "window":
        at, key = mx.arange(visible - length, visible)[:, None], mx.arange(visible)[None]
        mask = (key <= at) & (key > at - WINDOW)
    ours, in_spans, wanted = (
        attend(queries, keys, values, scale=0.25, mask=mask, sinks=sinks)
        for attend in (cpu.attend, attend_in_spans, mx.fast.scaled_dot_product_attention)
    )
    assert ours.shape == in_spans.shape == wanted.shape
    exact = exact_attention(queries, keys, values, 0.25, mask, sinks)
    error, own, theirs = (np.abs(np.array(a) - exact).max() for a in (in_spans, ours, wanted))
    assert own < 2 * theirs + 1e-6
    assert error < 4 * theirs + 1e-6  # NumPy's BLAS adds up in another order


def test_scores_far_apart_and_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    """A score far above the rest, scores that are all the same, and sinks that take everything."""
    monkeypatch.setattr(cpu, "SCORES_FROM", 0)
    values = mx.random.normal((1, 2, 100, 64))
    far = mx.zeros((1, 2, 100, 64))
    far[:, :, 7] = 1000.0
    for keys, sinks in ((far, 0.0), (mx.zeros_like(far), 0.0), (mx.zeros_like(far), 1e4)):
        queries, sink = mx.ones((1, 4, 3, 64)), mx.full((4,), sinks)
        ours, in_spans, wanted = (
            attend(queries, keys, values, scale=1.0, mask=None, sinks=sink)
            for attend in (cpu.attend, attend_in_spans, mx.fast.scaled_dot_product_attention)
        )
        assert difference(ours, wanted) < 1e-6
        assert difference(in_spans, wanted) < 1e-6
