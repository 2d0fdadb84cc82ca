"""The list of completions above the draft."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size
from textual.content import Content
from textual.widget import Widget

from harmony_tui.prompt.draft import Draft, visible

MOST_ROWS = 8
LONGEST_LABEL = 30
"""Cells of a label beyond which it is cut where an explanation stands beside it."""


class Offer(NamedTuple):
    """What may be chosen: what the draft is then, and how the row reads."""

    draft: Draft
    label: str
    help: str = ""
    cursor: int | None = None
    """Before which character of the draft the cursor comes; at its end if None."""
    is_sent: bool = False
    """Whether Enter sends the draft at once."""


class Completions(Widget):
    """A few rows, of which one may be chosen; hidden while there is nothing to show."""

    def __init__(self) -> None:
        super().__init__()
        self._offered: Sequence[Offer] = ()
        self._note = ""
        self._row: int | None = None
        self.display = False

    @property
    def is_offering(self) -> bool:
        """Whether there is something to choose from."""
        return bool(self._offered)

    @property
    def chosen(self) -> Offer | None:
        """The row that was chosen."""
        return None if self._row is None else self._offered[self._row]

    @property
    def best(self) -> Offer | None:
        """The row that was chosen, else the first."""
        return self._offered[self._row or 0] if self._offered else None

    def offer(self, offers: Sequence[Offer], note: str = "", *, is_chosen: bool = False) -> None:
        """Show other rows.

        Args:
            offers: the rows.
            note: what is shown where there are none.
            is_chosen: whether the first row is chosen already.
        """
        self._offered = offers
        self._note = visible(note)
        self._row = 0 if offers and is_chosen else None
        self.display = bool(offers or note)
        self.styles.height = min(max(len(offers), 1), MOST_ROWS)
        self.refresh()

    def move(self, rows: int) -> None:
        """Choose a row further down, or up."""
        start = self._row if self._row is not None else (-1 if rows > 0 else 0)
        self._row = (start + rows) % len(self._offered)
        self.refresh()

    def render(self) -> Content:
        """Return the rows around the chosen one."""
        if not self._offered:
            note = Content.assemble(("  ", "$muted"), (self._note, "$muted"))
            return note.truncate(self.content_size.width, ellipsis=True)
        first = max(0, (self._row or 0) - MOST_ROWS + 1)
        shown = self._offered[first : first + MOST_ROWS]
        width = min(max(cell_len(each.label) for each in self._offered), LONGEST_LABEL) + 2
        return Content("\n").join(
            self._render_row(each, width, is_chosen=first + place == self._row)
            for place, each in enumerate(shown)
        )

    def _render_row(self, offer: Offer, width: int, *, is_chosen: bool) -> Content:
        label = visible(offer.label)  # names of files may hold anything
        if offer.help and cell_len(label) > LONGEST_LABEL:  # what follows stands in one column
            label = f"{set_cell_size(label, LONGEST_LABEL - 1).rstrip()}…"
        gap = " " * max(width - cell_len(label), 2)
        return Content.assemble(
            ("▸ " if is_chosen else "  ", "$frame-focus"),
            (label + gap, "$frame-focus bold" if is_chosen else "$foreground"),
            (visible(offer.help), "$muted"),
        ).truncate(self.content_size.width, ellipsis=True)
