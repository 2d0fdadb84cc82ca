"""Two answers to the last question, each under settings of its own."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from random import SystemRandom
from typing import TYPE_CHECKING, NamedTuple

from engine.config.precedence import Configuration, show
from engine.events import Event, Statistics, TurnEnded, TurnStarted
from harmony_tui.log import where_to_look
from harmony_tui.mailbox import Mailbox

if TYPE_CHECKING:
    import threading

    from engine.chat import Chat, Trial
    from engine.config.hyperparameters import Hyperparameters
    from harmony_tui.debug_log import DebugLog

SEED_BITS = 31
"""A drawn seed is short enough to be typed again."""
DICE = SystemRandom()
WORD = re.compile(r"\s*(\S*)")

logger = logging.getLogger(__name__)


class Side(NamedTuple):
    """One of the two answers: its letter, and what it is given under."""

    letter: str
    title: str
    values: Hyperparameters
    origins: Mapping[str, str]
    """Where the values come from that it sets itself, by name."""


class Setting(NamedTuple):
    """A value of a side, as a person reads it."""

    name: str
    value: str
    came_from: str


def list_differences(
    sides: tuple[Side, Side], configuration: Configuration
) -> tuple[list[Setting], list[Setting]]:
    """Return the settings of each side that the other has with another value, in one order."""
    one, other = sides
    names = list(one.values.changes_from(other.values))

    def tell(side: Side, name: str) -> Setting:
        came_from = side.origins.get(name) or configuration[name].came_from
        return Setting(name, show(getattr(side.values, name)), came_from)

    return [tell(one, name) for name in names], [tell(other, name) for name in names]


class Comparison:
    """Has both answers given, one after the other, and holds what is heard of each.

    They are tried out aside, so the conversation is as it was until one of them is kept.
    """

    def __init__(
        self, question: str, sides: tuple[Side, Side], debug_log: DebugLog | None = None
    ) -> None:
        """Prepare to answer the last question of a conversation on both sides.

        Args:
            question: the person's words, as they are shown.
            sides: what the answers are given under.
            debug_log: where all that is read and sampled for them is written, if it is.
        """
        self.question = question
        self.sides = sides
        self.seeds: tuple[int, ...] = ()
        """The sides' seeds, once they are known: the same, unless a side sets its own."""
        self.is_over = False
        """Whether nothing more will be heard."""
        self._heard = (Mailbox(_wake_nobody), Mailbox(_wake_nobody))
        self._trials: dict[int, Trial] = {}
        self._debug_log = debug_log

    def take(self, number: int) -> list[Event]:
        """Return what was heard of a side since the last time."""
        return self._heard[number].take()

    def can_keep(self, number: int) -> bool:
        """Whether a side is over and has said something."""
        trial = self._trials.get(number)
        return trial is not None and not trial.is_empty

    # --- on the chat's thread ------------------------------------------------------------------

    def run(self, chat: Chat, stopping: threading.Event) -> None:
        """Give the answers.

        Args:
            chat: the conversation, ready for its next turn.
            stopping: is set where the person has stopped it all.
        """
        number = 0
        try:
            chat.logprobs = 0
            self.seeds = self._choose_seeds(chat.hyperparameters.seed)
            for number in range(len(self.sides)):
                if not stopping.is_set():
                    self._trials[number] = self._try_out(chat, number, stopping)
        except Exception as error:
            logger.exception("A comparison failed")
            message = f"{error} {where_to_look()}"
            self._heard[number].put(TurnEnded("error", Statistics(), message))
        finally:
            self.is_over = True

    def _try_out(self, chat: Chat, number: int, stopping: threading.Event) -> Trial:
        put = self._heard[number].put

        def listen(event: Event) -> None:
            # A stop that came before the turn had begun found nothing to stop.
            if stopping.is_set() and isinstance(event, TurnStarted):
                chat.cancel()
            put(event)

        listener = listen if self._debug_log is None else self._debug_log.listening(chat, listen)
        return chat.try_out(self.sides[number].values, self.seeds[number], listener)

    def _choose_seeds(self, seed: int) -> tuple[int, ...]:
        shared = seed if seed >= 0 else DICE.getrandbits(SEED_BITS)
        chosen = []
        for side in self.sides:
            own = side.values.seed if "seed" in side.origins else shared
            chosen.append(own if own >= 0 else DICE.getrandbits(SEED_BITS))
        return tuple(chosen)

    def keep(self, chat: Chat, number: int) -> tuple[list[Event], str]:
        """Make both answers versions of the last one, and one of them the one that is shown.

        Args:
            chat: the conversation.
            number: the side that is shown.

        Returns:
            The events that show the conversation, and what the person should know.

        Raises:
            NoAnswerError: the conversation has gone on since.
        """
        kept = sorted(filter(self.can_keep, self._trials), key=lambda each: each == number)
        notice = chat.keep([self._trials[each] for each in kept])
        return list(chat.replay()), "" if notice is None else notice.message


def _wake_nobody() -> None:
    """Have the screen find by itself what came, when it looks."""


# --- where two texts part -----------------------------------------------------------------------


class Parting(NamedTuple):
    """The first word in which two texts differ."""

    number: int
    """From 1."""
    spans: tuple[tuple[int, int], tuple[int, int]]
    """Where it begins and ends in each text; nothing where a text ends before."""


def find_parting(texts: tuple[str, str], *, are_whole: tuple[bool, bool]) -> Parting | None:
    """Return where two texts begin to differ; None where they do not, or not yet.

    Args:
        texts: as far as they came.
        are_whole: which of them do not go on.
    """
    shared = _count_shared(*texts)
    lengths = [len(text) for text in texts]
    if shared == max(lengths):
        return None
    if shared == min(lengths) and not are_whole[lengths.index(shared)]:
        return None
    start = shared
    if any(text[shared : shared + 1].strip() for text in texts):  # within a word
        while start and not texts[0][start - 1].isspace():
            start -= 1
    one, other = (_word_from(text, start) for text in texts)
    return Parting(len(texts[0][:start].split()) + 1, (one, other))


def _count_shared(one: str, other: str) -> int:
    """Return how many characters two texts begin with alike, halving what is left to compare."""
    same, most = 0, min(len(one), len(other))
    while same < most:
        middle = (same + most + 1) // 2
        if one[same:middle] == other[same:middle]:
            same = middle
        else:
            most = middle - 1
    return same


def _word_from(text: str, start: int) -> tuple[int, int]:
    found = WORD.match(text, start)
    assert found is not None  # noqa: S101
    return found.span(1)
