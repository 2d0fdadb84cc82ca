"""Finding sessions: by words, by date, by model.

An SQLite database beside the sessions, which can be thrown away at any time: it is made of the
files, and made anew where it is missing, damaged, or of another version. Before each question it
looks which files changed (by size and time) and reads those. Several programs may use it at once.
"""

from __future__ import annotations

import itertools
import logging
import os
import re
import sqlite3
import threading
import unicodedata
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from engine.conversation.errors import StoreError
from engine.conversation.messages import Message
from engine.conversation.reading import read_session
from engine.conversation.titles import one_line

VERSION = 2
"""Of the tables; a database of another version is made anew."""

BUSY_SECONDS = 10.0
"""How long one program waits while another writes."""

EXCERPT = 80
"""Characters around a hit."""

FILES_AT_ONCE = 50
"""So many are read into the database before another program may write it."""

MOST_TERMS = 32
TERM_LENGTH = 200
"""What is looked for beyond these is left out; SQLite has limits of its own."""

TERM = re.compile(r'"([^"]*)"|(\S+)')

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

logger = logging.getLogger(__name__)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Listed:
    """What a list of sessions shows of one."""

    path: Path
    id: str
    title: str
    first_words: str
    """The beginning of the first user message, on one line."""
    model: str
    """The one that answered last."""
    messages: int
    """Those of the person and the model's final ones, on all branches."""
    started: datetime
    updated: datetime
    """When something was said last; both in UTC."""
    damaged: int = 0
    """Lines of the file that could not be read."""
    problem: str = ""
    """Why the whole file could not be read; the other fields are then guessed from the file."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A message that has all the words that were looked for."""

    session: Listed
    message: int
    """Its id in the session."""
    role: str
    channel: str | None
    time: datetime
    excerpt: str
    """The text around the first of the words, on one line."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which sessions, or which messages of them, a question is about."""

    since: datetime | None = None
    until: datetime | None = None
    """Both with a time zone; what was said from the one up to, and not at, the other."""
    model: str = ""
    """A part of the name of a model that answered in the session, in any case."""


ALL = Filter()


