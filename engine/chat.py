"""A conversation with a model: turns one after another, and what the person can do to them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from copy import copy
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Self

from engine.config.hyperparameters import Hyperparameters
from engine.config.prompt import Opening
from engine.config.settings import Approval
from engine.conversation.memory import MemoryStore
from engine.conversation.messages import Message, Session
from engine.conversation.store import Store, StoreError, fork
from engine.events import HARMONY, Event, Notice, TurnEnded
from engine.harmony.encoding import END, START, load_encoding
from engine.harmony.formats import Format, HarmonyFormat
from engine.harmony.prompt import (
    FunctionDescription,
    Transcript,
    clean,
    render_developer,
    render_dialogue,
    render_system,
    render_user,
)
from engine.power import is_on_battery
from engine.tools.functions import BUILT_IN
from engine.tools.permissions import Permissions, Remember
from engine.tools.registry import NAMESPACE, Registry
from engine.tools.rules import Rules
from engine.turn.calls import DECLINED, STOPPED, Caller, Outcome, refuse
from engine.turn.context import has_room
from engine.turn.forms import AnswerForm
from engine.turn.journal import Journal
from engine.turn.opening import read_opening
from engine.turn.places import NoAnswerError, NoMessageError, NotKeptError, NoTokenError
from engine.turn.replaying import replay
from engine.turn.rerunning import run_again
from engine.turn.resuming import (
    find_instructions,
    number_messages,
    read_history,
    resume,
    told_hyperparameters,
)
from engine.turn.rounds import RoundTokens, tell_rounds
from engine.turn.trial import Trial, prepare_trial
from engine.turn.turn import Turn
from engine.worker import Listener, Worker

__all__ = [
    "DECLINED",
    "STOPPED",
    "AnswerForm",
    "Chat",
    "NoAnswerError",
    "NoMessageError",
    "NoTokenError",
    "NotKeptError",
    "RoundTokens",
    "Trial",
    "refuse",
]


class Chat:
    """One conversation.

    A turn runs on the thread that calls ``send``, ``edit``, ``continue_``, ``regenerate``,
    ``try_out``, ``branch`` or ``rewrite``; all else may be called from any thread.

    What was said is a tree of messages, ``session``; its active path is the conversation as it
    stands, and ``replay`` tells it as events. Messages have ids there: ``TurnStarted`` says that of
    the person's words, ``message_id`` that of a message by the number that its events have.
    """

    def __init__(
        self,
        worker: Worker,
        *,
        hyperparameters: Hyperparameters,
        tools: Registry = BUILT_IN,
        instructions: str = "",
        approval: Approval | Permissions = "ask",
        store: Store | None = None,
        read_ahead: bool = False,
    ) -> None:
        """Begin an empty conversation; reads the vocabulary if nothing has yet (0.4 s).

        Args:
            worker: runs the model.
            hyperparameters: how to sample, until changed.
            tools: what the model may call.
            instructions: the developer message's text; empty leaves it out.
            approval: which calls wait for ``answer``, or what decides that and keeps answers.
            store: the new file that the conversation is kept in; None keeps it in memory alone.
                One with messages in it is for ``open``.
            read_ahead: when a turn is over, read the history as the next turn has it, and read
                drafts; not on battery.
        """
        self.worker = worker
        self.hyperparameters = hyperparameters
        """Assign to change; the next token that is not under way yet is sampled by it."""
        self.tools = tools
        self.instructions = instructions
        if not isinstance(approval, Permissions):
            approval = Permissions(approval, Rules())
        self.permissions = approval
        """What may be called without asking, and what may not be called at all."""
        self.journal = Journal(store or MemoryStore())
        """Where everything goes that happens."""
        self.reads_ahead = read_ahead
        self.is_guided = True
        """Whether only headers that Harmony has are sampled, and only arguments that tools take."""
        self.form: AnswerForm | None = None
        """What the text of a final message has to be, if it is not free."""
        self.logprobs = 0
        """With how many of the likeliest tokens to tell each token that is sampled; 0 tells none.

        Asked at every step. What it costs are two passes over the vocabulary for each token.
        """
        self.context_limit: int | None = None
        """The most tokens that prompt and answer have together, if the model could take more.

        Where a conversation outgrows it, or the model, its oldest turns are left out of the prompt.
        """
        self.transcript = Transcript()
        load_encoding()
        self.harmony = HarmonyFormat()
        """How gpt-oss is prompted and read."""
        today = datetime.now().astimezone().date().isoformat()
        self._opening = Opening(start_date=today)
        self._messages = 0
        self._turn: Turn | None = None
        """The one that runs."""
        self._last: Turn | None = None
        """The one that was over last."""
        self._again: Caller | None = None
        """Runs a call once more."""
        self._runs_again = 0

    @classmethod
    def open(
        cls,
        worker: Worker,
        store: Store,
        *,
        hyperparameters: Hyperparameters,
        tools: Registry = BUILT_IN,
        instructions: str = "",
        approval: Approval | Permissions = "ask",
        read_ahead: bool = False,
    ) -> Self:
        """Take up a conversation that is kept, as if it had not been away.

        Its last answer can be continued, given anew and branched, and the next prompt is the one
        that it would have been, so that what the KV cache on the disk holds of it serves. It also
        begins as it began, with the same day and texts (``opening``), until ``begin_with`` says
        otherwise. A call that has no result is not run: should the turn go on, the model reads
        that nothing is known of it.

        Args:
            worker: runs the model; none needs to be loaded yet.
            store: of ``Store.open``. It stays the caller's to close.
            hyperparameters: stand where the session tells none of its last turn.
            tools: what the model may call.
            instructions: stand where the session tells none.
            approval: as for a new conversation.
            read_ahead: as for a new conversation.
        """
        chat = cls(
            worker,
            hyperparameters=hyperparameters,
            tools=tools,
            instructions=instructions,
            approval=approval,
            store=store,
            read_ahead=read_ahead,
        )
        session = store.session
        if (told := find_instructions(session)) is not None:
            chat.instructions = told
        chat._opening = replace(chat._opening, instructions=chat.instructions)
        chat._take_up(session, is_opened=True)
        return chat

    def _take_up(self, session: Session, *, is_opened: bool = False) -> None:
        """Have the conversation be what its session's active path says."""
        resumed = resume(self, session)
        numbers = number_messages(session.path())
        self._last, self._messages = resumed.last, len(numbers)
        self.store.take_up(numbers, None if resumed.record is None else resumed.record.id)
        if is_opened and resumed.record is not None:
            self.hyperparameters = told_hyperparameters(resumed.record, self.hyperparameters)
            began = read_opening(resumed.record.preamble.tokens, self.instructions)
            if began is not None:
                self.begin_with(began)

    def send(self, text: str, listener: Listener) -> TurnEnded:
        """Run a whole turn: the person's text, the model's messages and calls, its final answer.

        Blocks until the turn is over; the listener hears every event, the returned one last. What
        goes wrong ends the turn with the finish ``error`` and does not raise.

        Raises:
            RuntimeError: another turn of this conversation runs.
        """
        self._check_idle()
        turn = Turn(self, text, listener, self._messages)
        return self._run(turn, turn.begin)

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
        self._check_idle()
        session = self.session
        before = self._find(session, message)
        if before.role != "user" or not before.is_genuine:
            raise NoMessageError(f"Message {message} is not of yours, so it cannot be edited.")
        was = self.transcript
        self.transcript = read_history(session, before.parent)
        self.transcript.opening = was.opening
        turn = Turn(self, text, listener, self._messages)
        return self._run(turn, partial(turn.begin, in_place_of=message))

    def select(self, message: int, *, is_last: bool = False) -> None:
        """Make a message, with the newest of what followed it, the conversation as it stands.

        Messages are numbered anew: what was heard before does not hold, ``replay`` tells what does.

        Args:
            message: its id.
            is_last: whether what followed it is left out; it stays in the session.

        Raises:
            NoMessageError: there is no such message.
            RuntimeError: a turn of this conversation runs.
        """
        self._check_idle()
        session = self.session
        self._find(session, message)
        leaf = message if is_last else session.newest_leaf(message)
        # What cannot be written now is said with the next turn.
        with suppress(StoreError):
            self.store.select(leaf)
        self._take_up(self.session)

    def siblings(self, message: int) -> list[Message]:
        """Return what was said in the same place, oldest first, the message itself included.

        Raises:
            NoMessageError: there is no such message.
        """
        session = self.session
        self._find(session, message)
        return session.siblings(message)

    def fork(self, message: int) -> Path:
        """Make a new session of the conversation up to a message; return its file.

        Raises:
            NoMessageError: there is no such message.
            NotKeptError: this conversation is in no folder.
            StoreError: the file cannot be written.
            RuntimeError: a turn of this conversation runs.
        """
        self._check_idle()
        session = self.session
        self._find(session, message)
        if not self.is_kept:
            raise NotKeptError("This conversation is not kept, so it cannot be forked into a file.")
        return fork(self.store.path.parent, session, message)

    def replay(self) -> Iterator[Event]:
        """Give the conversation as it stands as the events that a listener would have heard.

        Each message's text comes in one piece; nothing tells of progress, of single tokens, or of
        what does not hold any more. Not while a turn runs.

        Raises:
            RuntimeError: a turn of this conversation runs.
        """
        self._check_idle()
        numbers = {id_: number for number, id_ in self.store.numbers.items()}
        return replay(self.session, numbers)

    @property
    def store(self) -> Store:
        """What keeps the conversation."""
        return self.journal.store

    @property
    def is_kept(self) -> bool:
        """Whether the conversation is kept in a file."""
        return not isinstance(self.store, MemoryStore)

    @property
    def session(self) -> Session:
        """All that was said, with its branches; also while a turn runs."""
        return self.store.session

    @property
    def displays(self) -> Iterator[str]:
        """What the browser has displayed in the conversation as it stands, in order."""
        for message in self.session.path():
            if message.role == "tool" and (message.name or "").startswith("browser."):
                yield message.text

    def message_id(self, number: int) -> int | None:
        """Return the id in ``session`` of a message that events give a number; None if it has none.

        It changes when the message is sampled anew from one of its tokens on.
        """
        return self.store.numbers.get(number)

    @staticmethod
    def _find(session: Session, message: int) -> Message:
        if message not in session.messages:
            raise NoMessageError(f"There is no message {message} in this conversation.")
        return session.messages[message]

    def continue_(self, listener: Listener) -> TurnEnded:
        """Have the last answer go on where it was cut, as if it had not been.

        It keeps its seed and the numbering of its tokens, so that the same tokens follow, unless
        hyperparameters were changed; it may sample ``max_tokens`` more. Blocks, and tells the
        listener, as ``send`` does.

        Raises:
            NoAnswerError: no answer was cut, or a model of another format began it.
            RuntimeError: another turn of this conversation runs.
        """
        self._check_idle()
        self._check_format()
        if self._last is None or not self.can_continue:
            raise NoAnswerError("No answer was cut short, so there is nothing to continue.")
        self._last.ready(listener)
        return self._run(self._last, self._last.go_on)

    def regenerate(self, listener: Listener) -> TurnEnded:
        """Answer the person's last words anew, with another seed, as if they had no answer yet.

        A chosen seed is counted up by one, another is drawn. The answer before stays in the
        session. Blocks, and tells the listener, as ``send`` does.

        Raises:
            NoAnswerError: nothing was said yet.
            RuntimeError: another turn of this conversation runs.
        """
        self._check_idle()
        if (last := self._last) is None:
            raise NoAnswerError("Nothing was asked yet, so there is no answer to give anew.")
        turn = Turn(self, last.text, listener, self._messages)
        return self._run(turn, partial(turn.begin_in_place_of, last))

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
        self._check_idle()
        if (last := self._last) is None:
            raise NoAnswerError("Nothing was asked yet, so there is no answer to give anew.")
        first = self._messages
        turn, notes = prepare_trial(self, last, hyperparameters, seed, listener, first)
        self._turn = turn
        try:
            ended = turn.run(partial(turn.begin_in_place_of, last))
            listener(ended)
        finally:
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
        self._check_idle()
        if any(trial.in_place_of is not self._last for trial in trials):
            raise NoAnswerError("The conversation has gone on, so this answer has no place in it.")
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
        self._check_idle()
        self._check_format()
        if (last := self._last) is None:
            raise NoAnswerError("Nothing was asked yet, so there is no answer to change.")
        last.ready(listener)
        last.check_place(number, put, in_text=in_text)
        return self._run(last, partial(last.branch, number, put))

    @property
    def format(self) -> Format:
        """How the loaded model is prompted and read; Harmony without one."""
        return self.worker.format or self.harmony

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

    @property
    def rounds(self) -> tuple[RoundTokens, ...]:
        """The exact tokens of the turn that runs or was over last: each prompt, and its completion.

        A turn has a round more with each tool call, and where its analysis was ended. Completions,
        joined, are the turn's tokens as their numbers count them.
        """
        turn = self._turn or self._last
        return tell_rounds(turn.rounds if turn else ())

    def rounds_of(self, words: int) -> tuple[RoundTokens, ...]:
        """Return the exact tokens of an earlier turn, as ``rounds`` has those of the last one.

        What the model read is worked out of the session: of a turn that reached the end of the
        context it holds the oldest turns too. None are known of an answer that was imported, or
        that a model of another format gave.

        Args:
            words: the id in ``session`` of the person's words that the turn answers.

        Raises:
            NoMessageError: the person said nothing of this id on the active path.
        """
        session = self.session
        for turn in session.path_turns():
            if turn.user is not None and turn.user.id == words:
                leaf = turn.messages[-1].id if turn.messages else words
                # A copy reads it, so that this conversation stays where it is.
                resumed = resume(copy(self), replace(session, leaf=leaf))
                return tell_rounds(resumed.last.rounds if resumed.last else ())
        raise NoMessageError(f"Message {words} is not of yours, or not of this conversation.")

    def spell(self, tokens: Iterable[int]) -> str:
        """Return tokens of that turn as text, control tokens spelled out."""
        turn = self._turn or self._last
        bytes_of = (turn.format if turn else self.format).tokenizer.token_bytes
        return b"".join(map(bytes_of, tokens)).decode("utf-8", "replace")

    def find_messages(self) -> dict[int, range]:
        """Return which sampled tokens of that turn each message consists of, by their numbers.

        The first ones of a message are its header's.
        """
        turn = self._turn or self._last
        return turn.find_messages() if turn else {}

    def _check_idle(self) -> None:
        if self._turn is not None:
            raise RuntimeError("a conversation has one turn at a time")

    def _check_format(self) -> None:
        if self._last is not None and self._last.format.name != self.format.name:
            raise NoAnswerError(
                "The model that began the answer was prompted in another way, so this one cannot "
                "continue it. Have it answered anew."
            )

    def _run(self, turn: Turn, begin: Callable[[], None]) -> TurnEnded:
        self._turn = turn
        try:
            ended = turn.run(begin)
        finally:
            self._turn, self._last = None, turn
            self._messages = turn.reader.next_message
        turn.hear(ended)
        if ended.finish != "error":
            self.read_on()
        return ended

    def read_on(self) -> None:
        """Read the history as the next turn has it, while nothing else is asked of the worker.

        Nothing happens without ``read_ahead``, or on battery.
        """
        if self._may_read_ahead():
            self.worker.read_ahead((*self.transcript.history(), START), keep=True)

    def read_draft(self, text: str) -> None:
        """Read what the person is about to say, so that sending it costs the last few tokens.

        Nothing happens during a turn, without ``read_ahead``, or on battery.
        """
        if self._turn is None and self._may_read_ahead():
            self.transcript.preamble = self.preamble()
            # The last token of a draft often becomes another one with the next letter.
            draft = render_user(text)[: -len((END, END))]
            prompt = (*self.transcript.history(), *draft, END)
            if has_room(self, prompt):
                self.worker.read_ahead(prompt, keep=False)

    def _may_read_ahead(self) -> bool:
        return self.reads_ahead and self.format.name == HARMONY and not is_on_battery()

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
        self._check_idle()
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

    @property
    def approval(self) -> Approval:
        """Which calls wait for ``answer``; assign to change, which holds from the next call on."""
        return self.permissions.approval

    @approval.setter
    def approval(self, approval: Approval) -> None:
        self.permissions.approval = approval

    @property
    def opening(self) -> Opening:
        """What the prompt begins with."""
        return self._opening

    def begin_with(self, opening: Opening) -> None:
        """Have the next turn's prompt begin with other texts; not while a turn runs."""
        self._check_idle()
        self._opening = opening
        self.instructions = opening.instructions
        spoken = opening.spoken()
        self.transcript.opening = tuple((message.role, message.content) for message in spoken)

    def preamble(self) -> tuple[int, ...]:
        """Return the tokens of what comes before the first turn, as it is to be now.

        Harmony's system and developer messages, examples and the greeting.
        """
        functions = [
            FunctionDescription(tool.name, tool.description, tool.parameters())
            for tool in self.tools
            if tool.namespace == NAMESPACE
        ]
        built_in = sorted({tool.namespace for tool in self.tools} - {NAMESPACE})
        effort = self.hyperparameters.effort
        opening = self._opening
        system = render_system(
            effort,
            opening.start_date or None,
            has_functions=bool(functions),
            identity=opening.identity,
            knowledge_cutoff=opening.knowledge_cutoff,
            built_in=tuple(built_in),
        )
        developer = render_developer(self.instructions, functions)
        return system + developer + render_dialogue(self.transcript.opening)
