"""Answers that are tried out aside, and what becomes of the conversation where they are kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from engine.chat import Chat, NoAnswerError
from engine.config.hyperparameters import Hyperparameters
from engine.conversation.reading import read_session
from engine.conversation.store import Store
from engine.events import Event, TextDelta, ToolCallFinished
from engine.turn.resuming import is_sampled
from engine.worker import Worker
from tests.engine.turn.scene import Scene

QUESTION = "What is 127 + 386?"
CALM = Hyperparameters(temperature=0, max_tokens=300)
WILD = Hyperparameters(temperature=1.3, top_k=50, max_tokens=60, effort="high")
FINAL = "<|channel|>final<|message|>{}<|return|>"


def heard_text(events: list[Event]) -> str:
    return "".join(each.text for each in events if isinstance(each, TextDelta))


def test_what_is_not_kept_leaves_everything_as_it_was(
    bundled_worker: Worker, tmp_path: Path
) -> None:
    scene = Scene(bundled_worker, store=Store(tmp_path))
    chat = scene.chat
    chat.send(QUESTION, scene.hear)
    before = (chat.session, chat.transcript.prompt(), chat.rounds, chat.hyperparameters)
    file = chat.store.path.read_bytes()
    calm: list[Event] = []
    trial = chat.try_out(CALM, 7, calm.append)
    assert (trial.ended.finish, trial.is_empty) == ("stop", False)
    assert heard_text(calm) == heard_text(scene.heard)  # the likeliest answer, as before
    # The call in it was run, and the second round read only what the tool said.
    assert [each.output for each in calm if isinstance(each, ToolCallFinished)] == ["513"]
    chat.try_out(WILD, 7, lambda _: None)
    assert (chat.session, chat.transcript.prompt(), chat.rounds, chat.hyperparameters) == before
    assert chat.store.path.read_bytes() == file
    chat.send("And 5 + 5?", scene.hear)
    again = Chat.open(bundled_worker, _reopened(chat), hyperparameters=CALM)
    assert again.transcript.prompt() == chat.transcript.prompt()


def _reopened(chat: Chat) -> Store:
    chat.store.close()
    return Store.open(chat.store.path)


def test_kept_ones_are_versions_of_the_last_answer(bundled_worker: Worker, tmp_path: Path) -> None:
    scene = Scene(bundled_worker, store=Store(tmp_path))
    chat = scene.chat
    chat.send("Hello", scene.hear)
    old = chat.session.path()
    chat.send(QUESTION, scene.hear)
    heard: dict[int, list[Event]] = {1: [], 2: []}
    one = chat.try_out(CALM, 7, heard[1].append)
    two = chat.try_out(WILD, 9, heard[2].append)
    assert chat.keep([two, one]) is None
    session = chat.session
    (words,) = [m for m in session.path() if m.text == QUESTION]
    answers = session.children(words.id)
    turns = [session.turns[m.turn or 0] for m in answers]
    assert [turn.seed for turn in turns[1:]] == [9, 7]
    assert [turn.hyperparameters["temperature"] for turn in turns[1:]] == [1.3, 0]
    assert session.path()[: len(old)] == old
    assert [turn.record for turn in session.path_turns()][-1] == turns[2]
    for turn, events in zip(turns[1:], (heard[2], heard[1]), strict=True):
        said = [m for m in session.messages.values() if m.turn == turn.id and is_sampled(m)]
        assert "".join(m.text for m in said) == heard_text(events)
    assert read_session(chat.store.path).messages == session.messages
    # It is the last answer in every respect: it can be gone on from, gone back into, replaced.
    assert scene.tokens() == tuple(token for m in said for token in m.tokens)
    assert chat.branch(0, None, scene.hear).finish == "stop"
    again = Chat.open(bundled_worker, _reopened(chat), hyperparameters=CALM)
    assert again.transcript.prompt() == chat.transcript.prompt()


def test_the_second_one_reads_next_to_nothing(bundled_worker: Worker) -> None:
    scene = Scene(bundled_worker)
    scene.chat.send("Hello", scene.hear)
    for seed in (1, 2):
        hot = CALM.model_copy(update={"temperature": 1.0})
        told = scene.chat.try_out(hot, seed, scene.hear).ended.statistics
        assert told.cached_tokens == told.prompt_tokens - 1


def test_a_seed_is_taken_as_it_is(random_worker: Worker) -> None:
    chosen = WILD.model_copy(update={"seed": 5})
    scene = Scene(random_worker, hyperparameters=chosen)
    scene.chat.is_guided = False
    scene.chat.send("Hello", scene.hear)
    heard: list[list[Event]] = [[], [], []]
    for events, seed in zip(heard, (5, 5, 6), strict=True):
        assert scene.chat.try_out(chosen, seed, events.append).seed == seed
    same, again, other = map(heard_text, heard)
    assert same == again == heard_text(scene.heard)
    assert other != same


def test_one_that_is_stopped_can_be_kept_and_gone_on_with(
    scripted: Callable[..., Scene],
) -> None:
    scene = scripted(FINAL.format("One."), "<|channel|>final<|message|>Two and " + "on " * 50)
    chat = scene.chat
    chat.send("Count.", scene.hear)

    def stop(event: Event) -> None:
        if isinstance(event, TextDelta) and "on" in event.text:
            chat.cancel()

    trial = chat.try_out(CALM, 1, stop)
    assert (trial.ended.finish, trial.is_empty) == ("cancelled", False)
    assert not chat.can_continue
    chat.keep([trial])
    assert chat.can_continue
    assert chat.session.path()[-1].text.startswith("Two and on")


def test_what_cannot_be_tried_or_kept(scripted: Callable[..., Scene]) -> None:
    scene = scripted(*(FINAL.format(text) for text in ("One.", "Two.", "Three.")))
    with pytest.raises(NoAnswerError, match="Nothing was asked yet"):
        scene.chat.try_out(CALM, 1, scene.hear)
    scene.chat.send("Count.", scene.hear)
    trial = scene.chat.try_out(CALM, 1, scene.hear)
    scene.chat.send("Go on.", scene.hear)
    with pytest.raises(NoAnswerError, match="has gone on"):
        scene.chat.keep([trial])
    assert [m.text for m in scene.chat.session.path() if m.role == "assistant"] == [
        "One.",
        "Three.",
    ]
