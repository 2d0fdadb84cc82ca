"""What the command about themes does."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from harmony_tui.commands.command import CommandError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from harmony_tui.app import HarmonyApp

HOW_TO_KEEP = "To keep it: /keep theme"


def set_theme(app: HarmonyApp, name: str) -> None:
    """Change the colours to those of a theme, or show all themes to choose from."""
    app.look_at_themes()
    app.watch_themes()
    if not name:
        _show_themes(app)
        return
    if name not in app.available_themes:
        names = theme_names(app)
        near = get_close_matches(name, names, n=1, cutoff=0.5)
        meant = f" Did you mean {near[0]}?" if near else ""
        raise CommandError(f"There is no theme {name}.{meant} There are: {', '.join(names)}.")
    _use_theme(app, name)
    app.flash(HOW_TO_KEEP)


def _use_theme(app: HarmonyApp, name: str) -> None:
    """Put a theme in force and note that the person chose it."""
    app.use_theme(name)
    app.engine.set_theme(app.theme)


def theme_names(app: HarmonyApp) -> Sequence[str]:
    """Return the names of this program's themes and the person's own."""
    return app.theme_names


def _show_themes(app: HarmonyApp) -> None:
    from harmony_tui.commands.settings import keep
    from harmony_tui.screens.themes import Choice, ThemesScreen

    def go_on(choice: Choice | None) -> None:
        if choice is None:
            return
        _use_theme(app, choice.name)
        if choice.is_kept:
            try:
                keep(app, "theme")
            except CommandError as error:
                app.flash(str(error), is_problem=True)
        else:
            app.flash(f"The theme is {app.theme}. {HOW_TO_KEEP}")

    app.push_screen(ThemesScreen(app), go_on)
