"""The one place where the screen and the engine's threads meet."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from engine.config import locations
from engine.config.precedence import Configuration
from engine.events import (
    Event,
    LoadFailed,
    ModelInfo,
    ModelLoaded,
    Notice,
    Statistics,
    TokenSampled,
    TurnContinued,
    TurnEnded,
    TurnStarted,
)
from engine.worker import Listener, Worker
from harmony_tui.chat_thread import close_session
from harmony_tui.kept_conversation import KeptConversation
from harmony_tui.mailbox import Mailbox
from harmony_tui.preparing import (
    prepare,
)
from harmony_tui.reasoning import Reasoning, find_reasoning
from harmony_tui.toolbox_link import ToolboxLink
from harmony_tui.turn_tokens import TokenLog, TurnTokens, read_turn, read_turn_of
from harmony_tui.waking import Waker

if TYPE_CHECKING:
    from engine.chat import Chat
    from engine.config.settings import Settings
    from engine.tools.permissions import Remember
    from engine.tools.toolbox import Toolbox
    from harmony_tui.debug_log import DebugLog
    from harmony_tui.serving_beside import ServerBeside

T = TypeVar("T")
Run = Callable[["Chat", Listener], TurnEnded]
"""Runs a turn of a conversation."""

ALTERNATIVES = 5
"""How many of the likeliest tokens are told with each token, once that is asked for."""
IDLE_SECONDS = 1.0
"""So long nothing may have been typed before what tool calls need is made once a model is there.

