"""The prompt's text as Vim's keys work on it: each folded paste is one character."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from textual.widgets.text_area import Selection

from harmony_tui.prompt.draft import MARK

if TYPE_CHECKING:
    from textual.widgets.text_area import Location

    from harmony_tui.prompt.area import PromptArea

FIRST = 0xF0000
"""Characters of private use from here on stand for folded pastes; nobody types them."""


class PromptText:
    """The text of a prompt area; see ``vim.Text``."""

    def __init__(self, area: PromptArea) -> None:
        self._area = area
        self._characters: dict[tuple[str, str], str] = {}
        """The character for each mark and what it stands for; those that were deleted too."""

    @property
    def text(self) -> str:
        """What stands there."""
        return MARK.sub(self._fold, self._area.text)

    @property
    def cursor(self) -> int:
        """Where the cursor is."""
        at = self._area.cursor_offset
        return at - sum(end - start - 1 for start, end in self._spans() if end <= at)

    def replace(self, start: int, end: int, text: str) -> None:
        """Put a text in the place of what stands between two places."""
        first, last = self._location(start), self._location(end)
        # One step to go back for each command.
        self._area.history.checkpoint()
        unfolded = "".join(map(self._unfold, text)) if self._characters else text
        self._area.replace(unfolded, first, last, maintain_selection_offset=False)
        self._area.history.checkpoint()

    def place(self, cursor: int) -> None:
        """Put the cursor somewhere and mark nothing."""
        self._area.move_cursor(self._location(cursor))

    def mark(self, start: int, end: int) -> None:
        """Mark what stands between two places; the cursor comes to the second."""
        self._area.selection = Selection(self._location(start), self._location(end))

    def _spans(self) -> list[tuple[int, int]]:
        pastes = self._area.pastes
        found = MARK.finditer(self._area.text) if pastes else ()
        return [each.span() for each in found if each[0] in pastes]

    def _location(self, place: int) -> Location:
        for start, end in self._spans():
            if start < place:
                place += end - start - 1
        lines = self._area.text[:place].split("\n")
        return len(lines) - 1, len(lines[-1])

    def _fold(self, found: re.Match[str]) -> str:
        mark = found[0]
        if mark not in self._area.pastes:
            return mark
        key = mark, self._area.pastes[mark]
        return self._characters.setdefault(key, chr(FIRST + len(self._characters)))

    def _unfold(self, character: str) -> str:
        """Return the mark that a character stands for, known to the area again."""
        for (mark, paste), known in self._characters.items():
            if known == character:
                is_free = self._area.pastes.setdefault(mark, paste) == paste
                return mark if is_free else paste
        return character
