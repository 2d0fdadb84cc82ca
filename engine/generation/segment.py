"""What is cut out of a KV cache to be put back later: stretches of layers, and segments of all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import mlx.core as mx
import numpy as np
import numpy.typing as npt

Tokens: TypeAlias = npt.NDArray[np.int32]
"""Token ids, int32 (tokens,)."""


def as_tokens(tokens: Sequence[int]) -> Tokens:
    """Return token ids as an array, which compares fast."""
    return np.asarray(tokens, dtype=np.int32)


def shared_length(a: Tokens, b: Tokens) -> int:
    """Return how many tokens two paths have in common before they part."""
    length = min(len(a), len(b))
    differs = a[:length] != b[:length]
    return int(differs.argmax()) if differs.any() else length


@dataclass(frozen=True, slots=True, eq=False)
class Stretch:
    """Keys and values of one layer for successive tokens, float (1, kv heads, tokens, head_dim)."""

    start: int
    """The position of the first token."""
    visible: int | None
    """How many earlier tokens the layer attends to; None for all."""
    keys: mx.array
    values: mx.array

    @property
    def end(self) -> int:
        """The position after the last token."""
        return self.start + self.keys.shape[2]

    def holds_window(self, end: int) -> bool:
        """Whether this begins early enough for a token at ``end`` to attend to."""
        return self.visible is None or self.start <= max(0, end - self.visible)

    def part(self, start: int, end: int) -> Stretch:
        """Return the tokens from ``start`` (or from this one's, if later) to ``end``, copied."""
        start = max(start, self.start)
        kept = slice(start - self.start, end - self.start)
        keys, values = (mx.contiguous(a[:, :, kept]) for a in (self.keys, self.values))
        return Stretch(start, self.visible, keys, values)


@dataclass(frozen=True, slots=True, eq=False)
class Segment:
    """Every layer's keys and values for the tokens of a path from ``start`` to its end.

    A sliding layer whose log had dropped its oldest tokens begins later; the window before the end
    is there, unless the segment is only a part of what leads to the next one.
    """

    start: int
    path: Tokens
    """All tokens up to the segment's end, also those before its start: keys depend on them."""
    layers: tuple[Stretch, ...]

    @property
    def end(self) -> int:
        """The position after the last token."""
        return len(self.path)

    @property
    def byte_count(self) -> int:
        """Bytes of memory that it takes."""
        return self.path.nbytes + sum(int(a.nbytes) for a in self.arrays())

    def arrays(self) -> list[mx.array]:
        """Return the arrays held."""
        return [array for layer in self.layers for array in (layer.keys, layer.values)]

    @property
    def is_part(self) -> bool:
        """Whether nothing can be read on from its end: a sliding layer's window is not there."""
        return any(
            layer.start > self.start and not layer.holds_window(self.end) for layer in self.layers
        )

    def reach(self, wanted: Tokens, position: int) -> int:
        """Return how far this brings a cache that has read the wanted tokens up to a position.

        That is the position itself where the segment is of no use.
        """
        if not self.start <= position < self.end:
            return position
        end = shared_length(self.path, wanted)
        if end <= position:
            return position
        whole = all(s.start <= position or s.holds_window(end) for s in self.layers)
        return end if whole else position

    def after(self, start: int) -> Segment:
        """Return the rest from ``start`` on, in memory of its own."""
        layers = tuple(layer.part(start, self.end) for layer in self.layers)
        rest = Segment(start, self.path, layers)
        mx.eval(rest.arrays())
        return rest

    def check_integrity(self) -> None:
        """Raise AssertionError unless every layer has what the segment says."""
        for layer in self.layers:
            if layer.end != self.end or layer.keys.shape != layer.values.shape:
                raise AssertionError(f"a layer ends at {layer.end}, the segment at {self.end}")
            late = layer.start > self.start and not layer.holds_window(self.end)
            if layer.start < self.start or late:
                raise AssertionError(f"a layer begins at {layer.start}, not at {self.start}")
