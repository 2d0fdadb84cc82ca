"""A conversation with a model: prompt, tokens, events, tool calls, and on to the final answer."""

from __future__ import annotations

import copy
import logging
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from functools import partial
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, Literal

from engine.config import locations
from engine.config.hyperparameters import Hyperparameters
from engine.config.settings import Approval
from engine.conversation.store import Store, StoreError
from engine.events import (
    HARMONY,
    DecodeProgress,
    EndOfThinking,
    Event,
    Finish,
    HyperparametersChanged,
    MessageClosed,
    MessageOpened,
    Notice,
    Statistics,
    TextDelta,
    ThinkingFinished,
    ToolCallFinished,
    ToolCallRequested,
    ToolCallStarted,
    TurnContinued,
    TurnEnded,
    TurnStarted,
)
from engine.generation.loops import Loop, LoopDetector
from engine.harmony.encoding import END, MESSAGE, START, load_encoding
from engine.harmony.formats import Format, HarmonyFormat, Reader
from engine.harmony.prompt import (
    ANSWER,
    ASSISTANT,
    FunctionDescription,
    Transcript,
    render_developer,
    render_system,
    render_user,
)
from engine.harmony.tokenizer import ChatTemplateError
from engine.power import is_on_battery
from engine.tools.functions import BUILT_IN
from engine.tools.permissions import needs_approval
from engine.tools.registry import Registry, ToolError
from engine.worker import Completion, GenerationError, Listener, NoModelError, Request, Worker

if TYPE_CHECKING:
    from engine.generation.constraint import Constraint
    from engine.generation.rules import Rules

PROGRESS_SECONDS = 0.25
DECLINED = "The user declined this call."
STOPPED = "The user stopped this call."
HIGHEST_SEED = 2**63 - 1

Outcome = Literal["done", "failed", "declined"]

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class AnswerForm:
    """What an answer has to be: JSON that a schema describes, or text that a regex does."""

    kind: Literal["schema", "regex"]
    source: str
    """The JSON text of the schema (draft 2020-12), or the expression in the syntax of Rust's."""


class NoAnswerError(Exception):
    """There is no answer that could go on or be given anew; the message says why."""


