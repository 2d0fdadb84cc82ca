"""A conversation with a model: prompt, tokens, events, tool calls, and on to the final answer."""

from __future__ import annotations

import logging
import secrets
import threading
import time
from dataclasses import asdict, replace
from datetime import datetime
from functools import cache
from queue import SimpleQueue
from typing import Any, Literal

from engine.config import locations
from engine.config.hyperparameters import Hyperparameters
from engine.config.settings import Approval
from engine.conversation.store import Store, StoreError
from engine.events import (
    DecodeProgress,
    EndOfThinking,
    Event,
    Finish,
    HyperparametersChanged,
    MessageClosed,
    Notice,
    Statistics,
    ThinkingFinished,
    ToolCallFinished,
    ToolCallRequested,
    ToolCallStarted,
    TurnEnded,
    TurnStarted,
)
from engine.generation.loops import Loop, LoopDetector
from engine.harmony.encoding import CONTROL_TOKENS, END, MESSAGE, START, STOP_TOKENS, load_encoding
from engine.harmony.parser import Parser
from engine.harmony.prompt import (
    ANSWER,
    ASSISTANT,
    FunctionDescription,
    Transcript,
    render_developer,
    render_system,
    render_user,
)
from engine.power import is_on_battery
from engine.tools.functions import BUILT_IN
from engine.tools.permissions import needs_approval
from engine.tools.registry import Registry, ToolError
from engine.worker import Completion, Listener, NoModelError, Request, Worker

PROGRESS_SECONDS = 0.25
DECLINED = "The user declined this call."
STOPPED = "The user stopped this call."

Outcome = Literal["done", "failed", "declined"]

logger = logging.getLogger(__name__)


class Chat:
    """One conversation.

    A turn runs on the thread that calls ``send``; all else may be called from any thread.
    """

    def __init__(
        self,
        worker: Worker,
        *,
        hyperparameters: Hyperparameters,
        tools: Registry = BUILT_IN,
        instructions: str = "",
        approval: Approval = "effects",
        store: Store | None = None,
        read_ahead: bool = False,
    ) -> None:
        """Begin an empty conversation; reads the vocabulary if nothing has yet (0.4 s).

        Args:
            worker: runs the model.
            hyperparameters: how to sample, until changed.
            tools: what the model may call.
            instructions: the developer message's text; empty leaves it out.
            approval: which calls wait for ``answer``.
            store: the file that the conversation is kept in, if it is kept.
            read_ahead: when a turn is over, read the history as the next turn has it, and read
                drafts; not on battery.
        """
        self.worker = worker
        self.hyperparameters = hyperparameters
        """Assign to change; the next token that is not under way yet is sampled by it."""
        self.tools = tools
        self.instructions = instructions
        self.approval: Approval = approval
        self.store = store
        self.reads_ahead = read_ahead
        self.transcript = Transcript()
        load_encoding()
        self._date = datetime.now().astimezone().date().isoformat()
        self._messages = 0
        self._turn: _Turn | None = None

    def send(self, text: str, listener: Listener) -> TurnEnded:
        """Run a whole turn: the person's text, the model's messages and calls, its final answer.

        Blocks until the turn is over; the listener hears every event, the returned one last. What
        goes wrong ends the turn with the finish ``error`` and does not raise.

        Raises:
            RuntimeError: another turn of this conversation runs.
        """
        if self._turn is not None:
            raise RuntimeError("a conversation has one turn at a time")
        turn = self._turn = _Turn(self, text, listener)
        try:
            ended = turn.run()
        finally:
            self._turn = None
            self._messages = turn.parser.next_message
        listener(ended)
        if self._may_read_ahead() and ended.finish != "error":
            self.worker.read_ahead((*self.transcript.history(), START), keep=True)
        return ended

    def read_draft(self, text: str) -> None:
        """Read what the person is about to say, so that sending it costs the last few tokens.

        Nothing happens during a turn, without ``read_ahead``, or on battery.
        """
        if self._turn is None and self._may_read_ahead():
            self.transcript.preamble = self.preamble()
            # The last token of a draft often becomes another one with the next letter.
            draft = render_user(text)[: -len((END, END))]
            self.worker.read_ahead((*self.transcript.history(), *draft, END), keep=False)

    def _may_read_ahead(self) -> bool:
        return self.reads_ahead and not is_on_battery()

    def cancel(self) -> None:
        """Stop the running turn within one token; without one, nothing happens."""
        if turn := self._turn:
            turn.cancel()

    def finish_thinking(self) -> None:
        """End the running analysis and have the model answer; past it, nothing happens."""
        if turn := self._turn:
            turn.answer_now("person")

    def answer(self, call: int, allowed: bool) -> None:
        """Allow or decline a call that was asked about."""
        if turn := self._turn:
            turn.answers.put((call, allowed))

    def preamble(self) -> tuple[int, ...]:
        """Return the tokens of the system and developer messages as they are to be now."""
        functions = [
            FunctionDescription(tool.name, tool.description, tool.parameters())
            for tool in self.tools
        ]
        effort = self.hyperparameters.effort
        system = render_system(effort, self._date, has_functions=bool(functions))
        return system + render_developer(self.instructions, functions)


