"""Where lines are broken: text measured in terminal cells."""

from __future__ import annotations

import re
from typing import Final, Literal, NamedTuple

from rich.cells import cell_len, split_graphemes

Join = Literal["\n", " ", ""]

_WIDE: Final = "\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f"
_WIDE_ALL: Final = _WIDE + "\uff00-\uff60\uffe0-\uffe6\U0001b000-\U0001b2ff\U00020000-\U0003fffd"
_CLOSING: Final = "、。，．：；？！）］｝〉》」』】〕…ー々"
_WORD: Final = rf"[{_WIDE_ALL}][{_CLOSING}]*|[^\s{_WIDE_ALL}]+"
"""Compiled with the first text, which the first frame need not wait for."""


class Cut(NamedTuple):
    """A line cut out of a text: text[start:end], and what joined it to the line before it."""

    start: int
    end: int
    join: Join


def wrap(text: str, width: int) -> list[Cut]:
    """Break a text without newlines into lines of at most `width` cells, at spaces if possible.

    Words that are too long are broken between graphemes; scripts without spaces between any two
    characters. Spaces at a break are dropped, all other characters are kept.
    """
    width = max(width, 1)
    if _width(text) <= width:
        return [Cut(0, len(text), "\n")]
    lines: list[Cut] = []
    start = end = filled = 0  # the line being filled: text[start:end]
    join: Join = "\n"
    for word in re.finditer(_WORD, text):
        space, size = _width(text[end : word.start()]), _width(word[0])
        if filled + space + size <= width:
            filled += space + size
            end = word.end()
            continue
        if end > start:
            lines.append(Cut(start, end, join))
            join = " " if word.start() > end else ""
        start, end, filled = word.start(), word.end(), size
        if size > width:
            pieces = fold(word[0], width)
            for piece in pieces[:-1]:
                lines.append(Cut(start + piece.start, start + piece.end, join))
                join = ""
            start += pieces[-1].start
            filled = _width(text[start:end])
    lines.append(Cut(start, end, join))
    return lines


def longest_word(text: str) -> int:
    """Return the cells of the longest piece of a text that `wrap` breaks only for want of room."""
    return max((_width(word) for word in re.findall(_WORD, text)), default=0)


def _width(text: str) -> int:
    """Return the cells that a text without control characters takes."""
    return len(text) if text.isascii() else cell_len(text)


def fold(text: str, width: int) -> list[Cut]:
    """Break a text without newlines into lines of at most `width` cells, wherever they are full."""
    if _width(text) <= width:
        return [Cut(0, len(text), "\n")]
    lines: list[Cut] = []
    start = filled = 0
    for first, end, size in split_graphemes(text)[0]:
        if filled + size > width and end > start and first > start:
            lines.append(Cut(start, first, "" if lines else "\n"))
            start, filled = first, 0
        filled += size
    lines.append(Cut(start, len(text), "" if lines else "\n"))
    return lines