class Chat:
    """One conversation.

    A turn runs on the thread that calls ``send``, ``continue_`` or ``regenerate``; all else may be
    called from any thread.
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
        self.is_guided = True
        """Whether only headers that Harmony has are sampled, and only arguments that tools take."""
        self.form: AnswerForm | None = None
        """What the text of a final message has to be, if it is not free."""
        self.transcript = Transcript()
        load_encoding()
        self._harmony = HarmonyFormat()
        self._date = datetime.now().astimezone().date().isoformat()
        self._messages = 0
        self._turn: _Turn | None = None
        """The one that runs."""
        self._last: _Turn | None = None
        """The one that was over last."""

    def send(self, text: str, listener: Listener) -> TurnEnded:
        """Run a whole turn: the person's text, the model's messages and calls, its final answer.

        Blocks until the turn is over; the listener hears every event, the returned one last. What
        goes wrong ends the turn with the finish ``error`` and does not raise.

        Raises:
            RuntimeError: another turn of this conversation runs.
        """
        self._check_idle()
        turn = _Turn(self, text, listener)
        return self._run(turn, turn.begin)

    def continue_(self, listener: Listener) -> TurnEnded:
        """Have the last answer go on where it was cut, as if it had not been.

        It keeps its seed and the numbering of its tokens, so that the same tokens follow, unless
        hyperparameters were changed; it may sample ``max_tokens`` more. In the session's file a
        ``continue`` line says so: lines before it of the message that it names do not hold any
        more. Blocks, and tells the listener, as ``send`` does.

        Raises:
            NoAnswerError: no answer was cut, or a model of another format began it.
            RuntimeError: another turn of this conversation runs.
        """
        self._check_idle()
        if self._last is not None and self._last.format.name != self.format.name:
            raise NoAnswerError(
                "The model that began the answer was prompted in another way, so this one cannot "
                "continue it. Have it answered anew."
            )
        if self._last is None or not self.can_continue:
            raise NoAnswerError("No answer was cut short, so there is nothing to continue.")
        self._last.ready(listener)
        return self._run(self._last, self._last.reopen)

    def regenerate(self, listener: Listener) -> TurnEnded:
        """Answer the person's last words anew, with another seed, as if they had no answer yet.

        A chosen seed is counted up by one, another is drawn. In the session's file a ``retry`` line
        stands before the new answer; it tells which messages it replaces, which stay there. Blocks,
        and tells the listener, as ``send`` does.

        Raises:
            NoAnswerError: nothing was said yet.
            RuntimeError: another turn of this conversation runs.
        """
        self._check_idle()
        if (last := self._last) is None:
            raise NoAnswerError("Nothing was asked yet, so there is no answer to give anew.")
        turn = _Turn(self, last.text, listener)
        return self._run(turn, partial(turn.begin_in_place_of, last))

    @property
    def format(self) -> Format:
        """How the loaded model is prompted and read; Harmony without one."""
        return self.worker.format or self._harmony

    @property
    def can_continue(self) -> bool:
        """Whether the last turn was cut: stopped, ended by a limit or a loop, or failed.

        A model that is prompted in another way than the one which began it cannot continue it.
        """
        if self._turn is not None or self._last is None:
            return False
        return self._last.finish != "stop" and self._last.format.name == self.format.name

    @property
    def can_regenerate(self) -> bool:
        """Whether there is a last turn, and none that runs."""
        return self._turn is None and self._last is not None

    def _check_idle(self) -> None:
        if self._turn is not None:
            raise RuntimeError("a conversation has one turn at a time")

    def _run(self, turn: _Turn, begin: Callable[[], tuple[int, ...]]) -> TurnEnded:
        self._turn = turn
        try:
            ended = turn.run(begin)
        finally:
            self._turn, self._last = None, turn
            self._messages = turn.reader.next_message
        turn.hear(ended)
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
        return self.reads_ahead and self.format.name == HARMONY and not is_on_battery()

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
        """Return the tokens of Harmony's system and developer messages as they are to be now."""
        functions = [
            FunctionDescription(tool.name, tool.description, tool.parameters())
            for tool in self.tools
        ]
        effort = self.hyperparameters.effort
        system = render_system(effort, self._date, has_functions=bool(functions))
        return system + render_developer(self.instructions, functions)


@dataclass(frozen=True, slots=True)
class _Cut:
    """Where a round was cut, before what was open was closed."""

    reader: Reader
    segments: int
    """How many of the running turn's there were."""
    message: int | None
    """The one that was open."""
    text: str


