"""Ends the application in an orderly way where the system asks for it, and has faults logged.

``SIGTERM`` comes from ``kill`` and at a shutdown, ``SIGHUP`` where the terminal's window is closed.
"""

from __future__ import annotations

import faulthandler
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from harmony_tui.terminal import STDERR

if TYPE_CHECKING:
    from types import FrameType

    from harmony_tui.app import HarmonyApp

SIGNALS = (signal.SIGTERM, signal.SIGHUP)
PATIENCE_SECONDS = 5.0
"""An end that takes longer is cut off; who sent the signal will not wait for ever either."""
BY_SIGNAL = 128
"""What shells add to a signal's number for the exit code."""


class Ending:
    """Listens for the signals that ask a program to end."""

    def __init__(self, app: HarmonyApp) -> None:
        self._app = app
        self.signal: signal.Signals | None = None
        """The one that has come, if one has."""

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Act on signals, and have faults of native code written to file descriptor 2."""
        # Who starts a program with nohup means it to live on.
        heard = [each for each in SIGNALS if signal.getsignal(each) is not signal.SIG_IGN]
        before = {each: signal.signal(each, self._end) for each in heard}
        faulthandler.enable(STDERR)
        try:
            yield
        finally:
            faulthandler.disable()
            faulthandler.cancel_dump_traceback_later()
            for number, handler in before.items():
                signal.signal(number, handler)

    def _end(self, number: int, _: FrameType | None) -> None:
        """Have the application leave as it does on being told to quit.

        Raises:
            SystemExit: it has not begun, or is over.
        """
        self.signal = signal.Signals(number)
        # From outside Python, which may be what keeps the program from ending.
        faulthandler.dump_traceback_later(PATIENCE_SECONDS, exit=True, file=STDERR)
        loop = self._app._loop
        if loop is None:
            raise SystemExit(BY_SIGNAL + number)
        loop.call_soon_threadsafe(self._app.leave, BY_SIGNAL + number)


def end_without_terminal(app: HarmonyApp) -> None:
    """Have the application leave as where the window is closed that it is in."""
    app.leave(BY_SIGNAL + signal.SIGHUP)
