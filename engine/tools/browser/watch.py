"""One call's time, and the person's wish to end it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from queue import SimpleQueue
from typing import NoReturn, TypeVar

from engine.tools.registry import ToolError

Value = TypeVar("Value")


class Watch:
    """Says whether a call may go on; any thread may stop it."""

    def __init__(self, seconds: float) -> None:
        """Begin to count.

        Args:
            seconds: how long the call may take.
        """
        self.seconds = seconds
        self._end = time.monotonic() + seconds
        self._lock = threading.Lock()
        self._stopped = False
        self._acts: list[Callable[[], None]] = []

    def stop(self) -> None:
        """End the call: what it waits for is cut off."""
        with self._lock:
            self._stopped = True
            acts = list(self._acts)
        for act in acts:
            act()

    @property
    def remaining(self) -> float:
        """Seconds that are left, never below zero."""
        return max(0.0, self._end - time.monotonic())

    def check(self) -> None:
        """Go on, or not.

        Raises:
            ToolError: the call was stopped, or its time is over.
        """
        if self._stopped or not self.remaining:
            raise self.reason()

    def reason(self) -> ToolError:
        """Return why a call that could not go on has ended."""
        if self._stopped:
            return ToolError("the user stopped this call")
        return ToolError(f"no complete answer within {self.seconds:g} seconds")

    @contextmanager
    def interrupting(self, act: Callable[[], None]) -> Iterator[None]:
        """Have something done when the call is stopped or its time is over, until the block ends.

        Args:
            act: wakes what the block waits for; it may be called twice, by other threads.

        Raises:
            ToolError: that has already happened.
        """
        with self._lock:
            self._acts.append(act)
        timer = threading.Timer(self.remaining, act)
        timer.daemon = True
        try:
            self.check()
            timer.start()
            yield
        finally:
            timer.cancel()
            with self._lock:
                self._acts.remove(act)

    def run(self, work: Callable[[], Value]) -> Value:
        """Return what a function returns, but wait no longer than the call may take.

        It is for what cannot be interrupted, as the system's name resolution; it is left to end by
        itself on a thread that does not keep the program alive.

        Raises:
            ToolError: the call was stopped, or its time is over.
            Exception: whatever the function raised.
        """
        outcomes: SimpleQueue[Callable[[], Value] | None] = SimpleQueue()

        def report() -> None:
            try:
                value = work()
            except Exception as error:  # noqa: BLE001 (it is raised again where it is waited for)
                outcomes.put(partial(_raise, error))
            else:
                outcomes.put(lambda: value)

        with self.interrupting(lambda: outcomes.put(None)):
            threading.Thread(target=report, daemon=True, name="browser").start()
            outcome = outcomes.get()
        if outcome is None:
            raise self.reason()
        return outcome()


def _raise(error: Exception) -> NoReturn:
    raise error
