"""A list of which one row is chosen, which its ground does not say alone: not all see colours."""

from __future__ import annotations

from rich.segment import Segment
from textual.strip import Strip
from textual.widgets import OptionList

CHOSEN = "▸"


class ChoiceList(OptionList):
    """Rows of one line whose first cell is blank: there the chosen one is marked.

    While the keys that choose go elsewhere, nothing is marked.
    """

    def render_line(self, y: int) -> Strip:
        """Draw one line of the part that is in view."""
        strip = super().render_line(y)
        first = next(iter(strip), None)
        style = first.style if first is not None else None
        takes_keys = self.has_focus or not self.can_focus
        if not takes_keys or style is None or style.meta.get("option") != self.highlighted:
            return strip
        return Strip.join([Strip([Segment(CHOSEN, style)]), strip.crop(1)])
