"""Titles of conversations: text on one line, as long as a title may be."""

from __future__ import annotations

import unicodedata

TITLE_LENGTH = 60
"""Characters of a title that is made of the first words."""

DIRECTIONS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that turn the direction of what follows them, a whole list of titles if need be."""

JOINERS = frozenset("\u200d\ufe0e\ufe0f")
"""Characters that belong to the one before them."""


def title_from(text: str) -> str:
    """Return a title of one line made of the first words, cut between two words.

    Control characters, those of writing direction among them, and lone surrogates become blanks;
    empty where there is nothing to show.
    """
    # Far more than a title needs, so that a pasted book costs nothing.
    beginning = text[: 40 * TITLE_LENGTH]
    line = one_line(beginning)
    if len(line) <= TITLE_LENGTH:
        return line
    cut = line.rfind(" ", TITLE_LENGTH // 2, TITLE_LENGTH)
    if cut < 0:
        cut = TITLE_LENGTH - 1
        while cut > 1 and (unicodedata.combining(line[cut]) or line[cut] in JOINERS):
            cut -= 1
    return line[:cut].rstrip(" ,;:-–—") + "…"


def one_line(text: str) -> str:
    """Return text on one line, its control characters and runs of blanks as one blank each."""
    return " ".join("".join(" " if _is_control(c) else c for c in text).split())


def _is_control(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cs"} or character in DIRECTIONS
