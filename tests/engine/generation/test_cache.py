"""The live KV cache: going back, dropping the oldest, snapshots, and the memory all that takes."""

from __future__ import annotations

from collections.abc import Callable

import mlx.core as mx
import numpy as np
import pytest

from engine.generation.cache import KeyValueCache, cache_bytes
from engine.generation.linear_log import GROWTH, LinearLog
from engine.generation.segment import as_tokens
from engine.generation.snapshots import SNAPSHOTS
from engine.models.configuration import GptOssConfig
from tests.engine.generation.reading import TOKEN_BYTES, VISIBLE, check, read

LAYERS = len(VISIBLE)
TOKENS = [(7 * n * n + 3 * n) % 1009 for n in range(400)]


def filled(count: int, linear_tokens: int = 10_000, every: int = 0, chunk: int = 16):
    """Return a cache that has read some tokens, with a boundary every so many of them."""
    cache = KeyValueCache(LAYERS, linear_tokens)
    for start in range(0, count, every or count):
        read(cache, TOKENS[start : min(start + (every or count), count)], chunk)
        if every:
            cache.mark_boundary()
    return cache


def test_any_position_can_be_gone_back_to_exactly() -> None:
    for length in (0, 1, 7, 8, 199, 200):
        cache = filled(200)
        assert cache.rewind(length) == length
        check(cache)
        read(cache, TOKENS[200:230])
        check(cache)


@pytest.mark.parametrize("length", [-1, 201])
def test_going_back_to_where_one_never_was_is_refused(length: int) -> None:
    cache = filled(200)
    with pytest.raises(ValueError, match="cannot go back"):
        cache.rewind(length)
    check(cache)


@pytest.mark.parametrize("chunk", [1, 5, 16, 70])
def test_sliding_layers_hold_no_more_than_the_budget(chunk: int) -> None:
    cache = filled(400, linear_tokens=64, chunk=chunk)
    check(cache)
    sliding, full = cache.logs[0], cache.logs[1]
    assert full.held == 400
    assert 32 <= sliding.held <= 64


def test_the_oldest_tokens_are_dropped_many_at_a_time() -> None:
    cache, drops = KeyValueCache(LAYERS, 64), 0
    for token in TOKENS:
        before = cache.logs[0].first
        read(cache, [token])
        drops += cache.logs[0].first != before
    assert 2 <= drops <= len(TOKENS) // 32


def test_a_budget_smaller_than_the_window_keeps_twice_the_window() -> None:
    cache = filled(100, linear_tokens=1, chunk=1)
    check(cache)
    assert 7 <= cache.logs[0].held <= 14


def test_past_the_budget_the_last_half_of_it_can_be_gone_back_into() -> None:
    for length in range(400 - 32 + 7, 401, 5):
        cache = filled(400, linear_tokens=64)
        assert cache.rewind(length) == length
        check(cache)
        read(cache, TOKENS[length:])
        check(cache)


def test_one_token_less_than_the_window_is_too_few() -> None:
    cache = filled(400, linear_tokens=64)
    first = cache.logs[0].first
    assert cache.reachable(first + 7) == first + 7
    assert cache.reachable(first + 6) == 0
    assert cache.rewind(first + 7) == first + 7
    read(cache, TOKENS[first + 7 :])


