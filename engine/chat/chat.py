"""A conversation with a model: its turns, one after another."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from functools import partial

from engine.chat.past import Past
from engine.config.hyperparameters import Hyperparameters
from engine.events import HARMONY, Notice, TokenSampled, TurnEnded
from engine.harmony.encoding import END, START
from engine.harmony.prompt import clean, render_user
from engine.power import is_on_battery
from engine.tools.permissions import Remember
from engine.turn.calls import Caller, Outcome
from engine.turn.context import has_room
from engine.turn.measuring import measure
from engine.turn.places import NoAnswerError, NoMessageError
from engine.turn.rerunning import run_again
from engine.turn.resuming import read_history
from engine.turn.trial import Trial, prepare_trial
from engine.turn.turn import Turn
from engine.worker import Listener

Prepared = tuple[Turn, Callable[[], None]]
"""A turn, and how it begins."""


class Chat(Past):
    """One conversation.

    A turn runs on the thread that calls ``send``, ``edit``, ``continue_``, ``regenerate``,
    ``try_out``, ``branch`` or ``rewrite``; all else may be called from any thread.

    What was said is a tree of messages, ``session``; its active path is the conversation as it
    stands, and ``replay`` tells it as events. Messages have ids there: ``TurnStarted`` says that of
    the person's words, ``message_id`` that of a message by the number that its events have.
    """

    def send(self, text: str, listener: Listener) -> TurnEnded:
        """Run a whole turn: the person's text, the model's messages and calls, its final answer.

        Blocks until the turn is over; the listener hears every event, the returned one last. What
        goes wrong ends the turn with the finish ``error`` and does not raise. What is raised here
        from outside, such as by Ctrl+C, stops the turn before it is raised again.

        Raises:
            RuntimeError: another turn of this conversation runs.
        """

        def prepare() -> Prepared:
            turn = Turn(self, text, listener, self._messages)
            return turn, turn.begin

        return self._run(prepare)

    def edit(self, message: int, text: str, listener: Listener) -> TurnEnded:
        """Go back to before words that the person said, and say others in their place.

        The new words are a sibling of the old ones; these and what followed them stay in the
        session. Blocks, and tells the listener, as ``send`` does; ``TurnStarted`` says in place of
        what the words are.

        Args:
            message: the id of the earlier words in ``session``.
            text: the new ones.
            listener: hears every event.

        Raises:
            NoMessageError: the person said nothing of this id.
            RuntimeError: another turn of this conversation runs.
        """

        def prepare() -> Prepared:
            session = self.session
            before = self._find(session, message)
            if before.role != "user" or not before.is_genuine:
                raise NoMessageError(f"Message {message} is not of yours, so it cannot be edited.")
            was = self.transcript
            self.transcript = read_history(session, before.parent)
            self.transcript.opening = was.opening
            turn = Turn(self, text, listener, self._messages)
            return turn, partial(turn.begin, in_place_of=message)

        return self._run(prepare)

    def continue_(self, listener: Listener) -> TurnEnded:
        """Have the last answer go on where it was cut, as if it had not been.

        It keeps its seed and the numbering of its tokens, so that the same tokens follow, unless
        hyperparameters were changed; it may sample ``max_tokens`` more. Blocks, and tells the
        listener, as ``send`` does.

        Raises:
            NoAnswerError: no answer was cut, or a model of another format began it.
            RuntimeError: another turn of this conversation runs.
        """

        def prepare() -> Prepared:
            self._check_format()
            if (last := self._last) is None or not self.can_continue:
                raise NoAnswerError("No answer was cut short, so there is nothing to continue.")
            last.ready(listener)
            return last, last.go_on

        return self._run(prepare)

    def regenerate(self, listener: Listener) -> TurnEnded:
        """Answer the person's last words anew, with another seed, as if they had no answer yet.

        A chosen seed is counted up by one, another is drawn. The answer before stays in the
        session. Blocks, and tells the listener, as ``send`` does.

        Raises:
            NoAnswerError: nothing was said yet.
            RuntimeError: another turn of this conversation runs.
        """

        def prepare() -> Prepared:
            if (last := self._last) is None:
                raise NoAnswerError("Nothing was asked yet, so there is no answer to give anew.")
            turn = Turn(self, last.text, listener, self._messages)
            return turn, partial(turn.begin_in_place_of, last)

        return self._run(prepare)

    def try_out(self, hyperparameters: Hyperparameters, seed: int, listener: Listener) -> Trial:
        """Answer the person's last words anew, aside: the conversation stays as it is.

        Blocks, and tells the listener, as ``send`` does. ``cancel`` and its like act on it, and
        ``rounds`` tells its tokens, until the listener has heard its end.

        Args:
            hyperparameters: act on this answer alone.
            seed: is taken as it is, whatever the hyperparameters say.
            listener: hears every event.

        Returns:
            The answer, which ``keep`` can make a version of the last one.

        Raises:
            NoAnswerError: nothing was said yet.
            RuntimeError: a turn of this conversation runs.
        """
        with self._still():
            if (last := self._last) is None:
                raise NoAnswerError("Nothing was asked yet, so there is no answer to give anew.")
            first = self._messages
            turn, notes = prepare_trial(self, last, hyperparameters, seed, listener, first)
            self._turn = turn
        try:
            ended = turn.run(partial(turn.begin_in_place_of, last))
            listener(ended)
        finally:
            with self._lock:
                # No number is given twice, so that several trials can be kept.
                self._turn, self._messages = None, turn.reader.next_message
        return Trial(last, seed, ended, notes, is_empty=self._messages == first)

    def keep(self, trials: Sequence[Trial]) -> Notice | None:
        """Make answers that were tried out versions of the last one; show the last of them.

        Messages are numbered anew: what was heard before does not hold, ``replay`` tells what does.

        Args:
            trials: none of them empty; kept in this order.

        Returns:
            What to tell the person, if they could not be written yet.

        Raises:
            NoAnswerError: the conversation has gone on since.
            RuntimeError: a turn of this conversation runs.
        """
        with self._still():
            if any(trial.in_place_of is not self._last for trial in trials):
                raise NoAnswerError(
                    "The conversation has gone on, so this answer has no place in it."
                )
            told = [self.journal.write(each) for trial in trials for each in trial.notes.noted]
            self._take_up(self.session)
            return next((notice for notice in told if notice is not None), None)

    def branch(self, at_token: int, alternative: int | None, listener: Listener) -> TurnEnded:
        """Have the last answer go another way from one of its tokens on.

        What was sampled from there on, calls and their results included, is taken back; what comes
        before stays, and no call is run again. It goes on as ``continue_`` does, with the same seed
        and numbering, as if the model had sampled the alternative. The session keeps both ways: the
        message that the token stands in gets a sibling.

        Args:
            at_token: its number among the turn's sampled tokens, as events have it, from 0.
            alternative: the token to stand there instead; None leaves it to the hyperparameters.
            listener: hears every event; ``TurnContinued`` tells what does not hold any more.

        Raises:
            NoTokenError: the answer has no such token, or the model no such alternative.
            NoAnswerError: nothing was said yet, or a model of another format began the answer.
            RuntimeError: another turn of this conversation runs.
        """
        put = () if alternative is None else (alternative,)
        return self._go_back(at_token, put, listener, in_text=False)

    def rewrite(self, at_token: int, text: str, listener: Listener) -> TurnEnded:
        """Have the last answer go on, within the same message, from other words of the person's.

        Like ``branch``, but what stands there instead is a text, of any length, in which nothing
        can become a control token. In a turn that was cut it may also follow the last token.

        Args:
            at_token: the number of a token in the text of a message, or at its end.
            text: what is to follow the text before that token.
            listener: hears every event.

        Raises:
            NoTokenError: there is no such token, or it stands in a header.
            NoAnswerError: nothing was said yet, or a model of another format began the answer.
            RuntimeError: another turn of this conversation runs.
        """
        put = self.format.tokenizer.encode(clean(text))
        return self._go_back(at_token, put, listener, in_text=True)

    def _go_back(
        self, number: int, put: tuple[int, ...], listener: Listener, *, in_text: bool
    ) -> TurnEnded:
        def prepare() -> Prepared:
            self._check_format()
            if (last := self._last) is None:
                raise NoAnswerError("Nothing was asked yet, so there is no answer to change.")
            last.ready(listener)
            last.check_place(number, put, in_text=in_text)
            return last, partial(last.branch, number, put)

        return self._run(prepare)

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

    @property
    def can_branch(self) -> bool:
        """Whether the last turn has tokens to go back to, and none runs."""
        if self._turn is not None or self._last is None:
            return False
        return self._last.sampled > 0 and self._last.format.name == self.format.name

    def _check_format(self) -> None:
        if self._last is not None and self._last.format.name != self.format.name:
            raise NoAnswerError(
                "The model that began the answer was prompted in another way, so this one cannot "
                "continue it. Have it answered anew."
            )

    def _run(self, prepare: Callable[[], Prepared]) -> TurnEnded:
        """Run a turn that is prepared once nothing else can be done to the conversation."""
        turn, ended = None, None
        try:
            with self._still():
                turn, begin = prepare()
                self._turn = turn
            ended = turn.run(begin)
        finally:
            if turn is not None and self._turn is turn:
                with self._lock:
                    self._messages = turn.reader.next_message
                    self._turn, self._last = None, turn
                turn.hear(ended or TurnEnded("cancelled", turn.statistics))
        if ended.finish != "error":
            self.read_on()
        return ended

    def read_on(self) -> None:
        """Read the history as the next turn has it, while nothing else is asked of the worker.

        Nothing happens without ``read_ahead``, or on battery.
        """
        if not self._may_read_ahead():
            return
        with self._lock:
            if self._turn is None:
                self.worker.read_ahead((*self.transcript.history(), START), keep=True)

    def read_draft(self, text: str) -> None:
        """Read what the person is about to say, so that sending it costs the last few tokens.

        Nothing happens during a turn, without ``read_ahead``, or on battery.
        """
        if not self._may_read_ahead():
            return
        with self._lock:
            if self._turn is not None:
                return
            self.transcript.preamble = self.preamble()
            # The last token of a draft often becomes another one with the next letter.
            draft = render_user(text)[: -len((END, END))]
            prompt = (*self.transcript.history(), *draft, END)
            if has_room(self, prompt):
                self.worker.read_ahead(prompt, keep=False)

    def _may_read_ahead(self) -> bool:
        return self.reads_ahead and self.format.name == HARMONY and not is_on_battery()

    def measure(
        self, count: int, hear: Callable[[TokenSampled], None], cancelled: threading.Event
    ) -> bool:
        """Tell how likely each token of the last turn is to the model, which reads them again.

        Nothing is sampled. Blocks.

        Args:
            count: how many of the likeliest tokens are told with each.
            hear: is told of each token, on the engine's thread.
            cancelled: ends it once it is set.

        Returns:
            Whether all were told.

        Raises:
            GenerationError: the tokens cannot be read.
            NoAnswerError: there is no answer yet, or a model of another format gave it.
            NoModelError: no model is loaded.
            RuntimeError: a turn of this conversation runs.
        """
        with self._still():
            if self._last is None or not self._last.sampled:
                raise NoAnswerError("Nothing was answered yet, so there is nothing to measure.")
            self._check_format()
            rounds = self.rounds
        return measure(self, rounds, count, hear, cancelled)

    def run_again(self, recipient: str, arguments: str, listener: Listener) -> Outcome:
        """Make a tool call once more for the person, who alone reads what comes of it.

        It is judged and asked about as any, and acts as any: on files, on Python's variables.
        Neither the prompt nor the session has it. Blocks; ``answer`` and ``cancel`` are for it,
        too.

        Args:
            recipient: the tool, as a call has named it.
            arguments: as the model wrote them.
            listener: hears of it as ``CallRunAgain``.

        Returns:
            How it went.

        Raises:
            RuntimeError: a turn of this conversation runs.
        """
        with self._still():
            self._again = caller = Caller()
            self._runs_again += 1
        call = (-self._runs_again, recipient, arguments)
        try:
            return run_again(caller, call, self.tools, self.permissions, listener)
        finally:
            self._again = None

    def cancel(self) -> None:
        """Stop the running turn within one token; without one, nothing happens."""
        if running := self._turn or self._again:
            running.cancel()

    def finish_thinking(self) -> None:
        """End the running analysis and have the model answer; past it, nothing happens."""
        if turn := self._turn:
            turn.answer_now("person")

    def answer(
        self, call: int, allowed: bool, *, reason: str = "", remember: Remember = "once"
    ) -> None:
        """Allow or decline a call that was asked about, of a turn or one that is run again.

        Args:
            call: its number, as ``ToolCallRequested`` has it.
            allowed: whether it may run.
            reason: why it was declined, for the model, which reads it.
            remember: for which calls like it that holds: this one alone (``once``), those of this
                run of the program (``session``), or all to come (``always``, ``never``).
        """
        turn = self._turn
        if caller := turn.caller if turn else self._again:
            caller.answer(call, allowed, reason=reason, remember=remember)
