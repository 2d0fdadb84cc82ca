"""Lends the terminal to another program for a while: the one place where the screen is left."""

from __future__ import annotations

import signal
import subprocess
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager

Suspend = Callable[[], AbstractContextManager[None]]
"""Gives the terminal away as long as its context lasts, as ``App.suspend`` does."""

OF_THE_KEYBOARD = (signal.SIGINT, signal.SIGQUIT)
"""What keys send to all that runs in the terminal; it is for the other program then."""


def run_in_terminal(command: Sequence[str], suspend: Suspend) -> int:
    """Run a program that has the terminal to itself; the screen comes back however that ends.

    Args:
        command: the program and its arguments.
        suspend: gives the terminal away.

    Returns:
        What the program ended with; negative is the number of a signal.

    Raises:
        OSError: it cannot be run.
        SuspendNotSupported: the terminal cannot be given away.
    """
    with _lent(suspend), _deaf_to_keyboard():
        # Errors belong on the terminal, which the program's own do not reach.
        return subprocess.run(command, check=False, stderr=subprocess.STDOUT).returncode  # noqa: S603


@contextmanager
def _lent(suspend: Suspend) -> Iterator[None]:
    """Leave the screen, and come back to it before anything that went wrong is raised.

    ``App.suspend`` does not come back by itself where its context ends by an exception.
    """
    raised: BaseException | None = None
    with suspend():
        try:
            yield
        except BaseException as error:  # noqa: BLE001  # raised again below
            raised = error
    if raised is not None:
        raise raised


@contextmanager
def _deaf_to_keyboard() -> Iterator[None]:
    """Have Ctrl+C end nothing here; the other program hears it as ever."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    # A handler, since what is ignored stays ignored in the other program.
    before = {number: signal.signal(number, lambda *_: None) for number in OF_THE_KEYBOARD}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
