"""Blocks drawn: the lines that a block takes at a width, and how they are copied."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style

from harmony_tui.transcript.blocks import Block, Container, Item, Quote
from harmony_tui.transcript.highlighting import START, highlight
from harmony_tui.transcript.inline import Mark, Run, mend, read_inline
from harmony_tui.transcript.tables import alignments, fit, measure, split_cells
from harmony_tui.transcript.wrapping import Cut, Join, fold, wrap

Styles = Callable[[str], Style]
"""Gives the style of a component, or of a kind of entry."""

_MARKS: Final = (
    (Mark.STRONG, Style(bold=True)),
    (Mark.EMPHASIS, Style(italic=True)),
    (Mark.STRUCK, Style(strike=True)),
)
_PARTS: Final = (
    (Mark.CODE, "code-inline"),
    (Mark.MATH, "math"),
    (Mark.TARGET, "target"),
    (Mark.LINK, "link"),
    (Mark.NOTE, "marker"),
)
_COLUMN_LINE: Final = " │ "
LEAST_TITLE: Final = 8
"""Cells that the titles of columns have beside a row's cells, if they are that long."""
LEAST_VALUE: Final = 12
"""Cells: with fewer, a row's cells stand below their columns' titles."""


class Line(NamedTuple):
    """A drawn line. `lead` characters before its text and `tail` after it are decoration.

    `join` is what stands between this line and the one above when they are copied.
    """

    segments: list[Segment]
    join: Join = "\n"
    lead: int = 0
    tail: int = 0

    @property
    def text(self) -> str:
        """The line's characters."""
        return "".join(segment.text for segment in self.segments)

    def copied(self, start: int, end: int) -> str:
        """Return what copying the characters from `start` to `end` gives; below 0: to the end."""
        text = self.text
        last = len(text) - self.tail
        return text[max(start, self.lead) : last if end < 0 else min(end, last)]


class Rendered(NamedTuple):
    """All lines of a block, the gap above it included, each as wide as its content."""

    lines: list[Line]


class _Row(NamedTuple):
    """A line of content before its containers' decoration is put before it."""

    segments: list[Segment]
    join: Join = "\n"
    lead: int = 0
    tail: int = 0


def render(
    block: Block,
    width: int,
    kind: str,
    styles: Styles,
    definitions: dict[str, tuple[str, str]] | None = None,
) -> Rendered:
    """Draw a block of an entry of some kind at `width` cells."""
    if block.fold == "" or block.is_hidden:
        return Rendered([])
    base = styles(kind)
    painter = _Painter(block, base, styles, definitions or {})
    prefix = _narrow_prefix(block, width)
    room = max(1, width - cell_len(prefix[0]))
    folded = block.text if block.shape == "fold" else block.fold
    rows = painter.folded(folded, room) if folded else painter.rows(room)
    lines = [_gap(block, base, styles)] if block.gap else []
    for index, row in enumerate(rows):
        decoration = prefix[0] if index == 0 else prefix[1]
        lead = 0 if index == 0 and prefix[0] != prefix[1] else len(decoration)
        segments = [*_decoration(decoration, base, styles), *row.segments]
        lines.append(Line(segments, row.join, lead + row.lead, row.tail))
    return Rendered(lines)


def _gap(block: Block, base: Style, styles: Styles) -> Line:
    """Return the empty line above a block: quotes that go on past it show their bar."""
    bars = _prefix(block.path[: block.fresh], block.fresh)[1]
    return Line(_decoration(bars, base, styles), lead=len(bars))


