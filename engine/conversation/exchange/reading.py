"""A foreign file to checked values: its encoding, its JSON, and where in it each value stands.

Whatever is wrong with a file is said as an ``ExchangeError`` that names the file, the line or key,
and what to do; no format's own code opens a file or trusts the type of a value.
"""

from __future__ import annotations

import codecs
import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ARCHIVES = {
    b"PK\x03\x04": "a ZIP archive: unpack it and name the file inside, such as conversations.json",
    b"\x1f\x8b": "compressed with gzip: unpack it with gunzip first",
    b"\x28\xb5\x2f\xfd": "compressed with zstd: unpack it with unzstd first",
}
"""How files begin that hold conversations only after unpacking, and what to do with them."""

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins as UTF-16's does, so it is looked for first
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class ExchangeError(Exception):
    """A file cannot be imported, or written; the message names it, the place, and what to do."""


@dataclass(frozen=True, slots=True)
class Source:
    """The text of a file, and how to speak of it."""

    name: str
    """As the person knows it: its path."""
    text: str
    modified: datetime
    """When the file was written last, in UTC."""

    def fail(self, place: str, problem: str) -> ExchangeError:
        """Return the error for a place in the file; ``problem`` is one or more sentences."""
        return ExchangeError(f"{self.name}{', ' + place if place else ''}: {problem}")


def read_source(path: Path) -> Source:
    """Return the text of a file in UTF-8, UTF-16 or UTF-32, with or without a byte order mark.

    Raises:
        ExchangeError: it cannot be read, is packed, or is no text.
    """
    try:
        data = path.read_bytes()
        modified = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except IsADirectoryError as error:
        raise ExchangeError(f"{path} is a folder. Name a file in it.") from error
    except OSError as error:
        raise ExchangeError(f"{path} cannot be read: {error.strerror}.") from error
    return Source(str(path), decode(data, str(path)), modified)


def decode(data: bytes, name: str) -> str:
    """Return the text that bytes are, in the encoding that they show.

    Raises:
        ExchangeError: they are packed, or are no text.
    """
    for beginning, remedy in ARCHIVES.items():
        if data.startswith(beginning):
            raise ExchangeError(f"{name} is {remedy}.")
    encoding = _encoding(data)
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        # Some programs write halves of UTF-16 pairs as if they were characters.
        try:
            return data.decode(encoding, "surrogatepass")
        except UnicodeDecodeError:
            line = data.count(b"\n", 0, error.start) + 1
            raise ExchangeError(
                f"{name}, line {line}: byte {error.start} is not {encoding.upper()}. "
                "Save the file as UTF-8 and try again."
            ) from error


def _encoding(data: bytes) -> str:
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return encoding
    # Text of every format begins with a character of ASCII, which has a zero byte in UTF-16.
    if len(data) >= 2 and (data[0] == 0) != (data[1] == 0):
        return "utf-16-be" if data[0] == 0 else "utf-16-le"
    return "utf-8"


def parse_json(source: Source, text: str | None = None, line: int | None = None) -> Value:
    """Return what a file, or one line of it, holds as JSON.

    Args:
        source: the file.
        text: the line's text; None for all of the file.
        line: the line's number, from 1.

    Raises:
        ExchangeError: it is not JSON.
    """
    remedy = "Export or copy the file again, or mend that line."
    place = "" if line is None else f"line {line}"
    try:
        data = json.loads(source.text if text is None else text, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno if line is None else line}, column {error.colno}"
        raise source.fail(place, f"this is not JSON ({error.msg}). {remedy}") from error
    except RecursionError as error:
        raise source.fail(place, "values are nested too deeply to be a conversation.") from error
    except ValueError as error:  # NaN, and numbers of thousands of digits
        raise source.fail(place, f"this is not JSON ({error}). {remedy}") from error
    return Value(data, source, line)


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no number")


