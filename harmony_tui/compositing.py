"""Draws what changed on the screen, and no more.

Textual's own compositor asks every widget of the screen for all its lines whenever a single one
has changed, while text streams many times in a second. What is touched of its inside is touched
here alone.
"""

from __future__ import annotations

from collections.abc import Iterable

from textual._compositor import ChopsUpdate, Compositor
from textual.geometry import Region
from textual.strip import Strip


class SparingCompositor(Compositor):
    """Asks only the widgets that a change touches, and those for the lines from its first on."""

    _changed: frozenset[Region] = frozenset()
    """What is drawn anew; nothing while the whole screen is."""

    def render_partial_update(self) -> ChopsUpdate | None:
        """Return what is to be written to the terminal; None if nothing has changed."""
        self._changed = frozenset(self._dirty_regions)
        try:
            return super().render_partial_update()
        finally:
            self._changed = frozenset()

    def _get_renders(
        self, crop: Region | None = None
    ) -> Iterable[tuple[Region, Region, list[Strip]]]:
        if not self._changed:
            yield from super()._get_renders(crop)
            return
        for widget, (region, clip) in self.visible_widgets.items():
            shown = region.intersection(clip)
            touched = [part for each in self._changed if (part := shown.intersection(each))]
            if touched:
                top = min(part.y for part in touched)
                lines = max(part.bottom for part in touched) - top
                part = Region(shown.x, top, shown.width, lines)
                yield part, clip, widget.render_lines(part.translate(-region.offset))
