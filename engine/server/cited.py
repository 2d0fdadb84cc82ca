"""What an answer cites of the pages that our own browser opened for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.tools.browser.citations import CITATION, Lookup
from engine.tools.browser.pages import Reference

LONGEST_NUMBER = 9
"""Digits of a citation's numbers."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation, and its place in the text: ``text[start:end]`` is the mark."""

    start: int
    end: int
    reference: Reference


def find_cited(text: str, look_up: Lookup | None) -> Iterator[Cited]:
    """Give the citations of an answer that stand for a page, in their order.

    Args:
        text: what the model wrote, with its marks (``【1†L3-L5】``).
        look_up: knows what they stand for; None where there was no browser.
    """
    if look_up is None:
        return
    for mark in CITATION.finditer(text):
        cursor, line = mark["cursor"], mark["line"]
        if len(cursor) > LONGEST_NUMBER or len(line or "") > LONGEST_NUMBER:
            continue
        reference = look_up(int(cursor), int(line) if line else None)
        if reference is not None:
            yield Cited(mark.start(), mark.end(), reference)
