"""The program runs in a browser: drawn through pipes, as ``textual serve`` starts it."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pyte
import pytest

from harmony_tui.terminal import title

SIZE = (100, 30)
PATIENCE_SECONDS = 120
PRELUDE = b"__GANGLION__\n"
"""What tells the server that packets follow."""
HEADER = 5
"""Bytes before a packet's content: one for its kind, four for its length."""


class Browser:
    """What stands at the other end of the pipes; it shows what it is sent."""

    def __init__(self, home: Path) -> None:
        served = {
            "TEXTUAL_DRIVER": "textual.drivers.web_driver:WebDriver",
            "TEXTUAL_COLOR_SYSTEM": "truecolor",
            "COLUMNS": str(SIZE[0]),
            "ROWS": str(SIZE[1]),
        }
        self.program = subprocess.Popen(
            [sys.executable, "-m", "harmony_tui"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "HARMONY_TUI_HOME": str(home), **served},
        )
        self.screen = pyte.Screen(*SIZE)
        self._stream = pyte.ByteStream(self.screen)
        self._unread = b""
        self._has_begun = False
        self.written = ""
        self.told: list[dict[str, object]] = []

    def read(self) -> None:
        """Take what has come, for a moment."""
        assert self.program.stdout is not None
        if not select.select([self.program.stdout], [], [], 0.1)[0]:
            return
        piece = os.read(self.program.stdout.fileno(), 65536)
        assert piece, f"the program has ended: {self.program.communicate()[1].decode()}"
        self._unread += piece
        if not self._has_begun:
            before, prelude, rest = self._unread.partition(PRELUDE)
            if not prelude:
                return
            assert before == b"", "something was printed before the first packet"
            self._has_begun, self._unread = True, rest
        while len(self._unread) >= HEADER:
            end = HEADER + int.from_bytes(self._unread[1:HEADER], "big")
            if len(self._unread) < end:
                return
            kind, content = self._unread[:1], self._unread[HEADER:end]
            self._unread = self._unread[end:]
            if kind == b"D":
                self._stream.feed(content)
                self.written += content.decode()
            else:
                assert kind == b"M", f"no packet begins with {kind!r}"
                self.told.append(json.loads(content))

    def until(self, condition: Callable[[], object]) -> None:
        """Wait until something is so; fail with the screen if it never is."""
        end = time.monotonic() + PATIENCE_SECONDS
        while not condition():
            assert time.monotonic() < end, "\n".join(self.screen.display)
            self.read()

    def shows(self, text: str) -> None:
        """Wait until a text is on the screen."""
        self.until(lambda: any(text in line for line in self.screen.display))

    def send(self, kind: bytes, content: bytes) -> None:
        """Send a packet."""
        assert self.program.stdin is not None
        self.program.stdin.write(kind + len(content).to_bytes(4, "big") + content)
        self.program.stdin.flush()

    def type(self, text: str) -> None:
        """Press keys."""
        self.send(b"D", text.encode())

    def tell(self, **what: object) -> None:
        """Say what happened to the page."""
        self.send(b"M", json.dumps(what).encode())


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Browser]:
    """The program, served."""
    browser = Browser(tmp_path)
    with browser.program:
        try:
            yield browser
        finally:
            browser.program.kill()


def test_it_is_drawn_typed_into_resized_and_left(browser: Browser) -> None:
    browser.shows("Conversation")
    browser.until(lambda: title("harmony-tui") in browser.written)
    browser.tell(type="focus")
    browser.shows(" ready")  # what is typed before the prompt box has the focus goes nowhere
    browser.type("/suspend")
    browser.shows("/suspend")
    browser.type("\r")
    browser.shows("There is no shell behind this screen")
    browser.type("\x1b[1;5C")  # a key with a modifier
    browser.type("Wie geht's dir, 你好?")
    browser.shows("Wie geht's dir, ")
    browser.screen.resize(40, 120)
    browser.tell(type="resize", width=120, height=40)
    browser.shows("Hyperparameters")
    assert browser.program.poll() is None
    browser.tell(type="quit")
    browser.until(lambda: {"type": "exit"} in browser.told)
    _, errors = browser.program.communicate(timeout=PATIENCE_SECONDS)
    assert (browser.program.returncode, errors) == (0, b"")
