"""Conversations that were put away and are taken up again, and the branches that they have.

The bundled model shows that a conversation goes on as if it had never been closed; the scripted
one forces what a crash leaves, by its session's file.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from engine.chat import Chat, NoAnswerError, NoMessageError, NotKeptError
from engine.config.hyperparameters import Hyperparameters
from engine.config.prompt import Opening
from engine.conversation.messages import Head, Message, Session, linear
from engine.conversation.reading import read_session
from engine.conversation.store import Store
from engine.conversation.whole_sessions import write_session
from engine.events import (
    DecodeProgress,
    Event,
    MessageClosed,
    MessageOpened,
    Notice,
    PrefillProgress,
    TextDelta,
    ThinkingFinished,
    ToolCallFinished,
    ToolCallRequested,
    ToolCallStarted,
    TurnEnded,
    TurnStarted,
)
from engine.turn.calls import LEFT_BEHIND
from engine.worker import Worker
from tests.engine.foreign import write_foreign_model
from tests.engine.turn.scene import Scene

QUESTION = "What is 127 + 386?"
GREEDY = Hyperparameters(temperature=0, max_tokens=300)
CALL = (
    "<|channel|>analysis<|message|>Use it.<|end|><|start|>assistant<|channel|>commentary"
    ' to=functions.calculator <|constrain|>json<|message|>{"expression":"127+386"}<|call|>'
)
FINAL = "<|channel|>final<|message|>It is 513.<|return|>"
OTHER = "<|channel|>final<|message|>Something else.<|return|>"


def taken_up(scene: Scene, path: Path, **options: Any) -> Scene:
    """Return a conversation of a file in a new scene, as another program would open it."""
    again = Scene(scene.worker)
    options = {"hyperparameters": GREEDY, **options}
    again.chat = Chat.open(scene.worker, Store.open(path), **options)
    return again


def copied(store: Store, folder: Path) -> Path:
    """Return a copy of a session's file as it is now, which is what a crash would leave."""
    folder.mkdir()
    return Path(shutil.copy(store.path, folder))


def lasting(events: list[Event]) -> Iterator[Event]:
    """Give events as a replay has them: without progress, and with texts in one piece."""
    texts: dict[int, str] = {}
    for event in events:
        if isinstance(event, TextDelta):
            texts[event.message] = texts.get(event.message, "") + event.text
    for event in events:
        if isinstance(event, PrefillProgress | DecodeProgress | Notice | TextDelta):
            continue
        yield event
        if isinstance(event, MessageOpened) and event.message in texts:
            yield TextDelta(event.message, event.channel, texts[event.message])


# --- as if it had not been away ------------------------------------------------------------------


def test_a_conversation_goes_on_as_if_it_had_never_been_closed(
    bundled_worker: Worker, tmp_path: Path
) -> None:
    store = Store(tmp_path / "open")
    stayed = Scene(bundled_worker, store=store)
    began = Opening(
        identity="You are Ada.\nYou count.",
        start_date="2025-01-02",
        knowledge_cutoff="2024-06",
        instructions="Be brief.",
        greeting="Hello!",
    )
    stayed.chat.begin_with(began)
    stayed.chat.send(QUESTION, stayed.hear)
    left = taken_up(stayed, copied(store, tmp_path / "away"))
    assert left.chat.preamble() == stayed.chat.preamble()
    assert left.chat.transcript.prompt() == stayed.chat.transcript.prompt()
    assert left.chat.rounds == stayed.chat.rounds
    assert left.chat.find_messages() == stayed.chat.find_messages()
    assert list(left.chat.replay()) == list(lasting(stayed.heard))
    assert not left.chat.can_continue
    for scene in (stayed, left):
        scene.chat.send("Thank you.", scene.hear)
    assert left.chat.rounds == stayed.chat.rounds
    assert left.messages() == stayed.messages()
    first, second = (scene.chat.session.path() for scene in (left, stayed))
    assert [(m.id, m.text, m.tokens) for m in first] == [(m.id, m.text, m.tokens) for m in second]