class Index:
    """The sessions of one folder. All methods may be called from any thread.

    Where the database cannot be kept on the disk, it is made in memory and works the same.
    """

    def __init__(self, folder: Path, file: Path | None = None) -> None:
        """Name the folder of the sessions and the database, by default in the same folder."""
        self.folder = folder
        self.file = file or folder / "index.sqlite3"
        self._mutex = threading.RLock()
        self._connection: sqlite3.Connection | None = None

    def close(self) -> None:
        """Let go of the database."""
        with self._mutex:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def refresh(self) -> int:
        """Read the files that changed since the last time; return how many there were."""
        return self._with_database(self._refresh)

    def sessions(self, which: Filter = ALL, limit: int = 1000) -> list[Listed]:
        """Return the sessions in which something was said, those that went on last first."""
        return self._with_database(lambda database: self._sessions(database, which, limit))

    def search(self, words: str, which: Filter = ALL, limit: int = 50) -> list[Hit]:
        """Return the messages that have all words, the best first.

        Any text may be looked for. A word finds those that begin with it, whatever their case and
        accents; between quotation marks, words are found as they follow one another. Writing
        without blanks between the words is found anywhere in a text.
        """
        return self._with_database(lambda database: self._search(database, words, which, limit))

    # --- the database -------------------------------------------------------------------------

    def _with_database(self, ask: Callable[[sqlite3.Connection], T]) -> T:
        """Ask the database, which is made anew if it is damaged."""
        with self._mutex:
            try:
                return ask(self._opened())
            except (sqlite3.DatabaseError, OSError) as error:
                logger.warning("%s cannot be used as it is: %s", self.file, error)
                self.close()
                if isinstance(error, sqlite3.DatabaseError) and not _lies_with_the_disk(error):
                    self._throw_away()
            try:
                return ask(self._opened())
            except (sqlite3.DatabaseError, OSError) as error:
                logger.warning("%s cannot be made; it is kept in memory: %s", self.file, error)
                self.close()
                self._connection = _connect(":memory:")
                return ask(self._connection)

    def _opened(self) -> sqlite3.Connection:
        if self._connection is None:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            self._connection = _connect(self.file)
        return self._connection

    def _throw_away(self) -> None:
        for end in ("", "-wal", "-shm", "-journal"):
            try:
                self.file.with_name(self.file.name + end).unlink(missing_ok=True)
            except OSError as error:
                logger.warning("%s", error)

    # --- from the files -----------------------------------------------------------------------

    def _refresh(self, database: sqlite3.Connection) -> int:
        known = {
            file: (size, modified)
            for file, size, modified in database.execute(
                "SELECT file, size, modified FROM sessions"
            )
        }
        found = dict(self._files())
        changed = [file for file in found if known.get(file) != found[file]]
        gone = [file for file in known if file not in found]
        try:
            if gone:
                with _transaction(database):
                    for file in gone:
                        _forget(database, file)
            for start in range(0, len(changed), FILES_AT_ONCE):
                files = changed[start : start + FILES_AT_ONCE]
                read = [_read(self.folder / file, found[file]) for file in files]
                with _transaction(database):
                    for entry in read:
                        _keep(database, entry)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            logger.warning("%s is busy and may lack what was said last", self.file)
        return len(changed) + len(gone)

    def _files(self) -> Iterator[tuple[str, tuple[int, int]]]:
        """Give the names of the sessions' files, each with its size and time of change."""
        try:
            with os.scandir(self.folder) as entries:
                for entry in entries:
                    name = entry.name
                    if name.endswith(".jsonl") and name[0] != "." and name.isprintable():
                        with suppress(FileNotFoundError):
                            status = entry.stat()
                            yield name, (status.st_size, status.st_mtime_ns)
        except FileNotFoundError:
            return

    # --- questions ----------------------------------------------------------------------------

    def _sessions(self, database: sqlite3.Connection, which: Filter, limit: int) -> list[Listed]:
        self._refresh(database)
        where, values = _where(which)
        said = "SELECT 1 FROM messages WHERE messages.session = sessions.number"
        rows = database.execute(
            f"SELECT {LISTED} FROM sessions WHERE (messages > 0 OR problem != '')"  # noqa: S608
            + "".join(f" AND {condition}" for condition in where)
            + f" AND (? OR EXISTS ({said}{_within(which)}))"
            + " ORDER BY updated DESC, file DESC LIMIT ?",
            [*values, not _times(which), *_times(which), limit],
        )
        return [self._listed(row) for row in rows]

    def _search(
        self, database: sqlite3.Connection, words: str, which: Filter, limit: int
    ) -> list[Hit]:
        self._refresh(database)
        terms = list(_terms(words))
        if not terms:
            return []
        where, values = _where(which)
        match = " ".join(term for term, is_part in terms if not is_part)
        parts = [term for term, is_part in terms if is_part]
        if match:
            where.append("texts MATCH ?")
            values.append(match)
        for part in parts:
            where.append("texts.text LIKE ? ESCAPE '\\'")
            values.append(f"%{_escaped(part)}%")
        excerpt = "snippet(texts, 0, '', '', '…', 16)" if match else "texts.text"
        rows = database.execute(
            "SELECT messages.message, messages.role, messages.channel, messages.time, "  # noqa: S608
            f"{excerpt}, {LISTED} FROM texts JOIN messages ON messages.number = texts.rowid "
            "JOIN sessions ON sessions.number = messages.session "
            f"WHERE {' AND '.join(where)}{_within(which)} "
            f"ORDER BY {'texts.rank' if match else 'messages.time DESC'} LIMIT ?",
            [*values, *_times(which), limit],
        )
        return [
            Hit(
                self._listed(row[5:]),
                row[0],
                row[1],
                row[2] or None,
                _date(row[3]),
                one_line(row[4] if match else _around(row[4], parts[0])),
            )
            for row in rows
        ]

    def _listed(self, row: tuple[Any, ...]) -> Listed:
        file, id_, title, first_words, model, messages, started, updated, damaged, problem = row
        return Listed(
            self.folder / file,
            id_,
            title,
            first_words,
            model,
            messages,
            _date(started),
            _date(updated),
            damaged,
            problem,
        )


LISTED = ", ".join(
    f"sessions.{column}"
    for column in (
        *("file", "id", "title", "first_words", "model", "messages", "started", "updated"),
        *("damaged", "problem"),
    )
)


def _connect(file: Path | str) -> sqlite3.Connection:
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
        with _transaction(database):
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
def _transaction(database: sqlite3.Connection) -> Iterator[None]:
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if database.in_transaction:
            database.execute("ROLLBACK")
        raise
    database.execute("COMMIT")


def _lies_with_the_disk(error: sqlite3.DatabaseError) -> bool:
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


