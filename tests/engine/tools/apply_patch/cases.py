"""Patches and what becomes of a tree of files by them: the frame of the corpus."""

from __future__ import annotations

from dataclasses import dataclass, field

Tree = dict[str, str]
"""Files by path; the text is what they hold in UTF-8, surrogates standing for other bytes."""


@dataclass(frozen=True)
class Case:
    """A patch of files; after it they are as ``after`` says, or as before and an error is told."""

    name: str
    before: Tree
    patch: str
    after: Tree = field(default_factory=dict)
    """The files that differ from before; those that are gone are ``GONE``."""
    reply: str = ""
    """The lines below the first of the reply; empty if the case is not about them."""
    error: str = ""
    """What the error says, in part; empty if there is none."""


GONE = "<gone>"


def patch(*lines: str) -> str:
    """Return the patch of some lines."""
    return "\n".join(["*** Begin Patch", *lines, "*** End Patch", ""])


def update(path: str, *lines: str) -> str:
    """Return the patch that updates one file."""
    return patch(f"*** Update File: {path}", *lines)
