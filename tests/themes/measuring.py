"""What the tests measure colours with, written apart from what the themes are derived with."""

from __future__ import annotations

from textual.color import Color
from textual.theme import Theme

from themes.loader import BUNDLED, load_themes, role_defaults

THEMES, BAD = load_themes(BUNDLED)


def variables(theme: Theme) -> dict[str, str]:
    """Return what the application makes of a theme."""
    return {**role_defaults(theme), **theme.to_color_system().generate(), **theme.variables}


def linear(colour: Color) -> tuple[float, float, float]:
    """Return red, green and blue as amounts of light, from 0 to 1."""
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
        for share in (colour.r / 255, colour.g / 255, colour.b / 255)
    )
    return red, green, blue


def contrast(one: Color, other: Color) -> float:
    """Return the ratio of the relative luminances of two opaque colours."""

    def luminance(colour: Color) -> float:
        red, green, blue = linear(colour)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)
