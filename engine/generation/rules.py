"""What a turn has to keep to: Harmony's headers, the schemas of its calls, the answer's form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import mlx.core as mx

from engine.generation.constraint import Constraint
from engine.generation.masks import mask_of_tokens
from engine.generation.structure import Structure, StructuredArguments, StructuredText, Vocabulary
from engine.harmony.encoding import (
    FIRST_SPECIAL,
    START,
    VOCABULARY_SIZE,
    encode_text,
    token_bytes,
)
from engine.harmony.grammar import HeaderFollower, HeaderGrammar
from engine.harmony.header import Header

Text = StructuredText | StructuredArguments


class Rules:
    """The rules of one turn; they do not change, and any thread may make them."""

    def __init__(
        self,
        tools: Mapping[str, Mapping[str, Any] | None],
        answer: Structure | None = None,
        *,
        guides_headers: bool = True,
    ) -> None:
        """Say what is to be kept to.

        Args:
            tools: the JSON schema of each declared tool's arguments, by its recipient, such as
                ``functions.calculator``; calls keep to it in so far as it can be followed, and the
                rest is left to the tool. None leaves them free, as for a tool that takes no JSON.
            answer: the form of the final message's text, if it has one.
            guides_headers: whether headers keep to the format. If not, they are only read, and
                what stands in no proper message has no form.

        Raises:
            ValueError: a header cannot hold a tool's name.
        """
        self.guides_headers = guides_headers
        self._headers = HeaderGrammar(tools)
        self._answer = answer
        self._arguments = {
            name: Structure.of_arguments(schema, f"the schema of {name}")
            for name, schema in tools.items()
            if schema is not None
        }

    def begin(self, prompt: Sequence[int]) -> Constraint:
        """Return the constraint of what follows a prompt, which may end anywhere in a message.

        Raises:
            StructureError: the prompt ends in a text that does not have its form.
        """
        return _Follower(self, self._headers, prompt)

    def begin_text(self, header: Header, ending: int) -> Text | None:
        """Return what confines a message's text, or None if it is free.

        Args:
            header: the message's.
            ending: the one token that may end it.
        """
        if header.recipient is not None:
            if (taken := self._arguments.get(header.recipient)) is None:
                return None
            return StructuredArguments(taken, harmony_vocabulary(), ending)
        if self._answer is None or header.channel != "final":
            return None
        return StructuredText(self._answer, harmony_vocabulary(), ending)


class _Follower:
    """Keeps what follows a prompt to the rules.

    A text without a form is free of masks, although some control tokens have no place in it: a
    mask at every token would cost each of them a second sampling, and the parser reads whatever
    comes.
    """

    def __init__(self, rules: Rules, headers: HeaderGrammar, prompt: Sequence[int]) -> None:
        self._rules = rules
        self._place = HeaderFollower(headers)
        self._text: Text | None = None
        for token in _last_message(prompt):
            self.accept(token)

    def mask(self) -> mx.array | None:
        if self._text is not None:
            return self._text.mask()
        allowed = self._place.allowed() if self._rules.guides_headers else None
        return None if allowed is None else mask_of_tokens(allowed, VOCABULARY_SIZE)

    def forced(self) -> Sequence[int]:
        if self._text is not None:
            return self._text.forced()
        return self._place.forced() if self._rules.guides_headers else ()

    def accept(self, token: int) -> None:
        was_open = self._place.header is not None
        self._place.accept(token)
        if self._place.header is None:
            self._text = None
        elif not was_open:
            self._text = self._begin_text()
        elif self._text is not None:
            self._text.accept(token)

    def _begin_text(self) -> Text | None:
        header, ending = self._place.header, self._place.ending
        assert header is not None  # noqa: S101
        assert ending is not None  # noqa: S101
        return self._rules.begin_text(header, ending)


def _last_message(prompt: Sequence[int]) -> Sequence[int]:
    """Return what a prompt has from its last ``<|start|>`` on; nothing if it has none."""
    for start in range(len(prompt) - 1, -1, -1):
        if prompt[start] == START:
            return prompt[start:]
    return ()


@cache
def harmony_vocabulary() -> Vocabulary:
    """Return Harmony's vocabulary for texts of a form, made at the first call (0.8 s)."""
    tokens = [token_bytes(token) for token in range(FIRST_SPECIAL)]
    return Vocabulary(tokens, VOCABULARY_SIZE, encode_text)
