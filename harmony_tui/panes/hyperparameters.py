"""The pane of dials that act on the very next token."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from engine.config.hyperparameters import Hyperparameters
from engine.events import Event
from harmony_tui.panes.dials import DIALS, Dial
from harmony_tui.panes.pane import Pane

NAME_WIDTH = 18
VALUE_WIDTH = 9
BAR_START = 2 + NAME_WIDTH + VALUE_WIDTH + 2
LONGEST_DRAFT = 20
NOTE = "↑↓ row  ←→ turn  0-9 type  r reset"


class HyperparametersPane(Pane):
    """One row for each hyperparameter."""

    BORDER_TITLE = "Hyperparameters"

    def __init__(self, hyperparameters: Hyperparameters) -> None:
        super().__init__()
        self.dials = DialBoard(hyperparameters)

    def compose(self) -> ComposeResult:
        """The pane holds the dials."""
        yield self.dials

    def hear(self, event: Event) -> None:
        """Events change no dial; the person does."""

    def on_descendant_focus(self) -> None:
        """Say in the frame what the keys do."""
        self.border_subtitle = NOTE

    def on_descendant_blur(self) -> None:
        """Say nothing."""
        self.border_subtitle = ""

    def show(self, hyperparameters: Hyperparameters) -> None:
        """Show other values."""
        self.dials.hyperparameters = hyperparameters


class DialBoard(Widget, can_focus=True):
    """The rows. It asks for changes with messages and shows what it is then given."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "choose(-1)", "Up", show=False),
        Binding("down,j", "choose(1)", "Down", show=False),
        Binding("left,h", "turn(-1)", "Less", show=False),
        Binding("right,l", "turn(1)", "More", show=False),
        Binding("r", "reset", "Reset", show=False),
        Binding("enter", "enter", "Set", show=False),
        Binding("backspace", "erase", "Erase", show=False),
    ]

    hyperparameters: reactive[Hyperparameters] = reactive(Hyperparameters)
    row: reactive[int] = reactive(0)
    draft: reactive[str] = reactive("")
    """What is being typed in place of the chosen row's value."""

    @dataclass
    class ValueChosen(Message):
        """The person wants a hyperparameter to have this value."""

        name: str
        text: str

    @dataclass
    class ValueReset(Message):
        """The person wants a hyperparameter to be as it was at the start."""

        name: str

    def __init__(self, hyperparameters: Hyperparameters) -> None:
        super().__init__()
        self.set_reactive(DialBoard.hyperparameters, hyperparameters)

    @property
    def dial(self) -> Dial:
        """The dial of the chosen row."""
        return DIALS[self.row]

    def watch_row(self) -> None:
        """Bring the chosen row into view."""
        if isinstance(self.parent, Widget):
            row = Region(0, self.row, self.size.width, 1)
            self.parent.scroll_to_region(row, animate=False)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the number of rows."""
        return len(DIALS)

    def render(self) -> Content:
        """Return all rows."""
        return Content("\n").join(self._render_row(row, dial) for row, dial in enumerate(DIALS))

    def _render_row(self, row: int, dial: Dial) -> Content:
        value = getattr(self.hyperparameters, dial.name)
        is_chosen = row == self.row and self.has_focus
        text = f"{self.draft}▏" if is_chosen and self.draft else dial.shown(value)
        if len(text) > VALUE_WIDTH:
            text = f"…{text[1 - VALUE_WIDTH :]}"
        bar, rest = self._bar(dial.share(value))
        return Content.assemble(
            ("▸ " if is_chosen else "  ", "$frame-focus"),
            (dial.name.ljust(NAME_WIDTH), "$foreground bold" if is_chosen else "$muted"),
            (text.rjust(VALUE_WIDTH), "$foreground"),
            "  ",
            (bar, "$frame-focus" if is_chosen else "$muted"),
            (rest, "$frame"),
        )

    def _bar(self, share: float | None) -> tuple[str, str]:
        width = self._bar_width
        if share is None or width < 3:
            return "", ""
        filled = round(share * width)
        return "━" * filled, "─" * (width - filled)

    @property
    def _bar_width(self) -> int:
        return self.content_size.width - BAR_START

    # --- keys and mouse ------------------------------------------------------------------------

    def on_blur(self) -> None:
        """Forget what was being typed."""
        self.draft = ""

    def on_key(self, event: events.Key) -> None:
        """What can be part of a value is typed in its place."""
        character = event.character or ""
        if character and character in self.dial.typed:
            self.draft = (self.draft + character)[:LONGEST_DRAFT]
            event.stop()
        elif event.key == "escape" and self.draft:
            self.draft = ""
            event.stop()

    def on_click(self, event: events.Click) -> None:
        """A click chooses a row; one on its bar sets the value there."""
        place = event.get_content_offset(self)
        if place is None or not 0 <= place.y < len(DIALS):
            return
        self.action_choose(place.y - self.row)
        if place.x >= BAR_START and self.dial.positions and self._bar_width > 1:
            self._ask(self.dial.at((place.x - BAR_START) / (self._bar_width - 1)))

    def action_choose(self, rows: int) -> None:
        """Go some rows down."""
        self.draft = ""
        self.row = (self.row + rows) % len(DIALS)

    def action_turn(self, clicks: int) -> None:
        """Turn the chosen dial."""
        self.draft = ""
        self._ask(self.dial.turned(getattr(self.hyperparameters, self.dial.name), clicks))

    def action_reset(self) -> None:
        """Take the chosen value back."""
        self.draft = ""
        self.post_message(self.ValueReset(self.dial.name))

    def action_enter(self) -> None:
        """Set what was typed."""
        if self.draft:
            draft, self.draft = self.draft, ""
            self._ask(draft)

    def action_erase(self) -> None:
        """Take back the last character typed."""
        self.draft = self.draft[:-1]

    def _ask(self, text: str) -> None:
        self.post_message(self.ValueChosen(self.dial.name, text))
