"""The pane of the turns' tokens, which is filled when it is first wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

from harmony_tui.panes.pane import Pane

if TYPE_CHECKING:
    from engine.events import Event
    from harmony_tui.panes.token_view import TokenView


class TokensPane(Pane):
    """Shows what a turn was made of; see ``TokenView``."""

    BORDER_TITLE = "Tokens"

    class Left(Message):
        """The person goes back to the conversation; the pane may stay."""

    class Hidden(Message):
        """The person wants the pane no more."""

    def __init__(self) -> None:
        super().__init__()
        self.view: TokenView | None = None
        self.awaits_focus = False
        """Whether the view takes the focus as soon as it is there."""

    def fill(self, view: TokenView) -> None:
        """Show the tokens from now on; the first time takes what is shown."""
        if self.view is None:
            self.view = view
            self.mount(view)

    def focus_content(self) -> None:
        """Give the focus to the list, now or as soon as it is there."""
        if self.view is not None and self.view.is_mounted:
            super().focus_content()
        else:
            self.awaits_focus = True

    def hear(self, event: Event) -> None:
        """Show what an event changes."""
        if self.view is not None:
            self.view.hear(event)

    def start_conversation(self) -> None:
        """Show a conversation that has not begun."""
        if self.view is not None:
            self.view.start_conversation()
