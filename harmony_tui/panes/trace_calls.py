"""The calls of a conversation as its events tell of them."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from harmony_tui.panes.tool_call import tool_name
from harmony_tui.tail import Tail

if TYPE_CHECKING:
    from engine.events import ToolCallFinished, ToolCallRequested, ToolCallStarted, ToolOutput

CallState = Literal["asked", "running", "done", "failed", "declined"]
STATES: Final[tuple[CallState, ...]] = ("asked", "running", "done", "failed", "declined")

MOST_CALLS: Final = 1000
"""Calls that the screen keeps; the session has them all."""
MOST_LIVE: Final = 1 << 16
"""Characters of what a call writes while it runs that are kept, the last ones."""
LEFT: Final = "The turn ended before this call did."
AGAIN: Final = "run again, not part of the conversation"
LONGEST_QUESTION: Final = 60


@dataclass(slots=True, eq=False)
class ToolCall:
    """One call. Its texts are as they came: whoever shows them makes them safe."""

    number: int
    """In its turn."""
    turn: int
    question: str
    """The beginning of the person's words that the turn answers."""
    recipient: str
    arguments: str
    effects: str = ""
    place: str = ""
    state: CallState = "asked"
    allowed_by: str = ""
    live: Tail = field(default_factory=lambda: Tail(MOST_LIVE))
    """What it has written while it ran."""
    output: str = ""
    """What the model reads of it."""
    started: float = 0.0
    """On the trace's clock."""
    seconds: float = 0.0
    tokens: int = 0
    figures: tuple[str, ...] = ()
    remark: str = ""
    is_again: bool = False
    """Whether the person had it made once more, outside of any turn."""

    @property
    def name(self) -> str:
        """The tool's name, safe to be shown."""
        return tool_name(self.recipient)

    @property
    def is_over(self) -> bool:
        """Whether nothing more comes of it."""
        return self.state in ("done", "failed", "declined")

    def matches(self, words: list[str]) -> bool:
        """Tell whether all of some words, in lower case, are in its name, arguments or output."""
        if not words:
            return True
        texts = [each.casefold() for each in (self.name, self.arguments, self.output)]
        return all(any(word in text for text in texts) for word in words)


class Trace:
    """The calls, the latest last, with those of the turn that is told now by their numbers."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin with none; ``clock`` gives seconds."""
        self.calls: list[ToolCall] = []
        self._clock = clock
        self._turn = 0
        self._question = ""
        self._by_number: dict[int, ToolCall] = {}
        self._again: ToolCall | None = None
        """The last call that was run again."""

    @property
    def turn_calls(self) -> list[ToolCall]:
        """The calls of the last turn that has any, in order."""
        calls = [call for call in self.calls if not call.is_again]
        first = len(calls)
        while first and calls[first - 1].turn == calls[-1].turn:
            first -= 1
        return calls[first:]

    @property
    def running(self) -> list[ToolCall]:
        """The calls that run now."""
        calls = (*self._by_number.values(), *([self._again] if self._again else ()))
        return [call for call in calls if call.state == "running"]

    def clear(self) -> None:
        """Forget everything."""
        self.calls.clear()
        self._again = None
        self.begin_turn("")

    def begin_turn(self, question: str) -> None:
        """Take note that a turn begins, which counts its calls anew."""
        self._turn += 1
        self._question = " ".join(question[: 4 * LONGEST_QUESTION].split())[:LONGEST_QUESTION]
        self._by_number.clear()

    def ask(self, event: ToolCallRequested) -> ToolCall:
        """Take in a call that the model wants."""
        call = ToolCall(
            event.call,
            self._turn,
            self._question,
            event.recipient,
            event.arguments,
            event.effects,
            event.place,
        )
        if event.call < 0:
            call.is_again, call.remark, self._again = True, AGAIN, call
        else:
            self._by_number[event.call] = call
        self.calls.append(call)
        return call

    def _find(self, number: int) -> ToolCall | None:
        """Return a call of the turn that is told now, or the one that is run again."""
        again = self._again
        if again is not None and again.number == number:
            return again
        return self._by_number.get(number)

    def start(self, event: ToolCallStarted) -> ToolCall | None:
        """Take note that a call runs; return it if it is known."""
        if (call := self._find(event.call)) is not None:
            call.state, call.allowed_by = "running", event.allowed_by
            call.started = self._clock()
        return call

    def write(self, event: ToolOutput) -> ToolCall | None:
        """Take in what a call writes; return it if it is known and runs."""
        call = self._find(event.call)
        if call is None or call.is_over:
            return None
        call.live.append(event.text)
        return call

    def finish(self, event: ToolCallFinished) -> ToolCall | None:
        """Take in what came of a call; return it if it is known."""
        if (call := self._find(event.call)) is not None:
            call.state, call.output, call.seconds = event.outcome, event.output, event.seconds
            call.tokens, call.figures = event.tokens, event.figures
            call.live = Tail(MOST_LIVE)
        return call

    def end_turn(self) -> list[ToolCall]:
        """Take note that nothing more comes of the turn's calls; return those it was news for."""
        left = [call for call in self._by_number.values() if not call.is_over]
        for call in left:
            call.seconds = self.seconds_of(call)
            call.output = call.live.read()
            call.state, call.remark = "failed", LEFT
        return left

    def go_back(self, next_call: int) -> list[ToolCall]:
        """Take out the turn's calls from a number on, and return them."""
        gone = [self._by_number.pop(each) for each in sorted(self._by_number) if each >= next_call]
        self.calls = [call for call in self.calls if call not in gone]
        return gone

    def drop_oldest(self) -> bool:
        """Forget the oldest calls where there are too many; return whether any were."""
        if len(self.calls) <= MOST_CALLS:
            return False
        self.calls = self.calls[MOST_CALLS // 5 :]
        return True

    def seconds_of(self, call: ToolCall) -> float:
        """Return how long a call took, or how long it has run by now."""
        if call.is_over:
            return call.seconds
        return max(0.0, self._clock() - call.started) if call.state == "running" else 0.0
