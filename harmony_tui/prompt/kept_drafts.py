"""Drafts that outlive the program: one file for each session, and one for what has none yet."""

from __future__ import annotations

import json
import logging
import os
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from harmony_tui.prompt.draft import Draft

NEW = "new-"
"""Begins the names of files of no session; the number of the process that writes them ends it."""
OLDEST_SECONDS = 30 * 24 * 3600
"""A draft that was left alone for so long is thrown away."""

logger = logging.getLogger(__name__)


class KeptDrafts:
    """The files of a folder, one for each draft; a draft is known by its session's id."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, session: str | None, draft: Draft) -> None:
        """Write a draft in place of the one before, whole or not at all; an empty one removes it.

        Args:
            session: the session's id; None for a conversation that has none.
            draft: what stands in the box.
        """
        path = self._path(session)
        try:
            if not draft.text.strip():
                path.unlink(missing_ok=True)
                return
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            # Made with mode 0600.
            descriptor, name = tempfile.mkstemp(dir=self.folder, prefix=".", suffix=".json")
            with os.fdopen(descriptor, "w", encoding="utf-8", errors="replace") as file:
                json.dump(draft.trimmed().to_json(), file, ensure_ascii=False)
            Path(name).replace(path)
        except OSError as error:
            logger.warning("%s: %s", path, error)

    def load(self, session: str) -> Draft | None:
        """Return the draft of a session, if there is one."""
        return _read(self._path(session))

    def take_left_over(self) -> Draft | None:
        """Return the latest draft of a program that ended without a word, and remove its file."""
        files = [each for each in self.folder.glob(f"{NEW}*.json") if not _is_in_use(each)]
        dated = []
        for file in files:
            with suppress(OSError):
                dated.append((file.stat().st_mtime, file))
        for _, file in sorted(dated, reverse=True):
            draft = _read(file)
            with suppress(OSError):
                file.unlink()
            if draft is not None:
                return draft
        return None

    def tidy(self) -> None:
        """Remove the drafts that nobody has come back to."""
        for file in self.folder.glob("*.json"):
            with suppress(OSError):
                if file.stat().st_mtime < time.time() - OLDEST_SECONDS:
                    file.unlink()

    def _path(self, session: str | None) -> Path:
        return self.folder / f"{session or f'{NEW}{os.getpid()}'}.json"


def _read(path: Path) -> Draft | None:
    try:
        return Draft.from_json(json.loads(path.read_bytes()))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        logger.warning("%s is no draft: %s", path, error)
        return None


def _is_in_use(path: Path) -> bool:
    """Whether another program that runs now writes a file."""
    number = path.stem.removeprefix(NEW)
    if not number.isdecimal() or int(number) == os.getpid():
        return False
    try:
        os.kill(int(number), 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True
