"""The pane that shows every tool call: what was asked, what came back, how long it took."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from engine.events import (
    Event,
    ToolCallFinished,
    ToolCallRequested,
    ToolCallStarted,
    TurnContinued,
    TurnStarted,
)
from harmony_tui.panes.pane import Pane
from harmony_tui.panes.tool_call import ToolCall, lay_out, show_seconds, tool_name, visible

EMPTY = "No calls yet. The model can use a calculator and a clock: ask it the time."
MOST_CALLS = 50
"""Calls that are kept on the screen."""
MARKS = {"asked": "?", "running": "⠿", "done": "✓", "failed": "✗", "declined": "–"}


class ToolsPane(Pane):
    """Tool calls, the latest last."""

    BORDER_TITLE = "Tools"

    def __init__(self) -> None:
        super().__init__()
        self._calls: list[ToolCall] = []
        self._by_number: dict[int, ToolCall] = {}

    def compose(self) -> ComposeResult:
        """The pane holds one text in a frame that scrolls."""
        with VerticalScroll():
            yield Static(Content.styled(EMPTY, "$muted"))

    def hear(self, event: Event) -> None:
        """Show what an event changes."""
        match event:
            case TurnStarted():
                self._by_number.clear()
                return
            case TurnContinued(next_call=int() as next_call):
                self._go_back(next_call)
            case ToolCallRequested(call=number, recipient=recipient, arguments=arguments):
                call = ToolCall(tool_name(recipient), lay_out(arguments))
                self._by_number[number] = call
                self._calls = [*self._calls, call][-MOST_CALLS:]
            case ToolCallStarted(call=number) if number in self._by_number:
                self._by_number[number].state = "running"
            case ToolCallFinished(call=number) if number in self._by_number:
                call = self._by_number[number]
                call.state, call.seconds = event.outcome, event.seconds
                call.output = visible(event.output)
            case _:
                return
        self._show()

    def start_conversation(self) -> None:
        """Show a conversation that has not begun."""
        self._calls = []
        self._by_number.clear()
        self._show()

    def _go_back(self, next_call: int) -> None:
        """Take out the turn's calls from a number on."""
        for number in [each for each in self._by_number if each >= next_call]:
            dropped = self._by_number.pop(number)
            self._calls = [call for call in self._calls if call is not dropped]

    def _show(self) -> None:
        shown = Content("\n\n").join(describe_call(call) for call in self._calls)
        self.query_one(Static).update(shown if self._calls else Content.styled(EMPTY, "$muted"))
        self.query_one(VerticalScroll).scroll_end(animate=False)
        self.border_subtitle = f"{len(self._calls)}" if self._calls else ""


def describe_call(call: ToolCall) -> Content:
    """Return a call as the pane shows it: state and name, arguments, output."""
    seconds = f" · {show_seconds(call.seconds)}" if call.state in ("done", "failed") else ""
    style = f"$tool-{call.state}"
    parts = [
        Content.assemble(
            (f"{MARKS[call.state]} {call.name}", f"{style} bold"),
            (f"  {call.state}{seconds}", style),
        )
    ]
    if call.arguments:
        parts.append(Content.styled(_indented(call.arguments), "$muted"))
    if call.output:
        output_style = style if call.state == "failed" else "$foreground"
        parts.append(Content.styled(_indented(call.output, "→ "), output_style))
    return Content("\n").join(parts)


def _indented(text: str, mark: str = "  ") -> str:
    first, *others = text.split("\n")
    return "\n".join([f"{mark}{first}", *(f"  {line}" for line in others)])
