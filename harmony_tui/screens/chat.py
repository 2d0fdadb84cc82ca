"""The screen that a person lives in: conversation, panes, prompt box, status line, footer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.widgets import Footer

from harmony_tui.panes.analysis import AnalysisPane
from harmony_tui.panes.approval import ApprovalBar
from harmony_tui.panes.conversation import ConversationPane
from harmony_tui.panes.hyperparameters import HyperparametersPane
from harmony_tui.panes.pane import Pane
from harmony_tui.panes.tools import ToolsPane
from harmony_tui.status import StatusLine

if TYPE_CHECKING:
    from engine.config.hyperparameters import Hyperparameters
    from engine.events import Event
    from harmony_tui.prompt.box import PromptBox

WIDE = 110
"""Columns from which the panes stand beside the conversation instead of in its place."""


class ChatScreen(Screen[None]):
    """Lays out the panes and passes them the events."""

    AUTO_FOCUS = "PromptArea"

    def __init__(self, hyperparameters: Hyperparameters, prompt: PromptBox) -> None:
        super().__init__()
        self.conversation = ConversationPane()
        self.dials = HyperparametersPane(hyperparameters)
        self.side: dict[str, Pane] = {
            "analysis": AnalysisPane(),
            "tools": ToolsPane(),
            "hyperparameters": self.dials,
        }
        self.approval = ApprovalBar()
        self.prompt = prompt
        self.status = StatusLine()
        self._front: str | None = None
        """The pane that stands in the conversation's place in a narrow terminal."""
        self._hidden: set[str] = set()
        """The panes that are hidden in a wide one."""

    def compose(self) -> ComposeResult:
        """From top to bottom: the panes, a question about a tool call, prompt, status, keys."""
        with Horizontal(id="panes"):
            yield self.conversation
            with Vertical(id="side"):
                yield from self.side.values()
        yield self.approval
        yield self.prompt
        yield self.status
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Place the panes."""
        self._arrange()

    def on_screen_resume(self) -> None:
        """Show the keys again that another screen had taken away."""
        self.refresh_bindings()

    def hear(self, event: Event) -> None:
        """Pass an event on to everything that shows it."""
        self.conversation.hear(event)
        for pane in self.side.values():
            pane.hear(event)
        self.approval.hear(event)
        self.status.hear(event)

    def start_conversation(self) -> None:
        """Show a conversation that has not begun."""
        self.conversation.start_conversation()
        for pane in self.side.values():
            pane.start_conversation()
        self.approval.start_conversation()
        self.status.start_conversation()

    def scroll_conversation(self, pages: int) -> None:
        """Scroll the conversation by pages, down where the number is positive."""
        if pages > 0:
            self.conversation.transcript.scroll_page_down()
        else:
            self.conversation.transcript.scroll_page_up()

    def toggle_pane(self, name: str) -> None:
        """Show or hide a pane; in a narrow terminal it stands in the conversation's place."""
        if self.has_class("-narrow"):
            self._front = None if self._front == name else name
        else:
            self._hidden ^= {name}
        self._arrange()
        self.call_after_refresh(self._keep_focus, name)

    @on(ApprovalBar.TypingWentOn)
    def _go_on_typing(self, event: ApprovalBar.TypingWentOn) -> None:
        self.prompt.area.insert(event.character)

    def _arrange(self) -> None:
        self.set_class(self._front is not None, "-in-front")
        self.set_class(len(self._hidden) == len(self.side), "-alone")
        for name, pane in self.side.items():
            pane.set_class(name == self._front, "-front")
            pane.set_class(name in self._hidden, "-hidden")

    def _keep_focus(self, name: str) -> None:
        """Focus a question, else a pane that came to the front, else the prompt for a lost one."""
        if self.approval.display:
            self.approval.focus()
        elif name == self._front and self.has_class("-narrow"):
            self.side[name].focus_content()
        elif self.focused is None or not self.focused.is_on_screen:
            self.prompt.area.focus()
