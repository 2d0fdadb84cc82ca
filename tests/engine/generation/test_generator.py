"""Prefill, decoding and rewinding with random weights: every way to a state gives the same one."""

from __future__ import annotations

import dataclasses
import itertools
import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import mlx.core as mx
import numpy as np
import pytest

from engine.config.hyperparameters import Hyperparameters
from engine.generation.cache import KeyValueCache
from engine.generation.constraint import Constraint
from engine.generation.decoding import NothingAllowedError
from engine.generation.generator import LEFT, Generator
from engine.generation.headroom import RESERVE, Headroom, NoRoomError
from engine.generation.linear_log import LinearLog
from engine.generation.sampling import Sampler
from engine.generation.segment import Stretch
from engine.generation.speculation import Drafter
from engine.models.checkpoint import load_checkpoint
from engine.models.device import prepare
from engine.models.gpt_oss import GptOss, Vocabulary
from tests.engine.generation.quoting import QuotingModel
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


def read_in_chunks(generator: Generator, size: int) -> None:
    """Have prompts read in chunks of one size."""
    generator.chunk.tokens = size
    generator.chunk.learn = lambda _tokens, _seconds: None  # type: ignore[method-assign]


def generate(generator: Generator, prompt: list[int], count: int) -> list[int]:
    assert generator.prefill(prompt, go_on) is not None
    tokens = generator.decode(prompt[-1:], Sampler(1), lambda: GREEDY)
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
    read_in_chunks(generator, chunk)
    assert generate(generator, PROMPT, 8) == reference(random_model, PROMPT, 8)


def test_going_back_and_on_equals_a_fresh_start(random_model: GptOss) -> None:
    generator = Generator(random_model)
    generate(generator, PROMPT, 30)
    changed = [*PROMPT[:60], *PROMPT[100:200]]
    fresh = generate(Generator(random_model), changed, 12)
    cached = generator.prefixes.prepare(changed)
    assert cached == 60
    assert generate(generator, changed, 12) == fresh


@pytest.mark.parametrize("unread", [1, 2, LEFT, LEFT + 1])
def test_a_few_tokens_are_read_with_the_last_as_if_they_had_been_read_before_it(
    random_model: GptOss, unread: int
) -> None:
    generator, heard = Generator(random_model), []
    generator.prefill([*PROMPT[:-unread], 0], go_on)
    cached = generator.prefill(PROMPT, lambda done, _total: heard.append(done) or True, leave=LEFT)
    assert cached == heard[0] == len(PROMPT) - unread
    assert len(heard) == (1 if unread - 1 <= LEFT else 2)
    tokens = generator.decode(PROMPT[len(generator.cache) :], Sampler(1), lambda: GREEDY)
    assert list(itertools.islice(tokens, 8)) == reference(random_model, PROMPT, 8)
    tokens.close()
    generator.cache.check_integrity()
    assert generator.cache.boundaries[-1] == len(PROMPT) - 1
    assert generator.prefill(PROMPT, go_on) == len(PROMPT) - 1


def test_a_prompt_read_before_is_not_read_again(random_model: GptOss) -> None:
    generator = Generator(random_model)
    sampled = generate(generator, PROMPT, 5)
    longer = [*PROMPT, *sampled, 17, 18]
    assert generator.prefill(longer, go_on) == len(PROMPT) + 5
    assert generator.prefill(PROMPT, go_on) == len(PROMPT) - 1


def test_progress_is_told_from_the_first_to_the_last_token(random_model: GptOss) -> None:
    generator, heard = Generator(random_model), []
    read_in_chunks(generator, 64)
    generator.prefill(PROMPT, lambda done, total: heard.append((done, total)) or True)
    assert heard[0] == (0, len(PROMPT) - 1)
    assert heard[-1] == (len(PROMPT) - 1, len(PROMPT) - 1)
    assert len(heard) > 3


def test_stopping_the_prefill_keeps_what_was_read(random_model: GptOss) -> None:
    generator = Generator(random_model)
    read_in_chunks(generator, 64)
    assert generator.prefill(PROMPT, lambda done, _total: done < 100) is None
    generator.cache.check_integrity()
    assert 100 <= len(generator.cache) < len(PROMPT) - 1
    assert generate(generator, PROMPT, 6) == reference(random_model, PROMPT, 6)


def test_a_closed_decoding_leaves_exactly_the_tokens_given(random_model: GptOss) -> None:
    generator = Generator(random_model)
    sampled = generate(generator, PROMPT, 7)
    assert generator.cache.tokens == PROMPT + sampled


