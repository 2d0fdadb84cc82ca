"""Turns that keep to Harmony's headers, to what tools take, and to the form of an answer.

A random model would keep to nothing by itself. What the bundled model means to say is known.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from engine.chat import AnswerForm, Chat
from engine.config.hyperparameters import Hyperparameters
from engine.events import Event, MessageClosed, TextDelta, TurnEnded
from engine.harmony.encoding import FIRST_SPECIAL, MESSAGE, load_encoding
from engine.tools.functions import BUILT_IN
from engine.worker import Worker
from tests.engine.models.checkpoints import write_checkpoint

NUMBER = AnswerForm("regex", "[0-9]{1,6}")
YES_OR_NO = AnswerForm(
    "schema",
    json.dumps(
        {
            "type": "object",
            "properties": {"found": {"type": "boolean"}},
            "required": ["found"],
            "additionalProperties": False,
        }
    ),
)


@pytest.fixture(scope="module")
def random_worker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worker]:
    """A model that says anything."""
    folder = write_checkpoint(tmp_path_factory.mktemp("random"), "original-mxfp4")
    worker = Worker()
    worker.load(str(folder), lambda _: None).result()
    yield worker
    worker.close()


@pytest.fixture(scope="module")
def bundled_worker() -> Iterator[Worker]:
    worker = Worker()
    worker.load(None, lambda _: None).result()
    yield worker
    worker.close()


def conversation(worker: Worker, seed: int = 0, **chosen: Any) -> Chat:
    hyperparameters = Hyperparameters(
        **{"temperature": 2.0, "max_tokens": 40, "seed": seed} | chosen
    )
    return Chat(worker, hyperparameters=hyperparameters, approval="auto")


def say(chat: Chat, text: str) -> tuple[TurnEnded, list[MessageClosed]]:
    heard: list[Event] = []
    ended = chat.send(text, heard.append)
    return ended, [event for event in heard if isinstance(event, MessageClosed)]


def test_a_random_model_gives_headers_that_harmony_has(random_worker: Worker) -> None:
    recipients = {None, *(tool.recipient for tool in BUILT_IN)}
    guided, free = [], []
    for seed in range(6):
        guided += say(conversation(random_worker, seed), "Hello")[1]
        chat = conversation(random_worker, seed)
        chat.is_guided = False
        free += say(chat, "Hello")[1]
    for message in guided:
        if message.irregular:  # a control token in a text, which is not guided
            begin = message.tokens.index(MESSAGE) + 1
            assert any(token >= FIRST_SPECIAL for token in message.tokens[begin:-1])
    # What the limit cut inside its header has not said its channel yet.
    said = [message for message in guided if MESSAGE in message.tokens or message.ending != "cut"]
    assert said
    assert {message.channel for message in said} <= {"analysis", "commentary", "final"}
    assert {message.recipient for message in said} <= recipients
    assert any(message.irregular or message.channel is None for message in free)


def test_what_a_random_model_calls_a_tool_with_is_what_the_tool_takes(
    random_worker: Worker,
) -> None:
    # The token that begins " to=" after the channel is made likely, so that there are calls.
    (to,) = load_encoding().encode(" to")
    calls: list[MessageClosed] = []
    for seed in range(10):
        chat = conversation(random_worker, seed, logit_bias={to: 100.0}, max_tokens=80)
        _, messages = say(chat, "Hello")
        calls += [m for m in messages if m.recipient and m.ending == "call"]
    assert calls
    for call in calls:
        assert call.recipient is not None
        BUILT_IN.find(call.recipient).arguments.model_validate_json(call.text)


def test_a_guided_answer_that_was_cut_goes_on_as_if_it_had_not_been(random_worker: Worker) -> None:
    whole, cut = (conversation(random_worker, 3, max_tokens=60) for _ in range(2))
    _, wanted = say(whole, "Hello")
    heard: list[Event] = []
    texts = 0

    def hear(event: Event) -> None:
        nonlocal texts
        heard.append(event)
        if isinstance(event, TextDelta):
            texts += 1
            if texts == 7:
                cut.cancel()

    assert cut.send("Hello", hear).finish == "cancelled"
    cut.hyperparameters = cut.hyperparameters.with_value("max_tokens", str(60 - texts))
    cut.continue_(heard.append)
    last = {e.message: e for e in heard if isinstance(e, MessageClosed)}
    got = [token for message in last.values() for token in message.tokens]
    reference = [token for message in wanted for token in message.tokens]
    assert got[: len(reference)] == reference[: len(got)]
    assert len(got) > 15


@pytest.mark.parametrize("form", [NUMBER, YES_OR_NO], ids=["regex", "schema"])
def test_an_answer_has_the_form_that_was_asked_for(
    bundled_worker: Worker, form: AnswerForm
) -> None:
    chat = conversation(bundled_worker, temperature=0.0, max_tokens=300)
    chat.form = form
    ended, messages = say(chat, "What is 127 + 386?")
    assert ended.finish == "stop"
    assert [m.recipient for m in messages if m.recipient] == ["functions.calculator"]
    final = messages[-1].text
    if form is NUMBER:
        assert re.fullmatch(form.source, final)
    else:
        assert json.loads(final) in ({"found": True}, {"found": False})


@pytest.mark.parametrize(
    ("form", "words"),
    [
        (AnswerForm("regex", "[0-9"), "The regular expression cannot be kept to"),
        (AnswerForm("schema", "{"), "it is no JSON object"),
        (
            AnswerForm("schema", '{"type": "integer", "minimum": 5, "maximum": 4}'),
            "nothing satisfies it",
        ),
    ],
    ids=["broken regex", "broken schema", "impossible schema"],
)
def test_a_form_that_no_answer_can_have_is_explained_and_the_next_turn_runs(
    bundled_worker: Worker, form: AnswerForm, words: str
) -> None:
    chat = conversation(bundled_worker, temperature=0.0, max_tokens=300)
    chat.form = form
    ended, messages = say(chat, "What is 12*7?")
    assert ended.finish == "error"
    assert words in ended.message
    assert "log" not in ended.message
    assert messages == []
    chat.form = None
    ended, messages = say(chat, "What is 12*7?")
    assert ended.finish == "stop"
    assert "84" in messages[-1].text


def test_memory_that_runs_out_in_the_middle_of_a_prompt_is_explained(
    random_worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = "word " * 700
    assert random_worker.model is not None
    fresh = Worker()
    fresh.load(random_worker.model.path, lambda _: None).result()
    chat = conversation(random_worker, temperature=0.0)
    generator = random_worker._generator
    assert generator is not None
    real, calls = type(generator.model).hidden, 0

    def fail_in_the_second_chunk(*arguments: Any) -> Any:
        nonlocal calls
        calls += 1
        hidden = real(*arguments)
        if calls == 2:
            raise RuntimeError("[malloc] Unable to allocate 8589934592 bytes.")
        return hidden

    monkeypatch.setattr(type(generator.model), "hidden", fail_in_the_second_chunk)
    ended, _ = say(chat, long)
    assert ended.finish == "error"
    assert "not enough memory" in ended.message
    monkeypatch.undo()
    _, messages = say(conversation(random_worker, temperature=0.0), long)
    _, wanted = say(conversation(fresh, temperature=0.0), long)
    fresh.close()
    assert [m.tokens for m in messages] == [m.tokens for m in wanted]
