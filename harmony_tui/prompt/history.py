"""What was sent from the prompt box, over all sessions, in one file of JSON lines."""

from __future__ import annotations

import fcntl
import json
import logging
import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from harmony_tui.prompt.draft import Draft

MOST_ENTRIES = 2_000
LARGEST_BYTES = 2_000_000
"""A file that grows above this is written anew with its latest entries."""
LARGEST_ENTRY_BYTES = 200_000
"""What is larger is remembered until the program ends, and not written."""

logger = logging.getLogger(__name__)


class History:
    """Remembers what was sent; several programs may write the file at once."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._own: list[Draft] = []
        self._read: list[Draft] = []
        self._read_at: tuple[int, int] | None = None

    def add(self, draft: Draft) -> bool:
        """Remember what was sent until the program ends; return whether that is news."""
        if not draft.text.strip() or (self._own and self._own[-1] == draft):
            return False
        self._own.append(draft)
        return True

    def write(self, draft: Draft) -> None:
        """Add what was sent to the file, which is shortened where it has grown too long."""
        line = _line(draft)
        if len(line) > LARGEST_ENTRY_BYTES:
            return
        try:
            self._append(line)
        except OSError as error:
            logger.warning("%s: %s", self.path, error)

    def entries(self) -> list[Draft]:
        """Return what was sent, the latest last and each once; this program's own come last."""
        try:
            state = self.path.stat()
            if (read_at := (state.st_mtime_ns, state.st_size)) != self._read_at:
                self._read, self._read_at = _read_lines(self.path.read_bytes()), read_at
        except OSError:
            self._read, self._read_at = [], None
        return _latest([*self._read, *self._own])

    def _append(self, line: bytes) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        while True:
            descriptor = os.open(
                self.path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600
            )
            try:
                with suppress(OSError):  # a file system without locks
                    fcntl.flock(descriptor, fcntl.LOCK_EX)
                # Another program may have replaced the file while this one waited.
                if os.path.samestat(os.fstat(descriptor), self.path.stat()):
                    self._write_locked(descriptor, line)
                    return
            except FileNotFoundError:
                continue
            finally:
                os.close(descriptor)

    def _write_locked(self, descriptor: int, line: bytes) -> None:
        size = os.fstat(descriptor).st_size
        # A program that was killed may have left half a line.
        is_whole = size == 0 or os.pread(descriptor, 1, size - 1) == b"\n"
        os.write(descriptor, line if is_whole else b"\n" + line)
        if size + len(line) > LARGEST_BYTES:
            self._shorten()

    def _shorten(self) -> None:
        lines: list[bytes] = []
        room = LARGEST_BYTES // 2
        for draft in reversed(_latest(_read_lines(self.path.read_bytes()))):
            line = _line(draft)
            room -= len(line)
            if room < 0:
                break
            lines.append(line)
        new = self.path.with_name(f".{self.path.name}.{os.getpid()}")
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.writelines(reversed(lines))
        new.replace(self.path)


class Walk:
    """A walk through what was sent, back from a draft and forth to it again."""

    def __init__(self, entries: Sequence[Draft], draft: Draft) -> None:
        self._entries = [each for each in entries if each.text != draft.text]
        self._draft = draft
        self._place = len(self._entries)

    def go(self, step: int) -> Draft | None:
        """Return what stands earlier (-1) or later (1); None at the ends of the walk."""
        place = self._place + step
        if not 0 <= place <= len(self._entries):
            return None
        self._place = place
        return self._draft if place == len(self._entries) else self._entries[place]


def find(entries: Iterable[Draft], words: str) -> list[Draft]:
    """Return the entries that hold all of some words, in any case, the latest first."""
    wanted = words.casefold().split()
    return [
        each
        for each in reversed(list(entries))
        if all(word in each.text.casefold() for word in wanted)
    ]


def _latest(entries: Iterable[Draft]) -> list[Draft]:
    """Return each entry once, where it was last, and no more than are kept."""
    by_text = {each.text: each for each in reversed(list(entries))}
    return list(reversed(list(by_text.values())[:MOST_ENTRIES]))


def _line(draft: Draft) -> bytes:
    return json.dumps(draft.to_json(), ensure_ascii=False).encode("utf-8", "replace") + b"\n"


def _read_lines(content: bytes) -> list[Draft]:
    entries = []
    for line in content.split(b"\n"):
        with suppress(ValueError):  # half a line, or another program's
            entries.append(Draft.from_json(json.loads(line)))
    return entries
