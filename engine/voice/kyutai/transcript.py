"""Text tokens of a speech model become words."""

from __future__ import annotations

from typing import Protocol

NEW_WORD = 0
PAD = 3
SPACE = "\N{LOWER ONE EIGHTH BLOCK}"
"""What sentencepiece writes for a space; a piece that has it in front begins a word."""
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


class Tokenizer(Protocol):
    """What is used of a sentencepiece processor."""

    def decode(self, ids: list[int]) -> str:
        """Return the text of some pieces; those of single bytes are put together."""

    def id_to_piece(self, token: int) -> str:
        """Return a piece as it is written in the vocabulary."""


class Transcript:
    """The words of one utterance.

    A word is a run of pieces that ends before a token of control or a piece that begins another;
    it is shown when it is whole, because a piece may be no more than a byte of a character.
    """

    def __init__(self, tokenizer: Tokenizer) -> None:
        """Begin with no words."""
        self._tokenizer = tokenizer
        self._whole: list[int] = []
        self._begun: list[int] = []
        self.text = ""
        self.quiet_steps = 0
        """For how many steps no piece has come."""

    def add(self, token: int) -> bool:
        """Take the token of a step; return whether the text has grown."""
        if token in (NEW_WORD, PAD):
            self.quiet_steps += 1
            return self.finish()
        self.quiet_steps = 0
        begins = self._tokenizer.id_to_piece(token).startswith(SPACE)
        has_grown = begins and self.finish()
        self._begun.append(token)
        return has_grown

    def finish(self) -> bool:
        """Take the last word as whole; return whether the text has grown."""
        if not self._begun:
            return False
        self._whole += self._begun
        self._begun = []
        before = self.text
        text = self._tokenizer.decode(self._whole).replace(REPLACEMENT, "")
        self.text = "".join(each for each in text if each.isprintable()).strip()
        return self.text != before
