"""Drawn lines: how they are numbered, and parts of them in another style."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from harmony_tui.transcript.document import Place

SHIFT: Final = 24
"""Bits of a block's index and of a line's in the offsets that selections are made of."""


def restyle(strip: Strip, start: int, end: int, style: Style) -> Strip:
    """Return a line with its characters from `start` to `end` in a style on top of their own."""
    segments: list[Segment] = []
    at = 0
    for text, look, _ in strip:
        cuts = sorted({0, len(text), *(c - at for c in (start, end) if 0 < c - at < len(text))})
        for left, right in pairwise(cuts):
            inside = start <= at + left < end
            look_here = (look or Style.null()) + style if inside else look
            segments.append(Segment(text[left:right], look_here))
        at += len(text)
    return Strip(segments, strip.cell_length)


def line_key(entry: int, block: int, line: int) -> int:
    """Return a line's number for selections: in order, and the same wherever the line moves to."""
    return (entry << SHIFT | block) << SHIFT | line


def block_ends(entry: int, block: int) -> tuple[int, int]:
    """Return the numbers of the first and of the last line that a block can have."""
    return line_key(entry, block, 0), line_key(entry, block, (1 << SHIFT) - 1)


def place_of(key: int) -> Place:
    """Return the line that a key numbers."""
    mask = (1 << SHIFT) - 1
    return Place(key >> 2 * SHIFT, key >> SHIFT & mask, key & mask)
