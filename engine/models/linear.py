"""Matrix products with dense or quantised weights, read as a checkpoint stores them."""

from __future__ import annotations

from dataclasses import dataclass

import mlx.core as mx


@dataclass(frozen=True, slots=True)
class Quantization:
    """How a weight is packed: MLX's affine integers, or the OCP formats mxfp4, mxfp8, nvfp4."""

    group_size: int
    bits: int
    mode: str


@dataclass(frozen=True, slots=True)
class Weight:
    """A matrix (out, in), or a stack of them (experts, out, in), dense or packed.

    Packed, ``packed`` is uint32 of shape (..., out, in * bits / 32), ``scales`` has shape
    (..., out, in / group_size) and, in affine mode only, so has ``offsets``.
    """

    packed: mx.array
    scales: mx.array | None = None
    offsets: mx.array | None = None
    quantization: Quantization | None = None

    def arrays(self) -> list[mx.array]:
        """Return the arrays held."""
        return [a for a in (self.packed, self.scales, self.offsets) if a is not None]

    def dense(self, dtype: mx.Dtype) -> Weight:
        """Return the same weight unpacked to a floating type."""
        if self.quantization is None:
            return Weight(self.packed.astype(dtype))
        unpacked = mx.dequantize(
            self.packed,
            self.scales,
            self.offsets,
            group_size=self.quantization.group_size,
            bits=self.quantization.bits,
            mode=self.quantization.mode,
        )
        return Weight(unpacked.astype(dtype))

    def multiply(self, x: mx.array) -> mx.array:
        """Return ``x`` (..., in) times the transposed matrix: (..., out)."""
        if self.quantization is None:
            return x @ self.packed.T
        return mx.quantized_matmul(
            x,
            self.packed,
            self.scales,
            self.offsets,
            transpose=True,
            group_size=self.quantization.group_size,
            bits=self.quantization.bits,
            mode=self.quantization.mode,
        )

    def multiply_chosen(
        self, x: mx.array, chosen: mx.array, *, sorted_indices: bool = False
    ) -> mx.array:
        """Return each row of ``x`` (..., 1, in) times the matrix of its expert: (..., 1, out)."""
        if self.quantization is None:
            return mx.gather_mm(
                x,
                self.packed.swapaxes(-1, -2),
                rhs_indices=chosen,
                sorted_indices=sorted_indices,
            )
        return mx.gather_qmm(
            x,
            self.packed,
            self.scales,
            self.offsets,
            rhs_indices=chosen,
            transpose=True,
            group_size=self.quantization.group_size,
            bits=self.quantization.bits,
            mode=self.quantization.mode,
            sorted_indices=sorted_indices,
        )

    def rows(self, indices: mx.array) -> mx.array:
        """Return rows of the matrix, unpacked: (..., in) for ``indices`` of shape (...)."""
        if self.quantization is None or self.scales is None:
            return self.packed[indices]
        offsets = None if self.offsets is None else self.offsets[indices]
        return mx.dequantize(
            self.packed[indices],
            self.scales[indices],
            offsets,
            group_size=self.quantization.group_size,
            bits=self.quantization.bits,
            mode=self.quantization.mode,
        )


@dataclass(frozen=True, slots=True)
class Linear:
    """A matrix product and, where the checkpoint has one, a bias (out,)."""

    weight: Weight
    bias: mx.array | None = None

    def __call__(self, x: mx.array) -> mx.array:
        """Return (..., out) for ``x`` of shape (..., in)."""
        if self.bias is None:
            return self.weight.multiply(x)
        if self.weight.quantization is None:
            return mx.addmm(self.bias, x, self.weight.packed.T)
        return self.weight.multiply(x) + self.bias

    def arrays(self) -> list[mx.array]:
        """Return the arrays held."""
        return self.weight.arrays() + ([] if self.bias is None else [self.bias])
