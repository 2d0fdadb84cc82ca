"""The whole of a transcript: its entries, their blocks, and at which line each of them stands."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Final, NamedTuple

from harmony_tui.transcript.blocks import Block, Kind
from harmony_tui.transcript.characters import make_safe
from harmony_tui.transcript.parts import Part, parts_of
from harmony_tui.transcript.references import hide_used, referred_in

if TYPE_CHECKING:
    from harmony_tui.transcript.plain import Splitter

_VERBATIM: Final = frozenset({"user", "tool"})
"""Kinds whose text is shown as it is; that of the others is Markdown."""


FOLDED: Final = "▸"
OPENED: Final = "▾"
BRIEF: Final = 60
"""Characters of a message that its folded line shows at most."""


class Place(NamedTuple):
    """A line of the document. Block -1 is the empty line above an entry."""

    entry: int
    block: int
    line: int


class Entry:
    """One message: its text as it comes, cut into blocks when they are first asked for."""

    def __init__(self, kind: Kind, title: str = "", summary: str = "") -> None:
        """Open an entry; one with a summary begins folded to that single line."""
        self.kind = kind
        self.title = title
        self.summary = summary
        """A line that stands for the text while that is folded, and above it while it is not."""
        self.open = True
        self.blocks: list[Block] = []
        self.tops: list[int] = [0]
        """Line of the entry at which each block begins; one more for its end."""
        self._source: list[str] = []
        self._unread: list[str] = [""]
        self._partial = ""
        self._carriage = ""
        self.was_read = False
        """Whether the blocks were ever asked for."""
        self.is_removed = False
        """Whether it takes no room any more; its number stays taken."""
        self._labels: list[Block] = []
        if title:
            self.blocks.append(Block("title", make_safe(title).replace("\n", " ")))
        if summary:
            self.blocks.append(Block("fold", f"{OPENED} {summary}"))
        self._titles = len(self.blocks)
        self._frozen = len(self.blocks)
        self._referred: set[str] = set()
        """Labels that links in the frozen blocks may have."""
        self._under_fold: list[Block] | None = None
        """The blocks that a line is shown in place of."""
        if summary:
            self.fold()

    @cached_property
    def _splitter(self) -> Splitter:
        # The first frame has no text to read, and of a long conversation few entries are ever read.
        from harmony_tui.transcript.plain import PlainSplitter
        from harmony_tui.transcript.splitting import MarkdownSplitter

        return PlainSplitter() if self.kind in _VERBATIM else MarkdownSplitter()

    @property
    def source(self) -> str:
        """Everything appended so far, as it came."""
        return "".join(self._source)

    @property
    def pieces(self) -> int:
        """In how many pieces it came."""
        return len(self._source)

    @property
    def definitions(self) -> dict[str, tuple[str, str]]:
        """Targets of reference links, by label."""
        return self._splitter.definitions

    @property
    def has_unread(self) -> bool:
        """Whether something came that the blocks do not show yet, and that they would show."""
        return bool(self._unread) and not self.is_folded

    @property
    def is_folded(self) -> bool:
        """Whether one line stands in place of all its text."""
        return self._under_fold is not None

    @property
    def parts(self) -> list[Part]:
        """What can be acted on: the message itself, and the code, tables and lists in it."""
        is_markdown = self.kind not in _VERBATIM and not self.is_folded
        return parts_of(self.blocks if is_markdown else self.blocks[:0])

    def append(self, text: str) -> None:
        """Add text at the end; it is read when the entry's blocks are next needed."""
        self._source.append(text)
        self._unread.append(text)

    def label(self, text: str) -> None:
        """Put a short remark below the entry."""
        self._labels.append(Block("label", _label(text)))
        self._unread.append("")

    def unlabel(self, text: str) -> None:
        """Take away a remark that was put below the entry."""
        self._labels = [block for block in self._labels if block.text != _label(text)]
        self._unread.append("")

    def remove(self) -> None:
        """Show nothing, not even the line above."""
        self.open, self.is_removed = False, True
        self.blocks, self.tops, self._labels = [], [0], []
        self._under_fold = None
        self._source, self._unread = [], []

    def summarise(self, summary: str) -> None:
        """Have the line that stands for the text, or above it, say something else."""
        self.summary = summary
        if self.is_removed:
            return
        shown = self.blocks if self._under_fold is None else self._under_fold
        shown[self._titles - 1] = Block("fold", f"{OPENED} {summary}")
        if self._under_fold is not None:
            self.blocks = [Block("fold", f"{FOLDED} {summary}")]

    def fold(self) -> None:
        """Show one line in place of the text, which is not even read then."""
        if self._under_fold is None and not self.is_removed:
            self._under_fold = self.blocks
            self.blocks = [Block("fold", f"{FOLDED} {self.summary or self._brief()}")]

    def unfold(self) -> None:
        """Show the text again."""
        if self._under_fold is not None:
            self.blocks, self._under_fold = self._under_fold, None

    def _brief(self) -> str:
        """Return the first words and how much there is."""
        text = make_safe(self.source)
        lines = text.count("\n") + 1
        words = " ".join(text[: 2 * BRIEF].split())
        beginning = words if len(words) <= BRIEF else words[: BRIEF - 1] + "…"
        return f"{beginning} · {lines:,} lines" if lines > 1 else beginning

    def finish(self) -> None:
        """No more text will come."""
        if self.open:
            self.open = False
            self._unread.append("")

    def read(self) -> int | None:
        """Cut what was appended into blocks; return the first block that changed, or None."""
        if not self.has_unread:
            return None
        text, self._unread = self._carriage + "".join(self._unread), []
        self._carriage = "\r" if self.open and text.endswith("\r") else ""
        text = text.removesuffix(self._carriage)  # it may be half of a line's end
        self.was_read = True
        known = len(self.definitions)
        *lines, self._partial = (self._partial + make_safe(text)).split("\n")
        for line in lines:
            self._splitter.feed(self._feed_long(line))
        self._partial = self._feed_long(self._partial)
        if not self.open:
            if self._partial:
                self._splitter.feed(self._partial)
                self._partial = ""
            self._splitter.close()
        return self._collect(known)

    def _feed_long(self, line: str) -> str:
        """Feed the parts of a very long line that need not wait for its end; return the rest."""
        while length := self._splitter.cut(line):
            self._splitter.feed_part(line[:length])
            line = line[length:]
        return line

    def _collect(self, known: int) -> int:
        """Take over the splitter's blocks; return the first that changed."""
        frozen, closed = self._frozen, self._splitter.blocks
        del self.blocks[frozen:]
        self.blocks += closed[frozen - self._titles :]
        self._frozen = len(self.blocks)
        for block in self.blocks[frozen:]:
            self._referred.update(referred_in(block))
        if self.open:
            self.blocks += self._splitter.preview(self._partial)
            if len(self.blocks) == self._titles:
                self.blocks.append(Block("label", "…"))
        self.blocks += self._labels
        if not self._hide_definitions(frozen) and len(self.definitions) == known:
            return frozen
        for block in self.blocks:  # links that pointed nowhere may now have a target
            if "[" in block.text or (block.head and "[" in block.head.text):
                block.rendered, block.columns, block.width = None, None, 0
        return self._titles

    def _hide_definitions(self, changed: int) -> bool:
        """Hide what links show already; tell whether that is new above the changed blocks."""
        still_open = self.blocks[self._frozen :]
        if not self.definitions and all(block.shape != "definition" for block in still_open):
            return False
        referred = self._referred.union(*map(referred_in, still_open))
        hide_used(self.blocks[changed:], referred)
        return hide_used(self.blocks[:changed], referred)

    def estimate(self, width: int) -> int:
        """Return about how many lines the entry takes, without reading it."""
        text = "".join(self._unread)
        return text.count("\n") + len(text) // max(width, 1) + 1 + self._titles

    def measure(self, width: int, start: int = 0) -> None:
        """Add up where the blocks begin, from block `start` on."""
        start = min(start, len(self.tops) - 1)
        del self.tops[start + 1 :]
        top = self.tops[start]
        for block in self.blocks[start:]:
            if block.width != width:
                block.height = block.estimate(width)
            top += block.height
            self.tops.append(top)


