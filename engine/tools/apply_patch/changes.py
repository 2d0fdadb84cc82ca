"""Puts changes into a workspace: all or none of them, and back again."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace

from engine.tools.registry import ToolError
from engine.tools.workspace import Content, Workspace

MOST_BYTES = 16 * 1024 * 1024
"""Larger files are not patched."""


@dataclass(frozen=True, slots=True)
class Change:
    """A file before and after; None where there is none."""

    path: str
    before: Content | None
    after: Content | None


@dataclass(frozen=True, slots=True)
class Done:
    """What was done: the changes, with the modes that new files got, and the folders made."""

    changes: tuple[Change, ...]
    made: tuple[str, ...]


def put(workspace: Workspace, changes: Sequence[Change]) -> Done:
    """Make changes: each file is written beside its place first, then all are put there.

    Raises:
        ToolError: a file is not what it was before, or cannot be written. Nothing is changed then.
    """
    for change in changes:
        check(workspace, change.path, change.before)
    made: list[str] = []
    staged: dict[str, str] = {}
    done: list[Change] = []
    try:
        for change in changes:
            if change.after is not None:
                made += workspace.make_folders(change.path)
                owner = _owner(workspace, change)
                staged[change.path] = workspace.stage(change.path, change.after, owner)
        for change in changes:
            check(workspace, change.path, change.before)
            done.append(_put_one(workspace, change, staged))
    except BaseException as error:
        for path, name in staged.items():
            workspace.discard(path, name)
        _roll_back(workspace, done, made, error)
        raise
    return Done(tuple(done), tuple(made))


def check(workspace: Workspace, path: str, before: Content | None) -> None:
    """See that a file is what it was.

    Raises:
        ToolError: it is not.
    """
    if workspace.read_for_change(path, MOST_BYTES) != before:
        raise ToolError(f"{path} was changed meanwhile; read it again")


def _owner(workspace: Workspace, change: Change) -> os.stat_result | None:
    """Return the file whose owner the new one is to have."""
    with workspace.at(change.path) as place:
        return place.status()


def _put_one(workspace: Workspace, change: Change, staged: dict[str, str]) -> Change:
    if change.after is None:
        workspace.remove(change.path)
        return change
    is_new = change.before is None
    mode = workspace.put(change.path, staged[change.path], is_new=is_new)
    del staged[change.path]
    return replace(change, after=replace(change.after, mode=mode))


def _roll_back(
    workspace: Workspace, done: Sequence[Change], made: list[str], cause: BaseException
) -> None:
    """Take changes back.

    Raises:
        ToolError: one could not be; the text names the files.
    """
    left = []
    for change in reversed(done):
        try:
            if change.before is None:
                workspace.remove(change.path)
            else:
                staged = workspace.stage(change.path, change.before)
                workspace.put(change.path, staged, is_new=False)
        except ToolError:
            left.append(change.path)
    workspace.remove_folders(made)
    if left:
        raise ToolError(
            f"{cause}; and these were changed all the same: {', '.join(left)}"
        ) from cause
