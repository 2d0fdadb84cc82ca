"""The list of a turn's tokens, round by round: only the lines on the screen are ever drawn."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Final

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from engine.events import Origin, TokenSampled
from harmony_tui.transcript.characters import make_safe
from harmony_tui.transcript.wrapping import wrap
from harmony_tui.turn_tokens import TurnTokens

EMPTY: Final = (
    "No tokens yet. Ask something: what the model reads and what it samples "
    "then stands here, token by token, as it is."
)
UNKNOWN: Final = (
    "The tokens of this turn are not known: it has no answer, it was "
    "imported, or a model of another format gave it."
)
ORIGINS: Final[dict[Origin, str]] = {
    "sampled": "sampled",
    "drafted": "drafted",
    "forced": "forced",
    "person": "yours",
}
"""How a token came about, as the list says it."""
ORIGIN_WIDTH: Final = 10
ROOM_FOR_ORIGIN: Final = 56
"""Cells from which on a line says how its token came about."""
ROOM_FOR_ID: Final = 36
"""Cells from which on a line gives its token's id."""
NUMBER_WIDTH: Final = 7
ID_WIDTH: Final = 8
PROBABILITY_WIDTH: Final = 9
LIKELY: Final = 0.5
RARE: Final = 0.1

_SPACES: Final = {" ": "·", "\n": "↵", "\t": "⇥", "\r": "␍"}


def spell_visibly(text: str) -> Iterator[tuple[str, bool]]:
    """Give a token's text in pieces, safe and on one line, and whether each stands for a space."""
    for piece in re.split(r"(\s)", text):
        if piece.isspace():
            yield _SPACES.get(piece, f"⟨{ord(piece):02X}⟩"), True
        elif piece:
            yield make_safe(piece), False


def show_probability(logprob: float) -> str:
    """Return the probability of a natural logarithm in per cent."""
    share = math.exp(logprob) * 100
    return f"{share:.1f} %" if share >= 0.05 else "<0.1 %"


@dataclass(frozen=True, slots=True)
class Section:
    """A round's prompt or completion, as lines: one that names it, and one for each token."""

    round: int
    is_prompt: bool
    tokens: tuple[int, ...]
    first: int
    """The number of its first token."""
    top: int
    """The line that names it."""
    is_open: bool

    @property
    def bottom(self) -> int:
        """The line after its last."""
        return self.top + 1 + (len(self.tokens) if self.is_open else 0)


@dataclass(frozen=True, slots=True)
class Row:
    """One token of the list."""

    section: Section
    number: int
    """In a prompt its place there; in a completion its number among the turn's sampled tokens."""
    token: int
    told: TokenSampled | None


