"""What a transcript shows while it has no entries."""

from __future__ import annotations

from rich.console import Console, RenderableType
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.strip import Strip


class Placeholder:
    """Stands in the middle of the view, line by line, drawn once for all its lines."""

    def __init__(self, renderable: RenderableType | None, indent: int) -> None:
        """Show nothing where there is no renderable; ``indent`` is in cells."""
        self.renderable = renderable
        self._indent = indent
        self._drawn: tuple[object, Size, Style, list[list[Segment]]] | None = None
        """What was drawn last, how large, on which ground, and its lines."""

    def line(self, number: int, size: Size, width: int, ground: Style, console: Console) -> Strip:
        """Return a line of a view.

        Args:
            number: the line's, from the top.
            size: the view's.
            width: cells that text may take.
            ground: the style of what stands behind it.
            console: draws the renderable.
        """
        rows = self._rows(Size(width, size.height), ground, console)
        top = max(0, (size.height - len(rows)) // 2)
        if not top <= number < top + len(rows):
            return Strip.blank(size.width, ground)
        line = Strip([Segment(" " * self._indent, ground), *rows[number - top]])
        return line.adjust_cell_length(size.width, ground)

    def _rows(self, size: Size, ground: Style, console: Console) -> list[list[Segment]]:
        if self.renderable is None:
            return []
        drawn = self._drawn
        if drawn is None or drawn[0] is not self.renderable or drawn[1:3] != (size, ground):
            options = console.options.update_dimensions(*size)
            rows = console.render_lines(self.renderable, options, style=ground, pad=False)
            drawn = self._drawn = (self.renderable, size, ground, rows)
        return drawn[3]
