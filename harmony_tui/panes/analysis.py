"""The pane in which the model's reasoning can be read as it thinks."""

from __future__ import annotations

import time
from collections.abc import Callable

from textual.app import ComposeResult

from engine.events import (
    DecodeProgress,
    Event,
    MessageClosed,
    MessageOpened,
    TextDelta,
    ThinkingFinished,
    TurnContinued,
    TurnEnded,
    TurnStarted,
)
from harmony_tui.panes.pane import Pane
from harmony_tui.transcript import Transcript

LONGEST_TITLE = 60
ENDED_BY = {
    "person": "ended by you",
    "budget": "ended by the thinking budget",
    "loop": "ended: it went round in circles",
}


class AnalysisPane(Pane):
    """The analysis channel, turn by turn, with its length in tokens and seconds in the frame."""

    BORDER_TITLE = "Analysis"

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self.transcript = Transcript(
            placeholder="Nothing yet. When the model thinks, its thoughts appear here."
        )
        self._clock = clock
        self._question = ""
        self._message: int | None = None
        """The analysis that is being written."""
        self._last: int | None = None
        """The one that was closed last in this turn, with its own tokens and seconds."""
        self._last_tokens = 0
        self._last_seconds = 0.0
        self._entry = 0
        self._tokens = 0
        self._seconds = 0.0
        self._opened_at = 0.0
        self._sampled = 0
        self._sampled_at_opening = 0

    def compose(self) -> ComposeResult:
        """The pane holds one transcript."""
        yield self.transcript

    def hear(self, event: Event) -> None:
        """Show what an event changes."""
        match event:
            case TurnStarted(text=text):
                self._begin_turn(text)
            case MessageOpened(message=message, channel="analysis", recipient=None):
                self._begin(message)
            case TurnContinued(message=int() as message, text=text) if message == self._last:
                self._go_on(message, text)
            case TextDelta(message=message, text=text) if message == self._message:
                self.transcript.append(self._entry, text)
            case MessageClosed(message=message, tokens=tokens) if message == self._message:
                self._end(len(tokens))
            case ThinkingFinished(reason=reason) if self._message is not None:
                self.transcript.mark(self._entry, ENDED_BY[reason])
            case DecodeProgress(sampled=sampled):
                self._sampled = sampled
                self._show_length()
            case TurnEnded() if self._message is not None:
                self._end(self._sampled - self._sampled_at_opening)
            case _:
                pass

    def start_conversation(self) -> None:
        """Show a conversation that has not begun."""
        self.transcript.clear()
        self._message = self._last = None
        self.border_subtitle = ""

    def _begin_turn(self, question: str) -> None:
        self._question = " ".join(question.split())[:LONGEST_TITLE]
        self._message = self._last = None
        self._tokens = self._sampled = 0
        self._seconds = 0.0
        self.border_subtitle = ""

    def _begin(self, message: int) -> None:
        self._message = message
        self._entry = self.transcript.begin("analysis", self._question)
        self._question = ""
        self._opened_at = self._clock()
        self._sampled_at_opening = self._sampled

    def _go_on(self, message: int, text: str) -> None:
        self._message, self._last = message, None
        self.transcript.reopen(self._entry, text)
        self._tokens -= self._last_tokens
        self._seconds -= self._last_seconds
        self._opened_at = self._clock() - self._last_seconds
        self._sampled_at_opening = self._sampled - self._last_tokens

    def _end(self, tokens: int) -> None:
        self.transcript.finish(self._entry)
        self._last, self._message = self._message, None
        self._last_tokens, self._last_seconds = tokens, self._clock() - self._opened_at
        self._tokens += self._last_tokens
        self._seconds += self._last_seconds
        self._show_length()

    def _show_length(self) -> None:
        tokens, seconds = self._tokens, self._seconds
        if self._message is not None:
            tokens += self._sampled - self._sampled_at_opening
            seconds += self._clock() - self._opened_at
        if tokens:
            self.border_subtitle = f"{tokens:,} tokens · {seconds:.1f} s"
