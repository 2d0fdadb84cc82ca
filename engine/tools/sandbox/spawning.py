"""Starts processes from a thread that lives as long as the program.

Linux ends a process whose parent ended (``PR_SET_PDEATHSIG``) when the *thread* that started it
ends, and the threads that call tools are short-lived.
"""

from __future__ import annotations

import contextlib
import os
import select
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from typing import TypeVar

Started = TypeVar("Started")

_jobs: SimpleQueue[Callable[[], None]] = SimpleQueue()
_lock = threading.Lock()
_thread: list[threading.Thread] = []


def _work() -> None:
    while True:
        _jobs.get()()


def start(begin: Callable[[], Started]) -> Started:
    """Run a function on the lasting thread and return what it returns, or raise what it raises."""
    with _lock:
        if not _thread or not _thread[0].is_alive():
            _thread[:] = [threading.Thread(target=_work, name="sandboxes", daemon=True)]
            _thread[0].start()
    outcome: Future[Started] = Future()

    def job() -> None:
        try:
            outcome.set_result(begin())
        except BaseException as error:  # noqa: BLE001  (the caller of start() handles it)
            outcome.set_exception(error)

    _jobs.put(job)
    return outcome.result()


def read_line(descriptor: int, longest: int, seconds: float) -> str:
    """Return the first line that comes in a time; what came if it is none, and at the end."""
    until = time.monotonic() + seconds
    line = b""
    while b"\n" not in line and len(line) < longest:
        left = max(0.0, until - time.monotonic())
        poll = select.poll()
        poll.register(descriptor, select.POLLIN)
        if not poll.poll(left * 1000):
            break
        with contextlib.suppress(BlockingIOError):
            more = os.read(descriptor, longest)
            if not more:
                break
            line += more
    return line.split(b"\n", 1)[0].decode(errors="replace").strip()
