"""Text as it is compared: characters that only look different folded into one."""

from __future__ import annotations

import unicodedata

DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
SINGLE_QUOTES = "\u2018\u2019\u201a\u201b\u2032\u02bc"
DOUBLE_QUOTES = "\u201c\u201d\u201e\u201f\u2033"
BLANKS = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
BLANKS += "\u202f\u205f\u3000"
INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"

FOLDED = str.maketrans(
    {
        **dict.fromkeys(DASHES, "-"),
        **dict.fromkeys(SINGLE_QUOTES, "'"),
        **dict.fromkeys(DOUBLE_QUOTES, '"'),
        **dict.fromkeys(BLANKS, " "),
        **dict.fromkeys(INVISIBLE, None),
        "\u2026": "...",
    }
)


def fold(line: str) -> str:
    """Return a line with plain dashes, quotes and blanks, and no blanks around it."""
    if line.isascii():
        return line.strip()
    return unicodedata.normalize("NFC", line).translate(FOLDED).strip()
