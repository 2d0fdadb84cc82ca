"""What was said in a conversation: taken up, gone back in, shown, and its exact tokens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Self

from engine.chat.state import ChatState
from engine.config.hyperparameters import Hyperparameters
from engine.config.settings import Approval
from engine.conversation.errors import StoreError
from engine.conversation.memory import MemoryStore
from engine.conversation.messages import Message, Session
from engine.conversation.store import Store
from engine.conversation.whole_sessions import fork
from engine.events import Event
from engine.tools.functions import BUILT_IN
from engine.tools.permissions import Permissions
from engine.tools.registry import Registry
from engine.turn.opening import read_opening
from engine.turn.places import NoMessageError, NotKeptError
from engine.turn.replaying import replay
from engine.turn.resuming import (
    count_history,
    find_instructions,
    find_resumed_record,
    number_messages,
    resume,
    told_hyperparameters,
)
from engine.turn.rounds import RoundTokens, tell_rounds
from engine.worker import Worker


class Past(ChatState):
    """A conversation as far as it has come.

    What was said is a tree of messages, ``session``; its active path is the conversation as it
    stands, and ``replay`` tells it as events.
    """

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
        record = find_resumed_record(session)
        numbers = number_messages(session.path())
        otherwise = self.hyperparameters
        self._unread = lambda: resume(self, session, otherwise, self._transcript.opening)
        self._messages = len(numbers)
        self.store.take_up(numbers, None if record is None else record.id)
        if is_opened and record is not None:
            self.hyperparameters = told_hyperparameters(record, self.hyperparameters)
            began = read_opening(record.preamble.tokens, self.instructions)
            if began is not None:
                self.begin_with(began)

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
        with self._still():
            session = self.session
            self._find(session, message)
            leaf = message if is_last else session.newest_leaf(message)
            # What cannot be written now is said with the next turn.
            with suppress(StoreError):
                self.store.select(leaf)
            self._take_up(self.session)

    def count_context(self) -> int:
        """Return how many tokens the model reads before the next question, as things are now.

        Of a conversation that was taken up the history is not read for that.
        """
        preamble = len(self.preamble())
        if self._unread is not None:
            return preamble + count_history(self.session)
        transcript = self.transcript
        return preamble + transcript.history_length - len(transcript.preamble)

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
        with self._still():
            session = self.session
            self._find(session, message)
            if not self.is_kept:
                raise NotKeptError(
                    "This conversation is not kept, so it cannot be forked into a file."
                )
            return fork(self.store.path.parent, session, message)

    def replay(self) -> Iterator[Event]:
        """Give the conversation as it stands as the events that a listener would have heard.

        Each message's text comes in one piece; nothing tells of progress, of single tokens, or of
        what does not hold any more. Not while a turn runs.

        Raises:
            RuntimeError: a turn of this conversation runs.
        """
        with self._still():
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
                opening = self._transcript.opening
                branch = replace(session, leaf=leaf)
                resumed = resume(self, branch, self.hyperparameters, opening)
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
