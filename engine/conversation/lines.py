"""The lines of a session's file: what they say, and as bytes.

The file is named after the session's id and is UTF-8. Each line is a JSON object with a ``kind``;
nothing that was written is taken back or changed, a later line says what is different now. Ids of
messages, turns, calls and preambles are whole numbers that count up from 1, each for itself. Times
are ISO 8601 in UTC. Fields that are null may be left out. ``tokens``, a list of token ids, is
always the last field of its line. Version 2 has these kinds, ``time`` not listed:

- ``session``, the first line: ``version``; ``id``; ``started``; ``forked_from`` (``session``,
  ``message``) if it was forked; ``source``, where it was imported from.
- ``title``: ``title``, which the person gave; empty takes it back.
- ``preamble``: ``id``; ``instructions``, the developer message's text; ``tokens`` of the system and
  developer messages.
- ``turn``, which begins one or says more of it: ``id``; ``user``, the message that it answers;
  ``model``; ``fingerprint`` of its weights; ``seed``; ``hyperparameters`` at its first token;
  ``preamble``, the id of the one in force.
- ``open``: a message begins. ``id``; ``parent``, the message that it follows; ``turn``; ``role``;
  ``channel``; ``recipient``; ``name`` of the tool that speaks; ``content_type``; ``branch``
  (``message``, ``token``) if it shares so many first tokens with that message; ``forged``, true if
  it is no part of the conversation.
- ``tokens``: the open message goes on. ``message``; ``text``; ``tokens``. Without a line that
  closes it the message is what these lines say, and is cut.
- ``message``: a message is complete. The fields of ``open``, and ``ending`` (end, return, call,
  cut); ``irregular``, true if the model broke the format; ``text``; ``tokens``: all of them,
  whatever lines before say. It becomes the active leaf. A line with an id that was there before
  replaces that message, which stays where it was in the tree.
- ``change``: ``turn``; from sampled ``token`` on, the hyperparameters ``values`` act.
- ``thinking``: ``turn``; before sampled ``token`` the program ended the analysis and began the
  answer in the model's place; ``reason`` (person, budget, loop).
- ``call``, how a tool call stands, written anew when that changes: ``id``; ``message`` that calls;
  ``recipient``; ``arguments``; ``effects``; ``approval`` (unasked, asked, allowed, declined);
  ``started``, true from before the tool runs; ``outcome`` (done, failed, declined); ``output``;
  ``seconds``; ``result``, the tool's message; ``place`` where it runs; ``allowed_by``; ``figures``,
  paths of the pictures that it drew.
- ``end``: ``turn``; ``finish`` (stop, length, cancelled, error); ``reason``; ``statistics``.
- ``continue``: the ended ``turn`` goes on, with the ``message`` that was cut, if there was one; of
  its text ``text`` stands, and it comes again, whole, under the same id.
- ``leaf``: ``message`` is the active leaf now.
- ``spoken``: ``message`` was spoken, ``heard`` of its characters, ``whole`` if it was to its end;
  ``voice``; ``recognizer``; ``figures`` of the time it took.

A line of a kind that is not known here is left out without a word if its ``optional`` is true.

Beside the file there may be ``ID.lock`` (a program writes it), ``ID.torn`` (the ends of lines that
crashes cut short), ``ID.v1`` (the file as it was before it was brought to this version) and
``ID.other`` (what another program put in the file's place while it was open).
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
    """Token ids as they stand in a line; numbers, of six times the size, are made when asked."""

    __slots__ = ("_text",)

    def __init__(self, text: bytes) -> None:
        self._text = text

    def _read(self) -> tuple[int, ...]:
        try:
            return tuple(from_json(b"[%b]" % self._text))
        except ValueError:  # zeros stand before a number
            return tuple(map(int, self._text.split(b",")))

    def __len__(self) -> int:
        return self._text.count(b",") + 1

    @overload
    def __getitem__(self, index: int) -> int: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[int, ...]: ...
    def __getitem__(self, index: int | slice) -> int | tuple[int, ...]:
        return self._read()[index]

    def __iter__(self) -> Iterator[int]:
        return iter(self._read())

    def __reversed__(self) -> Iterator[int]:
        return reversed(self._read())

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
        end = len(line) - 3 if line.endswith(b"]}\n") else len(line.rstrip()) - 2
        if line.startswith(b"]}", end) and IDS.fullmatch(line, start + len(TOKENS), end):
            tokens = TokenIds(line[start + len(TOKENS) : end])
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
