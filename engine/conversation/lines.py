"""One line of a session's file, and the conversation that its lines make.

The kinds of lines and their fields are specified in ``engine.conversation.store``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, overload

from engine.conversation.messages import (
    NO_PREAMBLE,
    Branch,
    Change,
    Head,
    Message,
    Origin,
    Preamble,
    Session,
    ThinkingEnd,
    ToolCall,
    TurnRecord,
)
from engine.conversation.spoken import SpokenAnswer, spoken_line, told_figures

VERSION = 2
"""The version of the lines that are written and that a ``Replay`` takes."""

TOKENS = b',"tokens":['
"""In JSON these bytes are never part of a text, whose quotation marks are escaped."""

IDS = re.compile(rb"(?:[0-9]{1,20},)*+[0-9]{1,20}")
"""An id of gpt-oss has six digits; a number without end would fail when it is read."""

DECODER = json.JSONDecoder()

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
                self._ids = tuple(_read_json(f"[{self._text.decode()}]"))
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
        values = _read_json(line.rstrip(b" \t\r\n").decode())
    except (ValueError, RecursionError):
        values = _read_slowly(line)
    if not isinstance(values, dict):
        raise DamagedLineError("it is not a JSON object")
    if tokens is not None:
        values["tokens"] = tokens
    return values


def _read_json(text: str) -> Any:
    """Return what JSON says, as ``json.loads`` does in twice the time.

    Raises:
        ValueError: it is not JSON, or blanks stand around it.
    """
    value, end = DECODER.raw_decode(text)
    if end != len(text):
        raise ValueError("something follows")
    return value


def _read_slowly(line: bytes) -> Any:
    """Return what a line says that may be damaged, or is in another encoding."""
    try:
        return json.loads(line)
    except (ValueError, RecursionError) as error:
        raise DamagedLineError(str(error)) from error


# --- what a line holds -------------------------------------------------------------------------


def _is_whole(value: Any) -> bool:
    return type(value) is int and value >= 0


def _whole(line: Line, key: str) -> int:
    value = line[key]
    if type(value) is not int or value < 0:
        raise DamagedLineError(f"{key} is not a whole number")
    return value


def _whole_or_none(line: Line, key: str) -> int | None:
    return None if line.get(key) is None else _whole(line, key)


def _text(line: Line, key: str, default: str | None = None) -> str:
    value = line.get(key, default)
    if not isinstance(value, str):
        raise DamagedLineError(f"{key} is not a text")
    return value


def _texts(line: Line, key: str) -> tuple[str, ...]:
    values = line.get(key, ())
    if not isinstance(values, list | tuple) or not all(isinstance(each, str) for each in values):
        raise DamagedLineError(f"{key} is not a list of texts")
    return tuple(values)


def _object(line: Line, key: str) -> Line:
    value = line.get(key, {})
    if not isinstance(value, dict):
        raise DamagedLineError(f"{key} is not an object")
    return value


def _one_of(line: Line, key: str, choices: tuple[str, ...]) -> Any:
    value = line[key]
    if value not in choices:
        raise DamagedLineError(f"{key} is none of {', '.join(choices)}")
    return value


def _number(line: Line, key: str) -> float:
    value = line.get(key, 0.0)
    if not isinstance(value, int | float):
        raise DamagedLineError(f"{key} is not a number")
    return float(value)


def _time(line: Line, key: str = "time") -> datetime | None:
    value = line.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise DamagedLineError(f"{key} is not a time")
    try:
        time = datetime.fromisoformat(value)
        return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise DamagedLineError(f"{key} is not a time") from error


def _ids(line: Line) -> Sequence[int]:
    tokens = line.get("tokens", ())
    if isinstance(tokens, TokenIds):
        return tokens
    if not isinstance(tokens, list | tuple) or not all(map(_is_whole, tokens)):
        raise DamagedLineError("tokens are not whole numbers")
    return tuple(tokens)


ENDINGS = ("end", "return", "call", "cut")
FINISHES = ("stop", "length", "cancelled", "error")
REASONS = ("person", "budget", "loop")
APPROVALS = ("unasked", "asked", "allowed", "declined")
OUTCOMES = ("done", "failed", "declined")
OPTIONAL = ("channel", "recipient", "name", "content_type")
"""Texts of a message that most messages lack."""


def read_message(line: Line) -> Message:
    """Return the message of a ``message`` or ``open`` line; one that is open is cut, so far."""
    branch = None
    if line.get("branch") is not None:
        fields = _object(line, "branch")
        branch = Branch(_whole(fields, "message"), _whole(fields, "token"))
    optional = {key: _text(line, key) for key in OPTIONAL if line.get(key) is not None}
    return Message(
        id=_whole(line, "id"),
        parent=_whole_or_none(line, "parent"),
        role=_text(line, "role"),
        text=_text(line, "text", ""),
        tokens=_ids(line),
        ending=_one_of(line, "ending", ENDINGS) if "ending" in line else "cut",
        time=_time(line),
        turn=_whole_or_none(line, "turn"),
        irregular=bool(line.get("irregular", False)),
        is_genuine=not line.get("forged", False),
        branch=branch,
        **optional,
    )


def header_line(kind: str, message: Message) -> Line:
    """Return what an ``open`` line says of a message; fields that say nothing are left out."""
    line: Line = {"kind": kind, "time": _iso(message.time), "id": message.id}
    line |= {"parent": message.parent, "turn": message.turn, "role": message.role}
    optional: Line = {
        "channel": message.channel,
        "recipient": message.recipient,
        "name": message.name,
        "content_type": message.content_type,
        "irregular": message.irregular or None,
        "forged": None if message.is_genuine else True,
    }
    if message.branch is not None:
        optional["branch"] = {"message": message.branch.message, "token": message.branch.token}
    return line | {key: value for key, value in optional.items() if value is not None}


def message_line(message: Message) -> Line:
    """Return the ``message`` line of a message that is complete."""
    line = header_line("message", message) | {"ending": message.ending, "text": message.text}
    return line | ({"tokens": tuple(message.tokens)} if message.tokens else {})


def tokens_line(message: int, text: str, tokens: Sequence[int]) -> Line:
    """Return the line that adds to an open message."""
    line: Line = {"kind": "tokens", "message": message, "text": text}
    return line | ({"tokens": tuple(tokens)} if tokens else {})


def preamble_line(number: int, preamble: Preamble) -> Line:
    """Return the line that later turns refer to by its number."""
    line: Line = {"kind": "preamble", "id": number, "instructions": preamble.instructions}
    return line | ({"tokens": tuple(preamble.tokens)} if preamble.tokens else {})


def turn_line(turn: TurnRecord, preamble: int | None) -> Line:
    """Return the line that a turn begins with."""
    return {
        "kind": "turn",
        "time": _iso(turn.started),
        "id": turn.id,
        "user": turn.user,
        "model": turn.model,
        "fingerprint": turn.fingerprint,
        "seed": turn.seed,
        "hyperparameters": dict(turn.hyperparameters),
        "preamble": preamble,
    }


def change_line(turn: int, change: Change) -> Line:
    """Return the line that says which hyperparameters act from a token on."""
    return {"kind": "change", "turn": turn, "token": change.token, "values": dict(change.values)}


def thinking_line(turn: int, end: ThinkingEnd) -> Line:
    """Return the line that says where an analysis was ended in the model's place."""
    return {"kind": "thinking", "turn": turn, "token": end.token, "reason": end.reason}


