"""The screen that a person lives in: conversation, panes, prompt box, status line, footer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.events import ScreenResume, TextSelected
from textual.screen import Screen
from textual.timer import Timer

from engine.config import locations
from engine.events import TurnEnded
from harmony_tui.arrangement import CONVERSATION, load_arrangement, save_arrangement
from harmony_tui.clipboard import say_copied
from harmony_tui.compositing import SparingCompositor
from harmony_tui.footer import KeyFooter
from harmony_tui.panes.analysis import AnalysisPane
from harmony_tui.panes.approval import ApprovalBar
from harmony_tui.panes.area import PaneArea
from harmony_tui.panes.conversation import ConversationPane
from harmony_tui.panes.hyperparameters import HyperparametersPane
from harmony_tui.panes.pane import Pane
from harmony_tui.panes.tabs import TabStrip
from harmony_tui.panes.tokens import TokensPane
from harmony_tui.panes.tools import ToolsPane
from harmony_tui.presenting import whole_turns
from harmony_tui.status import StatusLine

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.widget import Widget

    from engine.config.precedence import Configuration
    from engine.events import Event
    from harmony_tui.guard import Guard
    from harmony_tui.panes.placing import Axis
    from harmony_tui.prompt.box import PromptBox

HOW_TO_COPY = "Ctrl+C copies what is selected."
SAVE_SECONDS = 1.0
"""An arrangement that was left alone for so long is written to disk."""


class ChatScreen(Screen[None]):
    """Holds the panes, passes them the events, and keeps their arrangement."""

    AUTO_FOCUS = "PromptArea"

    def __init__(
        self,
        configuration: Configuration,
        prompt: PromptBox,
        guard: Callable[[], Guard],
        *,
        keeps_arrangement: bool = True,
        memory: Callable[[], int] = lambda: 0,
    ) -> None:
        """Prepare the screen, in the arrangement in which it was last left.

        Args:
            configuration: what the dials show.
            prompt: where the person writes.
            guard: gives what keeps tool calls in now.
            keeps_arrangement: whether the arrangement is written to disk.
            memory: gives the bytes that model and KV cache take, at once.
        """
        super().__init__()
        self._compositor = SparingCompositor()
        self._was_shown = False
        self.conversation = ConversationPane()
        self.dials = HyperparametersPane(configuration)
        self.tokens = TokensPane()
        self.side: dict[str, Pane] = {
            "analysis": AnalysisPane(),
            "tools": ToolsPane(),
            "hyperparameters": self.dials,
            "tokens": self.tokens,
        }
        self._arrangement_file = locations.state_folder() / "arrangement.json"
        self._keeps_arrangement = keeps_arrangement
        self._save_timer: Timer | None = None
        panes = {CONVERSATION: self.conversation, **self.side}
        self.area = PaneArea(panes, load_arrangement(self._arrangement_file))
        self.approval = ApprovalBar()
        self.prompt = prompt
        self.status = StatusLine(guard, memory)

    def compose(self) -> ComposeResult:
        """From top to bottom: the panes, prompt, status, keys."""
        yield self.area
        yield self.prompt
        yield self.status
        yield KeyFooter()

    def mount_what_is_hidden(self, *above_prompt: Widget) -> None:
        """Mount what nobody sees first, which the first frame does not wait for.

        The question about a tool call stands above the prompt, and below it what is given.
        """
        self.mount(self.approval, *above_prompt, before=self.prompt)
        for pane in self.area.panes.values():
            pane.mount_what_is_hidden()

    def on_screen_resume(self, event: ScreenResume) -> None:
        """Show the keys again that another screen had taken away."""
        # When it comes up first, all on it was styled while it was made.
        event.refresh_styles, self._was_shown = self._was_shown, True
        self.refresh_bindings()

    def hear(self, event: Event) -> None:
        """Pass an event on to everything that shows it."""
        self.conversation.hear(event)
        for pane in self.side.values():
            pane.hear(event)
        self.approval.hear(event)
        self.status.hear(event)

    def show_past(self, events: Sequence[Event]) -> None:
        """Show many events that came before; of most turns it matters only what is left of them."""
        whole = whole_turns(events)
        for event in events[: whole.start]:
            self.hear(event)
        past = events[whole.start : whole.stop]
        self.conversation.show_past(past)
        for pane in self.side.values():
            pane.show_past(past)
        if (figures := _last_figures(past)) is not None:
            self.status.hear(figures)
        for event in events[whole.stop :]:
            self.hear(event)

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

    @on(TextSelected)
    def _tell_how_to_copy(self) -> None:
        # It comes with every click too, which selects nothing.
        if self.selections:
            self.status.flash(HOW_TO_COPY)

    def action_copy_text(self) -> None:
        """Copy what the mouse has selected, and say so."""
        super().action_copy_text()
        self.status.flash(say_copied(self.get_selected_text() or ""))

    # --- the panes' places ---------------------------------------------------------------------

    @property
    def focused_pane(self) -> str:
        """The name of the pane that has the focus; without one, of the one that is shown most."""
        for name, pane in self.area.panes.items():
            if pane.has_focus_within:
                return name
        regions = self.area.placing.regions
        return CONVERSATION if CONVERSATION in regions else next(iter(regions))

    def toggle_pane(self, name: str) -> None:
        """Show or hide a pane; where the panes are tabs, it comes to the front or goes back."""
        self.area.toggle(name)
        self._keep_focus()

    def go_to_tokens(self) -> None:
        """Show the tokens and give them the focus; hide them again where they have it."""
        if self.tokens.has_focus_within:
            self._hide_tokens()
            return
        if "tokens" not in self.area.placing.regions:
            self.toggle_pane("tokens")
        self.call_after_refresh(self._focus_tokens)

    def _focus_tokens(self) -> None:
        if self.tokens.is_on_screen:
            self.tokens.focus_content()

    @on(TokensPane.Left)
    def _leave_tokens(self) -> None:
        if self.area.largest is None:
            self.prompt.area.focus()
        self.step_back()

    @on(TokensPane.Hidden)
    def _hide_tokens(self) -> None:
        # Before the pane that has the focus is hidden, which would leave none.
        self.prompt.area.focus()
        if self.area.largest is not None:
            self.area.step_back()
        self.toggle_pane("tokens")

    def maximise(self) -> None:
        """Give the pane with the focus all the room, or take it back."""
        self.area.maximise(self.focused_pane)
        self._keep_focus()

    def step_back(self) -> None:
        """Leave what stands in the way of the usual view, else go back to the prompt box."""
        if not self.area.step_back():
            self.prompt.area.focus()
        self._keep_focus()

    def move_border(self, axis: Axis, cells: int) -> bool:
        """Move the border beside the pane with the focus; return whether there is one."""
        return self.area.move_border(self.focused_pane, axis, cells)

    @on(TabStrip.Chosen)
    def _show_chosen(self, event: TabStrip.Chosen) -> None:
        if self.area.largest is not None:
            self.area.step_back()
        else:
            self.area.bring_to_front(event.pane)
        if event.pane == CONVERSATION:
            # Before the pane that has the focus is hidden, which would leave none.
            self.prompt.area.focus()
        self._keep_focus()

    def _keep_focus(self) -> None:
        """Have the focus be on something that can be seen, when all is placed."""
        self.call_after_refresh(self._focus_what_is_shown)

    def _focus_what_is_shown(self) -> None:
        """Focus a question, else the side pane that is alone, else the prompt for a lost focus."""
        placing = self.area.placing
        if self.approval.display:
            self.approval.focus()
        elif placing.is_alone and CONVERSATION not in placing.regions:
            self.side[next(iter(placing.regions))].focus_content()
        elif self.focused is None or not self.focused.is_on_screen:
            self.prompt.area.focus()

    # --- what is remembered --------------------------------------------------------------------

    @on(PaneArea.Rearranged)
    def _save_soon(self) -> None:
        self._keep_focus()
        if self._keeps_arrangement:
            if self._save_timer is not None:
                self._save_timer.stop()
            self._save_timer = self.set_timer(SAVE_SECONDS, self._save)

    def on_unmount(self) -> None:
        """Write what was not written yet."""
        if self._save_timer is not None:
            self._save()

    def _save(self) -> None:
        self._save_timer = None
        save_arrangement(self._arrangement_file, self.area.arrangement)

    @on(ApprovalBar.TypingWentOn)
    def _go_on_typing(self, event: ApprovalBar.TypingWentOn) -> None:
        self.prompt.area.insert(event.character)


def _last_figures(events: Sequence[Event]) -> TurnEnded | None:
    """Return the end of the last turn that says how full the context was and how fast it went."""
    ends = (event for event in reversed(events) if isinstance(event, TurnEnded))
    return next((end for end in ends if end.statistics.sampled_tokens), None)
