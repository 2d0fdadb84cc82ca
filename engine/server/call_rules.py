"""What an answer has to keep to that must be a call: the model may think once, and then calls."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from engine.generation.constraint import Constraint
from engine.generation.rules import Rules
from engine.harmony.encoding import END, MESSAGE, load_encoding
from engine.harmony.grammar import HeaderGrammar, Trie
from engine.harmony.prompt import FINAL_CHANNEL
from engine.tools.registry import Tool

Schemas = Mapping[str, Mapping[str, Any] | None]


class CallGrammar(HeaderGrammar):
    """The headers of calls, and that of thoughts where they are allowed."""

    def __init__(self, recipients: Iterable[str], *, thinks: bool) -> None:
        """Take the functions one of which is to be called.

        Raises:
            ValueError: a header cannot hold one of the names.
        """
        super().__init__(tuple(recipients))
        del self.after_channel[FINAL_CHANNEL]
        for channel in ("commentary",) if thinks else ("commentary", "analysis"):
            del self._after(channel)[MESSAGE]

    def _after(self, channel: str) -> Trie:
        """Return what may come after a channel's name."""
        place = self.after_channel
        for token in load_encoding().encode(channel):
            place = place[token]
        return place


class CallRules(Rules):
    """The rules of an answer that has to be a call."""

    def __init__(self, schemas: Schemas, *, thinks: bool = True) -> None:
        """Say what may be called, as ``Rules`` does, and whether thoughts may come before."""
        super().__init__(schemas)
        self._headers = CallGrammar(schemas, thinks=thinks)
        self._thoughtless = CallRules(schemas, thinks=False) if thinks else self

    def begin(self, prompt: Sequence[int]) -> Constraint:
        """Return the constraint of what follows a prompt."""
        return _Caller(super().begin(prompt), self._thoughtless)


class _Caller:
    """Goes by other rules once the first message is over."""

    def __init__(self, first: Constraint, then: Rules) -> None:
        self._now = first
        self._then: Rules | None = then

    def mask(self) -> Any:  # an array of MLX's, which this room does not know
        return self._now.mask()

    def forced(self) -> Sequence[int]:
        return self._now.forced()

    def accept(self, token: int) -> None:
        self._now.accept(token)
        if token == END and self._then is not None:
            # A constraint of no prompt stands between two messages, as this one does now.
            self._now, self._then = Rules.begin(self._then, ()), None


def make_call_rules(functions: Iterable[Tool]) -> Rules:
    """Return the rules of an answer that has to call one of some functions.

    Raises:
        ValueError: a header cannot hold one of their names.
    """
    return CallRules({function.recipient: function.parameters() for function in functions})
