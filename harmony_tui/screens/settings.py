"""What is set, and where each value came from: a table that can be searched."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from engine.config.precedence import Configuration, Value
from harmony_tui.commands.command import CommandError

NAME_WIDTH = 25
VALUE_WIDTH = 30

Keep = Callable[[Configuration, str], str]
"""Writes a setting's value into the user's settings and says so, or raises CommandError."""


class SettingsScreen(ModalScreen[str | None]):
    """Lists the settings; gives the name of one that the person wants to change."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Close"),
        Binding("down", "move(1)", show=False, priority=True),
        Binding("up", "move(-1)", show=False, priority=True),
        Binding("pagedown", "move(10)", show=False, priority=True),
        Binding("pageup", "move(-10)", show=False, priority=True),
        Binding("ctrl+s", "keep", "Keep", priority=True),
    ]

    def __init__(self, configuration: Configuration, search: str, keep: Keep) -> None:
        """``search`` is what is looked for at first."""
        super().__init__()
        self._configuration = configuration
        self._values = configuration.listing()
        self._search = search
        self._keep = keep

    def compose(self) -> ComposeResult:
        """What is looked for, the settings, and below them what the chosen one is for."""
        with Vertical() as frame:
            frame.border_title = "Settings"
            frame.border_subtitle = "↑↓ choose  Enter change  Ctrl+S keep in config.toml  Esc close"
            yield Input(self._search, placeholder="Search by name, value or origin", compact=True)
            yield OptionList(compact=True)
            yield Static()

    def on_mount(self) -> None:
        """List what is looked for."""
        self.query_one(OptionList).can_focus = False
        self._list(self._search)

    @on(Input.Changed)
    def _look_for(self, event: Input.Changed) -> None:
        self._list(event.value)

    def _list(self, search: str) -> None:
        words = search.casefold().split()
        found = [value for value in self._values if _matches(value, words)]
        rows = self.query_one(OptionList)
        rows.set_options([Option(_row(value), id=value.name) for value in found])
        rows.highlighted = 0 if found else None
        if not found:
            self._say("No setting has these words.")

    def action_move(self, rows: int) -> None:
        """Choose a setting some rows further down."""
        options = self.query_one(OptionList)
        if options.highlighted is not None:
            last = options.option_count - 1
            options.highlighted = min(max(options.highlighted + rows, 0), last)

    @on(OptionList.OptionHighlighted)
    def _explain(self, event: OptionList.OptionHighlighted) -> None:
        if event.option.id is not None:
            value = self._configuration[event.option.id]
            self._say(f"{value.description}. From: {value.origin} {value.source}".rstrip())

    @on(OptionList.OptionSelected)
    @on(Input.Submitted)
    def _choose(self) -> None:
        if (name := self._chosen) is not None:
            self.dismiss(name)

    def action_keep(self) -> None:
        """Write the chosen setting's value into the user's settings."""
        if (name := self._chosen) is None:
            return
        try:
            self._say(self._keep(self._configuration, name))
        except CommandError as error:
            self._say(str(error))

    @property
    def _chosen(self) -> str | None:
        option = self.query_one(OptionList).highlighted_option
        return None if option is None else option.id

    def _say(self, text: str) -> None:
        self.query_one(Static).update(Content(text))


def _matches(value: Value, words: list[str]) -> bool:
    text = f"{value.name} {value.shown} {value.came_from} {value.description}".casefold()
    return all(word in text for word in words)


def _row(value: Value) -> Content:
    is_set = value.origin != "default"
    return Content.assemble(
        (_cell(value.name, NAME_WIDTH), "$foreground" if is_set else "$muted"),
        (_cell(value.shown, VALUE_WIDTH), "$foreground bold" if is_set else "$muted"),
        (value.came_from, "$foreground" if is_set else "$muted"),
    )


def _cell(text: str, width: int) -> str:
    """Return a text as wide as a column, cut where it is longer."""
    if cell_len(text) >= width:
        return set_cell_size(text, width - 2) + "… "
    return set_cell_size(text, width)
