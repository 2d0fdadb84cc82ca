"""Completion of the files that a message mentions."""

from __future__ import annotations

import asyncio
import re
import threading
import time
from dataclasses import replace
from pathlib import Path

from harmony_tui.prompt.attachments import mention
from harmony_tui.prompt.completions import Offer
from harmony_tui.prompt.draft import Draft
from harmony_tui.prompt.file_index import rank, scan

MOST_OFFERED = 50
FRESH_SECONDS = 5.0
"""Files that were found longer ago are looked for anew."""
BEGUN = re.compile(r"(?:^|[\s(\[{])@(?:\"(?P<quoted>[^\"\n]*)|(?P<plain>[^\s\"]*))$")


class FileCompletion:
    """Offers files of a folder for what is typed after an ``@``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.is_offering = False
        self.is_sure = False
        """Whether the first of what is offered is likely what is meant."""
        self._is_asked = False
        self._is_searching = False
        self._files: list[str] = []
        self._found_at = -FRESH_SECONDS
        self._stopping = threading.Event()

    @property
    def is_stale(self) -> bool:
        """Whether files are asked for, and those that are known are to be looked for anew."""
        is_old = time.monotonic() - self._found_at > FRESH_SECONDS
        return self._is_asked and is_old and not self._is_searching

    def offer(self, draft: Draft, cursor: int) -> list[Offer]:
        """Return the ways in which the mention before the cursor can go on, best first."""
        before, after = draft.text[:cursor], draft.text[cursor:]
        begun = BEGUN.search(before)
        self._is_asked = begun is not None
        self.is_offering = False
        if begun is None:
            return []
        letters = begun["quoted"] if begun["quoted"] is not None else begun["plain"]
        if letters in self._files:
            return []  # it is there as a whole
        start = cursor - len(letters) - (2 if begun["quoted"] is not None else 1)
        offers = []
        for path in rank(self._files, letters, MOST_OFFERED):
            put = f"{draft.text[:start]}{mention(path)}{'' if after[:1].isspace() else ' '}"
            whole = replace(draft, text=put + after)
            place = len(put) + (1 if after[:1].isspace() else 0)
            offers.append(Offer(whole, path, cursor=place))
        self.is_offering = bool(offers)
        self.is_sure = bool(letters and offers and letters.casefold() in offers[0].label.casefold())
        return offers

    async def find(self) -> None:
        """Look for the folder's files, in a thread."""
        self._is_searching = True
        try:
            self._files = await asyncio.to_thread(scan, self.folder, self._stopping)
        finally:
            self._found_at = time.monotonic()
            self._is_searching = False

    def stop(self) -> None:
        """End a search that is under way."""
        self._stopping.set()
