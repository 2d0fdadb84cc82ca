"""What takes a patch back exactly, and can be kept with a session."""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from dataclasses import dataclass
from typing import Any

from engine.tools.apply_patch.changes import MOST_BYTES, Change, Done, put
from engine.tools.registry import ToolError
from engine.tools.workspace import Content, Workspace


@dataclass(frozen=True, slots=True)
class Kept:
    """A file as it was before a patch, and what tells whether it is still as it was after."""

    path: str
    before: Content | None
    digest: str | None
    """The SHA-256 of what the file held after the patch; None where it was gone."""
    mode: int | None
    """The mode that it had then."""


@dataclass(frozen=True, slots=True)
class Undo:
    """Takes one patch back."""

    workspace: Workspace
    files: tuple[Kept, ...]
    made: tuple[str, ...] = ()
    """The folders that the patch made."""

    @classmethod
    def of(cls, workspace: Workspace, done: Done) -> Undo:
        """Return what takes changes back that were made."""
        return cls(workspace, tuple(_kept(change) for change in done.changes), done.made)

    @property
    def paths(self) -> list[str]:
        """The files that are put back."""
        return [each.path for each in self.files]

    def restore(self) -> None:
        """Put every file back as it was, with its mode; remove files and folders that were new.

        Raises:
            ToolError: a file was changed since. Nothing is changed then.
        """
        changes = []
        for each in self.files:
            now = self.workspace.read_for_change(each.path, MOST_BYTES)
            if _digest(now) != each.digest or (now is not None and now.mode != each.mode):
                raise ToolError(
                    f"{each.path} was changed since, so the patch cannot be taken back; "
                    "what was done to it by hand would be lost"
                )
            changes.append(Change(each.path, now, each.before))
        put(self.workspace, changes)
        self.workspace.remove_folders(list(self.made))

    def dump(self) -> str:
        """Return it as JSON of one line."""
        files = [
            {
                "path": each.path,
                "before": _packed(each.before),
                "after": each.digest and {"sha256": each.digest, "mode": each.mode},
            }
            for each in self.files
        ]
        kept = {"root": str(self.workspace.root), "files": files, "made": list(self.made)}
        return json.dumps(kept, ensure_ascii=False)

    @classmethod
    def load(cls, workspace: Workspace, text: str) -> Undo:
        """Return what ``dump`` kept.

        Raises:
            ToolError: it was kept for another workspace, or is damaged.
        """
        try:
            kept = json.loads(text)
            if kept["root"] != str(workspace.root):
                raise ToolError(f"the patch was made in {kept['root']}, not in this workspace")
            files = tuple(_loaded(each) for each in kept["files"])
            made = tuple(str(each) for each in kept["made"])
        except (ValueError, TypeError, LookupError, zlib.error) as error:
            raise ToolError("what was kept of the patch is damaged") from error
        return cls(workspace, files, made)


def _kept(change: Change) -> Kept:
    mode = change.after.mode if change.after else None
    return Kept(change.path, change.before, _digest(change.after), mode)


def _digest(content: Content | None) -> str | None:
    return hashlib.sha256(content.data).hexdigest() if content is not None else None


def _packed(content: Content | None) -> dict[str, Any] | None:
    if content is None:
        return None
    data = base64.b64encode(zlib.compress(content.data)).decode("ascii")
    return {"zlib": data, "mode": content.mode}


def _loaded(kept: dict[str, Any]) -> Kept:
    before, after = kept["before"], kept["after"] or {"sha256": None, "mode": None}
    content = None
    if before is not None:
        content = Content(_unpacked(before["zlib"]), int(before["mode"]))
    return Kept(str(kept["path"]), content, after["sha256"], after["mode"])


def _unpacked(text: str) -> bytes:
    unpacking = zlib.decompressobj()
    data = unpacking.decompress(base64.b64decode(text, validate=True), MOST_BYTES)
    if not unpacking.eof:
        raise ValueError("it is longer than what is patched, or cut")
    return data
