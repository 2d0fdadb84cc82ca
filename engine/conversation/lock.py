"""One program at a time writes a session."""

from __future__ import annotations

import errno
import fcntl
import logging
import os
from pathlib import Path

WITHOUT_LOCKS = {errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EINVAL}
"""What file systems answer that know no locks."""

logger = logging.getLogger(__name__)


class LockedError(Exception):
    """Another program holds the lock; ``pid`` is its number, or 0 where it cannot be told."""

    def __init__(self, pid: int) -> None:
        super().__init__(f"held by process {pid}")
        self.pid = pid


class Lock:
    """A file that says which process writes a session.

    The lock is the system's (``flock``) and ends with the process, however that ends; the number
    that stands in the file is only for the message. On a file system without locks there is none.
    """

    def __init__(self, path: Path) -> None:
        """Take the lock.

        Raises:
            LockedError: it is held, by another process or by this one.
            OSError: the file cannot be made.
        """
        self.path = path
        self._descriptor: int | None = None
        while self._descriptor is None:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                self._descriptor = self._hold(descriptor)
            finally:
                if self._descriptor is None:
                    os.close(descriptor)
        try:
            os.ftruncate(self._descriptor, 0)
            os.pwrite(self._descriptor, f"{os.getpid()}\n".encode(), 0)
        except OSError as error:
            # The lock holds without the number, which a full disk has no room for.
            logger.warning("%s: %s", self.path, error)

    def _hold(self, descriptor: int) -> int | None:
        """Lock an open file; None where it was removed by then and has to be made again."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in WITHOUT_LOCKS:
                logger.warning("%s: this file system has no locks", self.path)
                return descriptor
            if error.errno in {errno.EWOULDBLOCK, errno.EACCES}:
                raise LockedError(_pid(descriptor)) from error
            raise
        return descriptor if self._is_at_path(descriptor) else None

    def _is_at_path(self, descriptor: int) -> bool:
        try:
            return os.path.samestat(os.fstat(descriptor), self.path.stat())
        except (FileNotFoundError, NotADirectoryError):
            return False

    @property
    def is_in_place(self) -> bool:
        """Whether others would find it: its file may have been removed or moved."""
        return self._descriptor is not None and self._is_at_path(self._descriptor)

    def release(self) -> None:
        """Give the lock back and remove its file; once is enough."""
        if self._descriptor is not None:
            # Removed while it is held, so that nobody's lock is removed but this one.
            if self.is_in_place:
                self.path.unlink(missing_ok=True)
            os.close(self._descriptor)
            self._descriptor = None


def _pid(descriptor: int) -> int:
    said = os.pread(descriptor, 20, 0).strip()
    return int(said) if said.isdigit() else 0
