"""How the panes are arranged, and the small file in which that outlives the program.

A file that cannot be read or makes no sense is as good as none: the program begins with its own
arrangement, and a line in the log says why.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import field, replace
from pathlib import Path
from typing import Any, Literal, get_args

from engine.values import value
from harmony_tui.state_files import write_state

logger = logging.getLogger(__name__)

Layout = Literal["side", "columns", "below", "chat"]
"""Panes in a column beside the conversation, in two, in a row below it, or one at a time."""
LAYOUTS: tuple[Layout, ...] = get_args(Layout)
CONVERSATION = "conversation"
SIDE_PANES = ("analysis", "tools", "hyperparameters")
"""Those that are shown until they are hidden."""
ON_DEMAND = ("tokens",)
"""Those that are hidden until they are shown."""

LARGEST_FILE = 65_536
"""Bytes; what is larger was not written by this program."""


@value
class Arrangement:
    """What a person has chosen about the panes.

    ``hidden`` names side panes, ``shown`` those that are shown on demand. ``sizes`` has, for each
    layout in which a border was moved, the parts of the screen and their shares of it, above 0 and
    at most 1; a part that is not named has the share that the program gives it.
    """

    layout: Layout = "side"
    hidden: frozenset[str] = frozenset()
    sizes: Mapping[Layout, Mapping[str, float]] = field(default_factory=dict)
    shown: frozenset[str] = frozenset()

    @property
    def panes(self) -> tuple[str, ...]:
        """The panes beside the conversation that are to be seen, in their order."""
        usual = (name for name in SIDE_PANES if name not in self.hidden)
        return (*usual, *(name for name in ON_DEMAND if name in self.shown))

    def with_pane(self, name: str, *, is_shown: bool) -> Arrangement:
        """Return this with a pane beside the conversation shown, or hidden."""
        if name in ON_DEMAND:
            return replace(self, shown=self.shown | {name} if is_shown else self.shown - {name})
        return replace(self, hidden=self.hidden - {name} if is_shown else self.hidden | {name})

    def with_sizes(self, layout: Layout, sizes: Mapping[str, float]) -> Arrangement:
        """Return this with other shares of some parts in a layout."""
        changed = {**self.sizes.get(layout, {}), **sizes}
        return replace(self, sizes={**self.sizes, layout: changed})


def load_arrangement(path: Path) -> Arrangement:
    """Read an arrangement; return the program's own where there is none that can be used."""
    try:
        if not path.is_file():  # also not a pipe, which would be waited for
            return Arrangement()
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
        if len(content) > LARGEST_FILE:
            raise ValueError(f"it is larger than {LARGEST_FILE:,} bytes")
        return _from_content(json.loads(content))
    except (OSError, ValueError, RecursionError) as error:
        logger.warning("The arrangement of the panes in %s is not used: %s", path, error)
        return Arrangement()


def save_arrangement(path: Path, arrangement: Arrangement) -> None:
    """Write an arrangement, whole or not at all; a line in the log says so where it cannot be."""
    content = {
        "layout": arrangement.layout,
        "hidden": sorted(arrangement.hidden),
        "shown": sorted(arrangement.shown),
        "sizes": {
            layout: {part: round(share, 4) for part, share in sizes.items()}
            for layout, sizes in arrangement.sizes.items()
        },
    }
    try:
        write_state(path, content)
    except OSError as error:
        logger.warning("The arrangement of the panes is not kept in %s: %s", path, error)


def _from_content(content: Any) -> Arrangement:
    """Return the arrangement that a file's content is.

    Raises:
        ValueError: it is none.
    """
    match content:
        case {"layout": layout, "hidden": list(hidden), "sizes": dict(sizes)} if layout in LAYOUTS:
            shown = content.get("shown", [])  # there was none on demand at first
            if not (_are_among(hidden, SIDE_PANES) and _are_among(shown, ON_DEMAND)):
                raise ValueError("it names panes that there are not")
            if not all(layout in LAYOUTS for layout in sizes):
                raise ValueError("it names layouts that there are not")
            read = {layout: _read_sizes(sizes[layout]) for layout in sizes}
            return Arrangement(layout, frozenset(hidden), read, frozenset(shown))
        case _:
            raise ValueError("it has not the form that it should have")


def _are_among(names: Any, panes: tuple[str, ...]) -> bool:
    return isinstance(names, list) and all(name in panes for name in names)


def _read_sizes(sizes: Any) -> dict[str, float]:
    if not isinstance(sizes, dict):
        raise ValueError("sizes are shares by name")
    for part, share in sizes.items():
        if isinstance(share, bool) or not isinstance(share, int | float) or not 0 < share <= 1:
            raise ValueError(f"the share of {part} is not a number above 0 and at most 1")
    return {part: float(share) for part, share in sizes.items()}
