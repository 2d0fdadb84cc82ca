"""One conversation in one JSON Lines file that only ever grows.

A line is written when a message is complete and forced to the disk before anything else happens,
so that a crash loses no message. The first line says what the file is:
``{"kind": "session", "version": 1, "id": …, "started": …}``; after it come ``user``, ``message``
(what the model sampled, with its token ids), ``tool`` and ``turn`` lines, each with a ``time``.

Nothing is ever taken back; two kinds of line say what of the lines before does not hold any more:

- ``continue``, with ``message``: the last turn goes on, in the message of that number. Lines before
  it of that message and of later ones, and the ``turn`` line, are replaced by those that follow.
- ``retry``, with ``replaced``, ``[first, end]``: the last ``user`` line is answered anew. The
  messages from ``first`` up to ``end``, which is the first of the new answer, are another answer.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

VERSION = 1


class StoreError(Exception):
    """A session cannot be written or read; the message names the file and says what to do."""


def new_session_id(now: datetime) -> str:
    """Return an id that sorts by time, such as ``20261124-131500-9f3a``."""
    return f"{now:%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"


class Store:
    """The file of one conversation; it comes into being with the first line."""

    def __init__(self, folder: Path) -> None:
        """Name a new session's file in a folder, which is made when it is needed."""
        self.id = new_session_id(datetime.now(UTC))
        self.path = folder / f"{self.id}.jsonl"

    def append(self, kind: str, **values: Any) -> None:
        """Add a line and wait until it is on the disk.

        Raises:
            StoreError: the folder or file cannot be written.
        """
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        lines = [{"kind": kind, "time": now, **values}]
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            if not self.path.exists():
                head = {"kind": "session", "version": VERSION, "id": self.id, "started": now}
                lines.insert(0, head)
            with self.path.open("a", encoding="utf-8") as file:
                file.writelines(_line(line) for line in lines)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise StoreError(
                f"This conversation is not being saved: {self.path} cannot be written "
                f"({error.strerror}). Free space or mend the folder's permissions, or set "
                "HARMONY_TUI_HOME to another folder."
            ) from error


def _line(values: dict[str, Any]) -> str:
    # Lone surrogates survive as escapes; everything else stays readable.
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    if any("\ud800" <= character <= "\udfff" for character in text):
        text = json.dumps(values, separators=(",", ":"))
    return text + "\n"


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Give the lines of a session; a last line that a crash tore is left out.

    Raises:
        StoreError: the file cannot be read, or a line in its midst is damaged.
    """
    try:
        lines = path.read_bytes().split(b"\n")
    except OSError as error:
        raise StoreError(f"{path} cannot be read: {error.strerror}.") from error
    for number, line in enumerate(lines, start=1):
        if not line:
            continue
        try:
            yield json.loads(line)
        except ValueError as error:
            if number == len(lines):
                return
            raise StoreError(f"{path}, line {number}, is damaged ({error}).") from error
