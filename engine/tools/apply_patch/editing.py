"""What a file becomes when hunks are put in their places."""

from __future__ import annotations

from collections.abc import Sequence

from engine.tools.apply_patch.grammar import Hunk, PatchError
from engine.tools.apply_patch.lines import Line, TextFile
from engine.tools.apply_patch.matching import Matcher, Placed


def edit(path: str, file: TextFile, hunks: Sequence[Hunk]) -> TextFile:
    """Return a file with the changes of hunks.

    Lines that stay are the file's own, even where the patch has them with other blanks. New ones
    end as their neighbours do, and are indented like them where the patch is indented otherwise.

    Raises:
        PatchError: a hunk does not fit, or has letters that the file's encoding has not.
    """
    placed = Matcher(path, [line.text for line in file.lines]).place(hunks)
    if file.is_unknown_encoding and not all(
        text.isascii() for hunk in hunks for kind, text in hunk.lines if kind == "+"
    ):
        raise PatchError(f"{path} is UTF-8 only in part; only lines of plain ASCII can go into it")
    lines: list[Line] = []
    at = 0
    for each in sorted(placed, key=lambda each: each.start):
        lines += file.lines[at : each.start]
        lines += _edited(each, file)
        at = each.end
    lines += file.lines[at:]
    return file.with_lines(lines)


def _edited(placed: Placed, file: TextFile) -> list[Line]:
    indent = _Indent.between(placed, file)
    lines: list[Line] = []
    at = placed.start
    for kind, text in placed.hunk.lines:
        if kind == "+":
            near = file.lines[min(at, len(file.lines) - 1)].ending if file.lines else ""
            above = file.lines[at - 1].ending if at else ""
            lines.append(Line(indent.of(text), above or near or file.newline))
            continue
        if kind == " ":
            lines.append(file.lines[at])
        at += 1
    return lines


class _Indent:
    """How a patch's indentation becomes the file's: a beginning for another, or tabs for blanks."""

    def __init__(self, cut: str = "", put: str = "", blanks_of_tab: int = 0) -> None:
        self.cut = cut
        self.put = put
        self.blanks_of_tab = blanks_of_tab

    @classmethod
    def between(cls, placed: Placed, file: TextFile) -> _Indent:
        """Return the one change that makes all lines of a patch the file's; if none does, none."""
        old = placed.hunk.old
        there = [line.text for line in file.lines[placed.start : placed.end]]
        pairs = {
            (_leading(said), _leading(line))
            for said, line in zip(old, there, strict=True)
            if said.strip()
        }
        if not pairs or all(said == line for said, line in pairs):
            return cls()
        for said, line in pairs:
            for indent in (_shift(said, line), _tabs(said, line)):
                if indent and all(indent.of(a + "x") == b + "x" for a, b in pairs):
                    return indent
        return cls()

    def of(self, text: str) -> str:
        """Return a line of the patch as the file would have it."""
        if not text.strip():
            return text
        if self.blanks_of_tab:
            blanks = len(text) - len(text.lstrip(" "))
            tabs, rest = divmod(blanks, self.blanks_of_tab)
            return "\t" * tabs + " " * rest + text[blanks:]
        return self.put + text.removeprefix(self.cut)


def _leading(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


def _shift(said: str, line: str) -> _Indent | None:
    if abs(len(line) - len(said)) == 1 and "\t" not in line + said:
        return None  # one blank is a sign that was left out, not another indentation
    if line.endswith(said):
        return _Indent(put=line[: len(line) - len(said)])
    if said.endswith(line):
        return _Indent(cut=said[: len(said) - len(line)])
    return None


def _tabs(said: str, line: str) -> _Indent | None:
    is_tabs = bool(line) and set(line) == {"\t"} and set(said) == {" "}
    if not is_tabs or len(said) % len(line):
        return None
    return _Indent(blanks_of_tab=len(said) // len(line))
