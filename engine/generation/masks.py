"""Masks over the vocabulary, bool (1, size), from a set of tokens or from bits."""

from __future__ import annotations

from functools import lru_cache

import mlx.core as mx
import numpy as np


@lru_cache(maxsize=32)
def mask_of_tokens(allowed: frozenset[int], size: int) -> mx.array:
    """Return the mask that is true for some tokens; the last 32 masks (0.2 MB each) are kept."""
    mask = np.zeros((1, size), dtype=np.bool_)
    mask[0, list(allowed)] = True
    return mx.array(mask)


def mask_of_bits(bits: bytes, size: int, changes: dict[int, bool]) -> mx.array:
    """Return the mask that bits say, the lowest bit of the first byte being token 0.

    Args:
        bits: at least ``size`` of them.
        size: how many tokens there are.
        changes: tokens that are allowed or not whatever their bit says.
    """
    flat = np.unpackbits(np.frombuffer(bits, np.uint8), count=size, bitorder="little")
    mask = flat.view(np.bool_)[None]
    for token, is_allowed in changes.items():
        mask[0, token] = is_allowed
    return mx.array(mask)
