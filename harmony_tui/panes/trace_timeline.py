"""The calls of a turn one after the other, each a bar as long as it took."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final, NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from harmony_tui.panes.tool_call import show_seconds
from harmony_tui.panes.trace_calls import STATES, Trace
from harmony_tui.panes.trace_calls import ToolCall as Call

MOST_ROWS: Final = 6
"""Calls that are in view at once, where the pane is high enough."""
SHARE: Final = 4
"""The timeline takes one of so many lines of the pane, or two lines at least."""
LEAST_HEIGHT: Final = 9
"""Lines of the pane from which on there is room for it."""
WIDEST_NAME: Final = 18
TIME_WIDTH: Final = 8
EIGHTHS: Final = " ▏▎▍▌▋▊▉"


class Bar(NamedTuple):
    """Where a call's bar begins, in cells, and how long it is, in eighths of a cell."""

    start: int
    eighths: int


def place_bars(seconds: Sequence[float], width: int) -> list[Bar]:
    """Return bars that are as long as the calls took, each beginning where the one before ended.

    None is too short to be seen, and none reaches beyond the width.

    Args:
        seconds: how long each call took.
        width: of all bars together, in cells.
    """
    total = sum(seconds)
    scale = 8 * width / total if total > 0 else 0.0
    bars: list[Bar] = []
    passed = 0.0
    for each in seconds:
        start = min(int(passed * scale) // 8, max(0, width - 1))
        length = max(1, round((passed + each) * scale) - 8 * start)
        bars.append(Bar(start, min(length, 8 * (width - start))))
        passed += each
    return bars


class Timeline(ScrollView, can_focus=False):
    """One line for each call of the last turn: its name, its bar, its time."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"timeline--{name}" for name in (*STATES, "name", "time")
    }

    @dataclass
    class Chosen(Message):
        """The person has clicked on a call."""

        call: Call

    def __init__(self, trace: Trace) -> None:
        """Show what a trace has."""
        super().__init__()
        self._trace = trace
        self._calls: list[Call] = []
        self._bars: list[Bar] = []
        self._placed_at = 0
        """The width that the bars were made for."""
        self._styles: dict[str, Style] = {}

    def show(self, height: int) -> bool:
        """Show the last turn as it stands; return whether there are several calls and room.

        Args:
            height: of the pane, in lines.
        """
        before = len(self._calls)
        self._calls = self._trace.turn_calls
        rows = len(self._calls)
        self.styles.height = min(rows, MOST_ROWS, max(2, height // SHARE))
        self.virtual_size = Size(0, rows)
        self._placed_at = 0
        if rows != before:
            self.scroll_end(animate=False)
        self.refresh()
        return rows > 1 and height >= LEAST_HEIGHT

    def on_resize(self) -> None:
        """Keep the last calls in view."""
        self.scroll_end(animate=False)

    @property
    def _name_width(self) -> int:
        longest = max((cell_len(call.name) for call in self._calls), default=0)
        return min(longest, WIDEST_NAME, max(4, self._width // 3))

    @property
    def _width(self) -> int:
        return self.scrollable_content_region.width

    def _place(self) -> None:
        """Make the bars as long as there is room for."""
        if self._placed_at != self._width:
            self._placed_at = self._width
            seconds = [self._trace.seconds_of(call) for call in self._calls]
            room = self._width - self._name_width - TIME_WIDTH - 2
            self._bars = place_bars(seconds, max(1, room))

    def render_line(self, y: int) -> Strip:
        """Return one line of the view."""
        line, ground, width = y + self.scroll_offset.y, self.rich_style, self._width
        if line >= len(self._calls):
            return Strip.blank(width, ground)
        self._place()
        call, (start, eighths) = self._calls[line], self._bars[line]
        whole, part = divmod(eighths, 8)
        bar = "█" * whole + (EIGHTHS[part] if part else "")
        room = width - self._name_width - TIME_WIDTH - 2
        time = "" if call.state == "asked" else show_seconds(self._trace.seconds_of(call))
        name = call.name
        if cell_len(name) > self._name_width:
            name = set_cell_size(name, self._name_width - 1) + "…"
        segments = [
            Segment(set_cell_size(name, self._name_width) + "  ", self._style("name")),
            Segment(" " * start + bar + " " * (room - start - len(bar)), self._style(call.state)),
            Segment(time.rjust(TIME_WIDTH), self._style("time")),
        ]
        return Strip(segments).adjust_cell_length(width).apply_style(ground)

    def _style(self, name: str) -> Style:
        style = self._styles.get(name)
        if style is None:
            component = f"timeline--{name}"
            style = self._styles[name] = self.get_component_rich_style(component, partial=True)
        return style

    def notify_style_update(self) -> None:
        """Take up the theme's colours again."""
        super().notify_style_update()
        self._styles = {}

    def on_click(self, event: events.Click) -> None:
        """Point at a call."""
        line = self.scroll_offset.y + event.y
        if line < len(self._calls):
            event.stop()
            self.post_message(self.Chosen(self._calls[line]))
