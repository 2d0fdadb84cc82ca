"""The program behaves in its terminal: title, bell, notification, suspension, stillness, noise."""

from __future__ import annotations

import gc
import os
import re
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual import constants, events
from textual.pilot import Pilot
from textual.widgets import Input

from engine.config.settings import Settings
from engine.events import Statistics, ToolCallRequested, TurnEnded
from harmony_tui.app import HarmonyApp
from harmony_tui.commands.table import BY_NAME
from harmony_tui.terminal import BELL, KEEP_TITLE, TITLE_BACK, notification, title
from tests.harmony_tui.screen import answered, scripted_app, shows, submit, until
from tests.harmony_tui.terminal import Terminal

ANSWER = "<|channel|>final<|message|>Fine.<|return|>"
OSC9 = re.compile("\x1b]9;([^\x07]*)\x07")


@pytest.fixture(autouse=True)
def _terminal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HARMONY_TUI_HOME", str(tmp_path))
    monkeypatch.setenv("TERM", "xterm-256color")
    for name in ("TMUX", "VTE_VERSION"):
        monkeypatch.delenv(name, raising=False)


def listen(app: HarmonyApp) -> list[str]:
    """Return what is written to the terminal from now on."""
    written: list[str] = []
    driver = app._driver
    assert driver is not None
    driver.write = written.append  # type: ignore[method-assign]
    return written


async def look_away(app: HarmonyApp, pilot: Pilot[int]) -> None:
    app.post_message(events.AppBlur())
    await until(pilot, lambda: not app.app_focus)


# --- the bell and the notification ------------------------------------------------------------


async def test_an_answer_that_ends_unseen_calls() -> None:
    async with scripted_app(ANSWER, ANSWER) as (app, pilot):
        await submit(pilot, "Hello")
        await answered(pilot)
        written = listen(app)
        await look_away(app, pilot)
        app.engine.send("And again")
        await until(pilot, lambda: BELL in written)
        assert OSC9.findall("".join(written)) == ["harmony-tui: the answer is there (Hello)"]


async def test_one_that_is_seen_does_not() -> None:
    async with scripted_app(ANSWER) as (app, pilot):
        written = listen(app)
        await submit(pilot, "Hello")
        await answered(pilot)
        await until(pilot, lambda: any("Hello · harmony-tui" in each for each in written))
        assert BELL not in written
        assert not OSC9.findall("".join(written))


@pytest.mark.parametrize(
    ("how", "rings", "notifies"),
    [("bell", True, False), ("desktop", False, True), ("never", False, False)],
)
async def test_how_it_calls_is_a_setting(how: str, rings: bool, notifies: bool) -> None:
    settings = Settings.model_validate({"notify": how})
    async with scripted_app(settings=settings) as (app, pilot):
        written = listen(app)
        await look_away(app, pilot)
        app.manners.hear(TurnEnded("stop", Statistics()))
        assert (BELL in written) == rings
        assert bool(OSC9.findall("".join(written))) == notifies


async def test_a_call_that_waits_for_leave_calls_and_a_stop_does_not() -> None:
    async with scripted_app() as (app, pilot):
        written = listen(app)
        await look_away(app, pilot)
        app.manners.hear(TurnEnded("cancelled", Statistics()))
        assert written == []
        app.manners.hear(ToolCallRequested(0, "functions.clock", "{}", "nothing", False))
        assert written == []
        app.manners.hear(ToolCallRequested(0, "functions.clock", "{}", "nothing", True))
        assert OSC9.findall("".join(written)) == ["harmony-tui: may it use clock?"]


def test_a_notification_is_written_as_the_terminal_reads_it() -> None:
    assert notification("done", {"TERM": "xterm-kitty"}) == "\x1b]9;done\a"
    foot = notification("a; b", {"TERM": "foot"})
    assert foot == "\x1b]777;notify;harmony-tui;a, b\a"
    assert notification("done", {"TERM": "xterm", "VTE_VERSION": "7000"}).startswith("\x1b]777;")
    inside = notification("done", {"TERM": "tmux-256color", "TMUX": "/tmp/tmux"})
    assert inside == "\x1bPtmux;\x1b\x1b]9;done\a\x1b\\"
    for plain in ({"TERM": "linux"}, {"TERM": "dumb"}, {}):
        assert notification("done", plain) == ""


def test_no_text_can_end_the_sequence_it_stands_in() -> None:
    evil = "a\x07\x1b]0;owned\x1b\\\x9c\nb" + "x" * 500
    for sequence in (title(evil), notification(evil, {"TERM": "xterm"})):
        inner = sequence.removesuffix("\a").partition(";")[2]
        assert inner.isprintable()
        assert inner.startswith("a ]0;owned \\ b")
        assert len(inner) == 80


# --- the title --------------------------------------------------------------------------------


async def test_the_title_says_what_is_talked_about_and_what_goes_on() -> None:
    async with scripted_app(ANSWER) as (app, pilot):
        written = listen(app)
        await submit(pilot, "Hello")
        await answered(pilot)
        await until(pilot, lambda: written and written[-1] == title("Hello · harmony-tui"))
        assert title("● Hello · harmony-tui") in written
        written.clear()
        app.run_command(BY_NAME["rename"], "A sea shanty")
        await until(pilot, lambda: written == [title("A sea shanty · harmony-tui")])
        app.run_command(BY_NAME["new"])
        await until(pilot, lambda: written[-1] == title("harmony-tui"))


