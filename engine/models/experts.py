"""The mixture of experts: a router chooses a few SwiGLU networks for each token."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import mlx.core as mx
import numpy as np

from engine.models import cpu, expert_rows
from engine.models.expert_rows import ExpertMatrices
from engine.models.lanes import Lanes
from engine.models.linear import Linear, Packed, Weight, nth

SORT_FROM = 64
"""From this many token-expert pairs on, ordering them by expert pays (as in mlx-lm)."""

SORT_FROM_EACH, CACHED_BYTES = 2, 2**20
"""On the CPU it pays from so many pairs for each expert on, if an expert has more bytes than a
core's cache holds: it is then read from memory once, and not for each of its tokens."""

ALPHA = 1.702

Sigmoid = Callable[[mx.array], mx.array]


def swiglu(gate: mx.array, up: mx.array, limit: float, sigmoid: Sigmoid = mx.sigmoid) -> mx.array:
    """Return gpt-oss's SwiGLU: the gate clamped from above, the other on both sides, plus one."""
    gate = mx.minimum(gate, limit)
    up = mx.clip(up, -limit, limit)
    return gate * sigmoid(ALPHA * gate) * (up + 1)


clamped_swiglu = mx.compile(swiglu, shapeless=True)


@dataclass(frozen=True, slots=True)
class ExpertLinear:
    """One matrix (experts, out, in) and bias (experts, out) for every expert."""

    weight: Weight
    bias: mx.array

    def __call__(self, x: mx.array, chosen: mx.array, *, sorted_indices: bool) -> mx.array:
        """Return (..., 1, out) for ``x`` (..., 1, in) and expert numbers ``chosen`` (...)."""
        product = self.weight.multiply_chosen(x, chosen, sorted_indices=sorted_indices)
        return product + self.bias[chosen][..., None, :]

    def of(self, expert: int) -> Linear:
        """Return one expert's matrix and bias, which stay where they are."""
        return Linear(self.weight.of(expert), nth(self.bias, expert))

    def matrices(self) -> ExpertMatrices:
        """Return the same where it lies, for NumPy; it may not be packed."""
        (matrices,) = self.weight.arrays()
        return ExpertMatrices(np.asarray(matrices), np.asarray(self.bias))

    def arrays(self) -> list[mx.array]:
        """Return the arrays held."""
        return [*self.weight.arrays(), self.bias]


