"""The cards of tool calls, one below the other: only the lines on the screen are ever drawn."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.strip import Strip

from harmony_tui.panes.trace_calls import STATES, ToolCall
from harmony_tui.panes.trace_card import describe_call, summarise_call, tell_circumstances
from harmony_tui.transcript.browsing import BrowsableTranscript
from harmony_tui.transcript.document import Place
from harmony_tui.transcript.lines import restyle
from harmony_tui.transcript.view import GUTTER

BAR = " ▌ "


class TraceView(BrowsableTranscript):
    """Shows each call as an entry of a transcript, which folds, is searched and is pointed at."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"transcript--{state}" for state in STATES}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "app.command('trace', 'open')", "Open in full", show=False),
    ]

    def __init__(self, *arguments: Any, **options: Any) -> None:
        """Create a view; see `Transcript`."""
        super().__init__(*arguments, **options)
        self._calls: list[ToolCall] = []
        """By entry."""
        self._entries: dict[ToolCall, int] = {}

    @property
    def card(self) -> ToolCall | None:
        """The call that the cursor is on."""
        return None if (entry := self.cursor) is None else self._calls[entry]

    @property
    def count(self) -> int:
        """How many calls are shown."""
        return len(self._entries)

    def show(self, calls: Iterable[ToolCall]) -> None:
        """Show these calls and no others."""
        self.clear()
        for call in calls:
            self.add(call)

    def clear(self) -> None:
        """Show no call."""
        self._calls.clear()
        self._entries.clear()
        super().clear()

    def add(self, call: ToolCall) -> None:
        """Show one more call, at the end."""
        is_first = not self._calls or self._calls[-1].turn != call.turn
        entry = self.begin("final", call.question if is_first else "", summarise_call(call))
        self._document.entries[entry].unfold()
        self._calls.append(call)
        self._entries[call] = entry
        self._write(entry, call)

    def bring_up_to_date(self, call: ToolCall) -> None:
        """Show what has changed of a call, if it is one of those shown."""
        if (entry := self._entries.get(call)) is not None:
            self.summarise(entry, summarise_call(call))
            self._write(entry, call)

    def tell_time(self, call: ToolCall, seconds: float) -> None:
        """Show how long a call has run, if it is one of those shown."""
        if (entry := self._entries.get(call)) is not None:
            self.summarise(entry, summarise_call(call, seconds))

    def take_away(self, call: ToolCall) -> None:
        """Show a call no more."""
        if (entry := self._entries.pop(call, None)) is not None:
            self.take_out(entry)

    def go_to(self, call: ToolCall) -> None:
        """Put the cursor on a call, if it is one of those shown."""
        if (entry := self._entries.get(call)) is not None:
            self.put_cursor(entry)

    def _write(self, entry: int, call: ToolCall) -> None:
        self.reopen(entry, describe_call(call))
        if circumstances := tell_circumstances(call):
            self.mark(entry, circumstances)
        if call.is_over:
            self.finish(entry)

    # Lines.

    def _dress(self, strip: Strip, place: Place) -> Strip:
        return super()._dress(self._coloured(strip, place), place)

    def _coloured(self, strip: Strip, place: Place) -> Strip:
        """Return a line with its bar, and the card's top line, in the colour of the state."""
        state = self._style(self._calls[place.entry].state)
        bar, *others = strip
        look = (bar.style or Style.null()) + state
        strip = Strip([Segment(BAR, look), *others], strip.cell_length)
        block = self._document.entries[place.entry].blocks[place.block]
        if block.shape != "fold":
            return strip
        return restyle(strip, GUTTER, len(strip.text), state + Style(bold=True))
