"""The pane of dials: hyperparameters, which act on the very next token, and the context limit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from engine.config.editing import read_value
from engine.config.hyperparameters import Hyperparameters
from engine.config.reading import SettingsError
from harmony_tui.panes.dials import DIALS, Dial, Value
from harmony_tui.panes.pane import Pane

if TYPE_CHECKING:
    from engine.config.precedence import Configuration
    from engine.events import Event

NAME_WIDTH = 18
LEAST_NAME_WIDTH = 10
VALUE_WIDTH = 9
BAR_START = 2 + NAME_WIDTH + VALUE_WIDTH + 2
LEAST_BAR, MOST_BAR = 3, 60
LEAST_BAR_BESIDE_ORIGIN = 16
ORIGIN_WIDTH = 24
"""Columns in which each row says where its value comes from, where there is room for them."""
LINES_BELOW = 4
"""Lines about the chosen row, where the pane has them left below all rows."""
LONGEST_DRAFT = 20
LONGEST_TEXT = 2000
NOTE = "↑↓ row  ←→ turn  Enter type  r reset"
SHORT_NOTE = "←→ turn  Enter type  r reset"
LONG_NOTE_WIDTH = 52
"""Columns from which on the note has room to say where a value comes from, too."""
FIELD_NOTE = "Enter sets  Esc leaves"


class HyperparametersPane(Pane):
    """One row for each hyperparameter, and one for the context limit.

    While it has the focus, its frame says what keys do and, where the rows have no room to say it,
    where the chosen value comes from.
    """

    BORDER_TITLE = "Hyperparameters"

    def __init__(self, configuration: Configuration) -> None:
        super().__init__()
        self.dials = DialBoard(configuration)

    def compose(self) -> ComposeResult:
        """The pane holds the dials."""
        yield self.dials

    def hear(self, event: Event) -> None:
        """Events change no dial; the person does."""

    def show(self, configuration: Configuration) -> None:
        """Show other values."""
        self.dials.show(configuration)

    def on_resize(self) -> None:
        """Tell of the chosen row where there is room for it now."""
        self._describe()

    def on_descendant_focus(self) -> None:
        """Tell of the chosen row."""
        self._describe()

    def on_descendant_blur(self) -> None:
        """Say nothing."""
        self.border_title, self.border_subtitle = self.BORDER_TITLE, ""

    def on_dial_board_touched(self) -> None:
        """Tell of the chosen row anew."""
        self._describe()

    def _describe(self) -> None:
        if not self.dials.has_focus:
            return
        origin, note = self.dials.origin, self.dials.note
        self.border_title = self.BORDER_TITLE
        if not self.dials.has_origins:
            if self.size.width < LONG_NOTE_WIDTH:
                self.border_title = Content(f"{self.dials.dial.name}: {origin}")
            elif self.dials.draft is None:
                note = Content(f"{origin}  {SHORT_NOTE}")
        self.border_subtitle = note


class DialBoard(Widget, can_focus=True):
    """The rows. It asks for changes with messages and shows what it is then given.

    A row's value is a slider for the arrow keys and the mouse, and a field once it is typed into.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "choose(-1)", "Up", show=False),
        Binding("down,j", "choose(1)", "Down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("left,h", "turn(-1)", "Less", show=False),
        Binding("right,l", "turn(1)", "More", show=False),
        Binding("home", "turn_to(0)", "Least", show=False),
        Binding("end", "turn_to(1)", "Most", show=False),
        Binding("r", "reset", "Reset", show=False),
        Binding("R", "app.command('reset')", "Reset all", show=False),
        Binding("enter", "enter", "Set", show=False),
        Binding("backspace,delete", "erase", "Erase or reset", show=False),
        Binding("ctrl+u", "clear", "Clear", show=False),
    ]

    row: reactive[int] = reactive(0)
    draft: reactive[str | None] = reactive(None)
    """What is being typed in place of the chosen row's value; None while nothing is."""

    class Touched(Message):
        """Another row, value or draft is shown."""

    @dataclass
    class ValueChosen(Message):
        """The person wants a setting to have this value."""

        name: str
        text: str

    @dataclass
    class ValueReset(Message):
        """The person wants a setting to be as it was at the start."""

        name: str

    def __init__(self, configuration: Configuration) -> None:
        super().__init__()
        self._configuration = configuration
        self._origins = _origins(configuration)
        self._is_selected = False
        """Whether the draft is the value itself, which the next character replaces."""
        self._dragged_to: str | None = None
        """The last value that the mouse asked for while it holds the slider."""
        self._is_held = False

    def show(self, configuration: Configuration) -> None:
        """Show other values."""
        if configuration is not self._configuration:
            self._configuration = configuration
            self._origins = _origins(configuration)
            self.refresh()
            self.post_message(self.Touched())

    @property
    def hyperparameters(self) -> Hyperparameters:
        """The values that are shown."""
        return self._configuration.hyperparameters

    @property
    def dial(self) -> Dial:
        """The dial of the chosen row."""
        return DIALS[self.row]

    @property
    def origin(self) -> str:
        """Where the chosen row's value comes from."""
        return self._origins[self.dial.name]

    @property
    def note(self) -> Content:
        """What can be done now."""
        if self.draft is None:
            return Content(NOTE)
        if self._is_valid(self.draft):
            return Content(f"{self.dial.takes}  {FIELD_NOTE}")
        return Content.styled(f"It takes {self.dial.takes}", "$notice")

    def watch_row(self) -> None:
        """Bring the chosen row into view."""
        if isinstance(self.parent, Widget):
            row = Region(0, self.row, self.size.width, 1)
            self.parent.scroll_to_region(row, animate=False)
        self.post_message(self.Touched())

    def watch_draft(self) -> None:
        """Tell what can be typed."""
        self.post_message(self.Touched())

    # --- how it looks --------------------------------------------------------------------------

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the number of rows, and of lines below them if there is room."""
        has_room = container.height >= len(DIALS) + LINES_BELOW
        return len(DIALS) + (LINES_BELOW if has_room else 0)

    def render(self) -> Content:
        """Return all rows."""
        rows = [self._render_row(row, dial) for row, dial in enumerate(DIALS)]
        if self.has_focus and self.size.height > len(DIALS):
            about = self.dial.field.description
            rows += [Content(), Content.styled(f"{self.dial.name}: {self.dial.takes}", "$muted")]
            rows += [Content.styled(f"{about}.", "$muted")]
        return Content("\n").join(rows)

    def _render_row(self, row: int, dial: Dial) -> Content:
        is_chosen = row == self.row and self.has_focus
        is_changed = dial.name in self._changed
        name = dial.name.ljust(self._name_width)
        if len(name) > self._name_width:
            name = f"{name[: self._name_width - 1]}…"
        mark = "▸ " if is_chosen else "• " if is_changed else "  "
        start = Content.assemble(
            (mark, "$frame-focus"),
            (name, "$foreground bold" if is_chosen else "$muted"),
        )
        if is_chosen and self.draft is not None:
            return Content.assemble(start, self._field(self.draft))
        value = _value(self._configuration, dial)
        text = dial.shown(value)
        if len(text) > VALUE_WIDTH:
            text = f"…{text[1 - VALUE_WIDTH :]}"
        value_style = "$foreground bold" if is_changed else "$foreground"
        parts = [(text.rjust(VALUE_WIDTH), value_style), ("  ", "")]
        if self._bar_width:
            parts += self._bar(dial.share(value), is_chosen=is_chosen)
        if self.has_origins:
            origin = self._origins[dial.name]
            said = "" if origin == "default" else origin
            if len(said) > ORIGIN_WIDTH:
                said = f"{said[: ORIGIN_WIDTH - 1]}…"
            parts.append((f"  {said}", "$frame-focus" if is_changed else "$muted"))
        return Content.assemble(start, *parts)

    def _field(self, draft: str) -> Content:
        """Return the draft as it is typed, as wide as it needs to be and can."""
        room = max(VALUE_WIDTH, self.content_size.width - 2 - self._name_width) - 1
        text = draft if len(draft) <= room else f"…{draft[1 - room :]}"
        style = "$foreground" if self._is_valid(draft) else "$notice"
        shown = f"{style} reverse" if self._is_selected else style
        gap = " " * max(0, VALUE_WIDTH - len(text) - 1)
        return Content.assemble(gap, (text, shown), ("▏", "$frame-focus"))

    def _bar(self, share: float | None, *, is_chosen: bool) -> list[tuple[str, str]]:
        width = self._bar_width
        if share is None:
            return [(" " * width, "")]
        if not is_chosen:
            filled = round(share * width)
            return [("━" * filled, "$muted"), ("─" * (width - filled), "$frame")]
        handle = round(share * (width - 1))
        return [
            ("━" * handle, "$frame-focus"),
            ("●", "$frame-focus"),
            ("─" * (width - 1 - handle), "$frame"),
        ]

    @property
    def _changed(self) -> frozenset[str]:
        return frozenset(name for name, said in self._origins.items() if said.startswith(SET_HERE))

    @property
    def _name_width(self) -> int:
        room = self.content_size.width - 2 - VALUE_WIDTH - 2
        return min(NAME_WIDTH, max(LEAST_NAME_WIDTH, room))

    @property
    def has_origins(self) -> bool:
        """Whether there is room for each row to say where its value comes from."""
        return self.content_size.width >= BAR_START + LEAST_BAR_BESIDE_ORIGIN + 2 + ORIGIN_WIDTH

    @property
    def _bar_width(self) -> int:
        room = self.content_size.width - BAR_START - (ORIGIN_WIDTH + 2 if self.has_origins else 0)
        return min(room, MOST_BAR) if room >= LEAST_BAR else 0

    # --- keys ----------------------------------------------------------------------------------

    def on_blur(self) -> None:
        """Forget what was being typed."""
        self.draft = None

    def on_key(self, event: events.Key) -> None:
        """What can be part of a value is typed in its place."""
        character = event.character or ""
        if character and character in self.dial.typed:
            self._type(character)
            event.stop()
        elif event.key == "escape" and self.draft is not None:
            self.draft = None
            event.stop()

    def on_paste(self, event: events.Paste) -> None:
        """Type what of the text can be part of a value."""
        self._type("".join(each for each in event.text if each in self.dial.typed))
        event.stop()

    def _type(self, text: str) -> None:
        if text:
            before = "" if self._is_selected or self.draft is None else self.draft
            self._is_selected = False
            longest = LONGEST_DRAFT if self.dial.positions else LONGEST_TEXT
            self.draft = (before + text)[:longest]

    def action_choose(self, rows: int) -> None:
        """Go some rows down."""
        self.draft = None
        self.row = (self.row + rows) % len(DIALS)

    def action_page(self, pages: int) -> None:
        """Go as many rows down as are seen at once, but not past an end."""
        seen = self.parent.size.height if isinstance(self.parent, Widget) else 1
        self.draft = None
        self.row = min(max(self.row + pages * max(1, seen - 1), 0), len(DIALS) - 1)

    def action_turn(self, clicks: int) -> None:
        """Turn the chosen dial; in a field, keep what is there to add to it."""
        if self.draft is not None:
            self._keep_draft()
        else:
            self._ask(self.dial.turned(_value(self._configuration, self.dial), clicks))

    def action_turn_to(self, share: int) -> None:
        """Turn the chosen dial to an end, 0 or 1; in a field, keep what is there to add to it."""
        if self.draft is not None:
            self._keep_draft()
        elif self.dial.positions:
            self._ask(self.dial.at(share))

    def _keep_draft(self) -> None:
        self._is_selected = False
        self.refresh()

    def action_reset(self) -> None:
        """Take the chosen value back to what it is without the person's change."""
        self.draft = None
        self.post_message(self.ValueReset(self.dial.name))

    def action_enter(self) -> None:
        """Set what was typed, or begin to type; a word changes to the next one."""
        value = _value(self._configuration, self.dial)
        if self.draft is None and self.dial.typed:
            self._is_selected = bool(self.dial.positions)
            self.draft = str(value)
        elif self.draft is None:
            positions = self.dial.positions
            self._ask(str(positions[(positions.index(value) + 1) % len(positions)]))
        elif self._is_valid(self.draft):
            draft, self.draft = self.draft, None
            self._is_selected = False
            self._ask(draft)
        elif self.draft:
            self._ask(self.draft)  # whoever sets it says what is wrong; the draft stays
        else:
            self.draft = None

    def action_erase(self) -> None:
        """Take back the last character typed; where nothing is typed, the value."""
        if self.draft is None:
            self.action_reset()
        else:
            self.draft = "" if self._is_selected else self.draft[:-1]
            self._is_selected = False

    def action_clear(self) -> None:
        """Take back all that is typed."""
        if self.draft is not None:
            self.draft, self._is_selected = "", False

    def _is_valid(self, draft: str) -> bool:
        try:
            read_value(self.dial.name, draft)
        except SettingsError:
            return False
        return True

    def _ask(self, text: str) -> None:
        self.post_message(self.ValueChosen(self.dial.name, text))

    # --- the mouse -----------------------------------------------------------------------------

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Choose a row; on its bar, take hold of the slider."""
        place = event.get_content_offset(self)
        if place is None or place.y >= len(DIALS) or event.button != 1:
            return
        if place.y != self.row:
            self.action_choose(place.y - self.row)
        if self.dial.positions and 0 <= place.x - BAR_START < self._bar_width:
            self._is_held = True
            self.capture_mouse()
            self._slide(place.x)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Turn the dial that is held."""
        if self._is_held:
            self._slide(event.get_content_offset_capture(self).x)

    def on_mouse_up(self) -> None:
        """Let go of the slider."""
        if self._is_held:
            self._is_held, self._dragged_to = False, None
            self.release_mouse()

    def _slide(self, column: int) -> None:
        self.draft = None
        wanted = self.dial.at((column - BAR_START) / max(1, self._bar_width - 1))
        if wanted != self._dragged_to:
            self._dragged_to = wanted
            self._ask(wanted)

    def on_click(self, event: events.Click) -> None:
        """Two clicks on a value begin to type it."""
        place = event.get_content_offset(self)
        is_on_value = place is not None and 0 <= place.x - 2 - self._name_width < VALUE_WIDTH
        if event.chain == 2 and is_on_value and self.draft is None:
            self.action_enter()

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Turn the chosen dial up, where the mouse is on it."""
        self._scroll(event, 1)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Turn the chosen dial down, where the mouse is on it."""
        self._scroll(event, -1)

    def _scroll(self, event: events.MouseEvent, clicks: int) -> None:
        # Only on the chosen row: elsewhere the wheel scrolls, and may pass over any value.
        place = event.get_content_offset(self)
        if place is None or place.y != self.row or not self.has_focus:
            return
        if place.x >= 2 + self._name_width:
            self.action_turn(clicks)
            event.stop()
            event.prevent_default()


SET_HERE = "set here"


def _value(configuration: Configuration, dial: Dial) -> Value:
    holder = configuration.hyperparameters if dial.is_hyperparameter else configuration.settings
    value: Value = getattr(holder, dial.name)
    return value


def _origins(configuration: Configuration) -> dict[str, str]:
    """Return where each dial's value comes from, as a person reads it."""
    origins: dict[str, str] = {}
    for dial in DIALS:
        value = configuration[dial.name]
        match value.origin:
            case "set here":
                shown = dial.shown(_value(configuration.without_value(dial.name), dial))
                origins[dial.name] = f"{SET_HERE}, else {shown}"
            case "default":
                origins[dial.name] = "default"
            case "model":
                origins[dial.name] = "from the model"
            case "command line" | "session":
                origins[dial.name] = f"from the {value.origin}"
            case _:
                origins[dial.name] = f"from {value.came_from}"
    return origins
