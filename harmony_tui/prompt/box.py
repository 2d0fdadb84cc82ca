"""The prompt box: the draft, and above it the ways in which a command can go on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import TextArea

from harmony_tui.commands.table import PROMPT_KEYS
from harmony_tui.commands.typed import complete
from harmony_tui.prompt.area import PromptArea
from harmony_tui.prompt.completions import Completions

if TYPE_CHECKING:
    from harmony_tui.commands.command import Command


class PromptBox(Vertical):
    """Holds what the person writes until it is taken; it is never disabled."""

    @dataclass
    class Submitted(Message):
        """The person sent the draft, which stays in the box until it is taken."""

        draft: str

    def __init__(
        self, choices: Callable[[Command], Sequence[str]], run: Callable[[Command], None]
    ) -> None:
        """``choices`` gives what may be typed after a command; ``run`` runs one by its key."""
        super().__init__()
        self.area = PromptArea(self._take_key)
        self.completions = Completions()
        self._choices = choices
        self._run = run
        self._offered_for = ""

    def compose(self) -> ComposeResult:
        """The list stands above the text area."""
        yield self.completions
        yield self.area

    def submit(self) -> None:
        """Send the draft, or take the completion that was chosen."""
        chosen = self.completions.chosen
        if chosen is not None:
            self.begin(chosen.draft)
            if chosen.draft.endswith(" "):
                return  # something has to be typed after it
        self.post_message(self.Submitted(self.area.text))

    def take(self, draft: str) -> None:
        """Remove a draft that was acted on; what was typed since stays."""
        self.begin(self.area.text.removeprefix(draft))

    def begin(self, draft: str) -> None:
        """Put a draft into the box and the cursor at its end."""
        self.area.text = draft
        self.area.move_cursor(self.area.document.end)
        self.area.focus()
        self._offer()

    def begin_line(self) -> None:
        """Begin a new line at the cursor."""
        self.area.insert("\n")

    @on(TextArea.Changed)
    def _offer(self) -> None:
        if self.area.text != self._offered_for:
            self._offered_for = self.area.text
            self.completions.offer(complete(self.area.text, self._choices))

    def _take_key(self, key: str) -> bool:
        self._offer()
        if self.completions.is_offering and self._choose(key):
            return True
        if key in PROMPT_KEYS:
            self._run(PROMPT_KEYS[key])
            return True
        return False

    def _choose(self, key: str) -> bool:
        """Act on a key that means something to the list of completions."""
        match key:
            case "up":
                self.completions.move(-1)
            case "down":
                self.completions.move(1)
            case "tab" if (best := self.completions.best) is not None:
                self.begin(best.draft)
            case "escape":
                self.completions.offer([])
            case _:
                return False
        return True
