"""The patch language of gpt-oss, read with more tolerance than it is taught with.

The language is that of "gpt_oss/tools/apply_patch.md" of openai/gpt-oss: sections that add, delete
or update a file, and in updates hunks of lines that stay, go and come.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field

from engine.tools.apply_patch.envelope import FILE, open_envelope
from engine.tools.apply_patch.folding import BLANKS, DASHES, fold
from engine.tools.registry import ToolError

MOVE = re.compile(r"\*\*\*\s*(?:move|rename)(?:\s+file)?\s+to\s*:\s*(.*)", re.IGNORECASE)
END_OF_FILE = re.compile(r"\*\*\*\s*end of file\b", re.IGNORECASE)
UNKNOWN = re.compile(r"\*\*\* [A-Za-z]+ (?:file|patch|to)\b", re.IGNORECASE)
ANCHOR = re.compile(r"@@+(.*)")
RANGE = re.compile(r"\s*-(\d+)(?:,(\d+))?\s+\+\d+(?:,\d+)?\s*(?:@@+)?(.*)")
NO_NEWLINE = "\\ No newline at end of file"
HALF_CHARACTER = re.compile("[\ud800-\udfff]")

HEADERS = "'*** Add File: path', '*** Delete File: path' and '*** Update File: path'"


class PatchError(ToolError):
    """A patch cannot be read or does not fit; the text tells the model what to do."""


@dataclass(frozen=True, slots=True)
class Hunk:
    """Lines of one place in a file: those that stay (`` ``), go (``-``) and come (``+``)."""

    lines: tuple[tuple[str, str], ...]
    anchors: tuple[str, ...] = ()
    """Lines before it, each below the one before, such as those of a class and its method."""
    line_hint: int | None = None
    """Where a unified diff's header says that it begins, counted from 0."""
    is_at_end: bool = False

    @property
    def old(self) -> list[str]:
        """The lines that the file has to have."""
        return [text for kind, text in self.lines if kind != "+"]

    @property
    def new(self) -> list[str]:
        """The lines that the file then has."""
        return [text for kind, text in self.lines if kind != "-"]


@dataclass(frozen=True, slots=True)
class AddFile:
    """A file that is to be made, with these lines."""

    path: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DeleteFile:
    """A file that is to be removed."""

    path: str


@dataclass(frozen=True, slots=True)
class UpdateFile:
    """A file that is to be changed, moved, or both."""

    path: str
    hunks: tuple[Hunk, ...]
    move_to: str | None = None


Section = AddFile | DeleteFile | UpdateFile


@dataclass(slots=True)
class _Draft:
    """A hunk while its lines are read."""

    anchors: list[str] = field(default_factory=list)
    lines: list[tuple[str, str]] = field(default_factory=list)
    line_hint: int | None = None


def parse(text: str, *, padded: bool = False) -> list[Section]:
    """Return the sections of a patch.

    Args:
        text: the patch, with whatever a model put around it.
        padded: whether a header in a hunk may have blanks before it. With them it looks like a
            line that stays, as in a file about patches, which is likelier.

    Raises:
        PatchError: it is no patch.
    """
    envelope = open_envelope(text)
    lines = envelope.lines
    if any(HALF_CHARACTER.search(line) for line in lines):
        raise PatchError(
            "the patch has half a character (a lone surrogate), which no file can hold"
        )
    sections: list[Section] = []
    at = 0
    while at < len(lines):
        line = fold(lines[at])
        if not line:
            at += 1
            continue
        header = FILE.match(line)
        if header is None:
            raise PatchError(f"{_told(lines[at])} is no header of a file; those are {HEADERS}")
        end = _end_of_section(lines, at + 1, padded=padded or header[1].lower() != "update")
        path = _path(header[2], envelope.folder)
        sections.append(
            _section(header[1].lower(), path, lines[at + 1 : end], envelope.folder, padded=padded)
        )
        at = end
    if not sections:
        raise PatchError(
            "there is no patch in it; write '*** Begin Patch', then for each file one of "
            f"{HEADERS} and its lines, then '*** End Patch'"
        )
    return sections


def has_padded_header(text: str) -> bool:
    """Whether a patch has a line that is either a header with blanks before it or a file's."""
    return any(
        line[:1].isspace() and fold(line).startswith(("***", "@@"))
        for line in open_envelope(text).lines
    )


def _end_of_section(lines: list[str], start: int, *, padded: bool) -> int:
    for number in range(start, len(lines)):
        if FILE.match(fold(lines[number])) and (padded or not lines[number][:1].isspace()):
            return number
    return len(lines)


def _path(said: str, folder: str) -> str:
    path = said.strip().strip("`\"'").strip()
    if not path:
        raise PatchError(f"a header names no file; headers are {HEADERS}")
    return f"{folder.rstrip('/')}/{path}" if folder not in ("", ".") else path


