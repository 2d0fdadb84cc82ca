"""The conversation that the lines of a session's file make."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from engine.conversation.fields import (
    read_ids,
    read_number,
    read_object,
    read_one_of,
    read_text,
    read_text_or_none,
    read_texts,
    read_time,
    read_whole,
    read_whole_or_none,
)
from engine.conversation.lines import DamagedLineError, Line
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
from engine.conversation.spoken import SpokenAnswer, told_figures

ENDINGS = ("end", "return", "call", "cut")
FINISHES = ("stop", "length", "cancelled", "error")
REASONS = ("person", "budget", "loop")
APPROVALS = ("unasked", "asked", "allowed", "declined")
OUTCOMES = ("done", "failed", "declined")


def read_message(line: Line) -> Message:
    """Return the message of a ``message`` or ``open`` line; one that is open is cut, so far."""
    branch = None
    if line.get("branch") is not None:
        fields = read_object(line, "branch")
        branch = Branch(read_whole(fields, "message"), read_whole(fields, "token"))
    return Message(
        read_whole(line, "id"),
        read_whole_or_none(line, "parent"),
        read_text(line, "role"),
        read_text(line, "text", ""),
        read_text_or_none(line, "channel"),
        read_text_or_none(line, "recipient"),
        read_text_or_none(line, "name"),
        read_text_or_none(line, "content_type"),
        read_ids(line),
        read_one_of(line, "ending", ENDINGS) if "ending" in line else "cut",
        read_time(line),
        read_whole_or_none(line, "turn"),
        bool(line.get("irregular", False)),
        not line.get("forged", False),
        branch,
    )


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
        self._session_so_far: Session | None = None
        """What was returned last, if it still is what the lines say."""
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
        self._session_so_far = None
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
        before = self._session_so_far
        if before is not None and (before.head, before.damaged) == (self.head or head, damaged):
            return before  # and what was found out about it
        messages, leaf = self.messages, self.leaf
        if self._open is not None:
            message = self._so_far(self._open)
            messages, leaf = {**messages, message.id: message}, message.id
        self._session_so_far = Session(
            self.head or head,
            dict(messages),
            leaf,
            self.name,
            dict(self.turns),
            dict(self.calls),
            damaged,
            dict(self.spoken),
        )
        return self._session_so_far

    # --- line by line -------------------------------------------------------------------------

    def _session(self, line: Line) -> None:
        if self.head is not None:
            raise DamagedLineError("it is a second head")
        started = read_time(line, "started")
        if started is None:
            raise DamagedLineError("started is missing")
        origin = None
        if line.get("forked_from") is not None:
            fields = read_object(line, "forked_from")
            origin = Origin(read_text(fields, "session"), read_whole(fields, "message"))
        self.head = Head(
            read_text(line, "id"),
            started,
            origin,
            read_text(line, "source", ""),
        )

    def _title(self, line: Line) -> None:
        self.name = read_text(line, "title")

    def _preamble(self, line: Line) -> None:
        number = read_whole(line, "id")
        self.preambles[number] = Preamble(read_text(line, "instructions", ""), read_ids(line))
        self._count("preamble", number)

    def _turn(self, line: Line) -> None:
        number, preamble = read_whole(line, "id"), read_whole_or_none(line, "preamble")
        before = self.turns.get(number)
        self.turns[number] = TurnRecord(
            id=number,
            user=read_whole_or_none(line, "user"),
            started=read_time(line),
            model=read_text(line, "model", ""),
            fingerprint=read_text(line, "fingerprint", ""),
            seed=read_whole_or_none(line, "seed"),
            hyperparameters=read_object(line, "hyperparameters"),
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
        number = read_whole(line, "message")
        read_text(line, "text", "")
        read_ids(line)
        if self._open is None or self._open.message.id != number:
            raise DamagedLineError(f"message {number} is not open")
        self._open.batches.append(line)

    def _change(self, line: Line) -> None:
        turn = self._known(self.turns, line, "turn")
        change = Change(read_whole(line, "token"), read_object(line, "values"))
        self.turns[turn.id] = replace(turn, changes=(*turn.changes, change))

    def _end_thinking(self, line: Line) -> None:
        turn = self._known(self.turns, line, "turn")
        end = ThinkingEnd(read_whole(line, "token"), read_one_of(line, "reason", REASONS))
        self.turns[turn.id] = replace(turn, thinking=(*turn.thinking, end))

    def _call(self, line: Line) -> None:
        call = ToolCall(
            id=read_whole(line, "id"),
            message=read_whole(line, "message"),
            recipient=read_text(line, "recipient"),
            arguments=read_text(line, "arguments"),
            effects=read_text(line, "effects", ""),
            approval=read_one_of(line, "approval", APPROVALS),
            is_started=bool(line.get("started", False)),
            outcome=None if line.get("outcome") is None else read_one_of(line, "outcome", OUTCOMES),
            output=read_text(line, "output", ""),
            seconds=read_number(line, "seconds"),
            result=read_whole_or_none(line, "result"),
            place=read_text(line, "place", ""),
            allowed_by=read_text(line, "allowed_by", ""),
            figures=read_texts(line, "figures"),
        )
        self.calls[call.id] = call
        self._count("call", call.id)

    def _end(self, line: Line) -> None:
        turn = self._known(self.turns, line, "turn")
        finish, reason = read_one_of(line, "finish", FINISHES), read_text(line, "reason", "")
        statistics = read_object(line, "statistics")
        self.settle()
        # Not by replace(), which takes four times as long, and a long session has thousands.
        self.turns[turn.id] = TurnRecord(
            turn.id,
            turn.user,
            turn.started,
            turn.model,
            turn.fingerprint,
            turn.seed,
            turn.hyperparameters,
            turn.changes,
            turn.thinking,
            turn.preamble,
            finish,
            reason,
            statistics,
        )

    def _continue(self, line: Line) -> None:
        turn, number = self._known(self.turns, line, "turn"), read_whole_or_none(line, "message")
        message = None if number is None else self.messages.get(number)
        text = read_text(line, "text", "")
        self.settle()
        self.turns[turn.id] = replace(turn, finish=None, reason="", statistics={})
        if message is not None:
            self._open = _Open(replace(message, ending="cut"), text, message.tokens)

    def _leaf(self, line: Line) -> None:
        self.leaf = self._known(self.messages, line, "message").id

    def _spoken(self, line: Line) -> None:
        message = read_whole(line, "message")
        self.spoken[message] = SpokenAnswer(
            message,
            read_whole(line, "heard"),
            bool(line.get("whole", True)),
            read_text(line, "voice", ""),
            read_text(line, "recognizer", ""),
            told_figures(read_object(line, "figures")),
        )

    # --- the tree -----------------------------------------------------------------------------

    @staticmethod
    def _known(things: dict[int, Any], line: Line, key: str) -> Any:
        thing = things.get(read_whole(line, key))
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
            self._session_so_far = None
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