class Document:
    """All entries, one below the other with an empty line between, at a width in cells."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.width = 0
        self._heights: list[int] = []
        self._tops: list[int] = [0]
        self._summed = 0
        """Entries whose ends stand in ``_tops``; of those below them a height is another now."""

    @property
    def height(self) -> int:
        """Lines of the whole document; an estimate where it has not been shown yet."""
        return self._sum()[-1]

    def add(self, kind: Kind, title: str = "", summary: str = "") -> int:
        """Open a new entry at the end; return its index."""
        index, entry = len(self.entries), Entry(kind, title, summary)
        self.entries.append(entry)
        self._heights.append((index > 0) + 1)  # as high as one without text is taken for
        if entry.blocks:
            self.measure(index)
        return index

    def add_whole(self, kind: Kind, text: str, title: str = "", summary: str = "") -> int:
        """Add an entry at the end to which no more comes; return its index."""
        index, entry = len(self.entries), Entry(kind, title, summary)
        self.entries.append(entry)
        entry.append(text)
        entry.open = False
        if entry.blocks:
            self._heights.append(0)
            self._measure_entry(index, 0)
        else:
            self._heights.append((index > 0) + entry.estimate(self.width))
        return index

    def reopen(self, index: int, text: str) -> None:
        """Have an entry begin anew with a text, to which more may come; its remarks are gone."""
        before = self.entries[index]
        entry = self.entries[index] = Entry(before.kind, before.title, before.summary)
        if not before.is_folded:
            entry.unfold()
        entry.append(text)
        self.measure(index)

    def remove(self, index: int) -> None:
        """Take an entry out; the others keep their numbers."""
        self.entries[index].remove()
        self.measure(index)

    def clear(self) -> None:
        """Forget all entries."""
        self.entries.clear()
        self._heights.clear()
        self._tops, self._summed = [0], 0

    def resize(self, width: int) -> None:
        """Lay everything out anew for another width; what was not shown at it is estimated."""
        self.width = width
        for index in range(len(self.entries)):
            self._measure_entry(index, 0)
        self._summed = 0

    def measure(self, entry: int, start: int = 0) -> None:
        """Take the heights of an entry's blocks, from `start` on, over into the whole."""
        before = self._heights[entry]
        self._measure_entry(entry, start)
        if self._heights[entry] != before:
            self._summed = min(self._summed, entry)

    def _sum(self) -> list[int]:
        """Return where each entry begins, and where the last one ends.

        Many entries may change before somebody asks, which costs one sum.
        """
        if self._summed < len(self._heights):
            top, heights = self._tops[self._summed], self._heights[self._summed :]
            self._tops[self._summed :] = accumulate(heights, initial=top)
            self._summed = len(self._heights)
        return self._tops

    def read(self, entry: int) -> int:
        """Cut an entry's new text into blocks; return the first block that changed."""
        changed = self.entries[entry].read()
        if changed is None:
            return len(self.entries[entry].blocks)
        self.measure(entry, changed)
        return changed

    def _measure_entry(self, index: int, start: int) -> None:
        entry = self.entries[index]
        if entry.is_removed:
            self._heights[index] = 0
            return
        entry.measure(self.width, start)
        self._heights[index] = entry.tops[-1] + (index > 0)
        if entry.has_unread:
            self._heights[index] += entry.estimate(self.width)

    def locate(self, line: int) -> Place:
        """Return what stands at a line; past either end, the nearest line."""
        if not self.entries:
            return Place(0, 0, 0)
        line = max(0, min(line, self.height - 1))
        ends = self._sum()
        entry = min(bisect_right(ends, line), len(self.entries)) - 1
        inside = line - ends[entry] - (entry > 0)
        if inside < 0:
            return Place(entry, -1, 0)
        tops = self.entries[entry].tops
        block = max(0, min(bisect_right(tops, inside) - 1, len(tops) - 2))
        return Place(entry, block, inside - tops[block])

    def find(self, place: Place) -> int:
        """Return the line at which a place stands."""
        if place.entry >= len(self.entries):
            return self.height
        top = self._sum()[place.entry] + (place.entry > 0)
        if place.block < 0:
            return max(0, top - 1)
        tops = self.entries[place.entry].tops
        block = min(place.block, len(tops) - 1)
        end = tops[min(block + 1, len(tops) - 1)]
        return top + min(tops[block] + place.line, max(tops[block], end - 1))


def _label(text: str) -> str:
    return "↳ " + make_safe(text).replace("\n", " ")
