"""Notices that a model repeats itself without end, from its tokens alone, at any period up to 200.

A loop is the same tokens over and over: each equals the one a *period* before it. Three repeats
(``LEAST_REPEATS``) are one only if they are also long: ``MANY_REPEATS`` repeats or ``MANY_TOKENS``
tokens. That leaves alone what repeats rightly: rules of dashes, the columns and empty rows of a
table, zeros in code up to about 125 (a 10 x 10 matrix of them is 300 tokens of period 3). A longer
list of the same thing cannot be told from a loop.

So a loop of one token is found at its 128th, one of 20 tokens at 384 tokens, one of 200 at 600.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

LONGEST_PERIOD = 200
LEAST_REPEATS = 3
MANY_REPEATS = 128
MANY_TOKENS = 384

NO_TOKEN = -1

PERIODS = np.arange(1, LONGEST_PERIOD + 1)

NEEDED_TOKENS = np.maximum(LEAST_REPEATS * PERIODS, np.minimum(MANY_REPEATS * PERIODS, MANY_TOKENS))
"""By period less one: how long a repetition must be to be a loop."""


@dataclass(frozen=True, slots=True)
class Loop:
    """The last ``period`` tokens stand there ``repeats`` times in a row."""

    period: int
    repeats: int


class LoopDetector:
    """Is fed one token at a time; each costs the same 5 microseconds, however many came before."""

    def __init__(self) -> None:
        """Begin with no tokens."""
        self._recent = np.full(LONGEST_PERIOD, NO_TOKEN, dtype=np.int64)
        self._matches = np.zeros(LONGEST_PERIOD, dtype=np.int64)

    def feed(self, token: int) -> Loop | None:
        """Take the next token; return the loop that it is in, if it is, of the shortest period."""
        # By period less one: how many of the last tokens equal the one a period before them. The
        # first of a loop's periods equals nothing, so the loop is longer than that by a period.
        self._matches = (self._matches + 1) * (self._recent == token)
        self._recent[1:] = self._recent[:-1]
        self._recent[0] = token
        found = np.flatnonzero(self._matches + PERIODS >= NEEDED_TOKENS)
        if not found.size:
            return None
        period = int(found[0]) + 1
        return Loop(period, int(self._matches[found[0]]) // period + 1)
