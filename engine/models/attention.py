"""Grouped-query attention with learned sinks, full or within a sliding window."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

import mlx.core as mx

from engine.models import cpu, span_attention
from engine.models.configuration import GptOssConfig
from engine.models.lanes import Lanes
from engine.models.linear import Linear
from engine.models.rope import Rope
from engine.models.span_attention import Gathering

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
class Span:
    """New tokens ``start`` to ``stop``, whose scores are computed together, and their masks.

    A boolean mask has shape (tokens, visible keys), True where a key may be attended to.
    """

    start: int
    stop: int
    full: Mask
    sliding: Mask

    @classmethod
    def split(
        cls, start: int, length: int, offset: int, window: int, largest: int | None
    ) -> list[Span]:
        """Return the new tokens from ``start`` on in spans; ``length`` new ones follow ``offset``.

        No span holds more than ``largest`` tokens; without a limit there is one.
        """
        starts = range(start, length, largest or max(1, length - start))
        stops = [*starts[1:], length]
        return [cls._build(*span, offset, window) for span in zip(starts, stops, strict=False)]

    @classmethod
    def _build(cls, start: int, stop: int, offset: int, window: int) -> Span:
        first, end = offset + start, offset + stop
        if end - first == 1:
            return cls(start, stop, None, None)
        if end <= window:
            return cls(start, stop, "causal", "causal")
        queries = mx.arange(first, end)[:, None]
        keys = mx.arange(max(0, first - window + 1), end)[None]
        return cls(start, stop, "causal", (keys <= queries) & (keys > queries - window))


class Attention:
    """One attention block; scores of a sink per head take part in the softmax and are dropped."""

    def __init__(
        self,
        config: GptOssConfig,
        layer: int,
        projections: dict[str, Linear],
        sinks: mx.array,
        lanes: Lanes | None,
    ) -> None:
        """Take the projections ``q``, ``k``, ``v``, ``o``, the sinks (heads,), a CPU's lanes."""
        self.sliding = config.is_sliding(layer)
        self.visible = config.sliding_window - 1 if self.sliding else None
        self.head_dim = config.head_dim
        self.projections = projections
        self.sinks = sinks
        self.lanes = lanes
        self.attend = mx.fast.scaled_dot_product_attention if lanes is None else cpu.attend

    def __call__(
        self, x: mx.array, rope: Rope, spans: Sequence[Span], offset: int, log: KeyValueLog
    ) -> mx.array:
        """Return what the tokens of some spans, up to the last one, gather from those before.

        Args:
            x: (1, length, hidden), the tokens at positions from ``offset``.
            rope: turns queries and keys.
            spans: of the tokens whose output is wanted; none if only the log is to know them all.
            offset: how many tokens the log holds.
            log: keys and values are appended to it.

        Returns (1, tokens of the spans, hidden).
        """
        length = x.shape[1]
        keys, values = rope(self._heads("k", x), offset), self._heads("v", x)
        keys, values = log.append(keys, values, self.visible)
        if not spans:
            return x[:, length:]
        scale = rope.attention_factor**2 / math.sqrt(self.head_dim)
        earlier = keys.shape[2] - length

        def ask(span: Span) -> mx.array:
            return rope(self._heads("q", x[:, span.start : span.stop]), offset + span.start)

        def see(span: Span) -> slice:
            first = 0 if self.visible is None else max(0, earlier + span.start - self.visible)
            return slice(first, earlier + span.stop)

        def mask(span: Span) -> Mask:
            return span.sliding if self.sliding else span.full

        if self.lanes is not None and self.lanes.count > 1 and len(spans) > 1:
            queries = self.lanes.compute([partial(ask, span) for span in spans])
            gatherings = [
                Gathering(asked, see(span), mask(span))
                for asked, span in zip(queries, spans, strict=True)
            ]
            gathered = span_attention.attend(
                gatherings, keys, values, scale=scale, sinks=self.sinks, lanes=self.lanes
            )
            parts = [partial(self.projections["o"], each) for each in gathered]
            return mx.concatenate(self.lanes.compute(parts), axis=1)
        outputs = []
        for span in spans:
            seen = see(span)
            attended = self.attend(
                ask(span),
                keys[:, :, seen],
                values[:, :, seen],
                scale=scale,
                mask=mask(span),
                sinks=self.sinks,
            )
            outputs.append(self.projections["o"](attended.swapaxes(1, 2).flatten(2)))
        return mx.concatenate(outputs, axis=1)

    def _heads(self, name: str, x: mx.array) -> mx.array:
        projected = self.projections[name](x)
        return projected.reshape(*x.shape[:2], -1, self.head_dim).swapaxes(1, 2)

    def arrays(self) -> list[mx.array]:
        """Return the arrays held."""
        return [self.sinks, *(a for p in self.projections.values() for a in p.arrays())]
