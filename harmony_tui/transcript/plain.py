"""What cuts lines into blocks, and the cutting of text that is shown as it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Protocol

from harmony_tui.transcript.blocks import Block

LINE_CHARACTERS: Final = 2000
"""A longer line is cut while it is still written."""
CODE_LINES: Final = 8
"""So many lines at least are in a piece of a text that is shown as it is."""


class Splitter(Protocol):
    """Cuts lines into blocks."""

    blocks: list[Block]
    """Closed blocks: they never change again."""
    definitions: dict[str, tuple[str, str]]
    """Targets and titles of reference links, by label; footnotes by theirs, which begin with ^."""

    def feed(self, line: str) -> None:
        """Read one complete line, without its newline."""

    def feed_part(self, part: str) -> None:
        """Read a part of a line, whose rest follows: see `cut`."""

    def close(self) -> None:
        """Close what is open: the text has ended."""

    def preview(self, partial: str) -> list[Block]:
        """Return what is open as blocks, with `partial` as the unfinished last line."""

    def cut(self, partial: str) -> int:
        """Return how much of an unfinished, very long line may be fed now; 0 for none."""


@dataclass(slots=True)
class PlainSplitter:
    """Text as it is: lines in pieces."""

    blocks: list[Block] = field(default_factory=list)
    _lines: list[str] = field(default_factory=list)
    _line: int = 0
    """Lines read before those that are open."""
    definitions: dict[str, tuple[str, str]] = field(default_factory=dict)
    """None: there are no links in it."""

    def feed(self, line: str) -> None:
        """Read one complete line, without its newline."""
        self._lines.append(line.expandtabs(4))
        if len(self._lines) >= CODE_LINES:
            self.close()

    feed_part = feed

    def close(self) -> None:
        """Close what is open: the text has ended."""
        if self._lines:
            self.blocks.append(Block("plain", "\n".join(self._lines), line=self._line))
            self._line += len(self._lines)
            self._lines = []

    def preview(self, partial: str) -> list[Block]:
        """Return what is open as blocks, with `partial` as the unfinished last line."""
        twin = PlainSplitter([], self._lines.copy(), self._line)
        if partial:
            twin.feed(partial)
        twin.close()
        return twin.blocks

    def cut(self, partial: str) -> int:
        """Return how much of an unfinished, very long line may be fed now; 0 for none."""
        return LINE_CHARACTERS if len(partial) > LINE_CHARACTERS else 0
