"""Makes Textual's stylesheets cheaper; what is touched of their inside is touched here alone."""

from __future__ import annotations

from collections.abc import Set
from pathlib import Path
from typing import Any

from textual.cache import LRUCache
from textual.css.model import RuleSet
from textual.css.styles import RenderStyles
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode

UNSEEN_AT_FIRST = (
    *("panes/approval", "panes/tokens", "prompt/queue", "voice/voice"),
    *("screens/settings", "screens/compare", "screens/sessions"),
    *("screens/themes", "screens/models", "screens/log", "screens/call", "screens/microphone"),
)
"""Style sheets of what the first frame does not show."""
KEPT_SOURCES = 512
"""More than there are: Textual keeps the rules of 64, and with one more it keeps none in time."""

KEPT_THEMES = 4
"""Themes whose rules are kept for when they come back, as while one looks for the best."""


class SparingStylesheet(Stylesheet):
    """Has widgets find their rules sooner, and reads a source once for each theme.

    The parts of a widget are styled when they are first drawn: a transcript has fifty, of which an
    empty one shows two.
    """

    def __init__(self, *, variables: dict[str, str]) -> None:
        super().__init__(variables=variables)
        # A rule set is equal to itself alone, which Textual says in Python. It asks every one
        # whenever a widget is styled: 300 of them, for 500 widgets at each change of the theme.
        RuleSet.__hash__ = object.__hash__  # type: ignore[method-assign]
        self._parse_cache.grow(KEPT_SOURCES)
        self._read: LRUCache[tuple[tuple[str, str], ...], Any] = LRUCache(KEPT_THEMES)
        """What was read of all sources, by the theme's variables."""

    def set_variables(self, variables: dict[str, str]) -> None:
        """Use the variables of a theme, and what was read with them before."""
        self._parse_cache = type(self._parse_cache)(KEPT_SOURCES)
        super().set_variables(variables)
        theme = tuple(sorted(variables.items()))
        if theme in self._read:
            self._parse_cache = self._read[theme]
        else:
            self._read[theme] = self._parse_cache

    def reparse(self) -> None:
        """Apply the variables; of sources that are wrong the rules stay as they were."""
        self.parse()

    def _process_component_classes(self, node: DOMNode) -> None:
        names = node._get_component_classes()
        if not names:
            return
        before, styles = node._component_styles, _PartStyles(self, node, names)
        node._component_styles = styles
        if any(styles[name] != style for name, style in before.items() if name in names):
            node.refresh()


class _PartStyles(dict[str, RenderStyles]):
    """The styles of a widget's parts by their names, each made when it is first asked for."""

    def __init__(self, stylesheet: Stylesheet, node: DOMNode, names: Set[str]) -> None:
        super().__init__()
        self._stylesheet = stylesheet
        self._node = node
        self._names = names

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __missing__(self, name: str) -> RenderStyles:
        part = DOMNode(classes=name)
        part._attach(self._node)
        self._stylesheet.apply(part)
        self[name] = part.styles
        return part.styles


def read_unseen(stylesheet: Stylesheet) -> None:
    """Read the styles of what is not shown at the start, which does not wait for it.

    A screen that opens before has its own read then, and everything is styled anew for it.
    """
    folder = Path(__file__).parent
    stylesheet.read_all([folder / f"{name}.tcss" for name in UNSEEN_AT_FIRST])
    stylesheet.parse()  # else the next widget is styled by an index of the rules before
