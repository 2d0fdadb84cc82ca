"""Sessions on disk, for tests of what lists and reads them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from engine.conversation.messages import Head, Message, Session, TurnRecord, linear
from engine.conversation.whole_sessions import write_session


def keep(
    folder: Path,
    *said: str,
    day: int = 1,
    title: str = "",
    model: str = "demo",
    number: int = 0,
    year: int = 2024,
) -> Path:
    """Write a session in which questions and answers take turns; return its file."""
    started = datetime(year, 11, 1, 12, tzinfo=UTC) + timedelta(days=day - 1, seconds=number)
    messages = [
        Message(
            id_,
            id_ - 1 or None,
            "assistant" if id_ % 2 == 0 else "user",
            text,
            "final" if id_ % 2 == 0 else None,
            time=started + timedelta(minutes=id_),
            turn=(id_ + 1) // 2,
        )
        for id_, text in enumerate(said, start=1)
    ]
    turns = {
        number: TurnRecord(number, 2 * number - 1, started, model, finish="stop")
        for number in range(1, (len(said) + 1) // 2 + 1)
    }
    id_ = f"{started:%Y%m%d-%H%M%S}-{number:08x}"
    return write_session(
        folder, Session(Head(id_, started), linear(messages), len(messages), title, turns)
    )
