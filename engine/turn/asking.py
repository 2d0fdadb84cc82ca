"""Asks the worker to generate, waits for that, and takes it back where nobody wants it any more."""

from __future__ import annotations

from concurrent.futures import CancelledError, Future, wait
from contextlib import suppress

from engine.worker import Completion, Request, Worker


class Asking:
    """What one turn asks of the worker, one thing after another; any thread may cancel it."""

    def __init__(self) -> None:
        """Begin with nothing asked."""
        self._asked: Future[Completion] | None = None
        self.is_cancelled = False
        """Whether nothing is wanted any more."""

    def generate(self, worker: Worker, request: Request) -> Completion | None:
        """Return what comes of a request; None if it was cancelled before its turn came. Blocks.

        Raises:
            GenerationError: nothing can be generated; see ``Worker.generate``.
            NoModelError: there is no model.
        """
        self._asked = asked = worker.generate(request)
        if self.is_cancelled:
            asked.cancel()  # whoever cancelled it may have found nothing
        try:
            return asked.result()
        except CancelledError:
            return None

    def cancel(self) -> None:
        """Ask for nothing more; what was asked for and has not begun never does.

        What has begun goes on: its ``cancelled`` stops it.
        """
        self.is_cancelled = True
        if (asked := self._asked) is not None:
            asked.cancel()

    def let_go(self) -> None:
        """Cancel, and wait until what runs has stopped, whatever is raised here meanwhile."""
        self.cancel()
        while self._asked is not None and not self._asked.done():
            with suppress(BaseException):  # such as a second Ctrl+C; what runs stops soon
                wait([self._asked])
