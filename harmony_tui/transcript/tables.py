"""A table's source as cells, and how wide its columns are drawn."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final, Literal

from rich.cells import cell_len

from harmony_tui.transcript.blocks import Column
from harmony_tui.transcript.wrapping import longest_word

LONG_WORD: Final = 16
"""Cells: a column may be narrower than its longest word only if that is longer than this."""


def split_cells(row: str) -> list[str]:
    r"""Return the cells of a table's row; `\|` is a sign inside one."""
    cells = re.split(r"(?<!\\)\|", row.strip(" "))
    if cells and not cells[0].strip(" "):
        del cells[0]
    if cells and not cells[-1].strip(" "):
        del cells[-1]
    return [cell.strip(" ").replace("\\|", "|") for cell in cells]


def alignments(delimiter: str) -> list[Literal["left", "center", "right"]]:
    """Return how each column is aligned, read from the line below a table's header."""
    return [
        "center"
        if cell.startswith(":") and cell.endswith(":")
        else "right"
        if cell.endswith(":")
        else "left"
        for cell in split_cells(delimiter)
    ]


def measure(rows: Iterable[Sequence[str]]) -> tuple[Column, ...]:
    """Return how wide the columns are of some rows of cells, as their texts are shown."""
    return tuple(_column(cells) for cells in zip(*rows, strict=True))


def _column(cells: Sequence[str]) -> Column:
    lines = [line for cell in cells for line in cell.split("\n")]
    natural = max(1, *map(cell_len, lines))
    longest = max(map(longest_word, lines))
    return Column(natural, min(natural, max(3, min(LONG_WORD, longest))))


def fit(columns: Sequence[Column], width: int) -> list[int] | None:
    """Share out `width` cells: narrow columns get what they need, wide ones the same of the rest.

    None if a column would be too narrow to be read.
    """
    if sum(column.least for column in columns) > width:
        return None
    level = 1  # of what no column has more than, unless it needs that
    for step in reversed([1 << bit for bit in range(width.bit_length())]):
        if sum(_at_level(columns, level + step)) <= width:
            level += step
    widths = _at_level(columns, level)
    could_grow = [n for n, column in enumerate(columns) if widths[n] < column.natural]
    could_grow.sort(key=lambda number: columns[number].natural)
    spare = width - sum(widths)
    for number in could_grow[len(could_grow) - spare :] if spare < len(could_grow) else could_grow:
        widths[number] += 1
    return widths


def _at_level(columns: Sequence[Column], level: int) -> list[int]:
    return [max(column.least, min(column.natural, level)) for column in columns]
