"""Answers that are tried out: they are no part of the conversation unless they are kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass, replace

from engine.config.hyperparameters import Hyperparameters
from engine.conversation.memory import MemoryStore
from engine.conversation.store import Store, TurnSetting
from engine.events import Event, TurnEnded, TurnStarted
from engine.turn.conversation import Conversation
from engine.turn.turn import Turn
from engine.worker import Listener


class Notes(MemoryStore):
    """Notes down what a turn tells its store, so that another store can be told it later.

    Whatever is told later is dated then.
    """

    def __init__(self) -> None:
        """Begin with nothing noted."""
        super().__init__()
        self.noted: list[Callable[[Store], object]] = []
        """Each tells a store one thing; in their order they tell it the turn."""

    def begin_answer(self, user: int, setting: TurnSetting) -> None:
        """Note that an answer to words began; see ``Store``."""
        self.noted.append(lambda store: store.begin_answer(user, setting))

    def add_token(self, token: int) -> None:
        """Note a token of the answer."""
        self.noted.append(lambda store: store.add_token(token))

    def hear(self, event: Event, tokens: Sequence[int] = ()) -> None:
        """Note what happened."""
        self.noted.append(lambda store: store.hear(event, tokens))


class TrialTurn(Turn):
    """A turn that answers the last words anew, whatever they were answered before."""

    def begin_in_place_of(self, last: Turn) -> None:
        """Take the words of the last turn, which is dropped; the seed stays what it is."""
        self.words = last.words
        self.hear(TurnStarted(self.text, is_retry=True, message=self.words))
        self.chat.transcript.drop_turn()
        self._take_words()
        self._write(lambda store: store.begin_answer(self.words, self._setting()))
        self._begin_round()


@dataclass(frozen=True, slots=True)
class Trial:
    """An answer that was tried out in place of another one."""

    in_place_of: Turn
    """The last turn of the conversation then."""
    seed: int
    ended: TurnEnded
    notes: Notes
    is_empty: bool
    """Whether the model said nothing, so that there is nothing to keep."""


def prepare_trial(
    chat: Conversation,
    last: Turn,
    hyperparameters: Hyperparameters,
    seed: int,
    listener: Listener,
    first_message: int,
) -> tuple[TrialTurn, Notes]:
    """Return a turn that answers the last words anew in a copy of a conversation, and its notes.

    Args:
        chat: what is copied; nothing of it is changed.
        last: its last turn.
        hyperparameters: those of the copy.
        seed: the turn's.
        listener: hears every event.
        first_message: the number of the first message that is sampled.
    """
    aside, notes = copy(chat), Notes()
    aside.hyperparameters = hyperparameters
    aside.journal = copy(chat.journal)
    aside.journal.store = notes
    transcript = chat.transcript
    # The last turn, which alone these would be of, is dropped.
    aside.transcript = replace(transcript, settled=[*transcript.settled], running=[], _last=[])
    turn = TrialTurn(aside, last.text, listener, first_message)
    turn.seed = seed
    return turn, notes
