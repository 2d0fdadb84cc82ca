"""The text area of the prompt box."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.widgets import TextArea


class PromptArea(TextArea):
    """A text area that grows with its text and lets its owner take keys first.

    The keys come here in the order in which they were pressed. Bindings would not do: Textual runs
    them before or after letters that wait, so that a fast Enter would send half of what was typed.
    """

    def __init__(self, take_key: Callable[[str], bool]) -> None:
        """``take_key`` is given the name of every key, and says whether it has acted on it."""
        super().__init__(
            placeholder="Ask something, or type / for the commands",
            compact=True,
            highlight_cursor_line=False,
        )
        self._take_key = take_key

    def on_key(self, event: events.Key) -> None:
        """Offer a key to the owner before the text gets it."""
        if self._take_key(event.key):
            event.stop()
            event.prevent_default()
