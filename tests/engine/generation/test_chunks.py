"""How many tokens of a prompt are read at a time: expected at first, then measured."""

from __future__ import annotations

import pytest

from engine.generation.chunks import (
    CHUNK_SECONDS,
    LARGEST_CHUNK,
    SMALLEST_CHUNK,
    ChunkSize,
    count_active,
)
from engine.models.configuration import GptOssConfig, read_config
from engine.models.demo import WEIGHTS

LARGE = GptOssConfig(model_type="gpt_oss")
"""gpt-oss-20b."""


def test_the_active_weights_of_gpt_oss_20b_are_those_of_its_model_card() -> None:
    # arXiv 2508.10925 counts 3.61 billion, with the head.
    head = LARGE.vocab_size * LARGE.hidden_size
    assert count_active(LARGE) + head == pytest.approx(3.61e9, rel=0.005)


def test_a_first_chunk_is_small_where_a_model_is_slow_and_no_smaller_than_needed_else() -> None:
    assert ChunkSize(LARGE, on_cpu=True).tokens == SMALLEST_CHUNK
    assert 64 <= ChunkSize(LARGE, on_cpu=False).tokens <= 256
    assert ChunkSize(read_config(WEIGHTS), on_cpu=True).tokens > 260


def test_the_size_follows_what_was_measured_at_once_and_then_by_a_factor_of_two() -> None:
    chunk = ChunkSize(LARGE, on_cpu=True)
    chunk.learn(SMALLEST_CHUNK, CHUNK_SECONDS / 6)
    assert chunk.tokens == 6 * SMALLEST_CHUNK
    chunk.learn(chunk.tokens, CHUNK_SECONDS / 100)
    assert chunk.tokens == 12 * SMALLEST_CHUNK
    chunk.learn(chunk.tokens, CHUNK_SECONDS * 100)
    assert chunk.tokens == 6 * SMALLEST_CHUNK
    for seconds, tokens in ((CHUNK_SECONDS / 100, LARGEST_CHUNK), (10.0, SMALLEST_CHUNK)):
        for _ in range(8):
            chunk.learn(chunk.tokens, seconds)
        assert chunk.tokens == tokens


def test_a_part_of_a_chunk_says_nothing() -> None:
    chunk = ChunkSize(LARGE, on_cpu=False)
    before = chunk.tokens
    chunk.learn(before - 1, 9.0)
    assert chunk.tokens == before
