"""Runs the calls that a model makes, those that the person has to allow first among them."""

from __future__ import annotations

import logging
import threading
from queue import SimpleQueue
from typing import Literal

from engine.config.settings import Approval
from engine.events import ToolCallRequested, ToolCallStarted
from engine.tools.permissions import needs_approval
from engine.tools.registry import Registry, ToolError
from engine.worker import Listener

DECLINED = "The user declined this call."
STOPPED = "The user stopped this call."
LEFT_BEHIND = (
    "This call has no result: the program ended before it was done. It may have had effects."
)

Outcome = Literal["done", "failed", "declined"]

logger = logging.getLogger(__name__)


class Caller:
    """Runs one turn's calls on the turn's thread; any thread may answer or cancel."""

    def __init__(self) -> None:
        """Begin with no answers."""
        self._answers: SimpleQueue[tuple[int, bool] | None] = SimpleQueue()
        self._cancelled = threading.Event()

    def answer(self, number: int, allowed: bool) -> None:
        """Allow or decline a call that was asked about."""
        self._answers.put((number, allowed))

    def cancel(self) -> None:
        """Decline what is being asked about, and all that comes."""
        self._cancelled.set()
        self._answers.put(None)

    def run(
        self,
        call: tuple[int, str, str],
        tools: Registry,
        approval: Approval,
        hear: Listener,
    ) -> tuple[Outcome, str]:
        """Run a call if it is allowed; return how that went and what the model reads of it.

        Args:
            call: its number in the turn, the recipient, and the arguments as they were sampled.
            tools: what may be called.
            approval: which calls the person has to allow.
            hear: is told that it was asked for, and that it began.
        """
        number, recipient, arguments = call
        try:
            tool = tools.find(recipient)
        except ToolError as error:
            hear(ToolCallRequested(number, recipient, arguments, "", needs_approval=False))
            return "failed", f"Error: {error}"
        asked = needs_approval(tool, approval)
        hear(ToolCallRequested(number, recipient, arguments, tool.effects, asked))
        if asked and not self._is_allowed(number):
            return "declined", STOPPED if self._cancelled.is_set() else DECLINED
        hear(ToolCallStarted(number))
        try:
            return "done", tool.call(arguments)
        except ToolError as error:
            return "failed", f"Error: {error}"
        except Exception as error:
            logger.exception("the tool %s broke", recipient)
            return "failed", f"Error: the tool broke: {error}"

    def _is_allowed(self, number: int) -> bool:
        """Wait for the person's answer to this call."""
        while not self._cancelled.is_set():
            answer = self._answers.get()
            if answer is not None and answer[0] == number:
                return answer[1]
        return False
