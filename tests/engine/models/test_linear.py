"""Panels of a matrix multiply as the matrix does."""

from __future__ import annotations

import mlx.core as mx
import numpy as np
import pytest

from engine.models.linear import Dense, Panels

WIDTH = 96


def assert_same(ours: mx.array, wanted: mx.array) -> None:
    assert ours.shape == wanted.shape
    assert np.abs(np.array(ours) - np.array(wanted)).max() < 1e-4


@pytest.mark.parametrize("out", [1, 63, 64, 65, 1000])
@pytest.mark.parametrize("shape", [(1,), (5,), (1, 1), (2, 3)])
def test_panels(out: int, shape: tuple[int, ...]) -> None:
    matrix = mx.random.normal((out, WIDTH)).astype(mx.bfloat16)
    x = mx.random.normal((*shape, WIDTH))
    assert_same(Panels.of_rows(matrix).multiply(x), x @ matrix.astype(mx.float32).T)


@pytest.mark.parametrize("out", [63, 128, 130])
def test_panels_of_experts(out: int) -> None:
    matrices = mx.random.normal((5, out, WIDTH))
    panels, dense = Panels.of_rows(matrices), Dense(matrices.swapaxes(-1, -2))
    for expert in range(5):
        x = mx.random.normal((7, WIDTH))
        assert_same(panels.of(expert).multiply(x), dense.of(expert).multiply(x))
    tokens = mx.random.normal((1, 6, 1, 1, WIDTH))
    chosen = mx.array([[[0, 4], [3, 1], [2, 2], [4, 0], [1, 3], [0, 1]]])
    assert_same(panels.multiply_chosen(tokens, chosen), dense.multiply_chosen(tokens, chosen))
    pairs, experts = mx.random.normal((6, 1, WIDTH)), mx.array([0, 0, 1, 3, 4, 4])
    assert_same(
        panels.multiply_chosen(pairs, experts, sorted_indices=True),
        dense.multiply_chosen(pairs, experts, sorted_indices=True),
    )
