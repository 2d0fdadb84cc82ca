"""One tool call in full: all of its arguments and its output, to be searched, copied and saved."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Literal

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import ModalScreen
from textual.timer import Timer
from textual.widgets import Input, Static

from harmony_tui.commands.command import CommandError
from harmony_tui.commands.new_files import free_name, write_new
from harmony_tui.line_input import LineInput
from harmony_tui.panes.tool_call import present
from harmony_tui.panes.trace_calls import ToolCall
from harmony_tui.panes.trace_card import (
    describe_in_full,
    read_output,
    summarise_call,
    tell_circumstances,
)
from harmony_tui.screens.frame import Frame
from harmony_tui.transcript import BrowsableTranscript

LOOK_SECONDS = 0.5
"""So often the screen looks whether a call that runs has written more."""
KEYS = "/ search  N next  Space fold  C output  A arguments  S save  Esc close"

Asked = Literal["", "words", "file"]


class CallTranscript(BrowsableTranscript):
    """All of one call, from its first line on.

    Escape leaves it at once when nothing is searched for.
    """

    def __init__(self) -> None:
        """Create an empty one."""
        super().__init__()
        self._following = False

    def _note_news(self, entry: int) -> None:
        """Point out no new text: all of the call is new to whoever opens it."""
        self._note_change(entry)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Take Escape only while something is searched for."""
        if action == "leave":
            return bool(self.searched)
        return super().check_action(action, parameters)


class CallScreen(ModalScreen[None]):
    """Shows a call; one that still runs is shown as it goes on."""

    CSS_PATH = "call.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Close"),
        Binding("slash", "search", "Search", show=False),
        Binding("c", "copy('output')", "Copy the output", show=False),
        Binding("a", "copy('arguments')", "Copy the arguments", show=False),
        Binding("s", "save", "Save the output", show=False),
    ]

    def __init__(self, call: ToolCall, seconds: Callable[[], float]) -> None:
        """Show a call; ``seconds`` tells how long it has run."""
        super().__init__()
        self._call = call
        self._seconds = seconds
        self._body = CallTranscript()
        self._box = LineInput(compact=True)
        self._said = Static(id="said")
        self._asked: Asked = ""
        self._shown: tuple[str, int] | None = None
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """The call in a frame, what is typed, and what is said."""
        with Frame(id="frame") as frame:
            frame.keys = KEYS
            yield self._body
            yield self._box
            yield self._said

    def on_mount(self) -> None:
        """Begin at the first line."""
        self._box.display = False
        self._body.begin("final")
        self._show()
        self._body.focus()
        self._timer = self.set_interval(LOOK_SECONDS, self._show)

    def _show(self) -> None:
        """Show the call as it stands, if that has changed."""
        call = self._call
        frame = self.query_one("#frame")
        frame.border_title = Content(summarise_call(call, self._seconds()))
        written = (call.state, len(call.live) + call.live.dropped)
        if written == self._shown:
            return
        self._shown = written
        self._tell(tell_circumstances(call), "$muted")
        self._body.reopen(0, describe_in_full(call))
        self._body.finish(0)
        if call.is_over and self._timer is not None:
            self._timer.stop()

    # --- keys ----------------------------------------------------------------------------------

    def action_leave(self) -> None:
        """Leave what is typed, else the screen."""
        if self._asked:
            self._end_typing()
        else:
            self.dismiss(None)

    def action_search(self) -> None:
        """Let the person type what is searched for."""
        self._ask("words", self._body.searched, "Search this call")

    def action_copy(self, what: str) -> None:
        """Copy the arguments or the output."""
        call = self._call
        is_output = what == "output"
        text = read_output(call) if is_output else present(call.recipient, call.arguments).text
        if not text:
            self._tell(f"This call has no {what}.", "$notice")
            return
        self.app.copy_to_clipboard(text)
        self._tell(f"Copied the {what}.", "$notice")

    def action_save(self) -> None:
        """Ask for the name of a file and write the output there."""
        if read_output(self._call):
            self._ask("file", str(free_name("output", ".txt")), "Save the output as")
        else:
            self._tell("This call has no output.", "$notice")

    # --- what is typed -------------------------------------------------------------------------

    def _ask(self, what: Asked, value: str, placeholder: str) -> None:
        self._asked = what
        self._box.placeholder = placeholder
        self._box.value = value
        self._box.display = True
        self._box.focus()

    def _end_typing(self) -> None:
        self._asked = ""
        self._box.display = False
        self._body.focus()

    @on(Input.Changed)
    def _search_while_typing(self, event: Input.Changed) -> None:
        event.stop()
        if self._asked == "words":
            self._body.search(event.value)
            self._tell_hits()

    @on(Input.Submitted)
    def _take_typed(self, event: Input.Submitted) -> None:
        event.stop()
        asked = self._asked
        if asked == "file":
            try:
                path = write_new(read_output(self._call), event.value)
            except CommandError as error:
                self._tell(str(error), "$notice")
                return
            self._tell(f"Written to {path}", "$notice")
        self._end_typing()

    @on(BrowsableTranscript.Browsed)
    def _tell_hits(self) -> None:
        if self._body.searched:
            number, count = self._body.hit_number
            self._tell(f"{number:,} of {count:,}" if count else "Nothing found.", "$muted")

    def _tell(self, text: str, colour: str) -> None:
        self._said.update(Content.styled(text, colour))
