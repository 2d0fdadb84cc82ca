"""A conversation as it is read: citations in answers numbered, what they refer to listed below.

The session itself keeps what the model wrote, ``【0†L3-L5】``. What the browser has displayed is
known from its own outputs, so a file is enough to tell what is cited.
"""

from __future__ import annotations

from dataclasses import replace

from engine.conversation.messages import Message, Session
from engine.tools.browser.citations import (
    MARK,
    Lookup,
    list_references,
    number_citations,
    read_display,
)
from engine.tools.browser.pages import Reference

BROWSER = "browser."


def number_session(session: Session, look_up: Lookup | None = None) -> Session:
    """Return a session whose answers, on the path to the active leaf, tell their sources.

    Args:
        session: it stays as it is.
        look_up: see ``number_answers``.
    """
    path = session.path()
    numbered = number_answers(path, look_up)
    if numbered == path:
        return session
    return replace(session, messages={**session.messages, **{each.id: each for each in numbered}})


def number_answers(path: list[Message], look_up: Lookup | None = None) -> list[Message]:
    """Return messages of which the answers tell their sources.

    Args:
        path: a conversation from its beginning.
        look_up: knows more than the outputs tell, such as where a result of a search leads; it is
            asked first.
    """
    if not any(MARK in message.text for message in path if _is_answer(message)):
        return path
    displays: dict[int, Reference] = {}

    def find(cursor: int, line: int | None) -> Reference | None:
        known = look_up(cursor, line) if look_up is not None else None
        found = known or displays.get(cursor)
        return found if found is not None and found.url else None

    numbered: list[Message] = []
    for message in path:
        shown = message
        if message.role == "tool" and (message.name or "").startswith(BROWSER):
            if (display := read_display(message.text)) is not None:
                cursor, displays[cursor] = display
        elif _is_answer(message):
            cited = number_citations(message.text, find)
            shown = replace(message, text=cited.text + list_references(cited.references))
        numbered.append(shown)
    return numbered


def _is_answer(message: Message) -> bool:
    is_final = message.role == "assistant" and message.channel == "final"
    return is_final and message.recipient is None and message.is_genuine
