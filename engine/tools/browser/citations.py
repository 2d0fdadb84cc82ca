"""Citations in an answer, as numbered references."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from engine.tools.browser.pages import Reference

CITATION = re.compile(
    r"【\s*(?P<cursor>\d+)(?::\d+)?\s*†\s*(?:L?(?P<line>\d+)\b)?(?P<rest>[^【】\n]{0,200})】"
)
UNFINISHED = re.compile(r"(?<!\s)\s*(?:【\s*\d*(?::\d*)?\s*(?:†[^【】\n]{0,200})?)?$")
"""Blanks belong to it, for those between two marks of one document are dropped."""
DISPLAY = re.compile(
    r"\[(?P<cursor>\d+)\] (?P<title>[^\n]*?)(?: \((?P<url>[a-z]+://[^\s]+)\))?\n"
    r"\*\*viewing lines \["
)

MARK = "【"
"""What a citation begins with."""
HEADING = "Sources"
MARKUP = re.compile(r"([\\`*_\[\]<>|~#])")
UNSAFE_IN_TARGET = re.compile(r"[\s<>()\\]")

Lookup = Callable[[int, int | None], Reference | None]
"""Returns what a cursor, and the first line that is cited of it, stand for; None if nothing."""


@dataclass(frozen=True, slots=True)
class Cited:
    """An answer with its citations numbered."""

    text: str
    references: tuple[Reference, ...]
    """By their number, which begins at 1."""
    held: str = ""
    """The end of the text that may yet become a citation, and is not in it."""


def number_citations(
    text: str,
    look_up: Lookup,
    *,
    is_finished: bool = True,
    mark: Callable[[int, Reference], str] = lambda number, _: f"[{number}]",
) -> Cited:
    """Return an answer in which ``【cursor†Lx-Ly】`` is a number, one for each document.

    Numbers follow the order of first appearance, so that those of an answer that is still being
    written stay. What cites nothing that is known stays as it was written. Two marks of one
    document beside each other become one.

    Args:
        text: what the model has written so far.
        look_up: knows what cursors stand for.
        is_finished: whether nothing more comes; else an unfinished mark is held back.
        mark: writes a number.
    """
    held = ""
    if not is_finished and (end := UNFINISHED.search(text)):
        text, held = text[: end.start()], end[0]
    numbers: dict[str, int] = {}
    references: list[Reference] = []
    parts: list[str] = []
    last_number = last_end = position = 0
    for citation in CITATION.finditer(text):
        line = int(citation["line"]) if citation["line"] and len(citation["line"]) < 10 else None
        cursor = int(citation["cursor"]) if len(citation["cursor"]) < 10 else -1
        reference = look_up(cursor, line)
        if reference is None:
            continue
        number = numbers.setdefault(reference.url, len(numbers) + 1)
        if number > len(references):
            references.append(reference)
        before = text[position : citation.start()]
        if number != last_number or text[last_end : citation.start()].strip():
            parts += [before, mark(number, reference)]
        last_number, last_end = number, citation.end()
        position = citation.end()
    parts.append(text[position:])
    return Cited("".join(parts), tuple(references), held)


def list_references(references: Sequence[Reference]) -> str:
    """Return what an answer cites as Markdown to stand below it: a numbered list of links.

    It is empty where nothing is cited.
    """
    if not references:
        return ""
    rows = [f"{number}. {_link(each)}" for number, each in enumerate(references, 1)]
    return "\n\n" + "\n".join([f"**{HEADING}**", "", *rows])


def _link(reference: Reference) -> str:
    title = MARKUP.sub(r"\\\1", " ".join((reference.title or reference.url).split()))
    return f"[{title}]({UNSAFE_IN_TARGET.sub(_escape, reference.url)})"


def _escape(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode())


def read_display(output: str) -> tuple[int, Reference] | None:
    """Return the cursor and the document of a display of the browser; None if it is none.

    With it, citations can be numbered from the outputs that a session has kept.
    """
    header = DISPLAY.match(output)
    if header is None:
        return None
    title = header["title"]
    found = re.fullmatch(r"Find results for text: `.*?` in `(.*)`", title)
    return int(header["cursor"]), Reference(found[1] if found else title, header["url"] or "")
