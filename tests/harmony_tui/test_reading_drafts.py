"""A draft is read while it is typed, or as soon as the model has nothing else to do."""

from __future__ import annotations

import threading

import pytest
from textual.pilot import Pilot

from engine.harmony.encoding import load_encoding
from harmony_tui.app import HarmonyApp
from harmony_tui.engine_link import EngineLink
from tests.harmony_tui.screen import answered, scripted_app, submit, type_text, until

FINAL = "<|channel|>final<|message|>Indeed.<|return|>"
DRAFT = "a thought that nobody had before"


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Hold back each turn until this is set."""
    monkeypatch.setattr("engine.chat.chat.is_on_battery", lambda: False)
    run_turn, go_on = EngineLink._run_turn, threading.Event()

    def run_later(*arguments: object) -> None:
        assert go_on.wait(60)
        run_turn(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(EngineLink, "_run_turn", run_later)
    return go_on


async def is_read(pilot: Pilot[int], draft: str) -> None:
    """Wait until the model has read a draft, but for its last word."""
    app = pilot.app
    assert isinstance(app, HarmonyApp)
    tokens = load_encoding().encode(draft.rpartition(" ")[0])

    def is_cached() -> bool:
        generator = app.engine._worker._generator
        read = [] if generator is None else list(generator.cache.tokens)
        places = range(len(read) - len(tokens) + 1)
        return any(read[place : place + len(tokens)] == tokens for place in places)

    await until(pilot, is_cached)


async def test_what_is_typed_is_read_in_a_pause(held: threading.Event) -> None:
    held.set()
    async with scripted_app(FINAL) as (_, pilot):
        await type_text(pilot, DRAFT)
        await is_read(pilot, DRAFT)


async def test_what_is_typed_while_it_answers_is_read_after_it(held: threading.Event) -> None:
    async with scripted_app(FINAL) as (app, pilot):
        await submit(pilot, "Hello")
        await type_text(pilot, DRAFT)
        await until(pilot, lambda: app.engine._draft == DRAFT)
        assert app.engine.is_answering
        held.set()
        await is_read(pilot, DRAFT)
        assert not app.engine.is_answering
        assert app.chat_screen.prompt.area.text == DRAFT


async def test_what_was_sent_is_not_read_again_as_a_draft(held: threading.Event) -> None:
    async with scripted_app(FINAL) as (app, pilot):
        await type_text(pilot, DRAFT)
        await is_read(pilot, DRAFT)
        held.set()
        await pilot.press("enter")
        await answered(pilot)
        assert app.engine._draft == ""
