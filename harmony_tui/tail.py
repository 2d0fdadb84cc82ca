"""The end of a text that may grow without end."""

from __future__ import annotations

from collections import deque


class Tail:
    """Keeps the last characters of a text and counts those before them.

    However much is appended, memory stays within twice ``most`` and an append costs no more than
    the text that it brings.
    """

    def __init__(self, most: int) -> None:
        """Keep ``most`` characters, at least 1."""
        self.most = most
        self.dropped = 0
        """Characters that came and are not kept."""
        self._pieces: deque[str] = deque()
        self._kept = 0

    def __len__(self) -> int:
        """How many characters are kept."""
        return self._kept

    def append(self, text: str) -> None:
        """Add text at the end."""
        if len(text) > self.most:
            self.dropped += len(text) - self.most
            text = text[-self.most :]
        self._pieces.append(text)
        self._kept += len(text)
        while self._kept - len(self._pieces[0]) >= self.most:
            gone = self._pieces.popleft()
            self._kept -= len(gone)
            self.dropped += len(gone)
        if self._kept > self.most and len(self._pieces) > self.most:
            self._join()  # many pieces of a character each are no way to keep a text

    def read(self) -> str:
        """Return what is kept, ``most`` characters of it at most."""
        self._join()
        return self._pieces[0] if self._pieces else ""

    def _join(self) -> None:
        text = "".join(self._pieces)
        self.dropped += max(0, len(text) - self.most)
        text = text[-self.most :]
        self._pieces.clear()
        if text:
            self._pieces.append(text)
        self._kept = len(text)
