"""The frame around what a screen shows: its name above, its keys below."""

from __future__ import annotations

from rich.cells import cell_len
from textual.containers import Vertical

BETWEEN = "  "
"""What stands between two keys."""
CORNERS = 6
"""Columns of the lower border that hold no text."""


def fit_keys(keys: str, room: int) -> str:
    """Return as many keys as there is room for; the last one, which leaves, is always among them.

    Args:
        keys: each with what it does, the most useful ones first.
        room: in columns.
    """
    shown = keys.split(BETWEEN)
    while len(shown) > 1 and cell_len(BETWEEN.join(shown)) > room:
        del shown[-2]
    return BETWEEN.join(shown)


class Frame(Vertical):
    """Names in its lower border the keys that mean something, as far as it is wide."""

    _keys = ""

    @property
    def keys(self) -> str:
        """All keys, two spaces between them."""
        return self._keys

    @keys.setter
    def keys(self, keys: str) -> None:
        self._keys = keys
        self._show_keys()

    def on_resize(self) -> None:
        """Use the new width."""
        self._show_keys()

    def _show_keys(self) -> None:
        room = self.outer_size.width - CORNERS
        self.border_subtitle = fit_keys(self._keys, room) if room > 0 else self._keys
