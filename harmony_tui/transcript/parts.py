"""What a reader can point at: a message, and the code, tables and lists inside of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import takewhile
from typing import Literal, NamedTuple

from harmony_tui.transcript.blocks import Block, Item

PartShape = Literal["message", "code", "table", "list"]


class Part(NamedTuple):
    """Some blocks of an entry, from `first` up to but not including `end`."""

    shape: PartShape
    first: int
    end: int


def parts_of(blocks: Sequence[Block]) -> list[Part]:
    """Return the message as a whole, then each code, table and outermost list of it in order."""
    message = Part("message", 0, len(blocks))
    inside: list[Part] = []
    list_end = 0
    for first, block in enumerate(blocks):
        if first >= list_end and block.path and isinstance(block.path[0], Item):
            same = takewhile(partial(_in_list, block.path[0].family), blocks[first:])
            list_end = first + sum(1 for _ in same)
            inside.append(Part("list", first, list_end))
        if block.shape in ("code", "table") and block.head is None:
            others = takewhile(partial(_continues, block), blocks[first + 1 :])
            inside.append(Part(block.shape, first, first + 1 + sum(1 for _ in others)))
    return [message, *(part for part in inside if part[1:] != message[1:])]


def _in_list(family: str, block: Block) -> bool:
    outermost = block.path[0] if block.path else None
    return isinstance(outermost, Item) and outermost.family == family


def _continues(head: Block, block: Block) -> bool:
    return block.head is head


def read_part(source: str, blocks: Sequence[Block], part: Part) -> str:
    """Return the Markdown of a part.

    Args:
        source: the entry's text without control characters.
        blocks: the entry's blocks.
        part: one of `parts_of` them.
    """
    if part.shape == "message":
        return source
    end = blocks[part.end].line if part.end < len(blocks) else None
    lines = source.split("\n")[blocks[part.first].line : end]
    return "\n".join(lines).strip("\n")


def read_code(source: str, blocks: Sequence[Block], part: Part) -> str:
    """Return what is inside of a fence, or the code that is indented."""
    pieces = blocks[part.first : part.end]
    lines = read_part(source, blocks, part).split("\n")
    if "\t" in source and not pieces[0].path and lines[0].lstrip(" ")[:1] in ("`", "~"):
        # Tabs are spaces in blocks, and some languages want tabs.
        fence = lines[0].strip(" ")[:3]
        return "\n".join(lines[1:-1] if lines[-1].strip(" ").startswith(fence) else lines[1:])
    return "\n".join(piece.text for piece in pieces)
