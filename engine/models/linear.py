"""Matrix products with dense or packed weights, or with panels of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import TypedDict

import mlx.core as mx
import numpy as np

from engine.models.lanes import Lanes

PANEL = 64
"""Columns of a panel: so few that BLAS multiplies a few rows with it without copying it first."""
SHARED_FROM = 2**26
"""Bytes from which on it pays to share out a matrix's panels."""
PANEL_THREADS = 2
"""Up to so many threads of BLAS, one with panels is faster; with more it was not measured."""


class Quantization(TypedDict):
    """How a weight is packed: MLX's affine integers, or the OCP formats mxfp4, mxfp8, nvfp4."""

    group_size: int
    bits: int
    mode: str


def nth(stack: mx.array, place: int) -> mx.array:
    """Return one of some arrays where it lies; MLX copies what is taken by a number alone."""
    return stack[place : place + 1].squeeze(0)


@dataclass(frozen=True, slots=True)
class Dense:
    """A matrix (in, out), or a stack of them (experts, in, out)."""

    matrix: mx.array

    def arrays(self) -> list[mx.array]:
        """Return the arrays held."""
        return [self.matrix]

    def of(self, expert: int) -> Dense:
        """Return one matrix of a stack."""
        return Dense(nth(self.matrix, expert))

    def multiply(self, x: mx.array) -> mx.array:
        """Return ``x`` (..., in) times the matrix: (..., out)."""
        return x @ self.matrix

    def multiply_chosen(
        self, x: mx.array, chosen: mx.array, *, sorted_indices: bool = False
    ) -> mx.array:
        """Return each row of ``x`` (..., 1, in) times the matrix of its expert: (..., 1, out)."""
        return mx.gather_mm(x, self.matrix, rhs_indices=chosen, sorted_indices=sorted_indices)


@dataclass(frozen=True, slots=True)
class Packed:
    """A matrix in few bits, with its rows as the outputs: (out, in) or (experts, out, in).

    ``packed`` is uint32 of shape (..., out, in * bits / 32), ``scales`` has shape
    (..., out, in / group_size) and, in affine mode only, so has ``offsets``.
    """

    packed: mx.array
    scales: mx.array
    offsets: mx.array | None
    quantization: Quantization

    def arrays(self) -> list[mx.array]:
        """Return the arrays held."""
        return [a for a in (self.packed, self.scales, self.offsets) if a is not None]

    def unpack(self) -> mx.array:
        """Return the matrix (..., out, in); affine in the scales' type, else in bfloat16, exact."""
        return mx.dequantize(self.packed, self.scales, self.offsets, **self.quantization)

    def rows(self, indices: mx.array) -> mx.array:
        """Return rows of the matrix, unpacked: (..., in) for ``indices`` of shape (...)."""
        offsets = None if self.offsets is None else self.offsets[indices]
        return mx.dequantize(
            self.packed[indices], self.scales[indices], offsets, **self.quantization
        )

    def of(self, expert: int) -> Packed:
        """Return one matrix of a stack."""
        offsets = None if self.offsets is None else nth(self.offsets, expert)
        packed, scales = nth(self.packed, expert), nth(self.scales, expert)
        return Packed(packed, scales, offsets, self.quantization)

    def multiply(self, x: mx.array) -> mx.array:
        """Return ``x`` (..., in) times the transposed matrix: (..., out)."""
        return mx.quantized_matmul(
            x, self.packed, self.scales, self.offsets, transpose=True, **self.quantization
        )

    def multiply_chosen(
        self, x: mx.array, chosen: mx.array, *, sorted_indices: bool = False
    ) -> mx.array:
        """Return each row of ``x`` (..., 1, in) times that of its expert: (..., 1, out)."""
        return mx.gather_qmm(
            x,
            self.packed,
            self.scales,
            self.offsets,
            rhs_indices=chosen,
            transpose=True,
            sorted_indices=sorted_indices,
            **self.quantization,
        )


