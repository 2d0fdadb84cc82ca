"""How a conversation's events are changed for whoever reads it: citations numbered, texts cut."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from engine.events import TextDelta, ToolCallFinished, ToolCallRequested, TurnStarted
from harmony_tui.citations import MARK, Citations, LookUp
from harmony_tui.shortening import Shortener

if TYPE_CHECKING:
    from engine.config.settings import Settings
    from engine.events import Event

DISPLAYING = (TurnStarted, ToolCallRequested, ToolCallFinished)


def whole_turns(events: Sequence[Event]) -> range:
    """Return where the events stand of turns that are whole and that another one follows."""
    starts = (at for at, event in enumerate(events) if type(event) is TurnStarted)
    first = next(starts, len(events))
    for last in range(len(events) - 1, first, -1):
        if type(events[last]) is TurnStarted:
            return range(first, last)
    return range(first, first)


def _cites(event: Event) -> bool:
    return type(event) is TextDelta and MARK in event.text


class Presentation:
    """Gives the events to show, one after another."""

    def __init__(self, settings: Callable[[], Settings], look_up: LookUp | None = None) -> None:
        """Begin with nothing shown.

        Args:
            settings: gives those that are in force now.
            look_up: knows what cursors of the browser stand for.
        """
        self.citations = Citations(look_up)
        self._shortener = Shortener(settings)

    def present_past(self, events: Sequence[Event]) -> list[Event]:
        """Give the events to show in place of many that came before they are shown."""
        begun = whole_turns(events)
        past = events[begun.start : begun.stop]
        if self._shortener.is_needed or any(map(_cites, past)):
            return [shown for event in events for shown in self.present(event)]
        head = [shown for event in events[: begun.start] for shown in self.present(event)]
        for event in past:
            if type(event) in DISPLAYING:  # what the browser has shown, later answers may cite
                self.citations.number(event)
        tail = [shown for event in events[begun.stop :] for shown in self.present(event)]
        return [*head, *past, *tail]

    def present(self, event: Event) -> Iterable[Event]:
        """Give the events to show in place of one."""
        return chain.from_iterable(map(self._shortener.shorten, self.citations.number(event)))
