"""Keeps the terminal to the screen alone: what else is written goes to the log."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
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
    with (
        os.fdopen(os.dup(terminal), "w", encoding="utf-8", errors="replace") as to_terminal,
        os.fdopen(os.dup(STDERR), "w", encoding="utf-8", buffering=1) as to_log,
    ):
        sys.__stderr__, sys.stderr = to_terminal, to_log  # type: ignore[misc]
        try:
            yield
        finally:
            sys.__stderr__, sys.stderr = screen, python_stderr  # type: ignore[misc]
            os.dup2(terminal, STDERR)
            os.close(terminal)
