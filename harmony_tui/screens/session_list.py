"""The list of sessions: however many there are, only the rows on the screen are drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from engine.conversation.index import Listed
from engine.conversation.titles import one_line

DATE_WIDTH = 12
MODEL_WIDTH = 14
COUNT_WIDTH = 5
WIDE_ENOUGH = 64
"""Cells from which on there is room for the model."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A session of the list, and what of it was looked for."""

    session: Listed
    excerpt: str = ""
    """The text around the words that were looked for, if that is not the title."""
    message: int | None = None
    """The message that they stand in."""


class SessionList(ScrollView, can_focus=True):
    """Rows of sessions, of which one is chosen."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "sessions--title",
        "sessions--detail",
        "sessions--chosen",
        "sessions--problem",
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
        Binding("pagedown", "move_page(1)", show=False),
        Binding("pageup", "move_page(-1)", show=False),
        Binding("home", "choose(0)", show=False),
        Binding("end", "choose(-1)", show=False),
    ]

    class Chosen(Message):
        """Another session is chosen, or none."""

    class Opened(Message):
        """A row was clicked that was chosen before."""

    class LeftAtTop(Message):
        """The person went up from the first row."""

    chosen: reactive[int] = reactive(0, repaint=True)
    """The row's number among the entries."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: Sequence[Entry] = ()
        self.here: Path | None = None
        """The file of the session that is open in this program."""
        self._now = datetime.now().astimezone()

    @property
    def entry(self) -> Entry | None:
        """The chosen entry."""
        return self.entries[self.chosen] if self.chosen < len(self.entries) else None

    def show(self, entries: Sequence[Entry], path: Path | None = None) -> None:
        """List other entries; the one of a path is chosen, else the first."""
        self.entries = entries
        self._now = datetime.now().astimezone()
        rows = (row for row, entry in enumerate(entries) if entry.session.path == path)
        self.set_reactive(SessionList.chosen, next(rows, 0))
        self._measure()
        self._reveal()
        self.refresh()
        self.post_message(self.Chosen())

    def leave_out(self, path: Path) -> None:
        """Leave a session out; the one after it is chosen."""
        row = self.chosen
        self.show([entry for entry in self.entries if entry.session.path != path])
        self.chosen = max(0, min(row, len(self.entries) - 1))

    @property
    def _height(self) -> int:
        """Lines of a row."""
        return 2 if any(entry.excerpt for entry in self.entries) else 1

    def _measure(self) -> None:
        width = self.scrollable_content_region.width
        self.virtual_size = Size(width, len(self.entries) * self._height)

    def on_resize(self) -> None:
        """Use the new width."""
        self._measure()
        self._reveal()

    def watch_chosen(self) -> None:
        """Tell of the choice and keep it in view."""
        self._reveal()
        self.post_message(self.Chosen())

    def _reveal(self) -> None:
        row = Region(0, self.chosen * self._height, 1, self._height)
        self.scroll_to_region(row, animate=False, immediate=True)

    def action_move(self, rows: int) -> None:
        """Choose a row further down, or up."""
        if rows < 0 and self.chosen == 0:
            self.post_message(self.LeftAtTop())
        self.chosen = max(0, min(self.chosen + rows, len(self.entries) - 1))

    def action_move_page(self, pages: int) -> None:
        """Choose a row a page further down, or up."""
        page = max(1, self.scrollable_content_region.height // self._height - 1)
        self.chosen = max(0, min(self.chosen + pages * page, len(self.entries) - 1))

    def action_choose(self, row: int) -> None:
        """Choose a row by its number, counted from the end where that is negative."""
        self.chosen = max(0, row % len(self.entries)) if self.entries else 0

    def on_click(self, event: events.Click) -> None:
        """Choose the row under the pointer; the chosen one is opened."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        row = (offset.y + self.scroll_offset.y) // self._height
        if row == self.chosen and event.chain > 1:
            self.post_message(self.Opened())
        elif row < len(self.entries):
            self.chosen = row

    # --- drawing ------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """Draw one line of the part that is in view."""
        width = self.scrollable_content_region.width
        row, line = divmod(y + self.scroll_offset.y, self._height)
        if row >= len(self.entries):
            return Strip.blank(width, self.rich_style)
        is_chosen = row == self.chosen
        entry = self.entries[row]
        base = self.get_component_rich_style("sessions--chosen") if is_chosen else self.rich_style
        cells = self._title_line(entry, width) if line == 0 else self._excerpt_line(entry, width)
        mark = "▸ " if is_chosen and line == 0 else "  "
        segments = [Segment(mark, base), *(Segment(text, base + style) for text, style in cells)]
        return Strip(segments).adjust_cell_length(width, base)

    def _title_line(self, entry: Entry, width: int) -> list[tuple[str, Style]]:
        session = entry.session
        detail = self._foreground("sessions--detail")
        name = "sessions--problem" if session.problem or session.damaged else "sessions--title"
        has_model = width >= WIDE_ENOUGH
        room = width - 2 - DATE_WIDTH - COUNT_WIDTH - (MODEL_WIDTH + 2 if has_model else 0) - 1
        here = "● " if session.path == self.here else ""
        cells = [
            (fit(say_when(session.updated, self._now), DATE_WIDTH), detail),
            (fit(here + one_line(session.title), room), self._foreground(name)),
        ]
        if has_model:
            # Whose the model is stands before a slash, and is the same for most.
            model = one_line(session.model).rpartition("/")[2]
            cells.append(("  " + fit(model, MODEL_WIDTH), detail))
        count = f"{session.messages:,}" if session.messages else ""
        return [*cells, (count.rjust(COUNT_WIDTH) + " ", detail)]

    def _excerpt_line(self, entry: Entry, width: int) -> list[tuple[str, Style]]:
        indent = " " * DATE_WIDTH
        text = indent + fit(entry.excerpt, width - 3 - DATE_WIDTH)
        return [(text, self._foreground("sessions--detail"))]

    def _foreground(self, component: str) -> Style:
        """Return a component's style without its background, which is the row's."""
        style = self.get_component_rich_style(component)
        return Style(color=style.color, bold=style.bold, italic=style.italic)


def fit(text: str, width: int) -> str:
    """Return text that takes so many cells, cut or filled up with blanks."""
    if cell_len(text) > width:
        return set_cell_size(text, max(width - 1, 0)) + ("…" if width > 0 else "")
    return set_cell_size(text, max(width, 0))


def say_when(moment: datetime, now: datetime) -> str:
    """Return a moment in a few characters: the time today, else the day, else the year too."""
    local = moment.astimezone(now.tzinfo)
    if local.date() == now.date():
        return f"{local:%H:%M}"
    if (now.date() - local.date()).days == 1:
        return f"yest. {local:%H:%M}"
    if local.year == now.year:
        return f"{local.day:>2} {local:%b %H:%M}"
    return f"{local.day:>2} {local:%b %Y}"
