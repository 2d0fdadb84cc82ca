"""What is said in a conversation's turns, written down as it happens."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from engine.conversation import writing
from engine.conversation.kept_session import KeptSession, clock, now
from engine.conversation.lines import Line
from engine.conversation.messages import (
    NO_PREAMBLE,
    Branch,
    Change,
    Message,
    Preamble,
    ThinkingEnd,
    ToolCall,
    TurnRecord,
)
from engine.events import (
    Event,
    HyperparametersChanged,
    MessageClosed,
    MessageOpened,
    TextDelta,
    ThinkingFinished,
    ToolCallFinished,
    ToolCallRequested,
    ToolCallStarted,
    TurnContinued,
    TurnEnded,
)

BATCH_SECONDS = 0.25
"""Text that comes faster is collected so long, so that a crash costs no more of it."""

BATCH_TOKENS = 64
"""So many tokens are written at once even if no text came with them."""


@dataclass(frozen=True, slots=True)
class TurnSetting:
    """What a turn is sampled with; fields as in ``TurnRecord``."""

    model: str = ""
    fingerprint: str = ""
    seed: int | None = None
    hyperparameters: Mapping[str, Any] = field(default_factory=dict)
    preamble: Preamble = NO_PREAMBLE


class Store(KeptSession):
    """A session's file, and the turn of it that runs: what it hears of that is kept.

    What is said of errors and threads of ``KeptSession`` holds here, too.
    """

    def _begin(self, path: Path) -> None:
        super()._begin(path)
        self._turn: int | None = None
        self._tip: int | None = None
        """The message of the running turn that the next one follows."""
        self._branch: Branch | None = None
        self._ids: dict[int, int] = {}
        """The messages by the numbers that events give them."""
        self._open: int | None = None
        self._text: list[str] = []
        self._tokens: list[int] = []
        """Those sampled since the last message was closed."""
        self._batched = 0
        """How many of them are in the file."""
        self._last_batch = 0.0
        self._calls: dict[int, int] = {}
        """The calls of the running turn by the numbers that events give them."""
        self._waiting: list[Message] = []
        """Messages of the running turn whose calls were not asked for yet."""

    @property
    def numbers(self) -> dict[int, int]:
        """The ids of messages by the numbers that the turns' events give them."""
        with self._mutex:
            return dict(self._ids)

    # --- turns begin --------------------------------------------------------------------------

    def begin_turn(
        self,
        text: str,
        setting: TurnSetting,
        *,
        tokens: Sequence[int] = (),
        in_place_of: int | None = None,
    ) -> int:
        """Begin a turn with the person's words, which follow the active leaf.

        Args:
            text: the words.
            setting: what the answer is sampled with.
            tokens: the words as they were rendered.
            in_place_of: the user message that these words are an edited version of; they become
                its sibling.

        Returns:
            The id of the words' message.

        Raises:
            StoreError: as all methods that write; see the class.
        """
        with self._mutex:
            self._forget_answer()
            number = self._next("message")
            before = None if in_place_of is None else self._replay.messages[in_place_of]
            parent = self._replay.leaf if before is None else before.parent
            begun = self._begin_turn(number, setting)
            words = Message(
                number, parent, "user", text, tokens=tokens, time=clock(), turn=self._turn
            )
            self._tip = number
            self._append(*begun, writing.message_line(words), sync=True)
            return number

    def take_up(self, numbers: Mapping[int, int], turn: int | None) -> None:
        """Be ready to go on with the active path's last turn, as if this program had run it.

        Args:
            numbers: the ids of the path's messages by the numbers that events give them.
            turn: the last turn; None where none is known.
        """
        with self._mutex:
            self._forget_answer()
            self._ids = dict(numbers)
            self._turn, self._tip = turn, self._replay.leaf

    def begin_answer(self, user: int, setting: TurnSetting) -> None:
        """Begin another turn that answers words which were answered before.

        Args:
            user: the message of the words.
            setting: what the answer is sampled with.

        Raises:
            StoreError: as all methods that write; see the class.
        """
        with self._mutex:
            begun = self._begin_turn(user, setting)
            self._tip = user
            self._append(*begun, {"kind": "leaf", "message": user}, sync=True)

    def continue_turn(self, event: TurnContinued, message: int | None = None) -> None:
        """Take up the last turn where it was cut; the cut message becomes the whole one.

        Args:
            event: says where.
            message: the cut message's id; needed only where another program began the turn.

        Raises:
            StoreError: as all methods that write; see the class.
        """
        with self._mutex:
            self._forget_answer()
            first = _first(event)
            if message is not None:
                self._ids[first] = message
            cut = self._replay.messages.get(self._ids.get(first, 0))
            if cut is not None:
                self._tip = cut.parent
                self._turn = self._turn if cut.turn is None else cut.turn
                self._tokens = list(cut.tokens)
                # One whose header was cut is opened by the event that says so.
                self._open = cut.id if cut.is_genuine else None
                self._batched = 0 if self._open is None else len(cut.tokens)
            line: Line = {"kind": "continue", "time": now(), "turn": self._running()}
            self._append(line | {"message": self._open, "text": event.text}, sync=True)

    def branch_turn(
        self, event: TurnContinued, setting: TurnSetting, tokens: Sequence[int] = ()
    ) -> None:
        """Have the last turn's answer go another way from one of its tokens on.

        What follows is another turn that answers the same words. It shares the messages before the
        token with the one that it leaves; the message that the token stands in gets a sibling.
        Tokens of the turn go on to be counted from the beginning of the answer.

        Args:
            event: says where.
            setting: what the answer is sampled with.
            tokens: those that stand of what no message holds that is complete, header included.

        Raises:
            StoreError: as all methods that write; see the class.
        """
        with self._mutex:
            first = _first(event)
            left = self._replay.messages.get(self._ids.get(first, 0))
            tip = self._tip if left is None else left.parent
            record = self._replay.turns[self._running()]
            begun = self._begin_turn(record.user or 0, setting)
            self._ids = {event: id_ for event, id_ in self._ids.items() if event < first}
            self._tip = tip
            if tip is not None:
                begun.append({"kind": "leaf", "message": tip})
            self._tokens = list(tokens)
            if left is not None and event.message is not None:
                self._branch = Branch(left.id, len(tokens))
                begun.append(self._opened(replace(left, id=self._number(first), ending="cut")))
                begun.append(writing.tokens_line(self._number(first), event.text, tokens))
                self._batched = len(tokens)
            self._append(*begun, sync=True)

    def _begin_turn(self, user: int, setting: TurnSetting) -> list[Line]:
        self._forget_answer()
        begun: list[Line] = []
        preamble = next((n for n, p in self._preambles() if p == setting.preamble), None)
        if preamble is None and setting.preamble != NO_PREAMBLE:
            preamble = self._next("preamble")
            begun.append(writing.preamble_line(preamble, setting.preamble))
        self._turn = self._next("turn")
        turn = TurnRecord(
            self._turn,
            user,
            clock(),
            setting.model,
            setting.fingerprint,
            setting.seed,
            setting.hyperparameters,
        )
        return [*begun, writing.turn_line(turn, preamble)]

    def _preambles(self) -> Iterable[tuple[int, Preamble]]:
        # The one in force is most often the last.
        return reversed(list(self._replay.preambles.items()))

    def _forget_answer(self) -> None:
        """Be ready for a turn, whatever became of the one before."""
        self._end_batch()
        self._close_cut()
        self._open, self._branch, self._batched = None, None, 0
        self._text.clear()
        self._tokens.clear()
        self._calls.clear()
        self._waiting.clear()

    # --- what the model and the tools do ------------------------------------------------------

    def add_token(self, token: int) -> None:
        """Take a token of the answer, before the events that it makes.

        Raises:
            StoreError: as all methods that write; see the class.
        """
        with self._mutex:
            self._tokens.append(token)
            if len(self._tokens) - self._batched > BATCH_TOKENS:
                self._write_batch()

    def hear(self, event: Event, tokens: Sequence[int] = ()) -> None:
        """Take what happened in the running turn; events that nothing is kept of are let pass.

        Whole messages are on the disk when it returns, and so is the start of a tool call.

        Args:
            event: what a listener of the turn hears.
            tokens: of ``ToolCallFinished``, the result as it was rendered.

        Raises:
            StoreError: as all methods that write; see the class.
        """
        with self._mutex:
            match event:
                case TextDelta():
                    self._add_text(event.text)
                case MessageOpened():
                    self._open_message(event)
                case MessageClosed():
                    self._close_message(event)
                case HyperparametersChanged():
                    change = Change(event.token, event.changes | event.later)
                    self._append(writing.change_line(self._running(), change), sync=False)
                case ThinkingFinished():
                    end = ThinkingEnd(event.token, event.reason)
                    self._append(writing.thinking_line(self._running(), end), sync=False)
                case ToolCallRequested():
                    self._request_call(event)
                case ToolCallStarted():
                    self._start_call(event)
                case ToolCallFinished():
                    self._finish_call(event, tokens)
                case TurnEnded():
                    self._end_turn(event)

    def _running(self) -> int:
        if self._turn is None:
            raise RuntimeError("no turn was begun")
        return self._turn

    def _add_text(self, text: str) -> None:
        self._text.append(text)
        if time.monotonic() - self._last_batch >= BATCH_SECONDS:
            self._write_batch()

    def _write_batch(self) -> None:
        if self._end_batch():
            self._flush(sync=False)

    def _end_batch(self) -> bool:
        """Make a line of what came since the last one; return whether there was anything."""
        added = self._tokens[self._batched :]
        is_open = self._open is not None and self._open == self._replay.open_message
        if self._open is None or not is_open or not (added or self._text):
            return False
        line = writing.tokens_line(self._open, "".join(self._text), added)
        self._batched = len(self._tokens)
        self._text.clear()
        self._last_batch = time.monotonic()
        self._put(line)
        return True

    def _open_message(self, event: MessageOpened) -> None:
        message = Message(
            self._number(event.message),
            None,
            event.role,
            "",
            event.channel,
            event.recipient,
            content_type=event.content_type,
            is_genuine=event.channel is not None,
        )
        self._batched = 0
        self._append(self._opened(message), sync=False)

    def _opened(self, message: Message) -> Line:
        """Open a message here and now; return the line that says so."""
        self._open = message.id
        self._text.clear()
        opened = replace(
            message, parent=self._tip, turn=self._turn, time=clock(), branch=self._branch
        )
        return writing.header_line("open", opened)

    def _close_message(self, event: MessageClosed) -> None:
        number = self._number(event.message)
        message = Message(
            number,
            self._tip,
            event.role,
            event.text,
            event.channel,
            event.recipient,
            content_type=event.content_type,
            tokens=event.tokens,
            ending=event.ending,
            time=clock(),
            turn=self._running(),
            irregular=event.irregular,
            is_genuine=event.channel is not None,
            branch=self._branch,
        )
        # The token that closed it may belong to the next one already.
        del self._tokens[: len(event.tokens)]
        self._open, self._branch, self._batched = None, None, 0
        self._text.clear()
        self._tip = number
        if event.role == "assistant" and event.recipient and event.ending != "cut":
            self._waiting.append(message)
        self._append(writing.message_line(message), sync=True)

    def _number(self, event_number: int) -> int:
        """Return the id of a message by the number that events give it."""
        if event_number not in self._ids:
            self._ids[event_number] = self._next("message")
        return self._ids[event_number]

    def _request_call(self, event: ToolCallRequested) -> None:
        message = self._asking(event.recipient)
        number = self._calls[event.call] = self._next("call")
        call = ToolCall(
            number,
            message,
            event.recipient,
            event.arguments,
            event.effects,
            "asked" if event.needs_approval else "unasked",
            place=event.place,
        )
        self._append(writing.call_line(call), sync=False)

    def _asking(self, recipient: str) -> int:
        """Return the message that asks for the next call of a tool."""
        for message in self._waiting:
            if message.recipient == recipient:
                self._waiting.remove(message)
                return message.id
        # It was sampled before the turn branched, or went on in this program.
        step = self._tip
        while step is not None and self._replay.messages[step].recipient != recipient:
            step = self._replay.messages[step].parent
        return step or self._tip or 0

    def _call(self, event_number: int) -> ToolCall:
        return self._replay.calls[self._calls[event_number]]

    def _start_call(self, event: ToolCallStarted) -> None:
        call = self._call(event.call)
        approval = "allowed" if call.approval == "asked" else call.approval
        started = replace(call, approval=approval, is_started=True, allowed_by=event.allowed_by)
        # On the disk before the tool does anything to the world.
        self._append(writing.call_line(started), sync=True)

    def _finish_call(self, event: ToolCallFinished, tokens: Sequence[int]) -> None:
        call, number = self._call(event.call), self._next("message")
        asking = self._replay.messages.get(call.message)
        result = Message(
            number,
            self._tip,
            "tool",
            event.output,
            asking.channel if asking else "commentary",
            "assistant",
            call.recipient,
            tokens=tokens,
            time=clock(),
            turn=self._running(),
        )
        finished = replace(
            call,
            approval="declined" if event.outcome == "declined" else call.approval,
            outcome=event.outcome,
            output=event.output,
            seconds=event.seconds,
            result=number,
            figures=event.figures,
        )
        self._tip = number
        self._append(writing.message_line(result), writing.call_line(finished), sync=True)

    def _end_turn(self, event: TurnEnded) -> None:
        ended = TurnRecord(
            self._running(),
            None,
            finish=event.finish,
            reason=event.message,
            statistics=asdict(event.statistics),
        )
        self._end_batch()
        self._open = None
        self._append(writing.end_line(ended) | {"time": now()}, sync=True)


def _first(event: TurnContinued) -> int:
    """Return the number of the message that a turn goes on with."""
    first = event.next_message if event.message is None else event.message
    if first is None:
        raise ValueError("the event does not say with which message the turn goes on")
    return first
