"""The list of completions above the draft."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget

if TYPE_CHECKING:
    from harmony_tui.commands.typed import Completion

MOST_ROWS = 8


class Completions(Widget):
    """A few rows, of which one may be chosen; hidden while there is nothing to offer."""

    def __init__(self) -> None:
        super().__init__()
        self._offered: Sequence[Completion] = ()
        self._row: int | None = None
        self.display = False

    @property
    def is_offering(self) -> bool:
        """Whether there is something to choose from."""
        return bool(self._offered)

    @property
    def chosen(self) -> Completion | None:
        """The row that was chosen."""
        return None if self._row is None else self._offered[self._row]

    @property
    def best(self) -> Completion | None:
        """The row that was chosen, else the first."""
        return self._offered[self._row or 0] if self._offered else None

    def offer(self, completions: Sequence[Completion]) -> None:
        """Show other completions, none of them chosen."""
        self._offered = completions
        self._row = None
        self.display = self.is_offering
        self.styles.height = min(len(completions), MOST_ROWS)
        self.refresh()

    def move(self, rows: int) -> None:
        """Choose a row further down, or up."""
        start = self._row if self._row is not None else (-1 if rows > 0 else 0)
        self._row = (start + rows) % len(self._offered)
        self.refresh()

    def render(self) -> Content:
        """Return the rows around the chosen one."""
        first = max(0, (self._row or 0) - MOST_ROWS + 1)
        shown = self._offered[first : first + MOST_ROWS]
        width = max((len(each.label) for each in self._offered), default=0) + 2
        return Content("\n").join(
            self._render_row(each, width, is_chosen=first + place == self._row)
            for place, each in enumerate(shown)
        )

    def _render_row(self, completion: Completion, width: int, *, is_chosen: bool) -> Content:
        return Content.assemble(
            ("▸ " if is_chosen else "  ", "$frame-focus"),
            (completion.label.ljust(width), "$frame-focus bold" if is_chosen else "$foreground"),
            (completion.help, "$muted"),
        ).truncate(self.content_size.width, ellipsis=True)
