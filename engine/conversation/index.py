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
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from engine.conversation.index_database import (
    LISTED,
    clean,
    connect,
    forget,
    keep,
    lies_with_the_disk,
    read_entry,
    transaction,
)
from engine.conversation.titles import one_line

EXCERPT = 80
"""Characters around a hit."""

FILES_AT_ONCE = 50
"""So many are read into the database before another program may write it."""

MOST_TERMS = 32
TERM_LENGTH = 200
"""What is looked for beyond these is left out; SQLite has limits of its own."""

TERM = re.compile(r'"([^"]*)"|(\S+)')

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
                if isinstance(error, sqlite3.DatabaseError) and not lies_with_the_disk(error):
                    self._throw_away()
            try:
                return ask(self._opened())
            except (sqlite3.DatabaseError, OSError) as error:
                logger.warning("%s cannot be made; it is kept in memory: %s", self.file, error)
                self.close()
                self._connection = connect(":memory:")
                return ask(self._connection)

    def _opened(self) -> sqlite3.Connection:
        if self._connection is None:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            self._connection = connect(self.file)
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
                with transaction(database):
                    for file in gone:
                        forget(database, file)
            for start in range(0, len(changed), FILES_AT_ONCE):
                files = changed[start : start + FILES_AT_ONCE]
                read = [read_entry(self.folder / file, found[file]) for file in files]
                with transaction(database):
                    for entry in read:
                        keep(database, entry)
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


# --- one question ------------------------------------------------------------------------------


def _where(which: Filter) -> tuple[list[str], list[Any]]:
    if not which.model:
        return [], []
    model = f"%{_escaped(clean(which.model.lower())[:TERM_LENGTH])}%"
    return ["sessions.models LIKE ? ESCAPE '\\'"], [model]


def _within(which: Filter) -> str:
    since = " AND messages.time >= ?" if which.since else ""
    return since + (" AND messages.time < ?" if which.until else "")


def _times(which: Filter) -> list[float]:
    return [time.timestamp() for time in (which.since, which.until) if time]


def _terms(words: str) -> Iterator[tuple[str, bool]]:
    """Give what all has to be in a text: FTS5's expressions, and parts that LIKE finds (True)."""
    for phrase, word in itertools.islice(TERM.findall(clean(words)), MOST_TERMS):
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