class TokenList(ScrollView, can_focus=True):
    """Lines of tokens with a cursor. Prompts are folded until they are opened."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"token-list--{name}"
        for name in (
            *("cursor", "section", "number", "text", "space", "control"),
            *("likely", "unlikely", "rare", "origin", "forced", "yours", "empty"),
        )
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "Up", show=False),
        Binding("down,j", "move(1)", "Down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("home,g", "first", "First", show=False),
        Binding("end,G", "last", "Last", show=False),
        Binding("space", "fold", "Fold", show=False),
        Binding("enter,right,l", "enter", "Open", show=False),
        Binding("left,h", "close", "Close", show=False),
    ]

    class Moved(Message):
        """The cursor stands on another line, or there is more to say of this one."""

    class Entered(Message):
        """The person wants to choose among what could stand in the token's place."""

    def __init__(self, tokens: TurnTokens) -> None:
        super().__init__()
        self._tokens = tokens
        self._toggled: set[tuple[int, bool]] = set()
        """Which sections the person has opened or folded."""
        self._sections: list[Section] = []
        self._tops: list[int] = []
        self._cursor = 0
        self._styles: dict[str, Style] = {}
        self._empty = EMPTY
        self._arrange()
        self._cursor = self._first_sampled()

    # --- what is in it -------------------------------------------------------------------------

    @property
    def tokens(self) -> TurnTokens:
        """What is listed."""
        return self._tokens

    @tokens.setter
    def tokens(self, tokens: TurnTokens) -> None:
        was_awaited = not self._tokens.sampled
        self._tokens = tokens
        self._arrange()
        self.move_to(self._first_sampled() if was_awaited and tokens.sampled else self._cursor)

    def list_anew(self, tokens: TurnTokens, empty: str = UNKNOWN) -> None:
        """List another turn, from its first sampled token on; say something if it has none."""
        self._toggled.clear()
        self._empty = empty
        self.tokens = tokens
        self.move_to(self._first_sampled())

    def _first_sampled(self) -> int:
        return next((each.top + 1 for each in self._sections if not each.is_prompt), 0)

    @property
    def section(self) -> Section | None:
        """The section that the cursor stands in."""
        return self._section_at(self._cursor)

    @property
    def row(self) -> Row | None:
        """The token that the cursor stands on."""
        return self._row_at(self._cursor)

    @property
    def line_count(self) -> int:
        """How many lines there are."""
        return self._sections[-1].bottom if self._sections else 0

    def _arrange(self) -> None:
        self._sections = []
        number = 0
        for index, each in enumerate(self._tokens.rounds):
            self._add(index, True, each.prompt, 0)
            self._add(index, False, each.completion, number)
            number += len(each.completion)
        self._tops = [section.top for section in self._sections]
        self.virtual_size = Size(0, self.line_count)

    def _add(self, index: int, is_prompt: bool, tokens: tuple[int, ...], first: int) -> None:
        is_open = is_prompt is ((index, is_prompt) in self._toggled)
        section = Section(index, is_prompt, tokens, first, self.line_count, is_open)
        self._sections.append(section)

    def _section_at(self, line: int) -> Section | None:
        if not 0 <= line < self.line_count:
            return None
        return self._sections[bisect_right(self._tops, line) - 1]

    def _row_at(self, line: int) -> Row | None:
        section = self._section_at(line)
        if section is None or line == section.top:
            return None
        place = line - section.top - 1
        number, token = section.first + place, section.tokens[place]
        told = None if section.is_prompt else self._tokens.find_told(number)
        # What was told may be older than the list by a moment.
        return Row(section, number, token, told if told and told.token == token else None)

    # --- moving --------------------------------------------------------------------------------

    def move_to(self, line: int) -> None:
        """Put the cursor on a line, or the nearest there is, and bring it into view."""
        self._cursor = max(0, min(line, self.line_count - 1))
        top, height = self.scroll_offset.y, self.size.height
        if height and not top <= self._cursor < top + height:
            above = self._cursor if self._cursor < top else self._cursor - height + 1
            self.scroll_to(y=above, animate=False, immediate=True)
        self.refresh()
        self.post_message(self.Moved())

    def action_move(self, lines: int) -> None:
        """Go some lines down."""
        self.move_to(self._cursor + lines)

    def action_page(self, pages: int) -> None:
        """Go some pages down."""
        self.move_to(self._cursor + pages * max(1, self.size.height - 1))

    def action_first(self) -> None:
        """Go to the first line."""
        self.move_to(0)

    def action_last(self) -> None:
        """Go to the last line."""
        self.move_to(self.line_count - 1)

    def action_fold(self) -> None:
        """Open or fold the section that the cursor stands in."""
        if (section := self.section) is not None:
            self._toggled ^= {(section.round, section.is_prompt)}
            self._arrange()
            self.move_to(section.top)

    def action_enter(self) -> None:
        """Open a section, or go to what could stand in a token's place."""
        section = self.section
        if self.row is not None:
            self.post_message(self.Entered())
        elif section is not None and not section.is_open:
            self.action_fold()

    def action_close(self) -> None:
        """Go to the line that names the section; from there, fold it."""
        section = self.section
        if section is None:
            return
        if self.row is not None:
            self.move_to(section.top)
        elif section.is_open:
            self.action_fold()

    def on_click(self, event: events.Click) -> None:
        """A click chooses a line; one on the name of a section opens or folds it."""
        line = self.scroll_offset.y + event.y
        if (section := self._section_at(line)) is not None:
            self.move_to(line)
            if line == section.top:
                self.action_fold()

    # --- drawing -------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """Return one line of the view."""
        width = self.size.width
        line = self.scroll_offset.y + y
        ground = self.rich_style
        if not self._sections:
            return self._empty_line(y).adjust_cell_length(width, ground)
        section = self._section_at(line)
        if section is None:
            return Strip.blank(width, ground)
        row = self._row_at(line)
        if row is None:
            segments = [Segment(_name(section), self._style("section"))]
        else:
            segments = list(self._cells(row, width))
        if line == self._cursor:
            ground = ground + self._style("cursor")
        strip = Strip(segments).adjust_cell_length(width)
        return strip.apply_style(ground)

    def _cells(self, row: Row, width: int) -> Iterator[Segment]:
        """Give a token's columns: number, probability and text; id and origin where they fit."""
        number = self._style("number")
        yield Segment(f"{row.number:,}".rjust(NUMBER_WIDTH), number)
        left = width - NUMBER_WIDTH - PROBABILITY_WIDTH - 2
        if width >= ROOM_FOR_ID:
            yield Segment(f"{row.token}".rjust(ID_WIDTH), number)
            left -= ID_WIDTH
        told = row.told
        if told is not None and told.logprob is not None:
            share = math.exp(told.logprob)
            style = "likely" if share >= LIKELY else "unlikely" if share >= RARE else "rare"
            shown = show_probability(told.logprob).rjust(PROBABILITY_WIDTH)
            yield Segment(shown, self._style(style))
        else:
            yield Segment(" " * PROBABILITY_WIDTH)
        if width >= ROOM_FOR_ORIGIN:
            origin = ORIGINS[told.origin] if told is not None else ""
            style = origin if origin in ("forced", "yours") else "origin"
            yield Segment("  " + origin.ljust(ORIGIN_WIDTH - 2), self._style(style))
            left -= ORIGIN_WIDTH
        yield Segment("  ")
        yield from self._text(row, left)

    def _text(self, row: Row, width: int) -> Iterator[Segment]:
        text = self._tokens.spell((row.token,))
        is_control = row.token in self._tokens.control_tokens
        plain = self._style("control" if is_control else "text")
        left = width
        for piece, is_space in spell_visibly(text):
            style = self._style("space") if is_space else plain
            length = cell_len(piece)
            if length >= left:
                yield Segment(set_cell_size(piece, max(0, left - 2)) + "… "[: max(0, left)], style)
                return
            yield Segment(piece, style)
            left -= length

    def _empty_line(self, y: int) -> Strip:
        lines = [self._empty[cut.start : cut.end] for cut in wrap(self._empty, self.size.width)]
        top = max(0, (self.size.height - len(lines)) // 2)
        if not top <= y < top + len(lines):
            return Strip([])
        text = lines[y - top].center(self.size.width)
        return Strip([Segment(text, self.rich_style + self._style("empty"))])

    def _style(self, name: str) -> Style:
        """Return what a component adds to the line's own style."""
        style = self._styles.get(name)
        if style is None:
            component = f"token-list--{name}"
            style = self._styles[name] = self.get_component_rich_style(component, partial=True)
        return style

    def notify_style_update(self) -> None:
        """Take up the theme's colours again."""
        super().notify_style_update()
        self._styles = {}


def _name(section: Section) -> str:
    mark = "▾" if section.is_open else "▸"
    what = "prompt" if section.is_prompt else "completion"
    count = len(section.tokens)
    tokens = "token" if count == 1 else "tokens"
    return f"{mark} Round {section.round + 1} · {what} · {count:,} {tokens}"
