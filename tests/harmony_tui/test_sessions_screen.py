"""The conversations that are kept, on the screen: real files, the real chat, scripted replies."""

from __future__ import annotations

from pathlib import Path
from threading import Event

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.pilot import Pilot
from textual.widgets import Input, Static

from engine.config import locations
from engine.config.settings import Settings
from engine.conversation.reading import read_session
from engine.conversation.store import Store
from engine.conversation.trash import trashed_sessions
from harmony_tui.app import HarmonyApp
from harmony_tui.commands.table import BY_NAME
from harmony_tui.screens.session_list import SessionList
from harmony_tui.screens.sessions import SessionsScreen
from tests.engine.scripted import scripted_worker
from tests.harmony_tui.kept import keep
from tests.harmony_tui.pictures import Pictures
from tests.harmony_tui.played import PlayedEngine
from tests.harmony_tui.screen import (
    ScriptedEngine,
    answered,
    says,
    screen_text,
    scripted_app,
    shows,
    submit,
    type_text,
    until,
)


def reply(text: str) -> str:
    return f"<|channel|>final<|message|>{text}<|return|>"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HARMONY_TUI_HOME", str(tmp_path))
    return locations.sessions_folder()


async def open_list(app: HarmonyApp, pilot: Pilot[int], count: int) -> SessionList:
    app.run_command(BY_NAME["sessions"])
    await until(pilot, lambda: isinstance(app.screen, SessionsScreen))
    await until(pilot, lambda: app.screen.query(SessionList))
    await until(pilot, lambda: len(app.screen.query_one(SessionList).entries) == count)
    return app.screen.query_one(SessionList)


def titles(rows: SessionList) -> list[str]:
    return [entry.session.title for entry in rows.entries]


async def test_one_is_found_by_what_was_said_and_resumed(folder: Path) -> None:
    sea = keep(folder, "Write about the sea", "Waves come and go.", day=1)
    keep(folder, "What is 127 + 386?", "513", day=2)
    async with scripted_app(reply("Salt stays.")) as (app, pilot):
        rows = await open_list(app, pilot, 2)
        assert titles(rows) == ["What is 127 + 386?", "Write about the sea"]
        await type_text(pilot, "wave")
        await until(pilot, lambda: titles(rows) == ["Write about the sea"])
        await shows(pilot, "Waves come and go.", "1 session found")
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is app.chat_screen)
        await until(pilot, lambda: app.engine.session_file == sea)
        await shows(pilot, "Write about the sea", "Waves come and go.")
        await submit(pilot, "And then?")
        await answered(pilot)
        await shows(pilot, "Salt stays.")
        said = [message.text for message in read_session(sea).path()]
        assert said == ["Write about the sea", "Waves come and go.", "And then?", "Salt stays."]
    with Store.open(sea):  # nobody holds it any more
        pass


async def test_enter_goes_to_what_was_found_and_says_how_full_the_context_is(folder: Path) -> None:
    said = [part for n in range(30) for part in (f"Question {n}?", f"About topic {n} *of* many.")]
    path = keep(folder, *said, day=1)
    keep(folder, "Topics", "None.", day=2)
    async with scripted_app(size=(100, 24)) as (app, pilot):
        transcript = app.chat_screen.conversation.transcript
        # The words need not follow one another, nor stand in the conversation that is open.
        for words, shown, found in (
            ("many topic 7", "About topic 7 of many.", "topic"),
            ("topic 12 of", "About topic 12 of many.", "topic"),
            ("topic 2", "About topic 2 of many.", "topic 2"),
        ):
            rows = await open_list(app, pilot, 2)
            await type_text(pilot, words)
            await until(pilot, lambda rows=rows: titles(rows) == ["Question 0?"])  # type: ignore[misc]
            await pilot.press("enter")
            await until(pilot, lambda: app.screen is app.chat_screen)
            await shows(pilot, shown)
            assert app.engine.session_file == path
            assert transcript.searched == found
            assert not transcript.is_following
            assert app.chat_screen.prompt.area.has_focus  # who goes on types at once
        await shows(pilot, "1 of 11  next  before")
        await pilot.press("alt+up", "n")
        await shows(pilot, "2 of 11  n next  N before")
        used = app.chat_screen.status.activity.context_used
        assert used > 300
        await shows(pilot, f"context {used}/")


async def test_enter_goes_to_another_branch_where_the_words_stand_there(folder: Path) -> None:
    async with scripted_app(reply("Blue."), reply("Green.")) as (app, pilot):
        await submit(pilot, "Sky?")
        await answered(pilot)
        app.begin_edit(app.engine.session.path()[0])  # type: ignore[union-attr]
        app.chat_screen.prompt.begin("Grass?")
        await pilot.press("enter")
        await answered(pilot)
        await shows(pilot, "Green.", "question 2/2")
        rows = await open_list(app, pilot, 1)
        await type_text(pilot, "blue")
        await until(pilot, lambda: rows.entry is not None and rows.entry.message is not None)
        await pilot.press("enter")
        await shows(pilot, "Sky?", "Blue.", "1 of 1")


