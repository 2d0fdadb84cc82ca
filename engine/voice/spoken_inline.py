"""What stands within a line of Markdown and is more than a word, as a voice can say it.

Each reader is given the text from the construct's first character on, and whether no more can
belong to it. It returns what is said and how much of the text that is, None where the character
stands for itself, or ``WAIT`` where that cannot be told yet.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from engine.voice.spoken_words import ALONE, name_address, read_code, read_formula

TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--.*?-->", re.DOTALL)
TAG_BEGUN = re.compile(r"</?[A-Za-z!][^>]*\Z|</?\Z|<!-?\Z", re.DOTALL)
AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]+)>")
INLINE_MATH = re.compile(r"\$(?![\s\d])([^$\n]*[^\s$])\$(?!\d)")
FORMULAS = {r"\(": r"\)", r"\[": r"\]", "$$": "$$"}
"""What formulas begin and end with."""
MARKS = frozenset("*_`~#|[]<>{}")
"""Characters that are no words, escaped or not."""
LONGEST_CODE = 60
"""Characters of code within a line that is still read out."""


class Construct(NamedTuple):
    """What is said for a construct, and how many characters it takes."""

    said: str
    length: int


class Wait:
    """More has to be there before it can be told what this is."""


WAIT: Final = Wait()
Reading = Construct | Wait | None


def _read_code(text: str, *, is_all: bool) -> Reading:
    ticks = len(text) - len(text.lstrip("`"))
    if ticks == len(text) and not is_all:
        return WAIT
    closing = re.search(rf"(?<!`)`{{{ticks}}}(?!`)", text[ticks:])
    if closing is None:
        return Construct("", ticks) if is_all else WAIT
    if ticks + closing.end() == len(text) and not is_all:
        return WAIT  # one more tick would make it no end
    code = text[ticks : ticks + closing.start()].strip()
    said = read_code(code) if len(code) <= LONGEST_CODE else "code"
    return Construct(said, ticks + closing.end())


def _read_image(text: str, *, is_all: bool) -> Reading:
    if text == "!" and not is_all:
        return WAIT
    if not text.startswith("!["):
        return None
    link = _read_link(text[1:], is_all=is_all)
    if not isinstance(link, Construct):
        return link
    said = f"picture: {link.said}" if link.said.strip() else "picture"
    return Construct(said, link.length + 1)


def _read_link(text: str, *, is_all: bool) -> Reading:
    end = _closing(text, 1, "[", "]")
    if end is None:
        return Construct("", 1) if is_all else WAIT
    after = end + 1
    if after == len(text) and not is_all:
        return WAIT
    inner = text[1:end]
    if (opening := text[after : after + 1]) in ("(", "["):
        closing = _closing(text, after + 1, opening, ")" if opening == "(" else "]")
        if closing is None and not is_all:
            return WAIT
        after = after if closing is None else closing + 1
    elif inner.startswith("^") or inner.strip().isdigit():
        return Construct("", after)  # a footnote or a reference
    return Construct(inner, after)


def _read_citation(text: str, *, is_all: bool) -> Reading:
    end = text.find("】")
    if end < 0 and not is_all:
        return WAIT
    return Construct("", max(end, 0) + 1)


def _read_angle(text: str, *, is_all: bool) -> Reading:
    if link := AUTOLINK.match(text):
        return Construct(name_address(link[1]), link.end())
    if tag := TAG.match(text):
        is_break = tag[0].lower().startswith(("<br", "</p", "</li"))
        return Construct(" " if is_break else "", tag.end())
    return WAIT if TAG_BEGUN.match(text) and not is_all else None


def _read_backslash(text: str, *, is_all: bool) -> Reading:
    if len(text) < 2:
        return Construct("", 1) if is_all else WAIT
    if text[:2] in FORMULAS:
        return _read_formula(text, is_all=is_all)
    if text[1].isalnum() or text[1].isspace() or not text[1].isascii():
        return Construct("", 1)
    return Construct("" if text[1] in MARKS else ALONE.get(text[1], text[1]), 2)


def _read_dollar(text: str, *, is_all: bool) -> Reading:
    if text[:2] in FORMULAS:
        return _read_formula(text, is_all=is_all)
    if math := INLINE_MATH.match(text):
        if math.end() == len(text) and not is_all:
            return WAIT
        return Construct(read_formula(math[1]), math.end())
    after = text[1:2]
    is_open = not after or not (after.isdigit() or after.isspace())
    is_one_line = "\n" not in text and text.count("$") == 1
    return WAIT if is_open and is_one_line and not is_all else None


def _read_formula(text: str, *, is_all: bool) -> Reading:
    closing = FORMULAS[text[:2]]
    end = text.find(closing, 2)
    if end < 0:
        return Construct("", 2) if is_all else WAIT
    return Construct(read_formula(text[2:end]), end + len(closing))


READERS: Mapping[str, Callable[..., Reading]] = {
    "`": _read_code,
    "[": _read_link,
    "!": _read_image,
    "【": _read_citation,
    "<": _read_angle,
    "\\": _read_backslash,
    "$": _read_dollar,
}
"""What reads a construct, by the character that it begins with."""


def _closing(text: str, start: int, opening: str, closing: str) -> int | None:
    """Return where a bracket is closed that was opened before ``start``."""
    depth, place = 1, start
    while place < len(text):
        character = text[place]
        if character == "\\":
            place += 1
        elif character == opening:
            depth += 1
        elif character == closing:
            depth -= 1
            if not depth:
                return place
        place += 1
    return None
