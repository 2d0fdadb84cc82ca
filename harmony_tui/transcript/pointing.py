"""A transcript in which words are pointed out, by where they stand in a message's source."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from harmony_tui.transcript.browsing import BrowsableTranscript
from harmony_tui.transcript.characters import make_safe
from harmony_tui.transcript.document import Place
from harmony_tui.transcript.lines import restyle
from harmony_tui.transcript.searching import NO_TEXT, Span
from harmony_tui.transcript.view import GUTTER

if TYPE_CHECKING:
    from textual.strip import Strip

    from harmony_tui.transcript.blocks import Block
    from harmony_tui.transcript.document import Entry
    from harmony_tui.transcript.rendering import Line

WINDOW: Final = 200
"""So far on in the source is a drawn character looked for: markup and targets of links."""


class _Word(NamedTuple):
    """Some characters of an entry's source, without control characters."""

    line: int
    column: int
    length: int


class _Shown(NamedTuple):
    """Where a word is drawn, and of what that was worked out."""

    state: tuple[int, int, int]
    block: int
    spans: list[Span]


class PointingTranscript(BrowsableTranscript):
    """Shows one word of each entry, if that is wanted, in the colours of what was searched for."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        """Create a transcript; see `Transcript`."""
        super().__init__(*arguments, **options)
        self._words: dict[int, _Word] = {}
        self._shown: dict[int, _Shown] = {}

    def point_out(self, entry: int, start: int, end: int) -> None:
        """Have the characters of an entry's text from `start` to `end` stand out."""
        source = self.source(entry)
        before = make_safe(source[:start])
        column = len(before) - before.rfind("\n") - 1
        self._words[entry] = _Word(before.count("\n"), column, len(make_safe(source[start:end])))
        self._shown.pop(entry, None)
        self.refresh()

    @property
    def has_words(self) -> bool:
        """Whether a word stands out."""
        return bool(self._words)

    def go_to_word(self) -> None:
        """Bring the last word that stands out, and is not folded, into view."""
        for index in sorted(self._words, reverse=True):
            block, spans = self._find(index)
            if spans:
                self._reveal_line(Place(index, block, spans[0].row))
                return

    def fold_entries(self, entries: Iterable[int], *, is_folded: bool) -> None:
        """Show one line in place of each of some entries, or all of their text."""
        for index in entries:
            entry = self._document.entries[index]
            entry.fold() if is_folded else entry.unfold()
            self._document.measure(index)
            self._note_change(index)

    def _dress(self, strip: Strip, place: Place) -> Strip:
        strip = super()._dress(strip, place)
        if place.entry in self._words:
            block, spans = self._find(place.entry)
            for row, start, end in spans if block == place.block else ():
                if row == place.line:
                    style = self._style("hit-here")
                    strip = restyle(strip, start + GUTTER, end + GUTTER, style)
        return strip

    def _find(self, index: int) -> tuple[int, list[Span]]:
        """Return the block that an entry's word is drawn in, and where in its lines."""
        entry = self._document.entries[index]
        if entry.is_folded or entry.is_removed:
            return 0, []
        self._document.read(index)
        state = (entry.pieces, len(entry.blocks), self._document.width)
        shown = self._shown.get(index)
        if shown is None or shown.state != state:
            shown = self._shown[index] = _Shown(state, *self._locate(index, entry))
        return shown.block, shown.spans

    def _locate(self, index: int, entry: Entry) -> tuple[int, list[Span]]:
        word = self._words[index]
        numbers = [n for n, block in enumerate(entry.blocks) if block.shape not in NO_TEXT]
        above = [n for n in numbers if entry.blocks[n].line <= word.line]
        if not above:
            return 0, []
        line = entry.blocks[above[-1]].line
        lines = make_safe(entry.source).split("\n")
        start = sum(len(each) + 1 for each in lines[line : word.line]) + word.column
        reader = _Reader("\n".join(lines[line:]), start, start + word.length)
        for number in above:
            if entry.blocks[number].line == line:
                self._draw(index, number)
                if spans := reader.read(_lines_of(entry.blocks[number])):
                    return number, spans
        return 0, []


def _lines_of(block: Block) -> Sequence[Line]:
    return block.rendered.lines if block.rendered is not None else ()


class _Reader:
    """Reads drawn lines along with the source that they were drawn from.

    What is drawn is the source without its markup, in the same order, and some decoration.
    """

    def __init__(self, source: str, start: int, end: int) -> None:
        self._source = source
        self._start, self._end = start, end
        self._at = 0

    def read(self, lines: Sequence[Line]) -> list[Span]:
        """Return which characters of the lines are from between start and end of the source."""
        spans: list[Span] = []
        for row, line in enumerate(lines):
            text = line.text
            inside = range(line.lead, len(text) - line.tail)
            hits = [column for column in inside if self._is_inside(text[column])]
            if hits:
                spans.append(Span(row, hits[0], hits[-1] + 1))
        return spans

    def _is_inside(self, character: str) -> bool:
        """Take the next drawn character; return whether it is one of those wanted."""
        if character.isspace():
            return False
        at = self._source.find(character, self._at, self._at + WINDOW)
        if at < 0:
            return False
        self._at = at + 1
        return self._start <= at < self._end
