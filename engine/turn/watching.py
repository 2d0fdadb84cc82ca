"""Watches an answer come: whether its thinking is to end, and whether it goes round in circles."""

from __future__ import annotations

from engine.config.hyperparameters import Hyperparameters
from engine.events import EndOfThinking
from engine.generation.loops import Loop, LoopDetector
from engine.harmony.encoding import MESSAGE


class Watch:
    """Follows the tokens of one turn; the person can end its thinking from any thread."""

    def __init__(self) -> None:
        """Begin with nothing seen."""
        self.ends_thinking: EndOfThinking | None = None
        """Why the analysis is to end before the model ends it."""
        self.loop: Loop | None = None
        """What is to end the answer."""
        self.begin()

    def begin(self) -> None:
        """Forget what was seen: all tokens come again."""
        self._thought, self._detector = 0, LoopDetector()

    def ready(self) -> None:
        """Forget what has ended something, so that it can go on."""
        self.loop = self.ends_thinking = None

    def answer_now(self, reason: EndOfThinking) -> None:
        """Have the analysis end at the next token, if there is one then."""
        self.ends_thinking = self.ends_thinking or reason

    def observe(self, token: int, channel: str | None) -> Loop | None:
        """Follow how long the model thinks, and return a loop that closes with this token.

        Args:
            token: the next one.
            channel: of the message that is open after it.
        """
        self._thought += channel == "analysis" and token != MESSAGE
        loop = self._detector.feed(token)
        if loop is not None:
            self._detector = LoopDetector()
        return loop

    def must_interrupt(self, token: int, channel: str | None, now: Hyperparameters) -> bool:
        """Return whether the sampling ends with this token: its thinking, or for good.

        Args:
            token: the next one.
            channel: of the message that is open after it.
            now: what is set at this moment.
        """
        is_over, is_thinking = False, channel == "analysis"
        loop = self.observe(token, channel)
        if 0 < now.thinking_budget <= self._thought:
            self.answer_now("budget")
        if loop is not None and now.loop_detection != "off":
            if is_thinking and now.loop_detection == "answer":
                self.answer_now("loop")
            else:
                self.loop, is_over = loop, True
        if channel == "final":
            self.ends_thinking = None
        return is_over or (is_thinking and self.ends_thinking is not None)


def explain_loop(loop: Loop) -> str:
    """Return what a person reads of an answer that was stopped because it repeated itself."""
    which = "token" if loop.period == 1 else f"{loop.period} tokens"
    return (
        f"The last {which} came {loop.repeats} times in a row, so the answer was "
        "stopped. A higher temperature or dry_multiplier helps; loop_detection off lets it go on."
    )
