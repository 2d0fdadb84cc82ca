"""Dialogues as plain text, as mlx-harmony's configurations have them.

A line that begins with ``user:``, ``assistant:`` or ``tool:``, in capitals or not, begins a
message; the lines up to the next such line belong to it.
"""

from __future__ import annotations

import re

from engine.conversation.exchange.draft import Draft, Said, final, recipient_of, result, user
from engine.conversation.exchange.reading import Source
from engine.conversation.messages import Session

NAME = "dialogue"
BEGINNING = re.compile(r"\s*(user|assistant|tool)\s*:\s*(.*)", re.IGNORECASE)


def recognises(source: Source) -> bool:
    """Whether the first line that is not blank begins a message."""
    return BEGINNING.match(source.text) is not None


def read(source: Source) -> tuple[list[Session], list[str]]:
    """Return the dialogue of a text file, and which messages in it were empty.

    Raises:
        ExchangeError: there is text before the first message, or no message at all.
    """
    draft, notes = Draft(NAME), []
    for number, role, text in _messages(source):
        if text:
            draft.add(_said(role, text))
        else:
            notes.append(f"line {number}: this message is empty and was left out.")
    if not len(draft):
        raise source.fail("", f"there is no message in it. {_REMEDY}")
    return [draft.session(source.modified)], notes


_REMEDY = "Begin every message with user:, assistant: or tool: at the start of a line."


def _messages(source: Source) -> list[tuple[int, str, str]]:
    """Return line number, role and text of every message."""
    found: list[tuple[int, str, list[str]]] = []
    # Only these end a line; splitlines would also cut at characters inside a text.
    for number, line in enumerate(re.split(r"\r\n|\r|\n", source.text), start=1):
        if (begins := BEGINNING.fullmatch(line)) is not None:
            found.append((number, begins[1].lower(), [begins[2]]))
        elif found:
            found[-1][2].append(line)
        elif line.strip():
            raise source.fail(f"line {number}", f"this stands before the first message. {_REMEDY}")
    return [(number, role, "\n".join(lines).strip()) for number, role, lines in found]


def _said(role: str, text: str) -> Said:
    match role:
        case "user":
            return user(text)
        case "assistant":
            return final(text)
        case _:
            return result(recipient_of("tool"), text)