def test_the_history_of_what_is_taken_up_is_read_when_it_is_needed(
    scripted: Callable[..., Scene], tmp_path: Path
) -> None:
    scene = scripted(CALL, FINAL, OTHER, FINAL, store=Store(tmp_path / "open"))
    for text in (QUESTION, "And now?", "Once more"):
        scene.chat.send(text, scene.hear)
    again = taken_up(scene, copied(scene.chat.store, tmp_path / "away"))
    # What shows it reads no tokens: of a long conversation they are most of the work.
    assert list(again.chat.replay()) == list(lasting(scene.heard))
    used = again.chat.count_context()
    assert again.chat._unread is not None
    again.chat.begin_with(Opening(instructions="Be brief."))
    instructed = len(again.chat.preamble())

    with ThreadPoolExecutor(4) as pool:
        read = list(pool.map(lambda _: again.chat.transcript, range(4)))

    assert again.chat._unread is None
    assert all(transcript is read[0] for transcript in read)
    assert again.chat.transcript.history() == scene.chat.transcript.history()
    assert again.chat.rounds == scene.chat.rounds
    assert again.chat.count_context() - instructed == used - len(scene.chat.preamble())


@pytest.mark.parametrize("selects", [False, True])
def test_what_is_taken_up_is_counted_without_being_read(
    scripted: Callable[..., Scene], tmp_path: Path, selects: bool
) -> None:
    scene = scripted(CALL, FINAL, OTHER, store=Store(tmp_path / "open"))
    scene.chat.send(QUESTION, scene.hear)
    scene.chat.send("And now?", scene.hear)
    again = taken_up(scene, copied(scene.chat.store, tmp_path / "away"))
    if selects:
        again.chat.select(next(iter(again.chat.session.messages)), is_last=True)

    counted = again.chat.count_context()
    again.chat.read_history()

    assert counted == again.chat.count_context()
    assert (counted < scene.chat.count_context()) == selects


def test_a_session_that_was_put_away_branches_at_the_same_tokens(
    scripted: Callable[..., Scene], tmp_path: Path
) -> None:
    store = Store(tmp_path / "open")
    scene = scripted(CALL, FINAL, " 600.<|return|>", store=store)
    scene.chat.send(QUESTION, scene.hear)
    place = scene.chat.find_messages()[2].start + 4
    again = taken_up(scene, copied(store, tmp_path / "away"))
    again.chat.branch(place, None, again.hear)
    assert again.messages()[2].text.endswith(" 600.")
    assert not again.of(ToolCallFinished)
    left, new = again.chat.siblings(again.chat.message_id(2) or 0)
    assert (left.text, new.text) == ("It is 513.", again.messages()[2].text)
    assert read_session(again.chat.store.path) == again.chat.session


def test_the_tokens_of_every_turn_can_be_read_again(
    scripted: Callable[..., Scene], tmp_path: Path
) -> None:
    analysis = "<|channel|>analysis<|message|>Hm.<|end|><|start|>assistant" + FINAL
    scene = scripted(CALL, FINAL, analysis, OTHER, store=Store(tmp_path / "sessions"))
    texts = [QUESTION, "And now?", "Once more"]
    were = []
    for text in texts:
        scene.chat.send(text, scene.hear)
        were.append(scene.chat.rounds)
    words = [started.message for started in scene.of(TurnStarted)]
    assert [len(rounds) for rounds in were] == [2, 1, 1]
    transcript = scene.chat.transcript.prompt()
    assert [scene.chat.rounds_of(each) for each in words] == were
    assert scene.chat.transcript.prompt() == transcript  # it stays where it is
    again = taken_up(scene, copied(scene.chat.store, tmp_path / "again"))
    assert [again.chat.rounds_of(each) for each in words] == were
    assert again.chat.rounds == were[-1]
    with pytest.raises(NoMessageError, match="Message 2 is not of yours"):
        scene.chat.rounds_of(2)


def test_thinking_that_was_ended_is_known_as_such(
    scripted: Callable[..., Scene], tmp_path: Path
) -> None:
    store = Store(tmp_path / "open")
    thoughts = "<|channel|>analysis<|message|>one two three four"
    budget = Hyperparameters(temperature=0, thinking_budget=3)
    scene = scripted(thoughts, "done<|return|>", hyperparameters=budget, store=store)
    scene.chat.send("go", scene.hear)
    assert len(scene.of(ThinkingFinished)) == 1
    again = taken_up(scene, copied(store, tmp_path / "away"))
    assert again.chat.rounds == scene.chat.rounds
    assert again.chat.hyperparameters == budget
    assert list(again.chat.replay()) == list(lasting(scene.heard))


