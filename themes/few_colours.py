"""Themes in terminals that show few colours: what can be read in full colour stays so.

Left to itself the nearest colour of a small palette can be the same for a text and its ground.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Final

from rich.color import Color as RichColor
from rich.color import ColorSystem
from rich.color_triplet import ColorTriplet
from textual.color import Color, ColorParseError

from themes.contrast import BLACK, WHITE, contrast, is_readable

Palette = Mapping[Color, Color]
"""The colours that a terminal shows, and what is asked for to get each; none where it shows all."""

SIXTEEN: Final = 16
OF_16: Final = tuple(
    Color(number >> 16, number >> 8 & 255, number & 255)
    for number in (
        *(0x000000, 0xAA0000, 0x00AA00, 0xAA5500, 0x0000AA, 0xAA00AA, 0x00AAAA, 0xAAAAAA),
        *(0x555555, 0xFF5555, 0x55FF55, 0xFFFF55, 0x5555FF, 0xFF55FF, 0x55FFFF, 0xFFFFFF),
    )
)
"""What Rich takes for a terminal's sixteen colours."""
HUED: Final = 0.03
"""Chroma in OKLab from which on a colour is one that people would name, and no grey."""
RAISED: Final = (
    *("panel", "cursor", "selection", "input-selection-background", "screen-selection-background"),
    *("block-cursor-background", "block-cursor-blurred-background", "block-hover-background"),
)
"""Grounds that have to differ from the screen's, or nobody could see what is chosen."""
STOOD_ON: Final = ("background", "surface", "panel", "cursor")
"""Grounds of text of every role."""
LINES: Final = ("frame", "border-blurred", "scrollbar")
GROUND_WORDS: Final = ("background", "surface", "boost", "corner")
CURSOR: Final = "input-cursor-background"
"""The ground of one letter, in the background's colour: it has to stand out as text does."""


def palette_of(color_system: str | None) -> Palette:
    """Return what a terminal shows.

    Args:
        color_system: as Rich names it; None where there are no colours at all.
    """
    match color_system:
        case "standard" | "windows":
            return {each: each for each in OF_16}
        case "256":
            return _of_256()
        case _:
            return {}


def fit(variables: Mapping[str, str], palette: Palette, *, is_dark: bool) -> dict[str, str]:
    """Return the variables of a style sheet with all colours taken from a palette.

    What is not one colour, such as the name of a text style, stays as it is.
    """
    if not palette:
        return dict(variables)
    below = Color.parse(variables["background"])
    if below.ansi is not None:  # it is in the terminal's own colours already
        return dict(variables)
    colours = {name: below + colour for name, colour in _colours(variables)}
    ground, fitted = _fit_grounds(colours, palette, is_dark=is_dark)
    stood_on = {fitted[name] for name in STOOD_ON if name in fitted}
    texts = tuple(each for each in palette if is_readable(each, stood_on))
    texts = texts or (max(palette, key=lambda each: min(contrast(each, g) for g in stood_on)),)
    for name, colour in colours.items():
        if name in LINES and len(palette) > SIXTEEN:
            fitted[name] = nearest(colour, tuple(each for each in palette if each != ground))
        elif name not in fitted:
            fitted[name] = nearest(colour, texts)
    return {**variables, **{name: palette[colour].hex for name, colour in fitted.items()}}


def _fit_grounds(
    colours: dict[str, Color], palette: Palette, *, is_dark: bool
) -> tuple[Color, dict[str, Color]]:
    """Return the ground of the screen, and all grounds by their variables."""
    if len(palette) > SIXTEEN:
        ground = nearest(colours["background"], tuple(palette))
        others = tuple(each for each in palette if each != ground)
    else:
        ground = BLACK if is_dark else WHITE
        texts = [each for each in palette if is_readable(each, [ground])]
        # One other ground is enough: that on which most can be read.
        others = (
            max(
                (each for each in palette if each != ground),
                key=lambda each: sum(is_readable(text, [each]) for text in texts),
            ),
        )
    text = nearest(colours["foreground"], tuple(c for c in palette if is_readable(c, [ground])))
    raised = tuple(each for each in others if is_readable(text, [each])) or others
    fitted: dict[str, Color] = {}
    for name, colour in colours.items():
        if name.startswith(RAISED):
            fitted[name] = nearest(colour, raised)
        elif name != CURSOR and any(word in name for word in GROUND_WORDS):
            fitted[name] = nearest(colour, tuple(palette)) if len(palette) > SIXTEEN else ground
    return ground, fitted


@lru_cache(4096)
def nearest(colour: Color, candidates: tuple[Color, ...]) -> Color:
    """Return the one of some colours that looks most like another.

    Where there are few, the hue counts most: a pale red is a red, not a grey.
    """
    lightness, a, b = _oklab(colour)
    if len(candidates) > SIXTEEN:
        return min(candidates, key=lambda each: math.dist((lightness, a, b), _oklab(each)))
    is_hued = math.hypot(a, b) > HUED
    alike = [each for each in candidates if (math.hypot(*_oklab(each)[1:]) > HUED) == is_hued]

    def difference(each: Color) -> float:
        its_lightness, its_a, its_b = _oklab(each)
        turn = abs(math.atan2(b, a) - math.atan2(its_b, its_a)) if is_hued else 0.0
        return min(turn, math.tau - turn) + abs(lightness - its_lightness)

    return min(alike or candidates, key=difference)


def _colours(variables: Mapping[str, str]) -> Iterable[tuple[str, Color]]:
    """Give the variables that are one colour, if a translucent one."""
    for name, text in variables.items():
        try:
            colour = Color.parse(text)
        except ColorParseError:
            continue
        if colour.a > 0 and colour.ansi is None and not colour.auto:
            yield name, colour


@cache
def _of_256() -> Palette:
    """Return the 256 colours without the first 16, which are whatever the person made of them."""
    levels = (0, *range(95, 256, 40))
    cube = (ColorTriplet(red, green, blue) for red in levels for green in levels for blue in levels)
    # Rich takes each grey to the nearest of 26, black and white among them.
    greys = (ColorTriplet(n, n, n) for n in (round(step * 10.2) for step in range(26)))
    return {_shown_in_256(asked): Color(*asked) for asked in (*cube, *greys)}


def _shown_in_256(asked: ColorTriplet) -> Color:
    shown = RichColor.from_triplet(asked).downgrade(ColorSystem.EIGHT_BIT)
    return Color(*shown.get_truecolor())


@cache
def _oklab(colour: Color) -> tuple[float, float, float]:
    """Return lightness, green to red, and blue to yellow, as Björn Ottosson's OKLab has them."""
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
        for share in (colour.r / 255, colour.g / 255, colour.b / 255)
    )
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )
