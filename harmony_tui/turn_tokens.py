"""The tokens of a turn, and what the model thought of each where that was measured."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import TYPE_CHECKING, NamedTuple

from engine.events import Event, TokenSampled, TurnContinued, TurnStarted

if TYPE_CHECKING:
    from engine.chat import Chat, RoundTokens


class TokenLog:
    """Keeps what was told of the turn's tokens, as long as it holds.

    One thread at a time hears; any may read.
    """

    def __init__(self) -> None:
        self._told: dict[int, TokenSampled] = {}

    def listening(self, listener: Callable[[Event], None]) -> Callable[[Event], None]:
        """Return a listener that keeps what is told of tokens, and passes on all else."""

        def hear(event: Event) -> None:
            match event:
                case TokenSampled():
                    self._told[event.number] = event
                    return
                case TurnStarted():
                    self._told = {}
                case TurnContinued(token=int() as next_token):
                    kept = {each: told for each, told in self._told.items() if each < next_token}
                    self._told = kept
            listener(event)

        return hear

    def find(self, number: int) -> TokenSampled | None:
        """Return what was told of a token of the turn, by its number; None if nothing was."""
        return self._told.get(number)

    def __len__(self) -> int:
        """Return of how many tokens something was told."""
        return len(self._told)


def _spell_nothing(_: Iterable[int]) -> str:
    return ""


def _find_nothing(_: int) -> None:
    return None


class TurnTokens(NamedTuple):
    """What a turn has read and sampled, at one moment."""

    rounds: tuple[RoundTokens, ...] = ()
    """Completions, joined, are the turn's tokens as their numbers count them."""
    spell: Callable[[Iterable[int]], str] = _spell_nothing
    """Gives the text of tokens, control tokens spelled out."""
    control_tokens: Collection[int] = frozenset()
    find_told: Callable[[int], TokenSampled | None] = _find_nothing
    """Gives what was told of a token, by its number."""
    told: int = 0
    """Of how many tokens something was told."""

    @property
    def sampled(self) -> int:
        """How many tokens were sampled in all rounds."""
        return sum(len(each.completion) for each in self.rounds)


def read_turn(chat: Chat | None, log: TokenLog) -> TurnTokens:
    """Return what a conversation's last turn has read and sampled so far, and what was told of it.

    Args:
        chat: the conversation; None has no turn.
        log: what was told.
    """
    if chat is None:
        return TurnTokens()
    return TurnTokens(chat.rounds, chat.spell, chat.format.control_tokens, log.find, len(log))


def read_turn_of(chat: Chat | None, words: int) -> TurnTokens:
    """Return what the turn has read and sampled that answers words of a conversation.

    Args:
        chat: the conversation; None has no turn.
        words: their id; see ``Chat.rounds_of``.
    """
    if chat is None:
        return TurnTokens()
    return TurnTokens(chat.rounds_of(words), chat.spell, chat.format.control_tokens)
