"""Where an answer can be gone back to: its sampled tokens, by the messages that they make up."""

from __future__ import annotations

from collections.abc import Sequence

from engine.events import MessageClosed
from engine.harmony.formats import Reader
from engine.turn.rounds import Round, cut_before, read_round


class NoAnswerError(Exception):
    """There is no answer that could go on or be given anew; the message says why."""


class NoTokenError(NoAnswerError):
    """An answer cannot go on from there, or not with that; the message says what can be."""


class NoMessageError(NoAnswerError):
    """There is no message that this could be done to; the message says why."""


class NotKeptError(NoAnswerError):
    """It takes a conversation that is kept in a file."""


def check_tokens(tokens: Sequence[int], size: int) -> None:
    """See that tokens are a model's.

    Args:
        tokens: their ids.
        size: how many tokens the model has.

    Raises:
        NoTokenError: one is not.
    """
    for token in tokens:
        if not 0 <= token < size:
            raise NoTokenError(f"{token} is no token of this model; they are 0 to {size - 1:,}.")


def check_number(number: int, count: int) -> None:
    """See that an answer of some tokens has one of a number.

    Raises:
        NoTokenError: it has not.
    """
    if count <= 0:
        raise NoTokenError("The answer has no tokens yet that could be changed.")
    if not 0 <= number < count:
        raise NoTokenError(
            f"The answer has no token number {number}; its tokens are 0 to {count - 1:,}."
        )


def check_text(reader: Reader, rounds: Sequence[Round], number: int) -> None:
    """See that a sampled token stands in the text of a message, or after it where none ended it.

    Args:
        reader: a new one, as the turn began with.
        rounds: the turn's.
        number: of the token, from 0; their count stands for the end.

    Raises:
        NoTokenError: it stands in a header.
    """
    for each in cut_before(rounds, number):
        for _ in read_round(reader, each):
            continue
    if reader.channel is None:
        raise NoTokenError(
            f"Token number {number} stands in no message's text. Choose one that does."
        )


def find_messages(reader: Reader, rounds: Sequence[Round]) -> dict[int, range]:
    """Return, by their numbers, which of the turn's sampled tokens each message consists of.

    A message that is still open is not among them.

    Args:
        reader: a new one, as the turn began with.
        rounds: the turn's.
    """
    found: dict[int, range] = {}
    before = [0]
    """How many tokens were sampled before each that the reader was given, and before the next."""
    taken = 0
    for reading in (reading for each in rounds for reading in read_round(reader, each)):
        if reading.token is not None:
            before.append(before[-1] + reading.is_sampled)
        for event in reading.events:
            if isinstance(event, MessageClosed):
                start, taken = taken, taken + len(event.tokens)
                found[event.message] = range(before[start], before[taken])
    return found