def end_line(turn: TurnRecord) -> Line:
    """Return the line that a turn ends with."""
    return {
        "kind": "end",
        "turn": turn.id,
        "finish": turn.finish,
        "reason": turn.reason,
        "statistics": dict(turn.statistics),
    }


def call_line(call: ToolCall) -> Line:
    """Return the line that says how a call stands; fields that came later only if they say so."""
    later: Line = {
        "place": call.place,
        "allowed_by": call.allowed_by,
        "figures": list(call.figures),
    }
    return {
        "kind": "call",
        "id": call.id,
        "message": call.message,
        "recipient": call.recipient,
        "arguments": call.arguments,
        "effects": call.effects,
        "approval": call.approval,
        "started": call.is_started,
        "outcome": call.outcome,
        "output": call.output,
        "seconds": call.seconds,
        "result": call.result,
        **{key: value for key, value in later.items() if value},
    }


def head_line(head: Head) -> Line:
    """Return the first line of a session."""
    line: Line = {
        "kind": "session",
        "version": VERSION,
        "id": head.id,
        "started": _iso(head.started),
    }
    if head.forked_from is not None:
        origin = head.forked_from
        line["forked_from"] = {"session": origin.session, "message": origin.message}
    return line | ({"source": head.source} if head.source else {})


def _iso(time: datetime | None) -> str | None:
    return None if time is None else time.astimezone(UTC).isoformat()


