"""What is shown where there is no room for the program."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.geometry import Size
from textual.screen import Screen
from textual.widgets import Static

from harmony_tui.first_frame import LEAST_COLUMNS, LEAST_LINES

LEAST = Size(LEAST_COLUMNS, LEAST_LINES)


def is_too_small(size: Size) -> bool:
    """Whether the program cannot be shown in a terminal of this size."""
    return size.width < LEAST.width or size.height < LEAST.height


class TooSmallScreen(Screen[None]):
    """Says how large the terminal has to be; goes away by itself when it is."""

    def compose(self) -> ComposeResult:
        """One sentence."""
        yield Static()

    def on_mount(self) -> None:
        """Name the size."""
        self._name_size(self.app.size)

    def on_resize(self, event: events.Resize) -> None:
        """Name the new size, or give the terminal back."""
        if is_too_small(event.size):
            self._name_size(event.size)
        elif self.is_current:  # one that was dismissed may still hear of another size
            self.dismiss()

    def _name_size(self, size: Size) -> None:
        self.query_one(Static).update(
            f"The terminal is too small ({size.width}x{size.height}); "
            f"make it at least {LEAST.width}x{LEAST.height}."
        )
