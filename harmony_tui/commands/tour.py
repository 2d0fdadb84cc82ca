"""What the command about the tour does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harmony_tui.commands.command import CommandError

if TYPE_CHECKING:
    from harmony_tui.app import HarmonyApp

ANEW = "anew"
MOVES = ("next", "back", ANEW, "end")


def take_tour(app: HarmonyApp, text: str) -> None:
    """Begin the tour or go on with it, or go a step further or back, begin it anew, leave it."""
    match text:
        case "":
            app.tour.begin()
        case "anew":
            app.tour.begin(is_anew=True)
        case "next" | "back" | "end":
            app.tour.move(text)
        case _:
            raise CommandError(f"/tour can be followed by: {', '.join(MOVES)}; not {text!r}.")
