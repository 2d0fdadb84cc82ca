"""Imported conversations as sessions of the program's own: all of them, or none."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from engine.conversation.errors import StoreError
from engine.conversation.exchange.reading import ExchangeError
from engine.conversation.messages import Session
from engine.conversation.whole_sessions import SUFFIX, write_session


def keep(sessions: Iterable[Session], folder: Path) -> list[Path | None]:
    """Put sessions into a folder and return their files; None for those that are there already.

    A conversation that is imported again has the id that it had before.

    Raises:
        ExchangeError: one of them cannot be written; the folder is then as it was.
    """
    files: list[Path | None] = []
    try:
        for session in sessions:
            is_there = (folder / f"{session.id}{SUFFIX}").exists()
            files.append(None if is_there else write_session(folder, session))
    except StoreError as error:
        for file in files:
            if file is not None:
                file.unlink(missing_ok=True)
        raise ExchangeError(f"{error} Nothing was imported.") from error
    return files
