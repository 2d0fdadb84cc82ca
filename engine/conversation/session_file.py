"""The file that a session's lines are added to, whatever becomes of it meanwhile."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from engine.conversation.disk import free_path, sync_folder, to_disk
from engine.conversation.errors import StoreError
from engine.conversation.lock import Lock, LockedError

FLAGS = os.O_RDWR | os.O_APPEND | os.O_CLOEXEC
PIECE = 1 << 20
"""Bytes that are copied at once."""

logger = logging.getLogger(__name__)


class SessionFile:
    """Adds to a file that it holds alone; what could not be written waits.

    Programs that put a session in order, such as those that copy folders between machines, may
    remove the file, put another in its place or move its folder. Before anything is written the
    file at the path is therefore compared with the one that is held. Where it is another, or
    shorter than what was written, all is written to the path again in one step; a file of
    somebody else's that stands there is kept beside it.
    """

    def __init__(self, path: Path, retell: Callable[[], Iterable[bytes]]) -> None:
        """Name the file, which comes into being with the first ``flush``.

        Args:
            path: where it is.
            retell: gives lines that say all that was added, for where the file has lost it.
        """
        self.path = path
        self.size = 0
        """Bytes of the file that are known to be on the disk."""
        self._retell = retell
        self._lock: Lock | None = None
        self._descriptor: int | None = None
        self._pending = bytearray()
        """What follows the bytes that are on the disk."""
        self._written = 0
        """How much of it the file has already."""
        self._news: list[str] = []

    def open(self) -> None:
        """Take hold of a file that is there.

        Raises:
            StoreError: another program holds it.
            OSError: it cannot be opened.
        """
        self._lock = locked(self.path)
        self._descriptor = os.open(self.path, FLAGS)

    def cut(self, size: int) -> None:
        """Take what stands after so many bytes off the file.

        Raises:
            OSError: it cannot be done.
        """
        os.ftruncate(self._held, size)

    def open_again(self) -> None:
        """Take hold of what has been put in the file's place on purpose.

        Raises:
            OSError: it cannot be opened.
        """
        os.close(self._held)
        self._descriptor = None
        self._descriptor = os.open(self.path, FLAGS)
        self.size = os.fstat(self._descriptor).st_size

    @property
    def _held(self) -> int:
        assert self._descriptor is not None  # noqa: S101
        return self._descriptor

    @property
    def is_behind(self) -> bool:
        """Whether something could not be written yet."""
        return self._written < len(self._pending)

    def take_news(self) -> str:
        """Return what became of the file since this was asked last; empty where nothing did."""
        news, self._news = " ".join(self._news), []
        return news

    def add(self, data: bytes) -> None:
        """Have something wait to be written."""
        self._pending += data

    def flush(self, *, sync: bool) -> None:
        """Write what waits; with ``sync``, also wait until it is on the disk.

        Raises:
            StoreError: it cannot be written; it waits on.
        """
        try:
            if self._descriptor is None:
                self._create()
            elif not self._is_in_place():
                self._write_again()
            while self._written < len(self._pending):
                self._written += os.write(self._held, self._pending[self._written :])
            if sync:
                self._sync()
        except OSError as error:
            raise StoreError(
                f"This conversation is not being saved: {self.path} cannot be written "
                f"({error.strerror}). Free space or mend the folder's permissions, or set "
                "HARMONY_TUI_HOME to another folder. What is missing is written as soon as it can."
            ) from error

    def close(self) -> None:
        """Write what waits, see that all is at the path, and let other programs have the file.

        Raises:
            StoreError: something could not be written and is lost now.
        """
        try:
            if self._pending or self._descriptor is not None:
                self.flush(sync=bool(self._pending))
        finally:
            self.let_go()

    def let_go(self) -> None:
        """Let other programs have the file, as it is."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def _create(self) -> None:
        folder = self.path.parent
        folder.mkdir(parents=True, exist_ok=True)
        if self._lock is None:
            self._lock = locked(self.path)
        self._descriptor = os.open(self.path, FLAGS | os.O_CREAT, 0o600)
        sync_folder(folder)

    def _sync(self) -> None:
        try:
            to_disk(self._held)
        except OSError:
            # The system may have dropped what it could not write, and will not say so again.
            os.ftruncate(self._held, self.size)
            self._written = 0
            raise
        self.size += len(self._pending)
        self._pending.clear()
        self._written = 0

    # --- a file that is another one now -----------------------------------------------------------

    def _is_in_place(self) -> bool:
        """Whether the path has the file that is held, with all that was written to it."""
        try:
            there = self.path.stat()
        except (FileNotFoundError, NotADirectoryError):
            return False
        return os.path.samestat(there, os.fstat(self._held)) and self._is_whole()

    def _is_whole(self) -> bool:
        return os.fstat(self._held).st_size >= self.size + self._written

    def _write_again(self) -> None:
        """Have the path hold all that was added, in one step."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        before = self.path
        self._renew_lock()
        new = self.path.with_name(f".{self.path.name}.{os.getpid()}.new")
        try:
            with new.open("wb") as file:
                new.chmod(0o600)
                file.writelines(self._all())
                file.flush()
                to_disk(file.fileno())
            kept = self._set_aside(new)
            new.replace(self.path)
            sync_folder(self.path.parent)
        finally:
            new.unlink(missing_ok=True)
        self.open_again()
        self._pending.clear()
        self._written = 0
        if self.path != before:
            said = f"{before} is another program's now; this conversation goes on in {self.path}."
        elif kept is not None:
            said = (
                f"{self.path} was changed by another program. What it put there is kept as "
                f"{kept}; this conversation was written again, whole."
            )
        else:
            said = f"{self.path} was gone. This conversation was written there again, whole."
        logger.warning("%s", said)
        self._news.append(said)

    def _all(self) -> Iterator[bytes]:
        """Give all that was added, as it was written if the file that is held still has it."""
        if not self._is_whole():
            yield from self._retell()
            return
        at, end = 0, self.size + self._written
        while at < end:
            piece = os.pread(self._held, min(PIECE, end - at), at)
            if not piece:
                raise OSError(f"{self.path} became shorter")
            at += len(piece)
            yield piece
        yield bytes(self._pending[self._written :])

    def _renew_lock(self) -> None:
        """Hold the lock at the path; where another program has it, find a path that is free."""
        if self._lock is not None and self._lock.is_in_place:
            return
        if self._lock is not None:
            self._lock.release()
            self._lock = None
        while self._lock is None:
            try:
                self._lock = Lock(self.path.with_suffix(".lock"))
            except LockedError:
                self.path = free_path(self.path)

    def _set_aside(self, new: Path) -> Path | None:
        """Keep what stands at the path, unless what is to come holds it; return where it is."""
        if not os.path.lexists(self.path) or _is_beginning(self.path, new):
            return None
        kept = free_path(self.path.with_suffix(".other"))
        self.path.rename(kept)
        return kept


def locked(path: Path) -> Lock:
    """Hold a session's file against other programs.

    Raises:
        StoreError: one has it.
        OSError: the lock cannot be made.
    """
    try:
        return Lock(path.with_suffix(".lock"))
    except LockedError as error:
        if error.pid == os.getpid():
            who = "this program already"
        elif error.pid:
            who = f"another program (process {error.pid})"
        else:
            who = "another program"
        raise StoreError(
            f"The session {path.stem} is open in {who}. Close it there, or go on with a copy of "
            "it: Ctrl+O lists it, and f makes one."
        ) from error


def _is_beginning(path: Path, longer: Path) -> bool:
    """Return whether all of a file stands at the beginning of another."""
    if not path.is_file():
        return False
    with path.open("rb") as file, longer.open("rb") as other:
        return _pieces_agree(file, other)


def _pieces_agree(file: BinaryIO, other: BinaryIO) -> bool:
    while piece := file.read(PIECE):
        if other.read(len(piece)) != piece:
            return False
    return True
