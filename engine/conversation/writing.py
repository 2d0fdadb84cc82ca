"""The lines that are written of a conversation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime

from engine.conversation.lines import VERSION, Line
from engine.conversation.messages import (
    Change,
    Head,
    Message,
    Preamble,
    Session,
    ThinkingEnd,
    ToolCall,
    TurnRecord,
)
from engine.conversation.spoken import spoken_line


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


def session_lines(
    session: Session,
    known: Mapping[int, Preamble] | None = None,
    open_message: int | None = None,
) -> Iterator[Line]:
    """Give lines that make a session as it is now, which need not be how it came about.

    Args:
        session: the conversation.
        known: preambles that lines which are to follow may refer to, by their numbers.
        open_message: the id of a message that lines which are to follow go on with.
    """
    yield head_line(session.head)
    if session.name:
        yield {"kind": "title", "title": session.name}
    yield from _turn_lines(session, known or {})
    for message in session.messages.values():
        if message.id == open_message:
            yield header_line("open", message)
            yield tokens_line(message.id, message.text, message.tokens)
        else:
            yield message_line(message)
    yield from map(call_line, session.calls.values())
    yield from map(spoken_line, session.spoken.values())
    leaf = session.leaf
    if leaf is not None and leaf == open_message:
        leaf = session.messages[leaf].parent  # it becomes the leaf when it is closed
    if leaf is not None:
        yield {"kind": "leaf", "message": leaf}


def _turn_lines(session: Session, known: Mapping[int, Preamble]) -> Iterator[Line]:
    preambles: dict[tuple[str, tuple[int, ...]], int] = {}
    for number, preamble in known.items():
        preambles[preamble.instructions, tuple(preamble.tokens)] = number
        yield preamble_line(number, preamble)
    for turn in session.turns.values():
        preamble = turn.preamble
        key = (preamble.instructions, tuple(preamble.tokens))
        if key not in preambles and any(key):
            preambles[key] = max(preambles.values(), default=0) + 1
            yield preamble_line(preambles[key], preamble)
        yield turn_line(turn, preambles.get(key))
        for change in turn.changes:
            yield change_line(turn.id, change)
        for end in turn.thinking:
            yield thinking_line(turn.id, end)
        if turn.finish is not None:
            yield end_line(turn)
