"""A session that is put together from a foreign file, message by message.

Identifiers, turns and tool calls follow from what is added and in which order, so that every
format makes the same kind of session and none has to know how one is kept.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from engine.conversation.messages import Head, Message, Preamble, Session, ToolCall, TurnRecord
from engine.events import Ending, Finish

FUNCTIONS = "functions"
"""The namespace that Harmony puts a developer's functions in."""

BUILT_IN = ("python", "browser", "container")
"""The namespaces of tools that models were trained with; these are no developer's functions."""

CHANNELS = ("analysis", "commentary", "final")

UNFIT = re.compile(r"[^\w.:/@-]")
"""A character that no tool's name has."""


def recipient_of(name: str) -> str:
    """Return what Harmony calls a tool that other formats call ``name``."""
    return name if "." in name or name in BUILT_IN else f"{FUNCTIONS}.{name}"


def fitting(recipient: str) -> str:
    """Return a recipient with ``_`` for what could not stand in a message's header."""
    return UNFIT.sub("_", recipient)


def known_channel(channel: str | None, otherwise: str) -> str:
    """Return a channel that a foreign file names, or another one where Harmony has no such."""
    return channel if channel in CHANNELS else otherwise


def tool_name(recipient: str) -> str:
    """Return what other formats call a tool; ``recipient_of`` gives the recipient back."""
    short = recipient.removeprefix(f"{FUNCTIONS}.")
    return short if recipient_of(short) == recipient else recipient


@dataclass(frozen=True, slots=True)
class Said:
    """What a foreign file tells of one message; see ``Message``."""

    role: str
    text: str
    channel: str | None = None
    recipient: str | None = None
    name: str | None = None
    content_type: str | None = None
    time: datetime | None = None
    ending: Ending = "end"
    model: str = ""
    """The model that sampled it."""
    hyperparameters: Mapping[str, Any] = field(default_factory=dict)
    """Those that it was sampled with."""


def user(text: str, time: datetime | None = None) -> Said:
    """Return words of the person's."""
    return Said("user", text, time=time)


def reasoning(text: str, time: datetime | None = None, model: str = "") -> Said:
    """Return reasoning of the model's."""
    return Said("assistant", text, "analysis", time=time, model=model)


def final(text: str, time: datetime | None = None, model: str = "") -> Said:
    """Return an answer of the model's."""
    return Said("assistant", text, "final", time=time, model=model)


def call(
    recipient: str, arguments: str, time: datetime | None = None, model: str = "", *, is_json: bool
) -> Said:
    """Return a call of a tool."""
    return Said(
        "assistant",
        arguments,
        "commentary",
        fitting(recipient),
        content_type="json" if is_json else None,
        time=time,
        ending="call",
        model=model,
    )


def result(name: str, text: str, time: datetime | None = None) -> Said:
    """Return what the tool that is addressed as ``name`` answered."""
    return Said("tool", text, "commentary", "assistant", fitting(name), time=time)


