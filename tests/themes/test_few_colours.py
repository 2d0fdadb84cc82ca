"""Themes stay readable in terminals with 16 or 256 colours."""

from __future__ import annotations

import pytest
from rich.color import Color as RichColor
from rich.color import ColorSystem
from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

from tests.themes.measuring import THEMES, contrast, variables
from themes.few_colours import OF_16, Palette, fit, nearest, palette_of
from themes.roles import TEXT_ROLES

READABLE = 4.5
GROUNDS = ("background", "surface", "panel", "cursor")
TERMINALS = {"16": "standard", "256": "256"}
SYSTEMS = {"standard": ColorSystem.STANDARD, "256": ColorSystem.EIGHT_BIT}


def shown(colour: str, system: str) -> Color:
    """Return what a terminal makes of a colour, as Rich asks it for it."""
    asked = Color.parse(colour)
    got = RichColor.from_rgb(*asked.rgb).downgrade(SYSTEMS[system])
    if system == "standard":
        assert got.number is not None
        return OF_16[got.number]
    return Color(*got.get_truecolor())


def palette(terminal: str) -> tuple[str, Palette]:
    return TERMINALS[terminal], palette_of(TERMINALS[terminal])


@pytest.mark.parametrize("terminal", TERMINALS)
@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_text_can_be_read(theme: Theme, terminal: str) -> None:
    system, colours = palette(terminal)
    fitted = fit(variables(theme), colours, is_dark=theme.dark)
    poor = {}
    for ground in GROUNDS:
        for text in (*TEXT_ROLES, "foreground", "text-disabled", "footer-key-foreground"):
            ratio = contrast(shown(fitted[text], system), shown(fitted[ground], system))
            if ratio < READABLE:
                poor[text, ground] = ratio
    assert poor == {}
    for ground in ("selection", "input-selection-background", "screen-selection-background"):
        assert contrast(shown(fitted["foreground"], system), shown(fitted[ground], system)) >= 4


@pytest.mark.parametrize("terminal", TERMINALS)
@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_nothing_vanishes_in_the_background(theme: Theme, terminal: str) -> None:
    system, colours = palette(terminal)
    fitted = fit(variables(theme), colours, is_dark=theme.dark)
    ground = shown(fitted["background"], system)
    for name in ("cursor", "selection", "panel", "frame", "frame-focus", "border-blurred"):
        assert shown(fitted[name], system) != ground, name
    for name in ("input-cursor-background", "block-cursor-background", "scrollbar"):
        assert shown(fitted[name], system) != ground, name


@pytest.mark.parametrize("name", BUILTIN_THEMES)
@pytest.mark.parametrize("terminal", TERMINALS)
def test_themes_of_textual_are_not_made_invisible(name: str, terminal: str) -> None:
    theme = BUILTIN_THEMES[name]
    system, colours = palette(terminal)
    fitted = fit(variables(theme), colours, is_dark=theme.dark)
    if theme.ansi:
        assert fitted == variables(theme)
        return
    for ground in GROUNDS:
        assert contrast(shown(fitted["muted"], system), shown(fitted[ground], system)) > 3


def test_sixteen_colours_keep_what_colours_mean() -> None:
    dark = {each.name: each for each in THEMES}["harmony-dark"]
    fitted = fit(variables(dark), palette_of("standard"), is_dark=True)
    assert len({fitted[name] for name in ("user", "analysis", "notice", "tool-done", "final")}) == 5
    assert fitted["background"] == "#000000"
    assert nearest(Color.parse("#e88a86"), OF_16).hex in ("#FF5555", "#AA0000")
    assert nearest(Color.parse("#8e97a6"), OF_16).hex == "#AAAAAA"


def test_terminals_with_all_colours_are_left_alone() -> None:
    assert palette_of("truecolor") == {}
    assert palette_of(None) == {}
    given = {"background": "#123456", "text": "auto 87%", "link-style": "underline"}
    assert fit(given, {}, is_dark=True) == given


def test_what_is_no_colour_stays() -> None:
    given = {"background": "#123456", "foreground": "#ffffff", "text": "auto 87%"}
    given |= {"link-style": "underline", "clear": "transparent"}
    fitted = fit(given, palette_of("standard"), is_dark=True)
    assert {name for name in given if fitted[name] != given[name]} == {"background", "foreground"}
