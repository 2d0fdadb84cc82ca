"""One line of a session's file, as bytes and as what it says.

The kinds of lines and their fields are specified in ``engine.conversation.store``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any, overload

from pydantic_core import from_json

VERSION = 2
"""The version of the lines that are written and that a ``Replay`` takes."""

TOKENS = b',"tokens":['
"""In JSON these bytes are never part of a text, whose quotation marks are escaped."""

IDS = re.compile(rb"(?:[0-9]{1,20},)*+[0-9]{1,20}")
"""An id of gpt-oss has six digits; a number without end would fail when it is read."""

Line = dict[str, Any]


class DamagedLineError(ValueError):
    """A line is no line of a session; the message says why."""


class TokenIds(Sequence[int]):
    """Token ids as they stand in a line; they become numbers when they are first asked for."""

    __slots__ = ("_ids", "_text")

    def __init__(self, text: bytes) -> None:
        self._text = text
        self._ids: tuple[int, ...] | None = None

    def _read(self) -> tuple[int, ...]:
        if self._ids is None:
            try:
                self._ids = tuple(from_json(b"[%b]" % self._text))
            except ValueError:  # zeros stand before a number
                self._ids = tuple(map(int, self._text.split(b",")))
            self._text = b""
        return self._ids

    def __len__(self) -> int:
        return self._text.count(b",") + 1 if self._ids is None else len(self._ids)

    @overload
    def __getitem__(self, index: int) -> int: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[int, ...]: ...
    def __getitem__(self, index: int | slice) -> int | tuple[int, ...]:
        return self._read()[index]

    def __iter__(self) -> Iterator[int]:
        return iter(self._read())

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Sequence):
            return self._read() == tuple(other)
        return NotImplemented

    def __hash__(self) -> int:
        return hash(self._read())

    def __repr__(self) -> str:
        return repr(self._read())


def dump(line: Line) -> bytes:
    """Return a line as it stands in the file, its line break included.

    ``tokens``, where there are any, have to be the last field, so that they can be read late.
    """
    text = json.dumps(line, ensure_ascii=False, separators=(",", ":"), default=str)
    try:
        return text.encode() + b"\n"
    except UnicodeEncodeError:
        # Lone surrogates survive as escapes; everything else stays readable.
        return json.dumps(line, separators=(",", ":"), default=str).encode() + b"\n"


def parse(line: bytes) -> Line:
    """Return what a line says, its tokens unread if they stand where they can be.

    Raises:
        DamagedLineError: it is not a JSON object.
    """
    tokens: TokenIds | None = None
    start = line.rfind(TOKENS)
    if start >= 0:
        end = line.rstrip()
        ids = end[start + len(TOKENS) : -2]
        if end.endswith(b"]}") and IDS.fullmatch(ids):
            tokens = TokenIds(ids)
            line = line[:start] + b"}"
    try:
        values = from_json(line)  # four times as fast as json.loads, which reads more
    except ValueError:
        values = _read_slowly(line)
    if not isinstance(values, dict):
        raise DamagedLineError("it is not a JSON object")
    if tokens is not None:
        values["tokens"] = tokens
    return values


def _read_slowly(line: bytes) -> Any:
    """Return what a line says that may be damaged, or is in another encoding."""
    try:
        return json.loads(line)
    except (ValueError, RecursionError) as error:
        raise DamagedLineError(str(error)) from error
