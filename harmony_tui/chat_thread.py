"""The thread on which a conversation blocks for whole turns, so that the screen never does."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from engine.conversation.errors import StoreError
from engine.events import Event, Statistics, TurnEnded
from harmony_tui.log import where_to_look

if TYPE_CHECKING:
    from engine.chat import Chat

T = TypeVar("T")

logger = logging.getLogger(__name__)


class ChatThread:
    """Does one piece of work after another."""

    def __init__(self) -> None:
        """Begin with nothing to do."""
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="chat")

    def submit(self, work: Callable[..., object], *arguments: Any) -> None:
        """Have something done that nobody waits for; what goes wrong is logged."""
        self._executor.submit(work, *arguments).add_done_callback(_log_failure)

    def submit_turn(
        self, work: Callable[..., object], *arguments: Any, listener: Callable[[Event], None]
    ) -> None:
        """Have a turn run; the listener is told its end where it fails outside the chat's care."""
        turn = self._executor.submit(work, *arguments)
        turn.add_done_callback(partial(_tell_failure, listener))

    async def ask(self, work: Callable[..., T], *arguments: Any) -> T:
        """Have something done and return what came of it."""
        return await asyncio.wrap_future(self._executor.submit(work, *arguments))

    def close(self) -> None:
        """Drop what has not begun, and wait for what has."""
        self._executor.shutdown(cancel_futures=True)


def close_session(chat: Chat) -> None:
    """Write what is left of a conversation and let other programs have its file."""
    try:
        chat.store.close()
    except StoreError:
        logger.exception("The end of a conversation is lost")


def _tell_failure(listener: Callable[[Event], None], turn: Future[Any]) -> None:
    if not turn.cancelled() and turn.exception() is not None:
        _log_failure(turn)
        listener(TurnEnded("error", Statistics(), f"{turn.exception()} {where_to_look()}"))


def _log_failure(future: Future[Any]) -> None:
    error = None if future.cancelled() else future.exception()
    if error is not None:
        logger.error("The engine failed", exc_info=error)
