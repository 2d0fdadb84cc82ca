"""Text that is still being written is cut into what can be spoken: sentences, or words.

A text comes in pieces that may end anywhere. What has been cut says where in the whole text it
ends, so that a listener who interrupts can be told how far the voice had come.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

LONGEST = 220
"""A sentence longer than that, in characters, is cut where a clause or a word ends."""
LONGEST_WORD = 60
"""What is longer is no word, and is cut anywhere."""
FIRST_CLAUSE = 40
"""The first clause of a text is spoken alone if it has so many characters: it is waited for."""

OPENERS = "\"'“‘([«*_"
CLOSERS = "\"'”’»)]}*_"
END = re.compile(rf"[.!?…]+[{re.escape(CLOSERS)}]*(?=\s)|[。！？]+[”’」』）]*|\n")
CLAUSE = re.compile(rf"(?:[,;:—–][{re.escape(CLOSERS)}]*(?=\s)|[，；：])")
LAST_WORD = re.compile(r"\S+$")

_ABBREVIATED = """
    mr mrs ms mx dr prof sr jr st vs etc e.g i.e cf al fig figs eq no nos vol pp ed eds approx dept
    est gen col sgt capt lt rev hon inc ltd co corp u.s u.k u.n a.m p.m ph.d m.d b.a m.a jan feb mar
    apr jun jul aug sep sept oct nov dec mt ave blvd rd min max resp incl
"""
ABBREVIATIONS = frozenset(_ABBREVIATED.split())
"""In lower case and without their last dot; most are followed by more of the sentence."""
_ENDING = "etc a.m p.m u.s u.k u.n inc ltd co corp jr sr ph.d m.d b.a m.a al"
MAY_END = frozenset(_ENDING.split())
"""Of those, the ones that end a sentence if what follows begins as one."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stretch of text to be spoken in one go."""

    text: str
    end: int
    """Where it ends in the whole text, in characters; blanks after it count as its own."""


def ends_sentence(word: str) -> bool:
    """Whether a word, with the marks that it bears, is the last one of a sentence."""
    bare = word.rstrip(CLOSERS)
    return bare.endswith((*".!?…", *"。！？")) and not _is_abbreviation(bare)


def cut_words(pieces: Iterable[str]) -> Iterator[Sentence]:
    """Give the words of a text, each as soon as the blank after it has come."""
    begun, end = "", 0
    for piece in pieces:
        begun += piece
        *whole, begun = re.split(r"(?<=\s)(?=\S)", begun)
        if len(begun) > LONGEST_WORD:
            whole.append(begun)
            begun = ""
        for word in whole:
            for at in range(0, len(word), LONGEST_WORD):
                part = word[at : at + LONGEST_WORD]
                end += len(part)
                if text := part.strip():
                    yield Sentence(text, end)
    if begun.strip():
        yield Sentence(begun.strip(), end + len(begun))


def cut_sentences(pieces: Iterable[str]) -> Iterator[Sentence]:
    """Give the sentences of a text, each as soon as it is known to be whole."""
    begun, end, is_first = "", 0, True
    for piece in pieces:
        begun += piece
        while (length := _find_end(begun, is_first)) is not None:
            text, begun = begun[:length], begun[length:]
            end += length
            if text.strip():
                yield Sentence(text.strip(), end)
                is_first = False
    while begun.strip():
        length = _longest_cut(begun) if len(begun) > LONGEST else len(begun)
        end += length
        yield Sentence(begun[:length].strip(), end)
        begun = begun[length:]


def _find_end(text: str, is_first: bool) -> int | None:
    """Return where the first sentence of a text ends, blanks included; None if it may go on."""
    for match in END.finditer(text):
        if match.end() > LONGEST:
            break
        after = text[match.end() :].lstrip()
        if not after:
            return None  # what follows decides
        if match.group() == "\n" or _is_end(text[: match.end()], after):
            return len(text) - len(after)
    if is_first and (clause := CLAUSE.search(text, FIRST_CLAUSE)):
        after = text[clause.end() :].lstrip()
        if after and clause.end() <= LONGEST:
            return len(text) - len(after)
    return _longest_cut(text) if len(text) > LONGEST else None


def _is_end(sentence: str, after: str) -> bool:
    """Whether a stretch that ends in a full stop or the like is a sentence, by what follows it."""
    if not any(character.isalnum() for character in sentence):
        return False
    if sentence[-1] in "。！？”’」』）":
        return True
    if after[0].islower():
        return False
    if sentence.strip().rstrip(".").isdecimal():
        return False  # the number of an item, such as 2.
    last = LAST_WORD.search(sentence)
    word = last.group().rstrip(CLOSERS) if last else ""
    if not _is_abbreviation(word):
        return True
    return _bare(word) in MAY_END and after[0].isupper()


def _is_abbreviation(word: str) -> bool:
    """Whether a word that ends in a dot is one that is written so, or a single initial."""
    bare = _bare(word)
    is_initial = len(bare) == 1 and bare.isalpha() and bare != "i"
    return word.endswith(".") and (is_initial or bare in ABBREVIATIONS)


def _bare(word: str) -> str:
    return word.lstrip(OPENERS).removesuffix(".").lower()


def _longest_cut(text: str) -> int:
    """Return where to cut a text that is too long: after a clause, a word, or anywhere."""
    head = text[:LONGEST]
    clauses = [match.end() for match in CLAUSE.finditer(head) if match.end() > LONGEST // 3]
    if clauses:
        length = clauses[-1]
    else:
        blank = max(head.rfind(" "), head.rfind("\n"), head.rfind("\t"))
        length = blank if blank > LONGEST // 3 else LONGEST
    return length + len(text[length:]) - len(text[length:].lstrip())
