"""A model is refused with numbers where it does not fit with the KV cache that was asked for."""

from __future__ import annotations

import dataclasses
import tracemalloc

import mlx.core as mx
import pytest

from engine.generation.cache import LEAST_TOKENS, KeyValueCache, cache_bytes, cache_room
from engine.generation.decoding import forward
from engine.models.checkpoint import load_checkpoint
from engine.models.configuration import CheckpointError, GptOssConfig, read_config
from engine.models.demo import WEIGHTS
from engine.models.device import Device, prepare
from engine.models.fitting import fit
from engine.models.room import bytes_in_memory, bytes_to_read
from engine.models.tensors import Tensors
from tests.engine.models.conftest import CheckpointMaker


def test_room_is_for_the_context_that_was_asked_for_and_else_for_a_short_one() -> None:
    config = GptOssConfig(model_type="gpt_oss")
    for asked, tokens in ((None, LEAST_TOKENS), (20_000, 20_000), (10**6, 131_072)):
        room = cache_room(asked)(config, 2)
        assert (room.tokens, room.is_asked) == (tokens, asked is not None)
        assert room.byte_count == cache_bytes(config, tokens, 2)


@pytest.mark.parametrize(("asked", "advice"), [(8192, "Lower context_limit"), (None, "Close")])
def test_the_kv_cache_has_to_fit_too(
    checkpoint: CheckpointMaker, monkeypatch: pytest.MonkeyPatch, asked: int | None, advice: str
) -> None:
    folder = checkpoint("original-mxfp4", num_hidden_layers=2)
    config, device = read_config(folder), dataclasses.replace(prepare(), on_cpu=True)
    weights = bytes_in_memory(config, Tensors(folder), device, unpack=False)
    room = cache_room(asked)(config, 4)
    needed = weights + room.byte_count
    monkeypatch.setattr(Device, "free_memory", lambda _: needed - 1)
    with pytest.raises(CheckpointError) as caught:
        load_checkpoint(folder, device, lambda *_: None, cache_room=cache_room(asked))
    said = str(caught.value)
    assert f"the KV cache of {room.tokens:,} tokens " in said
    assert f"free. {advice}" in said
    assert fit(folder, cache_room(asked)).needed == needed
    assert fit(folder, cache_room(asked)).verdict == "tight"
    monkeypatch.setattr(Device, "free_memory", lambda _: needed)
    assert load_checkpoint(folder, device, lambda *_: None, cache_room=cache_room(asked)).blocks
    assert fit(folder).needed == weights


@pytest.mark.skipif(not prepare().on_cpu, reason="a GPU says by itself that memory has run out")
def test_reading_takes_no_more_than_is_reckoned_and_not_much_less() -> None:
    device = dataclasses.replace(prepare(), lanes=2)
    model = load_checkpoint(WEIGHTS, device, lambda *_: None)
    limit = mx.set_cache_limit(0)
    tracemalloc.start()  # NumPy tells it what it takes
    for before, tokens in ((0, 40), (0, 600), (1200, 16), (1200, 300)):
        cache = KeyValueCache(len(model.blocks))
        cache.expect(before + tokens)
        forward(model, cache, mx.zeros((1, max(1, before)), dtype=mx.int32), wanted=0)
        cache.record([0] * max(1, before))
        mx.eval(cache.arrays())
        mx.reset_peak_memory()
        tracemalloc.reset_peak()
        held = mx.get_active_memory() + tracemalloc.get_traced_memory()[0]
        forward(model, cache, mx.arange(tokens, dtype=mx.int32)[None] % 199, wanted=0)
        mx.eval([array for log in cache.logs for array in log.arrays()])
        taken = mx.get_peak_memory() + tracemalloc.get_traced_memory()[1] - held
        reckoned = bytes_to_read(model.config, tokens, before + tokens, 2)
        assert 0.3 * reckoned < taken < reckoned
    tracemalloc.stop()
    mx.set_cache_limit(limit)
