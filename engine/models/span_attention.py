"""What spans of a prompt gather, computed by NumPy from MLX's keys and values where they lie.

On the CPU that takes half of MLX's time, and less in long contexts: NumPy's exponentials are of
several numbers at once, its BLAS multiplies with keys that it need not copy into another order
first, and no array is written anew at every operation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import mlx.core as mx
import numpy as np
import numpy.typing as npt

from engine.models.lanes import Lanes

Rows = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Gathering:
    """One span's queries, and which keys they see."""

    queries: mx.array
    """float32 (1, heads, length, head_dim)."""
    seen: slice
    """Of the keys."""
    mask: mx.array | str | None
    """Boolean (length, keys seen), True where a key may be attended to; or "causal"; or None."""


def attend(
    gatherings: Sequence[Gathering],
    keys: mx.array,
    values: mx.array,
    *,
    scale: float,
    sinks: mx.array,
    lanes: Lanes,
) -> list[mx.array]:
    """Return what ``mx.fast.scaled_dot_product_attention`` does, for each of some spans.

    Args:
        gatherings: of the spans.
        keys: float32 (1, kv heads, visible, head_dim), as many heads sharing each as come to one.
        values: like ``keys``.
        scale: multiplies the scores.
        sinks: (heads,), one more score of each head, whose share is dropped.
        lanes: what computes them.

    Returns (1, length, heads * head_dim) for each span.
    """
    mx.eval(keys, values, *(each.queries for each in gatherings))
    all_keys, all_values = np.asarray(keys)[0], np.asarray(values)[0]
    own_sinks = np.asarray(sinks.astype(mx.float32))
    heads = len(own_sinks) // len(all_keys)
    sharing = [slice(first, first + heads) for first in range(0, len(own_sinks), heads)]
    queries = [np.asarray(each.queries)[0] for each in gatherings]
    added = [_added(each.mask, each.queries.shape[2]) for each in gatherings]
    outputs = [np.empty((rows.shape[1], *rows.shape[::2]), np.float32) for rows in queries]

    def compute(lane: int) -> None:
        for at in range(lane, len(gatherings), lanes.count):
            scaled, seen = queries[at] * np.float32(scale), gatherings[at].seen
            for group, own in enumerate(sharing):  # together its scores are too many for a cache
                gathered = _gather(
                    scaled[own],
                    all_keys[group, seen],
                    all_values[group, seen],
                    added[at],
                    own_sinks[own, None, None],
                )
                outputs[at][:, own] = gathered.swapaxes(0, 1)

    lanes.run([partial(compute, lane) for lane in range(min(lanes.count, len(gatherings)))])
    return [mx.array(each.reshape(1, len(each), -1)) for each in outputs]


def _gather(queries: Rows, keys: Rows, values: Rows, added: Rows | None, sinks: Rows) -> Rows:
    """Return (heads, length, head_dim) for queries of that shape, whose heads share their keys.

    ``added`` (length, n) is added to the scores of the last n keys, ``sinks`` is (heads, 1, 1).
    """
    heads, length, size = queries.shape
    scores: Rows = queries.reshape(-1, size) @ keys.T
    by_head: Rows = scores.reshape(heads, length, -1)
    if added is not None:
        by_head[..., -added.shape[1] :] += added
    top = np.maximum(by_head.max(axis=-1, keepdims=True), sinks)
    by_head -= top
    np.exp(by_head, out=by_head)
    total = by_head.sum(axis=-1, keepdims=True)
    total += np.exp(sinks - top)
    gathered: Rows = (scores @ values).reshape(heads, length, size) / total
    return gathered


def _added(mask: mx.array | str | None, length: int) -> Rows | None:
    """Return what is added to the scores of the last keys: 0, or -inf where they are hidden."""
    if mask is None:
        return None
    shown = np.tri(length, dtype=np.bool_) if isinstance(mask, str) else np.asarray(mask)
    return np.where(shown, 0, -np.inf).astype(np.float32)
