"""What happens between the person's words and the end of the answer to them."""

from __future__ import annotations

import logging
import secrets
import threading
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Literal

from engine.config import locations
from engine.conversation.messages import Preamble
from engine.conversation.store import Store, TurnSetting
from engine.events import (
    HARMONY,
    Alternative,
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
    TokenSampled,
    ToolCallFinished,
    ToolCallRequested,
    ToolOutput,
    TurnContinued,
    TurnEnded,
    TurnStarted,
)
from engine.generation.loops import Loop, LoopDetector
from engine.harmony.encoding import END, MESSAGE
from engine.harmony.formats import Reader
from engine.harmony.prompt import ANSWER, ASSISTANT
from engine.harmony.tokenizer import ChatTemplateError
from engine.turn.calls import LEFT_BEHIND, Answered, Caller
from engine.turn.context import context_limit, fit, too_long
from engine.turn.conversation import Conversation
from engine.turn.figures import Figures
from engine.turn.forms import make_rules
from engine.turn.places import check_number, check_text, check_tokens, find_messages
from engine.turn.rounds import Round, count_tokens, cut_before, read_round
from engine.worker import Completion, GenerationError, Listener, NoModelError, Request

if TYPE_CHECKING:
    from engine.generation.constraint import Constraint
    from engine.generation.logprobs import Measurement
    from engine.generation.rules import Rules

HIGHEST_SEED = 2**63 - 1

logger = logging.getLogger(__name__)