def _narrow_prefix(block: Block, width: int) -> tuple[str, str]:
    """Return what stands before a block's lines, without outer containers if room is scarce."""
    for outer in range(len(block.path) + 1):
        prefix = _prefix(block.path[outer:], max(0, block.fresh - outer))
        if width - cell_len(prefix[0]) >= min(12, width // 2):
            break
    return prefix


def _prefix(path: tuple[Container, ...], fresh: int) -> tuple[str, str]:
    """Return what stands before the first line of a block and before its other lines."""
    first, other = "", ""
    for index, part in enumerate(path):
        if isinstance(part, Quote):
            marker = blank = "▌ "
        else:
            marker = _marker(part)
            blank = " " * len(marker)
        first += marker if index >= fresh or isinstance(part, Quote) else blank
        other += blank
    return first, other


def _marker(item: Item) -> str:
    if item.label:
        return f"[{item.label}] "
    if item.ticked is not None:
        return " ☑ " if item.ticked else " ☐ "
    return " • " if item.number is None else f"{item.number:>2}. "


def _decoration(text: str, base: Style, styles: Styles) -> list[Segment]:
    """Return the segments of containers: bars of quotes, markers of items."""
    if not text:
        return []
    if not text.strip():
        return [Segment(text, base)]
    parts = text.replace("▌ ", "\0▌ \0").split("\0")
    quote, marker = base + styles("quote"), base + styles("marker")
    return [Segment(part, quote if "▌" in part else marker) for part in parts if part]


class _Painter:
    """Draws the content of one block."""

    def __init__(
        self, block: Block, base: Style, styles: Styles, definitions: dict[str, tuple[str, str]]
    ) -> None:
        self.block = block
        self.base = base
        self.styles = styles
        self.definitions = definitions

    def rows(self, width: int) -> list[_Row]:
        """Return the block's lines at `width` cells."""
        block = self.block
        match block.shape:
            case "code":
                return self._code(width)
            case "table":
                return self._table(width)
            case "rule":
                return [_Row([Segment("─" * width, self.base + self.styles("rule"))])]
            case "paragraph":
                return self._text(block.text, width, self.base)
            case "heading":
                name = "heading" if block.note in "12" else "subheading"
                return self._text(block.text, width, self.base + self.styles(name))
            case "plain":
                return self._verbatim(width, self.base)
            case "math" | "definition" | "title" | "label" | "fold" as name:
                return self._verbatim(width, self.base + self.styles(name))

    def _text(self, text: str, width: int, style: Style) -> list[_Row]:
        """Draw a paragraph: its marks become styles, its lines are wrapped."""
        return self._wrapped(self._runs(text, last=True), width, style)

    def _runs(self, text: str, *, last: bool) -> list[Run]:
        return read_inline(mend(text) if last and self.block.open else text, self.definitions)

    def _wrapped(self, runs: Iterable[Run], width: int, style: Style) -> list[_Row]:
        rows: list[_Row] = []
        for line in _split_lines(runs):
            cuts = wrap("".join(run.text for run in line), width)
            for part, join in _cut(line, cuts):
                segments = [Segment(run.text, self._style(run, style)) for run in part]
                rows.append(_Row(segments, join))
        return rows

    def _style(self, run: Run, style: Style) -> Style:
        """Return the style of a run: what it is, on top of what it stands in."""
        if run.mark:
            for mark, name in _PARTS:
                if run.mark & mark:
                    style += self.styles(name)
                    break
            for mark, look in _MARKS:
                if run.mark & mark:
                    style += look
        if run.target:
            style += Style.from_meta({"link": run.target})
        return style

    def _verbatim(self, width: int, style: Style) -> list[_Row]:
        """Draw text as it is, wrapped at words."""
        return [
            _Row([Segment(line[start:end], style)], join)
            for line in self.block.text.split("\n")
            for start, end, join in wrap(line, width)
        ]

    def folded(self, text: str, width: int) -> list[_Row]:
        """Draw the single line that stands in place of a text; it is no part of that."""
        if cell_len(text) > width:
            text = set_cell_size(text, width - 1).rstrip() + "…"
        segment = Segment(text, self.base + self.styles("fold"))
        return [_Row([segment], join="", lead=len(text))]

    # Code.

    def _code(self, width: int) -> list[_Row]:
        """Draw code on its own ground, one cell in from its edge."""
        block = self.block
        ground = self.base + self.styles("code")
        rows: list[_Row] = []
        if block.note and block.head is None:
            look = ground + self.styles("language")
            for start, end, _ in fold(block.note, max(2, width - 2)):
                label = _panel([Segment(block.note[start:end], look)], width, ground)
                rows.append(label._replace(join="", lead=width))  # it is not part of the code
        pieces, block.state = highlight(block.text, block.note, self._state_before(block))
        runs = [Run(piece.text, Mark.PLAIN, piece.role) for piece in pieces]
        for line in _split_lines(runs):
            cuts = fold("".join(run.text for run in line), max(2, width - 2))
            for part, join in _cut(line, cuts):
                segments = [
                    Segment(run.text, ground + self.styles(run.target) if run.target else ground)
                    for run in part
                ]
                rows.append(_panel(segments, width, ground, join))
        return rows

    def _state_before(self, block: Block) -> tuple[str, ...]:
        """Return the state that the highlighter is in above a piece of code."""
        chain = [block]
        while chain[-1].before is not None and chain[-1].before.state is None:
            chain.append(chain[-1].before)
        for piece in reversed(chain[1:]):
            above = piece.before.state if piece.before else None
            piece.state = highlight(piece.text, piece.note, above or START)[1]
        return (block.before.state if block.before else None) or START

    # Tables.

    def _table(self, width: int) -> list[_Row]:
        """Draw a table's rows; the first piece's rows decide how wide the columns are."""
        block = self.block
        head = block.head or block
        header, delimiter = head.note.split("\n")
        sides = alignments(delimiter)
        rows = [self._cells(line, len(sides)) for line in block.text.split("\n") if line]
        titles = self._cells(header, len(sides))
        if head.columns is None:
            lines = head.text.split("\n") if head is not block else ()
            first = [self._cells(line, len(sides)) for line in lines if line] or rows
            texts = ([_text_of(cell) for cell in row] for row in (titles, *first))
            head.columns = measure(texts)
        widths = fit(head.columns, width - (len(sides) - 1) * len(_COLUMN_LINE))
        if widths is None:
            return self._records(titles, rows, width, block.line - head.line - 1)
        drawn: list[_Row] = []
        if head is block:
            strong = self.base + self.styles("table-head")
            drawn += self._table_row(titles, widths, sides, strong)
            line = "─┼─".join("─" * size for size in widths)
            drawn.append(_Row([Segment(line, self.base + self.styles("table-line"))]))
        for row in rows:
            drawn += self._table_row(row, widths, sides, self.base)
        return drawn

    def _cells(self, line: str, count: int) -> list[list[Run]]:
        """Return the runs of a row's cells; surplus cells stay in the last one."""
        cells = split_cells(line)
        if len(cells) > count:
            cells[count - 1 :] = [" | ".join(cells[count - 1 :])]
        cells += [""] * (count - len(cells))
        return [self._runs(cell, last=True) if cell else [] for cell in cells]

    def _table_row(
        self, cells: Sequence[list[Run]], widths: Sequence[int], sides: Sequence[str], style: Style
    ) -> list[_Row]:
        columns = [
            self._wrapped(cell, size, style) for cell, size in zip(cells, widths, strict=True)
        ]
        line = Segment(_COLUMN_LINE, self.base + self.styles("table-line"))
        rows: list[_Row] = []
        for index in range(max(map(len, columns))):
            segments: list[Segment] = []
            for column, size, side in zip(columns, widths, sides, strict=True):
                content = column[index].segments if index < len(column) else []
                segments += [*_aligned(content, size, side, style), line]
            rows.append(_Row(segments[:-1]))
        return rows

    # Records: a table whose columns there is no room for.

    def _records(
        self, titles: list[list[Run]], rows: list[list[list[Run]]], width: int, number: int
    ) -> list[_Row]:
        """Draw each row as lines of a column's title and the row's cell, below the row's number."""
        strong = self.base + self.styles("table-head")
        if not rows:  # they may be on their way
            line = [run for cell in titles for run in (*cell, Run(_COLUMN_LINE))][:-1]
            return self._wrapped(line, width, strong)
        longest = max(cell_len(line) for cell in titles for line in _text_of(cell).split("\n"))
        size = min(longest, max(LEAST_TITLE, width // 3))
        drawn: list[_Row] = []
        for count, row in enumerate(rows, start=max(1, number)):
            drawn.append(self._record_rule(f"{count:,}", width))
            for title, cell in zip(titles, row, strict=True):
                if title or cell:
                    drawn += self._field(title, cell, size, width)
        return drawn

    def _record_rule(self, number: str, width: int) -> _Row:
        """Draw the line above a record; its number is text, which is to be read."""
        line = self.base + self.styles("table-line")
        before, after = "── "[:width], max(0, width - 4 - len(number))
        number = number[: width - len(before)]
        pieces = (before, line), (number, self.base + self.styles("title"))
        end = f" {'─' * after}" if width > len(before) + len(number) else ""
        return _Row([Segment(*piece) for piece in (*pieces, (end, line)) if piece[0]])

    def _field(self, title: list[Run], cell: list[Run], size: int, width: int) -> list[_Row]:
        """Draw a cell beside its column's title, or below it where that is too narrow."""
        strong = self.base + self.styles("table-head")
        line = Segment(_COLUMN_LINE, self.base + self.styles("table-line"))
        room = width - size - len(_COLUMN_LINE)
        if room < LEAST_VALUE:
            indent = " " * min(2, width // 6)
            below = self._wrapped(cell, width - len(indent), self.base) if cell else []
            return [
                *(self._wrapped(title, width, strong) if title else []),
                *(
                    row._replace(
                        segments=[Segment(indent, self.base), *row.segments], lead=len(indent)
                    )
                    for row in below
                ),
            ]
        names, values = self._wrapped(title, size, strong), self._wrapped(cell, room, self.base)
        rows: list[_Row] = []
        for index in range(max(len(names), len(values))):
            name = names[index].segments if index < len(names) else []
            value, join = values[index][:2] if index < len(values) else ([], "\n")
            before = [*_aligned(name, size, "left", strong), line]
            is_more = index >= len(names)  # of the cell alone: what stands before it is none of it
            lead = sum(len(segment.text) for segment in before) if is_more else 0
            rows.append(_Row([*before, *value], join if is_more else "\n", lead))
        return rows


def _text_of(runs: Iterable[Run]) -> str:
    return "".join(run.text for run in runs)


def _split_lines(runs: Iterable[Run]) -> list[list[Run]]:
    """Return the runs line by line: a newline in a run ends its line."""
    lines: list[list[Run]] = [[]]
    for run in runs:
        first, *others = run.text.split("\n")
        if first:
            lines[-1].append(run._replace(text=first))
        for text in others:
            lines.append([run._replace(text=text)] if text else [])
    return lines


def _cut(runs: Sequence[Run], cuts: Iterable[Cut]) -> Iterator[tuple[list[Run], Join]]:
    """Yield the runs of each of the lines that their joined text is cut into, in order."""
    index, at = 0, 0  # the run that the line begins in, and where that run begins
    for start, end, join in cuts:
        line: list[Run] = []
        while index < len(runs):
            text = runs[index].text
            following = at + len(text)
            if following > start and at < end:
                line.append(runs[index]._replace(text=text[max(0, start - at) : end - at]))
            if following > end:
                break
            index, at = index + 1, following
        yield line, join


def _panel(segments: list[Segment], width: int, ground: Style, join: Join = "\n") -> _Row:
    """Put a line of code on its ground, which reaches from edge to edge."""
    space = max(0, width - 1 - sum(segment.cell_length for segment in segments))
    edges = Segment(" ", ground), Segment(" " * space, ground)
    return _Row([edges[0], *segments, edges[1]], join, 1, space)


def _aligned(content: list[Segment], size: int, side: str, style: Style) -> list[Segment]:
    """Fill a cell's line up to the column's width."""
    space = max(0, size - sum(segment.cell_length for segment in content))
    left = space if side == "right" else space // 2 if side == "center" else 0
    return [
        *([Segment(" " * left, style)] if left else []),
        *content,
        *([Segment(" " * (space - left), style)] if space > left else []),
    ]
