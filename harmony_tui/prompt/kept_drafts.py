"""What outlives the program: a file for each session, and one for what has none yet."""

from __future__ import annotations

import json
import logging
import os
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from engine.values import value
from harmony_tui.prompt.draft import Draft

NEW = "new-"
"""Begins the names of files of no session; the number of the process that writes them ends it."""
NONE_SAID = sys.maxsize
"""For ``Kept.said``: none of what waits can have been said since."""
OLDEST_SECONDS = 30 * 24 * 3600
"""A draft that was left alone for so long is thrown away."""

logger = logging.getLogger(__name__)


class Queued(NamedTuple):
    """A message that waits: its text as it is sent, and the draft that it was in the prompt box."""

    text: str
    draft: Draft


@value
class Kept:
    """What a conversation is left with: a draft, and messages that wait."""

    draft: Draft = Draft()
    waiting: tuple[Queued, ...] = ()
    said: int = -1
    """The number of the message that was said last when these waited; later ones may be of them."""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to keep."""
        return not (self.draft.text.strip() or self.waiting)

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON holds it."""
        value = self.draft.trimmed().to_json()
        if self.waiting:
            value["said"] = self.said
            value["waiting"] = [
                {"sent": each.text, **each.draft.to_json()} for each in self.waiting
            ]
        return value

    @classmethod
    def from_json(cls, value: object) -> Kept:
        """Return what JSON holds.

        Raises:
            ValueError: it holds something else.
        """
        draft = Draft.from_json(value)
        assert isinstance(value, dict)  # noqa: S101
        waiting, said = value.get("waiting", []), value.get("said", -1)
        if not isinstance(waiting, list) or not isinstance(said, int):
            raise ValueError("not messages that wait")
        return cls(draft, tuple(map(_read_queued, waiting)), said)


class LeftOver(NamedTuple):
    """What a program that ended without a word has left, and the session that it was of."""

    kept: Kept
    session: str | None


class KeptDrafts:
    """The files of a folder, one for each conversation, which is known by its session's id."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._has_new = False
        """Whether this program has written the file of no session."""

    def keep(self, session: str | None, kept: Kept, *, is_over: bool = False) -> None:
        """Write this in place of what was there, whole or not at all; nothing removes it.

        Args:
            session: the session's id; None for a conversation that has none.
            kept: what is to be there again.
            is_over: whether the conversation is left in good order; else a crash is what ends it.
        """
        path = self._path(session)
        self._has_new |= session is None
        try:
            if kept.is_empty:
                path.unlink(missing_ok=True)
                return
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            written = kept.to_json() if is_over else {**kept.to_json(), "process": os.getpid()}
            # Made with mode 0600.
            descriptor, name = tempfile.mkstemp(dir=self.folder, prefix=".", suffix=".json")
            with os.fdopen(descriptor, "w", encoding="utf-8", errors="replace") as file:
                json.dump(written, file, ensure_ascii=False)
            Path(name).replace(path)
        except OSError as error:
            logger.warning("%s: %s", path, error)

    def load(self, session: str) -> Kept | None:
        """Return what is kept of a session, if anything is."""
        return _read(self._path(session))

    def take_left_over(self) -> LeftOver | None:
        """Return the latest that a program left which ended without a word.

        What had no session is removed. The messages that wait in a session stay with it.
        """
        dated = []
        for file in self.folder.glob("*.json"):
            with suppress(OSError):
                dated.append((file.stat().st_mtime, file))
        for _, file in sorted(dated, reverse=True):
            if not self._is_left_over(file):
                continue
            kept, is_new = _read(file), file.name.startswith(NEW)
            if kept is not None and not is_new:
                session = file.stem
                self.keep(session, Kept(waiting=kept.waiting, said=kept.said), is_over=True)
                return LeftOver(kept, session)
            with suppress(OSError):
                file.unlink()
            if kept is not None:
                return LeftOver(kept, None)
        return None

    def tidy(self) -> None:
        """Remove the drafts that nobody has come back to."""
        for file in self.folder.glob("*.json"):
            with suppress(OSError):
                if file.stat().st_mtime < time.time() - OLDEST_SECONDS:
                    file.unlink()

    def _path(self, session: str | None) -> Path:
        return self.folder / f"{session or f'{NEW}{os.getpid()}'}.json"

    def _is_left_over(self, file: Path) -> bool:
        if file.name.startswith(NEW):
            number = file.stem.removeprefix(NEW)
            process = int(number) if number.isdecimal() else 0
            is_own = process == os.getpid() and self._has_new
            return not is_own and not _runs(process)
        try:
            process = json.loads(file.read_bytes()).get("process")
        except (OSError, ValueError, AttributeError):
            return False
        return isinstance(process, int) and not _runs(process)


def _read(path: Path) -> Kept | None:
    try:
        return Kept.from_json(json.loads(path.read_bytes()))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        logger.warning("%s is no draft: %s", path, error)
        return None


def _read_queued(value: object) -> Queued:
    draft = Draft.from_json(value)
    assert isinstance(value, dict)  # noqa: S101
    sent = value.get("sent")
    return Queued(sent if isinstance(sent, str) else draft.unfold(), draft)


def _runs(process: int) -> bool:
    """Whether another program runs under a number; this one's may have been a crashed one's."""
    if process in (0, os.getpid()):
        return False
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True
