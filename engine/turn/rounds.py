"""What a turn has read and sampled, round by round: enough to take it up again at any token.

A round is one sampling: from a prompt to a tool call, to the end of the answer, or to where it was
cut. Readers have no state that the tokens do not give, so going back means reading fewer of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from engine.events import EndOfThinking, Event, Finish

if TYPE_CHECKING:
    from engine.harmony.formats import Reader
    from engine.harmony.prompt import Segment


@dataclass(slots=True)
class Round:
    """One sampling of a turn."""

    prompt: tuple[int, ...]
    history: int
    """How many of the prompt's tokens are the preamble and the turns before."""
    forced: tuple[int, ...] = ()
    """What ended the message before and began one in the model's place; the prompt ends with it."""
    reason: EndOfThinking | None = None
    """Why the analysis before was ended, where something was forced."""
    tokens: list[int] = field(default_factory=list)
    """What was sampled, and what the person put there."""
    finish: Finish | None = None
    """Why it is over; None while it is not, or where an answer that was begun for it follows."""
    results: list[Segment] = field(default_factory=list)
    """What the tools answered to its calls."""


@dataclass(frozen=True, slots=True)
class RoundTokens:
    """The exact tokens of one sampling of a turn."""

    prompt: tuple[int, ...]
    completion: tuple[int, ...]


def tell_rounds(rounds: Iterable[Round]) -> tuple[RoundTokens, ...]:
    """Return the tokens of rounds as they are now."""
    return tuple(RoundTokens(each.prompt, tuple(each.tokens)) for each in rounds)


def count_tokens(rounds: Sequence[Round]) -> int:
    """Return how many tokens were sampled in all."""
    return sum(len(each.tokens) for each in rounds)


def cut_before(rounds: Sequence[Round], number: int) -> list[Round]:
    """Return copies of rounds up to before a sampled token; the last of them is open again.

    Args:
        rounds: a whole turn's, at least one.
        number: of the turn's sampled tokens, from 0; their count stands for the end.
    """
    kept: list[Round] = []
    for each in rounds:
        if number < len(each.tokens) or each is rounds[-1]:
            cut = replace(each, tokens=each.tokens[:number], finish=None, results=[])
            return [*kept, cut]
        number -= len(each.tokens)
        kept.append(replace(each, tokens=list(each.tokens), results=list(each.results)))
    raise ValueError("a turn without rounds has no tokens")


class Reading(NamedTuple):
    """What a reader made of one token, or of the end of a round."""

    token: int | None
    is_sampled: bool
    events: list[Event]


def read_round(reader: Reader, each: Round) -> Iterator[Reading]:
    """Give what a reader makes of a round, token by token, and of its end if it is over."""
    for token in each.forced:
        yield Reading(token, False, reader.feed(token))
    for token in each.tokens:
        yield Reading(token, True, reader.feed(token))
    if each.finish is not None:
        yield Reading(None, False, reader.close(each.finish))
