"""The styles of a transcript's parts, each found out once for a theme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.style import Style

from harmony_tui.transcript.blocks import KINDS

if TYPE_CHECKING:
    from textual.widget import Widget


class Looks:
    """What a widget's style sheet says of its parts, as they are drawn on each other."""

    def __init__(self, widget: Widget) -> None:
        self._widget = widget
        self._styles: dict[str, Style] = {}

    def find(self, name: str) -> Style:
        """Return the style of a part; "ground" is the widget's own."""
        style = self._styles.get(name)
        if style is None:
            style = self._styles[name] = self._read(name)
        return style

    def find_anew(self) -> bool:
        """Forget what was found; tell whether any of it is another one now."""
        before, self._styles = self._styles, {}
        return any(self.find(name) != style for name, style in before.items())

    def _read(self, name: str) -> Style:
        if name == "ground":
            return self._widget.rich_style
        component = f"transcript--{name}"
        blended = self._widget.get_component_rich_style(component)
        if name in KINDS or name == "below":
            return blended
        own = self._widget.get_component_rich_style(component, partial=True)
        colours = Style(
            color=blended.color if own.color else None,
            bgcolor=blended.bgcolor if own.bgcolor else None,
        )
        return own.without_color + colours
