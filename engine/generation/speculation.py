"""Guesses what comes next from what was said before: exact speculation without a second model.

Quotes, edits of code and the arguments of tools repeat text that is already there. Where the last
tokens stand somewhere earlier, what followed them there is the draft of what follows now; the
model then reads all of it at once. Source: Saxena, "Prompt lookup decoding" (2023); so do
llama.cpp's ``lookup`` and vLLM's ngram proposer.

A draft only decides what is read together, never what is sampled.
"""

from __future__ import annotations

from collections.abc import Sequence

MATCH = 3
"""So many tokens must stand earlier; two do in any text, and what follows them is chance."""

TOKEN_BITS = 21
"""Of a token's id, which is less than ``2**21 - 1``."""
GRAM_BITS = (1 << MATCH * TOKEN_BITS) - 1

INDEXED_AT_ONCE = 2048
"""Tokens of the prompt that are indexed for each token sampled, about 1 ms, while it is awaited."""

SHORTEST, FIRST, LONGEST = 2, 4, 15
"""Tokens in a draft: the fewest, those of the first one, and the most."""

COST = 0.3
"""What a drafted token adds to a step, as a share of a step of one token.

Time of reading 2, 5, 8 and 16 tokens at once, over that of 1, for 8 layers of 512 in float32 on a
CPU: 1.2, 1.7, 1.8 and 2.2, so a drafted token costs about 0.1. On a GPU each
token brings experts of its own into play: by its bytes, one of three drafted must be right for
gpt-oss-20b.
"""

PATIENCE = 2.0
"""Steps that may be lost before drafting pauses, and the most that are credited in advance."""

FIRST_PAUSE, LONGEST_PAUSE = 32, 512
"""Tokens without drafts; each pause that follows no gain is twice as long as the one before."""


class Drafter:
    """Follows one prompt and its answer; each token costs the same, however many came before."""

    def __init__(self, prompt: Sequence[int]) -> None:
        """Begin after a prompt, of which nothing is indexed yet."""
        self.drafted = 0
        """How many tokens were read as drafts."""
        self.accepted = 0
        """How many of them were then sampled."""
        self._tokens = list(prompt)
        self._indexed = 0
        self._gram = GRAM_BITS
        """The last tokens indexed, as the digits of a number; at first three that do not exist."""
        self._places: dict[int, int] = {}
        """What comes after each gram, where it stood last."""
        self._match: int | None = None
        """The place that continues an earlier repeat of the end, which is the longest known."""
        self._length = FIRST
        self._gain = 0.0
        """Steps saved less steps spent, from ``-PATIENCE`` to ``PATIENCE``."""
        self._pause = 0
        self._next_pause = FIRST_PAUSE

    @property
    def expects(self) -> bool:
        """Whether the next token is likely to be known before it is sampled, and worth awaiting."""
        return self._match is not None and not self._pause and self._indexed == len(self._tokens)

    def add(self, token: int) -> None:
        """Take the next token of the answer."""
        self._tokens.append(token)
        self._pause = max(0, self._pause - 1)
        end = min(len(self._tokens), self._indexed + INDEXED_AT_ONCE)
        for place in range(self._indexed, end):
            self._index(self._tokens[place], place + 1)
        self._indexed = end

    def draft(self, token: int) -> list[int]:
        """Return what may come after the next token, which is this one; often nothing.

        To be asked only where something is expected.
        """
        place = self._find(token)
        if place is None:
            return []
        said = self._tokens[place : place + self._length]
        if len(said) < self._length:
            # What is repeated reaches up to here, so the draft goes on with itself.
            period = [*said, token]
            said = period * (self._length // len(period) + 1)
        return said[: self._length]

    def learn(self, drafted: int, accepted: int) -> None:
        """Adapt to how many of the tokens last drafted, at least one, were sampled."""
        self.drafted += drafted
        self.accepted += accepted
        right = accepted == drafted
        self._length = min(LONGEST, 2 * self._length) if right else max(SHORTEST, accepted + 1)
        self._gain = min(PATIENCE, self._gain + accepted - COST * drafted)
        if self._gain >= 0:
            self._next_pause = FIRST_PAUSE
        elif self._gain < -PATIENCE:
            # What was lost stays lost: after the pause one failure is enough for the next.
            self._gain = -PATIENCE
            self._pause = self._next_pause
            self._next_pause = min(LONGEST_PAUSE, 2 * self._next_pause)

    def _index(self, token: int, after: int) -> None:
        self._match = self._find(token)
        self._gram = self._extend(token)
        self._places[self._gram] = after

    def _find(self, token: int) -> int | None:
        """Return the place that continues what the tokens indexed and this one repeat."""
        if self._match is not None and self._tokens[self._match] == token:
            return self._match + 1
        return self._places.get(self._extend(token))

    def _extend(self, token: int) -> int:
        return (self._gram << TOKEN_BITS | token) & GRAM_BITS
