"""However the program ends, the terminal is as it was and a line says where the log is."""

from __future__ import annotations

import os
import signal
import termios
import time
from contextlib import suppress
from pathlib import Path

from harmony_tui.terminal import GIVEN_BACK
from tests.harmony_tui.terminal import Terminal

PROGRAM = """
import signal
from engine.config.settings import Settings
from harmony_tui.engine_link import EngineLink
from harmony_tui.full_screen import run
from harmony_tui.log import start_log
signal.signal(signal.SIGHUP, signal.SIG_DFL)  # whatever the tests were started with
start_log()
EngineLink.load = lambda self, name: None  # no model: what is tried here has no use for one
raise SystemExit(run(Settings()))
"""
SHELL = b"/bin/sh\0-c\0"
TAKEN = "\x1b[?1049h"


def begin(terminal: Terminal) -> list[object]:
    """Wait until the screen is drawn and watched over; return how keys were read before."""
    before = termios.tcgetattr(terminal.main)
    terminal.until(lambda: TAKEN in terminal.output and "harmony-tui\a" in terminal.output)
    terminal.until(lambda: is_watched_over(terminal.process.pid))
    time.sleep(0.1)  # it is told at once that the screen is taken
    terminal.output = ""
    return before


def is_watched_over(program: int) -> bool:
    """Whether the shell that gives the terminal back is there, among what else it has started."""
    children = Path(f"/proc/{program}/task/{program}/children")
    if not children.exists():
        return True
    for child in children.read_text().split():
        with suppress(OSError):  # it has ended meanwhile
            if Path(f"/proc/{child}/cmdline").read_bytes().startswith(SHELL):
                return True
    return False


def test_a_signal_ends_the_program_in_an_orderly_way(tmp_path: Path) -> None:
    with Terminal.running(PROGRAM, tmp_path) as terminal:
        before = begin(terminal)
        terminal.type("a draft")
        terminal.until(lambda: "draft" in terminal.output)
        os.kill(terminal.process.pid, signal.SIGTERM)
        terminal.until(lambda: terminal.process.poll() is not None)
        terminal.until(lambda: "harmony-tui.log" in terminal.output)
        log = tmp_path / "log" / "harmony-tui.log"
        assert terminal.process.returncode == 128 + signal.SIGTERM
        assert f"harmony-tui ended by SIGTERM. The details are in {log}." in terminal.output
        assert "ended by SIGTERM" in log.read_text()
        assert "was killed" not in terminal.output  # nobody else had to give it back
        assert terminal.output.index("\x1b[?1049l") < terminal.output.index("harmony-tui ended by")
        assert termios.tcgetattr(terminal.main) == before


def test_where_native_code_fails_the_terminal_comes_back(tmp_path: Path) -> None:
    with Terminal.running(PROGRAM, tmp_path) as terminal:
        before = begin(terminal)
        os.kill(terminal.process.pid, signal.SIGSEGV)
        terminal.until(lambda: "harmony-tui.log" in terminal.output)
        assert f"{GIVEN_BACK}harmony-tui was killed, or ended by native code." in terminal.output
        assert terminal.process.wait() == -signal.SIGSEGV
        assert termios.tcgetattr(terminal.main) == before
        assert "Segmentation fault" in (tmp_path / "log" / "harmony-tui.log").read_text()


def test_the_program_ends_with_the_window_it_is_in(tmp_path: Path) -> None:
    with Terminal.running(PROGRAM, tmp_path) as terminal:
        begin(terminal)
        side, terminal.main = terminal.main, os.open(os.devnull, os.O_RDONLY)
        os.close(side)
        os.kill(terminal.process.pid, signal.SIGHUP)  # as the system does it for a window's shell
        assert terminal.process.wait(30) == 128 + signal.SIGHUP


def test_the_program_ends_with_its_terminal_also_if_nobody_tells_it(tmp_path: Path) -> None:
    with Terminal.running(PROGRAM, tmp_path) as terminal:
        begin(terminal)
        terminal.type("a draft")
        terminal.until(lambda: "draft" in terminal.output)
        side, terminal.main = terminal.main, os.open(os.devnull, os.O_RDONLY)
        os.close(side)
        assert terminal.process.wait(30) == 128 + signal.SIGHUP
        assert "the terminal is gone" in (tmp_path / "log" / "harmony-tui.log").read_text()
