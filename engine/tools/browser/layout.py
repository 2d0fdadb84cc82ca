"""Text cleaned of what cannot be seen, and laid out in lines of 80 columns."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache

COLUMNS = 80
TAB = 8
LINE_BREAKS = re.compile(r"\r\n?|[\u2028\u2029\u0085\v\f]")
UNSEEN = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    r"\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f\U0001d173-\U0001d17a]"
)
"""Control characters, invisible ones and those that reorder text: a page can hide words in them.

The joiners U+200C and U+200D stay, for scripts and emoji are written with them."""
MARKS = str.maketrans("【】◼", "〖〗◾")
"""The brackets belong to links and citations; a page may not forge them."""

WORDS = re.compile(r"\s+|\S+")


def clean(text: str) -> str:
    """Return a document's text in lines without tabs, and with nothing in it that is not seen."""
    return "\n".join(line.expandtabs(TAB).rstrip() for line in visible(text).split("\n"))


def visible(text: str) -> str:
    """Return a text with plain line breaks and nothing in it that is not seen."""
    return UNSEEN.sub("", LINE_BREAKS.sub("\n", text)).translate(MARKS)


def width_of(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return len(text) if text.isascii() else sum(map(_width_of_character, text))


@lru_cache(maxsize=4096)
def _width_of_character(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def wrap(text: str) -> tuple[list[str], list[int]]:
    """Return a text in lines of at most 80 columns, and where in the text each begins.

    Lines are broken between words, where the blank stays at the end; between any two wide
    characters, as in Chinese; and inside what is longer than a line.
    """
    lines: list[str] = []
    starts: list[int] = []
    position = 0
    for paragraph in text.split("\n"):
        start = position
        for line in _broken(paragraph):
            lines.append(line)
            starts.append(start)
            start += len(line)
        position += len(paragraph) + 1
    return lines, starts


def line_at(starts: list[int], position: int) -> int:
    """Return the number of the line in which a position of the text is."""
    return max(0, bisect_right(starts, position) - 1)


def _broken(paragraph: str) -> Iterator[str]:
    if width_of(paragraph) <= COLUMNS:
        yield paragraph
        return
    line, used = "", 0
    for word in _units(paragraph):
        width = width_of(word)
        # Blanks may hang over the edge, where nobody sees them.
        if line and used + width > COLUMNS and not word.isspace():
            yield line
            line, used = "", 0
        line, used = line + word, used + width
    if line:
        yield line


def _units(paragraph: str) -> Iterator[str]:
    """Give what must not be broken: words, blanks, wide characters, pieces of long words."""
    for word in WORDS.findall(paragraph):
        width = width_of(word)
        if width <= COLUMNS and width == len(word):
            yield word
            continue
        piece, used = "", 0
        for character in word:
            wide = _width_of_character(character)
            joins = wide == 0 or piece.endswith("\u200d")
            if piece and not joins and (wide == 2 or used + wide > COLUMNS or _is_wide(piece)):
                yield piece
                piece, used = "", 0
            piece, used = piece + character, used + wide
        yield piece


def _is_wide(piece: str) -> bool:
    return _width_of_character(piece[0]) == 2
