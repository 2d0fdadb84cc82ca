"""Which link definitions of a text are used: where they lead to is shown at the links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from harmony_tui.transcript.blocks import Block

WITH_LINKS: Final = frozenset({"paragraph", "heading", "table"})
"""Shapes of blocks that a link can stand in."""
_CODE: Final = r"(?<!`)(`+)(?!`)[^`](?:.*?[^`])?\1(?!`)"
_LABEL: Final = r"(?<!\\)\[((?:[^\[\]\\]|\\.)+)\]"
"""Compiled with the first definition, which the first frame need not wait for."""


def referred_in(block: Block) -> Iterator[str]:
    """Give the labels that links in a block may have, each as `normal` has it."""
    if block.shape not in WITH_LINKS or "[" not in (text := f"{block.text}\n{block.note}"):
        return
    if "`" in text:
        text = re.sub(_CODE, "", text, flags=re.DOTALL)
    yield from map(normal, re.findall(_LABEL, text))


def hide_used(blocks: Iterable[Block], referred: set[str]) -> bool:
    """Hide the definitions that are referred to, and show others; tell whether that is new."""
    is_new = False
    for block in blocks:
        if block.shape == "definition":
            is_used = normal(block.note) in referred
            is_new = is_new or is_used != block.is_hidden
            block.is_hidden = is_used
    return is_new


def normal(label: str) -> str:
    """Return a label as all that mean the same have it."""
    return " ".join(label.split()).casefold()
