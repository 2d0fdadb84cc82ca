"""The conversation that is open, as it is kept: left, resumed, forked, renamed and deleted."""

from __future__ import annotations

import asyncio
import logging
from abc import abstractmethod
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from engine.conversation.errors import StoreError
from engine.conversation.trash import delete_session
from harmony_tui.chat_thread import ChatThread, close_session
from harmony_tui.conversation_settings import ConversationSettings
from harmony_tui.session_files import sessions_folder

if TYPE_CHECKING:
    from engine.chat import Chat
    from engine.config.precedence import Configuration
    from engine.config.settings import Settings
    from engine.conversation.messages import Session
    from engine.conversation.spoken import SpokenAnswer
    from engine.conversation.store import Store
    from engine.events import Event
    from engine.worker import Worker


logger = logging.getLogger(__name__)


class KeptConversation(ConversationSettings):
    """One conversation at a time, on a thread of its own, and the file that it is kept in."""

    def __init__(self, settings: Settings | Configuration, worker: Worker | None) -> None:
        """Begin with none.

        Args:
            settings: what the person has set, and where.
            worker: the thread that owns MLX, if there is one already.
        """
        super().__init__(settings)
        self.keeps_sessions = True
        """Whether conversations are kept on disk."""
        self.leaving: Callable[[], None] | None = None
        """Is called before another conversation, or another branch of this one, takes its place."""
        self._worker = worker or _start_worker(self._settings)
        self._chat: Chat | None = None
        self._chat_thread = ChatThread()

    @abstractmethod
    def stop(self) -> None:
        """Stop the running turn, if there is one, within one token."""

    @abstractmethod
    def _begin(self, chat: Chat | None, began: datetime) -> None:
        """Be ready for another conversation; what still comes of the one before is dropped."""

    @property
    def session(self) -> Session | None:
        """The conversation as it stands; None before anything was said."""
        return self._chat.session if self._chat is not None and self.has_begun else None

    @property
    def session_file(self) -> Path | None:
        """Where this conversation is kept; None if it is not."""
        return self._chat.store.path if self._chat is not None and self._chat.is_kept else None

    async def resume(self, session: Path | Store) -> list[Event]:
        """Leave this conversation for one that is kept; return the events that show it.

        Raises:
            StoreError: it cannot be opened; then nothing has changed.
        """
        self._tell_leaving()
        self.stop()
        chat, events = await self._chat_thread.ask(self._reopen, session)
        self._begin(chat, chat.session.head.started.astimezone())
        return events

    def message_ids(self) -> Mapping[int, int]:
        """Return the ids of messages in the session by the numbers that events give them."""
        return {} if self._chat is None else self._chat.store.numbers

    async def fork(self, message: int | None = None) -> list[Event]:
        """Go on in a new session that holds this conversation up to here; return its events.

        Args:
            message: the id of the last message that it is to hold, if that is an earlier one.

        Raises:
            StoreError: it cannot be written.
        """

        def fork(chat: Chat) -> Path:
            leaf = chat.session.leaf if message is None else message
            assert leaf is not None  # noqa: S101
            return chat.fork(leaf)

        self._tell_leaving()
        return await self.resume(await self._chat_thread.ask(fork, self._open_chat()))

    async def select(self, message: int, *, is_last: bool = False) -> list[Event]:
        """Make the path to a message the conversation; return the events that show it.

        Args:
            message: its id.
            is_last: whether the conversation ends there, and does not go on with what followed.

        Raises:
            StoreError: the session's file cannot be written.
        """

        def select(chat: Chat) -> list[Event]:
            chat.select(message, is_last=is_last)
            return list(chat.replay())

        self._tell_leaving()
        return await self._chat_thread.ask(select, self._open_chat())

    async def delete(self) -> Path:
        """Leave this conversation for an empty one and move its session to the trash.

        Returns:
            Where it is now.

        Raises:
            StoreError: it cannot be moved; it is left all the same.
        """
        path = self.session_file
        assert path is not None  # noqa: S101
        self.start_conversation()
        # On the chat's thread, which lets go of the session first.
        return await self._chat_thread.ask(delete_session, path)

    async def rename(self, title: str) -> None:
        """Give this conversation a title.

        Raises:
            StoreError: the session's file cannot be written.
        """
        if self._chat is not None:
            await asyncio.to_thread(self._chat.store.rename, title)

    async def note_spoken(self, number: int, tell: Callable[[int], SpokenAnswer]) -> None:
        """Keep how far a message was heard that was spoken.

        Args:
            number: what events call the message.
            tell: says it, given the message's id.

        Raises:
            StoreError: the session's file cannot be written.
        """
        if (chat := self._chat) is not None:
            await asyncio.to_thread(_note_spoken, chat, number, tell)

    def note_spoken_at_once(self, number: int, tell: Callable[[int], SpokenAnswer]) -> None:
        """Keep it, as ``note_spoken`` does, before the conversation is left.

        A file that cannot be written now gets it with what is written next; the log tells of it.
        """
        if (chat := self._chat) is not None:
            try:
                _note_spoken(chat, number, tell)
            except StoreError:
                logger.exception("How far an answer was heard is not kept yet")

    async def replay(self) -> list[Event]:
        """Return the events that show the conversation as it stands."""
        return await self._chat_thread.ask(lambda chat: list(chat.replay()), self._open_chat())

    async def count_context(self) -> int:
        """Return how many tokens of the conversation the model reads before the next question.

        None are told of one that was left while they were counted.
        """
        if (chat := self._chat) is None:
            return 0
        used = await self._chat_thread.ask(chat.count_context)
        return used if self._chat is chat else 0

    def start_conversation(self) -> None:
        """Leave this conversation for an empty one; what still comes from the old is dropped."""
        self._tell_leaving()
        self.stop()
        if self._chat is not None:
            # When its last turn is over, for a turn writes to the end.
            self._chat_thread.submit(close_session, self._chat)
        self._chat = None
        self._begin(None, datetime.now().astimezone())

    def _tell_leaving(self) -> None:
        if self.leaving is not None:
            self.leaving()

    def _keep_elsewhere(self) -> None:
        self._chat = None  # the next is kept where the settings say then

    # --- on the chat's thread ------------------------------------------------------------------

    def _open_chat(self) -> Chat:
        if self._chat is None:
            from engine.chat import Chat
            from engine.conversation.store import Store

            self._chat = Chat(
                self._worker,
                hyperparameters=self._acting_hyperparameters(),
                approval=self.approval,
                store=Store(self.sessions_folder) if self.keeps_sessions else None,
            )
        return self._chat

    def _reopen(self, session: Path | Store) -> tuple[Chat, list[Event]]:
        """Have a session that is kept be the conversation."""
        from engine.chat import Chat
        from engine.conversation.store import Store

        store = Store.open(session) if isinstance(session, Path) else session
        try:
            chat = Chat.open(
                self._worker,
                store,
                hyperparameters=self._acting_hyperparameters(),
                approval=self.approval,
            )
            events = list(chat.replay())
        except BaseException:
            store.close()
            raise
        # Here and not on the screen's thread, where it could cross with one that is being opened.
        left, self._chat = self._chat, chat
        if left is not None:
            close_session(left)
        return chat, events

    @property
    def sessions_folder(self) -> Path:
        """Where conversations are kept."""
        return sessions_folder(self._settings)


def _note_spoken(chat: Chat, number: int, tell: Callable[[int], SpokenAnswer]) -> None:
    if (id_ := chat.message_id(number)) is not None:
        chat.store.note_spoken(tell(id_))


def _start_worker(settings: Settings) -> Worker:
    from engine.worker import Worker

    return Worker(disk_cache=settings.disk_cache, unpack=settings.unpack)
