"""Reads the log from its end, record by record, however large it is."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Level = Literal["", "debug", "info", "warning", "error"]

LEVELS: tuple[Level, ...] = ("", "debug", "info", "warning", "error")
"""How bad something is; empty for what did not come through the log, such as native code's."""

TAIL_BYTES = 256_000
"""So much of the file's end is shown."""
READ_BYTES = 1_000_000
"""So much of what was added is read at once; what came before it is left out."""

_BEGINNING = re.compile(
    r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} \d+ (?P<name>\S+) (?P<level>[A-Z]+): "
)
_NAMES: dict[str, Level] = {
    "DEBUG": "debug",
    "INFO": "info",
    "WARNING": "warning",
    "ERROR": "error",
    "CRITICAL": "error",
}


@dataclass(frozen=True, slots=True)
class Record:
    """What was logged at once: a line, and the traceback below it."""

    level: Level
    text: str

    def matches(self, least: Level, words: Sequence[str]) -> bool:
        """Whether it is at least so bad and has all words, given in lower case."""
        if LEVELS.index(self.level) < LEVELS.index(least):
            return False
        text = self.text.casefold()
        return all(word in text for word in words)


class LogFile:
    """A log that others write to, also one that begins anew while it is read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._place = -1
        """How far it was read; negative before the first time."""
        self._inode = 0
        self._rest = b""
        """The beginning of a line whose end has not been written yet."""

    def read(self) -> tuple[bool, list[Record]]:
        """Return whether the file is another one than before, and what was added since.

        Raises:
            OSError: it cannot be read; FileNotFoundError where nothing was ever logged.
        """
        with self.path.open("rb") as file:
            status = os.fstat(file.fileno())
            is_new = self._place < 0 or status.st_ino != self._inode or status.st_size < self._place
            if is_new:
                self._place, self._rest = max(0, status.st_size - TAIL_BYTES), b""
                self._inode = status.st_ino
                is_cut = self._place > 0
            else:
                is_cut = status.st_size - self._place > READ_BYTES
                if is_cut:
                    self._place, self._rest = status.st_size - READ_BYTES, b""
            file.seek(self._place)
            added = self._rest + file.read(READ_BYTES)
            self._place = file.tell()
        lines, newline, self._rest = added.rpartition(b"\n")
        if is_cut:
            lines = lines.partition(b"\n")[2]
        text = lines.decode("utf-8", "replace") if newline else ""
        return is_new, list(parse(text))


def parse(text: str) -> Iterator[Record]:
    """Give the records in a text; lines that begin none belong to the one before."""
    level: Level = ""
    lines: list[str] = []
    for line in text.rstrip("\n").split("\n"):
        found = _BEGINNING.match(line)
        if lines and (found or (level == "" and line.strip())):
            yield Record(level, "\n".join(lines))
            lines = []
        if found:
            level = _NAMES.get(found["level"], "info")
        elif not lines:
            level = ""
        if lines or line.strip():
            lines.append(line)
    if lines:
        yield Record(level, "\n".join(lines))
