"""Turns one at a time, in the order in which they were asked for, on a thread of their own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing, suppress
from typing import Protocol

from engine.server.answer import Piece
from engine.server.errors import ApiError

Tell = Callable[[Piece], None]

LONGEST = 256
"""So many may wait; more are told to come back later."""

KEEP_ALIVE_SECONDS = 5.0
"""A client that hears nothing for longer than this is told that it still has its place."""


class Work(Protocol):
    """What one place in the line is for."""

    def run(self, tell: Tell) -> None:
        """Do it, and tell each piece as it comes. Blocks.

        Raises:
            ApiError: it cannot be done.
        """
        ...

    def cancel(self) -> None:
        """Have it end within a token, from any thread; nothing happens once it is over."""
        ...


class Line:
    """The requests that wait for the model; all calls come from the server's event loop.

    A request of several choices stands in line again for each, so that nobody waits for all.
    """

    def __init__(self) -> None:
        """Begin with nobody waiting."""
        self._turn = asyncio.Lock()  # hands over in the order of asking
        self._threads = ThreadPoolExecutor(max_workers=1, thread_name_prefix="served turn")
        self._work: Work | None = None
        """What the thread does."""
        self._is_closed = False
        self.waiting = 0
        self.running = 0
        """1 while the model works, else 0."""

    def check_room(self) -> None:
        """See that one more may wait.

        Raises:
            ApiError: too many do.
        """
        if self.waiting >= LONGEST:
            message = f"{self.waiting} requests are waiting. Try again in a moment."
            raise ApiError(message, status=503, kind="server_error", code="server_busy")

    async def follow(self, work: Work) -> AsyncGenerator[list[Piece], None]:
        """Wait in line, do the work, and give what it tells, in what came together.

        An empty list says that there is nothing new. Whoever stops listening closes this, which
        ends the work.

        Raises:
            ApiError: it cannot be done.
        """
        loop = asyncio.get_running_loop()
        told: asyncio.Queue[Piece | None] = asyncio.Queue()

        def tell(piece: Piece) -> None:
            with suppress(RuntimeError):  # the loop is gone, and with it all who listen
                loop.call_soon_threadsafe(told.put_nowait, piece)

        task = asyncio.create_task(self._take_turn(work, tell))
        task.add_done_callback(lambda _: told.put_nowait(None))
        try:
            is_over = False
            while not is_over:
                pieces = await _next(told)
                is_over = None in pieces
                news = [piece for piece in pieces if piece is not None]
                if news or not is_over:
                    yield news
            await task
        finally:
            work.cancel()
            task.cancel()

    async def finish(self, work: Work) -> None:
        """Wait in line and do the work to its end; see ``follow``."""
        async with aclosing(self.follow(work)) as told:
            async for _ in told:
                continue

    async def _take_turn(self, work: Work, tell: Tell) -> None:
        self.waiting += 1
        try:
            await self._turn.acquire()
        finally:
            self.waiting -= 1
        try:
            loop = asyncio.get_running_loop()
            await loop.run_in_executor(self._threads, self._do, work, tell)
        finally:
            self._turn.release()

    def _do(self, work: Work, tell: Tell) -> None:
        self._work, self.running = work, 1
        try:
            if not self._is_closed:
                work.run(tell)
        finally:
            self._work, self.running = None, 0

    def close(self) -> None:
        """End what runs, within a token, and what would follow. Blocks until it has ended.

        To be called before the worker is closed, which leaves what it was not asked for yet
        without an answer.
        """
        self._is_closed = True
        self._threads.shutdown(wait=False, cancel_futures=True)
        if (work := self._work) is not None:
            work.cancel()
        self._threads.shutdown(wait=True)


async def _next(told: asyncio.Queue[Piece | None]) -> list[Piece | None]:
    """Return what has come; nothing if nothing comes for a while."""
    pieces: list[Piece | None] = []
    if told.empty():
        try:
            async with asyncio.timeout(KEEP_ALIVE_SECONDS):
                pieces.append(await told.get())
        except TimeoutError:
            return []
    while not told.empty():
        pieces.append(told.get_nowait())
    return pieces
