"""Each expert's rows of a prompt, computed by NumPy from MLX's weights where they lie.

On the CPU that takes two thirds of MLX's time: NumPy's BLAS is faster with few rows, its
exponentials are of several numbers at once, and there is no graph, whose every operation costs some
microseconds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import mlx.core as mx
import numpy as np
import numpy.typing as npt

from engine.models.lanes import Lanes

Rows = npt.NDArray[np.float32]

TOGETHER = 4
"""BLAS multiplies so many rows at a time, and one, two or three left over as slowly as many."""


@dataclass(frozen=True, slots=True)
class ExpertMatrices:
    """One matrix and bias for every expert."""

    matrices: Rows
    """(experts, in, out), or panels of columns: (experts, panels, in, columns)."""
    biases: Rows
    """(experts, out)."""

    def multiply(self, rows: Rows, expert: int) -> Rows:
        """Return (rows, out) for ``rows`` (rows, in) of one expert."""
        product: Rows = rows @ self.matrices[expert]
        if product.ndim == 3:
            product = product.swapaxes(0, 1).reshape(len(rows), -1)
        product = product[:, : self.biases.shape[1]]
        product += self.biases[expert]
        return product


def compute(
    rows: mx.array,
    counts: Mapping[int, int],
    gate_up: Sequence[ExpertMatrices],
    down: ExpertMatrices,
    alpha: float,
    limit: float,
    lanes: Lanes,
) -> mx.array:
    """Return (pairs, hidden) for ``rows`` of that shape, ordered by expert.

    Args:
        rows: float32.
        counts: how many rows of each expert there are, in order.
        gate_up: gate and up, or one whose outputs alternate.
        down: what comes after SwiGLU.
        alpha: SwiGLU's.
        limit: SwiGLU's clamp.
        lanes: they take an expert after the other, the one with the most rows first.
    """
    inputs = np.asarray(rows)
    outputs = np.empty_like(inputs)
    starts = dict(zip(counts, np.cumsum([0, *counts.values()]).tolist(), strict=False))
    waiting = iter(sorted(counts, key=counts.__getitem__, reverse=True))

    def compute_waiting() -> None:
        for expert in waiting:
            start, count = starts[expert], counts[expert]
            # Rows of others fill up the last few; what comes of them is dropped.
            taken = -(-count // TOGETHER) * TOGETHER
            first = max(0, min(start, len(inputs) - taken))
            own = inputs[first : first + taken]
            halves = [part.multiply(own, expert) for part in gate_up]
            gate, up = halves if len(halves) == 2 else (halves[0][:, ::2], halves[0][:, 1::2])
            gathered = down.multiply(_swiglu(gate, up, alpha, limit), expert)
            outputs[start : start + count] = gathered[start - first :][:count]

    lanes.run([compute_waiting] * lanes.count)
    return mx.array(outputs)


def _swiglu(gate: Rows, up: Rows, alpha: float, limit: float) -> Rows:
    """Return what ``experts.swiglu`` does."""
    gate = np.minimum(gate, limit)
    with np.errstate(over="ignore"):  # where it is infinite, the gate is shut
        shut = np.exp(gate * -alpha)
    shut += 1
    gate /= shut
    gate *= np.clip(up, -limit, limit) + 1
    return gate
