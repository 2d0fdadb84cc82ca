"""The keys at the foot of the screen, as many as there is room for."""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.widgets import Footer
from textual.widgets._footer import FooterKey

from harmony_tui.commands.table import PANE_COMMANDS

LEFT_OUT = (tuple(each.name for each in PANE_COMMANDS.values()), ("stop",), ("new",))
"""Commands whose keys are left out together, the first ones first: those of panes, for the tabs
that there are where the screen is narrow name them too."""
BETWEEN = 2
"""Columns behind a key."""


class KeyFooter(Footer):
    """Leaves out whole keys where the screen is narrow, the least needed ones first."""

    def compose(self) -> ComposeResult:
        """All keys, of which those are displayed that fit."""
        keys = list(super().compose())
        self._fit(key for key in keys if isinstance(key, FooterKey))
        yield from keys

    def on_resize(self) -> None:
        """Use the new width."""
        self._fit(self.query(FooterKey))

    def _fit(self, keys: Iterable[FooterKey]) -> None:
        shown = {key: cell_len(f"{key.key_display} {key.description}") + BETWEEN for key in keys}
        room = self.content_size.width + BETWEEN  # the last one needs no gap
        for key in shown:
            key.display = True
        for names in LEFT_OUT:
            if sum(shown.values()) <= room or not self.content_size.width:
                return
            actions = {f"app.command({name!r})" for name in names}
            for key in [each for each in shown if each.action in actions]:
                key.display = False
                del shown[key]
