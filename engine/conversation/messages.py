"""A conversation as it is kept: a tree of messages, and what is known of how each came to be.

All of it is immutable and holds nothing but text, numbers and times, so that a file, an export or
a screen can be made of it without a model. Identifiers are whole numbers that count up within one
session; a message's parent always has a lower one. Messages with the same parent are siblings:
they came about by editing, regenerating or branching, and all of them are kept. One message is the
active leaf; the way to it from the root is the conversation as it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, Literal

from engine.conversation.spoken import SpokenAnswer
from engine.conversation.titles import title_from
from engine.events import Ending, EndOfThinking, Finish
from engine.values import value

UNTITLED = "New conversation"

Approval = Literal["unasked", "asked", "allowed", "declined"]
"""Whether the person had to allow a call: not at all, not answered yet, or the answer."""

Outcome = Literal["done", "failed", "declined"]


@value
class Branch:
    """Where a message parts from another one that it shares its beginning with."""

    message: int
    token: int
    """How many of the other one's tokens it begins with."""


@value
class Message:
    """One message, said by the person, the model or a tool."""

    id: int
    parent: int | None
    """None for the first of a conversation."""
    role: str
    """``user``, ``assistant``, ``tool``, ``system`` or ``developer``; of a message whose role the
    model forged, what it pretended to be."""
    text: str
    channel: str | None = None
    recipient: str | None = None
    """The tool that an assistant's message calls; ``assistant`` for what a tool answers."""
    name: str | None = None
    """The tool that speaks, such as ``functions.get_time``; None for other roles."""
    content_type: str | None = None
    tokens: Sequence[int] = ()
    """The exact ids, sampled or rendered; empty where they are not known (an imported message)."""
    ending: Ending = "end"
    time: datetime | None = None
    """When it was complete, in UTC; None where an import did not tell."""
    turn: int | None = None
    """The turn that it came about in (see ``TurnRecord``)."""
    irregular: bool = False
    """Whether the model broke the format here."""
    is_genuine: bool = True
    """Whether it is part of the conversation. It is not where the model forged another's role, or
    sampled tokens that make no message; such a message is shown and kept, and never in a prompt."""
    branch: Branch | None = None

    @property
    def is_cut(self) -> bool:
        """Whether nothing closed it: a limit, the person or a crash cut it short."""
        return self.ending == "cut"


@value
class Preamble:
    """What the model was told before the first message."""

    instructions: str = ""
    """The text of the developer message."""
    tokens: Sequence[int] = ()
    """The system and developer messages as they were rendered; empty where that is not known."""


NO_PREAMBLE = Preamble()


@value
class Change:
    """Hyperparameters that act from a token of a turn on."""

    token: int
    """The number of the first sampled token of the turn that they act on; counts from 0."""
    values: Mapping[str, Any]


@value
class ThinkingEnd:
    """An analysis that was ended in the model's place, and the answer begun in it."""

    token: int
    """How many tokens of the turn were sampled before."""
    reason: EndOfThinking


@value
class TurnRecord:
    """How one answer came to be, from the person's words to the end of the answer.

    Answering the same words anew is another turn: it answers the same user message.
    """

    id: int
    user: int | None
    """The message that is answered."""
    started: datetime | None = None
    model: str = ""
    fingerprint: str = ""
    """Identifies the model's weights, whatever their folder is called."""
    seed: int | None = None
    hyperparameters: Mapping[str, Any] = field(default_factory=dict)
    """Those in force at the first token."""
    changes: tuple[Change, ...] = ()
    thinking: tuple[ThinkingEnd, ...] = ()
    preamble: Preamble = NO_PREAMBLE
    finish: Finish | None = None
    """Why it ended; None where it never did, as after a crash."""
    reason: str = ""
    """A sentence that says more, where it did not end by itself."""
    statistics: Mapping[str, float] = field(default_factory=dict)
    """Token counts and seconds, by the names of ``engine.events.Statistics``."""

    def hyperparameters_at(self, token: int) -> dict[str, Any]:
        """Return what was in force when the turn's token of a number was sampled."""
        values = dict(self.hyperparameters)
        for change in self.changes:
            if change.token <= token:
                values.update(change.values)
        return values


@value
class ToolCall:
    """One call of a tool, and what came of it."""

    id: int
    message: int
    """The assistant's message that asks for it."""
    recipient: str
    arguments: str
    """The text of the message: JSON for functions."""
    effects: str = ""
    """What the tool may do to the world, as the person was told."""
    approval: Approval = "unasked"
    is_started: bool = False
    """Whether it began to run; such a call without an outcome may have had effects."""
    outcome: Outcome | None = None
    """None where it never ended, as after a crash."""
    output: str = ""
    seconds: float = 0.0
    result: int | None = None
    """The tool's message with the output, which the model reads."""
    place: str = ""
    """Where it ran, such as ``sandbox: bubblewrap``; empty where that is not known."""
    allowed_by: str = ""
    """Who or what allowed it, as the person was told."""
    figures: tuple[str, ...] = ()
    """Paths of the pictures that it drew."""


@value
class Origin:
    """The session and message that a session was forked from."""

    session: str
    message: int


@value
class Head:
    """What a session's first line says."""

    id: str
    started: datetime
    """In UTC."""
    forked_from: Origin | None = None
    source: str = ""
    """Where it was imported from, such as ``chatgpt``; empty for one of our own."""


@value
class Turn:
    """A person's words and everything up to their next ones, on one path."""

    user: Message | None
    """None for messages that stand before the first words."""
    messages: tuple[Message, ...]
    """The model's and the tools', in order."""
    record: TurnRecord | None
    """Of the last of the messages; None where nothing is known of how it came to be."""

    @property
    def answer(self) -> Message | None:
        """The last final message."""
        for message in reversed(self.messages):
            if message.role == "assistant" and message.channel == "final":
                return message
        return None


