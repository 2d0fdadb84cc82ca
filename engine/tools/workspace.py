"""The one folder that a model's file tools may touch, and all that they may do there."""

from __future__ import annotations

import errno
import os
import re
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from engine.tools.places import FOLDER, OWN, Closed, NoFolderError, Place, Walk, is_git
from engine.tools.registry import ToolError
from engine.tools.sandbox.policy import own_folders

FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NOCTTY | os.O_NONBLOCK
NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC

WORKSPACE = "the workspace"
"""The place of tools that the program runs, and that reach no further."""

CANNOT_LINK = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK}


@dataclass(frozen=True, slots=True)
class Content:
    """What a file holds, and its mode (permission bits); None is a new file's."""

    data: bytes
    mode: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A name in a folder."""

    name: str
    is_folder: bool
    is_link: bool = False


class Workspace:
    """A folder, and what may be done in it.

    Every method takes a path as a model wrote it, and raises a ToolError that says what to do
    instead where the path is refused or the file system says no.
    """

    def __init__(self, root: Path) -> None:
        """Take a folder that exists; links in its own path are resolved now.

        Raises:
            ToolError: there is no such folder, or it is one of the program's own.
        """
        try:
            self.root = root.resolve(strict=True)
        except (OSError, RuntimeError) as error:
            raise ToolError(f"the workspace {str(root)!r} does not exist") from error
        if not self.root.is_dir():
            raise ToolError(f"the workspace {str(root)!r} is no folder")
        closed = Closed.of(own_folders())
        if any(closed.holds(each, each.stat()) for each in (self.root, *self.root.parents)):
            raise ToolError(OWN.format(str(root)))

    @contextmanager
    def at(self, path: str, *, follow: bool = False) -> Iterator[Place]:
        """Hold the place that a path names; there need not be anything.

        Args:
            path: relative to the workspace, parted by ``/``.
            follow: whether a link that the path ends in is followed; otherwise the place is the
                link's own.
        """
        parts = self._parts(path)
        with _sentences(path):
            walk = Walk(self.root, path)
            try:
                yield walk.to(parts, follow=follow)
            finally:
                walk.close()

    def locate(self, path: str) -> str:
        """Return where in the workspace a path leads, without links on the way.

        Neither the file nor the folders that it is in need be there.
        """
        try:
            with self.at(path) as place:
                return place.path
        except NoFolderError as error:
            return error.path

    def read(self, path: str, most: int, *, follow: bool = True) -> Content:
        """Return what a file holds.

        Args:
            path: of the file.
            most: bytes; a larger one is refused.
            follow: whether the path may end in a link.
        """
        with self.at(path, follow=follow) as place:
            found = _expect_file(place.status(), path)
            if found.st_size > most:
                raise ToolError(f"{path} has {found.st_size:,} bytes, more than {most:,}")
            descriptor = os.open(place.name, FILE, dir_fd=place.folder)
            with os.fdopen(descriptor, "rb") as file:
                found = _expect_file(os.fstat(descriptor), path)
                data = file.read(most + 1)
        if len(data) > most:
            raise ToolError(f"{path} has more than {most:,} bytes")
        return Content(data, stat.S_IMODE(found.st_mode))

    def read_for_change(self, path: str, most: int) -> Content | None:
        """Return what a file holds that is to be changed, or None if there is nothing there.

        Refused are links, and files that have another name: what is written would be seen there,
        or no longer be.
        """
        try:
            found = self._changeable(path)
        except NoFolderError:
            return None
        return None if found is None else self.read(path, most, follow=False)

    def _changeable(self, path: str) -> os.stat_result | None:
        with self.at(path) as place:
            found = place.status()
            if found is None:
                return None
            if stat.S_ISLNK(found.st_mode):
                target = os.readlink(place.name, dir_fd=place.folder)
                raise ToolError(f"{path} is a link to {target!r}; change that file by its own path")
            if _expect_file(found, path).st_nlink > 1:
                raise ToolError(f"{path} is a hard link, shared with another file; leave it")
            return found

    def list_folder(self, path: str) -> list[Entry]:
        """Return what is in a folder, by name, without ``.git`` and what is no file or folder."""
        with self.at(path, follow=True) as place:
            found = place.status()
            if found is None:
                raise ToolError(f"there is no folder {path!r}")
            if not stat.S_ISDIR(found.st_mode):
                raise ToolError(f"{path} is a file, not a folder")
            if place.name:
                descriptor = os.open(place.name, FOLDER, dir_fd=place.folder)
            else:
                descriptor = os.dup(place.folder)
            try:
                with os.scandir(descriptor) as entries:
                    listed = [_entry(entry) for entry in entries if not is_git(entry.name)]
            finally:
                os.close(descriptor)
        return sorted((each for each in listed if each is not None), key=lambda each: each.name)

    def make_folders(self, path: str) -> list[str]:
        """Make the folders that a file's path goes through, and return those that were missing."""
        parts = self._parts(path)[:-1]
        made = []
        try:
            for end in range(1, len(parts) + 1):
                with self.at("/".join(parts[:end])) as place:
                    if place.status() is None:
                        os.mkdir(place.name, dir_fd=place.folder)
                        made.append(place.path)
        except ToolError:
            self.remove_folders(made)
            raise
        return made

    def remove_folders(self, paths: list[str]) -> None:
        """Remove folders that were made, the last first; those that are not empty stay."""
        for path in reversed(paths):
            with suppress(ToolError), self.at(path) as place:
                os.rmdir(place.name, dir_fd=place.folder)

    def stage(self, path: str, content: Content, like: os.stat_result | None = None) -> str:
        """Write a file's new content beside it, and return the name of what was written.

        Args:
            path: of the file, whose folder exists.
            content: the new content. Without a mode it gets that of new files.
            like: the file whose owner it is to have.
        """
        with self.at(path) as place:
            staged = f".{secrets.token_hex(8)}.patch"
            mode = 0o666 if content.mode is None else content.mode & 0o700
            descriptor = os.open(staged, NEW, mode, dir_fd=place.folder)
            try:
                with os.fdopen(descriptor, "wb") as file:
                    file.write(content.data)
                    file.flush()
                    if like is not None and (like.st_uid, like.st_gid) != _owner(descriptor):
                        with suppress(PermissionError):
                            os.fchown(descriptor, like.st_uid, like.st_gid)
                    if content.mode is not None:
                        os.fchmod(descriptor, content.mode)
                    os.fsync(descriptor)
            except BaseException:
                os.unlink(staged, dir_fd=place.folder)
                raise
        return staged

    def put(self, path: str, staged: str, *, is_new: bool) -> int:
        """Give what was staged a file's name, in one step, and return its mode.

        Args:
            path: of the file.
            staged: the name that ``stage`` returned.
            is_new: whether there must be no file of that name yet.
        """
        with self.at(path) as place:
            folder = place.folder
            if is_new:
                # A link fails where a name is taken; a rename would replace what is there.
                try:
                    os.link(staged, place.name, src_dir_fd=folder, dst_dir_fd=folder)
                    os.unlink(staged, dir_fd=folder)
                except OSError as error:
                    if error.errno not in CANNOT_LINK:
                        raise
                    if place.status() is not None:
                        raise FileExistsError(errno.EEXIST, "it exists") from error
                    os.rename(staged, place.name, src_dir_fd=folder, dst_dir_fd=folder)
            else:
                os.rename(staged, place.name, src_dir_fd=folder, dst_dir_fd=folder)
            found = os.stat(place.name, dir_fd=place.folder, follow_symlinks=False)
            return stat.S_IMODE(found.st_mode)

    def discard(self, path: str, staged: str) -> None:
        """Remove what was staged for a file, if it is still there."""
        with suppress(ToolError), self.at(path) as place, suppress(FileNotFoundError):
            os.unlink(staged, dir_fd=place.folder)

    def remove(self, path: str) -> None:
        """Remove a file; a link is removed as such."""
        with self.at(path) as place:
            os.unlink(place.name, dir_fd=place.folder)

    def _parts(self, path: str) -> list[str]:
        """Return the names of a path.

        Raises:
            ToolError: it is none that a tool takes.
        """
        spelled = path.strip()
        if not spelled:
            raise ToolError("the path is empty; give one relative to the workspace")
        if not spelled.isprintable():
            raise ToolError(f"the path {path!r} has characters that cannot be printed")
        if "\\" in spelled:
            raise ToolError(f"the path {path!r} has a backslash; part folders by /")
        if spelled.startswith(("/", "~")) or re.match(r"[a-zA-Z]:|[\w+.-]+://", spelled):
            raise ToolError(self._relative_hint(spelled))
        parts = [part for part in spelled.split("/") if part not in ("", ".")]
        if ".." in parts:
            raise ToolError(f"the path {path!r} has '..'; give one without it, from the workspace")
        return parts

    def _relative_hint(self, path: str) -> str:
        inside = f"{self.root}/"
        if path.startswith(inside):
            return f"give the path relative to the workspace: {path.removeprefix(inside)!r}"
        return f"{path!r} is not relative to the workspace; only files in it can be reached"


