"""Independent parts of a prompt's work, computed at the same time on the CPU's cores."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from queue import SimpleQueue
from threading import Thread
from weakref import finalize

import mlx.core as mx


class Lanes:
    """Streams of MLX's, of which each is a thread that computes on a core of its own."""

    def __init__(self, count: int) -> None:
        """Take how many there are, at least one, which is the default stream."""
        self.count = count
        # Each thread that computes has streams of its own, whichever thread loads the model.
        self._beside = [mx.new_thread_local_stream(mx.cpu) for _ in range(count - 1)]
        self._workers = [_Worker() for _ in range(count - 1)]

    def begin(self, parts: Sequence[Callable[[], mx.array]]) -> list[mx.array]:
        """Return what parts give, no more than there are lanes, each on its own; not evaluated."""
        streams: list[mx.Stream | mx.ThreadLocalStream] = [
            mx.default_stream(mx.cpu),
            *self._beside,
        ]
        begun = []
        for part, stream in zip(parts, streams, strict=False):
            with mx.stream(stream):
                begun.append(part())
        return begun

    def compute(self, parts: Sequence[Callable[[], mx.array]]) -> list[mx.array]:
        """Return what each part gives, evaluated; as many at a time as there are lanes.

        MLX goes breadth first, and would hold what lies between of all parts at once.
        """
        computed: list[mx.array] = []
        for place in range(0, len(parts), self.count):
            begun = self.begin(parts[place : place + self.count])
            mx.eval(begun)
            computed += begun
        return computed

    def run(self, parts: Sequence[Callable[[], None]]) -> None:
        """Do parts without MLX, no more than there are lanes, at the same time.

        They should be NumPy's, which lets others have Python while it computes.
        """
        beside = [
            worker.begin(part) for worker, part in zip(self._workers, parts[1:], strict=False)
        ]
        try:
            for part in parts[:1]:
                part()
        finally:
            for future in beside:
                future.result()


class _Worker:
    """A thread that does what it is given for as long as this is held.

    Those of ``concurrent.futures`` take nothing more once the program begins to end, when an answer
    may still be under way.
    """

    def __init__(self) -> None:
        self._given: SimpleQueue[tuple[Callable[[], None], Future[None]] | None] = SimpleQueue()
        Thread(target=_do_all, args=(self._given,), name="lane", daemon=True).start()
        # At the program's end an answer may still be under way: the thread ends with it all.
        finalize(self, self._given.put, None).atexit = False

    def begin(self, part: Callable[[], None]) -> Future[None]:
        """Have something done after what was given before."""
        future: Future[None] = Future()
        self._given.put((part, future))
        return future


def _do_all(given: SimpleQueue[tuple[Callable[[], None], Future[None]] | None]) -> None:
    while (work := given.get()) is not None:
        part, future = work
        try:
            part()
        except BaseException as error:  # noqa: BLE001  # raised where the result is waited for
            future.set_exception(error)
        else:
            future.set_result(None)
        del work, part, future  # they hold arrays
