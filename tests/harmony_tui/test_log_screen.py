"""/log: what was logged, on the screen, as it is written."""

from __future__ import annotations

import logging
import os
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, RichLog

from engine.config import locations
from harmony_tui import log_file
from harmony_tui.commands.table import BY_NAME
from harmony_tui.log import FORMAT
from harmony_tui.log_file import LogFile, Record, parse
from harmony_tui.screens.log import LogScreen
from tests.harmony_tui.screen import screen_text, scripted_app, shows, type_text, until

SAMPLE = (
    "2026-11-27 14:00:00,001 812 engine.worker WARNING: memory is short\n"
    "noise of a library\n"
    "2026-11-27 14:00:01,002 812 engine.worker ERROR: loading nowhere failed\n"
    "Traceback (most recent call last):\n"
    '  File "worker.py", line 1, in load\n'
    "engine.models.configuration.CheckpointError: no such folder\n"
)


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HARMONY_TUI_HOME", str(tmp_path))
    path = locations.log_file()
    path.parent.mkdir(parents=True)
    return path


def write(path: Path, text: str) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(text)


async def open_log(pilot: Pilot[int]) -> LogScreen:
    app = pilot.app
    await pilot.press("f12")
    await until(pilot, lambda: isinstance(app.screen, LogScreen))
    assert isinstance(app.screen, LogScreen)
    return app.screen


# --- reading the file -------------------------------------------------------------------------


def test_a_record_is_a_line_and_its_traceback() -> None:
    warning, error = parse(SAMPLE)
    assert warning.level == "warning"
    assert warning.text.endswith("memory is short\nnoise of a library")
    assert error.level == "error"
    assert error.text.endswith("no such folder")


def test_what_the_programs_own_log_writes_is_read(log: Path) -> None:
    handler = logging.FileHandler(log, encoding="utf-8")
    handler.setFormatter(logging.Formatter(FORMAT))
    logger = logging.Logger("some.part")
    logger.addHandler(handler)
    for level in ("debug", "info", "warning", "error", "critical"):
        getattr(logger, level)("that was %s", level)
    handler.close()
    _, records = LogFile(log).read()
    assert [each.level for each in records] == ["debug", "info", "warning", "error", "error"]


def test_native_noise_at_the_beginning_has_no_level() -> None:
    first, second, third = parse("[metal] boo\nagain\n" + SAMPLE.splitlines()[0])
    assert (first, second) == (Record("", "[metal] boo"), Record("", "again"))
    assert third.level == "warning"


def test_only_what_was_added_is_read_again(log: Path) -> None:
    write(log, SAMPLE)
    file = LogFile(log)
    assert file.read() == (True, list(parse(SAMPLE)))
    assert file.read() == (False, [])
    write(log, "half a")
    assert file.read() == (False, [])
    write(log, " line\n")
    assert file.read() == (False, [Record("", "half a line")])


def test_a_log_that_begins_anew_is_read_from_its_beginning(log: Path) -> None:
    write(log, SAMPLE)
    file = LogFile(log)
    file.read()
    log.rename(log.with_suffix(".log.1"))
    write(log, "new\n")
    assert file.read() == (True, [Record("", "new")])
    os.truncate(log, 0)
    assert file.read() == (True, [])


def test_of_a_large_log_the_end_is_read(log: Path) -> None:
    with log.open("w") as file:
        file.writelines(f"line {number}\n" for number in range(200_000))
    reader = LogFile(log)
    _, records = reader.read()
    assert records[-1].text == "line 199999"
    assert records[0].text.startswith("line ")
    assert len(records) < log_file.TAIL_BYTES / 10
    write(log, "x" * (log_file.READ_BYTES + 10) + "\nlast\n")
    assert reader.read() == (False, [Record("", "last")])


def test_bytes_that_are_no_text_are_shown_as_such(log: Path) -> None:
    log.write_bytes(b"\xff\xfe\x00\n")
    _, (record,) = LogFile(log).read()
    assert record.text == "\ufffd\ufffd\x00"


# --- the screen -------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(80, 24), (160, 40)])
async def test_it_is_shown_filtered_and_followed(log: Path, size: tuple[int, int]) -> None:
    write(log, SAMPLE)
    async with scripted_app(size=size) as (app, pilot):
        screen = await open_log(pilot)
        await shows(pilot, "memory is short", "noise of a library", "no such folder", "2 records")
        await pilot.press("shift+tab")
        await shows(pilot, "errors alone shown")
        assert "memory is short" not in screen_text(app)
        await pilot.press("tab")
        await shows(pilot, "everything shown")
        await type_text(pilot, "short")
        await until(pilot, lambda: "no such folder" not in screen_text(app))
        assert "memory is short" in screen_text(app)
        write(log, "2026-11-27 14:00:02,003 812 a.b INFO: Short of time\nand not this\n")
        await shows(pilot, "Short of time", "3 records")
        screen.query_one(Input).value = ""
        await shows(pilot, "no such folder")
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is app.chat_screen)


async def test_the_end_stays_in_view_unless_one_has_scrolled_up(log: Path) -> None:
    write(log, "".join(f"line {number}\n" for number in range(300)))
    async with scripted_app(size=(80, 24)) as (app, pilot):
        screen = await open_log(pilot)
        await shows(pilot, "line 299")
        write(log, "and one more\n")
        await shows(pilot, "and one more")
        await pilot.press("pageup", "up")
        await until(pilot, lambda: "and one more" not in screen_text(app))
        rows = screen.query_one(RichLog)
        place = rows.scroll_offset.y
        write(log, "unseen\n")
        await shows(pilot, "302 records")
        assert rows.scroll_offset.y == place
        await pilot.press("ctrl+end")
        await shows(pilot, "unseen")
        await pilot.press("ctrl+home")
        await shows(pilot, "line 0")


async def test_nothing_in_it_acts_on_the_terminal_and_its_path_is_copied(log: Path) -> None:
    write(log, "\x1b]0;owned\x07 \x1b[31mred\x9b2J [bold]no markup[/bold]\n")
    async with scripted_app(size=(120, 30)) as (app, pilot):
        await open_log(pilot)
        await shows(pilot, "␛]0;owned␇", "␛[31mred⟨9B⟩2J", "[bold]no markup[/bold]")
        strips = app.screen._compositor.render_strips()
        assert not any(c in strip.text for strip in strips for c in "\x1b\x07\x9b")
        await pilot.press("ctrl+s")
        await shows(pilot, "Copied:")
        assert app.clipboard == str(log)


async def test_no_log_yet(log: Path) -> None:
    async with scripted_app(size=(80, 24)) as (_, pilot):
        await open_log(pilot)
        await shows(pilot, "Nothing was logged yet.")
        write(log, "there it is\n")
        await shows(pilot, "there it is")


async def test_words_can_be_given_with_the_command(log: Path) -> None:
    write(log, SAMPLE)
    async with scripted_app(size=(80, 24)) as (app, pilot):
        app.run_command(BY_NAME["log"], "nowhere")
        await shows(pilot, "loading nowhere failed")
        assert "memory is short" not in screen_text(app)


async def test_what_is_read_after_it_was_closed_harms_nothing(log: Path) -> None:
    write(log, SAMPLE)
    async with scripted_app(size=(80, 24)) as (app, pilot):
        screen = await open_log(pilot)
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is app.chat_screen and not screen.children)
        write(log, "one more\n")
        await screen._look()
