"""All themes to choose from; the one that is pointed at is shown at once, on the chat itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static
from textual.widgets.option_list import Option

from harmony_tui.screens.choice_list import ChoiceList
from harmony_tui.screens.frame import Frame
from harmony_tui.theming import ThemedApp

NAME_WIDTH = 24
KIND_WIDTH = 7
SWATCHES = ("user", "analysis", "commentary", "tool-done", "notice", "tool-failed", "muted")
BESIDE = 110
"""Columns from which on the themes stand beside the chat instead of below it."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The theme that was chosen; ``is_kept`` says that it is to be written into the settings."""

    name: str
    is_kept: bool = False


class ThemesScreen(ModalScreen[Choice | None]):
    """Lists the themes; gives the one that was chosen, and puts the one before back if none was."""

    CSS_PATH = "themes.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Close"),
        Binding("ctrl+s", "keep", "Keep"),
    ]

    def __init__(self, themed: ThemedApp) -> None:
        """``themed`` is the application whose colours are chosen."""
        super().__init__()
        self._themed = themed
        self._before = themed.theme
        self._is_due = False

    def compose(self) -> ComposeResult:
        """The themes, and a word about the one that is pointed at."""
        with Frame() as frame:
            frame.border_title = "Themes"
            frame.keys = "Enter use  Ctrl+S use and keep  Esc back"
            yield ChoiceList(compact=True)
            yield Static()

    def on_mount(self) -> None:
        """List the themes, dark ones first, and point at the one in force."""
        themes = self._themed.available_themes
        names = sorted(self._themed.theme_names, key=lambda name: not themes[name].dark)
        if self._before not in names:  # one of Textual's own
            names.append(self._before)
        rows = self.query_one(ChoiceList)
        rows.set_options([Option(self._row(name), id=name) for name in names])
        rows.highlighted = names.index(self._before)
        rows.focus()

    def on_resize(self, event: events.Resize) -> None:
        """Leave most of the chat to be seen."""
        self.set_class(event.size.width >= BESIDE, "-beside")

    def _row(self, name: str) -> Content:
        theme = self._themed.available_themes[name]
        colours = self._themed.colours_of(theme)
        ground = colours["background"]
        sample = [(" Aa ", f"{colours['foreground']} on {ground}")]
        sample += [("● ", f"{colours[role]} on {ground}") for role in SWATCHES]
        kind = "dark" if theme.dark else "light"
        return Content.assemble(f"{name:{NAME_WIDTH}}{kind:{KIND_WIDTH}}", *sample)

    @on(ChoiceList.OptionHighlighted)
    def _show(self) -> None:
        # Who holds the arrow key down gets one change of colours for each frame, not for each row.
        if not self._is_due:
            self._is_due = True
            self.call_after_refresh(self._preview)

    def _preview(self) -> None:
        self._is_due = False
        name = self._chosen
        # A file can be deleted while its theme is listed.
        if name in self._themed.available_themes and self.is_attached:
            self._themed.theme = name
            self.query_one(Static).update(Content(self._themed.about_theme(name).strip()))

    @property
    def _chosen(self) -> str | None:
        option = self.query_one(ChoiceList).highlighted_option
        return None if option is None else option.id

    @on(ChoiceList.OptionSelected)
    def _choose(self) -> None:
        self._leave_with(is_kept=False)

    def action_keep(self) -> None:
        """Use the theme that is pointed at, from now on and always."""
        self._leave_with(is_kept=True)

    def _leave_with(self, *, is_kept: bool) -> None:
        name = self._chosen
        self.dismiss(None if name is None else Choice(name, is_kept))

    def action_leave(self) -> None:
        """Put the theme back that was there before."""
        self._themed.use_theme(self._before)
        self.dismiss(None)