def _section(kind: str, path: str, lines: list[str], folder: str, *, padded: bool) -> Section:
    if kind == "add":
        return AddFile(path, _added(path, lines))
    if kind == "delete":
        for line in lines:
            if line.strip() and not line.startswith(("-", "@@")):
                raise PatchError(f"{_told(line)} follows the header that deletes {path}; drop it")
        return DeleteFile(path)
    return _UpdateReader(path, folder).read(lines, padded=padded)


def _added(path: str, lines: list[str]) -> tuple[str, ...]:
    """Return the lines of a new file, with or without the plus signs that belong before them."""
    while lines and (lines[0].startswith("@@") or not lines[0].strip()):
        lines = lines[1:]
    lines = [line for line in lines if not END_OF_FILE.match(line) and line != NO_NEWLINE]
    while lines and not lines[-1].strip():
        lines = lines[:-1]
    if not any(line.startswith("+") for line in lines):
        return tuple(lines)
    for line in lines:
        if line.strip() and not line.startswith("+"):
            raise PatchError(f"{_told(line)} of the new file {path} does not begin with +")
    return tuple(line.removeprefix("+") for line in lines)


class _UpdateReader:
    """Reads the lines below the header of an update."""

    def __init__(self, path: str, folder: str) -> None:
        self.path = path
        self.folder = folder
        self.move_to: str | None = None
        self.hunks: list[Hunk] = []
        self.draft = _Draft()

    def read(self, lines: list[str], *, padded: bool) -> UpdateFile:
        """Return the update that the lines make up."""
        for line in _without_diff_header(lines):
            is_beginning = not self.hunks and not self.draft.lines
            if is_beginning and (moved := MOVE.match(fold(line))):
                self.move_to = _path(moved[1], self.folder)
            elif not self._is_marker(fold(line) if padded or not line[:1].isspace() else ""):
                self._take(line)
        if self.draft.anchors or any(
            kind != " " or text.strip() for kind, text in self.draft.lines
        ):
            self._close()
        if not self.hunks and self.move_to is None:
            raise PatchError(
                f"the update of {self.path} has no hunks; write @@ and the lines to change"
            )
        return UpdateFile(self.path, tuple(self.hunks), self.move_to)

    def _is_marker(self, line: str) -> bool:
        """Whether a line ends a hunk or begins one, which is then done."""
        if END_OF_FILE.match(line):
            self._close(is_at_end=True)
            return True
        if anchor := ANCHOR.match(line):
            if self.draft.lines:
                self._close()
            _take_anchor(self.draft, anchor[1])
            return True
        if UNKNOWN.match(line):
            raise PatchError(f"{_told(line)} is no header; those of files are {HEADERS}")
        return False

    def _take(self, line: str) -> None:
        is_between = not self.draft.lines and not self.draft.anchors and line == ""
        if line != NO_NEWLINE and not is_between:
            self.draft.lines.append(_hunk_line(line))

    def _close(self, *, is_at_end: bool = False) -> None:
        draft, self.draft = self.draft, _Draft()
        if draft.lines:
            hunk = Hunk(tuple(draft.lines), tuple(draft.anchors), draft.line_hint, is_at_end)
            self.hunks.append(hunk)
        elif draft.anchors or draft.line_hint is not None:
            number = len(self.hunks) + 1
            raise PatchError(f"hunk {number} of {self.path} has no lines after its @@")


def _without_diff_header(lines: list[str]) -> list[str]:
    """Return lines without the two names that unified diffs have before their first hunk."""
    for number, (first, second) in enumerate(itertools.pairwise(lines)):
        if first.startswith("--- ") and second.startswith("+++ "):
            return [*lines[:number], *lines[number + 2 :]]
        if first.strip() and not first.startswith("***"):
            break
    return lines


def _take_anchor(draft: _Draft, said: str) -> None:
    numbered = RANGE.fullmatch(said)
    if numbered:
        # Of no lines it is the one above, of some the first; both are counted from 1.
        draft.line_hint = max(int(numbered[1]) - (numbered[2] != "0"), 0)
        said = numbered[3]
    text = re.sub(r"\s*@@+\s*$", "", said).strip()
    if text and text.strip(".") and text != "…":
        draft.anchors.append(text)


def _hunk_line(line: str) -> tuple[str, str]:
    """Return what happens to a line, and its text.

    A line without a sign is one that stays: it has to be in the file, so nothing is guessed.
    """
    first = line[:1]
    if first in ("+", "-", " "):
        return first, line[1:]
    if first and first in DASHES:
        return "-", line[1:]
    if first and first in BLANKS:
        return " ", line[1:]
    return " ", line


def _told(line: str) -> str:
    return repr(line if len(line) <= 80 else f"{line[:80]}…")
