"""What the panes of the chat screen have in common."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Region

if TYPE_CHECKING:
    from engine.events import Event


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
