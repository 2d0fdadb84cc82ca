"""Gives the terminal back where the program cannot any more: it was killed, or native code ended.

A shell waits beside the program at the end of a pipe. The pipe ends with the program, however that
comes about, and if the program had the terminal by then the shell does what is left to do. Nothing
within the program could: after ``SIGKILL`` or a fault of native code it runs no more.
"""

from __future__ import annotations

import contextlib
import subprocess
import sys
import termios

from harmony_tui.log import where_to_look
from harmony_tui.terminal import GIVEN_BACK

SCRIPT = """
while IFS= read -r state; do last=$state; done
[ "$last" = taken ] || exit 0
given_back=$1 said=$2
shift 2
stty "$@" <&1
printf '%b%s\\n' "$given_back" "$said"
"""
INPUT = {
    "ixon": termios.IXON,
    "ixoff": termios.IXOFF,
    "icrnl": termios.ICRNL,
    "inlcr": termios.INLCR,
    "igncr": termios.IGNCR,
}
LOCAL = {
    "echo": termios.ECHO,
    "icanon": termios.ICANON,
    "iexten": termios.IEXTEN,
    "isig": termios.ISIG,
}
"""What a screen changes in how the terminal reads keys, by the names that ``stty`` has for it."""


class Rescue:
    """Knows whether the program has the terminal, and gives it back should the program vanish."""

    def __init__(self) -> None:
        """Note how the terminal reads keys now."""
        self._modes = _read_modes()
        self._is_taken = False
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, terminal: int) -> None:
        """Begin to watch over a terminal, which takes about 2 ms; a second call changes nothing.

        Args:
            terminal: its file descriptor.
        """
        if self._process is not None or not self._modes:
            return
        said = f"harmony-tui was killed, or ended by native code. {where_to_look()}"
        with contextlib.suppress(OSError):  # without a shell there is no rescue
            self._process = subprocess.Popen(  # noqa: S603
                ["/bin/sh", "-c", SCRIPT, "harmony-tui", _escaped(GIVEN_BACK), said, *self._modes],
                bufsize=0,
                stdin=subprocess.PIPE,
                stdout=terminal,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # what ends all that runs in the terminal leaves it be
            )
        self._tell()

    def note(self, *, is_taken: bool) -> None:
        """Note that the program has taken the terminal, or given it back."""
        self._is_taken = is_taken
        self._tell()

    def _tell(self) -> None:
        if self._process is not None and self._process.stdin is not None:
            with contextlib.suppress(OSError):  # it was killed
                self._process.stdin.write(b"taken\n" if self._is_taken else b"free\n")


def _read_modes() -> list[str]:
    """Return how the terminal reads keys, as ``stty`` is told; nothing where there is none."""
    try:
        attributes = termios.tcgetattr(sys.__stdin__)  # type: ignore[arg-type]
    except (termios.error, OSError, TypeError, ValueError):
        return []
    return [
        name if attributes[place] & flag else f"-{name}"
        for place, flags in ((0, INPUT), (3, LOCAL))
        for name, flag in flags.items()
    ]


def _escaped(sequence: str) -> str:
    """Return a sequence as ``printf`` reads it, since lists of processes show arguments."""
    return "".join(c if c.isprintable() and c != "\\" else f"\\0{ord(c):o}" for c in sequence)
