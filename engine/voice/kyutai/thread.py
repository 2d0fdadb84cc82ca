"""The one thread on which a model lives.

MLX's streams belong to threads: an array that one has begun cannot be finished by another. So a
model is loaded, stepped and dropped on a thread of its own, whoever asks for it.
"""

from __future__ import annotations

import atexit
import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from typing import TypeVar

from engine.voice.errors import VoiceError

T = TypeVar("T")

logger = logging.getLogger(__name__)


class ModelThread:
    """Runs jobs one after the other, all on the same thread."""

    def __init__(self, name: str) -> None:
        """Start the thread.

        Args:
            name: of the model, for people to read.
        """
        self._name = name
        self._jobs: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._lock = threading.Lock()
        self._is_closed = False
        self._thread = threading.Thread(target=self._run, name=f"voice {name}", daemon=True)
        self._thread.start()
        atexit.register(self.close)

    def call(self, job: Callable[[], T]) -> T:
        """Run a job on the thread and return what it gives.

        Raises:
            VoiceError: the job failed, or the thread was closed.
        """
        return self.wait(self.post(job))

    def wait(self, posted: Future[T]) -> T:
        """Return what a job gives that was posted.

        Raises:
            VoiceError: the job failed.
        """
        try:
            return posted.result()
        except VoiceError:
            raise
        except Exception as error:
            # rustymimi adds the frames of its stack to its messages, line by line.
            said = next(iter(str(error).splitlines()), "") or type(error).__name__
            raise VoiceError(
                f"{self._name} failed ({said}). Try again; if it fails again, choose another "
                "engine or download its model anew."
            ) from error

    def post(self, job: Callable[[], T]) -> Future[T]:
        """Have a job run after those before it, and do not wait."""
        future: Future[T] = Future()

        def run() -> None:
            try:
                result = job()
            except BaseException as error:
                if not isinstance(error, VoiceError):
                    logger.exception("%s failed", self._name)
                # The frames of the traceback hold arrays, which are not to leave the thread.
                future.set_exception(error.with_traceback(None))
            else:
                future.set_result(result)

        with self._lock:
            if self._is_closed:
                raise VoiceError(f"{self._name} was closed. Switch voice on again.")
            self._jobs.put(run)
        return future

    def close(self, last: Callable[[], None] | None = None) -> None:
        """Run a last job after those that are waiting, and end the thread.

        Called again, it does nothing.
        """
        with self._lock:
            if not self._is_closed:
                self._is_closed = True
                if last is not None:
                    self._jobs.put(last)
                self._jobs.put(None)
        atexit.unregister(self.close)
        if self._thread is not threading.current_thread():
            self._thread.join()

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()
            del job  # it may hold arrays, which have to go before the streams do
        import mlx.core as mx

        mx.clear_cache()
        # A thread that leaves its streams behind can abort the process at its exit.
        mx.clear_streams()