async def test_what_cannot_be_read_of_a_session_is_reported(folder: Path) -> None:
    sea = keep(folder, "Write about the sea", "Waves come and go.")
    first, *others = sea.read_bytes().splitlines(keepends=True)
    sea.write_bytes(b"".join([first, b"no JSON\n", b"{}\n", *others]))
    async with scripted_app() as (_, pilot):
        await submit(pilot, f"/sessions {sea.stem}")
        await shows(pilot, "Waves come and go.", "2 lines of its file cannot be read")
        await says(pilot, f"they stay in the file, and {locations.log_file()} says why.")


async def test_they_are_renamed_deleted_and_brought_back(folder: Path) -> None:
    first, second = keep(folder, "One", "1", day=1), keep(folder, "Two", "2", day=2)
    async with scripted_app() as (app, pilot):
        rows = await open_list(app, pilot, 2)
        await pilot.press("down")
        assert rows.entry is not None
        assert rows.entry.session.path == first
        await pilot.press("r")
        await until(pilot, lambda: app.screen.query_one("#title").has_focus)
        app.screen.query_one("#title", Input).value = "Eins"
        await pilot.press("enter")
        await until(pilot, lambda: titles(rows) == ["Two", "Eins"])
        assert read_session(first).title == "Eins"
        await pilot.press("d")
        await until(pilot, lambda: titles(rows) == ["Two"])
        await shows(pilot, "“Eins” is in the trash.")
        assert [path.stem for path in trashed_sessions(folder)] == [first.stem]
        await pilot.press("u")
        await until(pilot, lambda: titles(rows) == ["Two", "Eins"])
        with Store.open(second):
            await pilot.press("home", "d")
            await shows(pilot, "is open")
        assert second.exists()
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is app.chat_screen)


async def test_one_that_is_open_elsewhere_is_said_to_be_and_another_can_be_chosen(
    folder: Path,
) -> None:
    other, path = keep(folder, "One", "1", day=1), keep(folder, "Two", "2", day=2)
    async with scripted_app() as (app, pilot):
        with Store.open(path):
            rows = await open_list(app, pilot, 2)
            await pilot.press("enter")
            await shows(pilot, "is open in")
            rows.focus()
            await pilot.press("enter", "enter")
            await until(pilot, lambda: not app.screen._is_opening)  # type: ignore[attr-defined]
            assert rows.screen is app.screen
            assert app.engine.session is None
            assert titles(rows) == ["Two", "One"]
            await pilot.press("down", "enter")
            await until(pilot, lambda: app.engine.session_file == other)
            await until(pilot, lambda: app.screen is app.chat_screen)
    for each in (other, path):
        with Store.open(each):  # nobody holds it any more
            pass


async def test_a_session_is_let_go_of_when_the_list_is_left_while_it_opens(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, may_open, opened = keep(folder, "One", "1"), Event(), Event()
    open_store = Store.open

    def open_slowly(path: Path) -> Store:
        may_open.wait(10)
        store = open_store(path)
        opened.set()
        return store

    async with scripted_app() as (app, pilot):
        await open_list(app, pilot, 1)
        monkeypatch.setattr(Store, "open", open_slowly)
        await pilot.press("enter", "escape")
        await until(pilot, lambda: app.screen is app.chat_screen)
        may_open.set()
        await until(pilot, opened.is_set)
        await until(pilot, lambda: not path.with_suffix(".lock").exists())
        assert app.engine.session is None


async def test_one_that_is_open_elsewhere_can_be_copied(folder: Path) -> None:
    path = keep(folder, "One", "1")
    async with scripted_app() as (app, pilot):
        with Store.open(path):
            await open_list(app, pilot, 1)
            app.screen.query_one(SessionList).focus()
            await pilot.press("enter")
            await shows(pilot, "is open in")
            await pilot.press("f")
            await until(pilot, lambda: app.engine.session is not None)
        session = app.engine.session
        assert session is not None
        assert session.head.forked_from is not None
        assert session.head.forked_from.session == path.stem


async def test_what_is_open_here_is_marked_and_not_deleted() -> None:
    async with scripted_app(reply("Yes.")) as (app, pilot):
        await submit(pilot, "Is it?")
        await answered(pilot)
        rows = await open_list(app, pilot, 1)
        await shows(pilot, "● Is it?")
        rows.focus()
        await pilot.press("d")
        await shows(pilot, "This one is open here")
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is app.chat_screen)
        await shows(pilot, "This is the conversation that is open here.")


