"""One conversation in one JSON Lines file that only ever grows.

The file is named after the session's id and is UTF-8. Each line is a JSON object with a ``kind``;
nothing that was written is taken back or changed, a later line says what is different now. Ids of
messages, turns, calls and preambles are whole numbers that count up from 1, each for itself. Times
are ISO 8601 in UTC. Fields that are null may be left out. ``tokens``, a list of token ids, is
always the last field of its line. Version 2 has these kinds, ``time`` not listed:

- ``session``, the first line: ``version``; ``id``; ``started``; ``forked_from`` (``session``,
  ``message``) if it was forked; ``source``, where it was imported from.
- ``title``: ``title``, which the person gave; empty takes it back.
- ``preamble``: ``id``; ``instructions``, the developer message's text; ``tokens`` of the system and
  developer messages.
- ``turn``, which begins one or says more of it: ``id``; ``user``, the message that it answers;
  ``model``; ``fingerprint`` of its weights; ``seed``; ``hyperparameters`` at its first token;
  ``preamble``, the id of the one in force.
- ``open``: a message begins. ``id``; ``parent``, the message that it follows; ``turn``; ``role``;
  ``channel``; ``recipient``; ``name`` of the tool that speaks; ``content_type``; ``branch``
  (``message``, ``token``) if it shares so many first tokens with that message; ``forged``, true if
  it is no part of the conversation.
- ``tokens``: the open message goes on. ``message``; ``text``; ``tokens``. Without a line that
  closes it the message is what these lines say, and is cut.
- ``message``: a message is complete. The fields of ``open``, and ``ending`` (end, return, call,
  cut); ``irregular``, true if the model broke the format; ``text``; ``tokens``: all of them,
  whatever lines before say. It becomes the active leaf. A line with an id that was there before
  replaces that message, which stays where it was in the tree.
- ``change``: ``turn``; from sampled ``token`` on, the hyperparameters ``values`` act.
- ``thinking``: ``turn``; before sampled ``token`` the program ended the analysis and began the
  answer in the model's place; ``reason`` (person, budget, loop).
- ``call``, how a tool call stands, written anew when that changes: ``id``; ``message`` that calls;
  ``recipient``; ``arguments``; ``effects``; ``approval`` (unasked, asked, allowed, declined);
  ``started``, true from before the tool runs; ``outcome`` (done, failed, declined); ``output``;
  ``seconds``; ``result``, the tool's message; ``place`` where it runs; ``allowed_by``; ``figures``,
  paths of the pictures that it drew.
- ``end``: ``turn``; ``finish`` (stop, length, cancelled, error); ``reason``; ``statistics``.
- ``continue``: the ended ``turn`` goes on, with the ``message`` that was cut, if there was one; of
  its text ``text`` stands, and it comes again, whole, under the same id.
- ``leaf``: ``message`` is the active leaf now.
- ``spoken``: ``message`` was spoken, ``heard`` of its characters, ``whole`` if it was to its end;
  ``voice``; ``recognizer``; ``figures`` of the time it took.

A line of a kind that is not known here is left out without a word if its ``optional`` is true.

Beside the file there may be ``ID.lock`` (a program writes it), ``ID.torn`` (the ends of lines that
crashes cut short), ``ID.v1`` (the file as it was before it was brought to this version) and
``ID.other`` (what another program put in the file's place while it was open).
"""

from __future__ import annotations

import logging
import os
import re
import secrets
import shutil
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from engine.conversation import writing
from engine.conversation.disk import free_path, sync_folder, to_disk
from engine.conversation.errors import StoreError
from engine.conversation.lines import VERSION, Line, dump, parse
from engine.conversation.messages import (
    NO_PREAMBLE,
    Branch,
    Change,
    Head,
    Message,
    Preamble,
    Session,
    ThinkingEnd,
    ToolCall,
    TurnRecord,
    up_to,
)
from engine.conversation.reading import Reading, read_file, read_session
from engine.conversation.replay import Replay
from engine.conversation.session_file import SessionFile
from engine.conversation.spoken import SpokenAnswer, spoken_line
from engine.conversation.titles import one_line
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

__all__ = [
    "Store",
    "StoreError",
    "TurnSetting",
    "fork",
    "new_session_id",
    "read_session",
    "write_session",
]

SUFFIX = ".jsonl"

NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}")
"""What an id may be, so that a file can be named after it."""

BATCH_SECONDS = 0.25
"""Text that comes faster is collected so long, so that a crash costs no more of it."""

BATCH_TOKENS = 64
"""So many tokens are written at once even if no text came with them."""

logger = logging.getLogger(__name__)


