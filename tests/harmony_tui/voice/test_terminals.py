"""The key to speak in terminals: a release ends it where there are any, a tap elsewhere."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import shutil
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pyte
import pytest

from tests.engine.voice.sound_server import SoundServer

pytestmark = pytest.mark.skipif(shutil.which("flite") is None, reason="flite is not installed")
pytest.importorskip("pocketsphinx")

PATIENCE_SECONDS = 90
ROWS, COLUMNS = 24, 80
PRESS, REPEAT, RELEASE = "\x1b[32;5:1u", "\x1b[32;5:2u", "\x1b[32;5:3u"
OLD_PRESS = "\x00"
SETTINGS = """
voice = "on"
voice_recognizer = "pocketsphinx"
voice_synthesizer = "flite"
"""


class Terminal:
    """The program on the other end of a pseudo terminal, and what it has drawn."""

    def __init__(self, home: Path) -> None:
        self.home = home
        (home / "config").mkdir(parents=True)
        (home / "config" / "config.toml").write_text(SETTINGS)
        (home / "state").mkdir()
        self._screen = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.ByteStream(self._screen)
        self.written = b""
        """All that the program has sent."""
        self._end, other = pty.openpty()
        size = struct.pack("HHHH", ROWS, COLUMNS, 0, 0)
        fcntl.ioctl(other, termios.TIOCSWINSZ, size)
        environment = {**os.environ, "HARMONY_TUI_HOME": str(home), "TERM": "xterm-256color"}
        for name in ("COLUMNS", "LINES", "TMUX"):
            environment.pop(name, None)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "harmony_tui"],
            stdin=other,
            stdout=other,
            stderr=other,
            env=environment,
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
        self.press("\x1b[113;5:1u")  # Ctrl+Q
        self.until(lambda: self.process.poll() is not None)
        if code := self.process.wait():
            print((self.home / "log" / "harmony-tui.log").read_text())
        return code

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self._end)


@pytest.fixture
def terminal(audio: SoundServer, tmp_path: Path) -> Iterator[Terminal]:
    terminal = Terminal(tmp_path / "home")
    try:
        terminal.shows("Ctrl+Space to speak", "context 0/")
        yield terminal
    finally:
        terminal.kill()


def test_holding_and_tapping(terminal: Terminal) -> None:
    assert b"\x1b[=2;2u\x1b[?u" in terminal.written
    # One that does not know the protocol: a tap begins, repeats are none, a tap ends.
    terminal.press(OLD_PRESS)
    time.sleep(0.3)
    terminal.press(OLD_PRESS)
    terminal.shows("listening", "Ctrl+Space ends")
    time.sleep(1.0)
    terminal.read()
    assert "listening" in terminal.text
    terminal.press(OLD_PRESS)
    terminal.hides("listening")
    terminal.shows("Ctrl+Space to speak")
    # One that does.
    terminal.press("\x1b[?27u", PRESS, REPEAT)
    terminal.shows("listening", "let go to end")
    time.sleep(0.4)
    terminal.press(REPEAT, RELEASE)
    terminal.hides("listening")
    terminal.shows("Ctrl+Space to speak")
    # A tap latches, and Escape discards.
    terminal.press(PRESS, RELEASE)
    terminal.shows("listening", "Ctrl+Space ends")
    terminal.press("\x1b[27;1:1u", "\x1b[27;1:3u")
    terminal.hides("listening")
    # The focus goes elsewhere, and the release with it.
    terminal.press(PRESS)
    terminal.shows("listening")
    terminal.press("\x1b[O")
    terminal.hides("listening")
    terminal.press("\x1b[I")
    # All other keys are what they were.
    terminal.press("\x1b[97;1:1;97u", "\x1b[97;1:2;97u", "\x1b[97;1:3u", "\x1b[98u")
    terminal.shows("aab")
    assert terminal.end() == 0
