"""The pane in which the model's reasoning can be read as it thinks."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

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
from harmony_tui.panes.past import WholeMessage, messages_in, turns_with
from harmony_tui.transcript import Transcript

LONGEST_TITLE = 60
ENDED_BY = {
    "person": "ended by you",
    "budget": "ended by the thinking budget",
    "loop": "ended: it went round in circles",
}


@dataclass(slots=True)
class Thought:
    """One analysis message of the turn."""

    entry: int
    first_token: int
    """About how many tokens the turn had when it began."""
    tokens: int = 0
    seconds: float = 0.0


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
        self._thoughts: dict[int, Thought] = {}
        """The turn's, by the numbers of their messages."""
        self._message: int | None = None
        """The one that is being written."""
        self._opened_at = 0.0
        self._sampled = 0

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
            case TurnContinued():
                self._go_back(event)
            case DecodeProgress(sampled=sampled):
                self._sampled = sampled
                self._show_length()
            case _ if self._message is not None:
                self._hear_writing(event, self._thoughts[self._message])

    def show_past(self, events: Sequence[Event]) -> None:
        """Show the thoughts of turns that are over."""
        for told in messages_in(turns_with(events, MessageOpened, _is_thought)):
            if not isinstance(told, WholeMessage):
                self.hear(told)
            elif _is_thought(told.opened):
                self._show_whole(told)

    def _show_whole(self, message: WholeMessage) -> None:
        title = "" if self._thoughts else self._question
        entry = self.transcript.write("analysis", message.text.text, title)
        thought = Thought(entry, self._sampled, len(message.closed.tokens))
        self._thoughts[message.opened.message] = thought

    def _hear_writing(self, event: Event, thought: Thought) -> None:
        match event:
            case TextDelta(message=message, text=text) if message == self._message:
                self.transcript.append(thought.entry, text)
            case MessageClosed(message=message, tokens=tokens) if message == self._message:
                self._end(len(tokens))
            case ThinkingFinished(reason=reason):
                self.transcript.mark(thought.entry, ENDED_BY[reason])
            case TurnEnded():
                self._end(self._sampled - thought.first_token)

    def start_conversation(self) -> None:
        """Show a conversation that has not begun."""
        self.transcript.clear()
        self._begin_turn("")

    def _begin_turn(self, question: str) -> None:
        self._question = " ".join(question.split())[:LONGEST_TITLE]
        self._thoughts.clear()
        self._message = None
        self._sampled = 0
        self.show_below("")

    def _begin(self, message: int) -> None:
        entry = self.transcript.begin("analysis", "" if self._thoughts else self._question)
        self._message = message
        self._thoughts[message] = Thought(entry, self._sampled)
        self._opened_at = self._clock()

    def _go_back(self, event: TurnContinued) -> None:
        """Take out what does not hold any more, and open the message that goes on."""
        if (first := event.next_message) is not None:
            for number in [each for each in self._thoughts if each >= first]:
                self.transcript.take_out(self._thoughts.pop(number).entry)
        if event.token is not None:
            self._sampled = event.token
        self._message = None
        if event.message in self._thoughts:
            self._message = event.message
            thought = self._thoughts[event.message]
            self.transcript.reopen(thought.entry, event.text)
            kept = max(0, self._sampled - thought.first_token)
            share = min(1.0, kept / thought.tokens) if thought.tokens else 1.0
            self._opened_at = self._clock() - thought.seconds * share
        self._show_length()

    def _end(self, tokens: int) -> None:
        assert self._message is not None  # noqa: S101
        thought = self._thoughts[self._message]
        self.transcript.finish(thought.entry)
        thought.tokens, thought.seconds = tokens, self._clock() - self._opened_at
        self._message = None
        self._show_length()

    def _show_length(self) -> None:
        thoughts = [self._thoughts[each] for each in self._thoughts if each != self._message]
        tokens = sum(thought.tokens for thought in thoughts)
        seconds = sum(thought.seconds for thought in thoughts)
        if self._message is not None:
            tokens += max(0, self._sampled - self._thoughts[self._message].first_token)
            seconds += self._clock() - self._opened_at
        self.show_below(f"{tokens:,} tokens · {seconds:.1f} s" if tokens else "")


def _is_thought(opened: MessageOpened) -> bool:
    return opened.channel == "analysis" and opened.recipient is None
