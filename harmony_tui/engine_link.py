"""The one place where the screen and the engine's threads meet."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Any

from engine.config import locations
from engine.config.settings import override, starting_hyperparameters
from engine.conversation.store import Store
from engine.events import (
    Event,
    LoadFailed,
    ModelInfo,
    ModelLoaded,
    Statistics,
    TurnContinued,
    TurnEnded,
    TurnStarted,
)
from engine.worker import Listener, Worker
from harmony_tui.log import where_to_look
from harmony_tui.mailbox import Mailbox
from harmony_tui.pace import Pace

if TYPE_CHECKING:
    from engine.chat import Chat
    from engine.config.hyperparameters import Hyperparameters
    from engine.config.settings import Approval, Settings

Run = Callable[["Chat", Listener], TurnEnded]
"""Runs a turn of a conversation."""

IDLE_SECONDS = 1.0
"""So long after a model was loaded, what a question may need is made if none was asked yet."""

logger = logging.getLogger(__name__)


class EngineLink:
    """Sends what the person does to the engine and brings back what it says, batch by batch.

    All methods are for the screen's thread. A chat blocks for a whole turn and takes a third of a
    second to import, so it lives on a thread of its own; MLX lives on the worker's.
    """

    def __init__(
        self, settings: Settings, on_arrival: Callable[[], None], worker: Worker | None = None
    ) -> None:
        """Start the engine's threads.

        Args:
            settings: what the person has set.
            on_arrival: is called on the loop when there is something to ``take``.
            worker: the thread that owns MLX, if there is one already.
        """
        self.is_loading = False
        self.is_answering = False
        self._settings = settings
        self._on_arrival = on_arrival
        self._chosen: dict[str, str] = {}
        self._hyperparameters = starting_hyperparameters(settings, {})
        self._approval: Approval = settings.approval
        self._worker = worker or Worker(disk_cache=settings.disk_cache, unpack=settings.unpack)
        self._draft = ""
        self._chat: Chat | None = None
        self._chat_thread = ThreadPoolExecutor(1, thread_name_prefix="chat")
        self._stopping = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._pace = Pace()
        self._loads = Mailbox(self._wake)
        self._turns = Mailbox(self._wake)

    def connect(self) -> None:
        """Bring what the engine says to the loop that runs now."""
        self._loop = asyncio.get_running_loop()

    # --- what the person does ------------------------------------------------------------------

    def load(self, name: str | None) -> None:
        """Begin to load a model; a turn that runs is stopped."""
        self.stop()
        self.is_loading = True
        self._worker.load(name, self._loads.put)
        self._chat_thread.submit(self._open_chat).add_done_callback(_log_failure)

    def send(self, text: str) -> None:
        """Begin a turn."""
        self._begin_turn(lambda chat, listener: chat.send(text, listener))

    @property
    def can_continue(self) -> bool:
        """Whether the last answer was cut."""
        return self._chat is not None and self._chat.can_continue

    def continue_answer(self) -> None:
        """Have the last answer go on where it was cut."""
        self._begin_turn(lambda chat, listener: chat.continue_(listener))

    @property
    def can_regenerate(self) -> bool:
        """Whether there is something that can be answered anew."""
        return self._chat is not None and self._chat.can_regenerate

    def regenerate(self) -> None:
        """Answer the person's last words anew."""
        self._begin_turn(lambda chat, listener: chat.regenerate(listener))

    def _begin_turn(self, run: Run) -> None:
        self.is_answering = True
        self._stopping = threading.Event()
        turn = self._chat_thread.submit(self._run_turn, run, self._turns.put, self._stopping)
        turn.add_done_callback(partial(_tell_failure, self._turns.put))

    def read_draft(self, text: str) -> None:
        """Have the model read what the person is typing, in place of the draft before."""
        self._draft = text
        if not (self.is_answering or self.is_loading):
            self._chat_thread.submit(self._read_draft, text).add_done_callback(_log_failure)

    def stop(self) -> None:
        """Stop the running turn, if there is one, within one token."""
        self._stopping.set()
        if self._chat is not None:
            self._chat.cancel()

    def finish_thinking(self) -> None:
        """End the running analysis and have the model answer."""
        if self._chat is not None:
            self._chat.finish_thinking()

    def answer(self, call: int, *, allowed: bool) -> None:
        """Allow or decline a tool call that waits."""
        if self._chat is not None:
            self._chat.answer(call, allowed=allowed)

    def start_conversation(self) -> None:
        """Leave this conversation for an empty one; what still comes from the old is dropped."""
        self.stop()
        self._turns.close()
        self._turns = Mailbox(self._wake)
        self.is_answering = False
        self._chat = None

    # --- what the person sets ------------------------------------------------------------------

    @property
    def model(self) -> ModelInfo | None:
        """The loaded model."""
        return self._worker.model

    @property
    def hyperparameters(self) -> Hyperparameters:
        """How the next token is chosen."""
        return self._hyperparameters

    def set_hyperparameter(self, name: str, text: str) -> None:
        """Set one hyperparameter as a person types it; it acts on the next token.

        Raises:
            HyperparameterError: no such name, or not a value that it takes.
        """
        self._use(self._hyperparameters.with_value(name, text))
        self._chosen[name] = text

    def reset_hyperparameter(self, name: str) -> None:
        """Take a hyperparameter back to what the settings or the model ask for."""
        self._chosen.pop(name, None)
        self._use(self._starting_hyperparameters())

    def _starting_hyperparameters(self) -> Hyperparameters:
        defaults = self.model.defaults if self.model else {}
        return override(starting_hyperparameters(self._settings, defaults), self._chosen)

    def _use(self, hyperparameters: Hyperparameters) -> None:
        self._hyperparameters = hyperparameters
        if self._chat is not None:
            self._chat.hyperparameters = hyperparameters

    @property
    def approval(self) -> Approval:
        """Which tool calls are asked about first."""
        return self._approval

    @approval.setter
    def approval(self, value: Approval) -> None:
        self._approval = value
        if self._chat is not None:
            self._chat.approval = value

    # --- what comes back -----------------------------------------------------------------------

    def take(self) -> list[Event]:
        """Return all events since the last time, in order."""
        self._pace.note_batch(len(self._turns))
        events = self._loads.take() + self._turns.take()
        for event in events:
            if isinstance(event, TurnEnded):
                self.is_answering = False
            elif isinstance(event, ModelLoaded | LoadFailed):
                self.is_loading = False
                self._use(self._starting_hyperparameters())
                if self._loop is not None and self._settings.guided:
                    self._loop.call_later(IDLE_SECONDS, self._prepare_rules)
        return events

    def _prepare_rules(self) -> None:
        """Have made, while the person types, what the first tool call would wait for."""
        if not self.is_answering:
            self._worker.prepare_rules()

    def close(self) -> None:
        """Stop everything and wait for the engine's threads to end."""
        self._loads.close()
        self._turns.close()
        self.stop()
        # The chat first: it waits for the worker, which answers a stopped turn at once.
        self._chat_thread.shutdown(cancel_futures=True)
        self._worker.close()

    def _wake(self) -> None:
        """Have the loop look into the mailboxes. Called from the engine's threads."""
        try:
            if self._loop is not None:
                self._loop.call_soon_threadsafe(self._schedule_arrival, self._loop)
        except RuntimeError:
            logger.debug("An event came after the screen was gone")

    def _schedule_arrival(self, loop: asyncio.AbstractEventLoop) -> None:
        loop.call_at(max(loop.time(), self._pace.due), self._on_arrival)

    # --- on the chat's thread ------------------------------------------------------------------

    def _open_chat(self) -> Chat:
        if self._chat is None:
            from engine.chat import Chat

            self._chat = Chat(
                self._worker,
                hyperparameters=self._hyperparameters,
                instructions=self._settings.instructions,
                approval=self._approval,
                store=Store(locations.sessions_folder()),
                read_ahead=self._settings.read_ahead,
            )
            self._chat.is_guided = self._settings.guided
        return self._chat

    def _read_draft(self, text: str) -> None:
        if text == self._draft and self.model is not None:
            self._open_chat().read_draft(text)

    def _run_turn(self, run: Run, listener: Listener, stopping: threading.Event) -> None:
        if stopping.is_set():
            listener(TurnEnded("cancelled", Statistics()))
            return
        chat = self._open_chat()
        chat.hyperparameters = self._hyperparameters
        chat.approval = self._approval

        def listen(event: Event) -> None:
            # A stop that came before the turn had begun found nothing to stop.
            if stopping.is_set() and isinstance(event, TurnStarted | TurnContinued):
                chat.cancel()
            listener(event)

        run(chat, listen)


def _tell_failure(listener: Callable[[Event], None], turn: Future[None]) -> None:
    """End a turn that failed outside of the chat's own care."""
    if not turn.cancelled() and turn.exception() is not None:
        _log_failure(turn)
        listener(TurnEnded("error", Statistics(), f"{turn.exception()} {where_to_look()}"))


def _log_failure(future: Future[Any]) -> None:
    error = None if future.cancelled() else future.exception()
    if error is not None:
        logger.error("The engine failed", exc_info=error)
