"""Citations in an answer, shown as numbers, with what they refer to listed below it.

The conversation itself keeps what the model wrote, ``【0†L3-L5】``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from engine.events import (
    Event,
    MessageClosed,
    MessageOpened,
    TextDelta,
    ToolCallFinished,
    ToolCallRequested,
    TurnContinued,
    TurnStarted,
)

if TYPE_CHECKING:
    from engine.tools.browser.citations import Cited
    from engine.tools.browser.pages import Reference

BROWSER = "browser."
MARK = "【"
"""What a citation begins with."""

LookUp = Callable[[int, int | None], "Reference | None"]
"""Returns what a cursor of the browser, and a line there, stand for; None if it is not known."""


@dataclass(slots=True)
class _Answer:
    """A final message as it comes: what was written, and how much of what is shown was told."""

    written: str = ""
    told: str = ""
    references: tuple[Reference, ...] = ()


@dataclass(slots=True)
class Citations:
    """Numbers the citations of answers as they come, one message after another.

    What the browser has displayed is known from its own outputs, so a conversation that is resumed
    has its references as well. ``look_up``, if there is one, is asked first: it knows where a
    result of a search leads.
    """

    look_up: LookUp | None = None
    sources: Sequence[Reference] = ()
    """What the last answer that cites refers to; the first has the number 1."""
    _displays: dict[int, Reference] = field(default_factory=dict)
    """By cursor."""
    _calls: set[int] = field(default_factory=set)
    """Calls of the browser in this turn."""
    _answers: dict[int, _Answer] = field(default_factory=dict)

    def start_conversation(self) -> None:
        """Forget all that was displayed and cited."""
        self._displays.clear()
        self._calls.clear()
        self._answers.clear()
        self.sources = ()

    def show(self, answer: str) -> str:
        """Return a whole answer as it is shown: citations numbered, what they refer to below."""
        if MARK not in answer:
            return answer
        cited = self._read(answer, is_finished=True)
        return cited.text + self._list(cited.references)

    def number(self, event: Event) -> list[Event]:
        """Return the events to show in place of one."""
        match event:
            case TurnStarted():
                self._calls.clear()
                self._answers.clear()
            case ToolCallRequested(call=call, recipient=recipient):
                if recipient.startswith(BROWSER):
                    self._calls.add(call)
                else:
                    self._calls.discard(call)
            case ToolCallFinished(call=call, output=output) if call in self._calls:
                self._note_display(output)
            case MessageOpened(message=message, channel="final", recipient=None):
                self._answers[message] = _Answer()
            case TextDelta(message=message, text=text) if message in self._answers:
                shown = self._go_on(self._answers[message], text)
                return [event if shown == text else replace(event, text=shown)]
            case TurnContinued(message=int() as message, text=text) if message in self._answers:
                answer = self._answers[message] = _Answer()
                return [replace(event, text=self._go_on(answer, text))]
            case MessageClosed(message=message) if message in self._answers:
                rest = self._finish(self._answers[message])
                return [TextDelta(message, event.channel, rest), event] if rest else [event]
        return [event]

    def _note_display(self, output: str) -> None:
        from engine.tools.browser.citations import read_display

        if (display := read_display(output)) is not None:
            cursor, reference = display
            self._displays[cursor] = reference

    def _go_on(self, answer: _Answer, text: str) -> str:
        """Return what is to be shown as soon as more of an answer is written."""
        answer.written += text
        if MARK not in answer.written:
            answer.told = answer.written
            return text
        return self._tell(answer, self._read(answer.written, is_finished=False))

    def _finish(self, answer: _Answer) -> str:
        """Return what is left to be shown of an answer: its end, and the list of its sources."""
        if MARK not in answer.written:
            return ""
        cited = self._read(answer.written, is_finished=True)
        rest = self._tell(answer, cited)
        if cited.references:
            self.sources = cited.references
            rest += self._list(cited.references)
        return rest

    def _read(self, text: str, *, is_finished: bool) -> Cited:
        from engine.tools.browser.citations import number_citations

        return number_citations(text, self._find, is_finished=is_finished)

    @staticmethod
    def _list(references: Sequence[Reference]) -> str:
        from engine.tools.browser.citations import list_references

        return list_references(references)

    @staticmethod
    def _tell(answer: _Answer, cited: Cited) -> str:
        # Blanks before a mark are told before it is known that one follows.
        new = cited.text[len(answer.told) :]
        answer.told += new
        return new

    def _find(self, cursor: int, line: int | None) -> Reference | None:
        known = self.look_up(cursor, line) if self.look_up is not None else None
        found = known or self._displays.get(cursor)
        return found if found is not None and found.url else None
