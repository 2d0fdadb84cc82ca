"""Two versions of a file side by side, and as a unified diff."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal

CONTEXT = 3
"""Lines shown around what changes."""

Kind = Literal["same", "changed", "removed", "added", "gap"]
Opcode = tuple[str, int, int, int, int]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a comparison: a line before, a line after, or both, with their numbers from 1.

    A ``gap`` stands for lines that are left out between others; it has neither.
    """

    kind: Kind
    left_number: int | None = None
    left: str = ""
    right_number: int | None = None
    right: str = ""


def compare(before: Sequence[str], after: Sequence[str], context: int = CONTEXT) -> list[Row]:
    """Return the rows that show what changes between two versions of a file's lines."""
    rows: list[Row] = []
    shown = 0
    for group in _groups(before, after, context):
        if group[0][1] > shown or group[0][3] > shown:
            rows.append(Row("gap"))
        for tag, i, j, k, m in group:
            if tag == "equal":
                pairs = zip(range(i, j), range(k, m), strict=True)
                rows += [Row("same", a + 1, before[a], b + 1, after[b]) for a, b in pairs]
            else:
                rows += _changed(before, after, range(i, j), range(k, m))
        shown = group[-1][2]
    if rows and shown < len(before):
        rows.append(Row("gap"))
    return rows


def unified(
    before: Sequence[str] | None, after: Sequence[str] | None, old: str, new: str
) -> list[str]:
    """Return the lines of a unified diff; a file that is not there is ``/dev/null``."""
    lines = [
        f"--- {'/dev/null' if before is None else 'a/' + old}",
        f"+++ {'/dev/null' if after is None else 'b/' + new}",
    ]
    left, right = before or (), after or ()
    for group in _groups(left, right, CONTEXT):
        first, last = group[0], group[-1]
        lines.append(f"@@ -{_range(first[1], last[2])} +{_range(first[3], last[4])} @@")
        for tag, i, j, k, m in group:
            if tag == "equal":
                lines += [f" {line}" for line in left[i:j]]
            else:
                lines += [f"-{line}" for line in left[i:j]]
                lines += [f"+{line}" for line in right[k:m]]
    return lines


def _changed(before: Sequence[str], after: Sequence[str], old: range, new: range) -> Iterator[Row]:
    for a, b in zip_longest(old, new):
        if a is None:
            yield Row("added", right_number=b + 1, right=after[b])
        elif b is None:
            yield Row("removed", a + 1, before[a])
        else:
            yield Row("changed", a + 1, before[a], b + 1, after[b])


def _groups(before: Sequence[str], after: Sequence[str], context: int) -> list[list[Opcode]]:
    """Return what changes, in groups with the lines around."""
    # What is equal at both ends is most of a large file, and need not be compared twice.
    head = _equal(before, after)
    tail = _equal(before[head:][::-1], after[head:][::-1])
    head, tail = max(head - context, 0), max(tail - context, 0)
    matcher = difflib.SequenceMatcher(
        None, before[head : len(before) - tail], after[head : len(after) - tail], autojunk=False
    )
    return [
        [(tag, i + head, j + head, k + head, m + head) for tag, i, j, k, m in group]
        for group in matcher.get_grouped_opcodes(context)
        if any(tag != "equal" for tag, *_ in group)
    ]


def _equal(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many lines two versions have in common at their beginning."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _range(start: int, stop: int) -> str:
    length = stop - start
    if length == 1:
        return str(start + 1)
    return f"{start if length == 0 else start + 1},{length}"
