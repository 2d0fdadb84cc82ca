"""Drawing where the person wants no colours: no sequence asks the terminal for one.

What is chosen or marked stands on a ground of its own in colour; it is reversed here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Final

from rich.segment import Segment
from rich.style import Style
from textual.color import Color, ColorParseError
from textual.filter import LineFilter

from themes.contrast import contrast

MARKING: Final = (
    *("cursor", "selection", "input-selection-background", "screen-selection-background"),
    *("block-cursor-background", "block-cursor-blurred-background", "input-cursor-background"),
)
"""Grounds by which something is marked, by their variables."""
GROUNDS: Final = ("background", "surface", "panel")
"""What a translucent one may lie on."""
STANDS_OUT: Final = 3.0
"""Contrast of a ground with the screen's from which on it is there to be seen, as a button's is."""


class Colourless(LineFilter):
    """Leaves of all styles what is no colour."""

    def __init__(self) -> None:
        super().__init__()
        self._marking: frozenset[Color] = frozenset()
        self._styles: dict[tuple[Style, Color], Style] = {}

    def learn(self, variables: Mapping[str, str]) -> None:
        """Go by the grounds of another theme."""
        grounds, marks = _colours(GROUNDS, variables), _colours(MARKING, variables)
        self._marking = frozenset(_solid(on + mark) for on in grounds for mark in marks)
        self._marking -= frozenset(map(_solid, grounds))
        self._styles.clear()

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return a line without colours."""
        return [
            Segment(text, None if style is None else self._plain(style, background), control)
            for text, style, control in segments
        ]

    def _plain(self, style: Style, background: Color) -> Style:
        key = (style, background)
        if key not in self._styles:
            self._styles[key] = Style(
                bold=style.bold,
                dim=style.dim,
                italic=style.italic,
                underline=style.underline,
                blink=style.blink,
                strike=style.strike,
                link=style.link,
                reverse=self._is_marked(style, background),
            )
        return self._styles[key]

    def _is_marked(self, style: Style, background: Color) -> bool:
        colour = style.color if style.reverse else style.bgcolor
        if colour is None or colour.is_default:
            return bool(style.reverse)
        ground = Color.from_rich_color(colour)
        return _solid(ground) in self._marking or contrast(ground, background) >= STANDS_OUT


def _colours(names: Sequence[str], variables: Mapping[str, str]) -> list[Color]:
    """Return the colours of variables, as far as they are of no terminal's own."""
    found = []
    for name in names:
        with suppress(ColorParseError):
            found.append(Color.parse(variables.get(name, "")))
    return [each for each in found if not each.auto and each.ansi is None]


def _solid(colour: Color) -> Color:
    return Color(colour.r, colour.g, colour.b)
