"""What happens between the person's words and the end of the answer to them."""

from __future__ import annotations

import logging
import secrets
import threading
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Literal

from engine.config import locations
from engine.config.hyperparameters import Hyperparameters, split_by_time
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
    Notice,
    Statistics,
    ThinkingFinished,
    TokenSampled,
    ToolCallFinished,
    ToolCallRequested,
    ToolOutput,
    TurnEnded,
    TurnStarted,
    Waiting,
)
from engine.harmony.encoding import END
from engine.harmony.prompt import ANSWER, ASSISTANT
from engine.harmony.tokenizer import ChatTemplateError
from engine.turn.answer import Answer
from engine.turn.asking import Asking
from engine.turn.calls import LEFT_BEHIND, Answered, Caller
from engine.turn.context import Room, context_limit, explain_full, find_room, too_long
from engine.turn.conversation import Conversation
from engine.turn.figures import Figures
from engine.turn.forms import make_rules
from engine.turn.rounds import Round, cut_before
from engine.turn.watching import explain_loop
from engine.worker import Completion, GenerationError, Listener, NoModelError, Request

if TYPE_CHECKING:
    from engine.generation.constraint import Constraint
    from engine.generation.logprobs import Measurement
    from engine.generation.rules import Rules

HIGHEST_SEED = 2**63 - 1

logger = logging.getLogger(__name__)