# --- what fails ----------------------------------------------------------------------------------


def unusable() -> mx.array:
    """Return an array that cannot be evaluated, as one that finds no memory on a GPU."""
    half = mx.zeros((1, 1, 4, 4), dtype=mx.bfloat16)
    return mx.gather_mm(half, half, rhs_indices=mx.array([0]))


class Failing:
    """Lets what a function returns be unusable at one of its calls."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, owner: type, name: str) -> None:
        self.real = getattr(owner, name)
        self.calls_left = 0
        monkeypatch.setattr(owner, name, self._stand_in())

    def _stand_in(self) -> Callable[..., Any]:
        def call(*arguments: Any) -> Any:
            self.calls_left -= 1
            given = self.real(*arguments)
            return self._spoil(given) if self.calls_left == 0 else given

        return call  # a function, so that it becomes a method

    def _spoil(self, given: Any) -> Any:
        spoilt = unusable().sum()
        if isinstance(given, mx.array):
            return given + spoilt
        return dataclasses.replace(given, keys=given.keys + spoilt)


@pytest.mark.parametrize("speculates", [False, True])
@pytest.mark.parametrize("step", [1, 2, 4])
def test_a_step_that_fails_leaves_the_generator_usable(
    random_model: GptOss, monkeypatch: pytest.MonkeyPatch, step: int, speculates: bool
) -> None:
    generator, _, prompt = quoting(random_model, STRONG)
    generator.prefill(prompt, go_on)
    failing = Failing(monkeypatch, Vocabulary, "embed")
    failing.calls_left = step
    drafter = Drafter(prompt) if speculates else None
    tokens = generator.decode(prompt[-1:], Sampler(1), lambda: GREEDY, drafter=drafter)
    with pytest.raises(RuntimeError, match="float32"):
        list(itertools.islice(tokens, 60))
    generator.prefixes.check_integrity()
    assert write(generator, prompt, 20, GREEDY) == QUOTED[:20]


@pytest.mark.parametrize("where", ["chunk", "restored", "parked"])
def test_what_fails_while_a_prompt_is_read_leaves_the_generator_usable(
    random_model: GptOss, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    generator = Generator(random_model)
    read_in_chunks(generator, 64)
    other = [*PROMPT[:100], *PROMPT[150:300]]
    sampled = generate(generator, PROMPT, 5)
    if where == "restored":
        generate(generator, other, 1)
    failing = Failing(
        monkeypatch, *((Vocabulary, "embed") if where == "chunk" else (Stretch, "part"))
    )
    failing.calls_left = 2
    wanted = PROMPT if where == "restored" else other
    with pytest.raises(RuntimeError, match="float32"):
        generator.prefill(wanted, go_on)
    generator.prefixes.check_integrity()
    assert failing.calls_left <= 0
    assert generate(generator, other, 5) == reference(random_model, other, 5)
    assert generate(generator, PROMPT, 5) == sampled
    generator.prefixes.check_integrity()


def test_a_decoding_whose_end_fails_leaves_the_generator_usable(
    random_model: GptOss, monkeypatch: pytest.MonkeyPatch
) -> None:
    generator = Generator(random_model)
    generator.prefill(PROMPT, go_on)
    tokens = generator.decode(PROMPT[-1:], Sampler(1), lambda: GREEDY)
    next(tokens)
    monkeypatch.setattr(LinearLog, "rewind", lambda log, _length: setattr(log, "_keys", unusable()))
    with pytest.raises(RuntimeError, match="float32"):
        tokens.close()
    monkeypatch.undo()
    generator.cache.check_integrity()
    assert generate(generator, PROMPT, 4) == reference(random_model, PROMPT, 4)


def test_where_memory_is_short_chunks_are_small_and_what_is_parked_is_given_up(
    random_model: GptOss,
) -> None:
    generator, sizes = Generator(random_model), []
    read_in_chunks(generator, 256)
    generate(generator, PROMPT[::-1], 1)
    generate(generator, PROMPT[:200], 1)
    assert generator.prefixes.byte_count
    generator.cache.expect(299)
    spare = generator._growth(299, 256) + generator._work(60, 299)
    generator.headroom = Headroom(generator.prefixes.give_up, lambda: RESERVE + spare)
    generator.prefill(PROMPT, lambda done, _total: sizes.append(done) or True)
    assert sizes == [200, 249, 299]
    with pytest.raises(NoRoomError, match="MiB"):
        generator.prefill([*PROMPT, *range(5000)], go_on)
    assert not generator.prefixes.byte_count
    assert generator.cache.tokens == PROMPT[:-1]
    generator.headroom = None
    assert generate(generator, PROMPT, 5) == reference(random_model, PROMPT, 5)


def test_what_a_token_was_sampled_by_is_told_before_the_first_one(random_model: GptOss) -> None:
    generator, _, prompt = quoting(random_model, STRONG)
    generator.prefill(prompt, go_on)
    other, told = Hyperparameters(temperature=0, logit_bias="5:100"), []
    chosen = GREEDY
    tokens = generator.decode(
        prompt[-1:],
        Sampler(1),
        lambda: chosen,
        drafter=Drafter(prompt),
        on_values=lambda values: told.append((values, len(generator.cache) - len(prompt))),
    )
    given = list(itertools.islice(tokens, 11))
    chosen = other
    given += itertools.islice(tokens, 6)
    tokens.close()
    assert told == [(GREEDY, 0), (other, given.index(5))]


def test_hyperparameters_act_on_the_token_after_the_one_under_way(random_model: GptOss) -> None:
    generator = Generator(random_model)
    generator.prefill(PROMPT, go_on)
    asked: list[int] = []
    tokens = generator.decode(PROMPT[-1:], Sampler(1), lambda: asked.append(1) or GREEDY)
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


# --- speculation ---------------------------------------------------------------------------------

QUOTED = [random.Random(2).randrange(1000, 50_000) for _ in range(60)]
SLIGHT, STRONG = 4.4, 50.0
"""What raises a logit enough to be the best in about nine places of ten, and in every place."""

PLAIN = Hyperparameters(temperature=0.05)
CURBED = Hyperparameters(
    temperature=0.05,
    top_p=0.95,
    xtc_probability=0.1,
    repetition_penalty=1.02,
    frequency_penalty=0.02,
    dry_multiplier=0.1,
    dry_allowed_length=12,
)


def quoting(model: GptOss, bonus: float) -> tuple[Generator, QuotingModel, list[int]]:
    """Return a generator whose model would like to repeat a prompt, the model, and the prompt."""
    prompt = [*QUOTED, 7]
    liking = QuotingModel(model, [*prompt, *QUOTED, *QUOTED], bonus)
    return Generator(liking), liking, prompt  # type: ignore[arg-type]


def write(
    generator: Generator,
    prompt: list[int],
    count: int,
    chosen: Hyperparameters,
    *,
    drafter: Drafter | None = None,
    constraint: Constraint | None = None,
    seed: int = 1,
) -> list[int]:
    """Return so many tokens; the cache must then hold these and no other."""
    assert generator.prefill(prompt, go_on) is not None
    tokens = generator.decode(
        prompt[-1:], Sampler(seed, prompt), lambda: chosen, constraint=constraint, drafter=drafter
    )
    taken = list(itertools.islice(tokens, count))
    tokens.close()
    assert generator.cache.tokens == prompt + taken
    generator.cache.check_integrity()
    return taken


def contents(generator: Generator) -> list[np.ndarray]:
    """Return the keys and values of all layers."""
    segment = generator.cache.copy(0, len(generator.cache))
    return [np.array(array) for array in segment.arrays()]


@pytest.mark.parametrize(
    ("chosen", "seed", "bonus"),
    [(GREEDY, 1, SLIGHT), (PLAIN, 2, SLIGHT), (CURBED, 3, SLIGHT + 0.6)],
    ids=["greedy", "sampled", "curbed"],
)
def test_speculation_gives_the_tokens_of_plain_decoding(
    random_model: GptOss, chosen: Hyperparameters, seed: int, bonus: float
) -> None:
    plainly, slow, prompt = quoting(random_model, bonus)
    plain = write(plainly, prompt, 50, chosen, seed=seed)
    speculating, fast, _ = quoting(random_model, bonus)
    drafter = Drafter(prompt)
    assert write(speculating, prompt, 50, chosen, drafter=drafter, seed=seed) == plain
    # The comparison means something only if drafts were right and wrong, and saved readings.
    assert 10 < drafter.accepted < drafter.drafted
    assert len(fast.readings) < 0.8 * len(slow.readings)
    for one, other in zip(contents(speculating), contents(plainly), strict=True):
        assert np.abs(one - other).max() < 1e-4


def test_right_drafts_are_read_together(random_model: GptOss) -> None:
    generator, model, prompt = quoting(random_model, STRONG)
    drafter = Drafter(prompt)
    assert write(generator, prompt, 60, GREEDY, drafter=drafter) == QUOTED
    # The last draft reaches past what was taken.
    assert 60 > drafter.accepted > 50 > drafter.drafted - 15
    assert len(model.readings) < 15


def test_stopping_within_a_draft_leaves_exactly_the_tokens_given(random_model: GptOss) -> None:
    whole = write(*_fresh(random_model), 40, GREEDY)
    for count in (1, 2, 5, 6, 7, 12, 23):
        generator, prompt = _fresh(random_model)
        start = write(generator, prompt, count, GREEDY, drafter=Drafter(prompt))
        rest = write(generator, prompt + start, 40 - count, GREEDY)
        assert start + rest == whole


def _fresh(model: GptOss) -> tuple[Generator, list[int]]:
    generator, _, prompt = quoting(model, SLIGHT)
    return generator, prompt


def test_speculation_goes_on_where_sliding_layers_drop_their_oldest(random_model: GptOss) -> None:
    rotating, _, prompt = quoting(random_model, SLIGHT)
    rotating.cache.linear_tokens = 70
    drafter = Drafter(prompt)
    written = write(rotating, prompt, 100, GREEDY, drafter=drafter)
    assert any(log.first for log in rotating.cache.logs)
    assert drafter.accepted > 10
    assert written == write(*_fresh(random_model), 100, GREEDY)


def test_changed_hyperparameters_act_within_a_draft(random_model: GptOss) -> None:
    generator, _, prompt = quoting(random_model, STRONG)
    generator.prefill(prompt, go_on)
    chosen = GREEDY
    tokens = generator.decode(prompt[-1:], Sampler(1), lambda: chosen, drafter=Drafter(prompt))
    assert list(itertools.islice(tokens, 20)) == QUOTED[:20]
    chosen = Hyperparameters(temperature=0, logit_bias="5:100")
    assert 5 in list(itertools.islice(tokens, 2))
    tokens.close()


def test_text_that_repeats_nothing_is_decoded_as_without_speculation(random_model: GptOss) -> None:
    generator, model, prompt = quoting(random_model, 0.0)
    plain = write(generator, prompt, 20, GREEDY)
    steps = model.readings.copy()
    speculating, model, _ = quoting(random_model, 0.0)
    assert write(speculating, prompt, 20, GREEDY, drafter=Drafter(prompt)) == plain
    assert model.readings == steps


@pytest.mark.parametrize("at", [GREEDY, PLAIN])
@pytest.mark.parametrize("bonus", [0.0, 30.0])
def test_where_logits_are_evaluated_at_once_the_answer_is_the_same(
    random_model: GptOss, bonus: float, at: Hyperparameters
) -> None:
    generator, _, prompt = quoting(random_model, bonus)
    plain = write(generator, prompt, 30, at)
    for drafter in (None, Drafter(prompt)):
        generator, model, _ = quoting(random_model, bonus)
        model.evaluates_rows = True
        assert write(generator, prompt, 30, at, drafter=drafter) == plain


# --- constraints ---------------------------------------------------------------------------------


class Rules:
    """Allows at each place what a table says, and everything where it says nothing."""

    def __init__(self, table: dict[int, Sequence[int]]) -> None:
        self.table = table
        self.accepted: list[int] = []

    def mask(self) -> mx.array | None:
        allowed = self.table.get(len(self.accepted))
        if allowed is None:
            return None
        mask = np.zeros((1, 201_088), dtype=bool)
        mask[:, list(allowed)] = True
        return mx.array(mask)

    def forced(self) -> list[int]:
        place, tokens = len(self.accepted), []
        while len(only := self.table.get(place, ())) == 1:
            tokens.append(only[0])
            place += 1
        return tokens

    def accept(self, token: int) -> None:
        assert token in self.table.get(len(self.accepted), (token,))
        self.accepted.append(token)


FEW = tuple(range(1000, 1200))
TABLE: dict[int, Sequence[int]] = {0: FEW, 3: FEW, 4: FEW, 7: (11,), 8: (12,), 9: (13,), 10: FEW}
LATER = {place + 20: allowed for place, allowed in TABLE.items()}


def by_definition(
    model: QuotingModel, prompt: list[int], count: int, chosen: Hyperparameters, rules: Rules
) -> list[int]:
    """Read everything anew for each token, and let only what is allowed be sampled."""
    sampler, tokens = Sampler(1, prompt), list(prompt)
    for place in range(count):
        if forced := rules.forced():
            sampler.append(forced[0], place)
            tokens.append(forced[0])
        else:
            cache = KeyValueCache(len(model.blocks))
            hidden = model.hidden(mx.array([tokens]), cache.logs, 0)
            logits, mask = model.logits(hidden[:, -1]), rules.mask()
            logits = logits if mask is None else mx.where(mask, logits, -mx.inf)
            tokens.append(int(sampler.sample(logits, place, chosen).item()))
        rules.accept(tokens[-1])
    return tokens[len(prompt) :]


@pytest.mark.parametrize(
    ("table", "chosen", "speculates"),
    [(TABLE, GREEDY, False), (TABLE, CURBED, True), (LATER, GREEDY, True)],
    ids=["greedy", "sampled", "drafted"],
)
def test_only_what_is_allowed_is_sampled(
    random_model: GptOss, table: dict[int, Sequence[int]], chosen: Hyperparameters, speculates: bool
) -> None:
    generator, model, prompt = quoting(random_model, SLIGHT)
    expected = by_definition(model, prompt, 36, chosen, Rules(table))
    rules, drafter = Rules(table), Drafter(prompt) if speculates else None
    assert write(generator, prompt, 36, chosen, drafter=drafter, constraint=rules) == expected
    # What was given last is not told: nothing was to follow it.
    assert rules.accepted == expected[:-1]


def test_a_mask_costs_no_reading_and_forced_tokens_cost_one(random_model: GptOss) -> None:
    generator, model, prompt = quoting(random_model, SLIGHT)
    write(generator, prompt, 15, GREEDY)
    plain = model.readings.copy()
    generator, model, _ = quoting(random_model, SLIGHT)
    write(generator, prompt, 15, GREEDY, constraint=Rules({3: FEW, 4: FEW}))
    assert model.readings == plain
    generator, model, _ = quoting(random_model, SLIGHT)
    forced = Rules({place: (place,) for place in range(2, 12)})
    write(generator, prompt, 15, GREEDY, constraint=forced)
    assert sorted(model.readings) == [*[1] * (len(plain) - 10 - 1), 10, len(prompt) - 1]


def test_a_constraint_that_allows_everything_changes_nothing(
    random_model: GptOss, monkeypatch: pytest.MonkeyPatch
) -> None:
    sampled: list[int] = []
    sample = Sampler.sample

    def count(sampler: Sampler, logits: mx.array, index: int, chosen: Hyperparameters) -> mx.array:
        sampled.append(index)
        return sample(sampler, logits, index, chosen)

    monkeypatch.setattr(Sampler, "sample", count)
    generator, prompt = _fresh(random_model)
    plain, calls = write(generator, prompt, 12, GREEDY), sampled.copy()
    sampled.clear()
    generator, prompt = _fresh(random_model)
    assert write(generator, prompt, 12, GREEDY, constraint=Rules({})) == plain
    assert sampled == calls


@pytest.mark.parametrize("count", [1, 3, 4, 6, 10])
def test_stopping_among_forced_tokens_leaves_exactly_the_tokens_given(
    random_model: GptOss, count: int
) -> None:
    generator, prompt = _fresh(random_model)
    rules = Rules({place: (100 + place,) for place in (0, 1, 2, 5, 6, 7, 8)})
    start = write(generator, prompt, count, GREEDY, constraint=rules)
    rest = write(generator, prompt + start, 5, GREEDY)
    fresh, _ = _fresh(random_model)
    assert write(fresh, prompt + start, 5, GREEDY) == rest


@pytest.mark.parametrize("place", [0, 4, 20])
@pytest.mark.parametrize("temperature", [0, 1])
def test_where_nothing_is_allowed_there_is_an_error_and_the_engine_goes_on(
    random_model: GptOss, place: int, temperature: float
) -> None:
    generator, prompt = _fresh(random_model)
    generator.prefill(prompt, go_on)
    chosen, given = Hyperparameters(temperature=temperature), []
    tokens = generator.decode(
        prompt[-1:],
        Sampler(1),
        lambda: chosen,
        constraint=Rules({place: ()}),
        drafter=Drafter(prompt),
    )
    with pytest.raises(NothingAllowedError, match="Loosen"):
        given.extend(tokens)
    assert generator.cache.tokens[: len(prompt)] == prompt
    assert len(generator.cache) == len(prompt) + place
    generator.cache.check_integrity()
    assert len(write(generator, prompt, 3, GREEDY)) == 3
