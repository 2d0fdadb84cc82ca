"""Whole sessions, each written into a file of its own in one step."""

from __future__ import annotations

import os
import re
import secrets
from datetime import UTC, datetime
from pathlib import Path

from engine.conversation import writing
from engine.conversation.disk import sync_folder, to_disk
from engine.conversation.errors import StoreError
from engine.conversation.lines import dump
from engine.conversation.messages import Head, Session, up_to

SUFFIX = ".jsonl"

NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}")
"""What an id may be, so that a file can be named after it."""


def new_session_id(now: datetime) -> str:
    """Return an id that sorts by time, such as ``20261124-131500-9f3a07c1``."""
    return f"{now:%Y%m%d-%H%M%S}-{secrets.token_hex(4)}"


def write_session(folder: Path, session: Session) -> Path:
    """Keep a whole session in a file of its own, such as an import or a fork.

    It comes into being in one step, complete and on the disk.

    Raises:
        StoreError: the folder cannot be written, or has a session of that id, or no file can be
            named after that.
    """
    if not NAME.fullmatch(session.id):
        raise StoreError(f"{session.id!r} cannot be the id of a session; it names the file.")
    path = folder / f"{session.id}{SUFFIX}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if path.exists():
            raise StoreError(f"{path} is there already. Delete or rename it first.")
        write_new(path, session)
    except OSError as error:
        raise StoreError(
            f"{path} cannot be written ({error.strerror}). Free space or mend the folder's "
            "permissions."
        ) from error
    return path


def fork(folder: Path, session: Session, message: int) -> Path:
    """Make a new session of the path to a message; return its file.

    Raises:
        KeyError: there is no such message.
        StoreError: the file cannot be written.
    """
    now = datetime.now(UTC)
    return write_session(folder, up_to(session, message, Head(new_session_id(now), now)))


def write_new(path: Path, session: Session) -> None:
    """Have a file hold a session, in one step, whatever it held before."""
    new = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with new.open("wb") as file:
            new.chmod(0o600)
            file.writelines(dump(line) for line in writing.session_lines(session))
            file.flush()
            to_disk(file.fileno())
        new.replace(path)
        sync_folder(path.parent)
    finally:
        new.unlink(missing_ok=True)
