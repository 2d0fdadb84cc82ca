"""Keeps the terminal to the screen alone, and says what is to be said to it beside the screen."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

STDERR = 2


@contextmanager
def stderr_in(path: Path) -> Iterator[None]:
    """Let what is written to file descriptor 2, also by native code, go to a file meanwhile.

    Textual draws through ``sys.__stderr__``, which keeps the terminal.
    """
    sys.stderr.flush()
    terminal = os.dup(STDERR)
    python_stderr, screen = sys.stderr, sys.__stderr__
    try:
        target = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    except OSError:
        target = os.open(os.devnull, os.O_WRONLY)
    os.dup2(target, STDERR)
    os.close(target)
    to_terminal = os.fdopen(os.dup(terminal), "w", encoding="utf-8", errors="replace")
    with os.fdopen(os.dup(STDERR), "w", encoding="utf-8", buffering=1) as to_log:
        sys.__stderr__, sys.stderr = to_terminal, to_log  # type: ignore[misc]
        try:
            yield
        finally:
            sys.__stderr__, sys.stderr = screen, python_stderr  # type: ignore[misc]
            os.dup2(terminal, STDERR)
            os.close(terminal)
            with suppress(OSError):  # what was left for a terminal that is gone
                to_terminal.close()


# --- what is said to the terminal beside the screen -------------------------------------------

BELL = "\a"
KEEP_TITLE = "\x1b[22;2t"
TITLE_BACK = "\x1b]2;\a\x1b[23;2t"
"""Where no title was kept, the empty one stands for the terminal's own."""
LONGEST_TITLE = 80
GIVEN_BACK = (
    "\x1b[?2026l"  # a frame that was begun is over
    "\x1b[?2004l\x1b[?7h\x1b[?2048l"  # pastes, wrapping, sizes
    "\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1016l"  # the mouse
    f"\x1b[<u\x1b[?1049l\x1b[?25h\x1b[?1004l\x1b[0m{TITLE_BACK}"
)
"""Ends all that the screen asks of a terminal: keys and the other screen, and what is above."""


def title(text: str) -> str:
    """Return what makes a text the terminal's title."""
    return f"\x1b]2;{_plain(text)}\a"


def notification(text: str, environment: Mapping[str, str]) -> str:
    """Return what has the terminal show a notification on the desktop, if it knows how to.

    OSC 9 is understood by iTerm2, WezTerm, Ghostty, kitty and Windows Terminal; OSC 777 by urxvt,
    foot and those made with VTE. Both at once would be shown twice by some. tmux passes it on where
    ``allow-passthrough`` is set.

    Args:
        text: one line; it must not begin with a number, which has another meaning.
        environment: of the program, which says what terminal it runs in.
    """
    name = environment.get("TERM", "")
    if name in ("linux", "dumb", ""):  # these would print it
        return ""
    if name.startswith(("rxvt", "foot")) or "VTE_VERSION" in environment:
        sequence = f"\x1b]777;notify;harmony-tui;{_plain(text).replace(';', ',')}\a"
    else:
        sequence = f"\x1b]9;{_plain(text)}\a"
    if "TMUX" in environment:
        return "\x1bPtmux;" + sequence.replace("\x1b", "\x1b\x1b") + "\x1b\\"
    return sequence


def _plain(text: str) -> str:
    """Return text that ends no sequence and is short enough for a title."""
    line = "".join(c if c.isprintable() else " " for c in text[: 4 * LONGEST_TITLE])
    line = " ".join(line.split())
    return line if len(line) <= LONGEST_TITLE else line[: LONGEST_TITLE - 1] + "…"


@contextmanager
def title_kept() -> Iterator[None]:
    """Give the terminal back the title that it had; within ``stderr_in``."""
    terminal = sys.__stderr__
    if terminal is None or not terminal.isatty():
        yield
        return
    terminal.write(KEEP_TITLE)
    terminal.flush()
    try:
        yield
    finally:
        with suppress(OSError):  # the terminal may be gone
            terminal.write(TITLE_BACK)
            terminal.flush()
