"""The files of a workspace, without those that Git ignores."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from engine.tools.registry import ToolError
from engine.tools.workspace import Workspace

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

ALWAYS_LEFT_OUT = {"node_modules", "__pycache__"}
MOST_RULES = 1 << 20
"""Bytes of a ``.gitignore`` that is heeded."""
DEEPEST = 64


@dataclass(frozen=True, slots=True)
class Listed:
    """A file or folder below the one that is listed."""

    path: str
    """From the workspace."""
    depth: int
    is_folder: bool
    is_link: bool
    is_opened: bool = True
    """Whether what is in a folder is listed, too."""


@dataclass(frozen=True, slots=True)
class Rules:
    """One ``.gitignore``: the folder it stands in, from the repository's top, and its patterns."""

    folder: str
    spec: GitIgnoreSpec

    def decide(self, path: str) -> bool | None:
        """Return whether a path is ignored; None where nothing is said about it."""
        return self.spec.check_file(path.removeprefix(self.folder)).include


class Listing:
    """Walks the folders of a workspace."""

    def __init__(self, workspace: Workspace, *, everything: bool = False) -> None:
        """Begin with the rules of the folders above the workspace, if it is in a repository.

        Args:
            workspace: the folder.
            everything: whether hidden and ignored files are listed, too (``.git`` never is).
        """
        self.workspace = workspace
        self.everything = everything
        self.top = _find_repository(workspace.root)
        lead = workspace.root.relative_to(self.top).as_posix() if self.top else "."
        self.lead = "" if lead == "." else f"{lead}/"
        """Where the workspace is in the repository."""

    def walk(self, path: str, depth: int = DEEPEST) -> Iterator[Listed]:
        """Give what is below a folder, each folder before what is in it, by name.

        Args:
            path: of the folder, from the workspace.
            depth: how many folders deep; the first is 1.

        Raises:
            ToolError: there is no such folder, or it may not be read.
        """
        with self.workspace.at(path, follow=True) as place:
            folder = "" if place.path == "." else f"{place.path}/"
        self.workspace.list_folder(path)  # raises where a deeper folder would only be left out
        yield from self._below(folder, 1, depth, self._rules_above(folder))

    def _below(
        self, folder: str, at: int, depth: int, above: tuple[Rules, ...]
    ) -> Iterator[Listed]:
        rules = (*above, *self._rules_in(folder))
        try:
            entries = self.workspace.list_folder(folder or ".")
        except ToolError:  # it went meanwhile, or may not be read
            return
        for entry in entries:
            path = folder + entry.name
            if self._is_left_out(path, entry.name, rules, is_folder=entry.is_folder):
                continue
            is_opened = entry.is_folder and at < depth
            yield Listed(path, at, entry.is_folder, entry.is_link, is_opened)
            if is_opened:
                yield from self._below(f"{path}/", at + 1, depth, rules)

    def _is_left_out(
        self, path: str, name: str, rules: Sequence[Rules], *, is_folder: bool
    ) -> bool:
        if self.everything:
            return False
        if name.startswith(".") or name in ALWAYS_LEFT_OUT:
            return True
        told = self.lead + path + ("/" if is_folder else "")
        # The nearest rules that say something decide.
        decided = (each.decide(told) for each in reversed(rules))
        return next((each for each in decided if each is not None), False)

    def _rules_above(self, folder: str) -> tuple[Rules, ...]:
        """Return the rules of what is above a folder, the nearest last."""
        if self.everything or self.top is None:
            return ()
        rules: list[Rules] = []
        for outside in reversed([self.workspace.root, *self.workspace.root.parents]):
            if outside == self.top:
                rules += _read_rules(self.top / ".git" / "info" / "exclude", "")
            if outside != self.workspace.root and outside.is_relative_to(self.top):
                below = outside.relative_to(self.top).as_posix()
                lead = "" if below == "." else f"{below}/"
                rules += _read_rules(outside / ".gitignore", lead)
        parts = folder.split("/")[:-1]
        for end in range(len(parts)):
            rules += self._rules_in("".join(f"{part}/" for part in parts[:end]))
        return tuple(rules)

    def _rules_in(self, folder: str) -> list[Rules]:
        if self.everything:
            return []
        try:
            data = self.workspace.read(f"{folder}.gitignore", MOST_RULES).data
        except ToolError:
            return []
        return [_rules(data, self.lead + folder)]


def _find_repository(folder: Path) -> Path | None:
    return next((each for each in (folder, *folder.parents) if (each / ".git").exists()), None)


def _read_rules(path: Path, folder: str) -> list[Rules]:
    with suppress(OSError):
        if path.is_file():  # a pipe would never end
            return [_rules(path.read_bytes(), folder)]
    return []


def _rules(data: bytes, folder: str) -> Rules:
    from pathspec import GitIgnoreSpec  # not before a folder is listed

    lines = data.decode("utf-8", "replace").splitlines()
    try:
        return Rules(folder, GitIgnoreSpec.from_lines(lines))
    except ValueError:  # a pattern that is none; Git passes over such a line
        return Rules(folder, GitIgnoreSpec.from_lines(filter(_is_pattern, lines)))


def _is_pattern(line: str) -> bool:
    from pathspec import GitIgnoreSpec

    try:
        GitIgnoreSpec.from_lines([line])
    except ValueError:
        return False
    return True
