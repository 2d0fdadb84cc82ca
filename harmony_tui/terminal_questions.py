"""Asks a terminal what it can do, and never waits for one that does not answer."""

from __future__ import annotations

import os
import re
import select
import termios
import time
import tty
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

TERMINAL = "/dev/tty"
LONGEST_WAIT = 0.5
"""Seconds; over a slow line an answer takes a tenth."""
LONGEST_ANSWER = 4096

KEYBOARD = "\x1b[?u"
"""Asks for the flags of the Kitty keyboard protocol."""
NAME = "\x1b[>0q"
"""XTVERSION: asks for name and version."""
ATTRIBUTES = "\x1b[c"
"""DA1: every terminal answers it, so its answer is the end of all answers."""

KEYBOARD_ANSWER = re.compile(rb"\x1b\[\?\d+u")
NAME_ANSWER = re.compile(rb"\x1bP>\|([^\x1b]*)\x1b\\")
ATTRIBUTES_ANSWER = re.compile(rb"\x1b\[\?([\d;]*)c")
CLIPBOARD_ATTRIBUTE = "52"
"""What of a terminal's attributes says that it takes text for the clipboard (OSC 52)."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What a terminal has answered."""

    name: str = ""
    """With its version; empty where it does not say."""
    has_kitty_keyboard: bool = False
    takes_clipboard: bool = False
    """Whether it says that it takes OSC 52; many that take it do not say so."""


def ask_terminal(*, with_keyboard: bool = True) -> Answers | None:
    """Ask the terminal that the program runs in, within ``LONGEST_WAIT``.

    Args:
        with_keyboard: whether it may be asked for more than its attributes; Apple's terminal prints
            part of such questions.

    Returns:
        None where there is none, where another program has it now, or where it does not answer.
    """
    with suppress(OSError, termios.error), _opened(TERMINAL) as terminal:
        # A program in the background would be stopped by the first change.
        if os.tcgetpgrp(terminal) == os.getpgrp():
            return ask(terminal, with_keyboard=with_keyboard)
    return None


def ask(terminal: int, *, with_keyboard: bool = True) -> Answers | None:
    """Ask a terminal by its file descriptor; see ``ask_terminal``."""
    questions = (KEYBOARD + NAME if with_keyboard else "") + ATTRIBUTES
    with _raw(terminal):
        os.write(terminal, questions.encode())
        said = _read_answers(terminal)
    attributes = ATTRIBUTES_ANSWER.search(said)
    if attributes is None:
        return None
    name = NAME_ANSWER.search(said)
    return Answers(
        name[1].decode("ascii", "replace") if name else "",
        KEYBOARD_ANSWER.search(said) is not None,
        CLIPBOARD_ATTRIBUTE in attributes[1].decode().split(";"),
    )


def _read_answers(terminal: int) -> bytes:
    said, end = b"", time.monotonic() + LONGEST_WAIT
    while len(said) < LONGEST_ANSWER and not ATTRIBUTES_ANSWER.search(said):
        left = end - time.monotonic()
        if left <= 0 or not select.select([terminal], [], [], left)[0]:
            break
        if not (more := os.read(terminal, LONGEST_ANSWER)):
            break
        said += more
    return said


@contextmanager
def _opened(path: str) -> Iterator[int]:
    terminal = os.open(path, os.O_RDWR | os.O_NOCTTY)
    try:
        yield terminal
    finally:
        os.close(terminal)


@contextmanager
def _raw(terminal: int) -> Iterator[None]:
    """Have answers neither shown nor held back until a line ends; what comes late is dropped."""
    before = termios.tcgetattr(terminal)
    tty.setcbreak(terminal, termios.TCSANOW)
    try:
        yield
    finally:
        termios.tcflush(terminal, termios.TCIFLUSH)
        termios.tcsetattr(terminal, termios.TCSANOW, before)