@dataclass(frozen=True)
class Session:
    """A whole conversation with all its branches.

    Made by ``read_session`` of a file and by imports of anything else; ``write_session`` keeps one.
    """

    head: Head
    messages: Mapping[int, Message] = field(default_factory=dict)
    """By id, in the order in which they came about; parents stand before their children."""
    leaf: int | None = None
    """The active leaf; None only where there are no messages."""
    name: str = ""
    """The title that the person gave; empty where they gave none."""
    turns: Mapping[int, TurnRecord] = field(default_factory=dict)
    calls: Mapping[int, ToolCall] = field(default_factory=dict)
    damaged: int = 0
    """How many lines of the file could not be read and are missing here."""
    spoken: Mapping[int, SpokenAnswer] = field(default_factory=dict)
    """Messages that were spoken, by their ids."""

    @property
    def id(self) -> str:
        """The session's name among all sessions."""
        return self.head.id

    @property
    def title(self) -> str:
        """The given title, or one made of the first words of the first exchange."""
        return self.name or title_from(self.first_words) or UNTITLED

    @property
    def first_words(self) -> str:
        """The text of the first user message; empty where there is none."""
        words = (m.text for m in self.messages.values() if m.role == "user" and m.is_genuine)
        return next(words, "")

    @property
    def model(self) -> str:
        """The model that answered last; empty where none did or its name is not known."""
        return next((t.model for t in reversed(list(self.turns.values())) if t.model), "")

    @property
    def updated(self) -> datetime:
        """When something was said last, in UTC."""
        times = [m.time for m in self.messages.values() if m.time is not None]
        return max([self.head.started, *times])

    @cached_property
    def _children(self) -> dict[int | None, list[int]]:
        children: dict[int | None, list[int]] = {}
        for message in self.messages.values():
            children.setdefault(message.parent, []).append(message.id)
        return children

    def children(self, message: int | None) -> list[Message]:
        """Return what follows a message, oldest first; the roots for None."""
        return [self.messages[child] for child in self._children.get(message, [])]

    def siblings(self, message: int) -> list[Message]:
        """Return all messages with the same parent, oldest first, the message itself included."""
        return self.children(self.messages[message].parent)

    def has_siblings(self, message: int) -> bool:
        """Return whether another message has the same parent."""
        return len(self._children[self.messages[message].parent]) > 1

    @property
    def has_branches(self) -> bool:
        """Whether any message has siblings."""
        return any(len(ids) > 1 for ids in self._children.values())

    def next_sibling(self, message: int) -> Message | None:
        """Return the next younger sibling."""
        return self._beside(message, 1)

    def previous_sibling(self, message: int) -> Message | None:
        """Return the next older sibling."""
        return self._beside(message, -1)

    def _beside(self, message: int, step: int) -> Message | None:
        ids = self._children[self.messages[message].parent]
        place = ids.index(message) + step
        return self.messages[ids[place]] if 0 <= place < len(ids) else None

    def newest_leaf(self, message: int) -> int:
        """Return where following the youngest child from a message on ends: its id."""
        while children := self._children.get(message):
            message = children[-1]
        return message

    def path(self, leaf: int | None = None) -> list[Message]:
        """Return the messages from the root to a message, by default to the active leaf."""
        path: list[Message] = []
        step = self.leaf if leaf is None else leaf
        while step is not None:
            path.append(self.messages[step])
            step = path[-1].parent
        path.reverse()
        return path

    def path_turns(self, leaf: int | None = None) -> list[Turn]:
        """Return the turns of the path to a message, by default to the active leaf."""
        if leaf is None or leaf == self.leaf:
            return [*self._active_turns]
        return self._turns_to(leaf)

    @cached_property
    def _active_turns(self) -> list[Turn]:
        return self._turns_to(self.leaf)

    def _turns_to(self, leaf: int | None) -> list[Turn]:
        return [self._turn(list(group)) for group in _by_words(self.path(leaf))]

    def _turn(self, messages: list[Message]) -> Turn:
        user = messages[0] if messages[0].role == "user" else None
        last = messages[-1].turn
        record = None if last is None else self.turns.get(last)
        return Turn(user, tuple(messages[user is not None :]), record)

    def calls_of(self, message: int) -> list[ToolCall]:
        """Return the calls that a message asks for; a continued message may have several."""
        return [call for call in self.calls.values() if call.message == message]


def linear(messages: Iterable[Message]) -> dict[int, Message]:
    """Return messages by id, as ``Session`` takes them."""
    return {message.id: message for message in messages}


def up_to(session: Session, message: int, head: Head) -> Session:
    """Return a session that holds the path to a message, with its turns and calls, and no more.

    Args:
        session: what is forked.
        message: the last message that the fork holds, of any role.
        head: names the new session; its ``forked_from`` is filled in.
    """
    path = linear(session.path(message))
    turns = {m.turn for m in path.values()}
    return Session(
        Head(head.id, head.started, Origin(session.id, message), session.head.source),
        path,
        message,
        session.name,
        {id_: turn for id_, turn in session.turns.items() if id_ in turns},
        {
            id_: call
            for id_, call in session.calls.items()
            if call.message in path and (call.result is None or call.result in path)
        },
        spoken={id_: spoken for id_, spoken in session.spoken.items() if id_ in path},
    )


def _by_words(path: Iterable[Message]) -> Iterator[list[Message]]:
    """Give the messages of a path in groups that begin with the person's words."""
    group: list[Message] = []
    for message in path:
        if message.role == "user" and message.is_genuine and group:
            yield group
            group = []
        group.append(message)
    if group:
        yield group
