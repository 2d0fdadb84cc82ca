"""How likely the tokens of an answer were, found out once it is there: they are read again."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from engine.events import Alternative, TokenSampled
from engine.turn.conversation import Conversation
from engine.turn.rounds import RoundTokens
from engine.worker import Completion, Request

if TYPE_CHECKING:
    from engine.generation.logprobs import Measurement

READ_TOGETHER = 64
"""Tokens that are read at once, so that a long answer takes no more memory than a prompt."""


class _Written:
    """Allows at each place the token that stands there, so that it is read and not sampled."""

    def __init__(self, tokens: Sequence[int]) -> None:
        self._tokens = tokens
        self._place = 0

    def mask(self) -> None:
        """Allow anything: past the end nothing is asked for."""

    def forced(self) -> Sequence[int]:
        """Return the tokens that come next."""
        return self._tokens[self._place : self._place + READ_TOGETHER]

    def accept(self, _: int) -> None:
        """Go on to the next place."""
        self._place += 1


def measure(
    chat: Conversation,
    rounds: Sequence[RoundTokens],
    count: int,
    hear: Callable[[TokenSampled], None],
    cancelled: threading.Event,
) -> bool:
    """Tell how likely each token of a turn was to the model; return whether none is missing.

    Blocks. The model reads what it does not hold any more.

    Args:
        chat: whose turn it is; its model measures.
        rounds: the turn's tokens.
        count: how many of the likeliest tokens are told with each.
        hear: is told of each token, on the engine's thread.
        cancelled: ends it once it is set.

    Raises:
        NoModelError: no model is loaded.
        GenerationError: the tokens cannot be read.
    """
    first = 0
    for each in rounds:
        if each.completion:
            done = _measure_round(chat, each, first, count, hear, cancelled)
            if done.finish == "cancelled":
                return False
        first += len(each.completion)
    return True


def _measure_round(
    chat: Conversation,
    each: RoundTokens,
    first: int,
    count: int,
    hear: Callable[[TokenSampled], None],
    cancelled: threading.Event,
) -> Completion:
    number = first

    def spell(token: int) -> str:
        return chat.format.tokenizer.token_bytes(token).decode("utf-8", "replace")

    def tell(measured: Measurement) -> None:
        nonlocal number
        token = each.completion[number - first]
        best = tuple(Alternative(other, spell(other), value) for other, value in measured.best)
        # It is read as what it was when it came.
        hear(TokenSampled(number, token, spell(token), measured.logprob, best, "sampled"))
        number += 1

    request = Request(
        prompt=each.prompt,
        seed=0,  # nothing is sampled
        max_tokens=lambda: len(each.completion),
        hyperparameters=lambda: chat.hyperparameters,
        stop_tokens=frozenset(),
        on_prefill=lambda _: None,
        on_token=lambda _: None,
        cancelled=cancelled,
        format=chat.format.name,
        constraint=lambda: _Written(each.completion),
        speculates=False,
        logprobs=lambda: count,
        on_measured=tell,
    )
    return chat.worker.generate(request).result()
