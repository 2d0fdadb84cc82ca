"""A session's tool calls as a file: JSON Lines for programs, Markdown for people."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from engine.conversation.titles import one_line
from harmony_tui.panes.tool_call import fenced, present, show_seconds, tool_name, visible

if TYPE_CHECKING:
    from engine.conversation.messages import Session, ToolCall

LANGUAGES: Final = {"": "text", "diff": "diff", "python": "python"}


def told_calls(session: Session) -> Iterator[dict[str, Any]]:
    """Give all that a session keeps of each call on the path that is active, in order.

    To what the session has of the call come its number, when it was asked for (UTC, as ISO 8601)
    and the words of the person's that it was made for.
    """
    for number, (question, call) in enumerate(_calls(session), start=1):
        message = session.messages.get(call.message)
        when = message.time if message is not None else None
        yield {
            "number": number,
            "time": _iso(when),
            "question": question,
            **asdict(call),
        }


def as_json_lines(session: Session) -> str:
    """Return the calls as one JSON object a line, in ASCII: no text can act on a terminal."""
    return "".join(f"{json.dumps(call, default=str)}\n" for call in told_calls(session))


def as_markdown(session: Session) -> str:
    """Return the calls as a document, control characters made visible."""
    parts = [f"# Tool calls: {visible(one_line(session.title))}"]
    question = None
    for number, (asked, call) in enumerate(_calls(session), start=1):
        if asked != question:
            question = asked
            parts.append(f"## {visible(one_line(asked)) or 'Without a question'}")
        parts += _described(number, call)
    return "\n\n".join(parts) + "\n"


WRITERS: Final[Mapping[str, Callable[[Session], str]]] = {
    ".jsonl": as_json_lines,
    ".md": as_markdown,
}
"""What writes a file, by the ending of its name."""


def _calls(session: Session) -> Iterator[tuple[str, ToolCall]]:
    """Give the person's words and the call, for each call of the active path."""
    by_message: dict[int, list[ToolCall]] = {}
    for call in session.calls.values():
        by_message.setdefault(call.message, []).append(call)
    question = ""
    for message in session.path():
        if message.role == "user" and message.is_genuine:
            question = message.text
        for call in by_message.get(message.id, ()):
            yield question, call


def _described(number: int, call: ToolCall) -> Iterator[str]:
    yield f"### {number}. {tool_name(call.recipient)}"
    told = asdict(call)
    facts = [call.outcome or "not finished", show_seconds(call.seconds)]
    if tokens := told.get("tokens"):
        facts.append(f"{tokens:,} tokens")
    facts += [str(told[name]) for name in ("place", "effects") if told.get(name)]
    allowed = told.get("allowed_by") or call.approval
    yield visible(one_line(" · ".join([*facts, f"approval: {allowed}"])))
    arguments = present(call.recipient, call.arguments)
    if arguments.text:
        yield fenced(arguments.text, LANGUAGES[arguments.language], "`")
    if call.output:
        yield fenced(visible(call.output), "text", "`")


def _iso(when: datetime | None) -> str | None:
    return None if when is None else when.astimezone(UTC).isoformat()
