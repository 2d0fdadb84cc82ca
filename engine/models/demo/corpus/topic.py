"""A topic that the bundled model knows, and the little template language of its wordings.

A template is a sentence with alternatives in brackets: ``[what is|what's] [the|] KV cache`` stands
for four sentences. Alternatives may be empty and may hold brackets of their own; every alternative
of a bracket is equally likely. ``{name}`` is a slot that the code which draws fills in. Blanks that
an empty alternative leaves behind are closed up. There is no way to write a literal bracket or bar.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass

CHOICE = re.compile(r"\[([^\[\]]*)\]")
SLOT = re.compile(r"\{(\w+)\}")
BLANKS = re.compile(r"\s+")
MARKS = re.compile(r"[,.?!;:]")
BLANK_BEFORE_MARK = re.compile(r" +([,.?!])")


@dataclass(frozen=True, slots=True)
class Topic:
    """One thing the model can talk about.

    ``name`` identifies it (``quit``); ``label`` is what the analysis calls it, a noun phrase that
    starts in lower case unless it is a name (``the /quit command``); ``wordings`` are templates of
    questions; ``answers`` are Markdown texts, any of which is right.
    """

    name: str
    label: str
    wordings: tuple[str, ...]
    answers: tuple[str, ...]


def expand(rng: random.Random, template: str) -> str:
    """Return one sentence of a template, every bracket replaced by one of its alternatives."""
    while (found := CHOICE.search(template)) is not None:
        chosen = rng.choice(found[1].split("|"))
        template = template[: found.start()] + chosen + template[found.end() :]
    return close_up(template)


def forms(template: str) -> Iterator[str]:
    """Yield every sentence of a template, some more than once."""
    found = CHOICE.search(template)
    if found is None:
        yield close_up(template)
        return
    for chosen in found[1].split("|"):
        yield from forms(template[: found.start()] + chosen + template[found.end() :])


def close_up(text: str) -> str:
    """Return text without the blanks that empty alternatives left behind."""
    return BLANK_BEFORE_MARK.sub(r"\1", BLANKS.sub(" ", text)).strip()


def plain(text: str) -> str:
    """Return text in lower case and without marks, for comparing questions."""
    return BLANKS.sub(" ", MARKS.sub(" ", text.lower())).strip()