@cache
def sentence_breakers() -> frozenset[int]:
    """Return the tokens that DRY matches no repeat across, as text-generation-webui has them."""
    encode = load_encoding().encode
    return frozenset(encode(f"a{text}")[-1] for text in ("\n", ":", '"', "*"))


class _Turn:
    """What happens between the person's text and the end of the answer to it."""

    def __init__(self, chat: Chat, text: str, listener: Listener) -> None:
        self.chat = chat
        self.text = text
        self.hear = listener
        self.parser = Parser((tool.recipient for tool in chat.tools), chat._messages)
        self.answers: SimpleQueue[tuple[int, bool] | None] = SimpleQueue()
        self.cancelled = threading.Event()
        self.calls: list[MessageClosed] = []
        self.call_count = 0
        self.statistics = Statistics()
        self.start = time.perf_counter()
        self.tokens: list[int] = []
        """What was sampled, over all rounds; what was forced is not among it."""
        self.thought = 0
        self.loops = LoopDetector()
        self.loop: Loop | None = None
        self.ends_thinking: EndOfThinking | None = None
        """Why the analysis is to end before the model ends it."""
        self.interrupted = threading.Event()
        """Ends the round, and the turn unless something is to follow."""
        self.context_before = 0
        self.decode_start = 0.0
        self.last_progress = 0.0
        self.acting = chat.hyperparameters
        self.seed = self.acting.seed if self.acting.seed >= 0 else secrets.randbits(62)

    @property
    def sampled(self) -> int:
        return len(self.tokens)

    def cancel(self) -> None:
        self.cancelled.set()
        self.interrupted.set()
        self.answers.put(None)

    def answer_now(self, reason: EndOfThinking) -> None:
        """Have the analysis end at the next token, if there is one then."""
        self.ends_thinking = self.ends_thinking or reason

    # --- the loop -----------------------------------------------------------------------------

    def run(self) -> TurnEnded:
        """Run until the model gives no more calls to follow."""
        transcript = self.chat.transcript
        try:
            self.hear(TurnStarted(self.text))
            transcript.preamble = self.chat.preamble()
            transcript.begin_turn(self.text)
            self._keep("user", text=self.text, preamble=transcript.preamble)
            ended = self._rounds()
        except NoModelError as error:
            ended = self._ended("error", str(error))
        except Exception as error:
            logger.exception("a turn failed")
            self._close_messages("error")
            ended = self._ended(
                "error", f"The turn failed: {error}. The log tells more: {locations.log_file()}"
            )
        transcript.settle_turn()
        self._keep(
            "turn",
            finish=ended.finish,
            seed=self.seed,
            hyperparameters=self.acting.model_dump(),
            statistics=asdict(self.statistics),
        )
        return ended

    def _rounds(self) -> TurnEnded:
        prompt = self.chat.transcript.prompt()
        while True:
            room = self._context_length() - len(prompt)
            if room <= 0:
                return self._full()
            limit = min(room, self.acting.max_tokens - self.sampled)
            completion = self._generate(prompt, limit)
            self._count(completion)
            if completion.finish == "cancelled" and self._goes_on_to_answer():
                prompt = self._begin_answer()
                continue
            self._close_messages(completion.finish)
            if completion.finish == "cancelled":
                return self._cut_short()
            if completion.finish == "length":
                return self._ended("length", self._length_message())
            if not self.calls:
                return self._ended("stop")
            for call in self.calls:
                self._call(call)
            self.calls.clear()
            if self.cancelled.is_set():
                return self._ended("cancelled")
            if self.sampled >= self.acting.max_tokens:
                return self._ended("length", self._length_message())
            prompt = self.chat.transcript.prompt()

    def _goes_on_to_answer(self) -> bool:
        return self.ends_thinking is not None and not self.cancelled.is_set()

    def _begin_answer(self) -> tuple[int, ...]:
        """End the analysis in the model's place and begin its answer; return the prompt then."""
        assert self.ends_thinking is not None  # noqa: S101
        self.hear(ThinkingFinished(self.sampled, self.ends_thinking))
        self.ends_thinking = None
        self._feed(END)
        prompt = self.chat.transcript.prompt()[: -len(ASSISTANT)] + ANSWER
        for token in ANSWER:
            self._feed(token)
        return prompt

    def _cut_short(self) -> TurnEnded:
        if self.loop is None or self.cancelled.is_set():
            return self._ended("cancelled")
        return self._ended(
            "length",
            f"The last {self.loop.period} tokens came {self.loop.repeats} times in a row, so the "
            "answer was stopped. A higher temperature or dry_multiplier helps; loop_detection off "
            "lets it go on.",
        )

    def _generate(self, prompt: tuple[int, ...], limit: int) -> Completion:
        self.decode_start = 0.0
        self.context_before = len(prompt) - self.sampled
        self.interrupted.clear()
        if self.cancelled.is_set():
            self.interrupted.set()
        request = Request(
            prompt=prompt,
            seed=self.seed,
            max_tokens=limit,
            hyperparameters=lambda: self.chat.hyperparameters,
            stop_tokens=STOP_TOKENS,
            on_prefill=self.hear,
            on_token=self._on_token,
            cancelled=self.interrupted,
            earlier=tuple(self.tokens),
            control_tokens=CONTROL_TOKENS,
            breakers=sentence_breakers(),
        )
        return self.chat.worker.generate(request).result()

    def _context_length(self) -> int:
        model = self.chat.worker.model
        if model is None:
            raise NoModelError("No model is loaded. Load one with /model or --model.")
        return model.context_length

    def _full(self) -> TurnEnded:
        return self._ended(
            "error",
            f"The conversation is longer than the model's context of {self._context_length()} "
            "tokens. Start a new one with /new.",
        )

    def _length_message(self) -> str:
        if self.sampled >= self.acting.max_tokens:
            return f"The answer reached max_tokens ({self.acting.max_tokens})."
        return "The answer filled the model's context. Start a new conversation with /new."

    # --- tokens, on the engine's thread -------------------------------------------------------

    def _on_token(self, token: int) -> None:
        now = time.perf_counter()
        if not self.decode_start:
            self.decode_start = self.last_progress = now
        self._note_changes()
        self.tokens.append(token)
        self._feed(token)
        self._watch(token)
        if now - self.last_progress >= PROGRESS_SECONDS:
            self.last_progress = now
            self._tell_progress(now)

    def _feed(self, token: int) -> None:
        for event in self.parser.feed(token):
            self._take(event)

    def _watch(self, token: int) -> None:
        """Interrupt the round where the model is to think no more, or goes round in circles."""
        is_thinking = self.parser.channel == "analysis"
        self.thought += is_thinking and token != MESSAGE
        if 0 < self.acting.thinking_budget <= self.thought:
            self.answer_now("budget")
        if self.acting.loop_detection != "off" and (loop := self.loops.feed(token)):
            self.loops = LoopDetector()
            if is_thinking and self.acting.loop_detection == "answer":
                self.answer_now("loop")
            else:
                self.loop = loop
                self.interrupted.set()
        if self.ends_thinking and is_thinking:
            self.interrupted.set()
        elif self.parser.channel == "final":
            self.ends_thinking = None

    def _note_changes(self) -> None:
        current = self.chat.hyperparameters
        if current is not self.acting:
            changes = current.changes_from(self.acting)
            self.acting = current
            if changes:
                self.hear(HyperparametersChanged(self.sampled, changes))

    def _tell_progress(self, now: float) -> None:
        seconds = self.statistics.decode_seconds + now - self.decode_start
        rate = self.sampled / seconds if seconds > 0 else 0.0
        used = self.context_before + self.sampled
        self.hear(DecodeProgress(self.sampled, rate, used, self._context_length()))

    def _close_messages(self, finish: Finish) -> None:
        for event in self.parser.close(finish):
            self._take(event)

    def _take(self, event: Event) -> None:
        """Keep a message that is complete, and pass every event on."""
        if isinstance(event, MessageClosed):
            self.chat.transcript.add_sampled(event)
            self._keep("message", **asdict(event))
            if event.role == "assistant" and event.recipient and event.ending != "cut":
                self.calls.append(event)
        self.hear(event)

    # --- tools --------------------------------------------------------------------------------

    def _call(self, call: MessageClosed) -> None:
        """Run one call if it is allowed, and put its result into the transcript."""
        assert call.recipient is not None  # noqa: S101
        number, self.call_count = self.call_count, self.call_count + 1
        start = time.perf_counter()
        outcome, output = self._outcome(number, call.recipient, call.text)
        seconds = time.perf_counter() - start
        self.chat.transcript.add_tool_result(call.recipient, output, call.channel)
        self._keep(
            "tool",
            call=number,
            recipient=call.recipient,
            arguments=call.text,
            outcome=outcome,
            output=output,
            seconds=seconds,
        )
        self.hear(ToolCallFinished(number, outcome, output, seconds))

    def _outcome(self, number: int, recipient: str, arguments: str) -> tuple[Outcome, str]:
        try:
            tool = self.chat.tools.find(recipient)
        except ToolError as error:
            self.hear(ToolCallRequested(number, recipient, arguments, "", needs_approval=False))
            return "failed", f"Error: {error}"
        asked = needs_approval(tool, self.chat.approval)
        self.hear(ToolCallRequested(number, recipient, arguments, tool.effects, asked))
        if asked and not self._is_allowed(number):
            return "declined", STOPPED if self.cancelled.is_set() else DECLINED
        self.hear(ToolCallStarted(number))
        try:
            return "done", tool.call(arguments)
        except ToolError as error:
            return "failed", f"Error: {error}"
        except Exception as error:
            logger.exception("the tool %s broke", recipient)
            return "failed", f"Error: the tool broke: {error}"

    def _is_allowed(self, number: int) -> bool:
        """Wait for the person's answer to this call; stopping the turn declines it."""
        while not self.cancelled.is_set():
            answer = self.answers.get()
            if answer is not None and answer[0] == number:
                return answer[1]
        return False

    # --- figures and the file -----------------------------------------------------------------

    def _count(self, completion: Completion) -> None:
        before = self.statistics
        first = before.first_token_seconds
        if not first and completion.sampled_tokens:
            first = completion.first_token_seconds
        self.statistics = replace(
            before,
            prompt_tokens=before.prompt_tokens + completion.prompt_tokens,
            cached_tokens=before.cached_tokens + completion.cached_tokens,
            sampled_tokens=before.sampled_tokens + completion.sampled_tokens,
            prefill_seconds=before.prefill_seconds + completion.prefill_seconds,
            decode_seconds=before.decode_seconds + completion.decode_seconds,
            first_token_seconds=first,
            context_used=completion.prompt_tokens + completion.sampled_tokens,
            context_length=self._context_length(),
        )

    def _ended(self, finish: Finish, message: str = "") -> TurnEnded:
        return TurnEnded(finish, self.statistics, message)

    def _keep(self, kind: str, **values: Any) -> None:
        """Write a line of the session; if that fails, say so once and go on without."""
        store = self.chat.store
        if store is None:
            return
        try:
            store.append(kind, **values)
        except StoreError as error:
            logger.warning("%s", error)
            self.chat.store = None
            self.hear(Notice(str(error)))
