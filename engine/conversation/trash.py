"""Sessions that the person deleted wait in a folder beside the others until it is emptied."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from engine.conversation.errors import StoreError
from engine.conversation.lock import Lock, LockedError

NAME = "trash"


def trash_folder(folder: Path) -> Path:
    """Return where the deleted sessions of a folder are."""
    return folder / NAME


def delete_session(path: Path) -> Path:
    """Move a session, and what is kept beside its file, to the trash; return where it is now.

    Raises:
        StoreError: a program writes it, or the folder cannot be written.
    """
    return _move(path, trash_folder(path.parent))


def restore_session(path: Path) -> Path:
    """Bring a session back from the trash; return where it is now.

    It is named anew where another one has its file's name by now.

    Raises:
        StoreError: it is not in the trash, or the folder cannot be written.
    """
    if path.parent.name != NAME:
        raise StoreError(f"{path} is not in the trash.")
    return _move(path, path.parent.parent)


def trashed_sessions(folder: Path) -> list[Path]:
    """Return the files of the deleted sessions of a folder, the newest session first."""
    return sorted(trash_folder(folder).glob("*.jsonl"), reverse=True)


def empty_trash(folder: Path) -> int:
    """Delete the sessions in the trash for good; return how many there were.

    Raises:
        StoreError: a file cannot be deleted.
    """
    sessions = trashed_sessions(folder)
    for path in sessions:
        try:
            # The session itself goes last, so that the trash never has only what stood beside it.
            for part in (*_beside(path), path):
                part.unlink(missing_ok=True)
        except OSError as error:
            raise StoreError(
                f"{path} cannot be deleted ({error.strerror}). Mend the folder's permissions."
            ) from error
    return len(sessions)


def _beside(path: Path) -> Iterator[Path]:
    for part in path.parent.iterdir():
        if part.stem == path.stem and part != path and part.suffix != ".lock":
            yield part


def _move(path: Path, folder: Path) -> Path:
    try:
        if not path.is_file():
            raise StoreError(f"There is no session {path}.")
        lock = Lock(path.with_suffix(".lock"))
    except LockedError as error:
        by = f" (process {error.pid})" if error.pid else ""
        raise StoreError(f"The session {path.stem} is open{by}. Close it first.") from error
    except OSError as error:
        raise StoreError(f"{path} cannot be moved: {error.strerror}.") from error
    try:
        folder.mkdir(exist_ok=True)
        stem = _free_stem(path.stem, folder)
        for part in (*_beside(path), path):
            part.rename(folder / f"{stem}{part.suffix}")
    except OSError as error:
        raise StoreError(
            f"{path} cannot be moved to {folder} ({error.strerror}). Mend the folder's permissions."
        ) from error
    finally:
        lock.release()
    return folder / f"{stem}.jsonl"


def _free_stem(stem: str, folder: Path) -> str:
    number, free = 1, stem
    while any(part.stem == free for part in folder.iterdir()):
        number += 1
        free = f"{stem}-{number}"
    return free
