"""Titles of conversations: text on one line, as long as a title may be."""

from __future__ import annotations

import re
import unicodedata

TITLE_LENGTH = 60
"""Characters of a title that is made of the first words."""

DIRECTIONS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that turn the direction of what follows them, a whole list of titles if need be."""

JOINERS = frozenset("\u200d\ufe0e\ufe0f")
"""Characters that belong to the one before them."""

_FENCE = re.compile(r"[ >]*(?:```[^`]*|~~~.*)$")
_TABLE_LINE = re.compile(r"[ >]*\|?[ ]*:?-{3,}:?[ ]*(?:\|[ ]*:?-+:?[ ]*)*\|?[ ]*$")
_BEFORE_LINE = re.compile(r"[ ]*(?:>[ ]?)*[ ]*(?:#{1,6}[ ]+|[-*+][ ]+(?:\[[ xX]\][ ]+)?)?")
_CODE = re.compile(r"(?<![`\\])(`+)(?!`)(.{1,200}?)(?<!`)\1(?!`)")
_LINK = re.compile(
    r"(?:!|(?<![\w)\]\\]))\[((?:[^\[\]\\]|\\.)*)\](?:\([^()\s]*(?:[ ]+\"[^\"]*\")?\)|\[[^\[\]]*\])"
)
_ADDRESS = re.compile(r"<(https?://[^<>\s]+)>")
_EMPHASIS = re.compile(
    r"(?<![\w*\\])(\*{1,3})(?=[^\s*])(.{1,200}?)(?<=[^\s*\\])\1(?![\w*])"
    r"|(?<![~\\])(~~)(?=[^\s~])(.{1,200}?)(?<=[^\s~])\3(?!~)"
    # Of single words it is more often part of a name than emphasis.
    r"|(?<![\w\\])(_{1,3})(?=[^\s_])([^_]*\s[^_]*)(?<=\S)\5(?!\w)"
)
_ESCAPE = re.compile(r"\\([*_`~#>\[\]|\\])")
"""Markdown that a title is freed of. What may as well be meant as it stands is left, such as
``2*3*4``, ``*args`` and ``__init__``."""


def title_from(text: str) -> str:
    """Return a title of one line made of the first words, cut between two words.

    Of Markdown the words stay without its marks; control characters, those of writing direction
    among them, and lone surrogates become blanks; empty where there is nothing to show.
    """
    # Far more than a title needs, so that a pasted book costs nothing.
    beginning = text[: 40 * TITLE_LENGTH]
    line = one_line(_without_marks(beginning)) or one_line(beginning)
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


def _without_marks(text: str) -> str:
    """Return the words of Markdown, each line of it read for itself."""
    lines = [line for line in text.splitlines() if not _FENCE.match(line)]
    lines = [_BEFORE_LINE.sub("", line, count=1) for line in lines if not _TABLE_LINE.match(line)]
    return "\n".join(map(_words_of, lines))


def _words_of(line: str) -> str:
    words, at = "", 0
    for code in _CODE.finditer(line):
        words += _spoken(line[at : code.start()]) + code[2]  # in code, marks are none
        at = code.end()
    return words + _spoken(line[at:])


def _spoken(text: str) -> str:
    text = _ADDRESS.sub(r"\1", _LINK.sub(r"\1", text))
    before = ""
    while text != before:  # one kind of emphasis may stand within another
        before, text = text, _EMPHASIS.sub(lambda found: found[2] or found[4] or found[6], text)
    return _ESCAPE.sub(r"\1", text)


def _is_control(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cs"} or character in DIRECTIONS
