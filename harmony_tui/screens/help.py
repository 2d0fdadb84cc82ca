"""The manual: one Markdown page for each subject, in the folder ``help``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen
from textual.widgets import Tab, Tabs

from engine.config import locations
from engine.config.prompt import PromptConfiguration
from engine.config.settings import Settings
from harmony_tui.commands.table import COMMANDS
from harmony_tui.screens.frame import Frame
from harmony_tui.transcript import Transcript

FOLDER = Path(__file__).parent.parent / "help"
PAGES = (
    "start",
    "keys",
    "commands",
    "hyperparameters",
    "steering",
    "voice",
    "tools",
    "models",
    "sessions",
    "settings",
    "files",
)
"""The pages in their order, each the name of a file."""
SHORT = {"hyperparameters": "Dials"}
"""What a page is called in the row of tabs, where that is not its name."""
KEYS = "←→ pages  ↑↓ scroll  Esc close"


def page_names() -> tuple[str, ...]:
    """Return the names of the pages."""
    return PAGES


def read_page(name: str) -> str:
    """Return a page in Markdown, with what is taken from the table of commands filled in."""
    return fill_page((FOLDER / f"{name}.md").read_text(encoding="utf-8"))


def fill_page(text: str) -> str:
    """Return a page, or a part of one, with what is taken from the table of commands filled in."""
    for mark, filling in FILLINGS.items():
        if mark in text:
            text = text.replace(mark, filling())
    return text


def _table_of_keys() -> str:
    rows = [f"| {each.keys_shown} | {each.help} |" for each in COMMANDS if each.keys]
    return "\n".join(["| Key | |", "|---|---|", *rows])


def _table_of_commands() -> str:
    usages = [(each.usage.replace("|", r"\|"), each.help) for each in COMMANDS if each.has_slash]
    rows = [f"| `{usage}` | {meaning} |" for usage, meaning in usages]
    return "\n".join(["| Command | |", "|---|---|", *rows])


def _table_of_settings() -> str:
    in_prompts = PromptConfiguration.model_fields
    rows = [
        f"| `{name}`{' *' if name in in_prompts else ''} | {field.description} |"
        for name, field in Settings.model_fields.items()
    ]
    return "\n".join(["| Setting | |", "|---|---|", *rows])


FILLINGS: dict[str, Callable[[], str]] = {
    "{keys}": _table_of_keys,
    "{commands}": _table_of_commands,
    "{settings}": _table_of_settings,
    "{without slash}": lambda: ", ".join(
        f"`{each.name}`" for each in COMMANDS if not each.has_slash
    ),
    "{config}": lambda: str(locations.config_file()),
    "{tools}": lambda: str(locations.own_tools_folder()),
    "{permissions}": lambda: str(locations.permissions_file()),
    "{presets}": lambda: str(locations.presets_file()),
    "{profiles}": lambda: str(locations.profiles_folder()),
    "{themes}": lambda: str(locations.themes_folder()),
    "{sessions}": lambda: str(locations.sessions_folder()),
    "{log}": lambda: str(locations.log_file()),
    "{models}": lambda: str(locations.models_folder(None)),
}


class Page(Transcript):
    """A page, which is read from its beginning: its end is not followed, and no news."""

    def clear(self) -> None:
        """Begin another page."""
        super().clear()
        self._following = False

    def _note_news(self, entry: int) -> None:
        self._note_change(entry)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Keep to what was read also where the end was in view."""
        super().watch_scroll_y(old_value, new_value)
        self._following = False


class HelpScreen(ModalScreen[None]):
    """Shows the manual over the chat."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f1,q", "dismiss", "Close"),
        Binding("left", "turn(-1)", "Page before", show=False, priority=True),
        Binding("right", "turn(1)", "Next page", show=False, priority=True),
    ]

    def __init__(self, page: str) -> None:
        super().__init__()
        self._page = page

    def compose(self) -> ComposeResult:
        """Tabs for the pages above the page."""
        with Frame() as frame:
            frame.border_title = "Manual"
            tabs = (Tab(SHORT.get(name, name).capitalize(), id=name) for name in PAGES)
            yield Tabs(*tabs, active=self._page)
            yield Page()

    def on_mount(self) -> None:
        """Let the arrow keys scroll."""
        self.query_one(Page).focus()

    def action_turn(self, pages: int) -> None:
        """Go some pages on."""
        tabs = self.query_one(Tabs)
        if pages > 0:
            tabs.action_next_tab()
        else:
            tabs.action_previous_tab()

    def on_tabs_tab_activated(self, event: Tabs.TabActivated) -> None:
        """Show the page of a tab."""
        if event.tab.id is not None:
            number = PAGES.index(event.tab.id) + 1
            self.query_one(Frame).keys = f"{number} of {len(PAGES)}  {KEYS}"
            page = self.query_one(Page)
            page.clear()
            text = page.begin("final")
            page.append(text, read_page(event.tab.id))
            page.finish(text)