class Turn:
    """What happens between the person's text and the end of the answer to it.

    It is a list of rounds and what reading them makes; going on from an earlier token is reading
    fewer of them.
    """

    def __init__(
        self, chat: Conversation, text: str, listener: Listener, first_message: int
    ) -> None:
        """Prepare a turn; ``begin`` and its like begin it, ``run`` runs it.

        Args:
            chat: the conversation, which stays the same.
            text: what the person says.
            listener: hears every event.
            first_message: the number of the first message that is sampled.
        """
        self.chat = chat
        self.text = text
        self.hear = listener
        self.first_message = first_message
        self.format = chat.format
        self.recipients = tuple(tool.recipient for tool in chat.tools)
        self.reader = self._new_reader()
        self.finish: Finish = "error"
        self.preamble: tuple[int, ...] = ()
        self.instructions = chat.instructions
        self.words = 0
        """The id of the person's words in the session; 0 while they are not there."""
        self.is_resumed = False
        """Whether another run of the program began the turn."""
        self.rounds: list[Round] = []
        self.open_tokens: list[int] = []
        """Those of the message that was open where the turn was taken up last."""
        self.open_message: int | None = None
        self.open_text: list[str] = []
        self.allowed_from = 0
        """The number of the token from which on ``max_tokens`` are allowed."""
        self.caller = Caller()
        self.cancelled = threading.Event()
        self.calls: list[MessageClosed] = []
        """Those that were not run yet."""
        self.left_behind = 0
        """How many of them nobody knows whether they ran."""
        self.call_count = 0
        self.figures = Figures()
        self.sampled = 0
        """How many tokens there are in all rounds; what was forced is not among them."""
        self.thought = 0
        self.loops = LoopDetector()
        self.loop: Loop | None = None
        self.ends_thinking: EndOfThinking | None = None
        """Why the analysis is to end before the model ends it."""
        self.interrupted = threading.Event()
        """Ends the round, and the turn unless something is to follow."""
        self.measurement: Measurement | None = None
        """Of the token that comes next."""
        self.rules: Rules | None = None
        self.acting = chat.hyperparameters
        self.seed = self.acting.seed if self.acting.seed >= 0 else secrets.randbits(62)

    @property
    def left(self) -> int:
        """How many more tokens ``max_tokens`` allows."""
        return self.acting.max_tokens - (self.sampled - self.allowed_from)

    @property
    def statistics(self) -> Statistics:
        """The figures so far."""
        return self.figures.statistics

    def _new_reader(self) -> Reader:
        return self.format.reader(self.recipients, self.first_message)

    # --- from any thread ----------------------------------------------------------------------

    def cancel(self) -> None:
        """Stop within one token."""
        self.cancelled.set()
        self.interrupted.set()
        self.caller.cancel()

    def answer_now(self, reason: EndOfThinking) -> None:
        """Have the analysis end at the next token, if there is one then."""
        self.ends_thinking = self.ends_thinking or reason

    def find_messages(self) -> dict[int, range]:
        """Return which of the turn's sampled tokens each message consists of."""
        return find_messages(self._new_reader(), self.rounds)

    # --- how it begins ------------------------------------------------------------------------

    def begin(self, in_place_of: int | None = None) -> None:
        """Take the person's words.

        Args:
            in_place_of: the session's message that they are an edited version of.
        """
        self._take_words()
        tokens = self.chat.transcript.running[-1].tokens

        def take(store: Store) -> None:
            store.begin_turn(self.text, self._setting(), tokens=tokens, in_place_of=in_place_of)

        notice = self.chat.journal.write(take)
        self.words = self.chat.journal.store.leaf or 0
        self.hear(TurnStarted(self.text, message=self.words, in_place_of=in_place_of))
        if notice is not None:
            self.hear(notice)
        self._begin_round()

    def begin_in_place_of(self, last: Turn) -> None:
        """Take the words of the last turn, which is dropped."""
        if self.seed == last.acting.seed:
            self.seed = (last.seed + 1) & HIGHEST_SEED
        self.words = last.words
        self.hear(TurnStarted(self.text, is_retry=True, message=self.words))
        self.chat.transcript.drop_turn()
        self._take_words()
        self._write(lambda store: store.begin_answer(self.words, self._setting()))
        if self.acting.temperature == 0:
            self.hear(Notice("At temperature 0 the likeliest answer comes each time."))
        self._begin_round()

    def _take_words(self) -> None:
        if self.format.name == HARMONY:
            self.preamble = self.chat.preamble()
        self.chat.transcript.begin_turn(self.text)
        self._take_preamble()

    def _take_preamble(self) -> None:
        """Have the transcript begin as it did when the turn began."""
        transcript = self.chat.transcript
        transcript.preamble, transcript.instructions = self.preamble, self.instructions

    # --- how it goes on -----------------------------------------------------------------------

    def ready(self, listener: Listener) -> None:
        """Forget that the turn was stopped, before it can be stopped again."""
        self.hear, self.format = listener, self.chat.format
        self.cancelled.clear()
        self.caller = Caller()
        self.loop = self.ends_thinking = None

    def go_on(self) -> None:
        """Take up the turn where it was cut."""
        if self.rounds and self.rounds[-1].finish != "stop":
            self.rounds[-1].finish = None
        continued = self._take_up()
        self._write(lambda store: store.continue_turn(continued))
        self.hear(continued)
        self._prepare_sampling()

    def check_place(self, number: int, put: Sequence[int], *, in_text: bool) -> None:
        """See that the turn can go on from a sampled token, with others put in its place.

        Args:
            number: of the token, from 0.
            put: what is to stand there.
            in_text: whether the place has to be in the text of a message. It may then also be at
                the end of a turn that was cut.

        Raises:
            NoTokenError: it cannot.
        """
        check_tokens(put, self.format.tokenizer.size)
        can_append = in_text and self.finish != "stop" and self.sampled > 0
        check_number(number, self.sampled + can_append)
        # Without a header every place is in the one text that there is.
        if in_text and self.format.name == HARMONY:
            check_text(self._new_reader(), self.rounds, number)

    def branch(self, number: int, put: tuple[int, ...]) -> None:
        """Go back to before a sampled token, and put others there as if the model had."""
        self.rounds = cut_before(self.rounds, number)
        continued = self._take_up(put)
        self._write(lambda s: s.branch_turn(continued, self._setting(), self.open_tokens))
        sampled = 0
        for each in self.rounds:
            if each.reason is not None:
                self._keep(ThinkingFinished(sampled, each.reason))
            sampled += len(each.tokens)
        self.hear(continued)
        for token in put:
            self._put(token)
        self._prepare_sampling()

    def _put(self, token: int) -> None:
        if self.chat.logprobs:
            spelling = self._spell(token)
            self.hear(TokenSampled(self.sampled, token, spelling, None, (), "person"))
        self._add(token)
        self._observe(token)

    def _take_up(self, put: tuple[int, ...] = ()) -> TurnContinued:
        """Bring everything to the state that the rounds tell; return what says so."""
        transcript = self.chat.transcript
        transcript.reopen_turn()
        self._take_preamble()
        self.reader = self._new_reader()
        self.open_message, self.open_text, self.open_tokens = None, [], []
        self.thought, self.loops = 0, LoopDetector()
        for each in self.rounds:
            self.calls.clear()
            for reading in read_round(self.reader, each):
                if reading.token is not None:
                    self.open_tokens.append(reading.token)
                for event in reading.events:
                    self._absorb(event)
                    if isinstance(event, MessageClosed):
                        del self.open_tokens[: len(event.tokens)]
                if reading.token is not None and reading.is_sampled:
                    self._observe(reading.token)
            transcript.running.extend(each.results)
            del self.calls[: len(each.results)]
        self.sampled = count_tokens(self.rounds)
        self.call_count = sum(len(each.results) for each in self.rounds)
        self.left_behind = len(self.calls) if self.is_resumed else 0
        return TurnContinued(
            self.open_message,
            "".join(self.open_text),
            self.reader.next_message,
            self.call_count,
            self.sampled,
            put,
        )

    def _prepare_sampling(self) -> None:
        """Make the round that was taken up fit, and its hyperparameters those of now."""
        self.allowed_from = self.sampled
        self._note_changes()
        if not self.rounds:
            self._begin_round()
        elif self.rounds[-1].finish is None:
            self._refit(self.rounds[-1])

    # --- what the model goes on from ----------------------------------------------------------

    def _begin_round(self) -> None:
        transcript = self.chat.transcript
        prompt = self._fit(partial(self.format.prompt, transcript))
        self.rounds.append(Round(prompt, transcript.history_length))

    def _refit(self, taken_up: Round) -> None:
        """Shorten the history that an open round goes on from, where it leaves no room now."""
        transcript = self.chat.transcript
        own = taken_up.prompt[taken_up.history :]
        before = transcript.left_out

        def prompt() -> tuple[int, ...]:
            if self.format.name == HARMONY:
                return (*transcript.history(), *own)
            # Some templates tell the time, so what was read is kept where it can be.
            is_kept = transcript.left_out == before
            return taken_up.prompt if is_kept else self.format.prompt(transcript)

        self._fit(lambda: (*prompt(), *taken_up.tokens))
        taken_up.prompt, taken_up.history = prompt(), transcript.history_length

    def _fit(self, make_prompt: Callable[[], tuple[int, ...]]) -> tuple[int, ...]:
        return fit(self.chat, make_prompt, self.sampled - self.allowed_from, self.hear)

    # --- the loop -----------------------------------------------------------------------------

    def run(self, begin: Callable[[], None]) -> TurnEnded:
        """Run until the model gives no more calls to follow."""
        transcript = self.chat.transcript
        try:
            begin()
            ended = self._run_rounds()
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
        if self.words:
            self._keep(ended)
        return ended

    def _run_rounds(self) -> TurnEnded:
        while True:
            current = self.rounds[-1]
            if current.finish is None:
                finish = self._sample(current)
                if finish == "cancelled" and self._goes_on_to_answer():
                    self._begin_answer()
                    continue
                self._close_messages(finish)
                if finish == "cancelled":
                    return self._cut_short()
                if finish == "length":
                    return self._ended("length", self._length_message())
                if not self.calls:
                    return self._ended("stop")
            while self.calls:
                self._call(self.calls[0], current)
                del self.calls[0]
            if self.cancelled.is_set():
                return self._ended("cancelled")
            if self.left <= 0:
                return self._ended("length", self._length_message())
            self._begin_round()

    def _sample(self, current: Round) -> Literal["stop", "length", "cancelled"]:
        if current.tokens and current.tokens[-1] in self.format.stop_tokens:
            return "stop"  # the person put it there
        prompt = (*current.prompt, *current.tokens)
        room = context_limit(self.chat) - len(prompt)
        if room <= 0:
            raise too_long(self.chat)
        completion = self._generate(prompt, min(room, self.left))
        self.figures.add(completion, context_limit(self.chat))
        return completion.finish

    def _goes_on_to_answer(self) -> bool:
        return self.ends_thinking is not None and not self.cancelled.is_set()

    def _begin_answer(self) -> None:
        """End the analysis in the model's place and begin its answer."""
        assert self.ends_thinking is not None  # noqa: S101
        reason, self.ends_thinking = self.ends_thinking, None
        self._tell(ThinkingFinished(self.sampled, reason))
        self._feed(END)
        transcript = self.chat.transcript
        prompt = self._fit(lambda: transcript.prompt()[: -len(ASSISTANT)] + ANSWER)
        forced = (END, *ANSWER)
        self.rounds.append(Round(prompt, transcript.history_length, forced, reason=reason))
        for token in ANSWER:
            self._feed(token)

    def _cut_short(self) -> TurnEnded:
        if self.loop is None or self.cancelled.is_set():
            return self._ended("cancelled")
        return self._ended(
            "length",
            f"The last {self.loop.period} tokens came {self.loop.repeats} times in a row, so the "
            "answer was stopped. A higher temperature or dry_multiplier helps; loop_detection off "
            "lets it go on.",
        )

    def _length_message(self) -> str:
        if self.left <= 0:
            return f"The answer reached max_tokens ({self.acting.max_tokens})."
        if self.chat.transcript.can_leave_out:
            return "The answer filled the model's context. Going on leaves the oldest turns out."
        return "The answer filled the model's context. Start a new conversation with /new."

    def _generate(self, prompt: tuple[int, ...], limit: int) -> Completion:
        self.figures.begin_sampling(len(prompt))
        self.measurement = None
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
            earlier=tuple(token for each in self.rounds for token in each.tokens),
            control_tokens=self.format.control_tokens,
            breakers=self.format.breakers,
            constraint=partial(self._begin_rules, prompt) if self._has_rules else None,
            logprobs=lambda: self.chat.logprobs,
            on_measured=self._on_measured,
        )
        return self.chat.worker.generate(request).result()

    @property
    def _has_rules(self) -> bool:
        return self.format.has_rules and (self.chat.is_guided or self.chat.form is not None)

    def _begin_rules(self, prompt: tuple[int, ...]) -> Constraint:
        """Return what may be sampled after a prompt. Called on the engine's thread."""
        if self.rules is None:
            chat = self.chat
            self.rules = make_rules(chat.form, chat.tools, is_guided=chat.is_guided)
        return self.rules.begin(prompt)

    # --- tokens, on the engine's thread -------------------------------------------------------

    def _on_measured(self, measurement: Measurement) -> None:
        self.measurement = measurement

    def _on_token(self, token: int) -> None:
        self._note_changes()
        if self.measurement is not None:
            self._tell_measured(token, self.measurement)
            self.measurement = None
        self._add(token)
        self._watch(token)
        if progress := self.figures.count_token(self.sampled, context_limit(self.chat)):
            self.hear(progress)

    def _add(self, token: int) -> None:
        self.rounds[-1].tokens.append(token)
        self.sampled += 1
        self._feed(token)

    def _feed(self, token: int) -> None:
        self._write(lambda store: store.add_token(token))
        for event in self.reader.feed(token):
            self._take(event)

    def _observe(self, token: int) -> Loop | None:
        """Follow how long the model thinks, and whether it repeats itself without end."""
        self.thought += self.reader.channel == "analysis" and token != MESSAGE
        loop = self.loops.feed(token)
        if loop is not None:
            self.loops = LoopDetector()
        return loop

    def _watch(self, token: int) -> None:
        """Interrupt the round where the model is to think no more, or goes round in circles."""
        is_thinking = self.reader.channel == "analysis"
        loop = self._observe(token)
        if 0 < self.acting.thinking_budget <= self.thought:
            self.answer_now("budget")
        if loop is not None and self.acting.loop_detection != "off":
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
                self._tell(HyperparametersChanged(self.sampled, changes))

    def _tell_measured(self, token: int, measured: Measurement) -> None:
        alternatives = tuple(Alternative(t, self._spell(t), value) for t, value in measured.best)
        self.hear(
            TokenSampled(
                self.sampled,
                token,
                self._spell(token),
                measured.logprob,
                alternatives,
                measured.origin,
            )
        )

    def _spell(self, token: int) -> str:
        return self.format.tokenizer.token_bytes(token).decode("utf-8", "replace")

    # --- messages and calls -------------------------------------------------------------------

    def _close_messages(self, finish: Finish) -> None:
        if self.rounds and self.rounds[-1].finish is None:
            self.rounds[-1].finish = finish
        for event in self.reader.close(finish):
            self._take(event)

    def _take(self, event: Event) -> None:
        """Keep an event of the reader's, and pass it on."""
        self._absorb(event)
        self._tell(event)

    def _absorb(self, event: Event) -> None:
        """Bring the turn's state up to an event of the reader's."""
        match event:
            case MessageOpened():
                self.open_message, self.open_text = event.message, []
            case TextDelta():
                self.open_text.append(event.text)
            case MessageClosed():
                self.open_message, self.open_text = None, []
                self.format.add_sampled(self.chat.transcript, event)
                if event.role == "assistant" and event.recipient and event.ending != "cut":
                    self.calls.append(event)

    def _call(self, call: MessageClosed, current: Round) -> None:
        """Run one call if it is allowed, and put its result into the transcript."""
        assert call.recipient is not None  # noqa: S101
        number, self.call_count = self.call_count, self.call_count + 1
        answered = self._answered(number, call.recipient, call.text)
        transcript = self.chat.transcript
        transcript.add_tool_result(call.recipient, answered.output, call.channel)
        result = transcript.running[-1]
        current.results.append(result)
        finished = ToolCallFinished(
            number,
            answered.outcome,
            answered.output,
            answered.seconds,
            len(result.tokens),
            answered.figures,
        )
        self._tell(finished, result.tokens)

    def _answered(self, number: int, recipient: str, arguments: str) -> Answered:
        if self.left_behind == 0:
            call = (number, recipient, arguments)
            return self.caller.run(call, self.chat.tools, self.chat.permissions, self._tell)
        # It may have run already, and once more could do harm.
        self.left_behind -= 1
        self._tell(ToolCallRequested(number, recipient, arguments, "", needs_approval=False))
        return Answered("failed", LEFT_BEHIND)

    # --- its end and the file -------------------------------------------------------------------

    def _ended(self, finish: Finish, message: str = "") -> TurnEnded:
        return TurnEnded(finish, self.statistics, message)

    def _setting(self) -> TurnSetting:
        model, journal = self.chat.worker.model, self.chat.journal
        return TurnSetting(
            model.name if model else "",
            journal.fingerprint(model) if model else "",
            self.seed,
            self.acting.model_dump(),
            Preamble(self.instructions, self.preamble),
        )

    def _tell(self, event: Event, tokens: Sequence[int] = ()) -> None:
        """Keep an event and pass it on; ``tokens`` are those of a call's result."""
        if not isinstance(event, Notice | ToolOutput):
            self._keep(event, tokens)
        self.hear(event)

    def _keep(self, event: Event, tokens: Sequence[int] = ()) -> None:
        self._write(lambda store: store.hear(event, tokens))

    def _write(self, take: Callable[[Store], object]) -> None:
        if (notice := self.chat.journal.write(take)) is not None:
            self.hear(notice)
