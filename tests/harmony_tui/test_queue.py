"""Messages that are entered while the model answers."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from textual.pilot import Pilot

from engine.config.settings import Settings
from engine.events import ModelLoaded
from harmony_tui.app import HarmonyApp
from tests.harmony_tui.screen import NARROW, screen_text, scripted_app, shows, submit, until

FINAL = "<|channel|>final<|message|>{}<|return|>"
LONG = "<|channel|>final<|message|>" + "on and on " * 30_000
CALL = (
    "<|channel|>commentary to=functions.calculator <|constrain|>json<|message|>"
    '{"expression":"1+1"}<|call|>'
)
ASKING = Settings(approval="always")
ENDLESS = Settings(hyperparameters={"max_tokens": 100_000, "loop_detection": "off"})


def questions(app: HarmonyApp) -> list[str]:
    """Return what the person has said, in its order."""
    session = app.engine.session
    return [each.text for each in session.path() if each.role == "user"] if session else []


async def enter(app: HarmonyApp, pilot: Pilot[int], text: str) -> None:
    """Put a text into the prompt box and press Enter."""
    app.chat_screen.prompt.begin(text)
    await pilot.press("enter")


def waiting(app: HarmonyApp) -> list[str]:
    """Return what waits, in its order."""
    return [each.text for each in app.outbox.queue.waiting]


async def test_what_is_entered_during_an_answer_is_sent_when_it_ends() -> None:
    replies = [CALL, *(FINAL.format(text) for text in ("first", "second", "third"))]
    async with scripted_app(*replies, size=NARROW, settings=ASKING) as (app, pilot):
        await submit(pilot, "one")
        await shows(pilot, "Allow this call?")
        await enter(app, pilot, "and two")
        await enter(app, pilot, "and\nthree")
        await shows(pilot, " 1  and two", " 2  and three", "Alt+Q edits the last")
        assert app.chat_screen.prompt.area.text == ""
        app.engine.answer(0, allowed=True)
        await until(pilot, lambda: len(questions(app)) == 3 and not app.engine.is_answering)
        assert questions(app) == ["one", "and two", "and\nthree"]
        await shows(pilot, "third", "ready")
        assert waiting(app) == []
        assert not app.outbox.queue.display


async def test_after_a_stop_they_wait_and_enter_sends_them() -> None:
    async with scripted_app(CALL, FINAL.format("second"), settings=ASKING) as (app, pilot):
        await enter(app, pilot, "first")
        await shows(pilot, "Allow this call?")
        await enter(app, pilot, "and two")
        await pilot.press("escape")
        await shows(pilot, "topped", "1 message waits: Enter in an empty box sends the first.")
        assert waiting(app) == ["and two"]
        await pilot.press("enter")
        await until(pilot, lambda: len(questions(app)) == 2 and not app.engine.is_answering)
        assert not waiting(app)


async def test_they_can_be_edited_and_dropped() -> None:
    async with scripted_app(LONG, settings=ENDLESS) as (app, pilot):
        await enter(app, pilot, "first")
        await shows(pilot, "on and on")
        area = app.chat_screen.prompt.area
        for text in ("a", "b", "c", "d"):
            await enter(app, pilot, text)
        await shows(pilot, " 1  a", " 2  b", "and 2 more")
        assert " 3  c" not in screen_text(app)
        await pilot.press("alt+q")
        assert (area.text, waiting(app)) == ("d", ["a", "b", "c"])
        await pilot.press("backspace", "up")
        assert (area.text, waiting(app)) == ("c", ["a", "b"])
        await pilot.press("up")  # the box is not empty any more
        assert waiting(app) == ["a", "b"]
        await enter(app, pilot, "/queue drop 1")
        await until(pilot, lambda: waiting(app) == ["b"])
        await enter(app, pilot, "/queue 2")
        await shows(pilot, "No message '2' waits; it has the number 1.")
        await enter(app, pilot, "/queue 1")
        await until(pilot, lambda: area.text == "b")
        await enter(app, pilot, "e")
        await until(pilot, lambda: waiting(app) == ["e"])
        await enter(app, pilot, "/queue send")
        await shows(pilot, "To stop it and send at once: /now.")
        await enter(app, pilot, "/queue clear")
        await shows(pilot, "The message is dropped.")
        assert app.engine.is_answering


@pytest.mark.parametrize("by_key", [True, False])
async def test_a_message_can_stop_the_answer_and_go_first(by_key: bool) -> None:
    replies = [CALL, FINAL.format("At once."), FINAL.format("Later.")]
    async with scripted_app(*replies, settings=ASKING) as (app, pilot):
        await enter(app, pilot, "first")
        await shows(pilot, "Allow this call?")
        await enter(app, pilot, "later")
        if by_key:
            app.chat_screen.prompt.begin("now this")
            await pilot.press("ctrl+enter")
        else:
            await enter(app, pilot, "/now now this")
        await until(pilot, lambda: len(questions(app)) == 3 and not app.engine.is_answering)
        assert questions(app) == ["first", "now this", "later"]


async def test_now_without_a_turn_sends_at_once() -> None:
    async with scripted_app(FINAL.format("Yes.")) as (app, pilot):
        await enter(app, pilot, "/now")
        await shows(pilot, "There is nothing to send.")
        await enter(app, pilot, "/now hello")
        await shows(pilot, "Yes.")
        assert questions(app) == ["hello"]


async def test_what_waits_stays_with_its_conversation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HARMONY_TUI_HOME", str(tmp_path / "home"))
    replies = [CALL, *(FINAL.format(text) for text in ("Yes.", "There.", "Here."))]
    async with scripted_app(*replies, settings=ASKING) as (app, pilot):
        await enter(app, pilot, "first")
        await shows(pilot, "Allow this call?")
        await enter(app, pilot, "second")
        await enter(app, pilot, "third")
        app.chat_screen.prompt.begin("a draft")
        session = app.engine.session_file
        assert session is not None
        await pilot.press("ctrl+n")
        await shows(pilot, "Talk to a model", "2 messages wait where you were; /resume ")
        ending = session.stem.rpartition("-")[2]
        assert f"/resume {ending} goes on there." in screen_text(app)
        assert waiting(app) == []
        assert not app.outbox.queue.display
        await pilot.press("enter")
        assert not app.engine.is_answering
        await submit(pilot, "something else")
        await shows(pilot, "Yes.", "ready")
        assert questions(app) == ["something else"]
        app.begin_work(app.resume(session))
        await until(pilot, lambda: waiting(app) == ["second", "third"])
        assert app.chat_screen.prompt.area.text == "a draft"
        await shows(pilot, " 1  second", "Enter sends the first")
        # It stays where a fork goes on from, too.
        await enter(app, pilot, "/fork")
        await shows(pilot, "2 messages wait where you were")
        await until(pilot, lambda: app.engine.session_file != session and not waiting(app))
        app.begin_work(app.resume(session))
        await until(pilot, lambda: waiting(app) == ["second", "third"])
        app.chat_screen.prompt.area.empty()
        await pilot.press("enter")
        await until(pilot, lambda: len(questions(app)) == 3 and not app.engine.is_answering)
        assert questions(app) == ["first", "second", "third"]


async def test_what_waits_in_a_session_waits_beside_what_waits_where_one_comes_from() -> None:
    async with scripted_app(LONG, LONG, settings=ENDLESS) as (app, pilot):
        files = []
        for text in ("a", "b"):
            await enter(app, pilot, f"question {text}")
            await until(pilot, lambda: app.engine.is_answering and app.engine.session_file)
            await enter(app, pilot, f"queued {text}")
            assert waiting(app) == [f"queued {text}"]
            files.append(app.engine.session_file)
            await pilot.press("ctrl+n")
        for file, text in (*zip(files, "ab", strict=True), (files[0], "a")):
            assert file is not None
            app.begin_work(app.resume(file))
            await until(pilot, lambda text=text: waiting(app) == [f"queued {text}"])  # type: ignore[misc]


async def test_what_waits_becomes_the_draft_where_no_conversation_is_kept() -> None:
    async with scripted_app(LONG, FINAL.format("Yes."), settings=ENDLESS) as (app, pilot):
        app.engine.keeps_sessions = False
        await enter(app, pilot, "first")
        await shows(pilot, "on and on")
        await enter(app, pilot, "second")
        await enter(app, pilot, "third")
        await enter(app, pilot, "/new")
        await until(pilot, lambda: app.chat_screen.prompt.area.text == "second\nthird")
        assert waiting(app) == []
        assert not app.engine.is_answering


async def test_what_waits_still_does_when_the_same_conversation_is_shown_anew() -> None:
    async with scripted_app(CALL, FINAL.format("Yes."), CALL, settings=ASKING) as (app, pilot):
        app.engine.keeps_sessions = False
        await enter(app, pilot, "first")
        await shows(pilot, "Allow this call?")
        await enter(app, pilot, "second")
        await pilot.press("escape")
        await shows(pilot, "1 message waits")
        await enter(app, pilot, "/edit")
        await until(pilot, lambda: app.chat_screen.prompt.area.text == "first")
        await enter(app, pilot, "first, but better")
        await until(pilot, lambda: questions(app) == ["first, but better", "second"])


async def test_nothing_is_sent_while_a_model_is_loaded() -> None:
    async with scripted_app(LONG, FINAL.format("Yes."), settings=ENDLESS) as (app, pilot):
        await enter(app, pilot, "first")
        await shows(pilot, "on and on")
        await enter(app, pilot, "second")
        await pilot.press("escape")
        await shows(pilot, "1 message waits")
        app.engine.is_loading = True
        await pilot.press("enter")
        await shows(pilot, "A model is being loaded")
        assert waiting(app) == ["second"]
        assert app.engine.model is not None
        app.engine._loads.put(ModelLoaded(app.engine.model))
        await until(pilot, lambda: not app.engine.is_loading)
        assert waiting(app) == ["second"]


async def test_they_survive_the_program_and_are_not_sent_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HARMONY_TUI_HOME", str(tmp_path / "home"))
    replies = [CALL, FINAL.format("first"), CALL]
    async with scripted_app(*replies, settings=ASKING) as (app, pilot):
        await enter(app, pilot, "one")
        await shows(pilot, "Allow this call?")
        await enter(app, pilot, "and two")
        await enter(app, pilot, "and three")
        session = app.engine.session_file
        assert session is not None
        kept = tmp_path / "home" / "data" / "drafts" / f"{session.stem}.json"
        await until(pilot, lambda: kept.exists() and "and three" in kept.read_text())
        shutil.copytree(tmp_path / "home", tmp_path / "killed")
        app.engine.answer(0, allowed=True)
        await until(pilot, lambda: questions(app) == ["one", "and two"])
        shutil.copytree(tmp_path / "home", tmp_path / "killed_later")
        # The file is from before the second was sent, as where the program was killed right then.
        shutil.copytree(tmp_path / "killed", tmp_path / "killed_later", dirs_exist_ok=True)
        later = tmp_path / "killed_later" / session.relative_to(tmp_path / "home")
        shutil.copy(session, later)
        await until(pilot, lambda: "and two" not in kept.read_text())
        await shows(pilot, "Allow this call?")
        await pilot.press("ctrl+q")

    for home, left in (
        ("killed", ["and two", "and three"]),
        ("killed_later", ["and three"]),
        ("home", ["and three"]),
    ):
        monkeypatch.setenv("HARMONY_TUI_HOME", str(tmp_path / home))
        file = tmp_path / home / session.relative_to(tmp_path / "home")
        async with scripted_app(FINAL.format("Yes."), size=NARROW) as (app, pilot):
            app.begin_work(app.resume(file))
            await until(pilot, lambda left=left: waiting(app) == left)  # type: ignore[misc]
            await shows(pilot, f" 1  {left[0]}", "Enter sends the first")
            asked = len(questions(app))
            await pilot.press("enter")
            await until(pilot, lambda asked=asked: len(questions(app)) > asked)  # type: ignore[misc]
            assert questions(app)[-1 if len(left) == 1 else asked] == left[0]
