"""What is read before it is asked for: the history for the next turn, and drafts."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from engine.events import TurnEnded
from tests.engine.chat.scene import FINAL, Scene
from tests.engine.scripted import scripted_worker


def settle(scene: Scene) -> None:
    """Wait until the worker has read for a while all that there is to read ahead."""
    generator = scene.worker._generator
    assert generator is not None
    length, since = -1, time.monotonic()
    while time.monotonic() - since < 0.5:
        if len(generator.cache) != length:
            length, since = len(generator.cache), time.monotonic()
        time.sleep(0.01)


def test_the_history_is_read_ahead_so_that_the_next_turn_reads_its_own_text_alone() -> None:
    thoughtful = "<|channel|>analysis<|message|>" + "one two " * 30 + "<|end|><|start|>assistant"
    scene = Scene(scripted_worker(thoughtful + FINAL, FINAL), read_ahead=True)
    scene.say("What is 127 + 386?")
    history = len(scene.chat.transcript.history())
    settle(scene)
    scene.say("And again?")
    last = scene.of(TurnEnded)[-1].statistics  # type: ignore[attr-defined]
    assert last.cached_tokens == history


def test_reading_ahead_gives_way_to_a_turn(tmp_path: Path) -> None:
    worker = scripted_worker(FINAL)
    held = threading.Event()
    worker._submit(lambda: held.wait(10))
    ahead = worker.read_ahead((1,) * 5000, keep=False)
    answer = worker._submit(lambda: "answered")
    held.set()
    assert answer.result(10) == "answered"
    assert ahead.result(10) is None
    assert worker._generator is not None
    assert len(worker._generator.cache) < 4999


def test_what_is_only_made_ready_waits_for_what_is_read_ahead() -> None:
    worker = scripted_worker(FINAL)
    held = threading.Event()
    worker._submit(lambda: held.wait(10))
    worker.read_ahead((1,) * 500, keep=False)
    ready = worker.prepare_rules()
    held.set()
    ready.result(30)
    assert worker._generator is not None
    assert len(worker._generator.cache) == 499


def test_a_draft_is_read_so_that_sending_it_costs_its_last_tokens(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("engine.chat.chat.is_on_battery", lambda: False)
    scene = Scene(scripted_worker(FINAL), read_ahead=True)
    draft = "What is 127 + 386, and what would it be if I had begun with something else"
    scene.chat.read_draft(draft)
    settle(scene)
    ended = scene.say(draft + " altogether?")
    assert ended.statistics.prompt_tokens - ended.statistics.cached_tokens <= 8


def test_a_draft_is_left_alone_on_battery_and_where_nothing_is_read_ahead(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for on_battery, wanted in ((True, True), (False, False)):
        monkeypatch.setattr("engine.chat.chat.is_on_battery", lambda it=on_battery: it)
        scene = Scene(scripted_worker(FINAL), read_ahead=wanted)
        scene.chat.read_draft("hello")
        settle(scene)
        assert scene.say("hello").statistics.cached_tokens == 0


def test_a_draft_that_is_longer_than_the_context_is_not_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("engine.chat.chat.is_on_battery", lambda: False)
    scene = Scene(scripted_worker(FINAL), read_ahead=True)
    scene.chat.context_limit = 200
    for draft, is_read in (("and on " * 200, False), ("hello", True)):
        scene.chat.read_draft(draft)
        settle(scene)
        generator = scene.chat.worker._generator
        assert generator is not None
        assert bool(generator.cache.tokens) == is_read
