"""The prompt box in the application: keys in, what is sent out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot

from engine.chat import Chat
from engine.config import locations
from engine.config.settings import Settings
from harmony_tui.app import HarmonyApp
from harmony_tui.commands.table import BY_NAME
from harmony_tui.prompt.area import PromptArea
from tests.harmony_tui.screen import (
    NARROW,
    answered,
    screen_text,
    scripted_app,
    shows,
    submit,
    type_text,
    until,
)

REPLY = "<|channel|>final<|message|>Yes.<|return|>"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test a home, and a working folder, of its own."""
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    monkeypatch.setenv("HARMONY_TUI_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def area_of(app: HarmonyApp) -> PromptArea:
    return app.chat_screen.prompt.area


def said(app: HarmonyApp) -> list[str]:
    session = app.engine.session
    assert session is not None
    return [message.text for message in session.path() if message.role == "user"]


async def paste(pilot: Pilot[int], text: str) -> None:
    area = pilot.app.focused
    assert isinstance(area, PromptArea)
    area.post_message(events.Paste(text))
    await pilot.pause()


# --- history -------------------------------------------------------------------------------------


async def test_up_and_down_walk_through_what_was_sent() -> None:
    async with scripted_app(REPLY, REPLY) as (app, pilot):
        await submit(pilot, "first")
        await answered(pilot)
        app.chat_screen.prompt.begin("second\nof two lines")
        await pilot.press("enter")
        await answered(pilot)
        area = area_of(app)
        await type_text(pilot, "mine")
        await pilot.press("up")
        assert area.text == "second\nof two lines"
        await pilot.press("up")
        assert area.text == "first"
        await pilot.press("up")
        assert area.text == "first"
        await pilot.press("down", "down")
        assert area.text == "mine"
        await pilot.press("down")
        assert area.text == "mine"
        # What is changed on the way is a draft of its own.
        await pilot.press("up", "up", "x", "up", "down", "down")
        assert area.text == "firstx"
        await pilot.press("ctrl+underscore", "ctrl+underscore", "ctrl+underscore")
        assert area.text == "first"
        # Inside a draft of several lines the keys move the cursor.
        app.chat_screen.prompt.begin("a\nb")
        await pilot.press("up")
        assert (area.text, area.cursor_location) == ("a\nb", (0, 1))
    async with scripted_app() as (app, pilot):
        await pilot.press("up", "up")
        assert area_of(app).text == "first"


async def test_search_takes_or_gives_the_draft_back(home: Path) -> None:
    (home / "data").mkdir(parents=True)
    lines = [
        {"text": text} for text in ("Tell me about the sea", "日本語の海 sea", "/set top_k 40")
    ]
    (home / "data" / "history.jsonl").write_text("\n".join(map(json.dumps, lines)) + "\n")
    async with scripted_app(size=NARROW) as (app, pilot):
        area = area_of(app)
        await type_text(pilot, "my draft")
        await pilot.press("ctrl+r")
        await shows(pilot, "Search what was sent", "▸ /set top_k 40", "Tell me about the sea")
        assert area.text == ""
        await type_text(pilot, "SEA")
        await shows(pilot, "▸ 日本語の海 sea")
        assert "/set top_k" not in screen_text(app)
        await type_text(pilot, "x")
        await shows(pilot, "Nothing that was sent has these words.")
        await pilot.press("enter")
        assert area.text == "my draft"
        await pilot.press("ctrl+r")
        await type_text(pilot, "sea")
        await pilot.press("escape")
        assert area.text == "my draft"
        await until(pilot, lambda: "Search what was sent" not in screen_text(app))
        await pilot.press("ctrl+r")
        await type_text(pilot, "sea")
        await pilot.press("ctrl+r", "enter")
        assert area.text == "Tell me about the sea"
        assert not app.engine.is_answering
        await pilot.press(*["ctrl+underscore"] * 3)
        assert area.text == "my draft"


# --- drafts --------------------------------------------------------------------------------------


def drafts(home: Path) -> dict[str, str]:
    files = (home / "data" / "drafts").glob("*.json")
    return {file.stem: json.loads(file.read_text())["text"] for file in files}


async def test_drafts_belong_to_their_sessions(home: Path) -> None:
    async with scripted_app(REPLY, REPLY) as (app, pilot):
        area = area_of(app)
        await type_text(pilot, "hello")
        await until(pilot, lambda: drafts(home) == {f"new-{os.getpid()}": "hello"})
        await pilot.press("enter")
        await answered(pilot)
        await until(pilot, lambda: drafts(home) == {})
        session = app.engine.session_file
        assert session is not None
        await type_text(pilot, "later")
        await until(pilot, lambda: drafts(home) == {session.stem: "later"})
        await pilot.press("ctrl+n")
        assert area.text == ""
        await type_text(pilot, "here")
        app.begin_work(app.resume(session))
        await until(pilot, lambda: area.text == "later")
        await shows(pilot, "This draft was kept from before.")
        await pilot.press("enter")
        await answered(pilot)
        await until(pilot, lambda: drafts(home) == {})
        await pilot.press("up", "up")
        assert area.text == "here"  # which was written before there was a session
        await pilot.press("down", "down")
        await type_text(pilot, "at the end")
    assert drafts(home) == {session.stem: "at the end"}


async def test_a_draft_stays_with_its_session_also_while_another_one_opens(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with scripted_app(REPLY) as (app, pilot):
        await submit(pilot, "hello")
        await answered(pilot)
        session = app.engine.session_file
        assert session is not None
        await type_text(pilot, "later")
        await until(pilot, lambda: drafts(home) == {session.stem: "later"})
        begin = app.engine._begin

        def keep_and_begin(chat: Chat | None, began: datetime) -> None:
            app.chat_screen.prompt._keep()  # its time can come when the fork is opened already
            begin(chat, began)

        monkeypatch.setattr(app.engine, "_begin", keep_and_begin)
        app.run_command(BY_NAME["fork"])
        await until(pilot, lambda: app.engine.session_file != session)
        await until(pilot, lambda: not area_of(app).text)
        await until(pilot, lambda: drafts(home) == {session.stem: "later"})


async def test_a_draft_outlives_a_crash(home: Path) -> None:
    code = (
        "import os; from engine.config import locations; "
        "from harmony_tui.prompt.kept_drafts import Draft, Kept, KeptDrafts; "
        "kept = Kept(Draft('half a thou')); "
        "KeptDrafts(locations.drafts_folder()).keep(None, kept); os.abort()"
    )
    subprocess.run([sys.executable, "-c", code], check=False, cwd=Path(__file__).parents[3])
    assert list(drafts(home).values()) == ["half a thou"]
    async with scripted_app() as (app, pilot):
        await until(pilot, lambda: area_of(app).text == "half a thou")
        await until(pilot, lambda: drafts(home) == {f"new-{os.getpid()}": "half a thou"})
    # It ended well, so it is no draft any more, but it is not lost.
    assert drafts(home) == {}
    async with scripted_app() as (app, pilot):
        await pilot.press("up")
        assert area_of(app).text == "half a thou"


async def test_a_draft_of_a_session_outlives_a_crash(home: Path) -> None:
    async with scripted_app(REPLY) as (app, pilot):
        await submit(pilot, "hello")
        await answered(pilot)
        session = app.engine.session_file
        assert session is not None
    code = (
        "import os, sys; from engine.config import locations; "
        "from harmony_tui.prompt.kept_drafts import Draft, Kept, KeptDrafts, Queued; "
        "kept = Kept(Draft('half a thou'), (Queued('later', Draft('later')),)); "
        "KeptDrafts(locations.drafts_folder()).keep(sys.argv[1], kept); os.abort()"
    )
    root = Path(__file__).parents[3]
    subprocess.run([sys.executable, "-c", code, session.stem], check=False, cwd=root)
    async with scripted_app(size=NARROW) as (app, pilot):
        area = area_of(app)
        await until(pilot, lambda: area.text == "half a thou")
        await shows(pilot, f"This draft was kept; /resume {session.stem[-8:]} goes on there.")
        assert not app.outbox.queue.waiting  # which belongs to the session
        app.begin_work(app.resume(session))
        await shows(pilot, " 1  later", "Enter sends the first")
        assert area.text == "half a thou"
        await until(pilot, lambda: drafts(home) == {session.stem: "half a thou"})
    async with scripted_app() as (app, pilot):
        await pilot.pause()
        assert area_of(app).text == ""  # it ended well


async def test_nothing_is_written_of_an_ephemeral_conversation(home: Path) -> None:
    async with scripted_app(REPLY) as (app, pilot):
        app.engine.keeps_sessions = False
        app.start_conversation()
        await submit(pilot, "secret")
        await answered(pilot)
        await pilot.press("up")
        assert area_of(app).text == "secret"
        await pilot.pause(0.7)
    assert not locations.history_file().exists()
    assert not locations.drafts_folder().exists()


# --- pastes --------------------------------------------------------------------------------------

MARK = "[pasted 1: 240 lines]"
LINES = "\n".join(f"line {number}" for number in range(240))


async def test_a_large_paste_is_one_mark_that_is_sent_in_full() -> None:
    async with scripted_app(REPLY) as (app, pilot):
        area = area_of(app)
        await type_text(pilot, "see ")
        await paste(pilot, LINES.replace("\n", "\r"))
        assert area.text == f"see {MARK}"
        await shows(pilot, MARK, "Folded: Enter on it")
        await pilot.press("backspace")
        assert area.text == "see "
        await pilot.press("ctrl+underscore")
        assert area.text == f"see {MARK}"
        # The cursor jumps over it, and what is typed never lands inside.
        await pilot.press("left", "a", "right", "b", "ctrl+left", "ctrl+left", "c")
        assert MARK in area.text
        await pilot.press("end", "enter")
        await answered(pilot)
        (sent,) = said(app)
        assert LINES in sent
        assert MARK not in sent
        await pilot.press("up")
        assert MARK in area.text
        app.chat_screen.prompt.begin(area.draft, area.text.index(MARK))
        await pilot.press("enter")
        assert area.text == sent
        assert not app.engine.is_answering


async def test_small_pastes_and_wide_characters_are_text() -> None:
    async with scripted_app(REPLY) as (app, pilot):
        area = area_of(app)
        await paste(pilot, "two\rlines \x1b[31m")
        assert area.text == "two\nlines [31m"
        # An input method commits several characters at once.
        area.post_message(events.Key("日本語", "日本語"))
        for character in "👩‍👩‍👧\u3000x":
            area.post_message(events.Key("a_key", character))
        await pilot.pause()
        assert area.text == "two\nlines [31m日本語👩‍👩‍👧\u3000x"
        await pilot.press("enter")
        await answered(pilot)
        assert said(app) == ["two\nlines [31m日本語👩‍👩‍👧\u3000x"]


# --- files ---------------------------------------------------------------------------------------


async def test_a_mentioned_file_is_sent_as_text() -> None:
    Path("sea.py").write_text("wave = 1  # <|end|>\n")
    Path("sea.log").write_text("")
    Path("sky.png").write_bytes(b"\x89PNG\0")
    Path(".gitignore").write_text("*.log\n")
    async with scripted_app(REPLY, size=NARROW) as (app, pilot):
        area = area_of(app)
        await type_text(pilot, "explain @s")
        await shows(pilot, "▸ sea.py", "sky.png")
        assert "sea.log" not in screen_text(app)
        await pilot.press("down", "enter")
        assert area.text == "explain @sky.png "
        await pilot.press("enter")
        await shows(pilot, "sky.png is not UTF-8 text")
        assert area.text == "explain @sky.png "
        await pilot.press("ctrl+w", "ctrl+w")
        app.chat_screen.prompt.begin("explain ")
        await type_text(pilot, "@sap")
        await shows(pilot, "  sea.py")
        assert app.chat_screen.prompt.completions.chosen is None
        await pilot.press("tab")
        await shows(pilot, "─ 1 file · ")
        await pilot.press("n", "o", "w", "enter")
        await answered(pilot)
        assert said(app) == ["explain @sea.py now\n\nsea.py:\n```py\nwave = 1  # <|end|>\n```"]
        await shows(pilot, "Yes.")


# --- placeholders ---------------------------------------------------------------------------------


async def test_placeholders_are_filled_in_only_where_they_were_typed() -> None:
    Path("form.txt").write_text("Dear {user},\n")
    code = 'print(f"{user}")'
    large = "\n".join(["{user}"] * 20)
    settings = Settings(placeholders={"user": "Ada"})
    async with scripted_app(REPLY, REPLY, settings=settings) as (app, pilot):
        area = area_of(app)
        app.chat_screen.prompt.begin("I am {user}: @form.txt\n")
        await paste(pilot, f"  {code}\n")
        await paste(pilot, large)
        await pilot.press("enter")
        await answered(pilot)
        (sent,) = said(app)
        assert sent.startswith("I am Ada: @form.txt\n")
        assert code in sent
        assert large in sent
        assert "Dear {user}," in sent
        # What comes back of it, from the history or to be edited, is as it was.
        await pilot.press("up")
        app.chat_screen.prompt.unfold()
        assert area.draft.fill(app.engine.placeholders.fill).splitlines()[:3] == [
            "I am Ada: @form.txt",
            f"  {code}",
            "{user}",
        ]
        app.chat_screen.prompt.begin("")
        await submit(pilot, "/edit")
        await until(pilot, lambda: area.text == sent)
        await pilot.press("ctrl+end", *" {user}", "enter")
        await answered(pilot)
        assert said(app) == [f"{sent} Ada"]
        app.chat_screen.prompt.begin("/system {user} asks about ")
        await paste(pilot, code)
        await pilot.press("enter")
        assert app.engine.instructions == f"Ada asks about {code}"


# --- vim ------------------------------------------------------------------------------------------


async def test_escape_and_a_key_right_after_it_are_two_keys_to_vim() -> None:
    # A terminal sends the same for them as for Alt and that key.
    async with scripted_app(REPLY, settings=Settings(vim_keys=True), size=NARROW) as (app, pilot):
        area = area_of(app)
        driver = app._driver
        assert driver is not None

        async def press_quickly(character: str) -> None:
            key = events.Key(f"alt+{character}", character)
            key.set_sender(app)
            driver.send_message(key)
            await pilot.pause()

        await type_text(pilot, "one two three")
        await press_quickly("b")
        await shows(pilot, "─ NORMAL")
        await pilot.press("d", "w", "0", "c", "w", "x")
        assert area.text == "x two "
        await press_quickly("w")
        await pilot.press(".")
        assert area.text == "x x "
        await pilot.press("i")
        await press_quickly("q")  # Alt+Q is a command's, also here
        await shows(pilot, "─ INSERT")
        assert area.text == "x x "


async def test_vim_keys_where_they_are_set() -> None:
    async with scripted_app(REPLY, settings=Settings(vim_keys=True), size=NARROW) as (app, pilot):
        area = area_of(app)
        await shows(pilot, "─ INSERT ─")
        await type_text(pilot, "one two ")
        await paste(pilot, LINES)
        assert area.text == f"one two {MARK}"
        await pilot.press("escape")
        await shows(pilot, "─ NORMAL")
        # A folded paste is one character, and comes back as what it is.
        await pilot.press("x", "0", "P", "d")
        await shows(pilot, "─ NORMAL d")
        await pilot.press("escape", "w", "d", "w")
        assert area.text == f"{MARK}two "
        await pilot.press("u", "u", "ctrl+r")
        assert area.text == f"{MARK}one two "
        await pilot.press("0", "w", "v", "e")
        await shows(pilot, "─ VISUAL")
        assert area.selected_text == "one"
        await pilot.press("c")
        await type_text(pilot, "mine")
        await pilot.press("escape", "A", "!", "escape")
        assert area.text == f"{MARK}mine two !"
        assert LINES in area.draft.unfold()
        # In normal mode Escape and Enter mean what they always do; a new draft is typed.
        app.engine.is_answering = True
        await pilot.press("escape")
        app.engine.is_answering = False
        await pilot.press("enter")
        await answered(pilot)
        assert said(app) == [f"{LINES}mine two !"]
        await shows(pilot, "─ INSERT")
        # Completions go first, and the setting acts at once.
        await type_text(pilot, "/set vim")
        await pilot.press("escape")
        await type_text(pilot, "_keys off")
        await pilot.press("enter")
        await until(pilot, lambda: not app.settings.vim_keys)
        await type_text(pilot, "x")
        await until(pilot, lambda: "INSERT" not in screen_text(app))


# --- keys and hints ------------------------------------------------------------------------------


async def test_enter_begins_a_line_where_that_is_set() -> None:
    async with scripted_app(REPLY, REPLY, settings=Settings(enter="newline")) as (app, pilot):
        for key in ("alt+enter", "ctrl+j"):
            await type_text(pilot, "one")
            await pilot.press("enter", "t", "w", "o")
            assert area_of(app).text == "one\ntwo"
            assert not app.engine.is_answering
            await pilot.press(key)
            await answered(pilot)
        assert said(app) == ["one\ntwo"] * 2


async def test_words_are_moved_over_and_deleted() -> None:
    async with scripted_app() as (app, pilot):
        area = area_of(app)
        await type_text(pilot, "one two three")
        await pilot.press("alt+b", "alt+b", "alt+d")
        assert area.text == "one  three"
        await pilot.press("alt+f", "ctrl+w", "ctrl+u", "x")
        assert area.text == "x"
        await pilot.press("ctrl+j", "shift+enter", "y", "ctrl+home", "ctrl+k")
        assert area.text == "\n\ny"


async def test_the_box_tells_the_tokens_and_what_an_argument_is() -> None:
    async with scripted_app(REPLY, size=NARROW) as (app, pilot):
        await submit(pilot, "hello there")
        await answered(pilot)
        await until(pilot, lambda: app.chat_screen.status.activity.context_used > 0)
        await type_text(pilot, "three more words")
        length = app.engine.model.context_length if app.engine.model else 0
        used = app.chat_screen.status.activity.context_used
        await shows(pilot, f"3 tokens · context {used:,} of {length:,}")
        app.chat_screen.prompt.begin("/set temp")
        await shows(pilot, "temperature  1.0 now · 0.0 to 2.0 · Divides the logits")
        await until(pilot, lambda: "3 tokens ·" not in screen_text(app))
        app.chat_screen.prompt.begin("/set top_p ")
        await shows(pilot, "1.0 now · above 0.0 to 1.0 · Keep the likeliest")
        app.chat_screen.prompt.begin("/set effort=")
        await shows(pilot, "medium now · low, medium, high · How long")
        app.chat_screen.prompt.begin("/rename ")
        await shows(pilot, "/rename TITLE   Give the conversation a title.")
        app.chat_screen.prompt.begin("/keep theme")
        await shows(pilot, "harmony-dark · default")


async def test_commands_of_the_box(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    async with scripted_app() as (app, pilot):
        area = area_of(app)
        await type_text(pilot, "text")
        await pilot.press("ctrl+g")
        await shows(pilot, "No editor is named. Set VISUAL or EDITOR")
        app.run_command(BY_NAME["unfold"])
        await shows(pilot, "Nothing in the prompt box is folded.")
        await paste(pilot, LINES)
        app.run_command(BY_NAME["unfold"])
        assert area.text == f"text{LINES}"
        app.chat_screen.prompt.begin("/history his")
        await pilot.press("enter")
        await shows(pilot, "Search what was sent", "▸ /history his")
        assert area.text == "his"
        await pilot.press("escape")
        assert area.text == ""
        app.chat_screen.prompt.begin("/editor")
        await pilot.press("enter")
        await shows(pilot, "No editor is named.")


async def test_the_editors_text_comes_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "editor"
    script.write_text("#!/bin/sh\nprintf ' and more\\n' >> \"$1\"\n")
    script.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(script))
    async with scripted_app() as (app, pilot):
        monkeypatch.setattr(app, "suspend", nullcontext)  # there is no terminal to give away
        await type_text(pilot, "text")
        await pilot.press("ctrl+g")
        assert area_of(app).text == "text and more"
        await pilot.press("ctrl+underscore")
        assert area_of(app).text == "text"
