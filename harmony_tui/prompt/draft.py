"""What stands in the prompt box: its text, with large pastes folded into one mark each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field
from typing import Any, Self

from engine.config.placeholders import PLACEHOLDER
from engine.values import value

MARK = re.compile(r"\[pasted (\d+): [\d,]+ (?:lines|characters)\]")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""What is no text to a terminal, and would have it do something, or nothing at all be written."""
LINE_END = re.compile(r"\r\n|[\r\u2028\u2029]")
LONGEST_LINES = 10
LONGEST_CHARACTERS = 1_000
"""A paste of more lines or characters than these is folded."""


@value
class Draft:
    """A text, and what the marks in it stand for; a mark that is not known is plain text."""

    text: str = ""
    pastes: Mapping[str, str] = field(default_factory=dict)
    """What was pasted, by its mark."""
    verbatim: frozenset[str] = frozenset()
    """Lines, and parts of lines, that the person did not type and in which no placeholder is filled
    in; where one has a line feed, a line begins or ends."""

    def fill(self, fill: Callable[[str], str], text: str | None = None) -> str:
        """Return the text, or a part of it, with the placeholders filled in that were typed."""
        whole = self.text if text is None else text
        if not self.verbatim:
            return fill(whole)
        parts = sorted((each for each in self.verbatim if not _is_line(each)), key=len)
        kept = re.compile(f"({'|'.join(map(_pattern, reversed(parts)))})" if parts else "(?!)")

        def fill_line(line: str) -> str:
            if f"\n{line.strip()}\n" in self.verbatim:
                return line
            pieces = kept.split(line)  # every second one is a part that is kept
            return "".join(each if place % 2 else fill(each) for place, each in enumerate(pieces))

        return "\n".join(map(fill_line, whole.split("\n")))

    def unfold(self, text: str | None = None) -> str:
        """Return the text, or another one with the same marks, with every paste in full."""
        whole = self.text if text is None else text
        return MARK.sub(lambda found: self.pastes.get(found[0], found[0]), whole)

    def trimmed(self) -> Draft:
        """Return the draft without the pastes and lines that its text does not hold."""
        held = {each[0] for each in MARK.finditer(self.text)}
        pastes = {mark: text for mark, text in self.pastes.items() if mark in held}
        lines = {f"\n{line.strip()}\n" for line in self.text.split("\n")} if self.verbatim else ()
        verbatim = (
            each
            for each in self.verbatim
            if (each in lines if _is_line(each) else each.strip() in self.text)
        )
        return Draft(self.text, pastes, frozenset(verbatim))

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON holds it."""
        value: dict[str, Any] = {"text": self.text}
        if self.pastes:
            value["pastes"] = dict(self.pastes)
        if self.verbatim:
            value["verbatim"] = sorted(self.verbatim)
        return value

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
        verbatim = value.get("verbatim", [])
        if not isinstance(verbatim, list) or not all(isinstance(each, str) for each in verbatim):
            raise ValueError("not lines of a draft")
        return cls(value["text"], pastes, frozenset(filter(None, verbatim)))

    @classmethod
    def said(cls, text: str) -> Self:
        """Return a draft of what was said before: its placeholders are filled in already."""
        return cls(text, verbatim=lines_with_placeholders([text]))


def lines_with_placeholders(texts: Iterable[str]) -> frozenset[str]:
    """Return the lines of texts that hold what could be a placeholder, as ``Draft.verbatim`` does.

    What is nothing but a placeholder is left out: it was meant as one.
    """
    found = set()
    for text in texts:
        lines = text.split("\n")
        for number, line in enumerate(lines):
            if PLACEHOLDER.search(line):
                before, after = "\n" * (number > 0), "\n" * (number + 1 < len(lines))
                found.add(f"{before}{line.strip()}{after}")
    return frozenset(each for each in found if not PLACEHOLDER.fullmatch(each))


def _is_line(verbatim: str) -> bool:
    return verbatim.startswith("\n") and verbatim.endswith("\n")


def _pattern(part: str) -> str:
    """Return the pattern of a part of a line, which is searched for in single lines."""
    before = r"^\s*" if part.startswith("\n") else ""
    after = r"\s*$" if part.endswith("\n") else ""
    return f"{before}{re.escape(part.strip())}{after}"


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


def clean(text: str) -> str:
    """Return a text with line feeds for line ends, and without control characters."""
    # A terminal sends a carriage return for each line end of a paste.
    return CONTROL.sub("", LINE_END.sub("\n", text))


def visible(text: str) -> str:
    """Return a text that is only shown: it says where a control character is, and sends none."""
    return CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)


def marks_in(line: str, pastes: Mapping[str, str]) -> Iterator[tuple[int, int]]:
    """Give where the marks in a line begin and end."""
    for found in MARK.finditer(line):
        if found[0] in pastes:
            yield found.span()
