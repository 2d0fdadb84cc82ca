"""A conversation that no file keeps."""

from __future__ import annotations

from pathlib import Path

from engine.conversation.store import Store


class MemoryStore(Store):
    """A session in memory alone: it has all its branches, and is gone with the program."""

    def __init__(self) -> None:
        """Begin without messages."""
        super().__init__(Path())

    def _flush(self, *, sync: bool) -> None:
        self._pending.clear()
