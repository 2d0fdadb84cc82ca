"""What was said before the token that is to be chosen, part of it perhaps still on the device."""

from __future__ import annotations

from collections.abc import Sequence

import mlx.core as mx
import numpy as np

from engine.generation.segment import Tokens, as_tokens

MOST_UNREAD = 16
"""Tokens that may be on their way: the one under way, or as many as are drafted at a time."""


class History:
    """The tokens before the one that is to be chosen; the newest may not be computed yet.

    Each step costs the same, however many tokens came before.
    """

    def __init__(self, prompt: Sequence[int], earlier: Sequence[int]) -> None:
        """Begin after a prompt.

        Args:
            prompt: all that the model has read, earlier rounds of the turn included.
            earlier: what was sampled in earlier rounds of the turn (before its tool calls).
        """
        self._read = _Row(prompt)
        """The prompt, and what was sampled after it as far as it is known."""
        self._prompt_length = len(prompt)
        self._earlier_length = len(earlier)
        self._counts = _Counts(earlier)
        self._unread: list[mx.array] = []

    def __len__(self) -> int:
        """Return the number of tokens that the turn has so far."""
        sampled = len(self._read) - self._prompt_length
        return self._earlier_length + sampled + len(self._unread)

    def append(self, token: mx.array) -> None:
        """Append a token, int32 (1,), that need not be evaluated."""
        self._unread.append(token)
        if len(self._unread) > MOST_UNREAD:
            self._take(self._unread.pop(0))

    def go_back_to(self, index: int) -> None:
        """Forget what the turn has from a token on.

        Raises:
            ValueError: the turn does not have that many tokens, or they are an earlier round's.
        """
        if not self._earlier_length <= index <= len(self):
            raise ValueError(f"the turn has {len(self)} tokens, so none can be number {index}")
        surplus = len(self) - index
        kept = max(0, len(self._unread) - surplus)
        surplus -= len(self._unread) - kept
        del self._unread[kept:]
        for token in self._read.drop(surplus):
            self._counts.add(token, -1)

    def recent(self, count: int) -> mx.array:
        """Return the last tokens of prompt and answer, int32 (at most ``count``,)."""
        known = self._read.last(max(0, count - len(self._unread)))
        return mx.concatenate([mx.array(known), *self._unread[-count:]])

    def generated(self) -> tuple[mx.array, mx.array]:
        """Return the turn's tokens that the model chose, int32 (n,), and how often, float32 (n,).

        A token may stand there several times; it was then chosen as often as all of these say.
        """
        tokens, counts = self._counts.arrays()
        unread = mx.ones(len(self._unread), dtype=mx.float32)
        return (
            mx.concatenate([mx.array(tokens), *self._unread]),
            mx.concatenate([mx.array(counts), unread]),
        )

    def read(self, count: int) -> Tokens:
        """Return the last tokens of prompt and answer; waits for those on their way.

        The array is good until the history changes.
        """
        for token in self._unread:
            self._take(token)
        self._unread.clear()
        return self._read.last(count)

    def _take(self, token: mx.array) -> None:
        number = int(token.item())  # type: ignore[arg-type]
        self._read.append(number)
        self._counts.add(number, 1)


class _Row:
    """A row of tokens that can be looked at as an array without copying it."""

    def __init__(self, tokens: Sequence[int] | Tokens) -> None:
        self._tokens = np.array(tokens, dtype=np.int32)
        self._length = len(tokens)

    def __len__(self) -> int:
        return self._length

    def append(self, token: int) -> None:
        if self._length == len(self._tokens):
            self._tokens = np.concatenate([self._tokens, np.zeros(self._length + 64, np.int32)])
        self._tokens[self._length] = token
        self._length += 1

    def drop(self, count: int) -> list[int]:
        """Take so many tokens off the end, and return them."""
        dropped: list[int] = self.last(count).tolist()
        self._length -= count
        return dropped

    def last(self, count: int) -> Tokens:
        return self._tokens[max(0, self._length - count) : self._length]


class _Counts:
    """How often each of some tokens is there."""

    def __init__(self, tokens: Sequence[int]) -> None:
        different, counts = np.unique(as_tokens(tokens), return_counts=True)
        self._places = {token: place for place, token in enumerate(different.tolist())}
        self._tokens = _Row(different)
        self._counts = counts.astype(np.float32)

    def add(self, token: int, count: int) -> None:
        place = self._places.setdefault(token, len(self._tokens))
        if place == len(self._tokens):
            self._tokens.append(token)
            if place == len(self._counts):
                self._counts = np.concatenate([self._counts, np.zeros(place + 64, np.float32)])
            self._counts[place] = 0
        self._counts[place] += count

    def arrays(self) -> tuple[Tokens, np.ndarray]:
        """Return the tokens that are there, int32 (n,), and how often, float32 (n,)."""
        counts = self._counts[: len(self._tokens)]
        there = counts > 0
        return self._tokens.last(len(self._tokens))[there], counts[there]
