"""The part of the application that knows its colours: the themes there are, and the one in force.

The person's own themes are files in a folder. One that is changed while the program runs is taken
up at once; one that cannot be used is told of, and what was in force before stays.
"""

from __future__ import annotations

import logging
import time
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import App
from textual.theme import Theme

from engine.config import locations
from harmony_tui.clipboard import CopyingApp
from harmony_tui.stylesheets import SparingStylesheet
from themes.bundled import BundledThemes
from themes.few_colours import Palette, fit, palette_of
from themes.loader import BadTheme, DescribedTheme, load_themes, role_defaults, theme_files

if TYPE_CHECKING:
    from themes.colourless import Colourless

DEFAULT_THEME = "harmony-dark"
LOOK_SECONDS = 1.0
"""The person's own themes are looked at so often."""
SETTLE_SECONDS = 0.25
"""A file that was written less long ago may be half written."""
PROBLEM_SECONDS = 12

Stamps = dict[Path, tuple[int, int]]
"""Time of the last change, in nanoseconds, and size in bytes of each file."""


class ThemedApp(CopyingApp):
    """An application with the themes of this program and of the person."""

    _palette: Palette = {}  # noqa: RUF012  # read before __init__ has run
    _colourless: Colourless | None = None
    _unread: frozenset[str] = frozenset()
    """The program's own themes that were not needed yet; they are taken up when they are."""

    def __init__(self) -> None:
        super().__init__()
        self.stylesheet = SparingStylesheet(variables=self.stylesheet._variables)
        self.theme_names: list[str] = []
        """The themes of this program and of the person, this program's own colours first."""
        self._bundled = BundledThemes()
        self._own: dict[str, DescribedTheme] = {}
        self._bad: set[BadTheme] = set()
        self._stamps: Stamps = {}
        self._is_watching = False
        self._awaited: str | None = None
        """A theme that is wanted but cannot be used yet."""

    # --- colours ------------------------------------------------------------------------------

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Give colours to the roles that a theme says nothing about."""
        return role_defaults(self.current_theme)

    def get_css_variables(self) -> dict[str, str]:
        """Give the colours of the theme in force, as this terminal can show them."""
        variables = super().get_css_variables()
        if self._colourless is not None:
            self._colourless.learn(variables)
        if self._palette:
            variables = fit(variables, self._palette, is_dark=self.current_theme.dark)
            self.theme_variables = variables
        return variables

    def colours_of(self, theme: Theme) -> dict[str, str]:
        """Return the colours of a theme that need not be in force, as this terminal shows them."""
        colours = theme.to_color_system().generate()
        variables = {**role_defaults(theme), **colours, **theme.variables}
        return fit(variables, self._palette, is_dark=theme.dark)

    def fit_to_terminal(self) -> None:
        """Use from now on only colours that the terminal has, and that the person wants."""
        if self.no_color:
            from themes.colourless import Colourless

            self._colourless = Colourless()
            self._colourless.learn(super().get_css_variables())
            # In place of Textual's own filter, which leaves greys.
            self._filters[:] = [self._colourless]
        else:
            self._palette = palette_of(self.console.color_system)

    # --- the themes there are -----------------------------------------------------------------

    def load_themes(self, wanted: str) -> list[str]:
        """Find all themes and use one; return what is wrong with some."""
        self._unread = frozenset(self._bundled)
        return self._take_up_own_themes() + self.use_theme(wanted)

    @property
    def available_themes(self) -> dict[str, Theme]:
        """All themes by name; the ones that were not needed yet are read now."""
        for name in self._unread:
            self._take_up_bundled(name)
        return super().available_themes

    def get_theme(self, theme_name: str) -> Theme | None:
        """Return a theme, and read no other."""
        if theme_name in self._unread:
            self._take_up_bundled(theme_name)
        return self._registered_themes.get(theme_name)

    def register_theme(self, theme: Theme) -> None:
        """Have a theme be there to use, in place of one of the same name."""
        self._unread -= {theme.name}
        super().register_theme(theme)

    def _validate_theme(self, theme_name: str) -> str:
        is_there = self.get_theme(theme_name) is not None
        return theme_name if is_there else super()._validate_theme(theme_name)

    def _take_up_bundled(self, name: str) -> None:
        self._unread -= {name}
        if (theme := self._bundled.get(name)) is not None:
            self.register_theme(theme)

    def use_theme(self, wanted: str) -> list[str]:
        """Change the colours; return what is wrong with the theme."""
        self.theme = DEFAULT_THEME if self.get_theme(wanted) is None else wanted
        self._awaited = None if wanted == self.theme else wanted
        if self._awaited is None:
            return []
        return [f"There is no theme {wanted!r}. There are: {', '.join(self.theme_names)}."]

    def about_theme(self, name: str) -> str:
        """Return what a theme says about itself, and its file if it is one of the person's own."""
        theme = self._own.get(name) or self._bundled.get(name)
        if theme is None:
            return "One of Textual's own themes."
        return f"{theme.description}\n{theme.path}" if name in self._own else theme.description

    def _take_up_own_themes(self) -> list[str]:
        """Read the person's themes anew; return what was not wrong with them before."""
        folder = locations.themes_folder()
        self._stamps = stamps_of(folder)
        themes, bad = load_themes(folder)
        broken = {each.path.stem for each in bad}
        kept = {name: theme for name, theme in self._own.items() if name in broken}
        own = {**kept, **{theme.name: theme for theme in themes}}
        for name in self._own.keys() - own.keys():
            if name in self._bundled:
                self._take_up_bundled(name)
            elif name != self.theme:
                self.unregister_theme(name)
        for theme in own.values():
            self.register_theme(theme)
        new = [each for each in bad if each not in self._bad]
        self._own, self._bad = own, set(bad)
        self.theme_names = sorted({*self._bundled, *own}, key=_place)
        return [str(each) for each in new]

    # --- while the program runs ---------------------------------------------------------------

    def watch_themes(self) -> None:
        """Take up changes of the person's themes from now on, if there is a folder of them."""
        if not self._is_watching and locations.themes_folder().is_dir():
            self._is_watching = True
            self.set_interval(LOOK_SECONDS, self.look_at_themes)

    def look_at_themes(self) -> None:
        """Take up the person's themes if their files have changed."""
        stamps = stamps_of(locations.themes_folder())
        changed = [stamps[path] for path in stamps if stamps[path] != self._stamps.get(path)]
        if stamps == self._stamps or any(_is_fresh(stamp) for stamp in changed):
            return
        before = self.current_theme
        for problem in self._take_up_own_themes():
            text = f"{problem}\nThe theme before stays."
            logging.getLogger(__name__).warning("%s", text)
            self.notify(text, severity="warning", timeout=PROBLEM_SECONDS, markup=False)
        if self._awaited in self.available_themes and self.theme == DEFAULT_THEME:
            self.use_theme(self._awaited)
        elif self.current_theme != before:
            self.mutate_reactive(App.theme)


def stamps_of(folder: Path) -> Stamps:
    """Return when the themes in a folder were last written."""
    stamps: Stamps = {}
    for path in theme_files([folder]):
        try:
            status = path.stat()
        except OSError:  # it is gone already, or points to nothing
            stamps[path] = (0, 0)
        else:
            stamps[path] = (status.st_mtime_ns, status.st_size)
    return stamps


def _is_fresh(stamp: tuple[int, int]) -> bool:
    return 0 <= time.time() - stamp[0] / 1e9 < SETTLE_SECONDS


def _place(name: str) -> tuple[bool, str]:
    """Return what themes are sorted by: this program's own colours come first."""
    return not name.startswith("harmony"), name