def _expect_file(found: os.stat_result | None, path: str) -> os.stat_result:
    if found is None:
        raise ToolError(f"there is no file {path!r}")
    if stat.S_ISDIR(found.st_mode):
        raise ToolError(f"{path} is a folder, not a file")
    if not stat.S_ISREG(found.st_mode):
        raise ToolError(f"{path} is no ordinary file; only those can be reached")
    return found


def _entry(entry: os.DirEntry[str]) -> Entry | None:
    """Return a name in a folder; None for what no tool can use."""
    if not entry.name.isprintable():
        return None
    if entry.is_symlink():
        return Entry(entry.name, is_folder=False, is_link=True)
    if entry.is_dir(follow_symlinks=False):
        return Entry(entry.name, is_folder=True)
    return Entry(entry.name, is_folder=False) if entry.is_file(follow_symlinks=False) else None


def _owner(descriptor: int) -> tuple[int, int]:
    found = os.fstat(descriptor)
    return found.st_uid, found.st_gid


@contextmanager
def _sentences(path: str) -> Iterator[None]:
    """Raise what the file system says as a sentence about a path."""
    try:
        yield
    except FileNotFoundError as error:
        raise ToolError(f"there is no file {path!r}") from error
    except FileExistsError as error:
        raise ToolError(f"{path} exists already") from error
    except PermissionError as error:
        raise ToolError(f"the system does not permit it for {path}") from error
    except OSError as error:
        said = (error.strerror or str(error)).lower()
        raise ToolError(f"the system cannot do it for {path}: {said}") from error
