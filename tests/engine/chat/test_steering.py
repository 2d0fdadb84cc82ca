"""Thinking that is ended, and loops: a scripted model says what a real one says rarely.

The step under way when a round ends takes one token more.
"""

from __future__ import annotations

from engine.config.hyperparameters import Hyperparameters
from engine.events import Event, MessageClosed, TextDelta, ThinkingFinished
from tests.engine.chat.scene import Scene
from tests.engine.scripted import scripted_worker

THINKING = "<|channel|>analysis<|message|>one two three four"


def test_a_thinking_budget_ends_the_analysis_and_the_answer_follows() -> None:
    with_budget = Hyperparameters(thinking_budget=3)
    scene = Scene(scripted_worker(THINKING, "done<|return|>"), hyperparameters=with_budget)
    assert scene.say("hello").finish == "stop"
    closed = scene.of(MessageClosed)
    assert [(m.channel, m.text) for m in closed] == [  # type: ignore[attr-defined]
        ("analysis", "one two three"),
        ("final", "done"),
    ]
    assert scene.of(ThinkingFinished) == [ThinkingFinished(6, "budget")]
    assert scene.prompt().endswith(
        "<|start|>assistant<|channel|>final<|message|>done<|end|><|start|>assistant"
    )
    assert "one two" not in scene.prompt()


def test_thinking_can_be_finished_by_the_person() -> None:
    scene = Scene(scripted_worker(THINKING.removesuffix(" four"), "done<|return|>"))

    def hear(event: Event) -> None:
        scene.heard.append(event)
        if isinstance(event, TextDelta) and event.text == " two":
            scene.chat.finish_thinking()

    assert scene.chat.send("hello", hear).finish == "stop"
    assert scene.final() == "done"
    assert scene.of(ThinkingFinished) == [ThinkingFinished(5, "person")]


def test_an_answer_is_not_interrupted_by_the_wish_to_finish_thinking() -> None:
    scene = Scene(scripted_worker("<|channel|>final<|message|>one two three<|return|>"))

    def hear(event: Event) -> None:
        scene.heard.append(event)
        if isinstance(event, TextDelta):
            scene.chat.finish_thinking()

    assert scene.chat.send("hello", hear).finish == "stop"
    assert scene.final() == "one two three"
    assert not scene.of(ThinkingFinished)


def test_a_loop_is_stopped_and_said() -> None:
    scene = Scene(scripted_worker("<|channel|>final<|message|>" + "ha" * 500))
    ended = scene.say("hello")
    assert ended.finish == "length"
    assert "times in a row" in ended.message
    assert 0 < ended.statistics.sampled_tokens < 400


def test_a_loop_in_the_analysis_can_lead_to_an_answer() -> None:
    gentle = Hyperparameters(loop_detection="answer")
    looping = "<|channel|>analysis<|message|>" + " so" * 128
    scene = Scene(scripted_worker(looping + " so", "done<|return|>"), hyperparameters=gentle)
    assert scene.say("hello").finish == "stop"
    assert scene.final() == "done"
    assert [event.reason for event in scene.of(ThinkingFinished)] == ["loop"]  # type: ignore[attr-defined]


def test_a_loop_is_let_go_on_where_nothing_looks_for_it() -> None:
    patient = Hyperparameters(loop_detection="off", max_tokens=400)
    scene = Scene(
        scripted_worker("<|channel|>final<|message|>" + " so" * 420), hyperparameters=patient
    )
    assert scene.say("hello").statistics.sampled_tokens == 400