async def test_words_are_edited_and_versions_walked() -> None:
    replies = (reply("Blue."), reply("Green."), reply("Grass grows."))
    async with scripted_app(*replies) as (app, pilot):
        await submit(pilot, "Sky?")
        await answered(pilot)
        await submit(pilot, "/edit")
        assert app.chat_screen.prompt.area.text == "Sky?"
        await pilot.press("escape")
        assert app.chat_screen.prompt.area.text == ""
        await submit(pilot, "/edit 1")
        app.chat_screen.prompt.begin("Grass?")
        await pilot.press("enter")
        await answered(pilot)
        await shows(pilot, "Green.", "question 2/2")
        assert "▌ Sky?" not in screen_text(app)
        await pilot.press("alt+left")
        await shows(pilot, "Sky?", "Blue.", "question 1/2")
        assert "▌ Green." not in screen_text(app)
        await pilot.press("alt+left")
        await shows(pilot, "This is the first of 2.")
        await submit(pilot, "/newer")
        await shows(pilot, "Green.", "question 2/2")
        await submit(pilot, "Why?")
        await answered(pilot)
        session = app.engine.session
        assert session is not None
        said = [message.text for message in session.path()]
        assert said == ["Grass?", "Green.", "Why?", "Grass grows."]


async def test_a_conversation_is_renamed_forked_and_exported(folder: Path, tmp_path: Path) -> None:
    async with scripted_app(reply("Blue."), reply("Later.")) as (app, pilot):
        await submit(pilot, "/fork")
        await shows(pilot, "Nothing was said here yet.")
        await submit(pilot, "Sky?")
        await answered(pilot)
        first = app.engine.session_file
        app.run_command(BY_NAME["rename"], "Colours [of] things")
        await shows(pilot, "Colours [of] things")
        app.run_command(BY_NAME["export"], str(tmp_path / "sky.md"))
        await until(pilot, (tmp_path / "sky.md").exists)
        assert "Blue." in (tmp_path / "sky.md").read_text()
        app.run_command(BY_NAME["fork"])
        await until(pilot, lambda: app.engine.session_file != first)
        await submit(pilot, "And at night?")
        await answered(pilot)
        assert len(list(folder.glob("*.jsonl"))) == 2
        assert first is not None
        assert len(read_session(first).messages) == 2


async def test_nothing_is_kept_of_an_ephemeral_conversation(folder: Path) -> None:
    async with scripted_app(reply("Blue.")) as (app, pilot):
        app.engine.keeps_sessions = False
        app.run_command(BY_NAME["new"])
        await submit(pilot, "Sky?")
        await answered(pilot)
        app.run_command(BY_NAME["fork"])
        await shows(pilot, "not kept")
    assert not list(folder.glob("*.jsonl"))


async def test_one_that_was_named_at_the_start_is_shown(folder: Path) -> None:
    path = keep(folder, "Write about the sea", "Waves come and go.", title="The sea")
    worker = scripted_worker(reply("Salt stays."))
    app = HarmonyApp(
        Settings(),
        None,
        lambda settings, on_arrival: ScriptedEngine(settings, on_arrival, worker),
        resumed=Store.open(path),
    )
    try:
        async with app.run_test(size=(80, 24)) as pilot:
            await shows(pilot, "The sea", "Waves come and go.")
            app.chat_screen.prompt.begin("And then?")
            await pilot.press("enter")
            await answered(pilot)
            await shows(pilot, "Salt stays.")
            app.run_command(BY_NAME["new"])
            await until(pilot, lambda: "Waves" not in screen_text(app))
    finally:
        app.engine.close()
    assert len(read_session(path).messages) == 4


# --- pictures ---------------------------------------------------------------------------------

LONG = "A title of somebody who is very exact about what was said, and where, and by whom, and why"
WIDE = "日本語の長いタイトルで、幅の広い文字がたくさん並んでいるものはどう切られるのでしょうか"


def fill(folder: Path) -> None:
    for number in range(40):
        day, model = 1 + number % 28, ("demo", "openai/gpt-oss-20b")[number % 2]
        keep(folder, f"Question {number}", "Answer", day=day, number=number, model=model)
    keep(folder, "Will it rain?", "I *cannot* know.", day=30, number=41, title=LONG)
    keep(folder, "雨は?", "わかりません。", day=29, number=42, title=WIDE)


PICTURES: dict[str, tuple[tuple[str, ...], str]] = {
    "list": (("down",), "Question 27"),
    "found": (("r", "a", "i", "n"), "1 session found"),
    "title": (("down", "r"), "Question 27"),
}
"""What is pressed for each, and what is shown then."""


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_pictures(
    snapshot: SnapshotAssertion, folder: Path, tmp_path: Path, size: tuple[int, int]
) -> None:
    pictures = Pictures(snapshot, tmp_path)
    app = HarmonyApp(Settings(theme="harmony-dark"), None, PlayedEngine)
    try:
        async with app.run_test(size=size) as pilot:
            await open_list(app, pilot, 0)
            await shows(pilot, "Nothing is kept yet.")
            # The folder is another one in each run.
            app.screen.query_one("#said", Static).update("Nothing is kept yet.")
            await pictures.take(pilot, "none")
            fill(folder)
            for name, (keys, shown) in PICTURES.items():
                while app.screen is not app.chat_screen:
                    await pilot.press("escape")
                await open_list(app, pilot, 42)
                await pilot.press(*keys)
                await shows(pilot, shown)
                await pictures.take(pilot, name)
    finally:
        app.engine.close()
    pictures.check()
