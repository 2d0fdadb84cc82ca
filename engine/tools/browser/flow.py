"""A flow of text that becomes lines: blanks run together, blocks apart, indents in front."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from engine.tools.browser.layout import TAB

DEEPEST_INDENT = 12
DEEPEST_CAPTURE = 12
SPACE = re.compile(r"[ \t\n\r\u00a0]+")

Closer = Callable[[], None]


@dataclass(slots=True)
class _Indent:
    first: str
    rest: str
    is_used: bool = False


class Flow:
    """Takes words, breaks and indents in the order of a document, and keeps its lines."""

    def __init__(self) -> None:
        """Begin with nothing written."""
        self.size = 0
        """Characters taken so far, about."""
        self.captures: list[list[str]] = []
        """What is gathered into one line: the innermost link, cell or script."""
        self.verbatim = 0
        """Above zero, blanks and line breaks are kept as they are."""
        self.wants_gap = False
        """Whether a blank line comes before the next one."""
        self._lines: list[str] = []
        self._inline: list[str] = []
        self._indents: list[_Indent] = []

    @property
    def text(self) -> str:
        """What has been written, without blank lines around it."""
        self.flush()
        return "\n".join(self._lines).strip("\n")

    def cut(self, notice: str) -> None:
        """End with a notice, whatever is open."""
        self._lines += ["", notice]
        self._inline.clear()

    def add_text(self, text: str) -> None:
        """Take the words of a document, in which a line break is a blank unless it is verbatim."""
        if self.verbatim and not self.captures:
            self.emit(text)
        else:
            self.emit(SPACE.sub(" ", text))

    def emit(self, text: str) -> None:
        """Take text as it is; a line break in it is one."""
        (self.captures[-1] if self.captures else self._inline).append(text)
        self.size += len(text)

    def part(self, sign: str) -> None:
        """Part what comes from what was gathered into the same line, if anything was."""
        gathered = self.captures[-1]
        while gathered and gathered[-1].isspace():
            gathered.pop()
        if gathered:
            gathered.append(sign)

    def break_line(self) -> None:
        """End the line."""
        if self.captures:
            self.captures[-1].append(" ")
        else:
            self.flush()

    def gap(self) -> None:
        """End the line, and let a blank one follow."""
        self.break_line()
        if not self.captures:
            self.wants_gap = True

    def flush(self) -> None:
        """End the line that is being gathered, if there is one."""
        if not self._inline:
            return
        text = "".join(self._inline)
        self._inline.clear()
        if self.verbatim:
            lines = text.strip("\n").split("\n")
        else:
            lines = [SPACE.sub(" ", line).strip() for line in text.strip().split("\n")]
        if any(line.strip() for line in lines):
            self.write(lines)

    def write(self, lines: list[str]) -> None:
        """Keep lines that are laid out already, behind the indents that are open."""
        self._keep_gap()
        for line in lines:
            front = "".join(i.rest if i.is_used else i.first for i in self._indents)
            for indent in self._indents:
                indent.is_used = True
            self._lines.append(f"{front}{line.expandtabs(TAB)}".rstrip())
            self.size += len(front)

    def _keep_gap(self) -> None:
        """Write the blank line that is wanted, but none at the head of an indented block."""
        is_begun = all(indent.is_used for indent in self._indents)
        if self.wants_gap and is_begun and self._lines and self._lines[-1]:
            self._lines.append("")
        self.wants_gap = False

    def captured(self, use: Callable[[str], None]) -> Closer:
        """Gather what comes until the closer is called; it hands that over with its blanks."""
        if len(self.captures) >= DEEPEST_CAPTURE:
            return lambda: None
        self.captures.append([])
        return lambda: use("".join(self.captures.pop()))

    def indented(self, first: str, rest: str) -> Closer:
        """Put something in front of the lines that come until the closer is called.

        Args:
            first: stands before the first of them.
            rest: stands before the others.
        """
        self.break_line()
        if self.captures or len(self._indents) >= DEEPEST_INDENT:
            return self.break_line
        self._keep_gap()
        self._indents.append(_Indent(first, rest))

        def end() -> None:
            self.flush()
            self._indents.pop()

        return end
