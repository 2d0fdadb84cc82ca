"""How well text can be read on a ground, and colours chosen so that it can.

Contrast is that of the W3C's Web Content Accessibility Guidelines 2.2, 1.4.3.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from functools import cache

from textual.color import Color

READABLE = 4.5
"""Least contrast of text with what it stands on."""
STEP = 0.02
"""Colours are moved in such parts of the way, small enough that nobody sees a single step."""
BLACK, WHITE = Color(0, 0, 0), Color(255, 255, 255)


@cache
def luminance(colour: Color) -> float:
    """Return the relative luminance of an opaque colour, from 0 to 1."""
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
        for share in (colour.r / 255, colour.g / 255, colour.b / 255)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Color, other: Color) -> float:
    """Return the contrast of two opaque colours, from 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def is_readable(text: Color, grounds: Iterable[Color]) -> bool:
    """Return whether text of a colour can be read on all of some grounds."""
    return all(contrast(text, ground) >= READABLE for ground in grounds)


def make_readable(text: Color, grounds: Iterable[Color]) -> Color:
    """Return the colour nearest to one in which text can be read on all of some grounds.

    It goes towards white or black, whichever stands out more; where grounds leave no colour that
    can be read on all of them, that is what it comes to.
    """
    grounds = tuple(grounds)
    if is_readable(text, grounds):
        return text
    end = max((WHITE, BLACK), key=lambda each: min(contrast(each, ground) for ground in grounds))
    steps = range(1, round(1 / STEP))
    first = bisect_left(steps, True, key=lambda n: is_readable(text.blend(end, n * STEP), grounds))
    return text.blend(end, steps[first] * STEP) if first < len(steps) else end


def strongest_ground(ground: Color, tint: Color, most: float, texts: Iterable[Color]) -> Color:
    """Return a ground, tinted as much as leaves all of some texts readable.

    Args:
        ground: what is tinted.
        tint: the colour it goes towards.
        most: the largest part of the way, from 0 to 1.
        texts: the colours of the texts that stand on it.
    """
    texts = tuple(texts)
    steps = (ground.blend(tint, step * STEP) for step in range(round(most / STEP), 0, -1))
    return next((each for each in steps if is_readable(each, texts)), ground)
