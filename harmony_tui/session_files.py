"""Which file a person means who names a session, and where all of them are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from engine.config import locations
from engine.conversation.trash import trashed_sessions

if TYPE_CHECKING:
    from engine.config.settings import Settings

SUFFIX = ".jsonl"
MOST_NAMED = 5
"""How many ids a message names."""


class NoSessionError(Exception):
    """No session, or more than one, is meant; the message says which there are."""


def sessions_folder(settings: Settings) -> Path:
    """Return where conversations are kept."""
    chosen = settings.sessions_folder
    return locations.sessions_folder() if chosen is None else Path(chosen)


def session_ids(folder: Path) -> list[str]:
    """Return the ids of all sessions of a folder, the newest first."""
    ids = (path.stem for path in folder.glob(f"*{SUFFIX}") if path.name[0] != ".")
    return sorted(ids, reverse=True)


def find_session(folder: Path, named: str) -> Path:
    """Return the file of the session of an id, of its unique beginning, or of its unique ending.

    Raises:
        NoSessionError: there is none, or there are several.
    """
    found = _find(session_ids(folder), named, f"in {folder}")
    return folder / f"{found}{SUFFIX}"


def find_deleted_session(folder: Path, named: str) -> Path:
    """Return the file of a session in the trash of a folder; see ``find_session``.

    Raises:
        NoSessionError: there is none, or there are several.
    """
    deleted = trashed_sessions(folder)
    found = _find([path.stem for path in deleted], named, "in the trash")
    return next(path for path in deleted if path.stem == found)


def newest_session(folder: Path) -> Path:
    """Return the file of the session in which something was said last.

    Raises:
        NoSessionError: there is none.
    """
    from engine.conversation.index import Index

    index = Index(folder)
    try:
        readable = (each.path for each in index.sessions() if not each.problem)
        newest = next(readable, None)
    finally:
        index.close()
    if newest is None:
        raise NoSessionError(f"There are no sessions in {folder} yet.")
    return newest


def say_damage(damaged: int) -> str:
    """Return what is to be said of so many unreadable lines of a session; empty for none."""
    if not damaged:
        return ""
    lines, they = ("line", "it stays") if damaged == 1 else ("lines", "they stay")
    return (
        f"{damaged:,} {lines} of its file cannot be read, so what stood there is missing here; "
        f"{they} in the file, and {locations.log_file()} says why."
    )


def _find(ids: Iterable[str], named: str, where: str) -> str:
    ids, named = list(ids), named.removesuffix(SUFFIX)
    if named in ids:
        return named
    for is_meant in (str.startswith, str.endswith):
        found = [each for each in ids if named and is_meant(each, named)]
        if len(found) == 1:
            return found[0]
        if found:
            raise NoSessionError(f"{named} could be any of {_listed(found)}. Write more of it.")
    if not ids:
        raise NoSessionError(f"There is no session {named}, and no other one {where}.")
    nearest = _listed(_nearest(ids, named))
    raise NoSessionError(f"There is no session {named} {where}. Nearest: {nearest}.")


def _nearest(ids: list[str], named: str) -> list[str]:
    """Return the ids that a mistyped one may have meant, else the newest ones."""
    like = get_close_matches(named, ids, n=MOST_NAMED, cutoff=0.7)
    if not like:
        # A part of an id has little in common with the whole of it.
        parts = {part: each for each in reversed(ids) for part in re.split("[-_.]", each)}
        like = [parts[part] for part in get_close_matches(named, parts, n=MOST_NAMED, cutoff=0.6)]
    return like or ids[:MOST_NAMED]


def _listed(ids: list[str]) -> str:
    shown = ", ".join(ids[:MOST_NAMED])
    return f"{shown} and {len(ids) - MOST_NAMED:,} more" if len(ids) > MOST_NAMED else shown