# --- one file ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Entry:
    """What the database is to know of a file."""

    session: dict[str, Any]
    messages: dict[int, tuple[str, str, float, str]]
    """Role, channel, time and text of each message, by its id."""


def _read(path: Path, stamp: tuple[int, int]) -> _Entry:
    """Read a session, or why it cannot be read."""
    size, modified = stamp
    row: dict[str, Any] = {"file": path.name, "size": size, "modified": modified}
    try:
        session = read_session(path)
    except StoreError as error:
        time = modified / 1e9
        row |= {"id": path.stem, "title": path.stem, "first_words": "", "model": "", "models": ""}
        row |= {"messages": 0, "started": time, "updated": time, "damaged": 0}
        return _Entry(row | {"problem": _clean(str(error))}, {})
    models = {turn.model.lower() for turn in session.turns.values()}
    started = session.head.started.timestamp()
    row |= {
        "id": _clean(session.id),
        "title": _clean(session.title),
        "first_words": _clean(one_line(session.first_words[: 4 * FIRST_WORDS])[:FIRST_WORDS]),
        "model": _clean(session.model),
        "models": _clean("\n".join(sorted(models))),
        "messages": sum(map(_is_said, session.messages.values())),
        "started": started,
        "updated": session.updated.timestamp(),
        "damaged": session.damaged,
        "problem": "",
    }
    messages = {
        m.id: (
            _clean(m.role),
            _clean(m.channel or ""),
            m.time.timestamp() if m.time else started,
            _clean(m.text),
        )
        for m in session.messages.values()
    }
    return _Entry(row, messages)


def _is_said(message: Message) -> bool:
    if message.role == "user":
        return message.is_genuine
    return message.role == "assistant" and message.channel == "final"


def _keep(database: sqlite3.Connection, entry: _Entry) -> None:
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


def _forget(database: sqlite3.Connection, file: str) -> None:
    numbers = "SELECT number FROM sessions WHERE file = ?"
    messages = f"SELECT number FROM messages WHERE session IN ({numbers})"  # noqa: S608
    database.execute(f"DELETE FROM texts WHERE rowid IN ({messages})", [file])  # noqa: S608
    database.execute(f"DELETE FROM messages WHERE session IN ({numbers})", [file])  # noqa: S608
    database.execute("DELETE FROM sessions WHERE file = ?", [file])


def _clean(text: str) -> str:
    """Return text that SQLite takes: it knows no lone surrogates and ends at a NUL."""
    text = text.replace("\0", " ")
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


# --- one question ------------------------------------------------------------------------------


def _where(which: Filter) -> tuple[list[str], list[Any]]:
    if not which.model:
        return [], []
    model = f"%{_escaped(_clean(which.model.lower())[:TERM_LENGTH])}%"
    return ["sessions.models LIKE ? ESCAPE '\\'"], [model]


def _within(which: Filter) -> str:
    since = " AND messages.time >= ?" if which.since else ""
    return since + (" AND messages.time < ?" if which.until else "")


def _times(which: Filter) -> list[float]:
    return [time.timestamp() for time in (which.since, which.until) if time]


def _terms(words: str) -> Iterator[tuple[str, bool]]:
    """Give what all has to be in a text: FTS5's expressions, and parts that LIKE finds (True)."""
    for phrase, word in itertools.islice(TERM.findall(_clean(words)), MOST_TERMS):
        text = (phrase or word).strip('"')[:TERM_LENGTH]
        if not text.strip():
            continue
        if not any(map(str.isalnum, text)) or any(map(_stands_without_blanks, text)):
            yield text, True
        else:
            quoted = text.replace('"', '""')
            yield f'"{quoted}"' + ("" if phrase else "*"), False


def _stands_without_blanks(character: str) -> bool:
    """Whether words are not parted in a character's writing, so that FTS5 cannot tell them."""
    return character.isalpha() and (
        unicodedata.east_asian_width(character) in "WF"
        or "\u0e00" <= character <= "\u0eff"  # Thai, Lao
        or "\u1000" <= character <= "\u109f"  # Burmese
        or "\u1780" <= character <= "\u17ff"  # Khmer
    )


def _escaped(part: str) -> str:
    return re.sub(r"([\\%_])", r"\\\1", part)


def _around(text: str, part: str) -> str:
    place = max(text.lower().find(part.lower()), 0)
    start, end = max(place - EXCERPT // 2, 0), place + len(part) + EXCERPT // 2
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")


def _date(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
