"""How likely tokens were, as OpenAI's API tells it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from engine.events import Alternative, TokenSampled

LEAST_LOGPROB = -9999.0
"""What is told of what has no probability, since JSON has no infinity."""

Spell = Callable[[int], bytes]
"""Gives the bytes that a token stands for."""


def describe_tokens(
    tokens: Sequence[TokenSampled], alternatives: int, spell: Spell
) -> list[dict[str, Any]]:
    """Return what is told of tokens.

    Args:
        tokens: as they were sampled.
        alternatives: how many of the likeliest are told with each.
        spell: says what they stand for.
    """
    return [
        {
            **_describe(token, spell),
            "top_logprobs": [_describe(each, spell) for each in token.alternatives[:alternatives]],
        }
        for token in tokens
    ]


def _describe(token: TokenSampled | Alternative, spell: Spell) -> dict[str, Any]:
    return {
        "token": token.text,
        "logprob": finite(token.logprob),
        "bytes": list(spell(token.token)),
    }


def finite(logprob: float | None) -> float:
    """Return a log-probability that JSON has a number for."""
    return LEAST_LOGPROB if logprob is None else max(LEAST_LOGPROB, logprob)
