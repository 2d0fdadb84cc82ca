"""What stands in the prompt box: its text, with large pastes folded into one mark each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

MARK = re.compile(r"\[pasted (\d+): [\d,]+ (?:lines|characters)\]")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
LONGEST_LINES = 10
LONGEST_CHARACTERS = 1_000
"""A paste of more lines or characters than these is folded."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A text, and what the marks in it stand for; a mark that is not known is plain text."""

    text: str = ""
    pastes: Mapping[str, str] = field(default_factory=dict)
    """What was pasted, by its mark."""

    def unfold(self, text: str | None = None) -> str:
        """Return the text, or another one with the same marks, with every paste in full."""
        whole = self.text if text is None else text
        return MARK.sub(lambda found: self.pastes.get(found[0], found[0]), whole)

    def trimmed(self) -> Draft:
        """Return the draft without the pastes that its text does not mention."""
        held = {each[0] for each in MARK.finditer(self.text)}
        return Draft(self.text, {mark: text for mark, text in self.pastes.items() if mark in held})

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON holds it."""
        return {"text": self.text, **({"pastes": dict(self.pastes)} if self.pastes else {})}

    @classmethod
    def from_json(cls, value: object) -> Self:
        """Return the draft that JSON holds.

        Raises:
            ValueError: it holds none.
        """
        if not isinstance(value, dict) or not isinstance(value.get("text"), str):
            raise ValueError("not a draft")
        pastes = value.get("pastes", {})
        if not isinstance(pastes, dict) or not all(
            isinstance(each, str) for each in pastes.values()
        ):
            raise ValueError("not the pastes of a draft")
        return cls(value["text"], pastes)


def is_large(paste: str) -> bool:
    """Whether a paste is to be folded."""
    return len(paste) > LONGEST_CHARACTERS or paste.count("\n") >= LONGEST_LINES


def fold(paste: str, pastes: dict[str, str]) -> str:
    """Return a new mark for a paste, which is added to those there are."""
    numbers = (int(found[1]) for mark in pastes if (found := MARK.fullmatch(mark)))
    lines = len(paste.splitlines())
    size = f"{lines:,} lines" if lines > 1 else f"{len(paste):,} characters"
    mark = f"[pasted {max(numbers, default=0) + 1}: {size}]"
    pastes[mark] = paste
    return mark


def clean_paste(text: str) -> str:
    """Return pasted text with line feeds for line ends, and without control characters."""
    # A terminal sends a carriage return for each line end.
    return CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def marks_in(line: str, pastes: Mapping[str, str]) -> Iterator[tuple[int, int]]:
    """Give where the marks in a line begin and end."""
    for found in MARK.finditer(line):
        if found[0] in pastes:
            yield found.span()
