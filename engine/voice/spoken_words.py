"""Words of Markdown as a voice can say them: without marks, with symbols put in words."""

from __future__ import annotations

import html
import re
import unicodedata
from urllib.parse import urlsplit

ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\[\]`\"|]+", re.IGNORECASE)
SYMBOLS = {
    "×": " times ",
    "÷": " divided by ",
    "−": " minus ",
    "±": " plus or minus ",
    "≈": " about ",
    "≤": " at most ",
    "≥": " at least ",
    "≠": " is not ",
    "→": " to ",
    "⇒": " so ",
    "←": " from ",
    "°": " degrees ",
    "√": " root of ",
    "π": " pi ",
    "∞": " infinity ",
    "€": " euros ",
    "–": ", ",
    "—": ", ",
    "…": "...",
    "\u2011": "-",
    "\u00a0": " ",
    "\u202f": " ",
    "“": '"',
    "”": '"',
    "’": "'",
    "‘": "'",
}
ALONE = {
    "+": "plus",
    "-": "minus",
    "=": "equals",
    "*": "times",
    "/": "divided by",
    "<": "is less than",
    ">": "is more than",
    "&": "and",
    "^": "to the power of",
    "|": "",
}
"""Characters that are a word of their own."""
RANGE = re.compile(r"(?<=\d)\s*–\s*(?=\d)")
EDGE_MARKS = re.compile(r"^[*_~]+|(?<=[\w\W])[*_~]+(?=[.,;:!?)\"'’”]*$)")
INNER_STARS = re.compile(r"(?<=\d)\*(?=\d)")


def clean_word(word: str) -> str:
    """Return a word without what marks it, and with what a voice cannot say put in words."""
    said, at = "", 0
    for address in ADDRESS.finditer(word):
        said += _clean_part(word[at : address.start()]) + name_address(address[0])
        at = address.end()
    return said + _clean_part(word[at:])


def _clean_part(word: str) -> str:
    word = EDGE_MARKS.sub("", EDGE_MARKS.sub("", word))
    word = INNER_STARS.sub(" times ", word)
    word = word.replace("*", "").replace("~~", "").replace("_", " ")
    word = RANGE.sub(" to ", html.unescape(word))
    return "".join(map(_say_character, word))


def _say_character(character: str) -> str:
    if character in SYMBOLS:
        return SYMBOLS[character]
    category = unicodedata.category(character)
    is_picture = category in ("So", "Cs", "Cf", "Co", "Cn") or character in "\ufe0e\ufe0f\u20e3"
    is_skin = "\U0001f3fb" <= character <= "\U0001f3ff"
    return "" if is_picture or is_skin else character


def name_address(address: str) -> str:
    """Return what is said for an address: where it leads to; punctuation after it stays."""
    bare = address.rstrip(".,;:!?)'\"*_")
    rest = address[len(bare) :].replace("*", "").replace("_", "")
    try:
        host = urlsplit(bare if "//" in bare else f"//{bare}").hostname or ""
    except ValueError:
        host = ""
    host = host.removeprefix("www.")
    if bare.startswith("mailto:"):
        return bare.removeprefix("mailto:") + rest
    return (f"link to {host}" if host else "link") + rest


def read_code(code: str) -> str:
    """Return code within a line as words."""
    named = ADDRESS.sub(lambda found: name_address(found[0]), code)
    words = re.sub(r"[_*`{}\[\]()【】<>;|\\]+", " ", named).split()
    return " ".join("".join(map(_say_character, word)) for word in words)


def read_formula(formula: str) -> str:
    """Return a formula as words where it is simple, else that there is one."""
    if re.fullmatch(r"[\w\s+\-*/=.,()<>]{1,40}", formula.strip()) and "_" not in formula:
        words = re.sub(r"([+\-*/=<>])", r" \1 ", formula)
        return " ".join(ALONE.get(word, word) for word in words.split())
    return "a formula"