def new_session_id(now: datetime) -> str:
    """Return an id that sorts by time, such as ``20261124-131500-9f3a07c1``."""
    return f"{now:%Y%m%d-%H%M%S}-{secrets.token_hex(4)}"


@dataclass(frozen=True, slots=True)
class TurnSetting:
    """What a turn is sampled with; fields as in ``TurnRecord``."""

    model: str = ""
    fingerprint: str = ""
    seed: int | None = None
    hyperparameters: Mapping[str, Any] = field(default_factory=dict)
    preamble: Preamble = NO_PREAMBLE


class Store:
    """The file of one conversation, open for writing; it comes into being with the first line.

    What a method says is in ``session`` at once, and on the disk as soon as the file can be
    written: if it cannot, the method raises ``StoreError``, and what it could not write is kept
    and written first by the next method that succeeds. All methods may be called from any thread.
    """

    def __init__(self, folder: Path, head: Head | None = None) -> None:
        """Name a new session's file in a folder, which is made when it is needed."""
        now = datetime.now(UTC)
        self._begin(folder / (head.id if head else new_session_id(now)), Replay())
        self._head = head or Head(self.path.stem, now)

    def _begin(self, path: Path, replay: Replay) -> None:
        path = path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)
        self._file = SessionFile(path, self._retell)
        self.damaged = 0
        """How many lines of the file could not be read when it was opened."""
        self._replay = replay
        self._mutex = threading.RLock()
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

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open a session's file to go on with it.

        The end of a line that a crash tore goes to ``ID.torn``. A file of an older version is
        written anew in this one, and what it was is kept beside it.

        Raises:
            StoreError: the file cannot be read or written, is no session, was written by a newer
                version, or another program writes it.
        """
        store = cls.__new__(cls)
        store._begin(path, Replay())
        try:
            store._file.open()
            with store.path.open("rb") as file:
                reading = read_file(file, store.path)
            store._adopt(reading)
            if reading.version != VERSION:
                store._upgrade(reading)
            else:
                store._mend(reading)
            store._close_cut()
        except BaseException as error:
            store._file.let_go()
            if isinstance(error, FileNotFoundError):
                raise StoreError(f"There is no session {store.path}.") from error
            if isinstance(error, OSError):
                raise StoreError(
                    f"{store.path} cannot be opened: {error.strerror}. Free space or mend the "
                    "permissions of the file and its folder."
                ) from error
            raise
        return store

    def _adopt(self, reading: Reading) -> None:
        self._replay, self.damaged = reading.replay, len(reading.damaged)
        self._head = reading.replay.head or reading.head
        self._file.size = reading.whole

    def _mend(self, reading: Reading) -> None:
        if reading.torn:
            kept = self.path.with_suffix(".torn")
            with kept.open("ab") as file:
                file.write(reading.torn + b"\n")
            logger.warning("%s: a torn last line was moved to %s", self.path, kept)
            self._file.cut(reading.whole)
        if reading.lacks_break:
            self._file.add(b"\n")
            self._flush(sync=False)

    def _upgrade(self, reading: Reading) -> None:
        kept = free_path(self.path.with_suffix(f".v{reading.version}"))
        shutil.copy2(self.path, kept)
        _write_new(self.path, reading.session())
        self._replay.head = self._head
        logger.info("%s: brought to version %d; it was kept as %s", self.path, VERSION, kept)
        self._file.open_again()

    def _close_cut(self) -> None:
        """Have a message that nothing will close any more end as it is."""
        number = self._replay.open_message
        if number is not None:
            self._replay.settle()
            self._put(writing.message_line(self._replay.messages[number]))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def path(self) -> Path:
        """The file; another one, where another program has taken it."""
        return self._file.path

    @property
    def id(self) -> str:
        """The session's name among all sessions."""
        return self._head.id

    @property
    def session(self) -> Session:
        """The conversation as it stands, a message that is being written included."""
        with self._mutex:
            self._end_batch()
            return self._replay.session(self._head, self.damaged)

    @property
    def leaf(self) -> int | None:
        """The active leaf; None where nothing was said yet."""
        return self._replay.leaf

    @property
    def numbers(self) -> dict[int, int]:
        """The ids of messages by the numbers that the turns' events give them."""
        with self._mutex:
            return dict(self._ids)

    @property
    def is_behind(self) -> bool:
        """Whether something could not be written yet."""
        return self._file.is_behind

    def take_news(self) -> str:
        """Return what others did to the file, and what came of it; empty where nobody did."""
        return self._file.take_news()

    def close(self) -> None:
        """Write what is left and let other programs write the file.

        Raises:
            StoreError: something could not be written and is lost now.
        """
        with self._mutex:
            try:
                self._end_batch()
                self._file.close()
            finally:
                self._file.let_go()

    # --- what the person does -----------------------------------------------------------------

    def rename(self, title: str) -> None:
        """Give the session a title; an empty one brings back the one made of the first words.

        Raises:
            StoreError: as all methods that write; see the class.
        """
        self._append({"kind": "title", "time": _now(), "title": one_line(title)}, sync=True)

    def select(self, message: int) -> None:
        """Make a message the active leaf; what is said next follows it.

        Raises:
            KeyError: there is no such message.
            StoreError: as all methods that write; see the class.
        """
        with self._mutex:
            if message == self._replay.open_message:
                return  # It becomes the active leaf when it is closed.
            if message not in self._replay.messages:
                raise KeyError(message)
            self._append({"kind": "leaf", "time": _now(), "message": message}, sync=False)

    def note_spoken(self, spoken: SpokenAnswer) -> None:
        """Keep how far a message was heard that was spoken.

        Raises:
            StoreError: as all methods that write; see the class.
        """
        self._append(spoken_line(spoken) | {"time": _now()}, sync=True)

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
                number, parent, "user", text, tokens=tokens, time=_clock(), turn=self._turn
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
            line: Line = {"kind": "continue", "time": _now(), "turn": self._running()}
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
            _clock(),
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
            message, parent=self._tip, turn=self._turn, time=_clock(), branch=self._branch
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
            time=_clock(),
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
            time=_clock(),
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
        self._append(writing.end_line(ended) | {"time": _now()}, sync=True)

    # --- the file -----------------------------------------------------------------------------

    def _next(self, kind: str) -> int:
        self._replay.highest[kind] += 1
        return self._replay.highest[kind]

    def _append(self, *new: Line, sync: bool) -> None:
        with self._mutex:
            for line in new:
                self._put(line)
            self._flush(sync=sync)

    def _put(self, line: Line) -> None:
        """Have a line stand in the session, and wait to be written."""
        if self._replay.head is None:
            self._put_bytes(dump(writing.head_line(self._head)))
        self._put_bytes(dump(line))

    def _put_bytes(self, data: bytes) -> None:
        # Read as it will be, so that the session in memory is the one in the file.
        self._replay.take(parse(data))
        self._file.add(data)

    def _flush(self, *, sync: bool) -> None:
        self._file.flush(sync=sync)

    def _retell(self) -> Iterator[bytes]:
        """Give lines that say all that this session is so far."""
        replay = self._replay
        session = replay.session(self._head, self.damaged)
        return map(dump, writing.session_lines(session, replay.preambles, replay.open_message))


