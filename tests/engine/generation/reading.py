"""A KV cache without a model: each key is its token and each value its position.

What a log holds can then be checked number by number, whatever was done to it.
"""

from __future__ import annotations

from collections.abc import Sequence

import mlx.core as mx
import numpy as np

from engine.generation.cache import KeyValueCache
from engine.generation.linear_log import LinearLog

VISIBLE = (7, None, 7, None)
"""Sliding and full layers, as in gpt-oss, with a window of 8 tokens."""
HEADS, SIZE = 2, 4
TOKEN_BYTES = len(VISIBLE) * 2 * HEADS * SIZE * 4


def read(cache: KeyValueCache, tokens: Sequence[int], chunk: int = 16) -> None:
    """Append tokens in chunks, as the generator does, and check what each layer then sees."""
    for start in range(0, len(tokens), chunk):
        piece = list(tokens[start : start + chunk])
        for log, visible in zip(cache.logs, VISIBLE, strict=True):
            before = len(cache.tokens) if visible is None else min(visible, len(cache.tokens))
            seen = cache.tokens[len(cache.tokens) - before :] + piece
            keys, values = log.append(_fill(piece), _fill(_positions(cache, piece)), visible)
            assert keys[0, 1, :, 2].tolist() == seen
            first = len(cache.tokens) - before
            assert values[0, 1, :, 2].tolist() == list(range(first, first + len(seen)))
        cache.record(piece)
        mx.eval(cache.arrays())


def _positions(cache: KeyValueCache, piece: Sequence[int]) -> list[int]:
    return list(range(len(cache.tokens), len(cache.tokens) + len(piece)))


def _fill(numbers: Sequence[int]) -> mx.array:
    column = mx.array(numbers, dtype=mx.float32)[None, None, :, None]
    return mx.broadcast_to(column, (1, HEADS, len(numbers), SIZE))


def check(cache: KeyValueCache) -> None:
    """Fail unless the cache holds exactly the keys and values of its tokens."""
    cache.check_integrity()
    for log in cache.logs:
        if log.held:
            keys, values = held(log)
            assert np.array_equal(keys, cache.tokens[log.first :])
            assert np.array_equal(values, range(log.first, len(cache)))


def held(log: LinearLog) -> tuple[np.ndarray, np.ndarray]:
    """Return the tokens and positions that a log holds, once it is sure that all heads agree."""
    columns = []
    for array in log.arrays():
        numbers = np.array(array)[0, :, : log.held]
        assert (numbers == numbers[:1, :, :1]).all()
        columns.append(numbers[0, :, 0])
    return columns[0], columns[1]