def test_an_answer_that_was_cut_becomes_what_it_would_have_been(
    random_worker: Worker, tmp_path: Path
) -> None:
    chosen = Hyperparameters(temperature=1.2, seed=5, top_k=50, dry_multiplier=0.8, max_tokens=30)
    longer = chosen.with_value("max_tokens", "60")
    store = Store(tmp_path / "open")
    whole = Scene(random_worker, hyperparameters=longer)
    cut = Scene(random_worker, hyperparameters=chosen, store=store)
    for scene in (whole, cut):
        scene.chat.is_guided = False
        scene.chat.send("Hello", scene.hear)
    again = taken_up(cut, copied(store, tmp_path / "away"))
    again.chat.is_guided = False
    assert again.chat.hyperparameters == chosen
    assert list(again.chat.replay()) == list(lasting(cut.heard))
    again.chat.continue_(again.hear)
    assert again.tokens() == whole.tokens()
    told = [e.tokens for e in again.chat.replay() if isinstance(e, MessageClosed)]
    assert tuple(token for tokens in told for token in tokens) == whole.tokens()
    assert read_session(again.chat.store.path) == again.chat.session


def test_a_model_with_a_template_of_its_own_goes_on_too(tmp_path: Path) -> None:
    worker = Worker()
    folder = write_foreign_model(tmp_path / "foreign")
    worker.load(str(folder), lambda _: None).result(60)
    store = Store(tmp_path / "open")
    chosen = Hyperparameters(seed=5, max_tokens=6)
    scene = Scene(worker, hyperparameters=chosen, store=store)
    scene.chat.send("the cat", scene.hear)
    again = taken_up(scene, copied(store, tmp_path / "away"))
    assert again.chat.rounds == scene.chat.rounds
    for each in (scene, again):
        each.chat.continue_(each.hear)
    assert again.tokens() == scene.tokens()
    # Without that model its answer can be given anew, and no more.
    path = copied(again.chat.store, tmp_path / "elsewhere")
    worker.load(None, lambda _: None).result(60)
    other = taken_up(scene, path, instructions="Be brief.")
    assert other.chat.instructions == "Be brief."
    assert (other.chat.can_continue, other.chat.can_branch) == (False, False)
    other.chat.regenerate(other.hear)
    assert "<|message|>the cat<|end|>" in other.text()
    worker.close()


def test_what_was_taken_back_is_not_told_again(scripted: Callable[..., Scene]) -> None:
    scene = scripted(FINAL, OTHER, CALL, FINAL, OTHER)
    scene.chat.send("one", scene.hear)
    scene.chat.regenerate(scene.hear)
    scene.chat.send("two", scene.hear)
    scene.chat.branch(scene.chat.find_messages()[4].start, None, scene.hear)
    told = [event for event in scene.chat.replay() if isinstance(event, MessageClosed)]
    assert [(m.message, m.text) for m in told] == [
        (1, "Something else."),
        (2, "Use it."),
        (3, '{"expression":"127+386"}'),
        (4, "Something else."),
    ]
    messages = scene.chat.session.messages
    assert [messages[scene.chat.message_id(m.message) or 0].text for m in told] == [
        m.text for m in told
    ]
    assert [e.output for e in scene.chat.replay() if isinstance(e, ToolCallFinished)] == ["513"]


# --- what a crash leaves -------------------------------------------------------------------------


def test_an_answer_that_a_crash_cut_goes_on(scripted: Callable[..., Scene], tmp_path: Path) -> None:
    store = Store(tmp_path / "open")
    scene = scripted(
        "<|channel|>final<|message|>one two three lost", " four<|return|>", store=store
    )
    crashed: list[Path] = []

    def hear(event: Event) -> None:
        scene.hear(event)
        if isinstance(event, TextDelta) and event.text == " three":
            store.session  # noqa: B018  (a batch is written only a few times a second)
            store.rename("x")
            crashed.append(copied(store, tmp_path / "away"))
            scene.chat.cancel()

    scene.chat.send("count", hear)
    again = taken_up(scene, crashed[0])
    said = list(again.chat.replay())
    assert isinstance(said[-1], TurnEnded)
    assert said[-1].finish == "error"
    (cut,) = [event for event in said if isinstance(event, MessageClosed)]
    assert (cut.text, cut.ending) == ("one two three", "cut")
    assert again.chat.can_continue
    assert again.chat.continue_(again.hear).finish == "stop"
    assert again.messages()[0].text == "one two three four"
    question, answer = read_session(crashed[0]).path()
    assert (question.text, answer.text, answer.ending) == ("count", "one two three four", "return")


