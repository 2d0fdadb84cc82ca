"""What a tool call that waits for the person's word would do, all of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual.strip import Strip

from harmony_tui.panes.approval_diff import (
    Columns,
    columns_of,
    is_small,
    name_change,
    side_by_side,
    unified,
)
from harmony_tui.panes.tool_call import fenced, present
from harmony_tui.transcript.document import Place
from harmony_tui.transcript.lines import restyle
from harmony_tui.transcript.view import GUTTER, MARGIN, Transcript

if TYPE_CHECKING:
    from engine.events import ToolCallRequested

BESIDE: Final = 96
"""Cells from which on the versions of a file stand side by side."""
EDGES: Final = 2
"""Cells of a line of code that are its ground's."""


class Question(Transcript):
    """The arguments of a call, or what would become of files; it takes no focus of its own."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"transcript--removed", "transcript--added"}

    def __init__(self, fit: Callable[[], None], **options: Any) -> None:
        """Create an empty one; ``fit`` is called when it may need another height."""
        super().__init__(**options)
        self.can_focus = False
        self._fit = fit
        self._request: ToolCallRequested | None = None
        self._columns: dict[int, Columns] = {}
        """Of the entries that stand side by side."""
        self._laid_out_at = 0

    @property
    def lines(self) -> int:
        """How many lines there are."""
        return self._document.height

    @property
    def _text_width(self) -> int:
        # Two versions side by side may take all the room that there is. Before there is any, what
        # is asked about is laid out all the same: nothing of the question before may be left.
        return max(1, (self.size.width or self.app.size.width) - GUTTER - MARGIN)

    def ask(self, request: ToolCallRequested) -> None:
        """Show another call."""
        self._request = request
        self._lay_out()

    def on_resize(self) -> None:
        """Lay out for the new width."""
        if self._text_width != self._laid_out_at:
            self._lay_out()
        super().on_resize()
        self._fit()

    def _lay_out(self) -> None:
        request = self._request
        if request is None:
            return
        self._laid_out_at = self._text_width
        self.clear()
        self._columns.clear()
        changes = request.changes
        if changes and is_small(changes):
            for change in changes:
                entry = self.begin("final", name_change(change))
                if self._text_width >= BESIDE:
                    columns = columns_of(change, self._text_width - EDGES)
                    self._columns[entry] = columns
                    self._put(entry, "\n".join(side_by_side(change, columns)), "")
                else:
                    self._put(entry, unified(change), "diff")
        else:
            shown = present(request.recipient, request.arguments)
            self._put(self.begin("final"), shown.text or "no arguments", shown.language)
        self.scroll_home(animate=False)
        self._following = False
        self._arrange()
        self._fit()

    def _put(self, entry: int, text: str, language: str) -> None:
        """Fill an entry with text as code, whatever is in it."""
        self.append(entry, fenced(text, language))
        self.finish(entry)

    # Lines.

    def _dress(self, strip: Strip, place: Place) -> Strip:
        columns = self._columns.get(place.entry)
        block = self._document.entries[place.entry].blocks[place.block]
        if columns is not None and block.shape == "code":
            strip = self._coloured(strip, columns)
        return super()._dress(strip, place)

    def _coloured(self, strip: Strip, columns: Columns) -> Strip:
        """Return a line of a comparison with what goes and what comes in their colours."""
        begin = GUTTER + 1
        middle = begin + columns.right
        sides = [
            strip.crop(0, begin),
            strip.crop(begin, begin + columns.half),
            strip.crop(begin + columns.half, middle),
            strip.crop(middle, None),
        ]
        for side, sign, name in ((1, "-", "removed"), (3, "+", "added")):
            if sides[side].text[columns.number + 1 : columns.number + 2] == sign:
                length = len(sides[side].text)
                sides[side] = restyle(sides[side], 0, length, self._style(name))
        return Strip.join(sides)
