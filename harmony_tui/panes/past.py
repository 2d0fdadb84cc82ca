"""Puts together what is told of turns that were over before they are shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from engine.events import MessageClosed, MessageOpened, TextDelta, TurnStarted

if TYPE_CHECKING:
    from engine.events import Event

T = TypeVar("T")


def turns_with(
    events: Sequence[Event], kind: type[T], tells: Callable[[T], bool] = lambda _: True
) -> Iterator[Event]:
    """Give the events of those turns in which something is told.

    Args:
        events: of whole turns.
        kind: the events that may tell it.
        tells: whether one of them does.
    """
    start, is_told = 0, False
    for at, event in enumerate(events):
        if type(event) is TurnStarted:
            if is_told:
                yield from events[start:at]
            start, is_told = at, False
        elif not is_told and isinstance(event, kind):
            is_told = tells(event)
    if is_told:
        yield from events[start:]


class WholeMessage(NamedTuple):
    """What is told of a message that is over, where its text comes at once."""

    opened: MessageOpened
    text: TextDelta
    closed: MessageClosed


def messages_in(events: Iterable[Event]) -> Iterator[Event | WholeMessage]:
    """Give events, those of a message together where they stand together."""
    opened: MessageOpened | None = None
    text: TextDelta | None = None
    for event in events:
        kind = type(event)
        if kind is TextDelta and opened is not None and text is None:
            text = event  # type: ignore[assignment]
            continue
        if kind is MessageClosed and opened is not None and text is not None:
            yield WholeMessage(opened, text, event)  # type: ignore[arg-type]
            opened = text = None
            continue
        if opened is not None:
            yield opened
        if text is not None:
            yield text
        opened = text = None
        if kind is MessageOpened:
            opened = event  # type: ignore[assignment]
        else:
            yield event
    if opened is not None:
        yield opened
    if text is not None:
        yield text
