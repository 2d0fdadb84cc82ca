"""Each token that is sampled, with how likely it was and which others were: the tokens pane's."""

from __future__ import annotations

import math

import mlx.core as mx
import pytest

from engine.config.hyperparameters import Hyperparameters
from engine.events import Alternative, Event, MessageClosed, TextDelta, TokenSampled
from engine.generation.cache import KeyValueCache
from engine.harmony.encoding import load_encoding
from engine.worker import Worker
from tests.engine.turn.scene import Scene


def logprobs_anew(worker: Worker, tokens: tuple[int, ...]) -> mx.array:
    """Return the log-probabilities of what follows tokens, which are all read again."""

    def read() -> mx.array:
        model = worker._generator.model  # type: ignore[union-attr]
        cache = KeyValueCache(len(model.blocks))
        states = model.hidden(mx.array([list(tokens)]), cache.logs, 0)
        row = model.logits(states[:, -1])[0].astype(mx.float32)
        found = row - mx.logsumexp(row)
        mx.eval(found)
        return found

    return worker._submit(read).result(60)


@pytest.mark.parametrize("temperature", [0.0, 1.0])
def test_every_token_is_told_with_its_probability(
    bundled_worker: Worker, temperature: float
) -> None:
    # A model of its own mind, whatever is penalised and cut before the token is drawn.
    chosen = Hyperparameters(
        temperature=temperature, seed=3, top_k=5, frequency_penalty=0.3, max_tokens=300
    )
    scene = Scene(bundled_worker, hyperparameters=chosen)
    scene.chat.logprobs = 3
    scene.chat.send("What is 127 + 386?", scene.hear)
    told = scene.of(TokenSampled)
    assert tuple(event.token for event in told) == scene.tokens()
    assert [event.number for event in told] == list(range(len(told)))
    assert {event.origin for event in told} >= {"sampled", "forced"}
    assert "".join(event.text for event in told) == scene.chat.spell(scene.tokens())
    number = 0
    for each in scene.chat.rounds:
        for place in range(0, len(each.completion), 7):
            event = told[number + place]
            row = logprobs_anew(bundled_worker, (*each.prompt, *each.completion[:place]))
            best = mx.argsort(-row)[:3].tolist()
            assert event.logprob == pytest.approx(row[event.token].item(), abs=2e-3)
            assert event.alternatives[0].token == best[0]
            for alternative in event.alternatives:
                wanted = row[alternative.token].item()
                assert alternative.logprob == pytest.approx(wanted, abs=2e-3 * (1 - wanted))
                assert alternative.text == scene.chat.spell([alternative.token])
            assert len(event.alternatives) == 3
        number += len(each.completion)


def test_a_token_is_told_before_what_it_brings_about(bundled_worker: Worker) -> None:
    scene = Scene(bundled_worker)
    scene.chat.logprobs = 1
    scene.chat.send("hello", scene.hear)
    text = ""
    for before, event in zip(scene.heard, scene.heard[1:], strict=False):
        if isinstance(event, TextDelta):
            assert isinstance(before, TokenSampled)
            text += event.text
    assert text == "".join(m.text for m in scene.of(MessageClosed))


def test_it_is_asked_at_every_step_and_changes_no_answer(bundled_worker: Worker) -> None:
    scene = Scene(bundled_worker)
    scene.chat.send("What is 127 + 386?", scene.hear)
    plain = scene.tokens()
    assert not scene.of(TokenSampled)

    def hear(event: Event) -> None:
        scene.hear(event)
        if isinstance(event, TextDelta):
            scene.chat.logprobs = 2 if event.channel == "analysis" else 0

    scene.chat.regenerate(hear)
    assert scene.tokens() == plain
    numbers = [event.number for event in scene.of(TokenSampled)]
    assert numbers
    assert numbers == list(range(numbers[0], numbers[-1] + 1))
    spans = scene.chat.find_messages()
    first = next(iter(spans.values()))
    assert numbers[0] in first
    assert numbers[-1] < len(plain) - 1


def test_what_was_guessed_and_what_the_person_put_there_is_told_as_such(
    random_worker: Worker,
) -> None:
    (word,) = load_encoding().encode(" again")
    likely = Hyperparameters(
        temperature=0, logit_bias=f"{word}:100", max_tokens=60, loop_detection="off"
    )
    scene = Scene(random_worker, hyperparameters=likely)
    scene.chat.is_guided = False
    scene.chat.logprobs = 1
    scene.chat.send("hello", scene.hear)
    assert {event.origin for event in scene.of(TokenSampled)} == {"sampled", "drafted"}
    scene.heard.clear()
    scene.chat.branch(10, 17, scene.hear)
    put, *others = scene.of(TokenSampled)
    assert (put.number, put.token, put.origin) == (10, 17, "person")
    assert (put.logprob, put.alternatives) == (None, ())
    assert [event.number for event in others] == list(range(11, 11 + len(others)))
    assert all(event.logprob < 0 for event in others)


def test_half_characters_are_shown_as_such(random_worker: Worker) -> None:
    flag = load_encoding().encode("🌧")
    scene = Scene(
        random_worker,
        hyperparameters=Hyperparameters(
            temperature=0, logit_bias=f"{flag[0]}:100", max_tokens=3, loop_detection="off"
        ),
    )
    scene.chat.is_guided = False
    scene.chat.logprobs = 1
    scene.chat.send("hello", scene.hear)
    assert {event.text for event in scene.of(TokenSampled)} == {"\ufffd"}
    for event in scene.of(TokenSampled):
        (only,) = event.alternatives
        assert isinstance(only, Alternative)
        assert math.isfinite(only.logprob)