class Draft:
    """Messages as they come; each follows the one before unless it is said to follow another."""

    def __init__(self, source: str, instructions: str = "") -> None:
        """Begin without messages.

        Args:
            source: the name of the format, which the session keeps.
            instructions: what the model was told beforehand.
        """
        self._source = source
        self._preamble = Preamble(instructions)
        self._messages: dict[int, Message] = {}
        self._turns: dict[int, TurnRecord] = {}
        self._calls: dict[int, ToolCall] = {}
        self.call_of: dict[int, int] = {}
        """The call that a message asks for."""
        self._continued: set[int] = set()
        """Messages that one of the same turn follows."""
        self.last: int | None = None
        """The message that the next one follows."""

    def __len__(self) -> int:
        return len(self._messages)

    def add(self, said: Said) -> int:
        """Put a message after the last one and return its id, which is then the last one."""
        id_ = len(self._messages) + 1
        turn = self._turn(said) if said.role in ("assistant", "tool") else None
        if said.role == "assistant" and said.recipient is not None:
            number = self.call_of[id_] = len(self._calls) + 1
            self._calls[number] = ToolCall(number, id_, said.recipient, said.text)
        self._messages[id_] = Message(
            id_,
            self.last,
            said.role,
            said.text,
            said.channel,
            said.recipient,
            said.name,
            said.content_type,
            ending=said.ending,
            time=said.time,
            turn=turn,
        )
        self.last = id_
        return id_

    def add_result(self, said: Said, asked: int | None) -> int:
        """Put a tool's answer after the last message and return its id.

        Args:
            said: the answer.
            asked: the message that called the tool, where that is known.
        """
        id_ = self.add(said)
        if asked is not None:
            self.finish_call(asked, said.text, id_)
        return id_

    def finish_call(self, asked: int, output: str = "", answer: int | None = None) -> None:
        """Note that the tool that a message calls, if it calls one, has run.

        Args:
            asked: the message.
            output: what the tool gave.
            answer: the message with the output, if there is one.
        """
        if (number := self.call_of.get(asked)) is not None:
            self._calls[number] = replace(
                self._calls[number], is_started=True, outcome="done", output=output, result=answer
            )

    def recipient(self, message: int) -> str:
        """Return the tool that a message calls."""
        return self._messages[message].recipient or ""

    def roll_back(self, user_count: int) -> None:
        """Have the next message follow what stands before the last few of the person's words."""
        while user_count > 0 and self.last is not None:
            user_count -= self._messages[self.last].role == "user"
            self.last = self._messages[self.last].parent

    def finish_turn(self, finish: Finish) -> None:
        """Note why the turn of the last message ended; ``stop`` where nothing else is noted."""
        if self.last is not None and (turn := self._messages[self.last].turn) is not None:
            self._turns[turn] = replace(self._turns[turn], finish=finish)

    def _turn(self, said: Said) -> int:
        """Return the turn of a message of the model's or a tool's, a new one where it begins it."""
        before = None if self.last is None else self._messages[self.last]
        if before is not None and before.turn is not None and before.id not in self._continued:
            turn = self._turns[before.turn]
            if said.model in ("", turn.model) or not turn.model:
                self._continued.add(before.id)
                self._turns[turn.id] = replace(
                    turn,
                    model=turn.model or said.model,
                    hyperparameters=turn.hyperparameters or said.hyperparameters,
                )
                return turn.id
        id_ = len(self._turns) + 1
        self._turns[id_] = TurnRecord(
            id_,
            self._words_before(),
            said.time,
            said.model,
            hyperparameters=said.hyperparameters,
            preamble=self._preamble,
            finish="stop",
        )
        return id_

    def _words_before(self) -> int | None:
        """Return the person's message that what comes now answers."""
        step = self.last
        while step is not None and self._messages[step].role != "user":
            turn = self._messages[step].turn
            step = self._messages[step].parent if turn is None else self._turns[turn].user
        return step

    def session(
        self, modified: datetime, started: datetime | None = None, name: str = ""
    ) -> Session:
        """Return what was put together.

        Its active leaf is what a next message would follow, or what was added last where that one
        would follow none.

        Args:
            modified: when the file was written, for conversations that know of no time.
            started: when the conversation began, where that is known.
            name: its title; empty where it has none.
        """
        name = " ".join("".join(c if c.isprintable() else " " for c in name).split())
        times = [m.time for m in self._messages.values() if m.time is not None]
        began = started or min(times, default=modified)
        return Session(
            Head(self._identify(began, name), began, source=self._source),
            self._messages,
            self.last or max(self._messages, default=None),
            name,
            self._turns,
            self._calls,
        )

    def _identify(self, began: datetime, name: str) -> str:
        """Return an id that is the same whenever the same conversation is imported."""
        digest = hashlib.sha256(name.encode("utf-8", "surrogatepass"))
        for message in self._messages.values():
            parts = (message.parent, message.role, message.channel, message.recipient, message.text)
            digest.update(repr(parts).encode("utf-8", "surrogatepass"))
        return f"{began.astimezone(UTC):%Y%m%d-%H%M%S}-{digest.hexdigest()[:8]}"
