"""A terminal is asked what it can do, and one that says nothing is not waited for."""

from __future__ import annotations

import os
import pty
import termios
import threading
import time
from collections.abc import Iterator

import pytest

from harmony_tui import terminal_questions
from harmony_tui.terminal_questions import Answers, ask

ALL = b"\x1b[?u\x1b[>0q\x1b[c"
PLAIN = b"\x1b[c"


@pytest.fixture
def ends() -> Iterator[tuple[int, int]]:
    """Give a terminal: the side that draws, and the one that a program has."""
    screen, program = pty.openpty()
    yield screen, program
    os.close(screen)
    os.close(program)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (b"\x1b[?0u\x1bP>|kitty(0.35.2)\x1b\\\x1b[?62;52;c", Answers("kitty(0.35.2)", True, True)),
        (b"\x1bP>|VTE(7600)\x1b\\\x1b[?65;1;9c", Answers("VTE(7600)", False, False)),
        (b"\x1b[?1;2c", Answers()),
        # The person types meanwhile, and 152 is no 52.
        (b"ab\x1b[?5u\x1b[Ac\x1b[?64;152c", Answers("", True, False)),
    ],
)
def test_answers_are_read(ends: tuple[int, int], answer: bytes, expected: Answers) -> None:
    screen, program = ends
    asked = bytearray()

    def reply() -> None:
        while len(asked) < len(ALL):
            asked.extend(os.read(screen, 100))
        for at in range(0, len(answer), 5):  # over a slow line
            os.write(screen, answer[at : at + 5])

    before = termios.tcgetattr(program)
    terminal = threading.Thread(target=reply)
    terminal.start()
    assert ask(program) == expected
    terminal.join()
    assert bytes(asked) == ALL
    assert termios.tcgetattr(program) == before


def test_silence_is_not_waited_for(ends: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    screen, program = ends
    monkeypatch.setattr(terminal_questions, "LONGEST_WAIT", 0.05)
    before, start = termios.tcgetattr(program), time.monotonic()
    os.write(screen, b"\x1b[?0u half an answer")
    assert ask(program, with_keyboard=False) is None
    assert time.monotonic() - start < 5
    assert os.read(screen, 100).endswith(PLAIN)
    assert termios.tcgetattr(program) == before
