"""Commands for the manual, the tour and the panes."""

from __future__ import annotations

from harmony_tui.arrangement import LAYOUTS
from harmony_tui.commands import handlers, layout, tour
from harmony_tui.commands.command import Command

ENTRIES: tuple[Command, ...] = (
    Command(
        "help",
        "Help",
        "Show the manual, at one of its pages if it is named.",
        handlers.show_help,
        arguments="[PAGE]",
        aliases=("h", "?"),
        keys=("f1",),
        in_footer=True,
        choices=handlers.help_pages,
    ),
    Command(
        "tour",
        "Tour",
        "Show you around in two minutes, or go on with that.",
        tour.take_tour,
        arguments=f"[{'|'.join(tour.MOVES)}]",
        choices=lambda _: tour.MOVES,
    ),
    Command(
        "analysis",
        "Analysis",
        "Show or hide the analysis pane.",
        handlers.toggle_pane("analysis"),
        has_slash=False,
        keys=("f2",),
        in_footer=True,
    ),
    Command(
        "calls",
        "Tools",
        "Show or hide the tools pane.",
        handlers.toggle_pane("tools"),
        has_slash=False,
        keys=("f3",),
        in_footer=True,
    ),
    Command(
        "hyperparameters",
        "Dials",
        "Show or hide the hyperparameters pane.",
        handlers.toggle_pane("hyperparameters"),
        has_slash=False,
        keys=("f4",),
        in_footer=True,
    ),
    Command(
        "maximise",
        "Maximise",
        "Give the pane with the focus all the room; again takes it back.",
        layout.maximise,
        aliases=("maximize",),
        keys=("f10",),
    ),
    Command(
        "layout",
        "Layout",
        "Lay the panes out in the next way, or in one by its name; reset has the usual one.",
        layout.use_layout,
        arguments=f"[{'|'.join((*LAYOUTS, layout.RESET))}]",
        keys=("f11",),
        choices=layout.layouts,
    ),
    Command(
        "border-left",
        "Border left",
        "Move the border beside the pane with the focus to the left.",
        layout.move_border("x", -1),
        has_slash=False,
        keys=("alt+shift+left",),
    ),
    Command(
        "border-right",
        "Border right",
        "Move the border beside the pane with the focus to the right.",
        layout.move_border("x", 1),
        has_slash=False,
        keys=("alt+shift+right",),
    ),
    Command(
        "border-up",
        "Border up",
        "Move the border below the pane with the focus up.",
        layout.move_border("y", -1),
        has_slash=False,
        keys=("alt+shift+up",),
    ),
    Command(
        "border-down",
        "Border down",
        "Move the border below the pane with the focus down.",
        layout.move_border("y", 1),
        has_slash=False,
        keys=("alt+shift+down",),
    ),
)