def write_session(folder: Path, session: Session) -> Path:
    """Keep a whole session in a file of its own, such as an import or a fork.

    It comes into being in one step, complete and on the disk.

    Raises:
        StoreError: the folder cannot be written, or has a session of that id, or no file can be
            named after that.
    """
    if not NAME.fullmatch(session.id):
        raise StoreError(f"{session.id!r} cannot be the id of a session; it names the file.")
    path = folder / f"{session.id}{SUFFIX}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if path.exists():
            raise StoreError(f"{path} is there already. Delete or rename it first.")
        _write_new(path, session)
    except OSError as error:
        raise StoreError(
            f"{path} cannot be written ({error.strerror}). Free space or mend the folder's "
            "permissions."
        ) from error
    return path


def fork(folder: Path, session: Session, message: int) -> Path:
    """Make a new session of the path to a message; return its file.

    Raises:
        KeyError: there is no such message.
        StoreError: the file cannot be written.
    """
    now = datetime.now(UTC)
    return write_session(folder, up_to(session, message, Head(new_session_id(now), now)))


def _write_new(path: Path, session: Session) -> None:
    """Have a file hold a session, in one step, whatever it held before."""
    new = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with new.open("wb") as file:
            new.chmod(0o600)
            file.writelines(dump(line) for line in writing.session_lines(session))
            file.flush()
            to_disk(file.fileno())
        new.replace(path)
        sync_folder(path.parent)
    finally:
        new.unlink(missing_ok=True)


def _first(event: TurnContinued) -> int:
    """Return the number of the message that a turn goes on with."""
    first = event.next_message if event.message is None else event.message
    if first is None:
        raise ValueError("the event does not say with which message the turn goes on")
    return first


def _clock() -> datetime:
    now = datetime.now(UTC)
    return now.replace(microsecond=now.microsecond // 1000 * 1000)


def _now() -> str:
    return _clock().isoformat(timespec="milliseconds")
