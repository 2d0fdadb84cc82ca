"""A transcript in which blocks are selected with the keyboard, from the cursor on."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.binding import Binding, BindingType
from textual.geometry import Offset
from textual.selection import Selection

from harmony_tui.transcript.browsing import BrowsableTranscript, Spot
from harmony_tui.transcript.lines import block_ends


class SelectingTranscript(BrowsableTranscript):
    """A browsable transcript; what is selected is read and copied in place of the marked block."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("J,shift+down", "select(1)", "Select on", show=False, id="select-below"),
        Binding("K,shift+up", "select(-1)", "Select back", show=False, id="select-above"),
    ]

    def __init__(self, *arguments: Any, **options: Any) -> None:
        """Create a transcript; see `Transcript`."""
        super().__init__(*arguments, **options)
        self._anchor: Spot | None = None
        """Where the selection begins that the keyboard has made."""

    def action_select(self, step: int) -> None:
        """Select the block under the cursor, and from then on the next ones (1) or those before.

        Whole messages are selected if it began at one, else the parts that messages have.
        """
        if self.cursor is None:
            super().action_move_cursor(step)
            self._anchor = self._spot
        elif self._anchor is None or self.text_selection is None:
            self._anchor = self._spot
        elif self._spot is not None:
            self._point_at(self._after(self._spot, step, by_message=self._anchor.is_message))
        self._select()

    def _after(self, spot: Spot, step: int, *, by_message: bool) -> Spot:
        if not by_message:
            return self._beside(spot, step)
        end = len(self._document.entries) if step > 0 else -1
        entries = range(spot.entry + step, end, step)
        messages = (
            Spot(each, 0, is_message=True) for each in entries if not self._is_skipped(each)
        )
        return next(messages, spot)

    def _select(self) -> None:
        if self._anchor is None or self._spot is None:
            return
        ends = sorted((*self._ends(self._anchor), *self._ends(self._spot)))
        selection = Selection(Offset(0, ends[0]), Offset(0, ends[-1]))
        self.screen.selections = {self: selection}

    def _ends(self, spot: Spot) -> tuple[int, int]:
        """Return the keys of the first and the last line that a spot has."""
        parts = self._parts(spot.entry)
        part = parts[0]
        if not spot.is_message:
            part = next((each for each in parts[1:] if each.first == spot.first), part)
        first = 0 if part is parts[0] else part.first
        blocks = len(self._document.entries[spot.entry].blocks)
        last = blocks if part is parts[0] else part.end
        return block_ends(spot.entry, first)[0], block_ends(spot.entry, max(first, last - 1))[1]

    def action_move_cursor(self, step: int) -> None:
        """Move the cursor; what was selected with the keyboard is so no more."""
        self._end_selection()
        super().action_move_cursor(step)

    def action_leave(self) -> None:
        """End the search, or take cursor and selection off."""
        self._end_selection()
        super().action_leave()

    def _end_selection(self) -> None:
        if self._anchor is not None:
            self._anchor = None
            self.screen.clear_selection()

    @property
    def is_on_code(self) -> bool:
        """Whether the block under the cursor is code, and nothing else is selected."""
        return self._selected_text_here is None and super().is_on_code

    def clear(self) -> None:
        """Forget all entries, and what was selected."""
        self._anchor = None
        super().clear()

    def read_block(self, entry: int | None = None) -> str:
        """Return what the keyboard has selected, as it is shown; else see `BrowsableTranscript`."""
        selected = self._selected_text_here if entry is None else None
        return super().read_block(entry) if selected is None else selected

    @property
    def _selected_text_here(self) -> str | None:
        """What the keyboard has selected; None where it has not."""
        selection = self.text_selection
        if self._anchor is None or selection is None:
            return None
        selected = self.get_selection(selection)
        return None if selected is None else selected[0]
