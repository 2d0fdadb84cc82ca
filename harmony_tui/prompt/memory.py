"""What the prompt box remembers: what was sent, and drafts. Files are written in a thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from harmony_tui.prompt.draft import Draft
from harmony_tui.prompt.history import History
from harmony_tui.prompt.kept_drafts import Kept, KeptDrafts, LeftOver


class Memory:
    """The history and the drafts on disk; a disk that is slow holds up no key."""

    def __init__(self, history: Path, drafts: Path, keeps: Callable[[], bool]) -> None:
        """Begin to remember.

        Args:
            history: the file of what was sent.
            drafts: the folder of the drafts.
            keeps: whether anything may be written now.
        """
        self._history = History(history)
        self._drafts = KeptDrafts(drafts)
        self._keeps = keeps
        self._kept: tuple[str | None, Kept] = (None, Kept())
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="prompt")

    def entries(self) -> Sequence[Draft]:
        """Return what was sent, the latest last."""
        return self._history.entries()

    def note_sent(self, draft: Draft) -> None:
        """Remember what was sent."""
        if self._history.add(draft) and self._keeps():
            self._thread.submit(self._history.write, draft)

    def keep(self, session: str | None, kept: Kept) -> None:
        """Keep what stands in a session, or in a conversation that has none yet."""
        if not self._keeps() or self._kept == (session, kept):
            return
        before, _ = self._kept
        if before is None and session is not None:
            # The conversation has begun since.
            self._thread.submit(self._drafts.keep, None, Kept())
        self._kept = (session, kept)
        self._thread.submit(self._drafts.keep, session, kept)

    def leave(self, session: str, kept: Kept) -> None:
        """Keep what a session is left with, its draft and what waits there."""
        if self._keeps():
            self._kept = (session, kept)
            self._thread.submit(self._drafts.keep, session, kept, is_over=True)

    def recall(self, session: str | None) -> LeftOver | None:
        """Return what is kept of a session; for none, what a program that crashed has left."""
        if not self._keeps():
            return None
        if session is None:
            return self._thread.submit(self._drafts.take_left_over).result()
        kept = self._thread.submit(self._drafts.load, session).result()
        return None if kept is None else LeftOver(kept, None)

    def close(self, session: str | None, kept: Kept, *, has_crashed: bool = False) -> None:
        """Keep what is left, and wait until all is written.

        A draft of no session comes back after a crash only. Else it is remembered with what was
        sent, where it does not stand in the way.
        """
        if session is None and not has_crashed:
            self.keep(None, Kept(waiting=kept.waiting, said=kept.said))
            if not kept.draft.text.startswith("/"):
                self.note_sent(kept.draft)
        else:
            self.keep(session, kept)
            if session is not None and not has_crashed and self._keeps():
                self._thread.submit(self._drafts.keep, session, kept, is_over=True)
        if self._keeps():
            self._thread.submit(self._drafts.tidy)
        self._thread.shutdown()
