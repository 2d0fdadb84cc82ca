"""Masks are true for exactly the tokens that were said."""

from __future__ import annotations

import mlx.core as mx
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.generation.masks import mask_of_bits, mask_of_tokens

SIZE = 77


def true_in(mask: mx.array) -> set[int]:
    assert mask.shape == (1, SIZE)
    assert mask.dtype == mx.bool_
    return {token for token, allowed in enumerate(mask[0].tolist()) if allowed}  # type: ignore[arg-type]


@settings(deadline=None)
@given(st.frozensets(st.integers(0, SIZE - 1)))
def test_a_set_of_tokens_becomes_a_mask_that_is_made_once(allowed: frozenset[int]) -> None:
    assert true_in(mask_of_tokens(allowed, SIZE)) == allowed
    assert mask_of_tokens(allowed, SIZE) is mask_of_tokens(frozenset(sorted(allowed)), SIZE)


@settings(deadline=None)
@given(st.binary(min_size=10, max_size=16))
def test_bits_become_a_mask_lowest_bit_first(bits: bytes) -> None:
    number = int.from_bytes(bits, "little")
    said = {token for token in range(SIZE) if number >> token & 1}
    assert true_in(mask_of_bits(bits, SIZE, {})) == said
    assert true_in(mask_of_bits(bits, SIZE, {3: True, 5: False})) == (said | {3}) - {5}