def test_past_the_budget_the_boundary_before_is_gone_back_to() -> None:
    for length, reached in ((300, 300), (299, 275), (276, 275), (101, 100), (24, 0)):
        cache = filled(400, linear_tokens=64, every=25)
        assert cache.reachable(length) == reached
        assert cache.rewind(length) == reached
        check(cache)
        assert cache.reachable(reached // 2 + 1) < reached or reached == 0
        read(cache, TOKENS[reached:350])
        check(cache)
        assert cache.rewind(reached) == reached
        check(cache)


def test_without_boundaries_the_beginning_is_gone_back_to() -> None:
    cache = filled(400, linear_tokens=64)
    assert cache.rewind(200) == 0
    check(cache)
    assert cache.byte_count == 0


def test_of_many_boundaries_some_of_each_part_can_be_gone_back_to() -> None:
    cache = filled(400, linear_tokens=16, every=5)
    assert len(cache.snapshots.windows) == SNAPSHOTS
    for length in range(400):
        assert length - cache.reachable(length) < 4 * 400 / SNAPSHOTS
    check(cache)


OPENING = 2000


def with_openings(count: int, every: int) -> list[int]:
    """Return tokens of messages that are all as long."""
    return [OPENING if place % every == 0 else TOKENS[place % 400] for place in range(count)]


@pytest.mark.parametrize("chunk", [16, 100, 300])
def test_where_messages_begin_can_be_gone_back_to_within_a_prompt_that_was_read_at_once(
    chunk: int,
) -> None:
    cache, tokens = KeyValueCache(LAYERS, 64, [OPENING]), with_openings(400, 25)
    read(cache, tokens, chunk)
    check(cache)
    for length in range(25, 325):
        assert cache.reachable(length) == length // 25 * 25
    assert cache.rewind(160) == 150
    check(cache)
    read(cache, tokens[150:])
    check(cache)
    assert cache.openings == list(range(0, 400, 25))
    assert cache.rewind(100) == 100
    read(cache, [1, 2, 3])
    check(cache)


def test_drafts_of_one_message_cost_no_earlier_message_its_snapshot() -> None:
    cache = KeyValueCache(LAYERS, 64, [OPENING])
    for _ in range(12):
        read(cache, [OPENING, *TOKENS[:29]])
        cache.mark_boundary()
    before = [*cache.boundaries], sorted(cache.snapshots.windows)
    for _ in range(3 * SNAPSHOTS):
        read(cache, [OPENING] if len(cache) == 360 else [], 1)
        read(cache, TOKENS[:2])
        cache.mark_boundary(lasts=False)
    assert cache.boundaries == [*before[0], len(cache)]
    assert set(before[1]) <= set(cache.snapshots.windows)
    assert [cache.reachable(length) for length in (95, 125, 155)] == [90, 120, 150]
    check(cache)
    cache.mark_boundary()
    read(cache, TOKENS[:9])
    cache.mark_boundary(lasts=False)
    assert cache.boundaries == [*before[0], len(cache) - 9, len(cache)]


def test_forgetting_everything_leaves_a_cache_as_new() -> None:
    cache = filled(400, linear_tokens=64, every=25)
    cache.clear()
    check(cache)
    assert (len(cache), cache.byte_count, cache.boundaries) == (0, 0, [])
    read(cache, TOKENS)
    check(cache)


def test_a_boundary_marked_twice_is_one() -> None:
    cache = filled(30, every=30)
    cache.mark_boundary()
    assert cache.boundaries == [30]


def test_a_copy_put_back_is_what_it_was() -> None:
    cache = filled(200)
    segment = cache.copy(80, 200)
    segment.check_integrity()
    cache.rewind(100)
    read(cache, [1] * 50)
    cache.rewind(90)
    wanted = as_tokens(TOKENS[:150])
    assert segment.reach(wanted, 90) == 150
    cache.extend(segment, 150)
    assert cache.tokens == TOKENS[:150]
    check(cache)


def test_a_copy_of_a_boundary_takes_its_snapshot() -> None:
    cache = filled(400, linear_tokens=64, every=25)
    segment = cache.copy(0, 200)
    segment.check_integrity()
    assert [layer.start for layer in segment.layers] == [193, 0, 193, 0]
    other = KeyValueCache(LAYERS, 64)
    assert segment.reach(as_tokens(TOKENS[:199]), 0) == 0
    assert segment.reach(as_tokens(TOKENS[:201]), 0) == 200
    other.extend(segment, 200)
    check(other)
    read(other, TOKENS[200:230])
    check(other)


def test_failing_in_the_middle_of_a_chunk_does_no_harm() -> None:
    cache = filled(50)
    part = mx.zeros((1, 2, 10, 4))
    for log in cache.logs[:2]:
        log.append(part, part, log.visible)
    with pytest.raises(AssertionError):
        cache.check_integrity()
    assert cache.rewind(50) == 50
    check(cache)


def test_wrong_logs_are_noticed() -> None:
    for spoil in (
        lambda cache: cache.record([1]),
        lambda cache: cache.logs[1].rewind(10),
        lambda cache: setattr(cache.logs[0], "first", 100),
        lambda cache: cache.boundaries.append(300),
        lambda cache: cache.snapshots.windows.update({20: {}}),
    ):
        cache = filled(200)
        spoil(cache)
        with pytest.raises(AssertionError):
            cache.check_integrity()


# --- memory -----------------------------------------------------------------------------------


def test_all_memory_in_use_is_counted_past_the_budget(active_memory: Callable[[], int]) -> None:
    before = active_memory()
    cache = filled(400, linear_tokens=64, every=25)
    assert active_memory() - before == cache.byte_count
    assert cache.measure(0, 400) < 400 * TOKEN_BYTES
    segment = cache.copy(100, 350)
    assert active_memory() - before <= cache.byte_count + segment.byte_count - segment.path.nbytes
    assert segment.byte_count - segment.path.nbytes <= cache.measure(100, 400)


def test_a_log_that_is_cut_far_back_gives_its_room_back() -> None:
    cache = filled(200)
    for _ in range(10):
        read(cache, TOKENS, 100)
    cache.rewind(100)
    check(cache)
    assert cache.byte_count == GROWTH * TOKEN_BYTES
    cache.rewind(0)
    assert cache.byte_count == GROWTH * TOKEN_BYTES


def test_an_expected_length_has_room_at_once() -> None:
    cache = KeyValueCache(LAYERS, 512)
    cache.expect(5 * GROWTH - 3)
    read(cache, TOKENS[:10])
    rooms = [array.shape[2] for log in cache.logs for array in log.arrays()]
    sliding = [512 if visible is not None else 5 * GROWTH for visible in VISIBLE]
    assert rooms == [room for room in sliding for _ in ("keys", "values")]
    for _ in range(5):
        read(cache, TOKENS[:250], 50)
        check(cache)
    full = [log for log in cache.logs if log.visible is None]
    assert {log.arrays()[0].shape[2] for log in full} == {5 * GROWTH}


def test_a_step_writes_in_place(active_memory: Callable[[], int]) -> None:
    log = LinearLog()
    many = mx.zeros((1, 8, 4095, 64))
    mx.eval(log.append(many, many, None))
    mx.eval(log.arrays())
    one = mx.ones((1, 8, 1, 64))
    mx.eval(one)
    mx.reset_peak_memory()
    before = active_memory()
    keys, values = log.append(one, one, 127)
    mx.eval(keys.sum(), values.sum())
    mx.eval(log.arrays())
    assert mx.get_peak_memory() - before < many.nbytes // 10
    assert np.array(keys).shape == (1, 8, 128, 64)


def test_growing_takes_no_more_than_was_said_before(active_memory: Callable[[], int]) -> None:
    config = four_layers(sliding_window=8)
    cache = KeyValueCache(LAYERS, 512, [OPENING])
    tokens, grew = with_openings(3000, 7), 0
    for start in range(0, 3000, 100):
        if start == 1500:
            cache.expect(2300)
        expected = cache.growth(config, 4, start + 100, 100)
        mx.reset_peak_memory()
        before = active_memory()
        read(cache, tokens[start : start + 100], 100)
        taken = mx.get_peak_memory() - before
        # Some of it is the new keys and values themselves.
        assert taken - 3 * 100 * TOKEN_BYTES <= expected
        assert expected <= 2 * taken + SNAPSHOTS * 14 * TOKEN_BYTES
        grew += expected > 0
    assert 5 < grew < 25


def four_layers(**sizes: int) -> GptOssConfig:
    return GptOssConfig(
        model_type="gpt_oss", num_hidden_layers=4, num_key_value_heads=2, head_dim=4, **sizes
    )


def test_the_figures_are_those_of_the_logs() -> None:
    config = four_layers()
    assert cache_bytes(config, 1, 4) == TOKEN_BYTES
    cache = KeyValueCache(LAYERS, 512)
    read(cache, TOKENS[:256])
    assert cache.byte_count == cache_bytes(config, 256, 4, 512)
    for _ in range(4):
        read(cache, TOKENS[:256])
    assert cache.byte_count <= cache_bytes(config, 5 * 256, 4, 512)


def test_the_figures_of_the_20b_model() -> None:
    config = GptOssConfig(model_type="gpt_oss")
    assert cache_bytes(config, 1, 2) == 48 * 1024
    assert cache_bytes(config, 131_072, 2) == 24 * 1024 * (131_072 + 16_384)