class Experts:
    """Router and experts of one layer.

    ``gate_up`` is either one projection whose outputs alternate gate, up, gate, up (the original
    layout) or a pair of projections (MLX's layout); both are used as they are stored.
    """

    def __init__(
        self,
        router: Linear,
        gate_up: Sequence[ExpertLinear],
        down: ExpertLinear,
        *,
        chosen: int,
        limit: float,
        lanes: Lanes | None,
    ) -> None:
        """Take the projections, how many experts each token gets, SwiGLU's clamp, a CPU's lanes."""
        self.router = router
        self.gate_up = tuple(gate_up)
        self.down = down
        self.chosen = chosen
        self.limit = limit
        self.lanes = lanes
        is_packed = any(isinstance(part.weight, Packed) for part in (*gate_up, down))
        self.in_numpy = lanes is not None and lanes.count > 1 and not is_packed
        experts = len(down.bias)
        stored = sum(array.nbytes for part in (*gate_up, down) for array in part.arrays())
        is_small = lanes is None or stored <= experts * CACHED_BYTES
        self.sort_from = SORT_FROM if is_small else min(SORT_FROM, SORT_FROM_EACH * experts)

    def __call__(self, x: mx.array) -> mx.array:
        """Return (1, length, hidden) for ``x`` of that shape."""
        scores = self.router(x)
        chosen = mx.argpartition(scores, kth=-self.chosen, axis=-1)[..., -self.chosen :]
        shares = mx.softmax(mx.take_along_axis(scores, chosen, axis=-1), axis=-1, precise=True)
        outputs = (
            self._sorted(x, chosen) if chosen.size >= self.sort_from else self._plain(x, chosen)
        )
        return (outputs * shares[..., None]).sum(axis=-2)

    def _plain(self, x: mx.array, chosen: mx.array) -> mx.array:
        """Return (1, length, chosen, hidden), each token repeated for its experts."""
        return self._network(x[..., None, None, :], chosen, sorted_indices=False).squeeze(-2)

    def _sorted(self, x: mx.array, chosen: mx.array) -> mx.array:
        """Do the same with the pairs ordered by expert, so that each weight is read once."""
        flat = chosen.flatten()
        order = mx.argsort(flat)
        rows = x.reshape(-1, x.shape[-1])[order // self.chosen]
        if self.lanes is not None:
            outputs = self._one_by_one(rows, flat[order], self.lanes)
        else:
            outputs = self._network(rows[:, None], flat[order], sorted_indices=True)
        restored = outputs[mx.argsort(order)]
        return restored.reshape(*chosen.shape, -1)

    def _network(self, x: mx.array, chosen: mx.array, *, sorted_indices: bool) -> mx.array:
        outputs = [p(x, chosen, sorted_indices=sorted_indices) for p in self.gate_up]
        return self.down(self._activate(outputs), chosen, sorted_indices=sorted_indices)

    def _one_by_one(self, rows: mx.array, chosen: mx.array, lanes: Lanes) -> mx.array:
        """Return (pairs, hidden) for ``rows`` of that shape, ordered by expert; it evaluates them.

        On the CPU MLX's gather_mm is a product for each row, and BLAS is fast with many at once.
        """
        all_counts = Counter[int](chosen.tolist())  # type: ignore[arg-type]
        if self.in_numpy:
            *gate_up, down = (part.matrices() for part in (*self.gate_up, self.down))
            return expert_rows.compute(rows, all_counts, gate_up, down, ALPHA, self.limit, lanes)
        parts, start = [], 0
        for counts in _deal(all_counts, lanes.count):
            stop = start + counts.total()
            parts.append(partial(self._networks, rows[start:stop], counts))
            start = stop
        return mx.concatenate(lanes.compute(parts))

    def _networks(self, rows: mx.array, counts: Counter[int]) -> mx.array:
        """Return (pairs, hidden) for ``rows`` of experts that have so many each, in order."""
        gate, up = self._halves([_apart(part, rows, counts) for part in self.gate_up])
        return _apart(self.down, swiglu(gate, up, self.limit, cpu.sigmoid), counts)

    def _activate(self, outputs: Sequence[mx.array]) -> mx.array:
        """Return SwiGLU of what ``gate_up`` gave."""
        return clamped_swiglu(*self._halves(outputs), self.limit)

    def _halves(self, outputs: Sequence[mx.array]) -> tuple[mx.array, mx.array]:
        """Return gate and up of what ``gate_up`` gave."""
        gate, up = outputs if len(outputs) == 2 else (outputs[0][..., ::2], outputs[0][..., 1::2])
        return gate, up

    def arrays(self) -> list[mx.array]:
        """Return the arrays held."""
        parts: tuple[Linear | ExpertLinear, ...] = (self.router, *self.gate_up, self.down)
        return [array for part in parts for array in part.arrays()]


def _deal(counts: Counter[int], lanes: int) -> list[Counter[int]]:
    """Share experts out among lanes, in order, so that each lane gets about as many rows."""
    shares: list[Counter[int]] = [Counter() for _ in range(lanes)]
    total, dealt = counts.total(), 0
    for expert, count in counts.items():
        middle = dealt + count / 2
        shares[int(lanes * middle / total)][expert] = count
        dealt += count
    return [share for share in shares if share]


def _apart(part: ExpertLinear, rows: mx.array, counts: Counter[int]) -> mx.array:
    """Return (pairs, out) for ``rows`` (pairs, in) of experts that have so many each, in order."""
    outputs, start = [], 0
    for expert, count in counts.items():
        outputs.append(part.of(expert)(rows[start : start + count]))
        start += count
    return mx.concatenate(outputs)
