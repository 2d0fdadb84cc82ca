"""A transcript to go about in: a cursor over its blocks, a search, folds, and stamps on demand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Final, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip

from harmony_tui.transcript.characters import make_safe
from harmony_tui.transcript.document import FOLDED, Place
from harmony_tui.transcript.lines import place_of, restyle
from harmony_tui.transcript.parts import Part, read_code, read_part
from harmony_tui.transcript.searching import Search, Span, told_apart
from harmony_tui.transcript.view import GUTTER, KEPT_BLOCKS, Transcript

if TYPE_CHECKING:
    from textual import events

    from harmony_tui.transcript.blocks import Block
    from harmony_tui.transcript.document import Entry
    from harmony_tui.transcript.rendering import Rendered

CURSOR_BAR: Final = " █ "
"""Stands before the lines of the block under the cursor, in place of the bar of its kind."""


class Spot(NamedTuple):
    """A block that the cursor can be on: an entry, or a part of it by the index of its first."""

    entry: int
    first: int
    is_message: bool


class BrowsableTranscript(Transcript):
    """A transcript in which the reader can point at blocks, fold them, and search.

    Nothing of it costs anything before it is used, and then only for the lines in view.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"transcript--{name}" for name in ("cursor", "hit", "hit-here", "stamp")
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        # Where they have ids, those of commands, the program's own conversation has others.
        Binding("j", "move_cursor(1)", "Next block", show=False, id="below"),
        Binding("k", "move_cursor(-1)", "Block before", show=False, id="above"),
        Binding("space,enter", "toggle_fold", "Fold", show=False),
        Binding("n", "go_to_hit(1)", "Next hit", show=False, id="find-next"),
        Binding("N", "go_to_hit(-1)", "Hit before", show=False, id="find-before"),
        Binding("escape", "leave", "Leave the cursor", show=False),
    ]

    @dataclass
    class Browsed(Message):
        """The cursor or the search changed."""

        transcript: BrowsableTranscript

        @property
        def control(self) -> BrowsableTranscript:
            """The transcript that is browsed."""
            return self.transcript

    class Left(Browsed):
        """The reader took the cursor off, or ended the search and there was no cursor."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        """Create a transcript; see `Transcript`."""
        super().__init__(*arguments, **options)
        self.stamp: Callable[[int], str] | None = None
        """Gives what is said about a message in the line above it; asked for those in view."""
        self._spot: Spot | None = None
        self._known_part: tuple[object, Part] | None = None
        """The part that the cursor is on, and what that was worked out from."""
        self._search: Search | None = None
        self._hit = 0
        self._hit_block: tuple[Block, int] | None = None
        """The block that the hit is in, and which of the block's it is."""
        self._hits_drawn: dict[Block, tuple[Rendered, list[list[Span]]]] = {}
        self._pressed_at: tuple[int, int] | None = None

    def clear(self) -> None:
        """Forget all entries, and with them what was pointed at and found."""
        self._spot = self._search = self._hit_block = self._known_part = None
        self._hits_drawn.clear()
        super().clear()
        if self.is_mounted:
            self.post_message(self.Browsed(self))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Take Escape only while there is something to leave, else it means what it always does."""
        if action == "leave":
            return self._spot is not None or self._search is not None
        return super().check_action(action, parameters)

    # The cursor.

    @property
    def cursor(self) -> int | None:
        """The entry that the cursor is on, or in."""
        entries = self._document.entries
        if self._spot is None or entries[self._spot.entry].is_removed:
            return None
        return self._spot.entry

    @property
    def _part(self) -> Part | None:
        """The part that the cursor is on; the nearest one above where that is gone."""
        if (spot := self._spot) is None:
            return None
        entry = self._document.entries[spot.entry]
        state = (spot, len(entry.blocks), entry.pieces, entry.is_folded, entry.has_unread)
        if self._known_part is None or self._known_part[0] != state:
            parts = self._parts(spot.entry)
            inside = [each for each in parts[1:] if each.first <= spot.first]
            part = parts[0] if spot.is_message or not inside else inside[-1]
            self._known_part = state, part
        return self._known_part[1]

    def _parts(self, index: int) -> list[Part]:
        self._document.read(index)
        return self._document.entries[index].parts

    def action_move_cursor(self, step: int) -> None:
        """Move the cursor to the next block (1) or the one before (-1); put it on if it is off."""
        spot = self._first_spot(step) if self._spot is None else self._beside(self._spot, step)
        if spot is not None:
            self._point_at(spot)

    def put_cursor(self, entry: int) -> None:
        """Put the cursor on a message."""
        self._point_at(Spot(entry, 0, is_message=True))

    def _first_spot(self, step: int) -> Spot | None:
        """Return where the cursor begins: at the hit, else at an edge of the view.

        That is the lower edge where it is to go up, or where the text follows the end.
        """
        if self._search is not None and self._search.count:
            return Spot(self._search.locate(self._hit)[0], 0, is_message=True)
        entries = self._document.entries
        at_end = step < 0 or self._following
        top, bottom = round(self.scroll_y), round(self.scroll_y) + self.size.height - 1
        here = self._document.locate(bottom if at_end else top).entry
        if not at_end and self._document.find(Place(here, 0, 0)) < top:
            here += self._document.find(Place(here + 1, 0, 0)) <= bottom
        order = (*range(here, -1, -1), *range(here + 1, len(entries)))
        found = next((each for each in order if not self._is_skipped(each)), None)
        return None if found is None else Spot(found, 0, is_message=True)

    def _is_skipped(self, index: int) -> bool:
        entries = self._document.entries
        return index >= len(entries) or entries[index].is_removed

    def _beside(self, spot: Spot, step: int) -> Spot:
        parts, part = self._parts(spot.entry), self._part
        at = (parts.index(part) if part in parts else 0) + step
        if 0 <= at < len(parts):
            return _spot(spot.entry, parts[at])
        end = len(self._document.entries) if step > 0 else -1
        for index in range(spot.entry + step, end, step):
            if not self._is_skipped(index):
                return _spot(index, self._parts(index)[0 if step > 0 else -1])
        return spot

    def _point_at(self, spot: Spot) -> None:
        self._spot = spot
        part = self._part
        whole = part is None or part.shape == "message"
        end = len(self._document.entries[spot.entry].blocks) if whole or not part else part.end
        self._reveal(Place(spot.entry, 0 if whole or not part else part.first, 0), end)
        self._tell()

    def _reveal(self, start: Place, end: int) -> None:
        """Scroll as little as brings an entry's blocks into view, or the first of them."""
        document, height = self._document, self._height
        if not height:
            return
        self._draw_around(start, above=height, below=2 * height)
        top = document.find(start)
        bottom = document.find(Place(start.entry, max(0, end - 1), 1 << 30)) + 1
        now, last = round(self.scroll_y), document.height - self.size.height
        is_above_or_long = top < now or bottom - top >= height
        line = top if is_above_or_long else max(now, bottom - height)
        line = max(0, min(line, last))
        self._following = line >= last
        self._unseen = self._unseen and not self._following
        self._place = document.locate(line)
        self._arrange()

    # What can be done with the block under the cursor.

    @property
    def has_code(self) -> bool:
        """Whether there is code in or under the cursor."""
        return self._code_part() is not None

    @property
    def is_on_code(self) -> bool:
        """Whether the block under the cursor is code."""
        return (part := self._part) is not None and part.shape == "code"

    def _code_part(self) -> tuple[Entry, Part] | None:
        """Return the code nearest to the cursor: under it, else the first in or before it."""
        if (spot := self._spot) is None or (part := self._part) is None:
            return None
        entry, codes = self._document.entries[spot.entry], self._parts(spot.entry)
        codes = [each for each in codes if each.shape == "code"]
        inside = [each for each in codes if part.first <= each.first < part.end]
        before = [each for each in codes if each.first < part.first]
        return (entry, (inside or before[::-1] or codes)[0]) if codes else None

    def read_block(self, entry: int | None = None) -> str:
        """Return the Markdown of the block under the cursor, or of an entry, safe to be printed."""
        if entry is not None:
            return make_safe(self._document.entries[entry].source)
        if self._spot is None or (part := self._part) is None:
            return ""
        shown = self._document.entries[self._spot.entry]
        return read_part(make_safe(shown.source), shown.blocks, part)

    def read_code(self) -> tuple[str, str] | None:
        """Return the language and the text of the code nearest to the cursor; None without any."""
        if (found := self._code_part()) is None:
            return None
        entry, part = found
        return entry.blocks[part.first].note, read_code(make_safe(entry.source), entry.blocks, part)

    # Folds.

    def is_folded(self, entry: int) -> bool:
        """Whether one line stands in an entry's place."""
        return self._document.entries[entry].is_folded

    def action_toggle_fold(self) -> None:
        """Fold or open what the cursor is on, and put the cursor on if it is off."""
        if self._spot is None:
            self.action_move_cursor(-1)
        elif (part := self._part) is not None:
            self._toggle_fold(self._spot.entry, part)

    def _toggle_fold(self, index: int, part: Part) -> None:
        """Fold or open a part; where it begins stays in view."""
        entry = self._document.entries[index]
        if part.shape == "message":
            entry.unfold() if entry.is_folded else entry.fold()
        elif not entry.open:  # its blocks are the same ones from now on
            _toggle_part(entry.blocks[part.first : part.end], part)
        self._document.measure(index)
        self._reveal(Place(index, part.first, 0), part.first + 1)
        self._tell()

    # The search.

    @property
    def searched(self) -> str:
        """The words that are searched for; empty for none."""
        return "" if self._search is None else self._search.words

    @property
    def hit_number(self) -> tuple[int, int]:
        """The number of the hit that is shown, from 1, and how many there are."""
        count = 0 if self._search is None else self._search.count
        return (self._hit + 1 if count else 0), count

    def search(self, words: str, entry: int | None = None) -> None:
        """Search for words and go to a hit: the last one while the text follows the end.

        Otherwise it is the first below the upper edge of the view, or in an entry or below it.
        """
        self._hits_drawn.clear()
        self._hit_block = None
        self._search = Search(words) if words.strip() else None
        if self._search is not None:
            self._search.look(self._document.entries)
            top = self._document.locate(round(self.scroll_y)).entry
            last = max(0, self._search.count - 1)
            is_at_end = self._following and entry is None
            here = top if entry is None else entry
            self._hit = last if is_at_end else self._search.first_from(here)
            self._show_hit()
        self._tell()

    def find_in(self, entry: int, words: str) -> None:
        """Go to where an entry has words, in any order, or else to its beginning."""
        said = make_safe(self._document.entries[entry].source)
        self._arrange()
        self.search(told_apart(words, said), entry)
        if self._search is None:
            self._reveal_line(Place(entry, 0, 0))

    def action_go_to_hit(self, step: int) -> None:
        """Go to the next hit (1) or the one before (-1), at the end from the other end."""
        if self._search is None:
            return
        self._search.look(self._document.entries)
        if self._search.count:
            self._hit = (self._hit + step) % self._search.count
            self._show_hit()
        self._tell()

    def _show_hit(self) -> None:
        """Bring the hit into view; a message that is folded is opened for it."""
        search = self._search
        if search is None or not search.count:
            return
        index, number = search.locate(self._hit)
        entry = self._document.entries[index]
        if entry.is_folded:
            entry.unfold()
            self._document.measure(index)
        self._document.read(index)
        first, rank = search.place(entry, number)
        self._open_part(index, first)
        line = entry.blocks[first].line
        for block in range(first, len(entry.blocks)):
            if entry.blocks[block].line != line:
                break
            hits = self._drawn_hits(index, block)
            if rank < len(hits) or block + 1 == len(entry.blocks):
                break
            rank -= len(hits)
        else:
            block = first
        hits = self._drawn_hits(index, block)
        rank = min(rank, len(hits) - 1)
        self._hit_block = (entry.blocks[block], rank)
        row = hits[rank][0].row if hits else 0
        self._reveal_line(Place(index, block, row))

    def _open_part(self, index: int, block: int) -> None:
        """Open the part of an entry that a block is folded in."""
        entry = self._document.entries[index]
        for part in entry.parts[1:]:
            blocks = entry.blocks[part.first : part.end]
            if part.first <= block < part.end and blocks[0].fold is not None:
                _toggle_part(blocks, part)
                self._document.measure(index)

    def _reveal_line(self, place: Place) -> None:
        """Scroll a line into view, with some of what stands around it."""
        document, height = self._document, self._height
        self._document.measure(place.entry)
        self._draw_around(place, above=height, below=2 * height)
        line, now = document.find(place), round(self.scroll_y)
        last = document.height - self.size.height
        if not now <= line < now + height:
            now = max(0, min(line - height // 3, last))
        self._following = now >= last
        self._unseen = self._unseen and not self._following
        self._place = document.locate(now)
        self._arrange()

    def _drawn_hits(self, index: int, number: int) -> list[list[Span]]:
        """Return where the hits in a block's lines are."""
        self._draw(index, number)
        block = self._document.entries[index].blocks[number]
        rendered = block.rendered
        if self._search is None or rendered is None:
            return []
        known = self._hits_drawn.get(block)
        if known is None or known[0] is not rendered:
            if len(self._hits_drawn) > KEPT_BLOCKS:
                self._hits_drawn.clear()
            known = self._hits_drawn[block] = rendered, self._search.find_drawn(rendered.lines)
        return known[1]

    # Leaving.

    def action_leave(self) -> None:
        """End the search, or else take the cursor off."""
        if self._search is not None:
            self.search("")
        else:
            self._spot = None
            self._tell()
        if self._spot is None:
            self.post_message(self.Left(self))

    def _tell(self) -> None:
        self.refresh()
        self.post_message(self.Browsed(self))

    # Lines.

    def _dress(self, strip: Strip, place: Place) -> Strip:
        strip = super()._dress(strip, place)
        if self._search is not None:
            strip = self._with_hits(strip, place)
        if self._spot is not None and self._is_under_cursor(place):
            strip = self._with_cursor(strip)
        if self.stamp is not None and place == (0, 0, 0):
            strip = self._stamped(strip, 0)  # it has no empty line above
        return strip

    def _with_hits(self, strip: Strip, place: Place) -> Strip:
        here = self._hit_block
        block = self._document.entries[place.entry].blocks[place.block]
        for number, hit in enumerate(self._drawn_hits(place.entry, place.block)):
            is_here = here is not None and here[0] is block and here[1] == number
            style = self._style("hit-here" if is_here else "hit")
            for row, start, end in hit:
                if row == place.line:
                    strip = restyle(strip, start + GUTTER, end + GUTTER, style)
        return strip

    def _is_under_cursor(self, place: Place) -> bool:
        if self._spot is None or place.entry != self._spot.entry:
            return False
        if self._spot.is_message or (part := self._part) is None or part.shape == "message":
            return True
        gap = self._document.entries[place.entry].blocks[part.first].gap
        return part.first <= place.block < part.end and (place.block, place.line) != (
            part.first,
            0 if gap else -1,
        )

    def _with_cursor(self, strip: Strip) -> Strip:
        bar, *others = strip
        look = (bar.style or Style.null()) + self._style("cursor")
        return Strip([Segment(CURSOR_BAR, look), *others], strip.cell_length)

    def _gap_line(self, entry: int) -> Strip:
        strip = super()._gap_line(entry)
        return strip if self.stamp is None else self._stamped(strip, entry)

    def _stamped(self, strip: Strip, entry: int) -> Strip:
        """Return a line with a message's stamp at its right end, if there is room for it."""
        text = self.stamp(entry) if self.stamp is not None else ""
        width = GUTTER + self._document.width
        start = width - cell_len(text)
        taken = cell_len(strip.text.rstrip())
        if not text or start <= taken:
            return strip
        under = next(iter(strip.crop(start, start + 1)))
        stamp = Segment(text, (under.style or Style.null()) + self._style("stamp"))
        return Strip.join([strip.crop(0, start), Strip([stamp]), strip.crop(width, None)])

    # The mouse.

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Remember where a click begins: one that ends elsewhere has selected something."""
        self._pressed_at = event.screen_offset

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where a click was, and open or close what is folded there."""
        meta = event.style.meta
        is_still = self._pressed_at == event.screen_offset and event.chain == 1
        if not is_still or "offset" not in meta or "link" in meta or "below" in meta:
            return
        place = place_of(meta["offset"][1])
        if place.entry >= len(self._document.entries):
            return
        parts = self._parts(place.entry)
        inside = [each for each in parts[1:] if each.first <= place.block < each.end]
        part = inside[-1] if inside else parts[0]
        self._spot = _spot(place.entry, part)
        blocks = self._document.entries[place.entry].blocks
        block = blocks[place.block] if place.block < len(blocks) else None
        if block is not None and (block.shape == "fold" or block.fold):
            self._toggle_fold(place.entry, parts[0] if block.shape == "fold" else part)
        else:
            self._tell()


def _spot(entry: int, part: Part) -> Spot:
    return Spot(entry, part.first, part.shape == "message")


def _toggle_part(blocks: Sequence[Block], part: Part) -> None:
    """Have a part's first block show one line in place of them all, or all of them again."""
    if blocks[0].fold is not None:
        folds: list[str | None] = [None] * len(blocks)
    else:
        lines = sum(block.text.count("\n") + 1 for block in blocks)
        what = blocks[0].note if part.shape == "code" and blocks[0].note else part.shape
        folds = [f"{FOLDED} {what} · {lines:,} lines", *([""] * (len(blocks) - 1))]
    for block, fold in zip(blocks, folds, strict=True):
        block.fold, block.rendered, block.width = fold, None, 0
