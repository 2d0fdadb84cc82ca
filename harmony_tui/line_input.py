"""A line to type in: what comes into it never acts on the terminal."""

from __future__ import annotations

from typing import ClassVar

from textual.widgets import Input

from harmony_tui.prompt.draft import clean
from harmony_tui.transcript.characters import REORDERING

_LEFT_OUT = dict.fromkeys(REORDERING)


class LineInput(Input):
    """One line, without control characters, however it came here: typed, pasted, or set."""

    LINE_BREAK: ClassVar[str] = " "
    """What stands for the end of a line within a text of several."""

    def validate_value(self, value: str) -> str:
        """Return a text as it can stand here."""
        line = self.LINE_BREAK.join(clean(value).split("\n"))
        return line.replace("\t", " ").translate(_LEFT_OUT)

    def replace(self, text: str, start: int, end: int) -> None:
        """Put a text in place of a part; the cursor comes behind what is left of it."""
        super().replace(self.validate_value(text), start, end)
