"""Runs the calls that a model makes, those that the person has to allow first among them."""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from queue import SimpleQueue
from time import perf_counter
from typing import TYPE_CHECKING, Literal, TypeVar

from engine.events import Notice, ToolCallRequested, ToolCallStarted, ToolOutput
from engine.tools.permissions import CallFacts, Permissions, Remember
from engine.tools.registry import Registry, Running, Tool, ToolError
from engine.tools.rules import canonical
from engine.turn.following import StoppedError, follow
from engine.worker import Listener

if TYPE_CHECKING:
    from engine.tools.apply_patch import FileChange

DECLINED = "The user declined this call."
STOPPED = "The user stopped this call."
LEFT_RUNNING = "The user stopped this call. It may have had effects."
LEFT_BEHIND = (
    "This call has no result: the program ended before it was done. It may have had effects."
)
THE_PERSON = "you"
"""Who allowed a call that was asked about."""

MOST_CALLS = 32
"""A turn may make so many; of more the model reads that it has made them."""
MOST_REPEATS = 3
"""So often it may make the same one."""
LONGEST_OUTPUT = 100_000
"""Characters that the model reads of one call; most tools keep to far fewer by themselves."""

Outcome = Literal["done", "failed", "declined"]

Value = TypeVar("Value")

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of a call."""

    outcome: Outcome
    output: str
    """What the model reads."""
    seconds: float = 0.0
    """How long it ran."""
    figures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Word:
    """What the person said of a call that was asked about."""

    number: int
    allowed: bool
    reason: str = ""
    remember: Remember = "once"


class Caller:
    """Runs one turn's calls on the turn's thread; any thread may answer or cancel."""

    def __init__(self) -> None:
        """Begin with no answers, and no calls made."""
        self._words: SimpleQueue[Word | None] = SimpleQueue()
        self._lock = threading.Lock()
        self._running: Running | None = None
        self._made: Counter[tuple[str, str]] = Counter()
        """How often each call was made."""
        self.is_cancelled = False
        """Whether the turn was stopped."""

    def answer(
        self, number: int, allowed: bool, *, reason: str = "", remember: Remember = "once"
    ) -> None:
        """Allow or decline a call that was asked about; see ``Chat.answer``."""
        self._words.put(Word(number, allowed, reason, remember))

    def cancel(self) -> None:
        """Stop what runs, decline what is being asked about, and all that comes."""
        with self._lock:
            self.is_cancelled = True
            running = self._running
        self._words.put(None)
        if running is not None:
            running.cancel()

    def run(
        self, call: tuple[int, str, str], tools: Registry, permissions: Permissions, hear: Listener
    ) -> Answered:
        """Run a call if it is allowed; return how that went and what the model reads of it.

        Args:
            call: its number in the turn, the recipient, and the arguments as they were sampled.
            tools: what may be called.
            permissions: say which calls the person has to allow, and which are refused.
            hear: is told that it was asked for, that it began, and what it writes, all on the
                thread that calls this.
        """
        number, recipient, arguments = call
        requested = ToolCallRequested(number, recipient, arguments, "", needs_approval=False)
        try:
            self._count(recipient, arguments)
            tool = tools.find(recipient)
        except ToolError as error:
            hear(requested)
            return Answered("failed", f"Error: {error}")
        requested = replace(
            requested, effects=tool.effects_of(arguments), place=tool.place_of(arguments)
        )
        return _Call(self, tool, requested, permissions, hear).run()

    def _count(self, recipient: str, arguments: str) -> None:
        """Count a call.

        Raises:
            ToolError: the turn has made too many.
        """
        made = (recipient, canonical(arguments))
        if self._made.total() >= MOST_CALLS:
            raise ToolError(
                f"this turn has made {MOST_CALLS} calls, and may make no more. Answer now, with "
                "what you know."
            )
        if self._made[made] >= MOST_REPEATS:
            raise ToolError(
                f"this same call was made {MOST_REPEATS} times in this turn, and is not made "
                "again. Use what it gave, call something else, or answer."
            )
        self._made[made] += 1

    def await_word(self, number: int) -> Word | None:
        """Wait for the person's answer to a call; None if they stopped the turn."""
        while not self.is_cancelled:
            word = self._words.get()
            if word is not None and word.number == number:
                return word
        return None

    def follow(self, work: Callable[[Running], Value], show: Callable[[str], None]) -> Value:
        """Return what work gives that can be stopped as the turn can; see ``following.follow``."""
        running = Running()
        with self._lock:
            self._running = running
            is_cancelled = self.is_cancelled
        if is_cancelled:
            running.cancel()
        try:
            return follow(work, running, show)
        finally:
            with self._lock:
                self._running = None


