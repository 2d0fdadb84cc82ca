"""Reading a session's file, of any version and in any state."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from engine.conversation.errors import StoreError
from engine.conversation.lines import VERSION, DamagedLineError, Line, parse
from engine.conversation.messages import Head, Session
from engine.conversation.migration import Chain
from engine.conversation.replay import Replay

REPORTED = 20
"""How many damaged lines of one file the log names."""

WRITTEN = re.compile(
    rb'(?:\{"kind":"open","time":"[^"]*","id":([0-9]{1,18}),[^\n]*+\n)?+'
    rb'(?:\{"kind":"tokens",[^\n]*+\n)*+'
)
"""Lines that a message is opened with and streamed in, as they are written: most of a file."""

PIECE = 1 << 18
"""Bytes that are read at once."""

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Reading:
    """What a file holds, and what of it could not be read."""

    head: Head
    """Stands for the first line where that is damaged."""
    replay: Replay = field(default_factory=Replay)
    version: int = VERSION
    damaged: list[int] = field(default_factory=list)
    """The numbers of unreadable lines, counted from 1; a torn last line is not among them."""
    whole: int = 0
    """Bytes of the lines that are not torn."""
    torn: bytes = b""
    """What stands after the last whole line: a crash cut it short."""
    lacks_break: bool = False
    """Whether the last line is complete but for its line break."""

    def session(self) -> Session:
        """Return the conversation as the file tells it."""
        return self.replay.session(self.head, len(self.damaged))


def read_session(path: Path) -> Session:
    """Read a session's file, which is left as it is.

    A message that a crash cut short is there as far as it was written, with the ending ``cut``.
    Lines that cannot be read are left out, named in the log, and counted in ``damaged``.

    Raises:
        StoreError: the file cannot be read, is no session, or was written by a newer version.
    """
    try:
        with path.open("rb") as file:
            return read_file(file, path).session()
    except OSError as error:
        raise StoreError(f"{path} cannot be read: {error.strerror}.") from error


def read_file(file: BinaryIO, path: Path) -> Reading:
    """Read all lines of an open file; see ``read_session``."""
    reader, number = _Reader(path), 1
    for data in _pieces(file):
        start = 0
        while start < len(data):
            written = WRITTEN.match(data, start)
            end = written.end() if written is not None else start
            if written is not None and end > start and (not written[1] or reader.can_put_off):
                number += reader.put_off(number, data[start:end], written[1])
            else:
                end = data.find(b"\n", start) + 1 or len(data)
                reader.take(number, data[start:end])
                number += 1
            start = end
    reader.take_written()
    if reader.reading.damaged and not reader.taken:
        raise StoreError(f"{path} is not a session of harmony-tui.")
    return reader.reading


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    """Give a file in pieces that end with a line, which take less room and time than the whole."""
    rest: list[bytes] = []
    while read := file.read(PIECE):
        end = read.rfind(b"\n") + 1
        if end:
            yield b"".join((*rest, read[:end]))
            rest.clear()
        rest.append(read[end:])
    if any(rest):
        yield b"".join(rest)


class _Reader:
    """Takes the lines of a file one after the other."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.reading = Reading(Head(path.stem, _started(path)))
        self.taken = 0
        """How many lines could be read."""
        self.chain: Chain | None = None
        self.opened: int | None = None
        """The id of the message whose ``open`` line was put off."""
        self.written: list[tuple[int, bytes]] = []
        """Lines that were put off, and the number of the first of those that stand together.

        They matter only if no line closes their message.
        """
        self.put_off_lines = 0

    def take(self, number: int, raw: bytes) -> None:
        """Take a line, or put it where lines go that cannot be read."""
        reading = self.reading
        is_whole = raw.endswith(b"\n")
        try:
            line = self._parse(raw)
            if self.written and not self._closes_written(line):
                self.take_written()
            self._take(line)
            if self.written:
                # All that they say is in the line that closed their message.
                self.taken += self.put_off_lines
                self._forget_written()
        except DamagedLineError as error:
            if not is_whole:
                reading.torn = raw
                return
            self._report(number, raw, error)
        reading.whole += len(raw)
        reading.lacks_break = not is_whole

    @property
    def can_put_off(self) -> bool:
        """Whether a line that opens a message may be put off: what the file is, is known."""
        return self.taken > 0 and self.reading.version == VERSION

    def put_off(self, number: int, lines: bytes, opened: bytes | None) -> int:
        """Put whole lines off that stand together.

        Args:
            number: of the first of them.
            lines: as they stand in the file.
            opened: the id of the message that the first one opens, if it does.

        Returns:
            How many they are.
        """
        if opened is not None:
            self.take_written()
            self.opened = int(opened)
        self.written.append((number, lines))
        self.reading.whole += len(lines)
        count = lines.count(b"\n")
        self.put_off_lines += count
        return count

    def take_written(self) -> None:
        """Take the lines that were put off."""
        for first, lines in self.written:
            for number, raw in enumerate(lines[:-1].split(b"\n"), first):
                try:
                    self._take(self._parse(raw))
                except DamagedLineError as error:
                    self._report(number, raw, error)
        self._forget_written()

    def _forget_written(self) -> None:
        self.opened, self.put_off_lines = None, 0
        self.written.clear()

    def _closes_written(self, line: Line) -> bool:
        opened = self.reading.replay.open_message if self.opened is None else self.opened
        return line.get("kind") == "message" and line.get("id") == opened

    def _parse(self, raw: bytes) -> Line:
        line = parse(raw)
        if self.chain is None:
            self.reading.version = _version(line, self.path)
            self.chain = Chain(self.reading.version)
        return line

    def _take(self, line: Line) -> None:
        assert self.chain is not None  # noqa: S101
        if self.reading.version == VERSION:
            self.reading.replay.take(line)
        else:
            for current in self.chain.convert(line):
                self.reading.replay.take(current)
        self.taken += 1

    def _report(self, number: int, raw: bytes, error: DamagedLineError) -> None:
        if raw.strip():
            self.reading.damaged.append(number)
            if len(self.reading.damaged) <= REPORTED:
                logger.warning("%s, line %d, is damaged: %s", self.path, number, error)


def _version(line: Line, path: Path) -> int:
    """Return the version of a file by the first line of it that can be read."""
    if line.get("kind") != "session":
        # Its head is damaged. Only in version 1 the person's words come first.
        return 1 if line.get("kind") == "user" else VERSION
    version = line.get("version")
    if type(version) is not int or version < 1:
        raise DamagedLineError("version is not a whole number above 0")
    if version > VERSION:
        raise StoreError(
            f"{path} was written by a newer harmony-tui (its version is {version}; this one reads "
            f"up to {VERSION}). Update harmony-tui to open it."
        )
    return version


def _started(path: Path) -> datetime:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except (OSError, ValueError, OverflowError):
        return datetime.fromtimestamp(0, UTC)
