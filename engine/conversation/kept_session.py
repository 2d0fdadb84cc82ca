"""One conversation in one file that only ever grows: opened, named, and written to.

What its lines say is specified in ``engine.conversation.lines``. Beside the file there may be
``ID.lock`` (a program writes it), ``ID.torn`` (the ends of lines that crashes cut short), ``ID.v1``
(the file as it was before it was brought to this version) and ``ID.other`` (what another program
put in the file's place while it was open).
"""

from __future__ import annotations

import logging
import shutil
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from engine.conversation import writing
from engine.conversation.disk import free_path
from engine.conversation.errors import StoreError
from engine.conversation.lines import VERSION, Line, dump, parse
from engine.conversation.messages import Head, Session
from engine.conversation.reading import Reading, read_file
from engine.conversation.replay import Replay
from engine.conversation.session_file import SessionFile
from engine.conversation.spoken import SpokenAnswer, spoken_line
from engine.conversation.titles import one_line
from engine.conversation.whole_sessions import SUFFIX, new_session_id, write_new

logger = logging.getLogger(__name__)


class KeptSession:
    """A session and its file, which comes into being with the first line.

    What a method says is in ``session`` at once, and on the disk as soon as the file can be
    written: if it cannot, the method raises ``StoreError``, and what it could not write is kept
    and written first by the next method that succeeds. All methods may be called from any thread.
    """

    def __init__(self, folder: Path, head: Head | None = None) -> None:
        """Name a new session's file in a folder, which is made when it is needed."""
        now = datetime.now(UTC)
        self._begin(folder / (head.id if head else new_session_id(now)))
        self._head = head or Head(self.path.stem, now)

    def _begin(self, path: Path) -> None:
        path = path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)
        self._file = SessionFile(path, self._retell)
        self.damaged = 0
        """How many lines of the file could not be read when it was opened."""
        self._replay = Replay()
        self._mutex = threading.RLock()

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open a session's file to go on with it.

        The end of a line that a crash tore goes to ``ID.torn``. A file of an older version is
        written anew in this one, and what it was is kept beside it.

        Raises:
            StoreError: the file cannot be read or written, is no session, was written by a newer
                version, or another program writes it.
        """
        store = cls.__new__(cls)
        store._begin(path)
        try:
            store._file.open()
            with store.path.open("rb") as file:
                reading = read_file(file, store.path)
            store._adopt(reading)
            if reading.version != VERSION:
                store._upgrade(reading)
            else:
                store._mend(reading)
            store._close_cut()
        except BaseException as error:
            store._file.let_go()
            if isinstance(error, FileNotFoundError):
                raise StoreError(f"There is no session {store.path}.") from error
            if isinstance(error, OSError):
                raise StoreError(
                    f"{store.path} cannot be opened: {error.strerror}. Free space or mend the "
                    "permissions of the file and its folder."
                ) from error
            raise
        return store

    def _adopt(self, reading: Reading) -> None:
        self._replay, self.damaged = reading.replay, len(reading.damaged)
        self._head = reading.replay.head or reading.head
        self._file.size = reading.whole

    def _mend(self, reading: Reading) -> None:
        if reading.torn:
            kept = self.path.with_suffix(".torn")
            with kept.open("ab") as file:
                file.write(reading.torn + b"\n")
            logger.warning("%s: a torn last line was moved to %s", self.path, kept)
            self._file.cut(reading.whole)
        if reading.lacks_break:
            self._file.add(b"\n")
            self._flush(sync=False)

    def _upgrade(self, reading: Reading) -> None:
        kept = free_path(self.path.with_suffix(f".v{reading.version}"))
        shutil.copy2(self.path, kept)
        write_new(self.path, reading.session())
        self._replay.head = self._head
        logger.info("%s: brought to version %d; it was kept as %s", self.path, VERSION, kept)
        self._file.open_again()

    def _close_cut(self) -> None:
        """Have a message that nothing will close any more end as it is."""
        number = self._replay.open_message
        if number is not None:
            self._replay.settle()
            self._put(writing.message_line(self._replay.messages[number]))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def path(self) -> Path:
        """The file; another one, where another program has taken it."""
        return self._file.path

    @property
    def id(self) -> str:
        """The session's name among all sessions."""
        return self._head.id

    @property
    def session(self) -> Session:
        """The conversation as it stands, a message that is being written included."""
        with self._mutex:
            self._end_batch()
            return self._replay.session(self._head, self.damaged)

    @property
    def leaf(self) -> int | None:
        """The active leaf; None where nothing was said yet."""
        return self._replay.leaf

    @property
    def is_behind(self) -> bool:
        """Whether something could not be written yet."""
        return self._file.is_behind

    def take_news(self) -> str:
        """Return what others did to the file, and what came of it; empty where nobody did."""
        return self._file.take_news()

    def close(self) -> None:
        """Write what is left and let other programs write the file.

        Raises:
            StoreError: something could not be written and is lost now.
        """
        with self._mutex:
            try:
                self._end_batch()
                self._file.close()
            finally:
                self._file.let_go()

    def rename(self, title: str) -> None:
        """Give the session a title; an empty one brings back the one made of the first words.

        Raises:
            StoreError: as all methods that write; see the class.
        """
        self._append({"kind": "title", "time": now(), "title": one_line(title)}, sync=True)

    def select(self, message: int) -> None:
        """Make a message the active leaf; what is said next follows it.

        Raises:
            KeyError: there is no such message.
            StoreError: as all methods that write; see the class.
        """
        with self._mutex:
            if message == self._replay.open_message:
                return  # It becomes the active leaf when it is closed.
            if message not in self._replay.messages:
                raise KeyError(message)
            self._append({"kind": "leaf", "time": now(), "message": message}, sync=False)

    def note_spoken(self, spoken: SpokenAnswer) -> None:
        """Keep how far a message was heard that was spoken.

        Raises:
            StoreError: as all methods that write; see the class.
        """
        self._append(spoken_line(spoken) | {"time": now()}, sync=True)

    # --- lines --------------------------------------------------------------------------------

    def _end_batch(self) -> bool:
        """Make a line of what waits to be one; return whether there was anything."""
        return False

    def _next(self, kind: str) -> int:
        self._replay.highest[kind] += 1
        return self._replay.highest[kind]

    def _append(self, *new: Line, sync: bool) -> None:
        with self._mutex:
            for line in new:
                self._put(line)
            self._flush(sync=sync)

    def _put(self, line: Line) -> None:
        """Have a line stand in the session, and wait to be written."""
        if self._replay.head is None:
            self._put_bytes(dump(writing.head_line(self._head)))
        self._put_bytes(dump(line))

    def _put_bytes(self, data: bytes) -> None:
        # Read as it will be, so that the session in memory is the one in the file.
        self._replay.take(parse(data))
        self._file.add(data)

    def _flush(self, *, sync: bool) -> None:
        self._file.flush(sync=sync)

    def _retell(self) -> Iterator[bytes]:
        """Give lines that say all that this session is so far."""
        replay = self._replay
        session = replay.session(self._head, self.damaged)
        return map(dump, writing.session_lines(session, replay.preambles, replay.open_message))


def clock() -> datetime:
    """Return the time as lines tell it: UTC, in whole milliseconds."""
    now = datetime.now(UTC)
    return now.replace(microsecond=now.microsecond // 1000 * 1000)


def now() -> str:
    """Return the time as it stands in a line."""
    return clock().isoformat(timespec="milliseconds")
