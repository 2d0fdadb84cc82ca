"""Words found in a conversation: in the messages' source, and in the lines they are drawn as."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from harmony_tui.transcript.characters import make_safe

if TYPE_CHECKING:
    from harmony_tui.transcript.blocks import Block
    from harmony_tui.transcript.document import Entry
    from harmony_tui.transcript.rendering import Line


NO_TEXT = ("title", "label", "fold")
"""Shapes of blocks that show nothing of the source."""


class Span(NamedTuple):
    """Some characters of one of a block's lines."""

    row: int
    start: int
    end: int


class Search:
    """Where some words stand in the messages, which need not be cut into blocks for it.

    Upper and lower case are the same, unless there is an upper case letter in the words. Any space
    between words will do, so that words are found across the ends of lines.
    """

    def __init__(self, words: str) -> None:
        """Look for words, which are not a pattern."""
        self.words = words
        flags = re.IGNORECASE if words == words.lower() else 0
        self.pattern = re.compile(r"\s+".join(map(re.escape, words.split())), flags)
        self._counts: list[int] = []
        self._sums: list[int] = [0]
        self._known: dict[Entry, tuple[int, int]] = {}
        """Of each entry how many pieces of text it had when it was searched, and its hits."""

    def look(self, entries: Sequence[Entry]) -> None:
        """Search what has come or changed since the last time."""
        self._counts = [self._count(entry) for entry in entries]
        self._sums = list(accumulate(self._counts, initial=0))

    def _count(self, entry: Entry) -> int:
        pieces = entry.pieces
        known = self._known.get(entry)
        if known is None or known[0] != pieces:
            hits = sum(1 for _ in self.pattern.finditer(entry.source))
            self._known[entry] = known = (pieces, hits)
        return known[1]

    @property
    def count(self) -> int:
        """How many hits there are."""
        return self._sums[-1]

    def first_from(self, entry: int) -> int:
        """Return the number of the first hit in an entry or below it; from 0, and round."""
        number = self._sums[min(entry, len(self._counts))]
        return number % self.count if self.count else 0

    def locate(self, number: int) -> tuple[int, int]:
        """Return the entry that a hit stands in, and which one of the entry's it is."""
        entry = bisect_right(self._sums, number) - 1
        return entry, number - self._sums[entry]

    def place(self, entry: Entry, index: int) -> tuple[int, int]:
        """Return about which of an entry's blocks shows one of its hits, from its source.

        The second number says how many of the hits in that block stand before it.
        """
        source = make_safe(entry.source)
        begins = [found.start() for found in self.pattern.finditer(source)]
        if not begins:
            return 0, 0
        at = begins[min(index, len(begins) - 1)]
        block = _block_of_line(entry.blocks, source.count("\n", 0, at))
        start = sum(len(line) + 1 for line in source.split("\n")[: entry.blocks[block].line])
        return block, sum(1 for each in begins if start <= each < at)

    def find_drawn(self, lines: Sequence[Line]) -> list[list[Span]]:
        """Return each hit in a block's drawn lines; one that is wrapped has several spans."""
        text = ""
        starts: list[int] = []
        for row, line in enumerate(lines):
            text += line.join if row else ""
            starts.append(len(text))
            text += line.text[line.lead : len(line.text) - line.tail]
        return [
            _spans(found.start(), found.end(), starts, lines)
            for found in self.pattern.finditer(text)
            if found.end() > found.start()
        ]


def told_apart(words: str, text: str) -> str:
    """Return of words that are looked for one by one what `Search` finds in a text; or nothing.

    They are found as they stand, if they do; else it is the longest of them. What stands between
    quotation marks belongs together.
    """
    parts: list[str] = [
        quoted or word for quoted, word in re.findall(r'"([^"]+)"|([^\s"]+)', words.lower())
    ]
    for part in (" ".join(parts), *sorted(parts, key=len, reverse=True)):
        if part.strip() and Search(part).pattern.search(text):
            return part
    return ""


def _block_of_line(blocks: Sequence[Block], line: int) -> int:
    """Return the first block that begins in a line of the source, or the nearest one above."""
    texts = [number for number, each in enumerate(blocks) if each.shape not in NO_TEXT]
    above = [number for number in texts if blocks[number].line <= line] or texts[:1]
    if not above:
        return 0
    begun_in = blocks[above[-1]].line
    return next(number for number in above if blocks[number].line == begun_in)


def _spans(start: int, end: int, starts: Sequence[int], lines: Sequence[Line]) -> list[Span]:
    """Return the parts of lines that characters of their joined text are in."""
    spans: list[Span] = []
    for row in range(bisect_right(starts, start) - 1, len(lines)):
        if starts[row] >= end:
            break
        line = lines[row]
        last = len(line.text) - line.tail
        left = max(line.lead, line.lead + start - starts[row])
        right = min(last, line.lead + end - starts[row])
        if right > left:
            spans.append(Span(row, left, right))
    return spans
