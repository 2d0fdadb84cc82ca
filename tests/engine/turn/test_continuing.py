"""Answers that go on where they were cut, and answers that are given anew.

A random model shows that nothing of what it samples depends on the cut; its texts are full of half
characters and broken headers. The scripted model forces the shapes that a turn can have.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from engine.chat import STOPPED, NoAnswerError
from engine.config.hyperparameters import Hyperparameters
from engine.conversation.messages import Message
from engine.conversation.reading import read_session
from engine.conversation.store import Store
from engine.events import (
    Event,
    HyperparametersChanged,
    MessageClosed,
    MessageOpened,
    Notice,
    TextDelta,
    ToolCallFinished,
    ToolCallRequested,
    TurnContinued,
    TurnEnded,
    TurnStarted,
)
from engine.harmony.encoding import load_encoding
from engine.worker import Worker
from tests.engine.scripted import scripted_worker
from tests.engine.turn.scene import Scene

PENALISED = Hyperparameters(
    temperature=1.2, seed=5, top_k=50, frequency_penalty=0.5, dry_multiplier=0.8, max_tokens=75
)
"""So many tokens that a header which never ends becomes a text."""
CALL = (
    "<|channel|>analysis<|message|>Use it.<|end|><|start|>assistant<|channel|>commentary"
    ' to=functions.calculator <|constrain|>json<|message|>{"expression":"127+386"}<|call|>'
)
FINAL = "<|channel|>final<|message|>It is 513.<|return|>"


class Unguided(Scene):
    """A conversation in which headers may be broken."""

    def __init__(self, worker: Worker, **options: Any) -> None:
        super().__init__(worker, **{"hyperparameters": Hyperparameters(), **options})
        self.chat.is_guided = False

    def sampled(self) -> tuple[int, ...]:
        """Return the tokens of all messages as they are in the end."""
        closed: dict[int, MessageClosed] = {}
        for event in self.heard:
            if isinstance(event, TurnContinued) and event.message is not None:
                closed = {number: m for number, m in closed.items() if number < event.message}
            if isinstance(event, MessageClosed):
                closed[event.message] = event
        return tuple(token for message in closed.values() for token in message.tokens)


@pytest.fixture
def scripted() -> Iterator[Callable[..., Unguided]]:
    scenes: list[Unguided] = []

    def begin(*replies: str, context_length: int = 4096, **options: Any) -> Unguided:
        scenes.append(Unguided(scripted_worker(*replies, context_length=context_length), **options))
        return scenes[-1]

    yield begin
    for each in scenes:
        each.worker.close()


def messages_in(store: Store) -> list[Message]:
    """Return the messages that hold in the end, without the times at which they came."""
    path = read_session(store.path).path()
    assert path == store.session.path()
    return [replace(message, time=None) for message in path]


def cut_twice(scene: Unguided, first: int, second: int) -> TurnEnded:
    """Say something, cut the answer after so many tokens, twice, and let it go on each time."""
    scene.chat.hyperparameters = PENALISED.with_value("max_tokens", str(first))
    assert scene.chat.send("Hello", scene.hear).finish == "length"
    scene.chat.hyperparameters = PENALISED.with_value("max_tokens", str(second))
    assert scene.chat.continue_(scene.hear).finish == "length"
    rest = PENALISED.max_tokens - first - second
    scene.chat.hyperparameters = PENALISED.with_value("max_tokens", str(rest))
    return scene.chat.continue_(scene.hear)


@pytest.fixture(scope="module")
def whole(random_worker: Worker, tmp_path_factory: pytest.TempPathFactory) -> Unguided:
    """An answer that was never cut."""
    store = Store(tmp_path_factory.mktemp("whole"))
    scene = Unguided(random_worker, hyperparameters=PENALISED, store=store)
    scene.chat.send("Hello", scene.hear)
    assert len(scene.sampled()) == PENALISED.max_tokens
    return scene


@pytest.mark.parametrize(("first", "second"), [(1, 67), (66, 4)])
def test_an_answer_that_was_cut_becomes_what_it_would_have_been(
    random_worker: Worker, whole: Unguided, tmp_path: Path, first: int, second: int
) -> None:
    store = Store(tmp_path)
    parts = Unguided(random_worker, store=store)
    ended = cut_twice(parts, first, second)
    (uncut,) = whole.of(TurnEnded)
    assert parts.sampled() == whole.sampled()
    assert ended.finish == uncut.finish
    assert ended.statistics.sampled_tokens == uncut.statistics.sampled_tokens
    assert ended.statistics.context_used == uncut.statistics.context_used
    assert parts.chat.transcript.prompt() == whole.chat.transcript.prompt()
    assert messages_in(store) == messages_in(whole.chat.store)


def test_going_on_reads_nothing_again(random_worker: Worker) -> None:
    scene = Unguided(random_worker, hyperparameters=PENALISED.with_value("max_tokens", "40"))
    before = scene.chat.send("Hello", scene.hear).statistics
    after = scene.chat.continue_(scene.hear).statistics
    prompt = after.prompt_tokens - before.prompt_tokens
    assert prompt == before.prompt_tokens + 40
    # The last token's logits are wanted, so it alone is read once more.
    assert after.cached_tokens - before.cached_tokens == prompt - 1


def test_half_a_character_at_the_cut_is_taken_back(scripted: Callable[..., Unguided]) -> None:
    # The flag's first character is made of two tokens, the second of which the cut falls before.
    encode = load_encoding().encode
    words = "<|channel|>final<|message|>Rain 🌧"
    tokens = encode(words, allowed_special="all")
    assert load_encoding().decode(tokens[:-1]).endswith("\ufffd")
    # What the step under way at the cut has sampled is sampled again.
    scene = scripted(
        words, "🌧 falls<|return|>", hyperparameters=Hyperparameters(max_tokens=len(tokens) - 1)
    )
    assert scene.chat.send("go", scene.hear).finish == "length"
    (cut,) = scene.of(MessageClosed)
    assert (cut.text, cut.ending) == ("Rain \ufffd", "cut")
    script = scene.worker._generator.model._tokens  # type: ignore[union-attr]
    del script[: len(encode("🌧")) - 1]
    assert scene.chat.continue_(scene.hear).finish == "stop"
    (continued,) = scene.of(TurnContinued)
    assert (continued.message, continued.text) == (0, "Rain ")
    assert scene.of(MessageClosed)[-1].text == "Rain 🌧 falls"


def test_a_stopped_answer_goes_on_in_the_same_message(scripted: Callable[..., Unguided]) -> None:
    # " lost" is what the step under way when the person stops it has sampled.
    scene = scripted("<|channel|>final<|message|>one two lost", " three four<|return|>")
    scene.stop_after = 2
    assert scene.chat.send("count", scene.hear).finish == "cancelled"
    assert scene.chat.can_continue
    assert scene.chat.continue_(scene.hear).finish == "stop"
    assert scene.of(TurnContinued) == [TurnContinued(0, "one two", 1, 0, 5)]
    assert [event.message for event in scene.of(MessageOpened)] == [0]
    closed = scene.of(MessageClosed)
    assert [(m.message, m.text, m.ending) for m in closed] == [
        (0, "one two", "cut"),
        (0, "one two three four", "return"),
    ]
    assert scene.text().endswith("<|message|>one two three four<|end|><|start|>assistant")
    assert not scene.chat.can_continue


def test_analysis_that_was_stopped_goes_on_though_the_history_drops_it(
    scripted: Callable[..., Unguided],
) -> None:
    scene = scripted(
        "<|channel|>analysis<|message|>one two lost", " three<|end|><|start|>assistant" + FINAL
    )
    scene.stop_after = 2
    scene.chat.send("count", scene.hear)
    assert "one two" not in scene.text()
    assert scene.chat.continue_(scene.hear).finish == "stop"
    assert [(m.channel, m.text) for m in scene.of(MessageClosed)[1:]] == [
        ("analysis", "one two three"),
        ("final", "It is 513."),
    ]
    assert scene.text().count("<|start|>user<|message|>count<|end|>") == 1


def test_a_turn_that_was_stopped_at_a_call_goes_on_after_it(
    scripted: Callable[..., Unguided],
) -> None:
    scene = scripted(CALL, FINAL, approval="always")

    def hear(event: Event) -> None:
        scene.hear(event)
        if isinstance(event, ToolCallRequested):
            scene.chat.cancel()

    assert scene.chat.send("What is 127 + 386?", hear).finish == "cancelled"
    assert [event.output for event in scene.of(ToolCallFinished)] == [STOPPED]
    prompts = recorded_prompts(scene)
    assert scene.chat.continue_(scene.hear).finish == "stop"
    (continued,) = scene.of(TurnContinued)
    assert (continued.message, continued.text, continued.next_call) == (None, "", 1)
    (prompt,) = prompts
    assert "Use it." in prompt
    assert prompt.endswith(f"<|message|>{STOPPED}<|end|><|start|>assistant")
    assert len(scene.of(ToolCallRequested)) == 1


def recorded_prompts(scene: Unguided) -> list[str]:
    """Return a list that fills with what the model is given to go on from."""
    prompts: list[str] = []
    generate = scene.worker.generate

    def record(request: Any) -> Any:
        prompts.append(load_encoding().decode(request.prompt))
        return generate(request)

    scene.worker.generate = record  # type: ignore[method-assign]
    return prompts


def test_a_call_that_was_cut_is_offered_when_it_is_whole(scripted: Callable[..., Unguided]) -> None:
    begun, rest = CALL[: -len('386"}<|call|>')], '386"}<|call|>'
    length = len(load_encoding().encode(begun, allowed_special="all"))
    scene = scripted(begun + "!", rest, FINAL, hyperparameters=Hyperparameters(max_tokens=length))
    assert scene.chat.send("go", scene.hear).finish == "length"
    assert not scene.of(ToolCallRequested)
    assert scene.chat.continue_(scene.hear).finish == "stop"
    assert [event.output for event in scene.of(ToolCallFinished)] == ["513"]


def test_an_answer_may_be_as_long_again_each_time_it_goes_on(
    scripted: Callable[..., Unguided],
) -> None:
    script = "<|channel|>final<|message|>" + "word " * 40
    scene = scripted(script, hyperparameters=Hyperparameters(max_tokens=8))
    assert scene.chat.send("go", scene.hear).statistics.sampled_tokens == 8
    scene.chat.hyperparameters = Hyperparameters(max_tokens=5)
    ended = scene.chat.continue_(scene.hear)
    assert (ended.finish, ended.statistics.sampled_tokens) == ("length", 13)
    assert "max_tokens (5)" in ended.message
    assert scene.of(HyperparametersChanged) == [HyperparametersChanged(8, {"max_tokens": 5})]


def test_a_loop_may_go_on(scripted: Callable[..., Unguided]) -> None:
    scene = scripted("<|channel|>final<|message|>" + " so" * 300)
    first = scene.chat.send("laugh", scene.hear)
    assert "times in a row" in first.message
    second = scene.chat.continue_(scene.hear)
    assert "times in a row" in second.message
    assert second.statistics.sampled_tokens > first.statistics.sampled_tokens


def test_stopping_works_again_in_an_answer_that_goes_on(scripted: Callable[..., Unguided]) -> None:
    scene = scripted("<|channel|>final<|message|>" + "word " * 40)
    for _ in range(3):
        scene.stop_after = 3
        run = scene.chat.continue_ if scene.chat.can_continue else None
        ended = run(scene.hear) if run else scene.chat.send("go", scene.hear)
        assert ended.finish == "cancelled"
    assert scene.of(MessageClosed)[-1].text.split() == ["word"] * 9


def test_a_turn_goes_on_when_the_model_that_was_missing_is_there(
    scripted: Callable[..., Unguided],
) -> None:
    scene = scripted("<|channel|>final<|message|>one two lost", " three<|return|>")
    model = scene.worker._model
    scene.stop_after = 2
    scene.chat.send("count", scene.hear)
    scene.worker._model = None
    assert scene.chat.continue_(scene.hear).finish == "error"
    scene.worker._model = model
    assert scene.chat.continue_(scene.hear).finish == "stop"
    assert scene.of(MessageClosed)[-1].text == "one two three"


def test_the_turns_preamble_is_the_one_that_it_began_with(
    scripted: Callable[..., Unguided],
) -> None:
    scene = scripted("<|channel|>final<|message|>one two lost", " three<|return|>")
    scene.stop_after = 2
    scene.chat.send("count", scene.hear)
    preamble = scene.chat.transcript.preamble
    scene.chat.hyperparameters = scene.chat.hyperparameters.with_value("effort", "high")
    scene.chat.transcript.preamble = scene.chat.preamble()
    scene.chat.continue_(scene.hear)
    assert scene.chat.transcript.preamble == preamble


def test_nothing_goes_on_that_was_not_cut(scripted: Callable[..., Unguided]) -> None:
    scene = scripted(FINAL)
    with pytest.raises(NoAnswerError, match="nothing to continue"):
        scene.chat.continue_(scene.hear)
    with pytest.raises(NoAnswerError, match="Nothing was asked"):
        scene.chat.regenerate(scene.hear)
    scene.chat.send("go", scene.hear)
    with pytest.raises(NoAnswerError):
        scene.chat.continue_(scene.hear)
    assert (scene.chat.can_continue, scene.chat.can_regenerate) == (False, True)


def test_a_running_turn_can_neither_go_on_nor_be_answered_anew(
    scripted: Callable[..., Unguided],
) -> None:
    scene = scripted(FINAL)
    refused: list[str] = []

    def hear(event: Event) -> None:
        if isinstance(event, TextDelta) and not refused:
            for run in (scene.chat.continue_, scene.chat.regenerate):
                with pytest.raises(RuntimeError, match="one turn at a time"):
                    run(scene.hear)
                refused.append(run.__name__)

    scene.chat.send("go", hear)
    assert refused == ["continue_", "regenerate"]


# --- answers given anew --------------------------------------------------------------------------


def test_an_answer_given_anew_is_another_and_reads_nothing_again(random_worker: Worker) -> None:
    scene = Unguided(random_worker, hyperparameters=PENALISED.with_value("max_tokens", "20"))
    first = scene.chat.send("Hello", scene.hear)
    history = scene.chat.transcript.history()
    anew = scene.chat.regenerate(scene.hear)
    assert anew.statistics.prompt_tokens == first.statistics.prompt_tokens
    assert anew.statistics.cached_tokens == first.statistics.prompt_tokens - 1
    one, *_, two = scene.of(MessageClosed)
    assert one.tokens != two.tokens
    assert history != scene.chat.transcript.history()


def test_the_answer_before_is_no_part_of_the_prompt_but_stays_in_the_file(
    scripted: Callable[..., Unguided], tmp_path: Path
) -> None:
    store = Store(tmp_path)
    other = FINAL.replace("513", "five hundred")
    scene = scripted(FINAL, CALL, other, other, store=store)
    scene.chat.send("Hello", scene.hear)
    scene.chat.send("How much?", scene.hear)
    scene.chat.regenerate(scene.hear)
    assert scene.of(TurnStarted)[1:] == [
        TurnStarted("How much?", message=3),
        TurnStarted("How much?", is_retry=True, message=3),
    ]
    assert scene.text().count("How much?") == 1
    assert scene.text().count("It is") == 2
    session = read_session(store.path)
    replaced, anew = session.children(3)
    assert [m.text for m in session.path()] == ["Hello", "It is 513.", "How much?", anew.text]
    assert anew.text == "It is five hundred."
    assert [m.text for m in session.path(session.newest_leaf(replaced.id))][3:] == [
        "Use it.",
        '{"expression":"127+386"}',
        "513",
        "It is five hundred.",
    ]


@pytest.mark.parametrize(("chosen", "seeds"), [("7", [7, 8, 9]), (str(2**63 - 1), None)])
def test_each_answer_has_a_seed_of_its_own(
    scripted: Callable[..., Unguided], tmp_path: Path, chosen: str, seeds: list[int] | None
) -> None:
    store = Store(tmp_path)
    with_seed = Hyperparameters().with_value("seed", chosen)
    scene = scripted(FINAL, FINAL, FINAL, FINAL, store=store, hyperparameters=with_seed)
    scene.chat.send("go", scene.hear)
    scene.chat.regenerate(scene.hear)
    scene.chat.regenerate(scene.hear)
    used = [turn.seed for turn in read_session(store.path).turns.values()]
    assert used == (seeds or [2**63 - 1, 0, 1])
    scene.chat.hyperparameters = with_seed.with_value("seed", "100")
    scene.chat.regenerate(scene.hear)
    assert list(read_session(store.path).turns.values())[-1].seed == 100


def test_where_nothing_is_left_to_chance_it_is_said(scripted: Callable[..., Unguided]) -> None:
    greedy = Hyperparameters(temperature=0)
    scene = scripted(FINAL, FINAL, hyperparameters=greedy)
    scene.chat.send("go", scene.hear)
    assert not scene.of(Notice)
    scene.chat.regenerate(scene.hear)
    (notice,) = scene.of(Notice)
    assert "temperature 0" in notice.message


def test_an_answer_that_was_cut_and_given_anew_can_be_cut_and_go_on(
    scripted: Callable[..., Unguided],
) -> None:
    scene = scripted(
        "<|channel|>final<|message|>one two lost",
        "<|channel|>final<|message|>three four lost",
        " five<|return|>",
    )
    for run in (lambda hear: scene.chat.send("count", hear), scene.chat.regenerate):
        scene.stop_after = 2
        assert run(scene.hear).finish == "cancelled"
    assert scene.chat.continue_(scene.hear).finish == "stop"
    assert scene.text().endswith(
        "<|start|>user<|message|>count<|end|>"
        "<|start|>assistant<|channel|>final<|message|>three four five<|end|><|start|>assistant"
    )


def test_a_stop_between_two_answers_stops_neither(scripted: Callable[..., Unguided]) -> None:
    scene = scripted("<|channel|>final<|message|>one two lost", " three<|return|>")
    scene.stop_after = 2
    scene.chat.send("count", scene.hear)
    threading.Thread(target=scene.chat.cancel).start()
    assert scene.chat.continue_(scene.hear).finish == "stop"
