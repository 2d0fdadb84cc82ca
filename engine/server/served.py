"""A turn of a client's: it goes on from what the client sent and keeps nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from engine.chat import Chat
from engine.conversation.store import Store
from engine.events import MessageClosed, TurnEnded
from engine.server.closing import close
from engine.tools.registry import Tool
from engine.tools.schemas import flatten
from engine.turn.rounds import Round
from engine.turn.turn import Turn
from engine.worker import Listener

if TYPE_CHECKING:
    from engine.generation.rules import Rules


@dataclass(frozen=True, slots=True)
class ClientFunction(Tool):
    """A function that the client runs: a call of it ends the turn."""

    schema: Mapping[str, Any] = field(default_factory=dict)
    """What it takes, as the client says it."""

    is_open: bool = False
    """Whether objects may have more properties than the schema declares, as JSON Schema has it."""

    def parameters(self) -> dict[str, Any]:
        """Return the JSON schema of the arguments in a form that the model is shown in full."""
        flat = flatten(self.schema)
        return {"type": "object", "properties": {}, **(flat if self.is_open else close(flat))}


class ServedTurn(Turn):
    """Answers the messages that its conversation's transcript already holds.

    Calls of the client's functions end it, those of our own tools run. Of a call of anything else
    the model reads that there is no such tool, as in any conversation. Nothing is left out of a
    prompt that is too long.
    """

    def __init__(self, chat: Chat, rules: Rules | None, listener: Listener) -> None:
        """Prepare a turn.

        Args:
            chat: its transcript ends with what is to be answered.
            rules: what has to be kept to, if anything.
            listener: hears every event.
        """
        super().__init__(chat, "", listener, 0)
        self.rules = self.rules_after = rules
        self.is_called = False
        """Whether one of the client's functions was called."""
        self.cause: Exception | None = None
        """What the turn failed of."""

    def answer(self) -> TurnEnded:
        """Run until the answer is over or the client has a call to run. Blocks."""
        return self.run(self._begin_round)

    @property
    def prompt_tokens(self) -> int:
        """How many tokens the client's messages have."""
        return len(self.rounds[0].prompt) if self.rounds else 0

    @property
    def cached_tokens(self) -> int:
        """How many of them had been read before."""
        return min(self.statistics.cached_tokens, self.prompt_tokens)

    def _run_rounds(self) -> TurnEnded:
        try:
            return super()._run_rounds()
        except Exception as error:
            self.cause = error
            raise

    def _call(self, call: MessageClosed, current: Round) -> None:
        if isinstance(self.chat.tools.tools.get(call.recipient or ""), ClientFunction):
            self.is_called = True
            self.cancelled.set()
        elif not self.is_called:
            super()._call(call, current)
            self.rules = self.rules_after

    def _fit(self, make_prompt: Callable[[], tuple[int, ...]]) -> tuple[int, ...]:
        return make_prompt()

    def _write(self, take: Callable[[Store], object]) -> None:
        """Keep nothing."""
