"""What the model thought of a token: its log-probability, and which others it preferred."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import mlx.core as mx

from engine.events import Origin


class Logprobs(NamedTuple):
    """Log-probabilities (natural logarithms) at one place; arrays that need not be evaluated."""

    chosen: mx.array
    """Of the token that was chosen, float32 (1,)."""
    tokens: mx.array
    """The likeliest tokens, likeliest first and of equal ones the lower id, int32 (n,)."""
    values: mx.array
    """Theirs, float32 (n,)."""

    def read(self, origin: Origin) -> Measurement:
        """Return the figures as Python's own numbers; waits for them."""
        tokens: list[int] = self.tokens.tolist()  # type: ignore[assignment]
        values: list[float] = self.values.tolist()  # type: ignore[assignment]
        chosen = float(self.chosen.item())  # type: ignore[arg-type]
        return Measurement(origin, chosen, tuple(zip(tokens, values, strict=True)))


@dataclass(frozen=True, slots=True)
class Measurement:
    """What the model thought of one token, and how the token came about."""

    origin: Origin
    logprob: float
    best: tuple[tuple[int, float], ...]
    """The likeliest tokens with their log-probabilities, likeliest first."""


@dataclass(frozen=True, slots=True)
class Meter:
    """Whoever wants to know what the model thinks of its tokens."""

    count: Callable[[], int]
    """How many of the likeliest tokens are wanted; asked at each step, and 0 measures nothing."""
    hear: Callable[[Measurement], None]
    """Told of each token that was measured, before the token is given."""


def measure_logprobs(logits: mx.array, token: mx.array, count: int) -> Logprobs:
    """Return log-probabilities from the model's own logits: temperature 1, nothing cut.

    Costs two passes over the vocabulary, so it is called only for what is shown.

    Args:
        logits: float (1, vocab_size), as the model gave them.
        token: the one chosen, int32 (1,).
        count: how many of the likeliest to give; of more than there are, all.
    """
    row = logits[0].astype(mx.float32)
    total = mx.logsumexp(row)
    tokens = _find_best(row, min(count, row.size))
    return Logprobs(mx.take(row, token) - total, tokens, mx.take(row, tokens) - total)


def _find_best(row: mx.array, count: int) -> mx.array:
    if count == 0:
        return mx.zeros(0, dtype=mx.int32)
    # The partition gives any of those that tie for the last place, in any order.
    found = mx.sort(mx.argpartition(-row, kth=count - 1)[:count].astype(mx.int32))
    return mx.take(found, mx.argsort(-mx.take(row, found)))