@dataclass(frozen=True, slots=True)
class Panels:
    """A matrix (in, out), or a stack of them, as panels of columns for the CPU.

    ``panels`` is float32 (panels, in, ``PANEL``), or (experts, panels, in, ``PANEL``), the last one
    filled up with zeros. Where BLAS multiplies small matrices in place, few rows take half as long
    with it, and many a tenth longer; elsewhere only lanes gain by it. It is the work of one core,
    whatever ``OPENBLAS_NUM_THREADS`` says, or of a large matrix's lanes.
    """

    panels: mx.array
    width: int
    """How many columns the matrix has."""
    lanes: Lanes | None = None
    """What the panels of a matrix, not of a stack, are shared out among."""

    @classmethod
    def of_rows(cls, matrix: mx.array, lanes: Lanes | None = None) -> Panels:
        """Take the matrix's transpose (..., out, in), as most checkpoints store it.

        Lanes share a large matrix's product; a stack takes none.
        """
        *stack, out, width = matrix.shape
        if missing := -out % PANEL:
            matrix = mx.pad(matrix, [*[(0, 0)] * len(stack), (0, missing), (0, 0)])
        panels = matrix.reshape(*stack, -1, PANEL, width).swapaxes(-1, -2)
        panels = mx.contiguous(panels).astype(mx.float32)
        return cls(panels, out, lanes if panels.nbytes >= SHARED_FROM else None)

    def arrays(self) -> list[mx.array]:
        """Return the arrays held."""
        return [self.panels]

    def of(self, expert: int) -> Panels:
        """Return one matrix of a stack."""
        return Panels(nth(self.panels, expert), self.width)

    def multiply(self, x: mx.array) -> mx.array:
        """Return ``x`` (..., in) times the matrix: (..., out)."""
        rows = x.reshape(1, -1, x.shape[-1])
        if self.lanes is None:
            product = rows @ self.panels
        else:
            count, lanes = len(self.panels), self.lanes.count
            shares = mx.split(self.panels, [count * lane // lanes for lane in range(1, lanes)])
            product = mx.concatenate(
                self.lanes.begin([partial(mx.matmul, rows, share) for share in shares])
            )
        product = product.swapaxes(0, 1).reshape(rows.shape[1], -1)
        return product[:, : self.width].reshape(*x.shape[:-1], self.width)

    @property
    def is_shared(self) -> bool:
        """Whether several lanes share the product."""
        return self.lanes is not None and self.lanes.count > 1

    def multiply_row(self, row: mx.array) -> mx.array:
        """Return ``row`` (1, in) times the matrix, (1, out), evaluated if it is shared.

        It then takes half as long as ``multiply``: NumPy takes BLAS's product of a vector, which
        reads panels where they lie; MLX only takes that of matrices, which copies them first.
        """
        if self.lanes is None or not self.is_shared:
            return self.multiply(row)
        panels, vector = np.asarray(self.panels), np.asarray(row.astype(mx.float32))
        product = np.empty((len(panels), 1, PANEL), dtype=np.float32)
        edges = [len(panels) * lane // self.lanes.count for lane in range(self.lanes.count + 1)]
        shares = [slice(*pair) for pair in pairwise(edges)]
        self.lanes.run([partial(np.matmul, vector, panels[s], product[s]) for s in shares])
        return mx.array(product.reshape(1, -1)[:, : self.width])

    def multiply_chosen(
        self, x: mx.array, chosen: mx.array, *, sorted_indices: bool = False
    ) -> mx.array:
        """Return each row of ``x`` (..., 1, in) times the matrix of its expert: (..., 1, out)."""
        count = self.panels.shape[1]
        indices = chosen[..., None] * count + mx.arange(count, dtype=chosen.dtype)
        product = mx.gather_mm(
            x[..., None, :, :],
            self.panels.flatten(0, 1),
            rhs_indices=indices,
            sorted_indices=sorted_indices,
        )
        return product.reshape(*product.shape[:-3], 1, -1)[..., : self.width]


Weight = Dense | Packed | Panels


@dataclass(frozen=True, slots=True)
class Linear:
    """A matrix product and a bias (out,)."""

    weight: Weight
    bias: mx.array

    def __call__(self, x: mx.array) -> mx.array:
        """Return (..., out) for ``x`` of shape (..., in)."""
        if isinstance(self.weight, Dense):
            return mx.addmm(self.bias, x, self.weight.matrix)
        return self.weight.multiply(x) + self.bias

    def arrays(self) -> list[mx.array]:
        """Return the arrays held."""
        return [*self.weight.arrays(), self.bias]
