"""One field of a line, checked: what is not of its type raises ``DamagedLineError``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from engine.conversation.lines import DamagedLineError, Line, TokenIds


def _is_whole(value: Any) -> bool:
    return type(value) is int and value >= 0


def read_whole(line: Line, key: str) -> int:
    """Return a whole number, which has to be there."""
    value = line[key]
    if type(value) is not int or value < 0:
        raise DamagedLineError(f"{key} is not a whole number")
    return value


def read_whole_or_none(line: Line, key: str) -> int | None:
    """Return a whole number, or None where there is none."""
    return None if line.get(key) is None else read_whole(line, key)


def read_text(line: Line, key: str, default: str | None = None) -> str:
    """Return a text; without a default one has to be there."""
    value = line.get(key, default)
    if not isinstance(value, str):
        raise DamagedLineError(f"{key} is not a text")
    return value


def read_text_or_none(line: Line, key: str) -> str | None:
    """Return a text, or None where there is none."""
    value = line.get(key)
    if value is not None and not isinstance(value, str):
        raise DamagedLineError(f"{key} is not a text")
    return value


def read_texts(line: Line, key: str) -> tuple[str, ...]:
    """Return texts, in order."""
    values = line.get(key, ())
    if not isinstance(values, list | tuple) or not all(isinstance(each, str) for each in values):
        raise DamagedLineError(f"{key} is not a list of texts")
    return tuple(values)


def read_object(line: Line, key: str) -> Line:
    """Return what has fields of its own."""
    value = line.get(key, {})
    if not isinstance(value, dict):
        raise DamagedLineError(f"{key} is not an object")
    return value


def read_one_of(line: Line, key: str, choices: tuple[str, ...]) -> Any:
    """Return a value that has to be there and to be one of some."""
    value = line[key]
    if value not in choices:
        raise DamagedLineError(f"{key} is none of {', '.join(choices)}")
    return value


def read_number(line: Line, key: str) -> float:
    """Return a number, 0 where there is none."""
    value = line.get(key, 0.0)
    if not isinstance(value, int | float):
        raise DamagedLineError(f"{key} is not a number")
    return float(value)


def read_time(line: Line, key: str = "time") -> datetime | None:
    """Return a time in UTC, or None where there is none."""
    value = line.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise DamagedLineError(f"{key} is not a time")
    try:
        time = datetime.fromisoformat(value)
        if time.tzinfo is UTC:
            return time
        return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise DamagedLineError(f"{key} is not a time") from error


def read_ids(line: Line) -> Sequence[int]:
    """Return the ids of tokens, unread if they came so."""
    tokens = line.get("tokens", ())
    if isinstance(tokens, TokenIds):
        return tokens
    if not isinstance(tokens, list | tuple) or not all(map(_is_whole, tokens)):
        raise DamagedLineError("tokens are not whole numbers")
    return tuple(tokens)
