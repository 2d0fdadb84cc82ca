"""Tables of HTML as lines of text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

MOST_SPANNED = 50
MOST_COLUMNS = 100


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell, and how many columns and rows it covers."""

    text: str
    is_header: bool
    columns: int = 1
    rows: int = 1


@dataclass(slots=True)
class Table:
    """What has been read of a table of data."""

    rows: list[list[Cell]] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        """Give its rows, the cells parted by bars, and a rule under a row of headers.

        A cell that covers several rows is repeated in each, so that every row can be read alone.
        """
        grid = [row for row in self._grid() if any(row)]
        width = max((len(row) for row in grid), default=0)
        has_header = bool(self.rows) and all(cell.is_header for cell in self.rows[0])
        for number, row in enumerate(grid):
            filled = [cell for cell in row if cell]
            if len(filled) == 1 and row[0]:
                yield filled[0]
            else:
                yield " | ".join([*row, *[""] * (width - len(row))]).rstrip()
            if number == 0 and has_header and width > 1 and len(grid) > 1:
                yield " | ".join(["---"] * width)

    def _grid(self) -> Iterator[list[str]]:
        hanging: dict[int, tuple[int, str]] = {}
        for cells in self.rows:
            row: list[str] = []

            def hang(row: list[str] = row) -> None:
                while len(row) in hanging:
                    left, text = hanging.pop(len(row))
                    if left > 1:
                        hanging[len(row)] = (left - 1, text)
                    row.append(text)

            for cell in cells:
                hang()
                if len(row) >= MOST_COLUMNS:
                    break
                if cell.rows > 1:
                    hanging[len(row)] = (min(cell.rows, MOST_SPANNED) - 1, cell.text)
                row.append(cell.text)
                row.extend([""] * (min(cell.columns, MOST_SPANNED) - 1))
            hang()
            yield row


def span_of(value: str | None) -> int:
    """Return what an attribute ``colspan`` or ``rowspan`` says."""
    try:
        return max(1, int(value or 1))
    except ValueError:
        return 1
