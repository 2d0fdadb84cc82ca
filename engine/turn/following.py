"""Runs what may take long beside the turn, which shows what it writes and can be stopped."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

from engine.tools.python.output import clean
from engine.tools.registry import Running

LIVE_SECONDS = 1 / 20
"""What is written is shown this often at most, however much it is."""
GRACE_SECONDS = 0.18
"""What is stopped has so long to say what came of it; the person waits."""

Value = TypeVar("Value")


class StoppedError(Exception):
    """The person stopped the work, and it did not say what came of it. It may still go on."""


def follow(
    work: Callable[[Running], Value], running: Running, show: Callable[[str], None]
) -> Value:
    """Return what work on a thread of its own gives, and show what it tells meanwhile.

    Args:
        work: is left behind on its thread if it does not end when it is stopped.
        running: stops it.
        show: is given text in which there is nothing that a terminal would act on.

    Raises:
        StoppedError: it was stopped, and gave nothing soon after.
        Exception: whatever the work raised.
    """
    given: Future[Value] = Future()
    is_over = threading.Event()

    def run() -> None:
        try:
            given.set_result(work(running))
        except BaseException as error:  # noqa: BLE001 (it is raised again where it is waited for)
            given.set_exception(error)
        finally:
            is_over.set()

    threading.Thread(target=run, name="tool", daemon=True).start()
    try:
        with running.interrupting(is_over.set):
            while not is_over.wait(LIVE_SECONDS):
                _show(running, show)
    except BaseException:
        running.cancel()  # nobody waits for it any more
        raise
    if running.cancelled.is_set() and not _ends_soon(given):
        running.cancel()  # it may have begun to wait for something since
        raise StoppedError
    _show(running, show)
    return given.result()


def _ends_soon(given: Future[Value]) -> bool:
    ended = threading.Event()
    given.add_done_callback(lambda _: ended.set())
    return ended.wait(GRACE_SECONDS)


def _show(running: Running, show: Callable[[str], None]) -> None:
    if text := clean(running.take()):
        show(text)
