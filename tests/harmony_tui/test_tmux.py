"""The program in a real terminal: a question typed, the answer read off the screen."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")
PATIENCE_SECONDS = 120


class Terminal:
    """A tmux session of its own in which the program runs."""

    def __init__(self, folder: Path) -> None:
        self.socket = folder / "tmux"
        self.code = folder / "exit code"
        # Variables that say how large some other terminal is would be believed.
        program = (
            f"env -u COLUMNS -u LINES {sys.executable} -m harmony_tui; echo $? > '{self.code}'"
        )
        self.tmux("new-session", "-d", "-x", "120", "-y", "36", program)

    def tmux(self, *arguments: str) -> str:
        command = ["tmux", "-S", str(self.socket), "-f", os.devnull, *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    def screen(self) -> str:
        return self.tmux("capture-pane", "-p")

    def keys(self, *keys: str) -> None:
        self.tmux("send-keys", *keys)

    def until(self, condition: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE_SECONDS
        while not condition():
            assert time.monotonic() < end, f"waited in vain:\n{self.screen()}"
            time.sleep(0.1)

    def shows(self, *texts: str) -> None:
        self.until(lambda: all(text in self.screen() for text in texts))


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    terminal = Terminal(tmp_path)
    try:
        yield terminal
    finally:
        if not terminal.code.exists():
            terminal.tmux("kill-server")


def test_a_question_is_typed_and_its_answer_read(terminal: Terminal) -> None:
    terminal.shows("Conversation", "tiny demonstration model", "ready")
    terminal.keys("-l", "What is 127 + 386?")
    terminal.keys("Enter")
    terminal.shows("calculator  127+386  →  513", "expression: 127+386", "ready")
    terminal.keys("C-q")
    terminal.until(terminal.code.exists)
    assert terminal.code.read_text().strip() == "0"


def test_quitting_in_the_middle_of_loading(terminal: Terminal) -> None:
    terminal.shows("Conversation")
    terminal.keys("C-q")
    terminal.until(terminal.code.exists)
    assert terminal.code.read_text().strip() == "0"


def test_what_is_typed_during_the_start_stands_in_the_prompt_box(terminal: Terminal) -> None:
    terminal.keys("-l", "already here")
    terminal.shows("│ already here", "ready")
    terminal.keys("C-q")
    terminal.until(terminal.code.exists)
