"""Runs a full-screen program in a terminal of its own, and reads its screen as a person does."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pyte

COLUMNS, ROWS = 120, 40
LIMIT_SECONDS = 300
QUIT_SECONDS = 10
CTRL_Q = b"\x11"
KEYBOARD = re.compile(rb"\x1b\[[=<>?][0-9;]*u")
"""How the Kitty protocol of keys is turned on; pyte would take the end of it for text."""
OURS = (sys.executable, "-m", "harmony_tui")
"""The command that starts harmony-tui."""


def fresh_environment(home: Path, *, first_start: bool = False) -> dict[str, str]:
    """Return the environment of a person who has not used a program before.

    Args:
        home: an empty folder, which takes the files of all programs.
        first_start: whether Python's compiled files are not there yet, either.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    environment = {
        **kept,
        "HARMONY_TUI_HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_DATA_HOME": str(home / "data"),
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
    }
    if first_start:
        environment["PYTHONPYCACHEPREFIX"] = str(home / "bytecode")
    return environment


class Program:
    """A program that runs, and the screen that it has drawn so far.

    What is read is drawn once the screen is looked at: pyte would take more of a processor than a
    terminal does, and the program has to share it.
    """

    def __init__(self, terminal: int, pid: int) -> None:
        self.pid = pid
        self._terminal = terminal
        self._screen = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.ByteStream(self._screen)
        self._undrawn = bytearray()

    @property
    def lines(self) -> list[str]:
        """The lines of the screen that are not empty."""
        self._stream.feed(KEYBOARD.sub(b"", bytes(self._undrawn)))
        self._undrawn.clear()
        return [line.rstrip() for line in self._screen.display if line.strip()]

    def type(self, keys: str) -> None:
        """Press keys, as the terminal sends them."""
        os.write(self._terminal, keys.encode())

    def read(self, seconds: float) -> bytes:
        """Return what comes next; nothing if nothing comes for so long."""
        if not select.select([self._terminal], [], [], seconds)[0]:
            return b""
        piece = os.read(self._terminal, 65536)
        self._undrawn += piece
        return piece

    def until(self, happened: Callable[[list[str]], bool]) -> float:
        """Draw until something is on the screen, whose lines are given; return when that was.

        Raises:
            TimeoutError: it took too long.
        """
        arrived = time.perf_counter()  # the time that drawing takes here is not the program's
        limit = arrived + LIMIT_SECONDS
        while not happened(self.lines):
            piece = self.read(limit - time.perf_counter())
            if not piece:
                shown = "\n".join(self.lines)
                raise TimeoutError(f"the program did not get that far:\n{shown}")
            while piece:  # all of it, so that the program waits for no drawing
                arrived, piece = time.perf_counter(), self.read(0)
        return arrived

    def until_shown(self, text: str) -> float:
        """Draw until a text is on the screen; return when that was.

        Raises:
            TimeoutError: it took too long.
        """
        return self.until(lambda lines: any(text in line for line in lines))

    def idle(self, seconds: float) -> None:
        """Read what comes for so long."""
        limit = time.perf_counter() + seconds
        while (left := limit - time.perf_counter()) > 0:
            self.read(left)

    def processor_seconds(self) -> float:
        """Return the processor time that the program has taken, all its threads together."""
        times = _ask_ps(self.pid, "time") if sys.platform == "darwin" else ""
        if times:
            minutes, seconds = times.rsplit(":", 1)
            hours, minutes = (minutes if ":" in minutes else f"0:{minutes}").split(":")
            return int(hours) * 3600 + int(minutes) * 60 + float(seconds)
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def resident_bytes(self) -> int:
        """Return how much memory the program holds."""
        return int(_ask_ps(self.pid, "rss")) * 1024


def _ask_ps(pid: int, column: str) -> str:
    command = ["ps", "-o", f"{column}=", "-p", str(pid)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


@contextlib.contextmanager
def running(
    environment: Mapping[str, str], command: Sequence[str] = OURS, quit_keys: bytes = CTRL_Q
) -> Iterator[Program]:
    """Run a program in a terminal; it is left at the end, or killed if it does not go."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    process = subprocess.Popen(
        command,
        env=dict(environment),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
        close_fds=True,
    )
    os.close(theirs)
    try:
        yield Program(ours, process.pid)
    finally:
        _leave(ours, process, quit_keys)
        os.close(ours)


def _leave(terminal: int, process: subprocess.Popen[bytes], quit_keys: bytes) -> None:
    with contextlib.suppress(OSError):
        os.write(terminal, quit_keys)
        limit = time.monotonic() + QUIT_SECONDS
        while process.poll() is None and time.monotonic() < limit:
            # What it draws last has to go somewhere, else it waits for that.
            if select.select([terminal], [], [], 0.05)[0]:
                os.read(terminal, 65536)
    if process.poll() is None:
        process.send_signal(signal.SIGKILL)
    process.wait()


def is_ready(lines: Sequence[str]) -> bool:
    """Whether harmony-tui's status line says that the model is loaded and nothing runs."""
    return any(line.endswith("ready") for line in lines[-3:])