class _Turn:
    """What happens between the person's text and the end of the answer to it."""

    def __init__(self, chat: Chat, text: str, listener: Listener) -> None:
        self.chat = chat
        self.text = text
        self.hear = listener
        self.first_message = chat._messages
        self.format = chat.format
        self.reader = self.format.reader((tool.recipient for tool in chat.tools), chat._messages)
        self.finish: Finish = "error"
        self.preamble: tuple[int, ...] = ()
        self.instructions = chat.instructions
        self.prompt: tuple[int, ...] = ()
        """What the round goes on from."""
        self.sampled_before = 0
        """Tokens of the turn that were sampled before the round."""
        self.is_round_open = False
        self.cut: _Cut | None = None
        self.open_message: int | None = None
        self.open_text: list[str] = []
        self.allowed_from = 0
        """The number of the token from which on ``max_tokens`` are allowed."""
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
        self.rules: Rules | None = None
        self.acting = chat.hyperparameters
        self.seed = self.acting.seed if self.acting.seed >= 0 else secrets.randbits(62)

    @property
    def sampled(self) -> int:
        return len(self.tokens)

    @property
    def left(self) -> int:
        """How many more tokens ``max_tokens`` allows."""
        return self.acting.max_tokens - (self.sampled - self.allowed_from)

    def cancel(self) -> None:
        self.cancelled.set()
        self.interrupted.set()
        self.answers.put(None)

    def answer_now(self, reason: EndOfThinking) -> None:
        """Have the analysis end at the next token, if there is one then."""
        self.ends_thinking = self.ends_thinking or reason

    # --- how it begins ------------------------------------------------------------------------

    def begin(self) -> tuple[int, ...]:
        """Take the person's words; return what the model goes on from."""
        self.hear(TurnStarted(self.text))
        self._take_words()
        self._keep("user", text=self.text, preamble=self.preamble)
        return self.format.prompt(self.chat.transcript)

    def begin_in_place_of(self, last: _Turn) -> tuple[int, ...]:
        """Take the words of the last turn, which is dropped; return what the model goes on from."""
        if self.seed == last.acting.seed:
            self.seed = (last.seed + 1) & HIGHEST_SEED
        self.hear(TurnStarted(self.text, is_retry=True))
        self.chat.transcript.drop_turn()
        self._take_words()
        replaced = [last.first_message, self.first_message]
        self._keep("retry", replaced=replaced, preamble=self.preamble)
        if self.acting.temperature == 0:
            self.hear(Notice("At temperature 0 the likeliest answer comes each time."))
        return self.format.prompt(self.chat.transcript)

    def _take_words(self) -> None:
        if self.format.name == HARMONY:
            self.preamble = self.chat.preamble()
        self.chat.transcript.begin_turn(self.text)
        self._take_preamble()

    def _take_preamble(self) -> None:
        """Have the transcript begin as it did when the turn began."""
        transcript = self.chat.transcript
        transcript.preamble, transcript.instructions = self.preamble, self.instructions

    def ready(self, listener: Listener) -> None:
        """Forget that the turn was stopped, before it can be stopped again."""
        self.hear, self.format = listener, self.chat.format
        self.cancelled.clear()
        self.answers = SimpleQueue()
        self.loop = None
        self.calls.clear()

    def reopen(self) -> tuple[int, ...]:
        """Take up the turn as it was when it was cut; return what the model goes on from."""
        transcript = self.chat.transcript
        transcript.reopen_turn()
        self._take_preamble()
        self.allowed_from = self.sampled
        message, text = None, ""
        if self.cut is None:
            prompt = self.format.prompt(transcript)
        else:
            self.reader, message, text = self.cut.reader, self.cut.message, self.cut.text
            self.open_message, self.open_text = message, [text]
            del transcript.running[self.cut.segments :]
            # What the model has read, which a message that is no part of the history belongs to.
            prompt = (*self.prompt, *self.tokens[self.sampled_before :])
        first = self.reader.next_message if message is None else message
        self._keep("continue", message=first)
        self.hear(TurnContinued(message, text))
        self._note_changes()
        return prompt

    # --- the loop -----------------------------------------------------------------------------

    def run(self, begin: Callable[[], tuple[int, ...]]) -> TurnEnded:
        """Run until the model gives no more calls to follow."""
        transcript = self.chat.transcript
        try:
            ended = self._rounds(begin())
        except (NoModelError, GenerationError, ChatTemplateError) as error:
            self._close_messages("error")
            ended = self._ended("error", str(error))
        except Exception as error:
            logger.exception("a turn failed")
            self._close_messages("error")
            ended = self._ended(
                "error", f"The turn failed: {error}. The log tells more: {locations.log_file()}"
            )
        transcript.settle_turn()
        self.finish = ended.finish
        self._keep(
            "turn",
            finish=ended.finish,
            seed=self.seed,
            hyperparameters=self.acting.model_dump(),
            statistics=asdict(self.statistics),
        )
        return ended

    def _rounds(self, prompt: tuple[int, ...]) -> TurnEnded:
        while True:
            self.prompt, self.sampled_before = prompt, self.sampled
            self.is_round_open, self.cut = True, None
            room = self._context_length() - len(prompt)
            if room <= 0:
                return self._full()
            completion = self._generate(prompt, min(room, self.left))
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
            if self.left <= 0:
                return self._ended("length", self._length_message())
            prompt = self.format.prompt(self.chat.transcript)

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
        if self.chat.form is not None and not self.format.has_rules:
            raise GenerationError(
                "This model's answers cannot be kept to a form, which takes a model that speaks "
                "Harmony with gpt-oss's vocabulary. Load such a model, or ask without a form."
            )
        request = Request(
            prompt=prompt,
            seed=self.seed,
            max_tokens=limit,
            hyperparameters=lambda: self.chat.hyperparameters,
            stop_tokens=self.format.stop_tokens,
            on_prefill=self.hear,
            on_token=self._on_token,
            cancelled=self.interrupted,
            format=self.format.name,
            earlier=tuple(self.tokens),
            control_tokens=self.format.control_tokens,
            breakers=self.format.breakers,
            constraint=partial(self._begin_rules, prompt) if self._has_rules else None,
        )
        return self.chat.worker.generate(request).result()

    @property
    def _has_rules(self) -> bool:
        return self.format.has_rules and (self.chat.is_guided or self.chat.form is not None)

    def _begin_rules(self, prompt: tuple[int, ...]) -> Constraint:
        """Return what may be sampled after a prompt. Called on the engine's thread."""
        if self.rules is None:
            from engine.generation.rules import Rules
            from engine.generation.structure import Structure

            chat, answer = self.chat, None
            if chat.form is not None:
                make = Structure.of_schema if chat.form.kind == "schema" else Structure.of_regex
                answer = make(chat.form.source)
            tools = chat.tools if chat.is_guided else ()
            schemas = {tool.recipient: tool.parameters() for tool in tools}
            self.rules = Rules(schemas, answer, guides_headers=chat.is_guided)
        return self.rules.begin(prompt)

    def _context_length(self) -> int:
        model = self.chat.worker.model
        if model is None:
            raise NoModelError("No model is loaded. Load one with /model or --model.")
        return model.context_length

    def _full(self) -> TurnEnded:
        self._close_messages("error")
        return self._ended(
            "error",
            f"The conversation is longer than the model's context of {self._context_length()} "
            "tokens. Start a new one with /new.",
        )

    def _length_message(self) -> str:
        if self.left <= 0:
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
        for event in self.reader.feed(token):
            self._take(event)

    def _watch(self, token: int) -> None:
        """Interrupt the round where the model is to think no more, or goes round in circles."""
        is_thinking = self.reader.channel == "analysis"
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
        elif self.reader.channel == "final":
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
        if finish == "stop":
            self.is_round_open = False
        elif self.is_round_open and self.cut is None:
            segments = len(self.chat.transcript.running)
            reader, text = copy.deepcopy(self.reader), "".join(self.open_text)
            self.cut = _Cut(reader, segments, self.open_message, text)
        for event in self.reader.close(finish):
            self._take(event)

    def _take(self, event: Event) -> None:
        """Keep a message that is complete, and pass every event on."""
        match event:
            case MessageOpened():
                self.open_message, self.open_text = event.message, []
            case TextDelta():
                self.open_text.append(event.text)
            case MessageClosed():
                self.open_message, self.open_text = None, []
                self._take_message(event)
        self.hear(event)

    def _take_message(self, message: MessageClosed) -> None:
        self.format.add_sampled(self.chat.transcript, message)
        self._keep("message", **asdict(message))
        if message.role == "assistant" and message.recipient and message.ending != "cut":
            self.calls.append(message)

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
            drafted_tokens=before.drafted_tokens + completion.drafted_tokens,
            accepted_tokens=before.accepted_tokens + completion.accepted_tokens,
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
