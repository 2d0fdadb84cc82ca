"""Where each pane stands: cells of the screen from an arrangement and the room there is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise
from math import floor
from typing import Literal, NamedTuple

from textual.geometry import Offset, Region, Size, Spacing

from engine.values import value
from harmony_tui.arrangement import (
    CONVERSATION,
    ON_DEMAND,
    SIDE_PANES,
    Arrangement,
    Layout,
)

Axis = Literal["x", "y"]

WIDE = 110
"""Columns from which on the panes can stand beside the conversation."""
WIDE_FOR_COLUMNS = 150
"""Columns from which on they can do so in two columns."""
LEAST_CONVERSATION = Size(40, 8)
LEAST_PANE = Size(32, 5)
"""Frame included. Where there is no room for so many lines it is less, down to ``LEAST_LINES``."""
LEAST_LINES = 3
USUAL_COLUMN = 42
"""Columns that the side column has at least until its border is moved."""
FRAME = Spacing(1, 1, 1, 1)
TALL = 24
"""Lines from which on a pane that is a tab shares the room with the conversation."""

SHARES: Mapping[Layout, Mapping[str, float]] = {
    "side": {
        CONVERSATION: 2 / 3,
        "column": 1 / 3,
        "analysis": 0.47,
        "tools": 0.23,
        "hyperparameters": 0.3,
        "tokens": 2.0,
    },
    "columns": {
        CONVERSATION: 0.5,
        "first": 0.25,
        "second": 0.25,
        "analysis": 0.6,
        "tools": 0.4,
        "hyperparameters": 1.0,
        "tokens": 2.0,
    },
    "below": {
        CONVERSATION: 0.6,
        "row": 0.4,
        "analysis": 0.36,
        "tools": 0.28,
        "hyperparameters": 0.36,
        "tokens": 0.5,
    },
    "chat": {
        CONVERSATION: 0.6,
        "analysis": 0.4,
        "tools": 0.4,
        "hyperparameters": 0.4,
        "tokens": 0.6,
    },
}
"""The program's own shares of the parts in each layout."""
COLUMNS = {"first": ("analysis", "tools"), "second": ("hyperparameters", *ON_DEMAND)}


@value
class Border:
    """The line between two neighbours, which can be moved along an axis.

    ``region`` is the lines of both their frames. ``parts`` are all that share the axis' room, with
    their sizes and least sizes in cells; the border is after the part with number ``index``.
    """

    axis: Axis
    region: Region
    index: int
    parts: tuple[str, ...]
    sizes: tuple[int, ...]
    leasts: tuple[int, ...]
    share: float
    """What the parts' shares add up to."""

    def moved(self, cells: int) -> dict[str, float]:
        """Return the parts' shares with the border some cells further on, as far as it can go."""
        before, after = self.index, self.index + 1
        sizes = list(self.sizes)
        least = self.leasts[before] - sizes[before]
        most = sizes[after] - self.leasts[after]
        step = min(max(cells, least), most)
        sizes[before] += step
        sizes[after] -= step
        # Only what they are to each other counts, and none may be more than all there is.
        whole = min(self.share, sum(sizes) / max(sizes))
        return {
            part: whole * size / sum(sizes) for part, size in zip(self.parts, sizes, strict=True)
        }


class Placing(NamedTuple):
    """Where what is shown stands, by the panes' names, and the borders between.

    ``layout`` is the one that there is room for; ``is_alone`` says that one pane has all the room.
    """

    layout: Layout
    regions: Mapping[str, Region]
    borders: tuple[Border, ...] = ()

    @property
    def is_alone(self) -> bool:
        """Whether one pane has all the room."""
        return len(self.regions) == 1

    def border_at(self, place: Offset) -> Border | None:
        """Return the border at a cell."""
        return next((each for each in self.borders if each.region.contains_point(place)), None)

    def frame_at(self, place: Offset) -> str | None:
        """Return the pane whose frame is at a cell."""
        for name, region in self.regions.items():
            inside = region.shrink(FRAME)
            if region.contains_point(place) and not inside.contains_point(place):
                return name
        return None

    def border_of(self, pane: str, axis: Axis) -> Border | None:
        """Return the border of a pane along an axis, the one after it first, else any there is."""
        region, along = self.regions.get(pane, Region()), "xy".index(axis)

        def distance(border: Border) -> tuple[bool, bool]:
            is_beside = border.region.overlaps(region)
            is_before = border.region.center[along] < region.center[along]
            return not is_beside, is_beside and is_before

        borders = [border for border in self.borders if border.axis == axis]
        return min(borders, key=distance, default=None)


class _Part(NamedTuple):
    """A pane, or a part of the screen that panes share along an axis."""

    name: str
    least: int
    """Cells along the axis of the part around it."""
    axis: Axis = "y"
    parts: tuple[_Part, ...] = ()


def layout_for(arrangement: Arrangement, size: Size) -> Layout:
    """Return the layout that a size has room for: the chosen one, or else the nearest to it."""
    panes = visible_panes(arrangement)
    match arrangement.layout:
        case "columns" if size.width >= WIDE_FOR_COLUMNS:
            return "columns"
        case "side" | "columns" if size.width >= WIDE:
            return "side"
        case "below":
            width = max(LEAST_CONVERSATION.width, LEAST_PANE.width * len(panes))
            height = LEAST_CONVERSATION.height + LEAST_PANE.height
            return "below" if size.width >= width and size.height >= height else "chat"
        case _:
            return "chat"


