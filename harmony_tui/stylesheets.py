"""Makes Textual's stylesheets cheaper; what is touched of their inside is touched here alone."""

from __future__ import annotations

from pathlib import Path

from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

OTHER_SCREENS = (
    *("settings", "tokens", "compare", "sessions", "themes"),
    *("models", "log", "call", "microphone"),
)
"""Screens that nobody sees first."""
KEPT_SOURCES = 512
"""More than there are: Textual keeps the rules of 64, and with one more it keeps none in time."""


def quicken(stylesheet: Stylesheet) -> None:
    """Have widgets find their rules sooner, and a source be read once for each theme.

    A rule set is equal to itself alone, which Textual says in Python. It asks every one whenever a
    widget is styled: 300 of them, for 500 widgets and parts of widgets at each change of the theme.
    """
    RuleSet.__hash__ = object.__hash__  # type: ignore[method-assign]
    stylesheet._parse_cache.grow(KEPT_SOURCES)


def read_other_screens(stylesheet: Stylesheet) -> None:
    """Read the styles of screens that are not shown at the start, which does not wait for it.

    A screen that opens before has its own read then, and everything is styled anew for it.
    """
    folder = Path(__file__).parent / "screens"
    stylesheet.read_all([folder / f"{name}.tcss" for name in OTHER_SCREENS])
    stylesheet.parse()  # else the next widget is styled by an index of the rules before
