"""Messages that were entered while the model answers, above the prompt box until they are sent."""

from __future__ import annotations

from collections.abc import Callable

from textual.content import Content
from textual.widget import Widget

from harmony_tui.prompt.draft import visible
from harmony_tui.prompt.kept_drafts import Queued

MOST_ROWS = 3
"""So many of the messages are shown."""
HOW_TO_SEND = "Enter sends the first"


class MessageQueue(Widget):
    """Messages in the order in which they are to be sent, a row each; hidden while there is none.

    It is held after a turn that did not end by itself: then the person says when it goes on.
    """

    def __init__(self, edit_key: Callable[[], str], note_change: Callable[[], None]) -> None:
        """Make an empty queue.

        Args:
            edit_key: gives the keys that edit the last message, or what is typed for it.
            note_change: is called when other messages wait.
        """
        super().__init__()
        self._edit_key = edit_key
        self._note_change = note_change
        self.waiting: list[Queued] = []
        self.is_held = False
        self.display = False

    def put(self, message: Queued, *, first: bool = False) -> None:
        """Add a message at the end, or before all others."""
        self.waiting.insert(0 if first else len(self.waiting), message)
        self._show()
        self._note_change()

    def take(self, place: int = 0) -> Queued:
        """Take a message out, by default the one that is sent next; -1 is the last.

        Raises:
            IndexError: there is none in that place.
        """
        message = self.waiting.pop(place)
        if not self.waiting:
            self.is_held = False
        self._show()
        self._note_change()
        return message

    def take_all(self) -> tuple[Queued, ...]:
        """Take all messages out."""
        taken = tuple(self.waiting)
        self.waiting.clear()
        self.is_held = False
        self._show()
        self._note_change()
        return taken

    def hold(self, *, is_held: bool = True) -> None:
        """Have the messages wait for the person, or not any more."""
        self.is_held = is_held and bool(self.waiting)
        self._show()

    def _show(self) -> None:
        self.display = bool(self.waiting)
        self.styles.height = min(len(self.waiting), MOST_ROWS)
        self.refresh()

    def render(self) -> Content:
        """Return the messages, numbered; the last row counts those that there is no room for."""
        shown = self.waiting[:MOST_ROWS]
        if more := len(self.waiting) - len(shown):
            shown = shown[:-1]
        rows = [
            self._render_row(number, each.draft.text) for number, each in enumerate(shown, start=1)
        ]
        if more:
            rows.append(Content.assemble((f"    and {more + 1:,} more", "$muted")))
        return Content("\n").join(rows)

    def _render_row(self, number: int, text: str) -> Content:
        hint = ""
        if number == 1:
            send = f"{HOW_TO_SEND} · " if self.is_held else ""
            hint = f"  {send}{self._edit_key()} edits the last"
        width = self.content_size.width
        row = Content.assemble(
            (f"{number:>2}  ", "$notice" if self.is_held else "$user"),
            (visible(" ".join(text.split())), "$foreground"),
        ).truncate(max(width - len(hint), 0), ellipsis=True)
        gap = " " * max(0, width - row.cell_length - len(hint))
        return Content.assemble(row, gap, (hint, "$muted"))
