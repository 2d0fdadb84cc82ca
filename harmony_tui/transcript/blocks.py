"""What a transcript is made of: blocks, the smallest pieces that are drawn on their own."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from engine.values import value

if TYPE_CHECKING:
    from harmony_tui.transcript.rendering import Rendered

Kind = Literal["user", "final", "commentary", "analysis", "tool", "notice"]
KINDS: Final[tuple[Kind, ...]] = ("user", "final", "commentary", "analysis", "tool", "notice")

Shape = Literal[
    "paragraph",
    "heading",
    "code",
    "math",
    "table",
    "rule",
    "definition",
    "plain",
    "title",
    "label",
    "fold",
]
Alignment = Literal["left", "center", "right"]


@value
class Quote:
    """A block quote around a block."""


@value
class Item:
    """A list item around a block, or a footnote.

    `indent` is the number of columns a line has to be indented by to belong to the item.
    `family` tells lists apart (`-`, `*`, `+`, `.`, `)`, or `^` of footnotes); `number` is None for
    bullets. `label` is what a footnote is referred to by.
    """

    family: str
    number: int | None
    indent: int
    ticked: bool | None = None
    label: str = ""


Container = Quote | Item


class Column(NamedTuple):
    """How many cells a table's column takes."""

    natural: int
    """Where nothing is wrapped."""
    least: int
    """So many it needs to be read: fewer would break its words."""


@dataclass(slots=True, eq=False)
class Block:
    """A piece of an entry that is drawn on its own.

    `text` is its Markdown without what its containers add; of code and tables it is the lines of
    this piece alone, because long ones are cut into several blocks. `path` are the containers
    around it, `fresh` the index of the first one that begins with this block and so shows its
    marker here. `gap` asks for an empty line above. `head` is the first piece of the code or
    table that this block continues. `note` is the heading's level, the code's language, the
    table's two first lines.
    """

    shape: Shape
    text: str
    path: tuple[Container, ...] = ()
    fresh: int = 0
    gap: bool = False
    note: str = ""
    head: Block | None = None
    before: Block | None = None
    """The piece just above of the same code: where its highlighting goes on from."""

    line: int = 0
    """The line of the entry's source, counted from 0, in which it begins, fences included."""
    open: bool = False
    """Whether more may come: it is the end of an entry that is being written."""
    fold: str | None = None
    """Where it is folded: the line shown in its place; empty for none, as of all but the first
    block of what is folded together."""
    is_hidden: bool = False
    """Whether it takes no line: where a link leads to is shown at the link."""
    height: int = 0
    """Lines it takes, the gap included; an estimate while `width` is not the width shown."""
    width: int = 0
    rendered: Rendered | None = field(default=None, repr=False)
    state: tuple[str, ...] | None = field(default=None, repr=False)
    """Where the highlighter stood at the end of this block, once it was there."""
    columns: tuple[Column, ...] | None = field(default=None, repr=False)
    """Of a table's first piece: how wide its columns are, as far as they are known."""

    def estimate(self, width: int) -> int:
        """Return about how many lines the block takes at `width` cells, without drawing it."""
        if self.is_hidden:
            return 0
        if self.fold is not None:
            return 1 + self.gap if self.fold else 0
        lines = self.text.count("\n") + 1
        if self.shape == "paragraph" or lines == 1:
            lines += len(self.text) // max(width, 1)
        return lines + self.gap


def spread_path(path: tuple[Container, ...]) -> str:
    """Return a short picture of a path, for messages and tests: `>` quotes, `-` and `1.` items."""
    return " ".join(
        ">" if isinstance(part, Quote) else "-" if part.number is None else f"{part.number}."
        for part in path
    )
