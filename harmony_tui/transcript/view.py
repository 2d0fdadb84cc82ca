"""The widget that shows a transcript: only the lines on the screen are ever drawn."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Final

from rich.console import RenderableType
from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip

from harmony_tui.transcript.blocks import KINDS, Kind
from harmony_tui.transcript.components import COMPONENTS
from harmony_tui.transcript.document import Document, Entry, Place
from harmony_tui.transcript.lines import block_ends, line_key, place_of, restyle
from harmony_tui.transcript.looks import Looks
from harmony_tui.transcript.placeholder import Placeholder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual import events

    from harmony_tui.transcript.blocks import Block
    from harmony_tui.transcript.rendering import Line

TEXT_WIDTH: Final = 100
"""Cells of text in a line at most: longer lines are hard to read."""
GUTTER: Final = 3
"""Cells at the left: space, the bar that shows whose text it is, space."""
MARGIN: Final = 1
"""Cells left free at the right."""
KEPT_BLOCKS: Final = 1000
"""Drawn blocks that are kept: enough for three screens of single lines."""
_BELOW: Final = " ↓ new text below "


class Transcript(ScrollView, can_focus=True):
    """A conversation as it grows, at a cost that does not depend on its length.

    Entries are messages; their text is Markdown, except of the kinds `user` and `tool`, which is
    shown as it is. The view follows the end unless the reader scrolled away. Texts may hold
    anything: control characters are shown, never obeyed.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *(f"transcript--{name}" for name in COMPONENTS),
        *(f"transcript--{kind}" for kind in KINDS),
        *(f"transcript--bar-{kind}" for kind in KINDS),
        "transcript--below",
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("home", "scroll_home", "First line", show=False),
        Binding("end", "scroll_end", "Last line", show=False),
    ]

    @dataclass
    class LinkClicked(Message):
        """A link was clicked. The transcript itself opens nothing."""

        transcript: Transcript
        target: str

        @property
        def control(self) -> Transcript:
            """The transcript whose link it is."""
            return self.transcript

    def __init__(
        self,
        placeholder: RenderableType | None = None,
        *,
        name: str | None = None,
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
        disabled: bool = False,
    ) -> None:
        """Create a transcript; `placeholder` is what it shows while it has no entries."""
        super().__init__(name=name, id=id, classes=classes, disabled=disabled)
        self._placeholder = Placeholder(placeholder, GUTTER)
        self._document = Document()
        self._changed: set[int] = set()
        self._following = True
        self._unseen = False
        self._place = Place(0, 0, 0)
        self._arranging = False
        self._looks = Looks(self)
        self._drawn: OrderedDict[Block, list[Strip]] = OrderedDict()
        self._pressed: int | None = None

    # What the application calls.

    @property
    def placeholder(self) -> RenderableType | None:
        """What is shown while there are no entries."""
        return self._placeholder.renderable

    @placeholder.setter
    def placeholder(self, renderable: RenderableType | None) -> None:
        self._placeholder.renderable = renderable
        self.refresh()

    @property
    def is_following(self) -> bool:
        """Whether new text keeps the end in view."""
        return self._following

    def begin(self, kind: Kind, title: str = "", summary: str = "") -> int:
        """Open a new entry at the end and return its number, counted from 0.

        One with a summary is folded: that line alone is shown until the reader opens it.
        """
        if kind not in KINDS:
            raise ValueError(f"no kind of entry: {kind}")
        entry = self._document.add(kind, title, summary)
        self._note_news(entry)
        return entry

    def write(self, kind: Kind, text: str, title: str = "", summary: str = "") -> int:
        """Add a whole entry at the end, as ``begin`` does, and return its number."""
        entry = self._document.add_whole(kind, text, title, summary)
        if not self._changed or not self._following:  # else what is above it was noted already
            self._note_news(entry)
        return entry

    def append(self, entry: int, text: str) -> None:
        """Add text to the end of an entry."""
        if text:
            self._document.entries[entry].append(text)
            if not self._document.entries[entry].is_folded:
                self._note_news(entry)

    def summarise(self, entry: int, summary: str) -> None:
        """Change the line that an entry with a summary is folded to."""
        self._document.entries[entry].summarise(summary)
        self._document.measure(entry)
        self._note_change(entry)

    def finish(self, entry: int) -> None:
        """Say that no more text comes for an entry."""
        self._document.entries[entry].finish()
        self._note_change(entry)

    def reopen(self, entry: int, text: str) -> None:
        """Have a finished entry go on after a text, its own or the beginning of it, unmarked."""
        self._document.reopen(entry, text)
        self._note_change(entry)

    def mark(self, entry: int, label: str) -> None:
        """Put a remark below an entry, such as "stopped"."""
        self._document.entries[entry].label(label)
        self._note_news(entry)

    def unmark(self, entry: int, label: str) -> None:
        """Take a remark below an entry away again."""
        self._document.entries[entry].unlabel(label)
        self._note_change(entry)

    def take_out(self, entry: int) -> None:
        """Take an entry out; the others keep their numbers, and this one shows nothing more."""
        self._document.remove(entry)
        self._note_change(entry)

    def clear(self) -> None:
        """Forget all entries."""
        self._document.clear()
        self._changed.clear()
        self._drawn.clear()
        self._following, self._unseen, self._place = True, False, Place(0, 0, 0)
        if self.is_attached and self.text_selection is not None:
            self.screen.clear_selection()
        self._arrange()

    def source(self, entry: int) -> str:
        """Return an entry's text as it was appended."""
        return self._document.entries[entry].source

    # Layout: which lines there are and which of them are in view.

    def _note_news(self, entry: int) -> None:
        """Note a change that a reader who is further up is told of."""
        self._unseen = self._unseen or not self._following
        self._note_change(entry)

    def _note_change(self, entry: int) -> None:
        """Bring the view up to date soon; several changes at once cost one layout."""
        if not self._changed and self.is_mounted:
            self.call_next(self._arrange)
        self._changed.add(entry)

    @property
    def _text_width(self) -> int:
        return max(1, min(TEXT_WIDTH, self.size.width - GUTTER - MARGIN))

    def _arrange(self) -> None:
        """Read what came, draw what is in view, and put the scroll position where it belongs."""
        if not self.is_mounted or not self.size.height:
            return
        document = self._document
        if document.width != self._text_width:
            document.resize(self._text_width)
        changed = self._read_changes()
        before = (self.scroll_y, document.width)
        self._arranging = True
        try:
            height = self.size.height
            if self._following:
                self._draw_around(Place(len(document.entries), 0, 0), above=2 * height, below=0)
            else:
                self._draw_around(self._place, above=height, below=2 * height)
            self._set_virtual_size(Size(self.size.width, document.height))
            line = document.height if self._following else document.find(self._place)
            top = max(0, min(line, document.height - height))
            if top != self.scroll_y:
                self.scroll_y = self.scroll_target_y = top
            self._place = document.locate(top)
        finally:
            self._arranging = False
        first = document.find(changed) - top if changed and not self._unseen else 0
        if first > 0 and before == (self.scroll_y, document.width):
            self.refresh(Region(0, first, self.size.width, max(1, self.size.height - first)))
        else:
            self.refresh()

    def _set_virtual_size(self, size: Size) -> None:
        """Say how many lines there are, without the layout of the whole screen that Textual does.

        The scrollbar is always there, so that no other widget's place depends on it.
        """
        if size != self.virtual_size:
            self.set_reactive(Transcript.virtual_size, size)
            self.vertical_scrollbar.window_virtual_size = size.height

    def _read_changes(self) -> Place | None:
        """Cut new text into blocks; return where the first change is.

        Entries that were never seen stay unread until they come into view.
        """
        changed = sorted(self._changed)
        self._changed.clear()
        places: list[Place] = []
        for index in changed:
            if self._document.entries[index].was_read:
                places.append(Place(index, self._document.read(index), 0))
            else:
                self._document.measure(index)
                places.append(Place(index, -1, 0))
        return places[0] if places else None

    def _draw_around(self, place: Place, above: int, below: int) -> None:
        """Draw the blocks within some lines of a place, so that their heights are true."""
        changed: dict[int, int] = {}
        below += max(0, place.line)
        for blocks, lines in ((self._downwards(place), below), (self._upwards(place), above)):
            room = lines
            for index, number in blocks:
                if room <= 0:
                    break
                block = self._document.entries[index].blocks[number]
                before = (block.height, block.width)
                self._draw(index, number)
                if (block.height, block.width) != before:
                    changed[index] = min(number, changed.get(index, number))
                room -= block.height
        for index, number in changed.items():
            self._document.measure(index, number)

    def _downwards(self, place: Place) -> Iterator[tuple[int, int]]:
        """Yield entry and block of each block from a place on, reading entries on the way."""
        entries = self._document.entries
        for index in range(place.entry, len(entries)):
            self._document.read(index)
            first = max(0, place.block) if index == place.entry else 0
            yield from ((index, number) for number in range(first, len(entries[index].blocks)))

    def _upwards(self, place: Place) -> Iterator[tuple[int, int]]:
        """Yield entry and block of each block above a place, the nearest first."""
        entries = self._document.entries
        for index in range(min(place.entry, len(entries) - 1), -1, -1):
            self._document.read(index)
            blocks = len(entries[index].blocks)
            end = min(place.block, blocks) if index == place.entry else blocks
            yield from ((index, number) for number in range(end - 1, -1, -1))

    def _draw(self, index: int, number: int) -> list[Strip]:
        """Return a block's finished lines, from the store of drawn ones if they are there."""
        entry = self._document.entries[index]
        block = entry.blocks[number]
        strips = self._drawn.get(block)
        width = self._document.width
        if strips is None or block.rendered is None or block.width != width:
            from harmony_tui.transcript.rendering import render  # not before there is a text

            block.rendered = render(block, width, entry.kind, self._style, entry.definitions)
            block.width, block.height = width, len(block.rendered.lines)
            strips = [
                self._finish_line(line, entry.kind, line_key(index, number, row))
                for row, line in enumerate(block.rendered.lines)
            ]
            self._drawn[block] = strips
            while len(self._drawn) > KEPT_BLOCKS:
                old, _ = self._drawn.popitem(last=False)
                old.rendered = None
        else:
            self._drawn.move_to_end(block)
        return strips

    def _finish_line(self, line: Line, kind: Kind, key: int) -> Strip:
        """Put a drawn line into the widget's: the bar before it, the ground behind it.

        Each segment says where it stands, which is what Textual makes selections of.
        """
        base, ground = self._style(kind), self._style("ground")
        filled = sum(segment.cell_length for segment in line.segments)
        space = self._document.width - filled + MARGIN
        rest = self.size.width - GUTTER - self._document.width - MARGIN
        bar = Segment(" ▌ ", base + self._style(f"bar-{kind}"))
        segments: list[Segment] = []
        at = 0
        for text, style, _ in (bar, *line.segments, Segment(" " * space, base)):
            offset = Style.from_meta({"offset": (at, key)})
            segments.append(Segment(text, style + offset if style else offset))
            at += len(text)
        return Strip([*segments, Segment(" " * rest, ground)], self.size.width)

    # Lines, as Textual asks for them.

    def render_line(self, y: int) -> Strip:
        """Return one line of the view."""
        width = self.size.width
        strip = self._mark_below() if y == self._height else self._line(self.scroll_offset.y + y)
        return strip.crop_extend(0, width, self._style("ground"))

    @property
    def _height(self) -> int:
        """Lines of the view that show the text: where there is new text below, one says so."""
        return self.size.height - (self._unseen and self.size.height > 1)

    def _mark_below(self) -> Strip:
        ground = self._style("ground")
        label = Segment(_BELOW, self._style("below") + Style.from_meta({"below": True}))
        left = max(0, self.size.width - len(_BELOW) - MARGIN)
        return Strip([Segment(" " * left, ground), label])

    def _line(self, number: int) -> Strip:
        document = self._document
        if not document.height:
            ground, console = self._style("ground"), self.app.console
            return self._placeholder.line(number, self.size, self._text_width, ground, console)
        if number >= document.height:
            return Strip.blank(self.size.width, self._style("ground"))
        place = document.locate(number)
        if place.block < 0:
            return self._gap_line(place.entry)
        if place.block >= len(document.entries[place.entry].blocks):
            return Strip.blank(self.size.width, self._style("ground"))  # not read yet
        strips = self._draw(place.entry, place.block)
        if place.line >= len(strips):
            return Strip.blank(self.size.width, self._style("ground"))
        return self._dress(strips[place.line], place)

    def _gap_line(self, entry: int) -> Strip:
        """Return the empty line above an entry."""
        blank = Strip.blank(self.size.width, self._style("ground"))
        return blank.apply_offsets(0, line_key(entry, 0, 0))

    def _dress(self, strip: Strip, place: Place) -> Strip:
        """Return a line as it is shown now: with what is selected of it."""
        return self._selected(strip, line_key(*place))

    # Styles.

    def _style(self, name: str) -> Style:
        """Return the style of a component, as the theme gives it; "ground" is the widget's own."""
        return self._looks.find(name)

    def notify_style_update(self) -> None:
        """Draw everything in view anew if the theme's colours have changed."""
        super().notify_style_update()
        if self._looks.find_anew():
            self._drawn.clear()

    # Scrolling.

    def follow(self) -> None:
        """Go to the end and stay there as text comes."""
        self._following, self._unseen = True, False
        self._arrange()

    def action_scroll_end(self) -> None:
        """Go to the end and stay there as text comes."""
        self.follow()

    def scroll_to(self, x: float | None = None, y: float | None = None, **options: Any) -> None:
        """Scroll to a line at once: lines found out on the way would upset an animation."""
        super().scroll_to(x, y, **{**options, "animate": False})

    def scroll_page_down(self, **options: Any) -> None:
        """Scroll on by what is in view, so that no line is passed over."""
        self.scroll_relative(y=max(1, self._height), **options)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Take over where the reader scrolled to, and draw what came into view."""
        super().watch_scroll_y(old_value, new_value)
        if self._arranging:
            return
        self._following = new_value >= self.max_scroll_y
        self._unseen = self._unseen and not self._following
        self._place = self._document.locate(round(new_value))
        self._arrange()

    def on_mount(self) -> None:
        """Show what was appended before there was a screen."""
        self._arrange()

    def on_resize(self) -> None:
        """Lay out for the new size; what was at the top of the view stays there."""
        self._arrange()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Remember where a click begins: a double click selects the block there."""
        offset = event.style.meta.get("offset")
        self._pressed = offset[1] if offset else None

    def on_click(self, event: events.Click) -> None:
        """Follow a link, or go down to the new text."""
        meta = event.style.meta
        if "below" in meta:
            self.follow()
        elif "link" in meta:
            self.post_message(self.LinkClicked(self, meta["link"]))

    # Selection. Its offsets are characters of a line as drawn, and line keys (see `line_key`).

    def text_select_all(self) -> None:
        """Select the block that was clicked; Textual calls this on a double click."""
        if self._pressed is None:
            super().text_select_all()
            return
        entry, block, _ = place_of(self._pressed)
        first, last = block_ends(entry, block)
        self.screen.selections = {self: Selection(Offset(0, first), Offset(0, last))}

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Return the selected text as it is shown, without bars, and with wrapped lines joined."""
        entries = self._document.entries
        if selection.start is None and selection.end is None:
            shown = [entry.source for entry in entries if not _is_hidden(entry)]
            return "\n\n".join(shown), "\n"
        first = place_of(selection.start.y).entry if selection.start else 0
        last = place_of(selection.end.y).entry if selection.end else len(entries) - 1
        texts = [
            self._selected_text(index, selection)
            for index in range(first, min(last, len(entries) - 1) + 1)
        ]
        return "\n\n".join(text for text in texts if text), "\n"

    def _selected_text(self, index: int, selection: Selection) -> str:
        self._document.read(index)
        pieces: list[str] = []
        for number, block in enumerate(self._document.entries[index].blocks):
            ends = block_ends(index, number)
            if (selection.start and ends[1] < selection.start.y) or (
                selection.end and ends[0] > selection.end.y
            ):
                continue
            self._draw(index, number)
            for row, line in enumerate(block.rendered.lines if block.rendered else ()):
                if span := selection.get_span(line_key(index, number, row)):
                    pieces += (line.join, line.copied(span[0] - GUTTER, span[1] - GUTTER))
        self._document.measure(index)
        lines = "".join(pieces[1:]).split("\n")
        return "\n".join(line.rstrip() for line in lines).strip("\n")

    def selection_updated(self, selection: Selection | None) -> None:
        """Show the new selection."""
        self.refresh()

    def _selected(self, strip: Strip, key: int) -> Strip:
        """Return a line with the selected part of it in the selection's colours."""
        selection = self.text_selection
        span = selection.get_span(key) if selection else None
        if span is None:
            return strip
        start, end = max(span[0], GUTTER), span[1]
        if end < 0:
            end = len(strip.text.rstrip())
        return restyle(strip, start, end, self.screen.get_component_rich_style("screen--selection"))


def _is_hidden(entry: Entry) -> bool:
    """Whether an entry is no part of what is copied as a whole: thoughts that were not opened."""
    return entry.is_removed or (entry.is_folded and bool(entry.summary))
