"""Gathers what comes of one turn, in the pieces that a client is told."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from engine.events import (
    Event,
    MessageClosed,
    MessageOpened,
    PrefillProgress,
    TextDelta,
    TokenSampled,
    ToolCallFinished,
    ToolCallRequested,
    TurnEnded,
)
from engine.tools.registry import NAMESPACE

FinishReason = Literal["stop", "length", "tool_calls"]
Kind = Literal["reasoning", "content", "call"]

BETWEEN = "\n\n"
"""Stands between two messages that the client is told as one text."""


@dataclass(slots=True)
class Call:
    """A call of one of the client's functions."""

    index: int
    name: str
    id: str = field(default_factory=lambda: f"call_{secrets.token_hex(12)}")
    arguments: str = ""


@dataclass(frozen=True, slots=True)
class Delta:
    """More of an answer."""

    kind: Kind
    text: str
    call: Call | None = None
    """The one that the text belongs to."""
    is_first: bool = False
    """Whether the call begins with it."""
    tokens: tuple[TokenSampled, ...] = ()
    """Those of the text, if they are asked for."""


Piece = Delta | PrefillProgress | ToolCallRequested | ToolCallFinished
"""What is told of a turn; calls are those of our own tools, one after another."""


class StopFilter:
    """Lets a text pass until one of some strings comes, which is held back with all after it."""

    def __init__(self, stops: Sequence[str]) -> None:
        """Take the strings; none of them is empty."""
        self._stops = stops
        self._held = ""
        self.is_over = False
        """Whether one of them came."""

    def feed(self, text: str) -> str:
        """Return what can be told once more text has come."""
        if self.is_over:
            return ""
        held = self._held + text
        places = [place for stop in self._stops if (place := held.find(stop)) >= 0]
        if places:
            self.is_over, self._held = True, ""
            return held[: min(places)]
        kept = max((_overlap(held, stop) for stop in self._stops), default=0)
        self._held = held[len(held) - kept :]
        return held[: len(held) - kept]

    def finish(self) -> str:
        """Return what was held back of a text that is over."""
        held, self._held = self._held, ""
        return held


def _overlap(text: str, stop: str) -> int:
    """Return how many characters at a text's end may be the beginning of a stop string."""
    longest = min(len(text), len(stop) - 1)
    return next((n for n in range(longest, 0, -1) if stop.startswith(text[-n:])), 0)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a client wants told of a turn."""

    functions: Collection[str] = ()
    """The client's own, as they are addressed."""
    own: Collection[str] = ()
    """Our own tools, as they are addressed."""
    stops: Sequence[str] = ()
    has_form: bool = False
    """Whether content has to be the final message and nothing else."""
    one_call: bool = False
    """Whether only the first call is told."""
    controls: Collection[int] = ()
    """Tokens that are no text."""


class Answer:
    """What one turn has come to; hears the turn's events on the engine's thread."""

    def __init__(
        self,
        wanted: Wanted,
        tell: Callable[[Piece], None],
        stop: Callable[[], None],
    ) -> None:
        """Begin with nothing.

        Args:
            wanted: what is told.
            tell: takes each piece as it comes; returns at once.
            stop: ends the turn.
        """
        self._wanted = wanted
        self._tell = tell
        self._stop = stop
        self._filter = StopFilter(wanted.stops)
        self._kind: Kind | None = None
        """Of the message that is open."""
        self._measured: list[TokenSampled] = []
        self._is_own = False
        """Whether the call that runs is of one of our own tools."""
        self.reasoning = ""
        self.content = ""
        self.tokens: list[TokenSampled] = []
        """Those of the content."""
        self.calls: list[Call] = []
        self.reasoning_tokens = 0

    def finish_reason(self, ended: TurnEnded) -> FinishReason:
        """Return why the answer is over."""
        if self._filter.is_over:
            return "stop"
        if ended.finish == "length":
            return "length"
        return "tool_calls" if self.calls else "stop"

    def hear(self, event: Event) -> None:
        """Take an event of the turn."""
        if self._filter.is_over:
            return
        match event:
            case PrefillProgress():
                self._tell(event)
            case TokenSampled() if self._kind == "content":
                if event.token not in self._wanted.controls:
                    self._measured.append(event)
            case MessageOpened():
                self._open(event)
            case TextDelta(text=text):
                self._add(text)
            case MessageClosed():
                self._close(event)
            case ToolCallRequested() | ToolCallFinished():
                self._tell_own(event)

    def _tell_own(self, event: ToolCallRequested | ToolCallFinished) -> None:
        """Tell of a call if it is of one of our own tools."""
        if isinstance(event, ToolCallRequested):
            self._is_own = event.recipient in self._wanted.own
        if self._is_own:
            self._tell(event)

    def _open(self, opened: MessageOpened) -> None:
        self._kind = self._kind_of(opened)
        if self._kind == "call":
            assert opened.recipient is not None  # noqa: S101
            name = opened.recipient.removeprefix(f"{NAMESPACE}.")
            self.calls.append(Call(len(self.calls), name))
            self._tell(Delta("call", "", self.calls[-1], is_first=True))
        elif (self._kind == "reasoning" and self.reasoning) or (
            self._kind == "content" and self.content
        ):
            self._add(BETWEEN)

    def _kind_of(self, opened: MessageOpened) -> Kind | None:
        """Return what a message is to the client; None for what it is not told."""
        if opened.role != "assistant" or opened.channel is None:
            return None
        if opened.recipient is not None:
            is_told = not (self._wanted.one_call and self.calls)
            return "call" if is_told and opened.recipient in self._wanted.functions else None
        if opened.channel == "analysis":
            return "reasoning"
        is_content = opened.channel == "final" and not self.content
        return "content" if is_content or not self._wanted.has_form else "reasoning"

    def _add(self, text: str) -> None:
        match self._kind:
            case "reasoning":
                self.reasoning += text
                self._tell(Delta("reasoning", text))
            case "content":
                self._pass_on(self._filter.feed(text))
                if self._filter.is_over:
                    self._stop()
            case "call":
                self.calls[-1].arguments += text
                self._tell(Delta("call", text, self.calls[-1]))

    def _pass_on(self, text: str) -> None:
        """Tell more content, with all tokens that have come."""
        if not text:
            return
        self.content += text
        self.tokens += self._measured
        self._tell(Delta("content", text, tokens=tuple(self._measured)))
        self._measured.clear()

    def _close(self, closed: MessageClosed) -> None:
        if closed.role == "assistant" and closed.channel == "analysis" and not closed.recipient:
            self.reasoning_tokens += len(closed.tokens)
        if self._kind == "content":
            self._pass_on(self._filter.finish())
        elif self._kind == "call" and not self.calls[-1].arguments and closed.ending != "cut":
            self._add("{}")  # a function without arguments; clients read this as JSON
        self._kind = None


def usage(prompt: int, cached: int, sampled: int, reasoning: int) -> dict[str, Any]:
    """Return how many tokens a completion took, as OpenAI's API tells it.

    Whatever is read is kept in the KV cache.
    """
    return {
        "prompt_tokens": prompt,
        "completion_tokens": sampled,
        "total_tokens": prompt + sampled,
        "prompt_tokens_details": {"cached_tokens": cached, "cache_write_tokens": prompt - cached},
        "completion_tokens_details": {"reasoning_tokens": reasoning},
    }
