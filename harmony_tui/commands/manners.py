"""What the commands do that are about the terminal and the log behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.config import locations
from harmony_tui.commands.command import CommandError

if TYPE_CHECKING:
    from harmony_tui.app import HarmonyApp


def show_log(app: HarmonyApp, words: str) -> None:
    """Show the end of the log, at first what has some words."""
    from harmony_tui.screens.log import LogScreen

    app.push_screen(LogScreen(locations.log_file(), words))


def suspend(app: HarmonyApp, _: str) -> None:
    """Stop the process, as Ctrl+Z does in a shell; ``fg`` brings it back."""
    if not app.manners.can_suspend:
        raise CommandError("There is no shell behind this screen to go back to.")
    app.action_suspend_process()
