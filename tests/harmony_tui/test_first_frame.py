"""The frames that stand on the screen before Textual is imported."""

from __future__ import annotations

import json
import re
import shutil
import signal
import termios
from collections.abc import Iterator
from pathlib import Path

import pyte
import pytest

from harmony_tui.first_frame import GIVE_BACK, TAKE, Picture
from tests.harmony_tui.terminal import Terminal

PROGRAM = """
from harmony_tui import cli
from harmony_tui.engine_link import EngineLink
EngineLink.load = lambda self, name: None  # what is tried here has no use for a model
raise SystemExit(cli.main({arguments}))
"""
HELD = """
import os, signal
from harmony_tui.first_frame import shown
with shown("harmony-dark") as frame:
    {deed}
"""
KEYBOARD = re.compile(r"\x1b\[[=<>?][0-9;]*u")
"""How the Kitty protocol of keys is turned on; pyte would take the end of it for text."""
BOX = frozenset("╭╮╰╯─│")
CTRL_Q = "\x11"
MOUSE = "\x1b[?1000h"
"""The first thing that Textual asks of a terminal whose screen is taken already."""
COLUMNS, LINES = 100, 30
ONE_BOX = 2 * COLUMNS + 2
"""Cells of the frame that is as wide as the screen and holds one line."""


def screen_of(output: str) -> pyte.Screen:
    """Return a screen on which something was drawn."""
    screen = pyte.Screen(COLUMNS, LINES)
    pyte.Stream(screen).feed(KEYBOARD.sub("", output))
    return screen


@pytest.fixture(scope="module", autouse=True)
def _kind_of_terminal() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setenv("TERM", "xterm-256color")
        monkeypatch.setenv("COLORTERM", "truecolor")
        monkeypatch.delenv("NO_COLOR", raising=False)
        yield