def parse_lines(source: Source) -> tuple[list[Value], bool]:
    """Return the JSON of every line that is not blank, and whether the last one was torn.

    A last line that no newline ends and that is not JSON is what a crash leaves of a line; it is
    left out.

    Raises:
        ExchangeError: another line is not JSON.
    """
    lines = source.text.split("\n")
    values = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            values.append(parse_json(source, line, number))
        except ExchangeError:
            if number == len(lines):
                return values, True
            raise
    return values, False


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a file's JSON, and where it stands."""

    data: Any
    source: Source
    line: int | None = None
    """In files of one value per line, from 1."""
    path: str = ""
    """Such as ``messages[2].content``."""

    @property
    def place(self) -> str:
        """Where in the file it stands, such as ``line 3, payload.role``."""
        line = "" if self.line is None else f"line {self.line}"
        return ", ".join(part for part in (line, self.path) if part)

    def fail(self, problem: str) -> ExchangeError:
        """Return the error of this value; ``problem`` is one or more sentences."""
        return self.source.fail(self.place, problem)

    def has(self, *keys: str) -> bool:
        """Whether it is an object with all of these keys."""
        return isinstance(self.data, dict) and all(key in self.data for key in keys)

    def get(self, key: str) -> Value | None:
        """Return what an object holds under a key, or None if that is null or missing."""
        found = self.object().get(key)
        return None if found is None else self._at(found, f".{key}" if self.path else key)

    def require(self, key: str) -> Value:
        """Return what an object holds under a key.

        Raises:
            ExchangeError: it is no object, or holds nothing there.
        """
        if (found := self.get(key)) is None:
            raise self.fail(f"{key!r} is missing. Export the file again, or add it.")
        return found

    def items(self) -> Iterator[Value]:
        """Give the values of an array.

        Raises:
            ExchangeError: it is no array.
        """
        if not isinstance(self.data, list):
            raise self._unlike("an array")
        for index, found in enumerate(self.data):
            yield self._at(found, f"[{index}]")

    def entries(self) -> Iterator[tuple[str, Value]]:
        """Give the keys and values of an object.

        Raises:
            ExchangeError: it is no object.
        """
        for key, found in self.object().items():
            yield key, self._at(found, f".{key}" if self.path else key)

    def object(self) -> Mapping[str, Any]:
        """Return it as an object.

        Raises:
            ExchangeError: it is something else.
        """
        if not isinstance(self.data, dict):
            raise self._unlike("an object")
        return self.data

    def text(self) -> str:
        """Return it as a text.

        Raises:
            ExchangeError: it is something else.
        """
        if not isinstance(self.data, str):
            raise self._unlike("a text")
        return self.data

    def number(self) -> float:
        """Return it as a finite number.

        Raises:
            ExchangeError: it is something else.
        """
        if isinstance(self.data, bool) or not isinstance(self.data, int | float):
            raise self._unlike("a number")
        try:
            number = float(self.data)
        except OverflowError:
            number = math.inf
        if not math.isfinite(number):
            raise self.fail("this number is too large.")
        return number

    def time(self) -> datetime:
        """Return a moment that is written in seconds since 1970 or as ISO 8601, in UTC.

        Raises:
            ExchangeError: it is neither.
        """
        try:
            if isinstance(self.data, str):
                moment = datetime.fromisoformat(self.data)
                return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
            return datetime.fromtimestamp(self.number(), UTC)
        except (ValueError, OverflowError, OSError) as error:
            raise self.fail(
                f"{_shown(self.data)} is no time. Write it as 2026-01-31T12:00:00Z, "
                "or as seconds since 1970."
            ) from error

    def time_or_none(self, key: str) -> datetime | None:
        """Return the moment that an object holds under a key, if it holds one."""
        found = self.get(key)
        return None if found is None else found.time()

    def text_or_none(self, key: str) -> str | None:
        """Return the text that an object holds under a key, if it holds one."""
        found = self.get(key)
        return None if found is None else found.text()

    def _at(self, data: Any, step: str) -> Value:
        return Value(data, self.source, self.line, self.path + step)

    def _unlike(self, expected: str) -> ExchangeError:
        return self.fail(f"{expected} is expected here, not {_shown(self.data)}.")


def _shown(data: Any) -> str:
    """Return a value as an error message shows it: short, and on one line."""
    if isinstance(data, dict | list):
        return "an object" if isinstance(data, dict) else "an array"
    text = json.dumps(data)
    return text if len(text) <= 60 else text[:57] + "..."
