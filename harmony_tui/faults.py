"""What is wrong with the files that a person writes, told where they look and kept in the log."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine, Sequence
from typing import TYPE_CHECKING, Any

from engine.config import locations

if TYPE_CHECKING:
    from harmony_tui.app import HarmonyApp

AT_START = "Not all is as your files have it. /config tells this again, and the log keeps it."
IN_FILES = "Wrong in your files:"


class Faults:
    """Tells what went wrong at the start; it stays in the conversation, as a notice would not."""

    def __init__(self, app: HarmonyApp) -> None:
        self._app = app

    async def tell_after(
        self, resuming: Coroutine[Any, Any, str] | None, problems: Sequence[str]
    ) -> str:
        """Tell of the start once the conversation is there; return what is to be said of that.

        Files that nothing has read yet are looked at now, and not when they are needed.

        Args:
            resuming: opens the conversation that goes on, if one does.
            problems: what is known to be wrong.

        Raises:
            StoreError: the conversation cannot be opened.
        """
        try:
            return "" if resuming is None else await resuming
        finally:
            self._tell([*problems, *await asyncio.to_thread(find_unread_faults)])

    def _tell(self, problems: Sequence[str]) -> None:
        log = logging.getLogger(__name__)
        for problem in problems:
            log.warning("%s", problem)
        if problems:
            self._app.chat_screen.conversation.say(as_list(AT_START, problems))


def find_unread_faults() -> list[str]:
    """Return what is wrong with files that are read only when they are needed; none of it runs."""
    tools = locations.own_tools_folder()
    files = (
        *(locations.presets_file(), locations.permissions_file()),
        *(tools / "tools.toml", tools / "tools.py"),
    )
    if not any(path.exists() for path in files):
        return []
    from harmony_tui.configuring import examine_own_files

    return [each for report in examine_own_files() for each in report.told]


def find_all_faults() -> list[str]:
    """Return what is wrong with any file that a person may write."""
    from harmony_tui.configuring import examine_files

    return [each for report in examine_files() for each in report.told]


def as_list(heading: str, problems: Sequence[str]) -> str:
    """Return sentences as a notice has them."""
    lines = (" ".join(each.split()) for each in problems)
    return "\n".join([heading, "", *(f"- {line}" for line in lines)])
