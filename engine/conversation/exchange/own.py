"""Sessions of our own, as they stand in the sessions folder; see ``engine.conversation.lines``.

Whole lines only are taken, and all of them: where the program itself reads a damaged session as far
as it can, an import says what is wrong and takes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from engine.conversation.exchange.reading import Value
from engine.conversation.lines import VERSION, DamagedLineError, dump
from engine.conversation.messages import Head, Session
from engine.conversation.migration import Chain
from engine.conversation.replay import Replay
from engine.conversation.writing import session_lines

NAME = "jsonl"


def recognises(value: Value) -> bool:
    """Whether the JSON of a file's first line is the head of a session."""
    return value.has("kind", "version") and value.data["kind"] == "session"


def read(values: Sequence[Value]) -> tuple[list[Session], list[str]]:
    """Return the session that the lines of a file make.

    Raises:
        ExchangeError: it is of a later version, or a line of it is no line of a session.
    """
    version = values[0].require("version")
    if type(version.data) is not int or not 1 <= version.data <= VERSION:
        raise version.fail(
            f"this is a session of version {version.data!r}; versions 1 to {VERSION} can be read. "
            "Install a newer harmony-tui."
        )
    chain, replay = Chain(version.data), Replay()
    for value in values:
        try:
            for line in chain.convert(dict(value.object())):
                replay.take(line)
        except DamagedLineError as error:
            raise value.fail(f"{error}. Mend or remove that line.") from error
    return [replay.session(_head(replay, values[0]))], []


def _head(replay: Replay, first: Value) -> Head:
    if replay.head is None:
        raise first.fail("the head of the session is missing. Copy the file again.")
    return replay.head


def write(session: Session) -> str:
    """Return a session with all its branches, as a file of ours holds it."""
    return b"".join(map(dump, session_lines(session))).decode()
