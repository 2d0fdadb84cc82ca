"""Prefill, decoding and rewinding with random weights: every way to a state gives the same one."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import mlx.core as mx
import numpy as np
import pytest

from engine.config.hyperparameters import Hyperparameters
from engine.generation.cache import KeyValueCache, LinearLog
from engine.generation.generator import Generator
from engine.generation.sampling import Sampler
from engine.models.checkpoint import load_checkpoint
from engine.models.device import prepare
from engine.models.gpt_oss import GptOss
from tests.engine.models.checkpoints import write_checkpoint

GREEDY = Hyperparameters(temperature=0)
PROMPT = [(7 * n * n + 3 * n) % 50_000 for n in range(300)]


@pytest.fixture(scope="module")
def random_model(tmp_path_factory: pytest.TempPathFactory) -> GptOss:
    folder: Path = tmp_path_factory.mktemp("random") / "model"
    write_checkpoint(folder, "mlx-bf16", sliding_window=32)
    return load_checkpoint(folder, prepare(), lambda _step, _share: None)


def go_on(_done: int, _total: int) -> bool:
    return True


def generate(generator: Generator, prompt: list[int], count: int) -> list[int]:
    assert generator.prefill(prompt, go_on) is not None
    tokens = generator.decode(prompt[-1], Sampler(1), lambda: GREEDY)
    taken = list(itertools.islice(tokens, count))
    tokens.close()
    generator.cache.check_integrity()
    return taken


def reference(model: GptOss, prompt: list[int], count: int) -> list[int]:
    """Decode by reading everything anew for each token."""
    tokens = list(prompt)
    for _ in range(count):
        cache = KeyValueCache(len(model.blocks))
        hidden = model.hidden(mx.array([tokens]), cache.logs, 0)
        tokens.append(int(mx.argmax(model.logits(hidden[:, -1])).item()))
    return tokens[len(prompt) :]


def test_decoding_equals_reading_everything_anew(random_model: GptOss) -> None:
    assert generate(Generator(random_model), PROMPT, 20) == reference(random_model, PROMPT, 20)


@pytest.mark.parametrize("chunk", [32, 96, 2048])
def test_the_size_of_chunks_changes_nothing(random_model: GptOss, chunk: int) -> None:
    generator = Generator(random_model)
    generator._chunk = chunk
    assert generate(generator, PROMPT, 8) == reference(random_model, PROMPT, 8)


def test_going_back_and_on_equals_a_fresh_start(random_model: GptOss) -> None:
    generator = Generator(random_model)
    generate(generator, PROMPT, 30)
    changed = [*PROMPT[:60], *PROMPT[100:200]]
    fresh = generate(Generator(random_model), changed, 12)
    cached = generator.prefixes.prepare(changed)
    assert cached == 60
    assert generate(generator, changed, 12) == fresh


def test_a_prompt_read_before_is_not_read_again(random_model: GptOss) -> None:
    generator = Generator(random_model)
    sampled = generate(generator, PROMPT, 5)
    longer = [*PROMPT, *sampled, 17, 18]
    assert generator.prefill(longer, go_on) == len(PROMPT) + 5
    assert generator.prefill(PROMPT, go_on) == len(PROMPT) - 1


def test_progress_is_told_from_the_first_to_the_last_token(random_model: GptOss) -> None:
    generator, heard = Generator(random_model), []
    generator._chunk = 64
    generator.prefill(PROMPT, lambda done, total: heard.append((done, total)) or True)
    assert heard[0] == (0, len(PROMPT) - 1)
    assert heard[-1] == (len(PROMPT) - 1, len(PROMPT) - 1)
    assert len(heard) > 3


def test_stopping_the_prefill_keeps_what_was_read(random_model: GptOss) -> None:
    generator = Generator(random_model)
    generator._chunk = 64
    assert generator.prefill(PROMPT, lambda done, _total: done < 100) is None
    generator.cache.check_integrity()
    assert 100 <= len(generator.cache) < len(PROMPT) - 1
    assert generate(generator, PROMPT, 6) == reference(random_model, PROMPT, 6)


def test_a_closed_decoding_leaves_exactly_the_tokens_given(random_model: GptOss) -> None:
    generator = Generator(random_model)
    sampled = generate(generator, PROMPT, 7)
    assert generator.cache.tokens == PROMPT + sampled


def test_hyperparameters_act_on_the_token_after_the_one_under_way(random_model: GptOss) -> None:
    generator = Generator(random_model)
    generator.prefill(PROMPT, go_on)
    asked: list[int] = []
    tokens = generator.decode(PROMPT[-1], Sampler(1), lambda: asked.append(1) or GREEDY)
    for count in range(1, 5):
        next(tokens)
        assert len(asked) == count + 1
    tokens.close()


def test_a_log_gives_back_what_was_appended_at_every_length() -> None:
    log, stored = LinearLog(), []

    def pieces() -> Iterator[mx.array]:
        for length in (1, 3, 255, 2, 600, 1):
            yield mx.random.normal((1, 2, length, 4), key=mx.random.key(length))

    for piece in pieces():
        stored.append(np.array(piece))
        before = sum(a.shape[2] for a in stored[:-1])
        keys, values = log.append(piece, -piece, 10)
        expected = np.concatenate(stored, axis=2)[:, :, max(0, before - 10) :]
        assert np.array_equal(np.array(keys), expected)
        assert np.array_equal(np.array(values), -expected)


def test_going_back_too_far_is_refused() -> None:
    cache = KeyValueCache(1)
    with pytest.raises(ValueError, match="cannot go back"):
        cache.rewind(1)


def test_memory_is_what_the_docstring_says(random_model: GptOss) -> None:
    generator = Generator(random_model)
    generate(generator, PROMPT[:200], 1)
    config = random_model.config
    item = 4  # float32 on the CPU
    per_token = 2 * config.num_key_value_heads * config.head_dim * item
    assert generator.cache.byte_count == 256 * per_token * config.num_hidden_layers
