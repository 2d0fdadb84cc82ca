"""What the model may look at in a workspace: a file, the list of files, lines that match."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field

from engine.tools import line_search
from engine.tools.apply_patch.lines import NotTextError, TextFile
from engine.tools.line_search import Found, find_lines
from engine.tools.listing import Listing
from engine.tools.registry import Tool, ToolError
from engine.tools.workspace import WORKSPACE, Workspace

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

    from engine.tools.permissions import Touch

MOST_BYTES = 32 * 1024 * 1024
"""Larger files are not read."""
MOST_LINES = 500
MOST_CHARACTERS = 24_000
"""Of one answer: about 6,000 tokens."""
LONGEST_LINE = 1000

MOST_LISTED = 400

MOST_SEARCHED_FILE = 2 * 1024 * 1024
MOST_SEARCHED = 48 * 1024 * 1024
MOST_FOUND = 100
LONGEST_PATTERN = 1000
LONGEST_READING = 10.0
"""Seconds for which files are read that are to be searched."""
LONGEST_SECONDS = 5.0
"""A regular expression that has not found everything by then is ended."""

READS: frozenset[Touch] = frozenset({"read"})


class ReadFileArguments(BaseModel):
    """What read_file takes."""

    model_config = ConfigDict(extra="forbid")

    path: str = Field(description="Relative to the workspace.")
    first_line: int = Field(default=1, ge=1, description="Counted from 1.")
    last_line: int | None = Field(default=None, ge=1, description="The end, if not given.")


class ListFilesArguments(BaseModel):
    """What list_files takes."""

    model_config = ConfigDict(extra="forbid")

    path: str = Field(default=".", description="The folder, relative to the workspace.")
    depth: int = Field(default=3, ge=1, le=20, description="How many folders deep.")
    everything: bool = Field(default=False, description="Also hidden and ignored files.")


class SearchFilesArguments(BaseModel):
    """What search_files takes."""

    model_config = ConfigDict(extra="forbid")

    pattern: str = Field(description="A regular expression of Python's, matched line by line.")
    path: str = Field(default=".", description="A folder or file, relative to the workspace.")
    files: str = Field(default="*", description="Names to search, such as *.py or src/*.md.")
    literal: bool = Field(default=False, description="Take the pattern as plain text.")
    ignore_case: bool = False


def workspace_tools(workspace: Workspace) -> tuple[Tool, ...]:
    """Return the tools that look at a workspace and change nothing."""
    return (
        Tool(
            name="read_file",
            description="Reads a text file of the workspace, with line numbers.",
            arguments=ReadFileArguments,
            run=lambda arguments, _: read_file(workspace, arguments),
            touches=READS,
            place=WORKSPACE,
        ),
        Tool(
            name="list_files",
            description="Lists the files of the workspace as a tree.",
            arguments=ListFilesArguments,
            run=lambda arguments, _: list_files(workspace, arguments),
            touches=READS,
            place=WORKSPACE,
        ),
        Tool(
            name="search_files",
            description="Finds lines in the files of the workspace.",
            arguments=SearchFilesArguments,
            run=lambda arguments, _: search_files(workspace, arguments),
            touches=READS,
            place=WORKSPACE,
        ),
    )


def read_file(workspace: Workspace, arguments: ReadFileArguments) -> str:
    """Return lines of a file, each with its number, below a line that says which they are.

    Raises:
        ToolError: it may not be read, is binary or too large, or has no such lines.
    """
    path = arguments.path
    try:
        file = TextFile.read(workspace.read(path, MOST_BYTES).data)
    except NotTextError as error:
        raise ToolError(f"{path} cannot be read as text: {error}") from error
    total = len(file.lines)
    first, last = arguments.first_line, min(arguments.last_line or total, total)
    if not total:
        return f"{path} is empty"
    if first > total:
        raise ToolError(f"{path} has only {total} lines")
    if last < first:
        raise ToolError(f"the last line, {last}, is before the first, {first}")
    shown: list[str] = []
    room = MOST_CHARACTERS
    for number in range(first, min(last, first + MOST_LINES - 1) + 1):
        line = f"L{number}: {_cut(file.lines[number - 1].text)}"
        room -= len(line)
        if room < 0 and shown:
            break
        shown.append(line)
    end = first + len(shown) - 1
    notes = [f"lines {first} to {end} of {total}"]
    if file.encoding != "utf-8":
        notes.append(f"in {file.encoding}")
    if file.is_unknown_encoding:
        notes.append("some bytes are no UTF-8")
    if file.newline != "\n":
        notes.append(f"newlines are {file.newline!r}")
    rest = f"\n({last - end} more lines; go on with first_line {end + 1})" if end < last else ""
    return f"{path} ({', '.join(notes)})\n" + "\n".join(shown) + rest


def list_files(workspace: Workspace, arguments: ListFilesArguments) -> str:
    """Return the files and folders below one as a tree; folders end in a slash.

    Raises:
        ToolError: there is no such folder, or it may not be read.
    """
    listing = Listing(workspace, everything=arguments.everything)
    listed = list(islice(listing.walk(arguments.path, arguments.depth), MOST_LISTED + 1))
    lines = []
    for each in listed[:MOST_LISTED]:
        mark = "/" if each.is_folder else " (link)" if each.is_link else ""
        more = "…" if each.is_folder and not each.is_opened else ""
        lines.append(f"{'  ' * (each.depth - 1)}{each.path.rpartition('/')[2]}{mark}{more}")
    if len(listed) > MOST_LISTED:
        lines.append(f"(there are more than these {MOST_LISTED}; list a folder, or less deep)")
    return "\n".join(lines) or f"{arguments.path} has no files that are not hidden or ignored"


def search_files(workspace: Workspace, arguments: SearchFilesArguments) -> str:
    """Return the lines that match, as path, number and text.

    Raises:
        ToolError: the pattern is none or takes too long, or the place may not be read.
    """
    pattern = _compiled(arguments)
    texts = _Texts(workspace, arguments)
    notes: list[str] = []
    if arguments.literal:
        matches = (each for path, text in texts for each in find_lines(pattern, path, text))
        found = list(islice(matches, MOST_FOUND + 1))
    else:
        found, is_whole = _run_apart(pattern, list(texts))
        if not is_whole:
            notes.append(f"it took more than {LONGEST_SECONDS:g} s and was ended; search for less")
            if not found:
                raise ToolError(
                    f"the pattern took more than {LONGEST_SECONDS:g} s; make it simpler, take it "
                    "as literal, or search fewer files"
                )
    lines = [f"{each.path}:{each.number}: {each.text}" for each in found[:MOST_FOUND]]
    if len(found) > MOST_FOUND:
        notes.append(f"there are more than these {MOST_FOUND}; search for less")
    if texts.left_out:
        notes.append(f"{texts.left_out} left out, binary or large")
    if texts.is_cut:
        notes.append(f"only the first {texts.searched} files were searched; name a folder")
    if not lines:
        lines.append(f"no line matches in {texts.searched} files")
    return "\n".join([*lines, *(f"({note})" for note in notes)])


def _compiled(arguments: SearchFilesArguments) -> re.Pattern[str]:
    said = arguments.pattern
    if not said or len(said) > LONGEST_PATTERN:
        raise ToolError(f"the pattern has to have 1 to {LONGEST_PATTERN} characters")
    flags = re.IGNORECASE if arguments.ignore_case else 0
    try:
        return re.compile(re.escape(said) if arguments.literal else said, flags)
    except (re.error, OverflowError, RecursionError) as error:
        raise ToolError(
            f"the pattern is no regular expression: {error}; set literal to take it as text"
        ) from error


class _Texts:
    """The texts of the files that are searched, and how many were not."""

    def __init__(self, workspace: Workspace, arguments: SearchFilesArguments) -> None:
        self.workspace = workspace
        self.path = arguments.path
        self.names = _names(arguments.files)
        self.searched = 0
        self.left_out = 0
        self.is_cut = False

    def __iter__(self) -> Iterator[tuple[str, str]]:
        room, end = MOST_SEARCHED, time.monotonic() + LONGEST_READING
        for path in self._paths():
            try:
                text = _text(self.workspace.read(path, MOST_SEARCHED_FILE).data)
            except ToolError:
                text = None
            if text is None:
                self.left_out += 1
                continue
            room -= len(text)
            if room < 0 or time.monotonic() > end:
                self.is_cut = True
                return
            self.searched += 1
            yield path, text

    def _paths(self) -> Iterator[str]:
        with self.workspace.at(self.path, follow=True) as place:
            found = place.status()
            path = place.path
        if found is None:
            raise ToolError(f"there is no file or folder {self.path!r}")
        try:
            self.workspace.list_folder(path)
        except ToolError:
            yield path
            return
        for each in Listing(self.workspace).walk(path):
            if not each.is_folder and not each.is_link and self.names.match_file(each.path):
                yield each.path


def _names(said: str) -> GitIgnoreSpec:
    """Return the names that a pattern stands for, which is one of Git's, or has {this,that}."""
    from pathspec import GitIgnoreSpec  # not before files are searched

    whole, braces = said.removeprefix("./"), re.search(r"\{([^{}]*)\}", said)
    parts = braces[1].split(",") if braces else [""]
    lines = [whole.replace(braces[0], part.strip()) if braces else whole for part in parts]
    try:
        return GitIgnoreSpec.from_lines(lines)
    except ValueError as error:
        raise ToolError(f"{said!r} is no pattern of names; write one such as *.py") from error


def _text(data: bytes) -> str | None:
    """Return the text of a file, or None if it is none."""
    try:
        file = TextFile.read(data)
    except NotTextError:
        return None
    return data[len(file.bom) :].decode(file.encoding, "replace")


def _run_apart(pattern: re.Pattern[str], texts: list[tuple[str, str]]) -> tuple[list[Found], bool]:
    """Search in a process of its own; return what it found, and whether that is all."""
    ignore_case = bool(pattern.flags & re.IGNORECASE)
    request = line_search.write_request(pattern.pattern, ignore_case=ignore_case, texts=texts)
    command = [sys.executable, "-I", "-S", str(Path(line_search.__file__))]
    process = subprocess.Popen(  # noqa: S603 - the program is this one's, the pattern is its input
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={}
    )
    try:
        reply, _ = process.communicate(request, timeout=LONGEST_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        reply, _ = process.communicate()
        return line_search.read_reply(reply), False
    return line_search.read_reply(reply), process.returncode == 0


def _cut(line: str) -> str:
    if len(line) <= LONGEST_LINE:
        return line
    return f"{line[:LONGEST_LINE]}… ({len(line) - LONGEST_LINE:,} more characters)"
