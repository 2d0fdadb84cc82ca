"""What the panes of the chat screen have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Region

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


class Pane(Vertical):
    """A framed part of the screen that listens to the engine."""

    ALLOW_SELECT = False
    """The frame is no text: the mouse moves it."""

    def hear(self, event: Event) -> None:
        """Show what an event changes."""
        raise NotImplementedError

    def show_past(self, events: Sequence[Event]) -> None:
        """Show what is left to be seen here of whole turns, after which at least one is heard."""

    def mount_what_is_hidden(self) -> None:
        """Mount what nobody sees first, which the first frame does not wait for."""

    def start_conversation(self) -> None:
        """Show a conversation that has not begun."""

    def show_below(self, text: str) -> None:
        """Show a text without markup on the lower frame, and have no more drawn anew than that.

        Textual's own ``border_subtitle`` has the whole pane drawn, at every frame of an answer.
        """
        if text != (self.border_subtitle or ""):
            self._border_subtitle = Content(text)
            whole = self.outer_size.region.translate(-self.content_offset)
            self.refresh(Region(whole.x, whole.bottom - 1, whole.width, 1))

    def focus_content(self) -> None:
        """Give the focus to what is in the pane, if it has not got it."""
        if self.has_focus_within:
            return
        for widget in self.query("*"):
            if widget.can_focus:
                widget.focus()
                return
