"""A terminal for the program to run in, as tests have one."""

from __future__ import annotations

import codecs
import os
import pty
import select
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

PATIENCE_SECONDS = 120


class Terminal:
    """A terminal in which the program runs; its output as it came."""

    def __init__(self, program: str, home: Path, size: tuple[int, int]) -> None:
        self.main, side = pty.openpty()
        columns, lines = map(str, size)
        own = {"HARMONY_TUI_HOME": str(home), "COLUMNS": columns, "LINES": lines}
        environment = {**os.environ, **own}
        self.process = subprocess.Popen(
            [sys.executable, "-c", program],
            stdin=side,
            stdout=side,
            stderr=side,
            env=environment,
            start_new_session=True,
        )
        os.close(side)
        self.output = ""
        # A piece may end in the middle of a character.
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    @classmethod
    @contextmanager
    def running(
        cls, program: str, home: Path, size: tuple[int, int] = (100, 30)
    ) -> Iterator[Terminal]:
        """Give one in which a program runs, which is ended with it."""
        terminal = cls(program, home, size)
        try:
            yield terminal
        finally:
            terminal.process.kill()
            terminal.process.wait()
            os.close(terminal.main)

    def read(self) -> None:
        while select.select([self.main], [], [], 0.05)[0]:
            try:
                piece = os.read(self.main, 65536)
            except OSError:  # the program has gone
                return
            if not piece:
                return
            self.output += self._decoder.decode(piece)

    def until(self, condition: Callable[[], object]) -> None:
        end = time.monotonic() + PATIENCE_SECONDS
        while not condition():
            assert time.monotonic() < end, f"waited in vain: {self.output[-2000:]!r}"
            self.read()

    def type(self, text: str) -> None:
        os.write(self.main, text.encode())

    @property
    def is_stopped(self) -> bool:
        state = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()[0]
        return state == "T"
