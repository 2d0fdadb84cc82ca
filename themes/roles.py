"""What each colour of the program is for, and what it is where a theme does not say.

A theme gives a few base colours. The roles follow from them here and nowhere else, so that text
can be read on everything it stands on.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from textual.color import Color

from themes.contrast import make_readable, strongest_ground

Colours = dict[str, Color]


class Role(NamedTuple):
    """A colour of this program's own.

    ``source`` is the base colour that it follows; ``is_text`` says that words are written in it.
    """

    about: str
    source: str
    is_text: bool = True


ROLES: Final[dict[str, Role]] = {
    "user": Role("what the person said", "primary"),
    "analysis": Role("the analysis channel", "secondary"),
    "commentary": Role("the commentary channel", "accent"),
    "final": Role("the final channel", "foreground"),
    "notice": Role("warnings, and what the program itself says", "warning"),
    "muted": Role("what matters less: labels, hints, details", "foreground"),
    "tool-asked": Role("a tool call that waits for approval", "warning"),
    "tool-running": Role("a tool call that runs", "primary"),
    "tool-done": Role("a tool call that succeeded", "success"),
    "tool-failed": Role("a tool call that failed", "error"),
    "tool-declined": Role("a tool call that was not allowed", "foreground"),
    "frame-focus": Role("the frame and title of the pane in focus, keys, cursors", "primary"),
    "text-primary": Role("headings, links, functions in code", "primary"),
    "text-secondary": Role("formulas, built-in names in code", "secondary"),
    "text-accent": Role("code within a line, keywords in code", "accent"),
    "text-success": Role("strings in code, added lines", "success"),
    "text-warning": Role("numbers in code", "warning"),
    "text-error": Role("removed lines", "error"),
    "frame": Role("the frames of the other panes, lines", "foreground", is_text=False),
    "selection": Role("the ground of selected text", "primary", is_text=False),
    "cursor": Role("the ground of the chosen row of a list", "primary", is_text=False),
}
TEXT_ROLES: Final = tuple(name for name, role in ROLES.items() if role.is_text)
QUIET: Final = {"muted": 0.4, "tool-declined": 0.4, "frame": 0.78}
"""So far are these on the way from the foreground to the background."""
SELECTION_TINT, CURSOR_TINT, LEAST_CURSOR_TINT = 0.45, 0.3, 0.18
"""So much of the focus's colour is in the grounds of a selection and of a chosen row."""

_DARK: Final = {
    "background": "#14171d",
    "foreground": "#d5dae3",
    "success": "#8fc08a",
    "warning": "#e0b860",
    "error": "#e88a86",
}
_LIGHT: Final = {
    "background": "#fbfaf7",
    "foreground": "#272b33",
    "success": "#2d6b33",
    "warning": "#855800",
    "error": "#ae2a24",
}
SURFACE_TINT, PANEL_TINT = 0.03, 0.09
"""So far are the grounds of code and of a message from the background to the foreground."""
GROUNDS: Final = ("background", "surface", "panel")
AS_GIVEN: Final = (*GROUNDS, "foreground")
BASE_COLOURS: Final = (
    *AS_GIVEN,
    *("primary", "secondary", "accent", "success", "warning", "error"),
)


def derive_base(given: Mapping[str, Color], *, is_dark: bool) -> Colours:
    """Return all base colours of a theme that gives some of them, ``primary`` at least.

    Those that text is written in are changed as far as it needs to be read on the grounds.
    """
    usual = {name: Color.parse(text) for name, text in (_DARK if is_dark else _LIGHT).items()}
    base = {**usual, **given}
    ground, text = base["background"], base["foreground"]
    base.setdefault("surface", ground.blend(text, SURFACE_TINT))
    base.setdefault("panel", ground.blend(text, PANEL_TINT))
    base.setdefault("secondary", base["primary"])
    base.setdefault("accent", base["primary"])
    grounds = [base[name] for name in GROUNDS]
    return {
        name: base[name] if name in AS_GIVEN else make_readable(base[name], grounds)
        for name in BASE_COLOURS
    }


def derive_roles(base: Mapping[str, Color], own: Mapping[str, Color]) -> Colours:
    """Return the colours of all roles.

    Args:
        base: all base colours, opaque.
        own: roles that the theme sets itself; they are taken as they are.
    """
    ground, text = base["background"], base["foreground"]
    # What is derived leaves room for a chosen row that can be told from the others.
    row = ground.blend(base["primary"], LEAST_CURSOR_TINT)
    grounds = [*(base[name] for name in GROUNDS), row]
    roles: Colours = {}
    for name, role in ROLES.items():
        colour = base[role.source].blend(ground, QUIET.get(name, 0.0))
        roles[name] = own.get(name) or (make_readable(colour, grounds) if role.is_text else colour)
    focus = roles["frame-focus"]
    texts = [text, *(roles[name] for name in TEXT_ROLES)]
    derived = {
        "selection": strongest_ground(ground, focus, SELECTION_TINT, [text]),
        "cursor": strongest_ground(ground, focus, CURSOR_TINT, texts),
    }
    return {**roles, **derived, **own}


def derive_furniture(base: Mapping[str, Color], roles: Mapping[str, Color]) -> Colours:
    """Return the colours of Textual's own widgets, kept quiet."""
    ground, text = base["background"], base["foreground"]
    focus, frame, muted = roles["frame-focus"], roles["frame"], roles["muted"]
    return {
        "border": focus,
        "border-blurred": frame,
        "input-cursor-background": focus,
        "input-cursor-foreground": ground,
        "input-selection-background": roles["selection"],
        "input-selection-foreground": text,
        "screen-selection-background": roles["selection"],
        "screen-selection-foreground": text,
        "block-cursor-background": roles["cursor"],
        "block-cursor-foreground": text,
        "block-cursor-blurred-background": roles["cursor"],
        "block-cursor-blurred-foreground": text,
        "block-hover-background": base["panel"],
        "text-muted": muted,
        "text-disabled": muted,
        "foreground-muted": muted,
        "footer-background": ground,
        "footer-foreground": muted,
        "footer-description-foreground": muted,
        "footer-key-foreground": focus,
        "scrollbar": frame,
        "scrollbar-hover": focus,
        "scrollbar-active": focus,
        "scrollbar-background": ground,
        "scrollbar-background-hover": ground,
        "scrollbar-background-active": ground,
        "scrollbar-corner-color": ground,
    }
