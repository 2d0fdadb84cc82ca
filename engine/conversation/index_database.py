"""The database behind the index of sessions: its tables, and what they say of one session."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.conversation.errors import StoreError
from engine.conversation.messages import Message
from engine.conversation.reading import read_session
from engine.conversation.titles import one_line

VERSION = 2
"""Of the tables; a database of another version is made anew."""

BUSY_SECONDS = 10.0
"""How long one program waits while another writes."""

FIRST_WORDS = 200
"""Characters of the first user message that a list shows."""

TABLES = """
CREATE TABLE sessions (
    number INTEGER PRIMARY KEY, file TEXT UNIQUE NOT NULL, size INTEGER NOT NULL,
    modified INTEGER NOT NULL, id TEXT NOT NULL, title TEXT NOT NULL, first_words TEXT NOT NULL,
    model TEXT NOT NULL, models TEXT NOT NULL, messages INTEGER NOT NULL, started REAL NOT NULL,
    updated REAL NOT NULL, damaged INTEGER NOT NULL, problem TEXT NOT NULL
);
CREATE INDEX sessions_updated ON sessions (updated);
CREATE TABLE messages (
    number INTEGER PRIMARY KEY, session INTEGER NOT NULL, message INTEGER NOT NULL,
    role TEXT NOT NULL, channel TEXT NOT NULL, time REAL NOT NULL, digest INTEGER NOT NULL
);
CREATE INDEX messages_session ON messages (session);
CREATE VIRTUAL TABLE texts USING fts5 (text, tokenize = "unicode61 remove_diacritics 2");
"""

LISTED = ", ".join(
    f"sessions.{column}"
    for column in (
        *("file", "id", "title", "first_words", "model", "messages", "started", "updated"),
        *("damaged", "problem"),
    )
)


def connect(file: Path | str) -> sqlite3.Connection:
    """Open a database that has the tables.

    Raises:
        sqlite3.DatabaseError: it cannot be opened, or has other tables.
    """
    if str(file) != ":memory:":
        # It holds what was said, as the sessions do; SQLite's other files get the same mode.
        with suppress(OSError):
            Path(file).touch(mode=0o600)
    # Each statement is its own transaction unless one is begun.
    database = sqlite3.connect(
        file, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    try:
        with suppress(sqlite3.OperationalError):
            # Where another program is at it, or the file system cannot, it stays as it is.
            database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = NORMAL")
        with transaction(database):
            (version,) = database.execute("PRAGMA user_version").fetchone()
            if version == 0:
                for statement in TABLES.split(";\n"):
                    database.execute(statement)
                database.execute(f"PRAGMA user_version = {VERSION}")
            elif version != VERSION:
                raise sqlite3.DatabaseError(f"its tables are of version {version}")
    except BaseException:
        database.close()
        raise
    return database


@contextmanager
def transaction(database: sqlite3.Connection) -> Iterator[None]:
    """Have what is written stand together, or not at all where something goes wrong."""
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if database.in_transaction:
            database.execute("ROLLBACK")
        raise
    database.execute("COMMIT")


def lies_with_the_disk(error: sqlite3.DatabaseError) -> bool:
    """Whether the database may be good but cannot be written, or not in this place."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
    return code in {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_READONLY,
    }


@dataclass(frozen=True, slots=True)
class Entry:
    """What the database is to know of a file."""

    session: dict[str, Any]
    messages: dict[int, tuple[str, str, float, str]]
    """Role, channel, time and text of each message, by its id."""


def read_entry(path: Path, stamp: tuple[int, int]) -> Entry:
    """Read a session, or why it cannot be read."""
    size, modified = stamp
    row: dict[str, Any] = {"file": path.name, "size": size, "modified": modified}
    try:
        session = read_session(path)
    except StoreError as error:
        time = modified / 1e9
        row |= {"id": path.stem, "title": path.stem, "first_words": "", "model": "", "models": ""}
        row |= {"messages": 0, "started": time, "updated": time, "damaged": 0}
        return Entry(row | {"problem": clean(str(error))}, {})
    models = {turn.model.lower() for turn in session.turns.values()}
    started = session.head.started.timestamp()
    row |= {
        "id": clean(session.id),
        "title": clean(session.title),
        "first_words": clean(one_line(session.first_words[: 4 * FIRST_WORDS])[:FIRST_WORDS]),
        "model": clean(session.model),
        "models": clean("\n".join(sorted(models))),
        "messages": sum(map(_is_said, session.messages.values())),
        "started": started,
        "updated": session.updated.timestamp(),
        "damaged": session.damaged,
        "problem": "",
    }
    messages = {
        m.id: (
            clean(m.role),
            clean(m.channel or ""),
            m.time.timestamp() if m.time else started,
            clean(m.text),
        )
        for m in session.messages.values()
    }
    return Entry(row, messages)


def _is_said(message: Message) -> bool:
    if message.role == "user":
        return message.is_genuine
    return message.role == "assistant" and message.channel == "final"


def keep(database: sqlite3.Connection, entry: Entry) -> None:
    """Have the database know a file as it is now; of a session that grew only what is new."""
    row = entry.session
    database.execute(
        f"INSERT INTO sessions ({', '.join(row)}) VALUES ({', '.join('?' * len(row))}) "  # noqa: S608
        f"ON CONFLICT (file) DO UPDATE SET {', '.join(f'{c} = excluded.{c}' for c in row)}",
        list(row.values()),
    )
    (session,) = database.execute(
        "SELECT number FROM sessions WHERE file = ?", [row["file"]]
    ).fetchone()
    new = {
        number: zlib.crc32("\0".join((role, channel, text)).encode())
        for number, (role, channel, _, text) in entry.messages.items()
    }
    kept = set()
    # A session grows at its end; what is there already stays.
    for number, message, digest in database.execute(
        "SELECT number, message, digest FROM messages WHERE session = ?", [session]
    ).fetchall():
        if new.get(message) == digest:
            kept.add(message)
        else:
            database.execute("DELETE FROM texts WHERE rowid = ?", [number])
            database.execute("DELETE FROM messages WHERE number = ?", [number])
    for message, (role, channel, time, text) in entry.messages.items():
        if message not in kept:
            cursor = database.execute(
                "INSERT INTO messages (session, message, role, channel, time, digest) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                [session, message, role, channel, time, new[message]],
            )
            database.execute(
                "INSERT INTO texts (rowid, text) VALUES (?, ?)", [cursor.lastrowid, text]
            )


def forget(database: sqlite3.Connection, file: str) -> None:
    """Have the database know nothing of a file any more."""
    numbers = "SELECT number FROM sessions WHERE file = ?"
    messages = f"SELECT number FROM messages WHERE session IN ({numbers})"  # noqa: S608
    database.execute(f"DELETE FROM texts WHERE rowid IN ({messages})", [file])  # noqa: S608
    database.execute(f"DELETE FROM messages WHERE session IN ({numbers})", [file])  # noqa: S608
    database.execute("DELETE FROM sessions WHERE file = ?", [file])


def clean(text: str) -> str:
    """Return text that SQLite takes: it knows no lone surrogates and ends at a NUL."""
    text = text.replace("\0", " ")
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text
