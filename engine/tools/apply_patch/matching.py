"""Where in a file the hunks of a patch belong.

Lines are compared as they are, then without blanks after them, then without those around them,
then with Unicode's dashes, quotes and blanks folded, last with blanks inside counted as one: the
first way that finds the lines is taken. Where they are found more than once, nothing is guessed.
"""

from __future__ import annotations

import difflib
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from engine.tools.apply_patch.folding import fold
from engine.tools.apply_patch.grammar import Hunk, PatchError

Reading = Callable[[str], str]

READINGS: tuple[Reading, ...] = (
    str,
    str.rstrip,
    str.strip,
    fold,
    lambda line: " ".join(fold(line).split()),
)
MOST_SHOWN = 8
"""Lines that an error shows."""
MOST_PLACES = 6
LONGEST_SHOWN = 160
CLOSEST_OF = 4000
"""So many of a file's lines are compared with one that is like none."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A hunk, and the line (from 0) where what it replaces begins."""

    hunk: Hunk
    start: int

    @property
    def end(self) -> int:
        """The line after the last that it replaces."""
        return self.start + len(self.hunk.old)


class Matcher:
    """Finds hunks in one file."""

    def __init__(self, path: str, lines: Sequence[str]) -> None:
        """Take a file's lines, and its path as errors name it."""
        self.path = path
        self.lines = lines

    def place(self, hunks: Sequence[Hunk]) -> list[Placed]:
        """Return where each hunk belongs, in the order of the file.

        Raises:
            PatchError: one fits nowhere, or in several places.
        """
        placed: list[Placed] = []
        start = 0
        for number, hunk in enumerate(hunks):
            candidates = self._candidates(hunk, start)
            if not candidates:
                raise self._missing(number, hunk, start)
            candidates = _hinted(candidates, hunk)
            rest = hunks[number + 1 :]
            # With the rest of the hunks below it, it may fit in the first place only.
            is_open = len(candidates) > 1 and self._fits(rest, candidates[1].end)
            if is_open and self._matters(candidates):
                raise self._ambiguous(number, [each.start for each in candidates])
            placed.append(candidates[0])
            if candidates[0].start < len(self.lines):  # lines put at the end stand below all hunks
                start = candidates[0].end
        return placed

    def _matters(self, candidates: Sequence[Placed]) -> bool:
        """Whether it makes a difference in which place a hunk goes, as not in a row of equals."""
        if len(candidates) > MOST_PLACES:
            return True
        results = {
            (*self.lines[: each.start], *each.hunk.new, *self.lines[each.end :])
            for each in candidates
        }
        return len(results) > 1

    def _fits(self, hunks: Sequence[Hunk], start: int) -> bool:
        for hunk in hunks:
            candidates = self._candidates(hunk, start)
            if not candidates:
                return False
            start = candidates[0].end
        return True

    def _candidates(self, hunk: Hunk, start: int) -> list[Placed]:
        """Return the places where a hunk fits from a line on, the first first."""
        for variant in _variants(hunk):
            if not variant.old:
                # Empty lines that should be there, and are not, fit in an empty file only.
                if hunk.old and self.lines and not hunk.anchors:
                    return []
                return [Placed(variant, at) for at in self._insertions(variant, start)]
            # An anchor that leads nowhere may be wrong: the lines themselves decide then.
            for anchors in (hunk.anchors, ()) if hunk.anchors else ((),):
                for reading in range(len(READINGS)):
                    found = self._found(variant, anchors, reading, start)
                    if found:
                        return [Placed(variant, at) for at in found]
        return []

    def _found(self, hunk: Hunk, anchors: Sequence[str], reading: int, start: int) -> list[int]:
        places = [at for at in self._places(hunk.old, reading) if at >= start]
        at_end = len(self.lines) - len(hunk.old)
        if hunk.is_at_end and at_end in places:
            return [at_end]
        if not anchors:
            return places
        # The first place after the anchor is meant, or from it on: some repeat its line.
        after = (_first(places, end - 1) for end in self._anchored(anchors))
        return sorted({at for at in after if at is not None})

    def _insertions(self, hunk: Hunk, start: int) -> list[int]:
        """Return where lines can go in that replace none."""
        if hunk.is_at_end:
            return [len(self.lines)]
        if hunk.anchors:
            return [end for end in self._anchored(hunk.anchors) if end >= start]
        if hunk.line_hint is not None and start <= hunk.line_hint <= len(self.lines):
            return [hunk.line_hint]
        return [len(self.lines)]

    def _anchored(self, anchors: Sequence[str]) -> list[int]:
        """Return the lines after those where a chain of anchors can end."""
        ends = [at + 1 for at in self._anchor_lines(anchors[0])]
        for anchor in anchors[1:]:
            found = self._anchor_lines(anchor)
            below = {_first(found, end) for end in ends}
            ends = sorted(at + 1 for at in below if at is not None)
        return ends

    def _anchor_lines(self, anchor: str) -> list[int]:
        for reading in range(len(READINGS)):
            if found := self._places([anchor], reading):
                return found
        wanted = fold(anchor)
        folded = self._read[3]
        begun = [at for at, line in enumerate(folded) if line.startswith(wanted)]
        return begun or [at for at, line in enumerate(folded) if wanted in line]

    @cached_property
    def _read(self) -> list[list[str]]:
        """The lines as each reading has them."""
        return [[reading(line) for line in self.lines] for reading in READINGS]

    @cached_property
    def _where(self) -> list[dict[str, list[int]]]:
        """For each reading, where each line is."""
        indices: list[dict[str, list[int]]] = []
        for lines in self._read:
            index: dict[str, list[int]] = defaultdict(list)
            for number, line in enumerate(lines):
                index[line].append(number)
            indices.append(index)
        return indices

    def _places(self, wanted: Sequence[str], reading: int) -> list[int]:
        """Return where lines are, one after the other, under a reading."""
        read = [READINGS[reading](line) for line in wanted]
        lines, index = self._read[reading], self._where[reading]
        # The rarest line says where to look.
        offset = min(range(len(read)), key=lambda each: len(index.get(read[each], ())))
        return [
            at - offset
            for at in index.get(read[offset], ())
            if at >= offset and lines[at - offset : at - offset + len(read)] == read
        ]

    def _missing(self, number: int, hunk: Hunk, start: int) -> PatchError:
        name = f"hunk {number + 1} of {self.path}"
        if not hunk.old and hunk.anchors:
            unknown = [each for each in hunk.anchors if not self._anchor_lines(each)]
            after = repr((unknown or hunk.anchors)[-1])
            return PatchError(f"{name} goes after {after}, but no line there is like that")
        earlier = self._candidates(hunk, 0) if start else []
        if earlier:
            return PatchError(
                f"{name} fits only at line {earlier[0].start + 1}, above or in the hunk before it; "
                "write the hunks in the order of the file, without overlap"
            )
        is_done = hunk.new != hunk.old and self._candidates(
            replace(hunk, lines=tuple((" ", text) for text in hunk.new)), start
        )
        said = [f"{name} does not fit. These lines, one after the other, are not in the file:"]
        said += _shown(hunk.old)
        if is_done:
            said.append(
                f"What they were to become is there already, at line {is_done[0].start + 1}."
            )
        if nearest := self._nearest(hunk.old):
            first, last = nearest.start, nearest.stop
            said.append(f"The nearest are lines {first + 1} to {last} of {len(self.lines)}:")
            said += _shown([f"{at + 1}: {self.lines[at]}" for at in nearest])
        said.append("Write the hunk from what the file holds; read it again if need be.")
        return PatchError("\n".join(said))

    def _ambiguous(self, number: int, starts: Sequence[int]) -> PatchError:
        numbers = [str(start + 1) for start in starts[:MOST_PLACES]]
        more = "" if len(starts) <= MOST_PLACES else f" and {len(starts) - MOST_PLACES} more"
        return PatchError(
            f"hunk {number + 1} of {self.path} fits in {len(starts)} places, at lines "
            f"{', '.join(numbers)}{more}. Add lines before and after it that are only in one, or "
            "put an @@ line before it that names the function or class it is in"
        )

    def _nearest(self, wanted: Sequence[str]) -> range | None:
        """Return the lines of the file that are most like others."""
        votes: Counter[int] = Counter()
        for offset, line in enumerate(wanted):
            if fold(line):
                for at in self._where[3].get(fold(line), ()):
                    votes[max(at - offset, 0)] += 1
        if not votes:
            longest = max(wanted, key=len, default="")
            pool = [line for line in self._read[3][:CLOSEST_OF] if line]
            close = difflib.get_close_matches(fold(longest), pool, n=1, cutoff=0.5)
            if not close:
                return None
            votes[max(self._where[3][close[0]][0] - wanted.index(longest), 0)] += 1
        start = votes.most_common(1)[0][0]
        return range(start, min(start + len(wanted), len(self.lines)))


