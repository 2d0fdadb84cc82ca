"""What a patch would do to a file, laid out side by side or as a unified diff."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

from rich.cells import cell_len

from harmony_tui.panes.tool_call import visible
from harmony_tui.transcript.wrapping import fold

if TYPE_CHECKING:
    from engine.tools.apply_patch import FileChange, Row

BETWEEN: Final = " │ "
GAP: Final = "⋯"
LARGEST: Final = 400_000
"""Bytes of a file, before and after, from which on comparing its versions could hold up the
screen: then the patch is shown as it was written."""
VERBS: Final = {"add": "new file", "update": "changed", "delete": "deleted", "move": "moved"}


class Columns(NamedTuple):
    """Where the two sides of a comparison stand in its lines, in cells."""

    number: int
    """Cells of a line's number."""
    half: int
    """Cells of each side."""

    @property
    def right(self) -> int:
        """The cell in which the right side begins."""
        return self.half + len(BETWEEN)


def name_change(change: FileChange) -> str:
    """Return what happens to a file, on one line."""
    path = change.path if change.moved_from is None else f"{change.moved_from} → {change.path}"
    counts = f"+{change.added:,} −{change.removed:,}"
    return f"{VERBS[change.action]}: {' '.join(visible(path).split())}  {counts}"


def is_small(changes: tuple[FileChange, ...]) -> bool:
    """Tell whether the versions of files can be compared at once."""
    contents = (content for each in changes for content in (each.before, each.after))
    return sum(len(content.data) for content in contents if content is not None) <= LARGEST


def columns_of(change: FileChange, width: int) -> Columns:
    """Return where the sides of a change stand in lines of a width in cells."""
    numbers = (n for row in change.rows for n in (row.left_number, row.right_number))
    longest = max((n for n in numbers if n is not None), default=1)
    return Columns(len(str(longest)), (width - len(BETWEEN)) // 2)


def side_by_side(change: FileChange, columns: Columns) -> Iterator[str]:
    """Give the lines of a comparison; long lines of the file go on in the next one."""
    for row in change.rows:
        if row.kind == "gap":
            yield _filled(f"{GAP.rjust(columns.number)}", columns.half) + BETWEEN + GAP
            continue
        left, right = _sides(row)
        one = _side(row.left_number, left, row.left, columns)
        other = _side(row.right_number, right, row.right, columns)
        for number in range(max(len(one), len(other))):
            before = one[number] if number < len(one) else ""
            after = other[number] if number < len(other) else ""
            yield _filled(before, columns.half) + BETWEEN + after


def unified(change: FileChange) -> str:
    """Return the change as a unified diff, without the lines that name the file."""
    return "\n".join(visible(line) for line in change.diff.split("\n")[2:])


def _sides(row: Row) -> tuple[str, str]:
    """Return the signs of a row's sides."""
    return ("-" if row.kind in ("changed", "removed") else " "), (
        "+" if row.kind in ("changed", "added") else " "
    )


def _side(number: int | None, sign: str, text: str, columns: Columns) -> list[str]:
    if number is None:
        return []
    line = visible(text).replace("\n", "⏎")
    room = max(1, columns.half - columns.number - 3)
    shown = str(number)
    lines = []
    for start, end, _ in fold(line, room):
        lines.append(f"{shown.rjust(columns.number)} {sign} {line[start:end]}")
        shown = ""
    return lines


def _filled(text: str, width: int) -> str:
    return text + " " * max(0, width - cell_len(text))
