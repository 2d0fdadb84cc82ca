"""What NumPy computes of each expert's rows is what MLX computes of them."""

from __future__ import annotations

from collections import Counter

import mlx.core as mx
import numpy as np
import pytest

from engine.models import expert_rows, experts
from engine.models.experts import ALPHA, ExpertLinear
from engine.models.lanes import Lanes
from engine.models.linear import Dense, Panels, Weight

HIDDEN, INNER, EXPERTS, LIMIT = 96, 70, 5, 7.0
COUNTS = [Counter({0: 7, 2: 1, 3: 20, 4: 3}), Counter({1: 5}), Counter({4: 2})]


def part(out: int, width: int, *, in_panels: bool) -> ExpertLinear:
    matrices = mx.random.normal((EXPERTS, out, width))
    weight: Weight = Dense(matrices.swapaxes(-1, -2))
    if in_panels:
        weight = Panels.of_rows(matrices)
    return ExpertLinear(weight, mx.random.normal((EXPERTS, out)))


@pytest.mark.parametrize("counts", COUNTS, ids=lambda counts: f"{counts.total()}-rows")
@pytest.mark.parametrize("in_panels", [False, True])
@pytest.mark.parametrize("alternating", [False, True])
def test_rows_of_experts(counts: Counter[int], *, in_panels: bool, alternating: bool) -> None:
    """The gates are large: many are shut, and many reach the clamp."""
    widths = [2 * INNER] if alternating else [INNER, INNER]
    gate_up = [part(out, HIDDEN, in_panels=in_panels) for out in widths]
    down = part(HIDDEN, INNER, in_panels=in_panels)
    rows = 30 * mx.random.normal((counts.total(), HIDDEN))
    matrices = [each.matrices() for each in gate_up], down.matrices()
    ours = expert_rows.compute(rows, counts, *matrices, ALPHA, LIMIT, Lanes(2))
    chosen = mx.array([*counts.elements()])
    halves = [each(rows[:, None], chosen, sorted_indices=True) for each in gate_up]
    gate, up = (halves[0][..., ::2], halves[0][..., 1::2]) if alternating else halves
    wanted = down(experts.swiglu(gate, up, LIMIT), chosen, sorted_indices=True)[:, 0]
    assert ours.shape == wanted.shape
    scale = np.abs(np.array(wanted)).max()
    assert np.abs(np.array(ours) - np.array(wanted)).max() < 1e-5 * scale


def test_a_gate_far_below_is_shut_without_a_warning(recwarn: pytest.WarningsRecorder) -> None:
    gates = [-1e30, -1e3, -60.0, 0.0, 1e3]
    wide = np.array([[*gates]], np.float32)
    ours = expert_rows._swiglu(wide, np.ones_like(wide), ALPHA, LIMIT)
    wanted = np.array(experts.swiglu(mx.array(wide), mx.ones((1, len(gates))), LIMIT))
    assert np.abs(ours - wanted).max() < 1e-5
    assert not recwarn
