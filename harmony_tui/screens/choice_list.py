"""A list of which one row is chosen, which its ground does not say alone: not all see colours."""

from __future__ import annotations

from rich.segment import Segment
from textual.strip import Strip
from textual.widgets import OptionList

CHOSEN = "▸"


class ChoiceList(OptionList):
    """Rows whose first cell is blank, or padding: there the chosen one is marked.

    While the keys that choose go elsewhere, nothing is marked.
    """

    def render_line(self, y: int) -> Strip:
        """Draw one line of the part that is in view."""
        strip = super().render_line(y)
        takes_keys = self.has_focus or not self.can_focus
        line = self.scroll_offset.y + y
        # A row may be of several lines.
        if not takes_keys or self._lines[line : line + 1] != [(self.highlighted, 0)]:
            return strip
        style = next((each.style for each in strip), None)
        return Strip.join([Strip([Segment(CHOSEN, style)]), strip.crop(1)])
