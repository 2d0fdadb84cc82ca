"""One thing at a time is done to a conversation: who comes second, waits, and is stopped."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

from engine.config.hyperparameters import Hyperparameters
from engine.conversation.store import Store
from engine.events import Event, TextDelta, ToolCallStarted, TurnEnded, Waiting
from engine.harmony.encoding import load_encoding
from engine.tools.registry import Registry, Running, Tool
from tests.engine.chat.scene import CALL, FINAL, LONG, Scene
from tests.engine.scripted import scripted_worker


class Slow(Registry):
    """Takes a while to be looked through, as which a turn is prepared."""

    def __iter__(self) -> Iterator[Tool]:
        time.sleep(0.05)
        return super().__iter__()


def test_of_turns_that_begin_at_the_same_time_one_runs(scene: Callable[..., Scene]) -> None:
    play = scene(FINAL, tools=Slow({}))
    gate, ended, refused = threading.Barrier(4), [], []

    def say() -> None:
        gate.wait()
        try:
            ended.append(play.say("go"))
        except RuntimeError as error:
            refused.append(error)

    threads = [threading.Thread(target=say) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [each.finish for each in ended] == ["stop"]
    assert len(refused) == 3
    assert [segment.role for segment in play.chat.transcript.settled] == ["user", "assistant"]


def test_nothing_else_is_done_while_a_turn_runs(scene: Callable[..., Scene]) -> None:
    play = scene(LONG, hyperparameters=Hyperparameters(max_tokens=20))
    chat, hear = play.chat, play.heard.append
    others: list[Callable[[], object]] = [
        lambda: chat.edit(1, "other", hear),
        lambda: chat.continue_(hear),
        lambda: chat.regenerate(hear),
        lambda: chat.branch(0, None, hear),
        lambda: chat.try_out(chat.hyperparameters, 1, hear),
        lambda: chat.keep([]),
        lambda: chat.run_again("functions.calculator", '{"expression":"1"}', hear),
        lambda: chat.select(1),
        lambda: chat.fork(1),
        chat.replay,
        lambda: chat.begin_with(chat.opening),
    ]
    refused: list[str] = []

    def listen(event: Event) -> None:
        while isinstance(event, TextDelta) and others:
            with pytest.raises(RuntimeError) as raised:
                others.pop()()
            refused.append(str(raised.value))

    assert chat.send("go", listen).finish == "length"
    assert refused == ["a conversation has one turn at a time"] * 11
    assert play.heard == []


def test_a_call_that_is_run_again_is_alone_too(scene: Callable[..., Scene]) -> None:
    play = scene(FINAL)
    refused: list[str] = []

    def listen(_: Event) -> None:
        with pytest.raises(RuntimeError) as raised:
            play.say("go")
        refused.append(str(raised.value))

    play.chat.run_again("functions.calculator", '{"expression":"1+1"}', listen)
    assert set(refused) == {"a conversation has one turn at a time"}
    assert play.say("go").finish == "stop"


@pytest.fixture
def interrupt() -> Iterator[Callable[[], None]]:
    """Give what interrupts the main thread, on which the test runs, as Ctrl+C does."""

    def fail(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGUSR1, fail)
    main = threading.main_thread().ident
    assert main == threading.get_ident()
    yield lambda: signal.pthread_kill(main, signal.SIGUSR1)
    signal.signal(signal.SIGUSR1, before)


def test_what_interrupts_a_turn_ends_it_and_nothing_of_it_comes_later(
    scene: Callable[..., Scene], interrupt: Callable[[], None], tmp_path: Path
) -> None:
    play = scene(LONG, FINAL, store=Store(tmp_path))

    def listen(event: Event) -> None:
        play.heard.append(event)
        if len(play.of(TextDelta)) == 3:
            interrupt()
            time.sleep(0.02)
            interrupt()  # while the first is being dealt with
            time.sleep(0.02)

    with pytest.raises(KeyboardInterrupt):
        play.chat.send("one", listen)
    told = len(play.heard)
    ended = play.heard[-1]
    assert isinstance(ended, TurnEnded)
    assert ended.finish == "cancelled"
    script = play.worker._generator.model._tokens  # type: ignore[union-attr,attr-defined]
    script[:] = [*load_encoding().encode(FINAL, allowed_special="all"), 0]
    assert play.chat.can_continue
    later: list[Event] = []
    play.chat.send("two", later.append)
    assert len(play.heard) == told
    path = play.chat.session.path()
    assert [message.role for message in path] == ["user", "assistant", "user", "assistant"]
    assert path[1].text.split() == ["word"] * len(path[1].text.split())
    assert [s.text for s in play.chat.transcript.settled] == [message.text for message in path]
    first = play.chat.session.path_turns()[0].record
    assert first is not None
    assert first.finish == "cancelled"


class Nothing(BaseModel):
    """No arguments."""


def test_a_call_that_was_interrupted_is_stopped_and_not_run_again(
    scene: Callable[..., Scene], interrupt: Callable[[], None]
) -> None:
    runs: list[Running] = []

    def wait(_: Nothing, running: Running) -> str:
        runs.append(running)
        assert running.cancelled.wait(10)
        return "stopped"

    tools = Registry.of([Tool("calculator", "Waits.", Nothing, wait)])
    play = scene(CALL.replace('{"expression":"127+386"}', "{}"), FINAL, tools=tools)

    def listen(event: Event) -> None:
        if isinstance(event, ToolCallStarted):
            threading.Timer(0.1, interrupt).start()

    with pytest.raises(KeyboardInterrupt):
        play.chat.send("go", listen)
    assert runs[0].cancelled.is_set()
    assert play.chat.continue_(play.heard.append).finish == "stop"
    assert len(runs) == 1
    assert "It may have had effects" in play.chat.spell(play.chat.rounds[-1].prompt)


def test_a_turn_that_waits_says_so_and_is_cancelled_at_once() -> None:
    worker = scripted_worker(FINAL, FINAL)
    play, held = Scene(worker), threading.Event()
    busy = worker._submit(lambda: held.wait(20))
    waits = threading.Event()

    def listen(event: Event) -> None:
        play.heard.append(event)
        if isinstance(event, Waiting):
            threading.Timer(0.05, play.chat.cancel).start()
            waits.set()

    assert play.chat.send("go", listen).finish == "cancelled"
    assert waits.is_set()
    assert not busy.done()
    held.set()
    worker._submit(lambda: None).result(10)  # nothing is left to wait for
    assert play.say("again").finish == "stop"
    assert len(play.of(Waiting)) == 1
    assert play.final() == "127+386 = **513**"
    worker.close()


def test_a_turn_does_not_wait_for_what_is_read_ahead() -> None:
    worker = scripted_worker(FINAL)
    play, held = Scene(worker), threading.Event()
    worker._submit(lambda: held.wait(20), is_brief=True)  # as all that is read ahead
    threading.Timer(0.05, held.set).start()
    assert play.say("go").finish == "stop"
    assert not play.of(Waiting)
    worker.close()


def test_a_turn_of_a_closed_engine_says_so() -> None:
    worker = scripted_worker(FINAL)
    play = Scene(worker)
    worker.close()
    ended = play.say("go")
    assert (ended.finish, ended.message.split(" before")[0]) == ("error", "The engine was closed")