That holds Python, and with it the screen, for up to half a second.
"""


class EngineLink(KeptConversation):
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
        super().__init__(settings, worker)
        self.is_loading = False
        self.is_answering = False
        self.debug_log: DebugLog | None = None
        """Where all that the model reads and samples is written, if it is."""
        self.overhear: Listener | None = None
        """Hears turns as they happen, on the conversation's thread; it must return at once."""
        self._token_log = TokenLog()
        self._logprobs = 0
        self._draft = ""
        self._typed_at = 0.0
        """When the last key was pressed, in seconds of ``time.monotonic``."""
        self._stopping = threading.Event()
        self._waker = Waker(on_arrival)
        self._loads = Mailbox(self._waker.wake)
        self._turns = Mailbox(self._waker.wake)
        self._is_unloaded = False
        """Whether the person had the model unloaded, and asked for none since."""
        self.tools = ToolboxLink(
            lambda: self._settings,
            lambda: self.model,
            lambda said: self._loads.put(Notice(said)),
            lambda: self.keeps_sessions,
        )
        """What the model may call."""
        self.serving: ServerBeside | None = None
        """What answers other programs, if they are answered."""

    def connect(self) -> None:
        """Bring what the engine says to the loop that runs now."""
        self._waker.connect()

    # --- what the person does ------------------------------------------------------------------

    def load(self, name: str | None) -> None:
        """Begin to load a model; a turn that runs is stopped."""
        self.stop()
        self.is_loading = True
        self._is_unloaded = False
        if name != self._settings.model:
            self.configuration = self.configuration.with_value("model", name)
        located = locations.locate_model(name, self._settings.models_folder)
        self._worker.load(located, self._loads.put, self._settings.memory_limits)
        self._chat_thread.submit(self._open_chat)
        self.tools.find_sandbox(self._waker.wake)

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
        stopping = self._stopping
        try:
            return await self._chat_thread.ask(self._run_aside, run, stopping)
        finally:
            if self._stopping is stopping:  # else something else has begun meanwhile
                self.is_answering = False

    async def run_again(self, recipient: str, arguments: str) -> bool:
        """Make a tool call once more, which is told as ``CallRunAgain``; return whether it ran.

        The conversation takes no turn as long as it runs, and ``stop`` stops it.
        """
        put = self._turns.put

        def run(chat: Chat, stopping: threading.Event) -> bool:
            def listen(event: Event) -> None:
                if stopping.is_set():
                    chat.cancel()
                put(event)

            if stopping.is_set():
                return False
            with self.tools.open().aside():
                return chat.run_again(recipient, arguments, listen) != "declined"

        return await self.answer_aside(run)

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

    async def measure_answer(self) -> str:
        """Find out how likely the tokens are of the answer that is there; return nothing to say.

        Raises:
            GenerationError: the model cannot read them.
            NoAnswerError: there is no answer of this model's.
            NoModelError: no model is loaded.
        """
        log = self._token_log
        keep = log.listening(lambda _: None)

        def hear(event: TokenSampled) -> None:
            if log.find(event.number) is None:
                keep(event)

        await self.answer_aside(lambda chat, stopping: chat.measure(ALTERNATIVES, hear, stopping))
        return ""

    def read_tokens(self) -> TurnTokens:
        """Return what the turn that runs or was over last has read and sampled so far."""
        return read_turn(self._chat, self._token_log)

    def read_tokens_of(self, words: int) -> TurnTokens:
        """Return what the turn that answers words of this conversation has read and sampled."""
        return read_turn_of(self._chat, words)

    def _begin_turn(self, run: Run) -> None:
        self.is_answering, self._draft = True, ""
        self._stopping = threading.Event()
        listener = self._token_log.listening(self._turns.put)
        self._chat_thread.submit_turn(
            self._run_turn, run, listener, self._stopping, listener=self._turns.put
        )

    def read_draft(self, text: str) -> None:
        """Have the model read what the person is typing, in place of the draft before.

        While it answers or is loaded, it reads none; afterwards, what was typed last.
        """
        self._draft = text
        if text and not (self.is_answering or self.is_loading):
            self._chat_thread.submit(self._read_draft, text)

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

    def answer(
        self, call: int, *, allowed: bool, reason: str = "", remember: Remember = "once"
    ) -> None:
        """Allow or decline a tool call that waits; see ``Chat.answer``."""
        if self._chat is not None:
            self._chat.answer(call, allowed=allowed, reason=reason, remember=remember)

    async def open_toolbox(self) -> Toolbox:
        """Return what the model may call; the first time it is looked what this machine has."""
        toolbox = self.tools.toolbox
        return toolbox if toolbox is not None else await self._chat_thread.ask(self.tools.open)

    def _begin(self, chat: Chat | None, began: datetime) -> None:
        """Be ready for another conversation; what still comes of the one before is dropped."""
        self._turns.close()
        self._turns = Mailbox(self._waker.wake)
        self._token_log = TokenLog()
        self.is_answering = False
        self._begin_settings(chat, began)
        self._chat_thread.submit(self.tools.start_conversation, chat)

    def edit(self, message: int, text: str) -> None:
        """Begin a turn with an edited version of words of the person's."""
        self._begin_turn(lambda chat, listener: chat.edit(message, text, listener))

    # --- what is set ---------------------------------------------------------------------------

    @property
    def model(self) -> ModelInfo | None:
        """The loaded model."""
        return self._worker.model

    @property
    def memory_bytes(self) -> int:
        """What model and KV cache take of the memory, as the engine's thread saw it last."""
        return self._worker.memory_bytes

    def _act_on_settings(self) -> None:
        if self._chat is not None:
            self._chat.hyperparameters = self._acting_hyperparameters()
            self._chat.approval = self.approval
        self.tools.follow_settings()

    def _use_workspace(self) -> None:
        self._chat_thread.submit(self.tools.use_workspace)

    # --- what comes back -----------------------------------------------------------------------

    def take(self) -> list[Event]:
        """Return all events since the last time, in order."""
        self._waker.note_batch(len(self._turns))
        events = self._loads.take() + self._turns.take()
        for event in events:
            if isinstance(event, TurnEnded):
                self.is_answering = False
            elif isinstance(event, ModelLoaded | LoadFailed):
                self.is_loading = False
                if (model := self.model) is not None:
                    self._use(self.configuration.with_model(model.name, model.defaults))
                if self._settings.guided:
                    self._waker.call_later(IDLE_SECONDS, self._prepare_rules)
            else:
                continue
            self.read_draft(self._draft)
        return events

    def _prepare_rules(self) -> None:
        """Have made, in a pause, what the first tool call would wait for."""
        if self.is_answering or time.monotonic() - self._typed_at < IDLE_SECONDS:
            self._waker.call_later(IDLE_SECONDS, self._prepare_rules)
        else:
            self._worker.prepare_rules()

    def note_typing(self) -> None:
        """Note that the person is typing: what a key changes is shown first."""
        self._waker.note_key()
        self._typed_at = time.monotonic()

    def serve(self, port: int, api_key: str) -> ServerBeside:
        """Have the model answer other programs too, at a port of this machine.

        Raises:
            SubcommandError: it cannot; the message says why.
        """
        from engine.server.translation import Engine
        from harmony_tui.serving_beside import ServerBeside

        engine = Engine(
            self._worker,
            self._acting_hyperparameters(),
            is_guided=self._settings.guided,
            context_limit=self._settings.context_limit or None,
            reads_ahead=self._settings.read_ahead,
        )
        self.serving = ServerBeside(engine, port, api_key)
        return self.serving

    def stop_serving(self) -> None:
        """Answer other programs no more. Blocks until what is being answered has ended."""
        if self.serving is not None:
            self.serving.close()
            self.serving = None

    def close(self) -> None:
        """Stop everything and wait for the engine's threads to end."""
        self.stop_serving()
        self._loads.close()
        self._turns.close()
        self.stop()
        # The chat first: it waits for the worker, which answers a stopped turn at once.
        self._chat_thread.close()
        if self._chat is not None:
            close_session(self._chat)
        self.tools.close()
        self._worker.close()

    # --- on the chat's thread ------------------------------------------------------------------

    def _ready_chat(self) -> Chat:
        """Return the conversation, made ready for its next turn."""
        chat, settings = self._open_chat(), self._settings
        prepare(chat, settings, self._opening)
        self.tools.prepare(chat)
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
            if self.overhear is not None:
                self.overhear(event)

        run(chat, listen if self.debug_log is None else self.debug_log.listening(chat, listen))
