"""What is set, where each value came from, and where it is changed: a table to search."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Offset
from textual.screen import ModalScreen
from textual.widgets import Input, Static
from textual.widgets.option_list import Option

from engine.config.editing import LINE_END, find_kind, read_value, write_text
from engine.config.precedence import Configuration, Value
from engine.config.reading import SettingsError
from harmony_tui.commands.command import CommandError
from harmony_tui.line_input import LineInput
from harmony_tui.screens.choice_list import ChoiceList
from harmony_tui.screens.frame import Frame

NAME_WIDTH = 25
VALUE_WIDTH = 26
LEAST_VALUE_WIDTH = 14
ORIGIN_WIDTH = 12
"""So wide at least where it came from is shown, if the value has its least."""
MARK_WIDTH = 2
"""What the stylesheet leaves before a row for the sign of the chosen one."""
LEAST_FIELD_WIDTH = 12
MOST_CHOICES = 8
"""Rows of a list of choices; the others are scrolled to."""
LOOK_SECONDS = 0.5
"""So often it is looked whether something else has changed a setting."""
LISTING_KEYS = "Enter change  Ctrl+S keep  Ctrl+R reset  Esc close"
EDITING_KEYS = "Enter take it  Esc leave it as it was"


@dataclass(frozen=True, slots=True)
class Editing:
    """What the screen needs of the program to show settings and to change them."""

    configuration: Callable[[], Configuration]
    choices: Callable[[str], Sequence[str]]
    """Gives the values to choose from; none where a setting is typed."""
    when: Callable[[str], str]
    """Says when a setting acts."""
    change: Callable[[str, str], str]
    """Sets a setting to a text and says so, or raises CommandError."""
    reset: Callable[[str], str]
    """Takes a setting back and says so, or raises CommandError."""
    keep: Callable[[str], str]
    """Writes a setting's value into the user's settings and says so, or raises CommandError."""


class Field(LineInput):
    """A field for a text of several lines in one."""

    LINE_BREAK = LINE_END
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+j,shift+enter", "begin_line", "New line", show=False),
    ]

    def action_begin_line(self) -> None:
        """Begin a new line at the cursor."""
        self.insert_text_at_cursor(LINE_END)

    def on_paste(self, event: events.Paste) -> None:
        """Insert all lines of what was pasted."""
        event.stop()
        event.prevent_default()
        self.replace("\n".join(event.text.splitlines()), *self.selection)


class SettingsScreen(ModalScreen[None]):
    """Lists the settings; each is changed where it stands, by a choice or in a field."""

    CSS_PATH = "settings.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Close", priority=True),
        Binding("down", "move(1)", show=False, priority=True),
        Binding("up", "move(-1)", show=False, priority=True),
        Binding("pagedown", "move(10)", show=False, priority=True),
        Binding("pageup", "move(-10)", show=False, priority=True),
        Binding("ctrl+s", "keep", "Keep", priority=True),
        Binding("ctrl+r", "reset", "Reset", priority=True),
    ]
    WHILE_LISTING = ("move", "keep", "reset")
    """Actions that there are while nothing is being edited."""

    def __init__(self, editing: Editing, search: str = "") -> None:
        """``search`` is what is looked for at first."""
        super().__init__()
        self._editing = editing
        self._shown = editing.configuration()
        self._search = LineInput(
            search, placeholder="Search by name, value or origin", compact=True, id="search"
        )
        self._rows = ChoiceList(compact=True, id="rows")
        self._about = Static(id="about")
        self._field = Field(compact=True, id="field", select_on_focus=False)
        self._choices = ChoiceList(compact=True, id="choices")
        self._value_width = VALUE_WIDTH
        self._edited: str | None = None
        """The setting that is being edited."""

    def compose(self) -> ComposeResult:
        """What is looked for, the settings, and below them what the chosen one is for."""
        with Frame() as frame:
            frame.border_title = "Settings"
            frame.keys = LISTING_KEYS
            yield self._search
            yield self._rows
            yield self._about
        yield self._field
        yield self._choices

    def on_mount(self) -> None:
        """List what is looked for."""
        self._rows.can_focus = False
        self._field.display = self._choices.display = False
        self._list(self._search.value)
        self._search.focus()
        self.set_interval(LOOK_SECONDS, self._update)

    # --- the list ------------------------------------------------------------------------------

    @on(Input.Changed, "#search")
    def _look_for(self, event: Input.Changed) -> None:
        self._list(event.value)

    def _list(self, search: str) -> None:
        words = search.casefold().split()
        found = [value for value in self._shown.listing() if _matches(value, words)]
        self._rows.set_options([Option(self._row(value), id=value.name) for value in found])
        self._rows.highlighted = 0 if found else None
        if not found:
            self._say("No setting has these words.")

    def _update(self) -> None:
        """Show what has changed of the settings that are listed."""
        if self._shown is not (now := self._editing.configuration()):
            self._shown = now
            self._write_rows()

    def _write_rows(self) -> None:
        """Write the settings that are listed anew, each where it stands."""
        listed = {value.name: value for value in self._shown.listing()}
        for option in self._rows.options:
            if option.id in listed:
                self._rows.replace_option_prompt(option.id, self._row(listed[option.id]))

    def _row(self, value: Value) -> Content:
        is_set = value.origin != "default"
        return Content.assemble(
            (_cell(value.name, NAME_WIDTH), "$foreground" if is_set else "$muted"),
            (_cell(value.shown, self._value_width), "$foreground bold" if is_set else "$muted"),
            (value.came_from, "$foreground" if is_set else "$muted"),
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave the keys to what is being edited."""
        if action in self.WHILE_LISTING and self._edited is not None:
            return False
        return super().check_action(action, parameters)

    def action_move(self, rows: int) -> None:
        """Choose a setting some rows further down."""
        if self._rows.highlighted is not None:
            last = self._rows.option_count - 1
            self._rows.highlighted = min(max(self._rows.highlighted + rows, 0), last)

    @on(ChoiceList.OptionHighlighted, "#rows")
    def _explain(self) -> None:
        if (name := self._chosen) is not None and self._edited is None:
            value = self._shown[name]
            # A file with its whole path: there is room for it here.
            is_file = value.origin in ("prompt configuration", "settings")
            origin = f"{value.origin} {value.source}".rstrip() if is_file else value.came_from
            self._say(f"{self._describe(name)} From: {origin}")

    def _describe(self, name: str) -> str:
        kind, acts = find_kind(name), f"acts {self._editing.when(name)}."
        if not kind.is_typed:
            acts = f"is written in a file and {acts}"
        elif not kind.choices:
            comma = "," if "," in kind.takes else ""
            acts = f"takes {kind.takes}{comma} and {acts}"
        return f"{self._shown[name].description}. It {acts}"

    def action_keep(self) -> None:
        """Write the chosen setting's value into the user's settings."""
        self._attempt(self._editing.keep)

    def action_reset(self) -> None:
        """Take the chosen setting back to what it is without what was set here."""
        self._attempt(self._editing.reset)

    def _attempt(self, act: Callable[[str], str]) -> bool:
        """Do something with the chosen setting, and say what came of it; return whether it did."""
        if (name := self._chosen) is None:
            return False
        try:
            said = act(name)
        except CommandError as error:
            self._object(str(error))
            return False
        self._update()
        self._say(said)
        return True

    @property
    def _chosen(self) -> str | None:
        option = self._rows.highlighted_option
        return None if option is None else option.id

    def _say(self, text: str) -> None:
        self._about.update(Content(text))

    def _object(self, text: str) -> None:
        self._about.update(Content.styled(text, "$notice"))

    # --- one value -----------------------------------------------------------------------------

    @on(Input.Submitted, "#search")
    @on(ChoiceList.OptionSelected, "#rows")
    def _edit(self) -> None:
        if self._edited is not None or (name := self._chosen) is None:
            return
        if not find_kind(name).is_typed:
            self._object(f"{name} is no single value. Edit it in a file: /help settings.")
            return
        self._edited = name
        now = write_text(self._shown[name].value)
        if choices := self._editing.choices(name):
            self._offer(choices, now)
        else:
            self._field.value = now
            self._field.cursor_position = len(now)
            self._field.display = True
            self._field.focus()
        self._place()
        self._tell_keys(EDITING_KEYS)
        self._say(self._describe(name))

    def _offer(self, choices: Sequence[str], now: str) -> None:
        self._choices.set_options([Option(each, id=each) for each in choices])
        self._choices.highlighted = choices.index(now) if now in choices else 0
        self._choices.styles.width = MARK_WIDTH + max(map(cell_len, choices)) + 4
        self._choices.display = True
        self._choices.focus()

    def on_resize(self, event: events.Resize) -> None:
        """Use the new width, and keep what is edited where its setting stands."""
        self.call_after_refresh(self._use_width)

    def _use_width(self) -> None:
        before = MARK_WIDTH + NAME_WIDTH
        room = self._rows.scrollable_content_region.width - before - ORIGIN_WIDTH
        width = min(VALUE_WIDTH, max(LEAST_VALUE_WIDTH, room))
        if width != self._value_width:
            self._value_width = width
            self._write_rows()
        self._place()

    def _place(self) -> None:
        """Put the field or the choices over the value of the chosen setting."""
        if self._edited is None or (row := self._rows.highlighted) is None:
            return
        rows = self._rows.content_region
        x = rows.x + MARK_WIDTH + NAME_WIDTH
        y = rows.y + row - round(self._rows.scroll_y)
        self._field.absolute_offset = Offset(x, y)
        self._field.styles.width = max(LEAST_FIELD_WIDTH, rows.right - x)
        height = min(self._choices.option_count, MOST_CHOICES, rows.height) + 2  # with its frame
        self._choices.styles.height = height
        top = min(y - 1, rows.bottom + 1 - height)
        self._choices.absolute_offset = Offset(x - 1 - MARK_WIDTH, max(top, rows.y - 1))

    @on(Input.Changed, "#field")
    def _try(self, event: Input.Changed) -> None:
        """Say what is wrong with what is typed, as long as something is."""
        if (name := self._edited) is None:
            return
        try:
            read_value(name, event.value)
        except SettingsError as error:
            self._object(str(error))
        else:
            lines = f" {LINE_END} ends a line." if LINE_END in event.value else ""
            self._say(f"{self._describe(name)}{lines}")

    @on(Input.Submitted, "#field")
    def _take_field(self, event: Input.Submitted) -> None:
        self._take(event.value)

    @on(ChoiceList.OptionSelected, "#choices")
    def _take_choice(self, event: ChoiceList.OptionSelected) -> None:
        if event.option.id is not None:
            self._take(event.option.id)

    def _take(self, text: str) -> None:
        if self._attempt(lambda name: self._editing.change(name, text)):
            self._end()

    def _end(self) -> None:
        self._edited = None
        self._field.display = self._choices.display = False
        self._search.focus()
        self._tell_keys(LISTING_KEYS)

    @on(events.DescendantBlur)
    def _note_click_elsewhere(self) -> None:
        self.call_after_refresh(self._leave_what_has_no_focus)

    def _leave_what_has_no_focus(self) -> None:
        if self.is_current and self.focused in (None, self._search) and self._edited is not None:
            self._end()
        elif self.is_current and self.focused is None:
            self._search.focus()

    def _tell_keys(self, keys: str) -> None:
        self.query_one(Frame).keys = keys

    def action_leave(self) -> None:
        """Leave a value as it was, else the screen."""
        if self._edited is None:
            self.dismiss(None)
        else:
            self._end()
            self._explain()


def _matches(value: Value, words: list[str]) -> bool:
    text = f"{value.name} {value.shown} {value.came_from} {value.description}".casefold()
    return all(word in text for word in words)


def _cell(text: str, width: int) -> str:
    """Return a text as wide as a column, cut where it is longer."""
    if cell_len(text) >= width:
        return set_cell_size(text, width - 2) + "… "
    return set_cell_size(text, width)