def session_lines(session: Session) -> Iterator[Line]:
    """Give lines that make a session as it is now, which need not be how it came about."""
    yield head_line(session.head)
    if session.name:
        yield {"kind": "title", "title": session.name}
    preambles: dict[tuple[str, tuple[int, ...]], int] = {}
    for turn in session.turns.values():
        preamble = turn.preamble
        key = (preamble.instructions, tuple(preamble.tokens))
        if key not in preambles and any(key):
            preambles[key] = len(preambles) + 1
            yield preamble_line(preambles[key], preamble)
        yield turn_line(turn, preambles.get(key))
        for change in turn.changes:
            yield change_line(turn.id, change)
        for end in turn.thinking:
            yield thinking_line(turn.id, end)
        if turn.finish is not None:
            yield end_line(turn)
    for message in session.messages.values():
        yield message_line(message)
    yield from map(call_line, session.calls.values())
    yield from map(spoken_line, session.spoken.values())
    if session.leaf is not None:
        yield {"kind": "leaf", "message": session.leaf}


# --- what lines make ---------------------------------------------------------------------------


@dataclass(slots=True)
class _Open:
    """The message that the model is writing, or was when the program ended."""

    message: Message
    text: str
    tokens: Sequence[int]
    batches: list[Line] = field(default_factory=list)


