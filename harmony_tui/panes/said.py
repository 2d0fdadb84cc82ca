"""What is known of the messages in the conversation, besides their text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.conversation.messages import Message

Lookup = Callable[[], tuple[Mapping[int, int], Mapping[int, "Message"]]]
"""Gives the ids of messages by the numbers that events give, and the session's messages by id."""


MOST_WORDS = 4
"""So many of the last words that were heard are named."""


@dataclass(slots=True)
class Said:
    """One message: where it is in the session, when it came, and how long it is."""

    turn: int
    """Counts the turns that were shown."""
    words: int | None = None
    """The id of what the person said."""
    number: int | None = None
    """The number that events gave what the model said; None once it does not hold any more."""
    heard: datetime | None = None
    """When it came; None where it was over before it was shown here."""
    tokens: int = 0
    is_thought: bool = False

    def find_id(self, numbers: Mapping[int, int]) -> int | None:
        """Return its id in the session, if it has one."""
        return self.words if self.number is None else numbers.get(self.number)


def stamp(said: Said, message: Message | None, now: datetime) -> str:
    """Return when a message came and how many tokens it has, such as ``14:32 · 118 tokens``.

    Args:
        said: what was heard of it.
        message: what the session has of it.
        now: of another day the date is said too.
    """
    time, tokens = said.heard, said.tokens
    if message is not None:
        time, tokens = time or message.time, tokens or len(message.tokens)
    parts: list[str] = []
    if time is not None:
        local = time.astimezone()
        is_today = local.date() == now.astimezone().date()
        parts.append(f"{local:%H:%M}" if is_today else f"{local:%Y-%m-%d %H:%M}")
    if tokens:
        parts.append(f"{tokens:,} {'token' if tokens == 1 else 'tokens'}")
    return " · ".join(parts)


def say_heard(text: str, characters: int) -> str:
    """Return up to which words an answer was heard whose speech was interrupted."""
    words = text[:characters].split()
    return f"heard up to “{' '.join(words[-MOST_WORDS:])}”" if words else "not heard"