def _first(places: Sequence[int], start: int) -> int | None:
    """Return the first from a line on of places in their order."""
    index = bisect_left(places, start)
    return places[index] if index < len(places) else None


def _variants(hunk: Hunk) -> Iterator[Hunk]:
    """Give a hunk, then without empty lines at its end, which may only part it from the next.

    Then, too, without those at its beginning.
    """
    yield hunk
    lines = list(hunk.lines)
    while (shorter := _without_last_empty(lines)) is not None:
        lines = shorter
    if len(lines) < len(hunk.lines):
        yield replace(hunk, lines=tuple(lines))
    first = next((at for at, line in enumerate(lines) if line != (" ", "")), len(lines))
    if first:
        yield replace(hunk, lines=tuple(lines[first:]))


def _without_last_empty(lines: list[tuple[str, str]]) -> list[tuple[str, str]] | None:
    """Return a hunk's lines without the last that the file has to have, if that is empty."""
    last = max((at for at, (kind, _) in enumerate(lines) if kind != "+"), default=None)
    if last is None or lines[last][1]:
        return None
    is_replaced = lines[last][0] == "-" and lines[-1] == ("+", "")
    return lines[:last] + lines[last + 1 : -1 if is_replaced else None]


def _hinted(candidates: list[Placed], hunk: Hunk) -> list[Placed]:
    """Return the place that a line number names, if it is one, or else all."""
    if hunk.line_hint is None:
        return candidates
    named = [each for each in candidates if each.start == hunk.line_hint]
    return named or candidates


def _shown(lines: Sequence[str]) -> list[str]:
    cut = [f"  {line[:LONGEST_SHOWN]}" for line in lines[:MOST_SHOWN]]
    return [*cut, f"  … {len(lines) - MOST_SHOWN} more"] if len(lines) > MOST_SHOWN else cut
