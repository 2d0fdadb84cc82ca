"""A conversation that no file keeps."""

from __future__ import annotations

from pathlib import Path

from engine.conversation.session_file import SessionFile
from engine.conversation.store import Store


class MemoryStore(Store):
    """A session in memory alone: it has all its branches, and is gone with the program."""

    def __init__(self) -> None:
        """Begin without messages."""
        super().__init__(Path())
        self._file = _NoFile(self.path, self._retell)


class _NoFile(SessionFile):
    """Stands for a file where there is to be none."""

    def add(self, data: bytes) -> None:
        """Let it go."""

    def flush(self, *, sync: bool) -> None:
        """Write nothing."""