def test_a_call_that_a_crash_cut_is_not_run_again(
    scripted: Callable[..., Scene], tmp_path: Path
) -> None:
    store = Store(tmp_path / "open")
    scene = scripted(CALL, FINAL, OTHER, store=store)
    crashed: list[Path] = []

    def hear(event: Event) -> None:
        if isinstance(event, ToolCallStarted):
            crashed.append(copied(store, tmp_path / "away"))

    scene.chat.send(QUESTION, hear)
    again = taken_up(scene, crashed[0])
    assert not [event for event in again.chat.replay() if isinstance(event, ToolCallFinished)]
    assert again.chat.continue_(again.hear).finish == "stop"
    (asked,) = again.of(ToolCallRequested)
    assert not asked.needs_approval
    assert not again.of(ToolCallStarted)
    assert [(e.outcome, e.output) for e in again.of(ToolCallFinished)] == [("failed", LEFT_BEHIND)]
    assert again.messages()[2].text == "Something else."


def test_words_without_an_answer_get_one(scripted: Callable[..., Scene], tmp_path: Path) -> None:
    store = Store(tmp_path / "open")
    scene = scripted(FINAL, OTHER, store=store)
    crashed: list[Path] = []

    def hear(event: Event) -> None:
        if isinstance(event, TurnStarted):
            crashed.append(copied(store, tmp_path / "away"))

    scene.chat.send("go", hear)
    again = taken_up(scene, crashed[0])
    assert again.chat.continue_(again.hear).finish == "stop"
    assert [m.text for m in read_session(crashed[0]).path()] == ["go", "Something else."]
    assert again.text().count("<|message|>go<|end|>") == 1


# --- branches ------------------------------------------------------------------------------------


@pytest.mark.parametrize("is_kept", [True, False])
def test_earlier_words_are_edited_and_selected_again(
    scripted: Callable[..., Scene], tmp_path: Path, is_kept: bool
) -> None:
    store = Store(tmp_path) if is_kept else None
    scene = scripted(FINAL, OTHER, FINAL, OTHER, store=store)
    scene.chat.send("one", scene.hear)
    scene.chat.send("two", scene.hear)
    first, second = (event.message for event in scene.of(TurnStarted))
    scene.chat.edit(first, "uno", scene.hear)
    started = scene.of(TurnStarted)[-1]
    assert (started.text, started.in_place_of) == ("uno", first)
    assert [m.text for m in scene.chat.session.path()] == ["uno", "It is 513."]
    assert "one" not in scene.text()
    assert "two" not in scene.text()
    assert [m.text for m in scene.chat.siblings(started.message)] == ["one", "uno"]
    scene.chat.select(first)
    told = list(scene.chat.replay())
    assert [e.text for e in told if isinstance(e, TurnStarted)] == ["one", "two"]
    assert [e.message for e in told if isinstance(e, TurnStarted)] == [first, second]
    assert [e.message for e in told if isinstance(e, MessageClosed)] == [0, 1]
    assert "<|message|>two<|end|>" in scene.text()
    scene.chat.regenerate(scene.hear)
    assert [m.text for m in scene.chat.session.path()][2:] == ["two", "Something else."]
    assert len(scene.chat.session.children(second)) == 2
    assert list((scene.chat.store.path.parent).glob("*.jsonl")) == (
        [store.path] if store is not None else []
    )


