"""What the commands about the panes' places do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harmony_tui.arrangement import LAYOUTS, Layout
from harmony_tui.commands.command import CommandError, Handler

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from harmony_tui.app import HarmonyApp
    from harmony_tui.panes.placing import Axis

RESET = "reset"
MEANINGS: Mapping[Layout, str] = {
    "side": "the panes beside the conversation",
    "columns": "the panes beside the conversation, in two columns",
    "below": "the panes in a row below the conversation",
    "chat": "the conversation, the panes as tabs",
}
STEPS: Mapping[Axis, int] = {"x": 2, "y": 1}
"""Cells that a border is moved by at once."""


def maximise(app: HarmonyApp, _: str) -> None:
    """Give the pane with the focus all the room, or take it back."""
    app.chat_screen.maximise()


def use_layout(app: HarmonyApp, name: str) -> None:
    """Lay the panes out in a named way, or in the next one that there is room for."""
    area = app.chat_screen.area
    if name == RESET:
        area.reset()
        app.flash("The panes are as they are at first.")
        return
    if not name:
        following = area.next_layout()
        if following is None:
            raise CommandError("There is room for one layout only; F2 to F4 show the panes.")
        name = following
    layout = next((layout for layout in LAYOUTS if layout == name), None)
    if layout is None:
        raise CommandError(f"There is no layout {name!r}. There are: {', '.join(layouts(app))}.")
    found = area.use_layout(layout)
    if found == layout:
        app.flash(f"{layout}: {MEANINGS[layout]}.")
    else:
        app.flash(f"There is no room for {layout} yet, so this is {found}: {MEANINGS[found]}.")


def layouts(_: HarmonyApp) -> Sequence[str]:
    """Return the names of the layouts, and what is typed to have the program's own."""
    return (*LAYOUTS, RESET)


def move_border(axis: Axis, step: int) -> Handler:
    """Return what moves the border beside the pane with the focus, back (-1) or on (1)."""

    def move(app: HarmonyApp, _: str) -> None:
        if not app.chat_screen.move_border(axis, step * STEPS[axis]):
            raise CommandError("No border here can be moved that way.")

    return move
