"""Where no colours are wanted none is asked for, and what is chosen can be seen all the same."""

from __future__ import annotations

import pytest
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.theme import Theme

from tests.themes.measuring import THEMES, variables
from themes.colourless import MARKING, Colourless


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_only_what_is_chosen_is_reversed(theme: Theme) -> None:
    given = variables(theme)
    colourless = Colourless()
    colourless.learn(given)
    ground = Color.parse(given["background"])

    def drawn(text: str, on: str, how: str = "") -> Style:
        below = ground + Color.parse(given[on])
        style = Style(color=Color.parse(given[text]).rich_color, bgcolor=below.rich_color)
        ((_, plain, _),) = colourless.apply([Segment("text", style + Style.parse(how))], ground)
        assert plain is not None
        assert (plain.color, plain.bgcolor) == (None, None)
        return plain

    for on in ("background", "surface", "panel"):
        assert not drawn("foreground", on, "bold").reverse
    for on in MARKING:
        assert drawn("foreground", on).reverse, on
    assert drawn("foreground", "background", "reverse").reverse
    assert drawn("muted", "background", "bold italic").italic


def test_what_has_no_style_stays_as_it_is() -> None:
    segments = [Segment("text"), Segment("more", Style(reverse=True, underline=True))]
    assert Colourless().apply(segments, Color(0, 0, 0)) == segments
