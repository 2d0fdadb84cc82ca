"""The program in a pseudo terminal, with voice on, as tests and benchmarks drive it."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable
from pathlib import Path

import pyte

PATIENCE_SECONDS = 90
ROWS, COLUMNS = 24, 80
PRESS, REPEAT, RELEASE = "\x1b[32;5:1u", "\x1b[32;5:2u", "\x1b[32;5:3u"
OLD_PRESS = "\x00"
QUIT = "\x1b[113;5:1u"
SETTINGS = """
voice = "on"
voice_recognizer = "pocketsphinx"
voice_synthesizer = "flite"
"""


def environment_of(home: Path, settings: str = SETTINGS) -> dict[str, str]:
    """Make an empty folder the home of the program, with voice on; return its environment."""
    (home / "config").mkdir(parents=True)
    (home / "config" / "config.toml").write_text(settings)
    (home / "state").mkdir()
    environment = {**os.environ, "HARMONY_TUI_HOME": str(home), "TERM": "xterm-256color"}
    for name in ("COLUMNS", "LINES", "TMUX"):
        environment.pop(name, None)
    return environment


class Terminal:
    """The program on the other end of a pseudo terminal, and what it has drawn."""

    def __init__(self, home: Path, settings: str = SETTINGS) -> None:
        self.home = home
        self._screen = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.ByteStream(self._screen)
        self.written = b""
        """All that the program has sent."""
        self._end, other = pty.openpty()
        size = struct.pack("HHHH", ROWS, COLUMNS, 0, 0)
        fcntl.ioctl(other, termios.TIOCSWINSZ, size)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "harmony_tui"],
            stdin=other,
            stdout=other,
            stderr=other,
            env=environment_of(home, settings),
            start_new_session=True,
        )
        os.close(other)

    def press(self, *sequences: str) -> None:
        for sequence in sequences:
            os.write(self._end, sequence.encode())

    def read(self, seconds: float = 0.1) -> None:
        while select.select([self._end], [], [], seconds)[0]:
            try:
                data = os.read(self._end, 65536)
            except OSError:  # the program has ended
                return
            self.written += data
            self._stream.feed(data)
            seconds = 0.0

    @property
    def text(self) -> str:
        return "\n".join(self._screen.display)

    def until(self, condition: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE_SECONDS
        while not condition():
            assert time.monotonic() < end, f"waited in vain:\n{self.text}"
            self.read()

    def shows(self, *texts: str) -> None:
        self.until(lambda: all(text in self.text for text in texts))

    def hides(self, text: str) -> None:
        self.until(lambda: text not in self.text)

    def end(self) -> int:
        self.press(QUIT)
        self.until(lambda: self.process.poll() is not None)
        if code := self.process.wait():
            print((self.home / "log" / "harmony-tui.log").read_text())
        return code

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self._end)
