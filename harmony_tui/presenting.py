"""How a conversation's events are changed for whoever reads it: citations numbered, texts cut."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain
from typing import TYPE_CHECKING

from harmony_tui.citations import Citations, LookUp
from harmony_tui.shortening import Shortener

if TYPE_CHECKING:
    from engine.config.settings import Settings
    from engine.events import Event


class Presentation:
    """Gives the events to show, one after another."""

    def __init__(self, settings: Callable[[], Settings], look_up: LookUp | None = None) -> None:
        """Begin with nothing shown.

        Args:
            settings: gives those that are in force now.
            look_up: knows what cursors of the browser stand for.
        """
        self.citations = Citations(look_up)
        self._shortener = Shortener(settings)

    def present(self, event: Event) -> Iterable[Event]:
        """Give the events to show in place of one."""
        return chain.from_iterable(map(self._shortener.shorten, self.citations.number(event)))