def visible_panes(arrangement: Arrangement) -> tuple[str, ...]:
    """Return the names of the side panes that are to be seen."""
    return arrangement.panes


def place(
    size: Size, arrangement: Arrangement, front: str | None = None, largest: str | None = None
) -> Placing:
    """Return where each pane stands.

    Args:
        size: the room there is.
        arrangement: what the person has chosen.
        front: the side pane that is shown where the panes are tabs.
        largest: a pane that has all the room.
    """
    layout = layout_for(arrangement, size)
    tree = _tree(layout, size, visible_panes(arrangement), front)
    if largest is not None or not tree.parts:
        return Placing(layout, {largest or tree.name: size.region})
    shares = {**_own_shares(layout, size), **arrangement.sizes.get(layout, {})}
    regions: dict[str, Region] = {}
    borders: list[Border] = []
    _divide(tree, size.region, shares, regions, borders)
    return Placing(layout, regions, tuple(borders))


def _own_shares(layout: Layout, size: Size) -> dict[str, float]:
    shares = dict(SHARES[layout])
    if layout == "side":
        shares["column"] = max(shares["column"], USUAL_COLUMN / size.width)
        shares[CONVERSATION] = 1 - shares["column"]
    return shares


def _tree(layout: Layout, size: Size, panes: Sequence[str], front: str | None) -> _Part:
    """Return what shares the room, and how."""
    if layout == "chat":
        if front is None or size.height < TALL:
            return _Part(front or CONVERSATION, 0)
        front_part = _Part(front, LEAST_PANE.height)
        return _Part("", 0, "y", (_Part(CONVERSATION, LEAST_CONVERSATION.height), front_part))
    if not panes:
        return _Part(CONVERSATION, 0)
    if layout == "below":
        row = _Part("row", LEAST_PANE.height, "x", _row(panes))
        return _Part("", 0, "y", (_Part(CONVERSATION, LEAST_CONVERSATION.height), row))
    columns = COLUMNS if layout == "columns" else {"column": (*SIDE_PANES, *ON_DEMAND)}
    parts = [
        _Part(name, LEAST_PANE.width, "y", _column(shown, size.height))
        for name, stack in columns.items()
        if (shown := [pane for pane in stack if pane in panes])
    ]
    return _Part("", 0, "x", (_Part(CONVERSATION, LEAST_CONVERSATION.width), *parts))


def _row(panes: Sequence[str]) -> tuple[_Part, ...]:
    return tuple(_Part(pane, LEAST_PANE.width) for pane in panes)


def _column(panes: Sequence[str], height: int) -> tuple[_Part, ...]:
    """Return panes one above the other, as many as there is room for."""
    shown = panes[: max(1, height // LEAST_LINES)]
    least = min(LEAST_PANE.height, max(0, height) // len(shown))
    return tuple(_Part(pane, least) for pane in shown)


def _divide(
    part: _Part,
    region: Region,
    shares: Mapping[str, float],
    regions: dict[str, Region],
    borders: list[Border],
) -> None:
    """Give each pane within a part its region, and each two neighbours a border."""
    if not part.parts:
        regions[part.name] = region
        return
    room = region.width if part.axis == "x" else region.height
    names = tuple(each.name for each in part.parts)
    leasts = tuple(each.least for each in part.parts)
    wanted = [shares.get(name, 1.0) for name in names]
    sizes = tuple(divide(room, wanted, leasts))
    starts = [0, *accumulate(sizes)]
    pieces = [_piece(region, part.axis, *edges) for edges in pairwise(starts)]
    for index, (before, after) in enumerate(pairwise(pieces)):
        line = (
            Region(before.right - 1, after.y, 2, after.height)
            if part.axis == "x"
            else Region(after.x, before.bottom - 1, after.width, 2)
        )
        borders.append(Border(part.axis, line, index, names, sizes, leasts, sum(wanted)))
    for each, piece in zip(part.parts, pieces, strict=True):
        _divide(each, piece, shares, regions, borders)


def _piece(region: Region, axis: Axis, start: int, end: int) -> Region:
    if axis == "x":
        return Region(region.x + start, region.y, end - start, region.height)
    return Region(region.x, region.y + start, region.width, end - start)


def divide(room: int, shares: Sequence[float], leasts: Sequence[int]) -> list[int]:
    """Return sizes in whole cells that add up to a room: by share, but none below its least.

    Where the least sizes are too much together, they are divided by what each is the least of.
    """
    if sum(leasts) > room:
        shares, leasts = [max(1, least) for least in leasts], [0] * len(leasts)
    held: set[int] = set()
    while True:
        free = room - sum(leasts[index] for index in held)
        whole = sum(share for index, share in enumerate(shares) if index not in held)
        sizes = [
            leasts[index] if index in held else free * share / whole
            for index, share in enumerate(shares)
        ]
        short = {index for index, size in enumerate(sizes) if size < leasts[index]}
        if not short:
            break
        held |= short
    edges = [0, *(floor(edge + 0.5) for edge in accumulate(sizes))]
    return [after - before for before, after in pairwise(edges)]
