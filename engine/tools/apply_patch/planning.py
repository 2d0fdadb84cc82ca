"""What a patch would do to a workspace, worked out without doing it."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from engine.tools.apply_patch.changes import MOST_BYTES, Change
from engine.tools.apply_patch.comparing import Row, compare, unified
from engine.tools.apply_patch.editing import edit
from engine.tools.apply_patch.grammar import (
    AddFile,
    DeleteFile,
    PatchError,
    Section,
    UpdateFile,
    has_padded_header,
    parse,
)
from engine.tools.apply_patch.lines import Line, NotTextError, TextFile
from engine.tools.workspace import Content, Workspace

Action = Literal["add", "update", "delete", "move"]

LETTERS: dict[Action, str] = {"add": "A", "update": "M", "move": "M", "delete": "D"}
SUCCESS = "Success. Updated the following files:"


@dataclass(frozen=True)
class FileChange:
    """What happens to one file, for the person who is asked."""

    action: Action
    path: str
    before: Content | None
    after: Content | None
    moved_from: str | None = None

    @cached_property
    def rows(self) -> list[Row]:
        """The two versions side by side; a new or removed file is shown in full."""
        return compare(_texts(self.before) or [], _texts(self.after) or [])

    @cached_property
    def diff(self) -> str:
        """The change as a unified diff."""
        old = self.moved_from or self.path
        return "\n".join(unified(_texts(self.before), _texts(self.after), old, self.path))

    @property
    def added(self) -> int:
        """How many lines come."""
        return sum(row.kind in ("added", "changed") for row in self.rows)

    @property
    def removed(self) -> int:
        """How many lines go."""
        return sum(row.kind in ("removed", "changed") for row in self.rows)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a patch does, worked out on the files as they were."""

    workspace: Workspace
    files: tuple[FileChange, ...]

    @property
    def changes(self) -> list[Change]:
        """What is to be written and removed."""
        changes = []
        for each in self.files:
            if each.moved_from is None:
                changes.append(Change(each.path, each.before, each.after))
            else:
                changes.append(Change(each.path, None, each.after))
                changes.append(Change(each.moved_from, each.before, None))
        return changes

    @property
    def diff(self) -> str:
        """The whole patch as a unified diff."""
        return "\n".join(each.diff for each in self.files)

    @property
    def reply(self) -> str:
        """What the model reads when it is done, in the words it knows."""
        order: tuple[Action, ...] = ("add", "update", "move", "delete")
        files = sorted(self.files, key=lambda each: order.index(each.action))
        return "\n".join([SUCCESS, *(f"{LETTERS[each.action]} {each.path}" for each in files)])


def plan(workspace: Workspace, text: str) -> Plan:
    """Return what a patch would do; nothing is done.

    Args:
        workspace: the folder that its paths are relative to.
        text: the patch as the model sent it.

    Raises:
        ToolError: it cannot be read, does not fit, or reaches for what it may not.
    """
    try:
        return _planned(workspace, parse(text))
    except PatchError:
        if has_padded_header(text):
            with suppress(PatchError):  # the first reading's complaint is the likelier one
                return _planned(workspace, parse(text, padded=True))
        raise


def _planned(workspace: Workspace, sections: Iterable[Section]) -> Plan:
    draft = _Draft(workspace)
    for section in sections:
        match section:
            case AddFile():
                draft.add(section)
            case DeleteFile():
                draft.delete(section)
            case UpdateFile():
                draft.update(section)
    files = draft.changes()
    if not files:
        raise PatchError("the patch changes nothing: the files are already as it would make them")
    return Plan(workspace, files)


class _Draft:
    """The files that a patch touches, as they are after its sections so far."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.original: dict[str, Content | None] = {}
        self.now: dict[str, Content | None] = {}
        self.origins: dict[str, str] = {}
        """Where a moved file was first."""

    def add(self, section: AddFile) -> None:
        path, there = self._look(section.path)
        if there is not None:
            raise PatchError(f"{path} exists already; change it with '*** Update File: {path}'")
        text = TextFile(tuple(Line(line, "\n") for line in section.lines))
        self._set(path, Content(_written(path, text)))

    def delete(self, section: DeleteFile) -> None:
        path, there = self._look(section.path)
        if there is None:
            raise PatchError(f"there is no file {path!r} to delete")
        self._set(path, None)

    def update(self, section: UpdateFile) -> None:
        path, there = self._look(section.path)
        if there is None:
            raise PatchError(f"there is no file {path!r}; make it with '*** Add File: {path}'")
        if section.hunks:
            edited = edit(path, _read(path, there), section.hunks)
            there = Content(_written(path, edited), there.mode)
        if section.move_to is not None:
            target, taken = self._look(section.move_to)
            if taken is not None and target != path:
                raise PatchError(f"{path} cannot be moved to {target}, which exists already")
            self._set(path, None)
            self.origins[target] = self.origins.pop(path, path)
            path = target
        self._set(path, there)

    def _look(self, said: str) -> tuple[str, Content | None]:
        """Return where a file is, and what it holds by now."""
        if said.endswith("/"):
            raise PatchError(f"{said} names a folder; patches are of files")
        path = self.workspace.locate(said)
        if path not in self.now:
            self.original[path] = self.workspace.read_for_change(path, MOST_BYTES)
            self.now[path] = self.original[path]
        return path, self.now[path]

    def _set(self, path: str, content: Content | None) -> None:
        self.now[path] = content
        below = {each for each, held in self.now.items() if held is not None}
        if clash := next((each for each in below if path.startswith(f"{each}/")), None):
            raise PatchError(f"{clash} cannot be a file and the folder of {path}")
        if content is not None and any(each.startswith(f"{path}/") for each in below):
            raise PatchError(f"{path} cannot be a file and the folder of others")

    def changes(self) -> tuple[FileChange, ...]:
        """Return what is not as it was."""
        files = []
        moved = {self.origins[path]: path for path in self.origins if self._is_move(path)}
        for path, held in self.now.items():
            before, after = self.original[path], held
            if before and after and after.mode is None:  # deleted, and made anew
                after = replace(after, mode=before.mode)
            origin = self.origins.get(path)
            if origin is not None and moved.get(origin) == path:
                files.append(FileChange("move", path, self.original[origin], after, origin))
            elif path not in moved and before != after:
                action: Action = "update" if before and after else "add" if after else "delete"
                files.append(FileChange(action, path, before, after))
        return tuple(files)

    def _is_move(self, path: str) -> bool:
        """Whether a file that was moved still is where it was moved to, and gone before."""
        origin = self.origins[path]
        return (
            path != origin
            and self.now.get(path) is not None
            and self.original[path] is None
            and self.original.get(origin) is not None
            and self.now[origin] is None
        )


def _read(path: str, content: Content) -> TextFile:
    try:
        return TextFile.read(content.data)
    except NotTextError as error:
        raise PatchError(f"{path} cannot be patched: {error}") from error


def _written(path: str, text: TextFile) -> bytes:
    try:
        return text.write()
    except NotTextError as error:
        raise PatchError(f"{path} cannot be written: {error}") from error


def _texts(content: Content | None) -> list[str] | None:
    """Return a file's lines for showing; bytes that are no text show as such."""
    if content is None:
        return None
    try:
        lines = TextFile.read(content.data).lines
    except NotTextError:
        return [f"(binary, {len(content.data):,} bytes)"]
    return [
        line.text.encode("utf-8", "surrogateescape").decode("utf-8", "replace") for line in lines
    ]