@pytest.fixture(scope="module")
def left_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return what the program remembers of its screen once it was left."""
    home = tmp_path_factory.mktemp("left")
    start_and_leave(home)
    return home / "state" / "first_frame.json"


@pytest.fixture
def home(tmp_path: Path, left_once: Path) -> Path:
    """Return the home of a person who has left the program once."""
    (tmp_path / "state").mkdir()
    shutil.copy(left_once, tmp_path / "state")
    return tmp_path


def set_theme(home: Path, theme: str) -> None:
    """Have the person choose a theme."""
    (home / "config").mkdir()
    (home / "config" / "config.toml").write_text(f'theme = "{theme}"')


def start_and_leave(home: Path, *arguments: str) -> str:
    """Start the program, leave it once its keys are shown; return all that it has drawn."""
    program = PROGRAM.format(arguments=list(arguments))
    with Terminal.running(program, home) as terminal:
        terminal.until(lambda: "Quit" in terminal.output)
        terminal.type(CTRL_Q)
        terminal.until(lambda: terminal.process.poll() is not None)
        terminal.read()
        return terminal.output


def boxes_drawn(output: str) -> int:
    """Return how many cells of frames were drawn first; they have to stay as they were drawn."""
    assert output.startswith(TAKE)
    # The frames stay until they are drawn upon: the screen is taken once, and never cleared.
    assert output.count("\x1b[?1049h") == 1
    assert not re.search("\x1b\\[[0-3]?J", output)
    early, late = output.split(MOUSE, 1)
    frames, screen = screen_of(early), screen_of(late[: late.index("\x1b[?1049l")])
    drawn = 0
    for line in range(LINES):
        for column in range(COLUMNS):
            cell, last = frames.buffer[line][column], screen.buffer[line][column]
            if cell.data in BOX and last.data in BOX:
                drawn += 1
                assert (cell.data, cell.fg, cell.bg) == (last.data, last.fg, last.bg)
            elif cell.data in BOX:
                assert cell.data == "─"  # a title stands in the frame
            else:
                assert cell.data == " "
                assert cell.bg == screen.buffer[LINES - 1][0].bg
    return drawn


def test_what_is_drawn_first_is_where_it_stays(home: Path) -> None:
    assert boxes_drawn(start_and_leave(home)) > ONE_BOX


@pytest.mark.parametrize("theme", ["harmony-dark", "harmony-light"])
def test_of_a_screen_that_is_not_known_the_prompt_box_is_drawn(home: Path, theme: str) -> None:
    (home / "state" / "first_frame.json").unlink()
    set_theme(home, theme)
    assert boxes_drawn(start_and_leave(home)) == ONE_BOX


def test_what_is_typed_before_the_screen_is_there_is_neither_shown_nor_changed(
    home: Path,
) -> None:
    with Terminal.running(PROGRAM.format(arguments=[]), home) as terminal:
        terminal.until(lambda: "╯" in terminal.output)
        terminal.type("/keys\r")
        terminal.until(lambda: "Quit" in terminal.output)
        terminal.until(lambda: "scroll  Esc close" in terminal.output)
        early = terminal.output[: terminal.output.index(MOUSE)]
        assert "/keys" not in early


@pytest.mark.parametrize(
    "known", [{"COLORTERM": "no"}, {"NO_COLOR": "1"}, {"TEXTUAL_COLOR_SYSTEM": "256"}]
)
def test_nothing_is_drawn_where_the_screen_would_be_another(
    home: Path, known: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in known.items():
        monkeypatch.setenv(name, value)
    assert not start_and_leave(home).startswith(TAKE)


def test_a_terminal_of_another_name_may_show_the_same_colours(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "vt220")
    assert boxes_drawn(start_and_leave(home)) == ONE_BOX


def test_nothing_is_drawn_in_other_colours(home: Path) -> None:
    set_theme(home, "nord")  # whose file leaves the frame's colour to be derived
    assert not start_and_leave(home).startswith(TAKE)
    assert boxes_drawn(start_and_leave(home)) > ONE_BOX


def test_nothing_is_drawn_for_a_theme_that_has_been_replaced(home: Path) -> None:
    (home / "state" / "first_frame.json").unlink()
    (home / "config" / "themes").mkdir(parents=True)
    (home / "config" / "themes" / "harmony-dark.toml").write_text('background = "#000000"\n')
    assert not start_and_leave(home).startswith(TAKE)


@pytest.mark.parametrize("size", [(59, 24), (80, 19)])
def test_nothing_is_drawn_where_there_is_no_room(size: tuple[int, int], home: Path) -> None:
    (home / "state" / "first_frame.json").unlink()
    with Terminal.running(PROGRAM.format(arguments=[]), home, size=size) as terminal:
        terminal.until(lambda: "small" in terminal.output)
        assert not terminal.output.startswith(TAKE)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{}",
        "[1, 2]",
        "[" * 50_000,
        '[[[], [100, 30, "48;5;3", []]]]',
    ],
    ids=["empty", "no list", "no pairs", "too deep", "another"],
)
def test_a_file_that_makes_no_sense_is_as_good_as_none(home: Path, content: str) -> None:
    file = home / "state" / "first_frame.json"
    file.write_text(content)
    assert boxes_drawn(start_and_leave(home)) == ONE_BOX
    assert json.loads(file.read_text())[0][1][:2] == [COLUMNS, LINES]


@pytest.mark.parametrize(
    "content",
    [
        [100, 30, "31\x1b]52;c;eA==\a", []],
        [100, 30, "", []],
        [100.5, 30, "31", []],
        [100, 30, "31", [[0, 0, 101, 3, "31"]]],
        [100, 30, "31", [[0, -1, 10, 3, "31"]]],
        [100, 30, "31", [[0, 0, 1, 3, "31"]]],
        [100, 30, "31"],
    ],
)
def test_only_frames_on_the_screen_are_drawn(content: list[object]) -> None:
    with pytest.raises((TypeError, ValueError)):
        Picture.from_content(content)


def test_a_session_that_is_not_there_is_told_of_on_the_terminal_as_it_was(home: Path) -> None:
    with Terminal.running(PROGRAM.format(arguments=["--resume", "none"]), home) as terminal:
        before = termios.tcgetattr(terminal.main)
        terminal.until(lambda: terminal.process.poll() is not None)
        terminal.read()
        drawn, said = terminal.output.split(GIVE_BACK)
        assert drawn.startswith(TAKE)
        assert "none" in said
        assert termios.tcgetattr(terminal.main) == before


@pytest.mark.parametrize(
    "deed", ["os.kill(os.getpid(), signal.SIGTERM)", "raise KeyboardInterrupt"]
)
def test_whatever_ends_the_start_gives_the_terminal_back(home: Path, deed: str) -> None:
    with Terminal.running(HELD.format(deed=deed), home) as terminal:
        before = termios.tcgetattr(terminal.main)
        terminal.until(lambda: terminal.process.poll() is not None)
        terminal.read()
        assert terminal.output.startswith(TAKE)
        assert GIVE_BACK in terminal.output
        assert termios.tcgetattr(terminal.main) == before
        by_signal = 128 + signal.SIGTERM
        assert terminal.process.returncode == (by_signal if "kill" in deed else -signal.SIGINT)


def test_nothing_of_a_conversation_that_is_not_kept_is_remembered(tmp_path: Path) -> None:
    start_and_leave(tmp_path, "--ephemeral")
    assert not (tmp_path / "state" / "first_frame.json").exists()
