"""Words that are heard, as they stand in the prompt box while more are said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets.text_area import Location

if TYPE_CHECKING:
    from harmony_tui.prompt.area import PromptArea


class Dictation:
    """One utterance in the draft; the person may write around it meanwhile."""

    def __init__(self, area: PromptArea) -> None:
        """Begin at the cursor."""
        self._area = area
        self._start: Location = area.cursor_location
        self._shown = ""
        before = area.get_text_range((0, 0), self._start)
        self._gap = " " if before and not before[-1].isspace() else ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was understood."""
        return not self._shown

    def show(self, text: str) -> None:
        """Have other words stand in place of those before."""
        words = " ".join(text.split())
        words = f"{self._gap}{words}" if words else ""
        if words == self._shown:
            return
        start, end = self._find()
        area = self._area
        was_behind = area.cursor_location == end and area.selection.is_empty
        result = area.replace(words, start, end, maintain_selection_offset=True)
        self._start, self._shown = start, words
        if was_behind:
            area.move_cursor(result.end_location)

    def end(self) -> None:
        """Have all that was said be undone in one step."""
        self._area.history.checkpoint()

    def discard(self) -> None:
        """Take the words out again."""
        self.show("")

    def _find(self) -> tuple[Location, Location]:
        """Return where the words stand that are shown; the cursor's place if they were changed."""
        area, (row, column) = self._area, self._start
        end = (row, column + len(self._shown))
        if row < area.document.line_count and area.get_text_range(self._start, end) == self._shown:
            return self._start, end
        place = area.text.find(self._shown) if self._shown else -1
        if place < 0:
            return area.cursor_location, area.cursor_location
        lines = area.text[:place].split("\n")
        start = (len(lines) - 1, len(lines[-1]))
        return start, (start[0], start[1] + len(self._shown))
