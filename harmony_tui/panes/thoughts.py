"""The model's thoughts in the conversation: one line for each, which opens in its place."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from engine.events import (
    Event,
    MessageClosed,
    MessageOpened,
    Statistics,
    TextDelta,
    ThinkingFinished,
    TurnContinued,
    TurnEnded,
    TurnStarted,
)
from harmony_tui.panes.analysis import ENDED_BY
from harmony_tui.panes.tool_call import show_seconds
from harmony_tui.transcript import Transcript

THINKING = "thinking …"


@dataclass(slots=True)
class _Thought:
    """One analysis message of the turn; its seconds are None where nobody has measured them."""

    entry: int
    opened_at: float
    tokens: int = 0
    seconds: float | None = None
    remark: str = ""
    is_open: bool = True

    @property
    def summary(self) -> str:
        """The line that stands in its place."""
        if self.is_open:
            return THINKING
        took = "" if self.seconds is None else f" for {show_seconds(self.seconds)}"
        tokens = f"{self.tokens:,} {'token' if self.tokens == 1 else 'tokens'}"
        parts = (f"thought{took}", tokens if self.tokens else "", self.remark)
        return " · ".join(part for part in parts if part)


class Thoughts:
    """Writes the analysis of each turn into a transcript, folded.

    What is folded is only kept: it is neither cut into blocks nor drawn.
    """

    def __init__(self, transcript: Transcript, clock: Callable[[], float] = time.monotonic) -> None:
        """Write into a transcript; `clock` gives seconds."""
        self._transcript = transcript
        self._clock = clock
        self._thoughts: dict[int, _Thought] = {}
        """The turn's, by the numbers of their messages."""

    @property
    def entries(self) -> list[int]:
        """The entries of the turn's thoughts."""
        return [thought.entry for thought in self._thoughts.values()]

    def forget_turn(self) -> None:
        """Leave what was written as it is."""
        self._thoughts.clear()

    def hear(self, event: Event, *, is_live: bool) -> None:
        """Write what an event brings; time is measured only where it comes as it happens."""
        match event:
            case TurnStarted():
                self.forget_turn()
            case MessageOpened(message=message, channel="analysis", recipient=None):
                entry = self._transcript.begin("analysis", summary=THINKING)
                self._thoughts[message] = _Thought(entry, self._clock())
            case TextDelta(message=message, text=text) if message in self._thoughts:
                self._transcript.append(self._thoughts[message].entry, text)
            case MessageClosed(message=message) if message in self._thoughts:
                self._close(self._thoughts[message], len(event.tokens), is_live=is_live)
            case ThinkingFinished(reason=reason) if self._thoughts:
                thought = list(self._thoughts.values())[-1]
                thought.remark = ENDED_BY[reason]
                self._show(thought)
            case TurnContinued():
                self._go_back(event)
            case TurnEnded(statistics=statistics):
                self._end_turn(statistics, is_live=is_live)
            case _:
                pass

    def show_whole(self, message: int, text: str, tokens: int) -> int:
        """Write a thought that was over before it is shown; return its entry.

        Args:
            message: its number.
            text: all of it.
            tokens: how many it has.
        """
        thought = _Thought(0, 0.0, tokens, is_open=False)
        entry = self._transcript.write("analysis", text, summary=thought.summary)
        thought.entry, self._thoughts[message] = entry, thought
        return entry

    def _close(self, thought: _Thought, tokens: int, *, is_live: bool) -> None:
        thought.is_open, thought.tokens = False, tokens
        if is_live:
            thought.seconds = self._clock() - thought.opened_at
        self._transcript.finish(thought.entry)
        self._show(thought)

    def _end_turn(self, statistics: Statistics, *, is_live: bool) -> None:
        """Close what was cut; of a turn that was over before, work out how long it thought."""
        rate = statistics.decode_rate
        for thought in self._thoughts.values():
            if thought.is_open:
                self._close(thought, 0, is_live=is_live)
            if thought.seconds is None and rate and thought.tokens:
                thought.seconds = thought.tokens / rate
                self._show(thought)

    def _show(self, thought: _Thought) -> None:
        self._transcript.summarise(thought.entry, thought.summary)

    def _go_back(self, event: TurnContinued) -> None:
        """Take out what does not hold any more, and open the thought that goes on."""
        if (first := event.next_message) is not None:
            for number in [each for each in self._thoughts if each >= first]:
                self._transcript.take_out(self._thoughts.pop(number).entry)
        if event.message in self._thoughts:
            thought = self._thoughts[event.message]
            self._transcript.reopen(thought.entry, event.text)
            thought.is_open, thought.remark = True, ""
            thought.opened_at = self._clock() - (thought.seconds or 0.0)
            self._show(thought)
