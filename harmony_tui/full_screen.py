"""Runs the application in the terminal, and leaves that as it was."""

from __future__ import annotations

import logging
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from engine.config import locations
from harmony_tui.app import HarmonyApp
from harmony_tui.ending import Ending
from harmony_tui.log import where_to_look
from harmony_tui.terminal import stderr_in, title_kept

if TYPE_CHECKING:
    from engine.config.precedence import Configuration
    from engine.config.settings import Settings
    from engine.conversation.store import Store
    from harmony_tui.debug_log import DebugLog
    from harmony_tui.first_frame import FirstFrame

SWITCH_SECONDS = 0.001
"""How long a thread may keep Python to itself: short, so that drawing does not hold up tokens."""


def run(
    settings: Settings | Configuration,
    model: str | None = None,
    *,
    resumed: Store | None = None,
    is_ephemeral: bool = False,
    debug_log: DebugLog | None = None,
    first_frame: FirstFrame | None = None,
) -> int:
    """Show the application until the person leaves it; return the exit code.

    Args:
        settings: what the person has set, and where.
        model: name or folder of a model in place of the one that is set.
        resumed: the session to go on with.
        is_ephemeral: whether nothing that is said is kept on disk.
        debug_log: where all that the model reads and samples is written, if it is.
        first_frame: what holds the terminal until the application takes it.
    """
    sys.setswitchinterval(SWITCH_SECONDS)
    log = locations.log_file()
    problems = [] if log.exists() else [f"{log} cannot be written: errors will not be logged."]
    with stderr_in(log), title_kept():
        app = HarmonyApp(
            settings, model, problems=problems, resumed=resumed, is_ephemeral=is_ephemeral
        )
        app.engine.debug_log = debug_log
        app.first_frame = first_frame
        ending = Ending(app)
        with ending.listening():
            try:
                app.fit_to_terminal()
                app.run()
            finally:
                if ending.signal is not None:
                    logging.getLogger(__name__).warning("ended by %s", ending.signal.name)
                if app.return_code:
                    # Before what may take so long that it is cut off.
                    _say_end("an error" if ending.signal is None else ending.signal.name)
                app.engine.close()
    return app.return_code or 0


def _say_end(by: str) -> None:
    """Say on the terminal, within ``stderr_in``, what the program was ended by."""
    with suppress(OSError):  # the terminal may be gone
        print(f"harmony-tui ended by {by}. {where_to_look()}", file=sys.__stderr__, flush=True)