class Replay:
    """What the lines of a file say, taken one after the other."""

    def __init__(self) -> None:
        self.head: Head | None = None
        self.name = ""
        self.messages: dict[int, Message] = {}
        self.turns: dict[int, TurnRecord] = {}
        self.calls: dict[int, ToolCall] = {}
        self.spoken: dict[int, SpokenAnswer] = {}
        self.preambles: dict[int, Preamble] = {}
        self.leaf: int | None = None
        self.highest = {"message": 0, "turn": 0, "call": 0, "preamble": 0}
        """The highest id that any line gives to a thing of a kind."""
        self._open: _Open | None = None
        self._take: dict[str, Callable[[Line], None]] = {
            "session": self._session,
            "title": self._title,
            "preamble": self._preamble,
            "turn": self._turn,
            "message": self._message,
            "open": self._begin_message,
            "tokens": self._tokens,
            "change": self._change,
            "thinking": self._end_thinking,
            "call": self._call,
            "end": self._end,
            "continue": self._continue,
            "leaf": self._leaf,
            "spoken": self._spoken,
        }

    def take(self, line: Line) -> None:
        """Take a line.

        Raises:
            DamagedLineError: it does not say what a line of its kind has to; nothing is changed.
        """
        kind = line.get("kind")
        take = self._take.get(kind) if isinstance(kind, str) else None
        if take is None and line.get("optional") is True:
            return
        if take is None:
            raise DamagedLineError(f"{str(kind)[:40]!r} is not a kind of line")
        try:
            take(line)
        except KeyError as error:
            raise DamagedLineError(f"a line of the kind {kind} lacks {error}") from error

    @property
    def open_message(self) -> int | None:
        """The message that is being written."""
        return None if self._open is None else self._open.message.id

    def session(self, head: Head, damaged: int = 0) -> Session:
        """Return the conversation as it stands; a message that is still open is cut.

        Args:
            head: used where no head was among the lines.
            damaged: how many lines could not be taken.
        """
        messages, leaf = self.messages, self.leaf
        if self._open is not None:
            message = self._so_far(self._open)
            messages, leaf = {**messages, message.id: message}, message.id
        return Session(
            self.head or head,
            dict(messages),
            leaf,
            self.name,
            dict(self.turns),
            dict(self.calls),
            damaged,
            dict(self.spoken),
        )

    # --- line by line -------------------------------------------------------------------------

    def _session(self, line: Line) -> None:
        if self.head is not None:
            raise DamagedLineError("it is a second head")
        started = _time(line, "started")
        if started is None:
            raise DamagedLineError("started is missing")
        origin = None
        if line.get("forked_from") is not None:
            fields = _object(line, "forked_from")
            origin = Origin(_text(fields, "session"), _whole(fields, "message"))
        self.head = Head(
            _text(line, "id"),
            started,
            origin,
            _text(line, "source", ""),
        )

    def _title(self, line: Line) -> None:
        self.name = _text(line, "title")

    def _preamble(self, line: Line) -> None:
        number = _whole(line, "id")
        self.preambles[number] = Preamble(_text(line, "instructions", ""), _ids(line))
        self._count("preamble", number)

    def _turn(self, line: Line) -> None:
        number, preamble = _whole(line, "id"), _whole_or_none(line, "preamble")
        before = self.turns.get(number)
        self.turns[number] = TurnRecord(
            id=number,
            user=_whole_or_none(line, "user"),
            started=_time(line),
            model=_text(line, "model", ""),
            fingerprint=_text(line, "fingerprint", ""),
            seed=_whole_or_none(line, "seed"),
            hyperparameters=_object(line, "hyperparameters"),
            changes=before.changes if before else (),
            thinking=before.thinking if before else (),
            preamble=NO_PREAMBLE if preamble is None else self.preambles.get(preamble, NO_PREAMBLE),
        )
        self._count("turn", number)
        self.settle()

    def _message(self, line: Line) -> None:
        message = read_message(line)
        if self._open is not None and self._open.message.id == message.id:
            self._open = None
        self.settle()
        self._put(message)

    def _begin_message(self, line: Line) -> None:
        message = read_message(line)
        self.settle()
        self._count("message", message.id)
        self._open = _Open(self._placed(message), message.text, message.tokens)

    def _tokens(self, line: Line) -> None:
        number = _whole(line, "message")
        _text(line, "text", "")
        _ids(line)
        if self._open is None or self._open.message.id != number:
            raise DamagedLineError(f"message {number} is not open")
        self._open.batches.append(line)

    def _change(self, line: Line) -> None:
        turn = self._known(self.turns, line, "turn")
        change = Change(_whole(line, "token"), _object(line, "values"))
        self.turns[turn.id] = replace(turn, changes=(*turn.changes, change))

    def _end_thinking(self, line: Line) -> None:
        turn = self._known(self.turns, line, "turn")
        end = ThinkingEnd(_whole(line, "token"), _one_of(line, "reason", REASONS))
        self.turns[turn.id] = replace(turn, thinking=(*turn.thinking, end))

    def _call(self, line: Line) -> None:
        call = ToolCall(
            id=_whole(line, "id"),
            message=_whole(line, "message"),
            recipient=_text(line, "recipient"),
            arguments=_text(line, "arguments"),
            effects=_text(line, "effects", ""),
            approval=_one_of(line, "approval", APPROVALS),
            is_started=bool(line.get("started", False)),
            outcome=None if line.get("outcome") is None else _one_of(line, "outcome", OUTCOMES),
            output=_text(line, "output", ""),
            seconds=_number(line, "seconds"),
            result=_whole_or_none(line, "result"),
            place=_text(line, "place", ""),
            allowed_by=_text(line, "allowed_by", ""),
            figures=_texts(line, "figures"),
        )
        self.calls[call.id] = call
        self._count("call", call.id)

    def _end(self, line: Line) -> None:
        turn = self._known(self.turns, line, "turn")
        finish, reason = _one_of(line, "finish", FINISHES), _text(line, "reason", "")
        statistics = _object(line, "statistics")
        self.settle()
        self.turns[turn.id] = replace(turn, finish=finish, reason=reason, statistics=statistics)

    def _continue(self, line: Line) -> None:
        turn, number = self._known(self.turns, line, "turn"), _whole_or_none(line, "message")
        message = None if number is None else self.messages.get(number)
        text = _text(line, "text", "")
        self.settle()
        self.turns[turn.id] = replace(turn, finish=None, reason="", statistics={})
        if message is not None:
            self._open = _Open(replace(message, ending="cut"), text, message.tokens)

    def _leaf(self, line: Line) -> None:
        self.leaf = self._known(self.messages, line, "message").id

    def _spoken(self, line: Line) -> None:
        message = _whole(line, "message")
        self.spoken[message] = SpokenAnswer(
            message,
            _whole(line, "heard"),
            bool(line.get("whole", True)),
            _text(line, "voice", ""),
            _text(line, "recognizer", ""),
            told_figures(_object(line, "figures")),
        )

    # --- the tree -----------------------------------------------------------------------------

    @staticmethod
    def _known(things: dict[int, Any], line: Line, key: str) -> Any:
        thing = things.get(_whole(line, key))
        if thing is None:
            raise DamagedLineError(f"{key} {line[key]} is not known")
        return thing

    def _count(self, kind: str, number: int) -> None:
        self.highest[kind] = max(self.highest[kind], number)

    def _put(self, message: Message) -> None:
        before = self.messages.get(message.id)
        # One that was continued keeps its place, so that the tree has no circle.
        placed = self._placed(message) if before is None else replace(message, parent=before.parent)
        self.messages[message.id] = placed
        self._count("message", message.id)
        self.leaf = message.id

    def _placed(self, message: Message) -> Message:
        """Return a message with a parent that is there, should a damaged line have held its own."""
        if message.parent is None or (
            message.parent in self.messages and message.parent < message.id
        ):
            return message
        before = [number for number in self.messages if number < min(message.id, message.parent)]
        return replace(message, parent=max(before, default=None))

    def settle(self) -> None:
        """Take a message that was never closed as it is."""
        if self._open is not None:
            message, self._open = self._so_far(self._open), None
            self._put(message)

    @staticmethod
    def _so_far(written: _Open) -> Message:
        if not written.batches:
            return written.message
        text = written.text + "".join(line.get("text", "") for line in written.batches)
        tokens = [*written.tokens]
        for line in written.batches:
            tokens.extend(line.get("tokens", ()))
        return replace(written.message, text=text, tokens=tuple(tokens))