@dataclass(frozen=True, slots=True)
class _Call:
    """One call of a tool that there is."""

    caller: Caller
    tool: Tool
    requested: ToolCallRequested
    permissions: Permissions
    hear: Listener

    def run(self) -> Answered:
        """Have it judged, ask about it if need be, and run it."""
        requested, arguments = self.requested, self.requested.arguments
        facts = CallFacts(
            requested.recipient,
            arguments,
            self.tool.touches_of(arguments),
            self.tool.host_of(arguments),
        )
        verdict = self.permissions.decide(facts)
        if verdict.action == "refuse":
            self.hear(requested)
            return Answered("declined", refuse(verdict.reason))
        try:
            requested = replace(requested, changes=self._preview())
        except StoppedError:
            self.hear(requested)
            return Answered("declined", STOPPED)
        except Exception as error:  # noqa: BLE001 (what cannot be done need not be asked about)
            self.hear(requested)
            return Answered("failed", self._explain(error))
        is_asked = verdict.action == "ask"
        if is_asked:
            requested = replace(
                requested,
                needs_approval=True,
                reason=verdict.reason,
                choices=self.permissions.choices(facts),
            )
        self.hear(requested)
        if is_asked and (declined := self._ask(facts)) is not None:
            return declined
        self.hear(ToolCallStarted(requested.call, THE_PERSON if is_asked else verdict.reason))
        return self._start()

    def _preview(self) -> tuple[FileChange, ...]:
        """Return what it would do to files.

        Raises:
            StoppedError: the turn was stopped before that was known.
            Exception: it could not be done.
        """
        preview, arguments = self.tool.preview, self.requested.arguments
        if preview is None:
            return ()
        return self.caller.follow(lambda _: preview(arguments), lambda _: None)

    def _ask(self, facts: CallFacts) -> Answered | None:
        """Wait for the person's word; return what the model reads if it is no."""
        word = self.caller.await_word(self.requested.call)
        if word is None:
            return Answered("declined", STOPPED)
        # A no for good is never, a yes is not.
        if word.allowed == (word.remember != "never"):
            said = self.permissions.remember(facts, word.remember)
            if said:
                self.hear(Notice(said))
        if word.allowed:
            return None
        reason = " ".join(word.reason.split())
        return Answered("declined", f"{DECLINED[:-1]}: {reason}" if reason else DECLINED)

    def _start(self) -> Answered:
        number, arguments = self.requested.call, self.requested.arguments
        begin = perf_counter()
        try:
            result = self.caller.follow(
                lambda running: self.tool.start(arguments, running),
                lambda text: self.hear(ToolOutput(number, text)),
            )
        except StoppedError:
            said = LEFT_RUNNING if self.requested.effects else STOPPED
            return Answered("failed", said, perf_counter() - begin)
        except Exception as error:  # noqa: BLE001 (whatever it is, the model can act on it)
            return Answered("failed", self._explain(error), perf_counter() - begin)
        outcome: Outcome = "failed" if result.is_failed else "done"
        seconds = perf_counter() - begin
        return Answered(outcome, bounded(result.text), seconds, result.figures)

    def _explain(self, error: Exception) -> str:
        if isinstance(error, ToolError):
            return f"Error: {bounded(str(error))}"
        logger.error("the tool %s broke", self.tool.recipient, exc_info=error)
        return f"Error: the tool broke: {bounded(str(error))}"


def refuse(reason: str) -> str:
    """Return what the model reads of a call that the person's settings do not allow."""
    return f"This call was refused: the user does not allow it ({reason})."


def bounded(text: str) -> str:
    """Return a text, or its beginning and its end with how much lies between."""
    left_out = len(text) - LONGEST_OUTPUT
    if left_out <= 0:
        return text
    head, tail = text[: LONGEST_OUTPUT // 2], text[-(LONGEST_OUTPUT - LONGEST_OUTPUT // 2) :]
    return f"{head}\n\n[... {left_out:,} characters left out ...]\n\n{tail}"