# --- stillness --------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["setting", "variable"])
async def test_nothing_moves_where_nothing_is_to(how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if how == "variable":
        monkeypatch.setattr(constants, "TEXTUAL_ANIMATIONS", "none")
    settings = Settings(reduced_motion=how == "setting")
    async with scripted_app(settings=settings) as (app, pilot):
        status = app.chat_screen.status
        status.activity.state, status.activity.is_busy = "thinking", True
        assert status._state().plain == "thinking …"
        assert not app.chat_screen.prompt.area.cursor_blink
        app.run_command(BY_NAME["settings"])
        await until(pilot, lambda: isinstance(app.focused, Input))
        assert app.focused is not None
        await until(pilot, lambda: not app.focused.cursor_blink)  # type: ignore[union-attr]


async def test_otherwise_it_does() -> None:
    async with scripted_app() as (app, _):
        status = app.chat_screen.status
        status.activity.is_busy = True
        before = status._state().plain
        status._spin()
        assert status._state().plain != before
        assert app.chat_screen.prompt.area.cursor_blink


# --- the start --------------------------------------------------------------------------------


async def test_a_start_without_a_look_for_garbage_has_one_afterwards() -> None:
    before, frozen = gc.get_threshold(), gc.get_freeze_count()
    gc.set_threshold(700, 10, 10)  # Python's own
    gc.disable()
    try:
        async with scripted_app() as (_, pilot):
            await until(pilot, gc.isenabled)
            assert gc.get_freeze_count() > frozen
            assert gc.get_threshold() > (700, 10, 10)
    finally:
        gc.enable()
        gc.set_threshold(*before)
        gc.unfreeze()
        gc.collect()
        gc.freeze()


# --- in a terminal ----------------------------------------------------------------------------


async def test_without_a_shell_there_is_no_suspension() -> None:
    async with scripted_app() as (app, pilot):
        app.run_command(BY_NAME["suspend"])
        await shows(pilot, "no shell behind this screen")


async def test_its_key_undoes_where_there_is_a_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("harmony_tui.manners.UNDOING_SECONDS", 60)
    async with scripted_app() as (app, pilot):
        ran: list[str] = []
        app.run_command = lambda command, argument="": ran.append(command.name)  # type: ignore[method-assign,misc]
        area = app.chat_screen.prompt.area
        await pilot.press("a", "ctrl+z")
        await until(pilot, lambda: not area.text)
        await pilot.press("ctrl+z")  # once too often
        assert ran == []
        # What stood there before is not brought back.
        await pilot.press("a", "ctrl+u")
        area.undone_at -= 60
        await pilot.press("ctrl+z")
        assert (ran, area.text) == (["suspend"], "")
        app.chat_screen.conversation.transcript.focus()
        await pilot.press("ctrl+z")
        assert ran == ["suspend", "suspend"]


NOISY = """
import os, threading, time
from engine.config.settings import Settings
from harmony_tui.full_screen import run

def be_noisy():
    time.sleep(1)
    os.write(2, b"NATIVE NOISE\\n")

threading.Thread(target=be_noisy, daemon=True).start()
raise SystemExit(run(Settings(), is_ephemeral=True))
"""


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    (tmp_path / "log").mkdir()
    with Terminal.running(NOISY, tmp_path) as terminal:
        yield terminal


@pytest.mark.skipif(sys.platform != "linux", reason="reads the process's state from /proc")
def test_the_terminal_is_left_and_given_back_as_it_was(terminal: Terminal, tmp_path: Path) -> None:
    log = tmp_path / "log" / "harmony-tui.log"
    terminal.until(lambda: log.exists() and "NATIVE NOISE" in log.read_text())
    terminal.until(lambda: title("harmony-tui") in terminal.output)
    assert "NOISE" not in terminal.output
    assert terminal.output.index(KEEP_TITLE) < terminal.output.index("\x1b]2;")
    # Suspended: the screen that was there before is back, and so is its title.
    terminal.output = ""
    terminal.type("\x1a")
    terminal.until(lambda: terminal.is_stopped)
    terminal.read()
    assert TITLE_BACK in terminal.output
    assert terminal.output.index(TITLE_BACK) < terminal.output.index("\x1b[?1049l")
    terminal.output = ""
    os.kill(terminal.process.pid, signal.SIGCONT)
    terminal.until(lambda: KEEP_TITLE + title("harmony-tui") in terminal.output)
    assert "\x1b[?1049h" in terminal.output
    terminal.until(lambda: "\x1b[30;1H" in terminal.output)  # it is drawn down to its last line
    assert "Quit" in terminal.output[terminal.output.index("\x1b[30;1H") :]
    terminal.output = ""
    terminal.type("\x11")
    terminal.until(lambda: terminal.process.poll() is not None)
    terminal.read()
    assert terminal.process.returncode == 0
    assert "\x1b[?1049l" in terminal.output
    assert terminal.output.endswith(TITLE_BACK)
    assert "NOISE" not in terminal.output
