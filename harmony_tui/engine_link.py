"""The one place where the screen and the engine's threads meet."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from engine.config import locations
from engine.config.precedence import Configuration
from engine.config.prompt import open_conversation
from engine.conversation.store import Store, StoreError
from engine.conversation.trash import delete_session
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
from harmony_tui.preparing import (
    KEPT_BY,
    REREAD,
    changed_opening,
    prepare,
    resumed_opening,
    session_layers,
)
from harmony_tui.reasoning import Reasoning, find_reasoning
from harmony_tui.session_files import sessions_folder
from harmony_tui.turn_tokens import TokenLog, TurnTokens

if TYPE_CHECKING:
    from engine.chat import Chat
    from engine.config.hyperparameters import Hyperparameters
    from engine.config.placeholders import Placeholders
    from engine.config.settings import Approval, Settings
    from engine.conversation.messages import Session
    from harmony_tui.debug_log import DebugLog

T = TypeVar("T")
Run = Callable[["Chat", Listener], TurnEnded]
"""Runs a turn of a conversation."""

ALTERNATIVES = 5
"""How many of the likeliest tokens are told with each token, once that is asked for."""
IDLE_SECONDS = 1.0
"""So long after a model was loaded, what a question may need is made if none was asked yet."""

logger = logging.getLogger(__name__)


class EngineLink:
    """Sends what the person does to the engine and brings back what it says, batch by batch.

    All methods are for the screen's thread. A chat blocks for a whole turn and takes a third of a
    second to import, so it lives on a thread of its own; MLX lives on the worker's.
    """

    def __init__(
        self,
        settings: Settings | Configuration,
        on_arrival: Callable[[], None],
        worker: Worker | None = None,
    ) -> None:
        """Start the engine's threads.

        Args:
            settings: what the person has set, and where.
            on_arrival: is called on the loop when there is something to ``take``.
            worker: the thread that owns MLX, if there is one already.
        """
        self.is_loading = False
        self.is_answering = False
        self.keeps_sessions = True
        """Whether conversations are kept on disk."""
        self.configuration = Configuration.of(settings)
        """What is set, and where each value came from."""
        self.debug_log: DebugLog | None = None
        """Where all that the model reads and samples is written, if it is."""
        self._token_log = TokenLog()
        self._logprobs = 0
        self._on_arrival = on_arrival
        self._worker = worker or Worker(
            disk_cache=self._settings.disk_cache, unpack=self._settings.unpack
        )
        self._began = datetime.now().astimezone()
        self._turns_begun = 0
        self._opening = open_conversation(self._settings, self._began)
        self._draft = ""
        self._chat: Chat | None = None
        self._chat_thread = ThreadPoolExecutor(1, thread_name_prefix="chat")
        self._stopping = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._pace = Pace()
        self._loads = Mailbox(self._wake)
        self._turns = Mailbox(self._wake)
        self._is_unloaded = False
        """Whether the person had the model unloaded, and asked for none since."""

    @property
    def _settings(self) -> Settings:
        return self.configuration.settings

    def connect(self) -> None:
        """Bring what the engine says to the loop that runs now."""
        self._loop = asyncio.get_running_loop()

    # --- what the person does ------------------------------------------------------------------

    def load(self, name: str | None) -> None:
        """Begin to load a model; a turn that runs is stopped."""
        self.stop()
        self.is_loading = True
        self._is_unloaded = False
        if name != self._settings.model:
            self.configuration = self.configuration.with_value("model", name)
        located = locations.locate_model(name, self._settings.models_folder)
        self._worker.load(located, self._loads.put)
        self._chat_thread.submit(self._open_chat).add_done_callback(_log_failure)

    async def unload(self) -> int:
        """Free the memory of the model, of which a turn that runs is stopped.

        Returns:
            How many bytes are free again.
        """
        self.stop()
        freed = await asyncio.wrap_future(self._worker.unload())
        self._is_unloaded = not self.is_loading
        return freed

    def load_again(self) -> None:
        """Begin to load the model that was unloaded, if none was asked for since."""
        if self._is_unloaded:
            self.load(self._settings.model)

    def send(self, text: str) -> None:
        """Begin a turn."""
        self._turns_begun += 1
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

    @property
    def can_branch(self) -> bool:
        """Whether the last answer can go another way from one of its tokens on."""
        return self._chat is not None and self._chat.can_branch

    def branch(self, at_token: int, alternative: int | None) -> None:
        """Have the last answer go on from one of its tokens, with another in its place.

        Args:
            at_token: its number among the turn's sampled tokens.
            alternative: what is to stand there; None has it sampled again.
        """
        self._begin_turn(lambda chat, listener: chat.branch(at_token, alternative, listener))

    def find_reasoning(self) -> Reasoning | None:
        """Return the last analysis of the turn that is over; None if it has none."""
        return None if self._chat is None else find_reasoning(self._chat)

    def rewrite(self, at_token: int, text: str) -> None:
        """Have the last answer go on from other words, within the same message.

        Args:
            at_token: the number among the turn's sampled tokens of the first that they replace.
            text: the words.
        """
        self._begin_turn(lambda chat, listener: chat.rewrite(at_token, text, listener))

    async def answer_aside(self, run: Callable[[Chat, threading.Event], T]) -> T:
        """Have something done with the conversation, as long as which it takes no other turn.

        Args:
            run: is called on the chat's thread, with what is set where the person stops it.
        """
        self.is_answering, self._stopping = True, threading.Event()
        try:
            return await self._on_chat_thread(self._run_aside, run, self._stopping)
        finally:
            self.is_answering = False

    def _run_aside(self, run: Callable[[Chat, threading.Event], T], stopping: threading.Event) -> T:
        chat = self._ready_chat()
        chat.hyperparameters, chat.approval = self._acting_hyperparameters(), self.approval
        leaf = chat.store.leaf
        result = run(chat, stopping)
        if chat.store.leaf != leaf:
            self._token_log = TokenLog()  # it tells of another answer
        return result

    def measure_tokens(self) -> None:
        """Have every token from now on told with its probability and the likeliest others."""
        self._logprobs = ALTERNATIVES
        if self._chat is not None:
            self._chat.logprobs = self._logprobs

    def read_tokens(self) -> TurnTokens:
        """Return what the turn that runs or was over last has read and sampled so far."""
        if (chat := self._chat) is None:
            return TurnTokens()
        log = self._token_log
        controls = chat.format.control_tokens
        return TurnTokens(chat.rounds, chat.spell, controls, log.find, len(log))

    def read_tokens_of(self, words: int) -> TurnTokens:
        """Return what the turn that answers words of this conversation has read and sampled.

        Args:
            words: their id; see ``Chat.rounds_of``.
        """
        if (chat := self._chat) is None:
            return TurnTokens()
        return TurnTokens(chat.rounds_of(words), chat.spell, chat.format.control_tokens)

    def _begin_turn(self, run: Run) -> None:
        self.is_answering = True
        self._stopping = threading.Event()
        listener = self._token_log.listening(self._turns.put)
        turn = self._chat_thread.submit(self._run_turn, run, listener, self._stopping)
        turn.add_done_callback(partial(_tell_failure, self._turns.put))

    def read_draft(self, text: str) -> None:
        """Have the model read what the person is typing, in place of the draft before."""
        self._draft = text
        if not (self.is_answering or self.is_loading):
            self._chat_thread.submit(self._read_draft, text).add_done_callback(_log_failure)

    async def count_tokens(self, text: str) -> int | None:
        """Return how many tokens a text has, counted in a thread; None before a model is loaded."""
        if (chat := self._chat) is None or self.model is None:
            return None
        return await asyncio.to_thread(lambda: len(chat.format.tokenizer.encode(text)))

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
        if self._chat is not None:
            # When its last turn is over, for a turn writes to the end.
            self._chat_thread.submit(_close_session, self._chat).add_done_callback(_log_failure)
        self._chat = None
        self._begin(None, datetime.now().astimezone())

    def _begin(self, chat: Chat | None, began: datetime) -> None:
        """Be ready for another conversation; what still comes of the one before is dropped."""
        self._turns.close()
        self._turns = Mailbox(self._wake)
        self._token_log = TokenLog()
        self.is_answering = False
        self._began = began
        self._turns_begun = 0 if chat is None else _count_words(chat.session)
        layers = () if chat is None else session_layers(chat)
        self.configuration = self.configuration.with_layers("session", *layers)
        if chat is None:
            self._opening = open_conversation(self._settings, self._began)
        else:
            self._opening = resumed_opening(chat, self._settings)

    # --- the conversations that are kept --------------------------------------------------------

    @property
    def session(self) -> Session | None:
        """The conversation as it stands; None before anything was said."""
        return self._chat.session if self._chat is not None and self.has_begun else None

    @property
    def session_file(self) -> Path | None:
        """Where this conversation is kept; None if it is not."""
        return self._chat.store.path if self._chat is not None and self._chat.is_kept else None

    async def resume(self, session: Path | Store) -> list[Event]:
        """Leave this conversation for one that is kept; return the events that show it.

        Raises:
            StoreError: it cannot be opened; then nothing has changed.
        """
        self.stop()
        chat, events = await self._on_chat_thread(self._reopen, session)
        self._begin(chat, chat.session.head.started.astimezone())
        return events

    def message_ids(self) -> Mapping[int, int]:
        """Return the ids of messages in the session by the numbers that events give them."""
        return {} if self._chat is None else self._chat.store.numbers

    async def fork(self, message: int | None = None) -> list[Event]:
        """Go on in a new session that holds this conversation up to here; return its events.

        Args:
            message: the id of the last message that it is to hold, if that is an earlier one.

        Raises:
            StoreError: it cannot be written.
        """

        def fork(chat: Chat) -> Path:
            leaf = chat.session.leaf if message is None else message
            assert leaf is not None  # noqa: S101
            return chat.fork(leaf)

        return await self.resume(await self._on_chat_thread(fork, self._open_chat()))

    async def select(self, message: int, *, is_last: bool = False) -> list[Event]:
        """Make the path to a message the conversation; return the events that show it.

        Args:
            message: its id.
            is_last: whether the conversation ends there, and does not go on with what followed.

        Raises:
            StoreError: the session's file cannot be written.
        """

        def select(chat: Chat) -> list[Event]:
            chat.select(message, is_last=is_last)
            return list(chat.replay())

        return await self._on_chat_thread(select, self._open_chat())

    async def delete(self) -> Path:
        """Leave this conversation for an empty one and move its session to the trash.

        Returns:
            Where it is now.

        Raises:
            StoreError: it cannot be moved; it is left all the same.
        """
        path = self.session_file
        assert path is not None  # noqa: S101
        self.start_conversation()
        # On the chat's thread, which lets go of the session first.
        return await self._on_chat_thread(delete_session, path)

    async def rename(self, title: str) -> None:
        """Give this conversation a title.

        Raises:
            StoreError: the session's file cannot be written.
        """
        if self._chat is not None:
            await asyncio.to_thread(self._chat.store.rename, title)

    async def replay(self) -> list[Event]:
        """Return the events that show the conversation as it stands."""
        return await self._on_chat_thread(lambda chat: list(chat.replay()), self._open_chat())

    def edit(self, message: int, text: str) -> None:
        """Begin a turn with an edited version of words of the person's."""
        self._begin_turn(lambda chat, listener: chat.edit(message, text, listener))

    async def _on_chat_thread(self, work: Callable[..., T], *arguments: Any) -> T:
        return await asyncio.wrap_future(self._chat_thread.submit(work, *arguments))

    @property
    def greeting(self) -> str:
        """What the model has said before the person says anything; empty if that is nothing."""
        return self._opening.greeting

    @property
    def has_begun(self) -> bool:
        """Whether the person has said something in this conversation."""
        return self._turns_begun > 0

    # --- what the person sets ------------------------------------------------------------------

    @property
    def model(self) -> ModelInfo | None:
        """The loaded model."""
        return self._worker.model

    @property
    def hyperparameters(self) -> Hyperparameters:
        """How the next token is chosen."""
        return self.configuration.hyperparameters

    def set_hyperparameter(self, name: str, text: str) -> None:
        """Set one hyperparameter as a person types it; it acts on the next token.

        Raises:
            HyperparameterError: no such name, or not a value that it takes.
        """
        value = getattr(self.hyperparameters.with_value(name, text), name)
        self._use(self.configuration.with_value(name, value))

    def set_hyperparameters(self, values: Mapping[str, Any]) -> None:
        """Set several hyperparameters at once, each to a value that it takes."""
        configuration = self.configuration
        for name, value in values.items():
            configuration = configuration.with_value(name, value)
        self._use(configuration)

    def reset_hyperparameter(self, name: str) -> None:
        """Take a hyperparameter back to what the settings or the model ask for."""
        self._use(self.configuration.without_value(name))

    @property
    def approval(self) -> Approval:
        """Which tool calls are asked about first."""
        return self._settings.approval

    @approval.setter
    def approval(self, value: Approval) -> None:
        self._use(self.configuration.with_value("approval", value))

    @property
    def instructions(self) -> str:
        """What the model is told at the start of this conversation."""
        return self._opening.instructions

    @instructions.setter
    def instructions(self, text: str) -> None:
        self._opening = replace(self._opening, instructions=text)

    @property
    def placeholders(self) -> Placeholders:
        """What placeholders stand for in this conversation; whoever sends texts fills them in."""
        return self._opening.placeholders

    def offer_tools(self, *, is_offered: bool) -> None:
        """Let the model call tools, or not, from the next turn on."""
        self._use(self.configuration.with_value("tools", is_offered))

    def set_theme(self, name: str) -> None:
        """Note which colours the person chose."""
        self.configuration = self.configuration.with_value("theme", name)

    def set_value(self, name: str, value: Any) -> None:
        """Set any setting to a value that it takes; what has to be reread or loaded is not yet.

        Raises:
            SettingsError: it does not go together with the others.
        """
        configuration = self.configuration.with_value(name, value)
        self._go_by(configuration.reread() if name in REREAD else configuration, name)

    def reset_value(self, name: str) -> None:
        """Take any setting back to what it is without what was set while the program runs.

        Raises:
            SettingsError: a file that is gone back to cannot be used.
        """
        configuration = self.configuration.without_value(name)
        self._go_by(configuration.reread() if name in REREAD else configuration, name)

    def _go_by(self, configuration: Configuration, name: str) -> None:
        fresh = open_conversation(configuration.settings, self._began)
        self._use(configuration)
        self._opening = changed_opening(self._opening, fresh, name, has_begun=self.has_begun)
        if not self.has_begun and name in KEPT_BY:
            self._chat = None  # it may have to be kept in another folder

    def use_profile(self, name: str) -> None:
        """Go by a profile from now on; the model that it names is not loaded yet.

        Hyperparameters act on the next token, instructions and the like on the next turn, examples
        and the greeting on a conversation that has not begun.

        Raises:
            SettingsError: there is no such profile, or it cannot be used.
        """
        self._go_by(self.configuration.with_profile(name), "profile")

    def _use(self, configuration: Configuration) -> None:
        self.configuration = configuration
        if self._chat is not None:
            self._chat.hyperparameters = self._acting_hyperparameters()
            self._chat.approval = self.approval

    def _acting_hyperparameters(self) -> Hyperparameters:
        """Return the hyperparameters, a chosen seed counted up by the turns before if it is to."""
        values = self.hyperparameters
        if not self._settings.reseed or values.seed < 0:
            return values
        seed = (values.seed + max(0, self._turns_begun - 1)) % 2**63
        return values.model_copy(update={"seed": seed})

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
                if (model := self.model) is not None:
                    self._use(self.configuration.with_model(model.name, model.defaults))
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
        if self._chat is not None:
            _close_session(self._chat)
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
                hyperparameters=self._acting_hyperparameters(),
                approval=self.approval,
                store=Store(self.sessions_folder) if self.keeps_sessions else None,
            )
        return self._chat

    def _reopen(self, session: Path | Store) -> tuple[Chat, list[Event]]:
        """Have a session that is kept be the conversation."""
        from engine.chat import Chat

        store = Store.open(session) if isinstance(session, Path) else session
        try:
            chat = Chat.open(
                self._worker,
                store,
                hyperparameters=self._acting_hyperparameters(),
                approval=self.approval,
            )
            events = list(chat.replay())
        except BaseException:
            store.close()
            raise
        # Here and not on the screen's thread, where it could cross with one that is being opened.
        left, self._chat = self._chat, chat
        if left is not None:
            _close_session(left)
        return chat, events

    @property
    def sessions_folder(self) -> Path:
        """Where conversations are kept."""
        return sessions_folder(self._settings)

    def _ready_chat(self) -> Chat:
        """Return the conversation, made ready for its next turn."""
        chat, settings = self._open_chat(), self._settings
        prepare(chat, settings, self._opening)
        chat.reads_ahead = settings.read_ahead
        chat.logprobs = self._logprobs
        return chat

    def _read_draft(self, text: str) -> None:
        if text == self._draft and self.model is not None:
            self._ready_chat().read_draft(text)

    def _run_turn(self, run: Run, listener: Listener, stopping: threading.Event) -> None:
        if stopping.is_set():
            listener(TurnEnded("cancelled", Statistics()))
            return
        chat = self._ready_chat()
        chat.hyperparameters = self._acting_hyperparameters()
        chat.approval = self.approval

        def listen(event: Event) -> None:
            # A stop that came before the turn had begun found nothing to stop.
            if stopping.is_set() and isinstance(event, TurnStarted | TurnContinued):
                chat.cancel()
            listener(event)

        run(chat, listen if self.debug_log is None else self.debug_log.listening(chat, listen))


def _tell_failure(listener: Callable[[Event], None], turn: Future[None]) -> None:
    """End a turn that failed outside of the chat's own care."""
    if not turn.cancelled() and turn.exception() is not None:
        _log_failure(turn)
        listener(TurnEnded("error", Statistics(), f"{turn.exception()} {where_to_look()}"))


def _log_failure(future: Future[Any]) -> None:
    error = None if future.cancelled() else future.exception()
    if error is not None:
        logger.error("The engine failed", exc_info=error)


def _close_session(chat: Chat) -> None:
    """Write what is left of a conversation and let other programs have its file."""
    try:
        chat.store.close()
    except StoreError:
        logger.exception("The end of a conversation is lost")


def _count_words(session: Session) -> int:
    """Return how often the person has spoken on the path that is active."""
    return sum(message.role == "user" for message in session.path())