class Turn(Answer):
    """What happens between the person's text and the end of the answer to it."""

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
        super().__init__(chat, listener, first_message)
        self.text = text
        self.words = 0
        """The id of the person's words in the session; 0 while they are not there."""
        self.caller = Caller()
        self.asking = Asking()
        self.cancelled = threading.Event()
        self.figures = Figures()
        self.interrupted = threading.Event()
        """Ends the round, and the turn unless something is to follow."""
        self.room: Room | None = None
        """How much there was for more tokens when that was asked last."""
        self.measurement: Measurement | None = None
        """Of the token that comes next."""
        self.rules: Rules | None = None
        self.acting = chat.hyperparameters
        self.seed = self.acting.seed if self.acting.seed >= 0 else secrets.randbits(62)

    @property
    def statistics(self) -> Statistics:
        """The figures so far."""
        return self.figures.statistics

    # --- from any thread ----------------------------------------------------------------------

    def cancel(self) -> None:
        """Stop within one token."""
        self.cancelled.set()
        self.interrupted.set()
        self.asking.cancel()
        self.caller.cancel()

    def answer_now(self, reason: EndOfThinking) -> None:
        """Have the analysis end at the next token, if there is one then."""
        self.watch.answer_now(reason)

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

    # --- how it goes on -----------------------------------------------------------------------

    def ready(self, listener: Listener) -> None:
        """Forget that the turn was stopped, before it can be stopped again."""
        self.hear, self.format = listener, self.chat.format
        self.cancelled.clear()
        self.caller, self.asking = Caller(), Asking()
        self.watch.ready()

    def go_on(self) -> None:
        """Take up the turn where it was cut."""
        if self.rounds and self.rounds[-1].finish != "stop":
            self.rounds[-1].finish = None
        continued = self._take_up()
        self._write(lambda store: store.continue_turn(continued))
        self.hear(continued)
        self._prepare_sampling()

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
        self.watch.observe(token, self.reader.channel)

    def _prepare_sampling(self) -> None:
        """Make the round that was taken up fit, and its hyperparameters those of now."""
        self.allowed_from = self.sampled
        self._note_changes(self.chat.hyperparameters)
        if not self.rounds:
            self._begin_round()
        elif self.rounds[-1].finish is None:
            self._refit(self.rounds[-1])

    # --- the loop -----------------------------------------------------------------------------

    def run(self, begin: Callable[[], None]) -> TurnEnded:
        """Run until the model gives no more calls to follow; what fails ends the turn.

        What is raised that is no failure of the turn's, such as by Ctrl+C, stops it. Once that is
        raised again, nothing of the turn goes on, and what came of it until then is kept.
        """
        try:
            ended = self._attempt(begin)
        except BaseException:
            self.cancel()
            self.asking.let_go()
            self.is_resumed = True  # a call may have been under way
            try:
                self._close_messages("cancelled")
            finally:
                self._settle(self._ended("cancelled"))
            raise
        return self._settle(ended)

    def _attempt(self, begin: Callable[[], None]) -> TurnEnded:
        try:
            begin()
            return self._run_rounds()
        except (NoModelError, GenerationError, ChatTemplateError) as error:
            self._close_messages("error")
            return self._ended("error", str(error))
        except Exception as error:
            logger.exception("a turn failed")
            self._close_messages("error")
            return self._ended(
                "error", f"The turn failed: {error}. The log tells more: {locations.log_file()}"
            )

    def _settle(self, ended: TurnEnded) -> TurnEnded:
        """Have later turns read what came of this one, and the session tell how it ended."""
        self.chat.transcript.settle_turn()
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
                    return self._ended_full()
                if not self.calls:
                    return self._ended("stop")
            while self.calls:
                self._call(self.calls[0], current)
                del self.calls[0]
            if self.cancelled.is_set():
                return self._ended("cancelled")
            self.room = find_room(self.chat, 0, self.sampled - self.allowed_from)
            if self.room.tokens <= 0:
                return self._ended_full()
            self._begin_round()

    def _sample(self, current: Round) -> Literal["stop", "length", "cancelled"]:
        if current.tokens and current.tokens[-1] in self.format.stop_tokens:
            return "stop"  # the person put it there
        prompt = (*current.prompt, *current.tokens)
        limit = context_limit(self.chat)
        if limit <= len(prompt):
            raise too_long(self.chat)
        completion = self._generate(prompt)
        if completion is None:
            return "cancelled"
        self.figures.add(completion, limit)
        return completion.finish

    def _goes_on_to_answer(self) -> bool:
        return self.watch.ends_thinking is not None and not self.cancelled.is_set()

    def _begin_answer(self) -> None:
        """End the analysis in the model's place and begin its answer."""
        reason, self.watch.ends_thinking = self.watch.ends_thinking, None
        assert reason is not None  # noqa: S101
        self._tell(ThinkingFinished(self.sampled, reason))
        self._feed(END)
        transcript = self.chat.transcript
        prompt = self._fit(lambda: transcript.prompt()[: -len(ASSISTANT)] + ANSWER)
        forced = (END, *ANSWER)
        self.rounds.append(Round(prompt, transcript.history_length, forced, reason=reason))
        for token in ANSWER:
            self._feed(token)

    def _cut_short(self) -> TurnEnded:
        if self.watch.loop is None or self.cancelled.is_set():
            return self._ended("cancelled")
        return self._ended("length", explain_loop(self.watch.loop))

    def _ended_full(self) -> TurnEnded:
        assert self.room is not None  # noqa: S101
        return self._ended("length", explain_full(self.chat, self.room))

    def _find_most(self, before: int, length: int) -> int:
        """Return how many tokens may follow a prompt by now.

        Args:
            before: how many were sampled before it.
            length: its tokens.
        """
        sampled = self.sampled - before
        self.room = find_room(self.chat, length + sampled, self.sampled - self.allowed_from)
        return sampled + self.room.tokens

    def _generate(self, prompt: tuple[int, ...]) -> Completion | None:
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
            max_tokens=partial(self._find_most, self.sampled, len(prompt)),
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
            on_values=self._note_changes,
            on_waiting=lambda: self.hear(Waiting()),
        )
        return self.asking.generate(self.chat.worker, request)

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
        if self.measurement is not None:
            self._tell_measured(token, self.measurement)
            self.measurement = None
        self._add(token)
        if self.watch.must_interrupt(token, self.reader.channel, self.chat.hyperparameters):
            self.interrupted.set()
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

    def _note_changes(self, current: Hyperparameters) -> None:
        """Take note of what the next token was sampled by."""
        if current is not self.acting:
            changes = current.changes_from(self.acting)
            self.acting = current
            if changes:
                self._tell(HyperparametersChanged(self.sampled, *split_by_time(changes)))

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