def test_what_cannot_be_edited_or_selected_is_refused(
    scripted: Callable[..., Scene], tmp_path: Path
) -> None:
    scene = scripted(FINAL, store=Store(tmp_path))
    refused: list[str] = []

    def hear(event: Event) -> None:
        if isinstance(event, TextDelta) and not refused:
            for act in (
                lambda: scene.chat.edit(1, "x", scene.hear),
                lambda: scene.chat.select(1),
                lambda: scene.chat.fork(1),
                scene.chat.replay,
            ):
                with pytest.raises(RuntimeError, match="one turn at a time"):
                    act()
            refused.append("all")

    scene.chat.send("go", hear)
    assert refused
    with pytest.raises(NoMessageError, match="no message 9"):
        scene.chat.edit(9, "x", scene.hear)
    with pytest.raises(NoMessageError, match="no message 9"):
        scene.chat.select(9)
    with pytest.raises(NoMessageError, match="not of yours"):
        scene.chat.edit(2, "x", scene.hear)
    assert issubclass(NoMessageError, NoAnswerError)


def test_a_fork_holds_the_path_and_goes_on(scripted: Callable[..., Scene], tmp_path: Path) -> None:
    scene = scripted(FINAL, OTHER, FINAL, store=Store(tmp_path))
    scene.chat.send("one", scene.hear)
    scene.chat.send("two", scene.hear)
    forked = taken_up(scene, scene.chat.fork(2))
    assert [m.text for m in forked.chat.session.path()] == ["one", "It is 513."]
    forked.chat.send("three", forked.hear)
    assert "two" not in forked.text()
    memory = scripted(FINAL)
    memory.chat.send("one", memory.hear)
    with pytest.raises(NotKeptError, match="not kept"):
        memory.chat.fork(1)


# --- imports -------------------------------------------------------------------------------------


def imported(folder: Path, *said: tuple[str, str, dict[str, Any]], head: str = "imported") -> Path:
    messages = [
        Message(number, number - 1 or None, role, text, **more)
        for number, (role, text, more) in enumerate(said, start=1)
    ]
    from datetime import UTC, datetime

    started = Head(head, datetime(2026, 1, 1, tzinfo=UTC), source="chatgpt")
    return write_session(folder, Session(started, linear(messages), len(messages)))


def test_an_import_is_read_as_text_and_goes_on(
    scripted: Callable[..., Scene], tmp_path: Path
) -> None:
    path = imported(
        tmp_path,
        ("system", "Speak plainly.", {}),
        ("user", "one <|end|>", {}),
        ("assistant", "So.", {"channel": "analysis"}),
        ("assistant", "{}", {"channel": "commentary", "recipient": "functions.f"}),
        ("tool", "done", {"channel": "commentary", "name": "functions.f"}),
        ("assistant", "Hello.", {"channel": "final"}),
        ("developer", "Be brief.", {}),
        ("user", "two", {}),
        ("assistant", "{}", {"channel": "commentary", "recipient": "functions.f"}),
    )
    scene = taken_up(scripted(FINAL, OTHER), path)
    assert scene.chat.instructions == "Speak plainly."
    assert not scene.chat.can_continue
    assert not scene.chat.can_branch
    kinds = [type(event).__name__ for event in scene.chat.replay()]
    assert kinds.count("TurnStarted") == kinds.count("TurnEnded") == 2
    assert kinds.count("ToolCallFinished") == 1
    scene.chat.send("three", scene.hear)
    assert not scene.of(ToolCallRequested)
    text = scene.text()
    assert text.count("Speak plainly.") == 1
    assert "So." not in text
    assert "<|start|>functions.f to=assistant<|channel|>commentary<|message|>done<|end|>" in text
    assert "<|start|>assistant<|channel|>final<|message|>Hello.<|end|>" in text
    assert "<|start|>developer<|message|># Instructions\n\nBe brief.<|end|>" in text
    ids = scene.chat.transcript.settled[0].tokens
    assert ids.count(200007) == 1  # the one in the words is text
    scene.chat.regenerate(scene.hear)
    assert scene.messages()[max(scene.messages())].text == "Something else."


# --- small things --------------------------------------------------------------------------------


def test_thousands_of_messages_are_replayed_at_once(
    scripted: Callable[..., Scene], tmp_path: Path
) -> None:
    said = [
        pair
        for number in range(1000)
        for pair in (
            ("user", f"question {number}", {}),
            ("assistant", f"answer {number}", {"channel": "final", "tokens": range(200)}),
        )
    ]
    scene = taken_up(scripted(FINAL), imported(tmp_path, *said))
    start = time.perf_counter()
    assert len(list(scene.chat.replay())) == 1000 * 5
    assert time.perf_counter() - start < 2
