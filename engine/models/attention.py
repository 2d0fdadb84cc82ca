"""Grouped-query attention with learned sinks, full or within a sliding window."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Protocol

import mlx.core as mx

from engine.models.configuration import GptOssConfig
from engine.models.linear import Linear
from engine.models.rope import Rope

Mask = mx.array | str | None


class KeyValueLog(Protocol):
    """What one layer remembers of the tokens before."""

    def append(
        self, keys: mx.array, values: mx.array, visible: int | None
    ) -> tuple[mx.array, mx.array]:
        """Store keys and values (1, kv heads, length, head_dim) after those already there.

        Returns those of the last ``visible`` tokens before them and their own, or all of them.
        """
        ...


@dataclass(frozen=True, slots=True)
class Masks:
    """Which earlier tokens each new token may attend to, for both kinds of layers."""

    full: Mask
    sliding: Mask

    @classmethod
    def build(cls, length: int, offset: int, window: int) -> Masks:
        """Return the masks of ``length`` new tokens that follow ``offset`` earlier ones.

        A boolean mask has shape (length, visible keys), True where a key may be attended to.
        """
        if length == 1:
            return cls(None, None)
        if offset + length <= window:
            return cls("causal", "causal")
        queries = mx.arange(offset, offset + length)[:, None]
        keys = mx.arange(max(0, offset - window + 1), offset + length)[None]
        return cls("causal", (keys <= queries) & (keys > queries - window))

    def of(self, *, sliding: bool) -> Mask:
        """Return the mask of one kind of layer."""
        return self.sliding if sliding else self.full


class Attention:
    """One attention block; scores of a sink per head take part in the softmax and are dropped."""

    def __init__(
        self, config: GptOssConfig, layer: int, projections: dict[str, Linear], sinks: mx.array
    ) -> None:
        """Take the projections ``q``, ``k``, ``v``, ``o`` and the sinks (heads,)."""
        self.sliding = config.is_sliding(layer)
        self.visible = config.sliding_window - 1 if self.sliding else None
        self.head_dim = config.head_dim
        self.projections = projections
        self.sinks = sinks

    def __call__(
        self, x: mx.array, rope: Rope, masks: Masks, offset: int, log: KeyValueLog
    ) -> mx.array:
        """Return (1, length, hidden) for ``x`` of that shape at positions from ``offset``."""
        queries = rope(self._heads("q", x), offset)
        keys = rope(self._heads("k", x), offset)
        keys, values = log.append(keys, self._heads("v", x), self.visible)
        attended = mx.fast.scaled_dot_product_attention(
            queries,
            keys,
            values,
            scale=rope.attention_factor**2 / math.sqrt(self.head_dim),
            mask=masks.of(sliding=self.sliding),
            sinks=self.sinks,
        )
        batch, _, length, _ = attended.shape
        return self.projections["o"](attended.swapaxes(1, 2).reshape(batch, length, -1))

    def _heads(self, name: str, x: mx.array) -> mx.array:
        projected = self.projections[name](x)
        return projected.reshape(*x.shape[:2], -1, self.head_dim).swapaxes(1, 2)

    def arrays(self) -> list[mx.array]:
        """Return the arrays held."""
        return [self.sinks, *(a for p in self.projections.values() for a in p.arrays())]
