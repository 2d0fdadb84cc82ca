"""What the written formats share, and how a file is written whole or not at all."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from engine.conversation.exchange.reading import ExchangeError
from engine.conversation.messages import Message, Session

SURROGATES = re.compile("[\ud800-\udfff]")
"""Halves of UTF-16 pairs, which no encoding can write by themselves."""

UNSHOWN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
"""What no document can hold: surrogates, NUL, and control characters but tabs and line ends."""


def dump_json(data: Any) -> str:
    """Return JSON that is easy to read; lone surrogates survive in it as escapes."""
    text = json.dumps(data, ensure_ascii=False, indent=2)
    return json.dumps(data, indent=2) if SURROGATES.search(text) else text


def pretty(arguments: str) -> tuple[str, bool]:
    """Return a call's arguments as they are best read, and whether they are JSON."""
    try:
        return json.dumps(json.loads(arguments), ensure_ascii=False, indent=2), True
    except (ValueError, RecursionError):
        return arguments, False


def writable(text: str) -> str:
    """Return text as UTF-8 can hold it, with U+FFFD for lone surrogates."""
    return SURROGATES.sub("\ufffd", text)


def shown(text: str) -> str:
    """Return text as a document can hold it, with U+FFFD for what it cannot."""
    return UNSHOWN.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def instructions_of(session: Session, path: Iterable[Message]) -> str:
    """Return what the model was told before the first message; empty where that is not known."""
    turns = (session.turns.get(m.turn) for m in path if m.turn is not None)
    return next((t.preamble.instructions for t in turns if t and t.preamble.instructions), "")


def describe(session: Session) -> str:
    """Return the line that a document has below its title."""
    facts = [f"{session.head.started:%Y-%m-%d %H:%M} UTC"]
    if session.model:
        facts.append(session.model)
    left_out = len(session.messages) - len(session.path())
    if left_out:
        noun = "message" if left_out == 1 else "messages"
        facts.append(f"{left_out} {noun} of other branches not shown")
    return " · ".join(facts)


def write_file(path: Path, text: str) -> None:
    """Write a file in UTF-8 so that it is there whole or, if that fails, as it was before.

    No folder is made for it: a name that was mistyped would leave a tree of them.

    Raises:
        ExchangeError: its folder is not there, or it cannot be written.
    """
    try:
        path = path.resolve()  # a link goes on to lead to the file
    except (OSError, RuntimeError, ValueError) as error:
        raise ExchangeError(f"{path} cannot be written: it is no path of a file.") from error
    if not path.parent.exists():
        raise ExchangeError(f"There is no folder {path.parent}. Make it, or name another place.")
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        try:
            with part.open("w", encoding="utf-8", newline="") as file:
                if path.exists():
                    part.chmod(path.stat().st_mode)
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise ExchangeError(
            f"{path} cannot be written: {error.strerror}. Free space, or name another place."
        ) from error
