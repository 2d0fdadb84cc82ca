"""The way from a folder to a place below it, walked one name at a time and never out.

Each folder is opened in the one before it (``openat``) and never through a link: links are read,
and walked like the path itself. So what a path means cannot change between the check and the use,
and no path, whoever wrote it or moves folders meanwhile, ends outside.
"""

from __future__ import annotations

import os
import stat
import unicodedata
from collections import deque
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from engine.tools.registry import ToolError
from engine.tools.sandbox.policy import own_folders

MOST_LINKS = 40
"""So many links in one path are as many as Linux follows."""

FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
GIT = "{!r} leads into Git's own files; they cannot be reached"
OWN = "{!r} leads into this program's own files; they cannot be reached"
"""Who may write there gives itself permissions, and tools that run without a sandbox."""


@dataclass(frozen=True, slots=True)
class Place:
    """A name in a folder that is held open, so that it stays what it was when it was checked."""

    folder: int
    """The folder's descriptor."""
    name: str
    """Empty for the folder itself."""
    path: str
    """Where it is in the workspace, without links on the way; ``.`` is the workspace itself."""

    def status(self) -> os.stat_result | None:
        """Return what is there (a link as itself), or None if nothing is."""
        if not self.name:
            return os.fstat(self.folder)
        try:
            return os.stat(self.name, dir_fd=self.folder, follow_symlinks=False)
        except FileNotFoundError:
            return None


@dataclass(frozen=True, slots=True)
class Closed:
    """Folders that no path may lead into, under whatever name, be they there or not."""

    paths: frozenset[str]
    identities: frozenset[tuple[int, int]]

    @classmethod
    def of(cls, folders: Iterable[Path]) -> Closed:
        """Return some folders as closed."""
        paths, identities = set(), set()
        for folder in folders:
            with suppress(OSError, RuntimeError):
                paths.add(_folded(folder.resolve()))
                found = folder.stat()
                identities.add((found.st_dev, found.st_ino))
        return cls(frozenset(paths), frozenset(identities))

    def holds(self, path: Path, found: os.stat_result | None) -> bool:
        """Whether a path without links, with what is there, is one of them."""
        is_known = found is not None and (found.st_dev, found.st_ino) in self.identities
        return is_known or _folded(path) in self.paths


def _folded(path: Path) -> str:
    """Return a path as file systems compare it that pass over case."""
    return unicodedata.normalize("NFKC", str(path)).casefold()


class NoFolderError(ToolError):
    """A folder on the way to a place is missing; ``path`` is where the place would be."""

    def __init__(self, folder: str, path: str) -> None:
        super().__init__(f"there is no folder {folder!r}")
        self.path = path


class Walk:
    """The way from a workspace to a place in it; the folders on it are held open."""

    def __init__(self, root: Path, said: str) -> None:
        """Begin at the workspace; ``said`` is the path as errors name it."""
        self.root = root
        self.said = said
        self.names: list[str] = []
        self.folders = [os.open(root, FOLDER)]
        self.closed = Closed.of(own_folders())

    def close(self) -> None:
        """Let go of the folders on the way."""
        for folder in self.folders:
            os.close(folder)

    def to(self, parts: list[str], *, follow: bool) -> Place:
        """Return the place at the end of a path from the workspace."""
        waiting = deque(parts)
        links = 0
        while waiting:
            name = waiting.popleft()
            if name == "..":  # of a link's
                self._leave()
                continue
            if is_git(name):
                raise ToolError(GIT.format(self.said))
            try:
                found = os.stat(name, dir_fd=self.folders[-1], follow_symlinks=False)
            except FileNotFoundError:
                self._expect_open(name, None)
                if waiting:
                    raise self._no_folder(name, waiting) from None
                return Place(self.folders[-1], name, self._path(name))
            self._expect_open(name, found)
            if stat.S_ISLNK(found.st_mode) and (waiting or follow):
                links += 1
                if links > MOST_LINKS:
                    raise ToolError(f"the links in {self.said!r} lead in a circle")
                waiting.extendleft(reversed(self._target(name)))
            elif waiting:
                if not stat.S_ISDIR(found.st_mode):
                    raise ToolError(f"{self._path(name)} is a file, not a folder")
                self.folders.append(os.open(name, FOLDER, dir_fd=self.folders[-1]))
                self.names.append(name)
            else:
                return Place(self.folders[-1], name, self._path(name))
        return Place(self.folders[-1], "", "/".join(self.names) or ".")

    def _expect_open(self, name: str, found: os.stat_result | None) -> None:
        if self.closed.holds(self.root / self._path(name), found):
            raise ToolError(OWN.format(self.said))

    def _no_folder(self, name: str, waiting: Iterable[str]) -> ToolError:
        """Return what to raise where a folder is missing that more is to be in."""
        if any(is_git(each) for each in waiting):
            return ToolError(GIT.format(self.said))
        if ".." in waiting:
            return ToolError(f"{self.said!r} goes through a link that leads nowhere")
        return NoFolderError(self._path(name), "/".join((self._path(name), *waiting)))

    def _path(self, name: str) -> str:
        return "/".join((*self.names, name))

    def _target(self, name: str) -> list[str]:
        """Return the names that a link stands for, from where the walk then is."""
        target = os.readlink(name, dir_fd=self.folders[-1])
        if target.startswith("/"):
            inside = Path(os.path.normpath(target))
            if not inside.is_relative_to(self.root):
                raise ToolError(f"{self.said!r} is a link that leads out of the workspace")
            while self.names:
                self._leave()
            target = inside.relative_to(self.root).as_posix()
        return [part for part in target.split("/") if part not in ("", ".")]

    def _leave(self) -> None:
        """Go back to the folder that this one was come to from."""
        if not self.names:
            raise ToolError(f"{self.said!r} is a link that leads out of the workspace")
        self.names.pop()
        os.close(self.folders.pop())


def is_git(name: str) -> bool:
    """Whether some file system takes a name for ``.git``: in any case, with what it ignores."""
    seen = "".join(each for each in name if unicodedata.category(each) != "Cf")
    return unicodedata.normalize("NFKC", seen).casefold().rstrip(". ") in (".git", "git~1")
