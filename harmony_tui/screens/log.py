"""What is in the log, as it is written: errors with their tracebacks, and the noise of others."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, RichLog, Static

from harmony_tui.line_input import LineInput
from harmony_tui.log_file import LEVELS, Level, LogFile, Record
from harmony_tui.screens.frame import Frame
from harmony_tui.transcript.characters import make_safe

LOOK_SECONDS = 0.5
MOST_RECORDS = 5000
"""So many are kept to be shown."""

KEYS = "↑↓ PgUp PgDn scroll  Tab level  ^S copy the path  Esc close"
SHOWN: dict[Level, str] = {
    "": "everything",
    "debug": "debug and worse",
    "info": "information and worse",
    "warning": "warnings and errors",
    "error": "errors alone",
}
STYLES: dict[Level, str] = {
    "": "$muted",
    "debug": "$muted",
    "info": "$foreground",
    "warning": "$notice",
    "error": "$error",
}


class LogScreen(ModalScreen[None]):
    """The end of the log; it follows what is added unless the person has scrolled up."""

    CSS_PATH = "log.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Close"),
        Binding("down", "scroll(1)", show=False),
        Binding("up", "scroll(-1)", show=False),
        Binding("pagedown", "scroll_page(1)", show=False),
        Binding("pageup", "scroll_page(-1)", show=False),
        Binding("ctrl+home", "scroll_to(0)", show=False),
        Binding("ctrl+end", "scroll_to(1)", show=False),
        Binding("tab", "level(1)", show=False, priority=True),
        Binding("shift+tab", "level(-1)", show=False, priority=True),
        Binding("ctrl+s", "copy", show=False, priority=True),
    ]

    def __init__(self, path: Path, words: str = "") -> None:
        """``words`` are what is looked for at first."""
        super().__init__()
        self._file = LogFile(path)
        self._records: list[Record] = []
        self._words = words
        self._least: Level = ""
        self._problem = ""
        self._said = ""

    def compose(self) -> ComposeResult:
        """What is looked for, the log, and where it is."""
        with Frame(id="frame") as frame:
            frame.border_title = "Log"
            frame.keys = KEYS
            yield LineInput(self._words, placeholder="Only what has these words", compact=True)
            yield RichLog(wrap=True, min_width=1, max_lines=4 * MOST_RECORDS)
            yield Static(id="said")

    def on_mount(self) -> None:
        """Begin to read."""
        self.query_one(RichLog).can_focus = False
        self.query_one(Input).focus()
        self._follow()

    def on_resize(self) -> None:
        """Wrap the lines anew."""
        self.call_after_refresh(self._show_all)

    @work(group="follow", exclusive=True)
    async def _follow(self) -> None:
        while True:
            await self._look()
            await asyncio.sleep(LOOK_SECONDS)

    async def _look(self) -> None:
        """Show what was added since the last time."""
        is_new, self._problem = False, ""
        added: list[Record] = []
        try:
            is_new, added = await asyncio.to_thread(self._file.read)
        except FileNotFoundError:
            self._problem = "Nothing was logged yet."
        except OSError as error:
            self._problem = f"It cannot be read ({error.strerror or error})."
        if self not in self.app.screen_stack:
            return  # It was closed meanwhile, and its widgets are gone.
        if not self._problem:
            if is_new:
                self._records = []
            self._records = [*self._records, *added][-MOST_RECORDS:]
            if is_new:
                self._show_all()
            else:
                self._write(added)
        self._tell()

    # --- what is shown ------------------------------------------------------------------------

    @on(Input.Changed)
    def _look_for(self, event: Input.Changed) -> None:
        self._words = event.value
        self._said = ""
        self._show_all()
        self._tell()

    def action_level(self, step: int) -> None:
        """Show only what is worse, or less bad as well."""
        self._least = LEVELS[(LEVELS.index(self._least) + step) % len(LEVELS)]
        self._said = ""
        self._show_all()
        self._tell()

    def _show_all(self) -> None:
        self.query_one(RichLog).clear()
        self._write(self._records)

    def _write(self, records: list[Record]) -> None:
        """Write those that are looked for below the others; the end stays in view if it was."""
        log = self.query_one(RichLog)
        follows = log.is_vertical_scroll_end
        words = self._words.casefold().split()
        # Left to itself it goes by the width that the terminal had, or is thought to have had.
        width = log.scrollable_content_region.width or None
        for record in records:
            if record.matches(self._least, words):
                log.write(self._colour(record), width=width, scroll_end=follows)

    def _colour(self, record: Record) -> Text:
        name = STYLES[record.level].removeprefix("$")
        colour = self.app.theme_variables.get(name, "")
        # Rich's own names of colours differ from CSS's, such as ansi_red; those go without.
        return Text(make_safe(record.text), colour if colour.startswith("#") else "")

    def _tell(self) -> None:
        count = f"{len(self._records):,} record{'' if len(self._records) == 1 else 's'}"
        state = self._problem or f"{count}, {SHOWN[self._least]} shown"
        said = Content.assemble(
            (f"{self._said or state}  ", "$foreground" if self._said else "$muted"),
            (make_safe(str(self._file.path)), "$muted"),
        )
        self.query_one("#said", Static).update(said)

    # --- keys ---------------------------------------------------------------------------------

    def action_scroll(self, lines: int) -> None:
        """Scroll by lines."""
        self.query_one(RichLog).scroll_relative(y=lines, animate=False)

    def action_scroll_page(self, pages: int) -> None:
        """Scroll by pages."""
        log = self.query_one(RichLog)
        log.scroll_relative(y=pages * max(1, log.size.height - 1), animate=False)

    def action_scroll_to(self, end: int) -> None:
        """Scroll to the beginning (0) or the end (1)."""
        log = self.query_one(RichLog)
        log.scroll_to(y=log.max_scroll_y if end else 0, animate=False)

    def action_copy(self) -> None:
        """Copy the path of the log."""
        self.app.copy_to_clipboard(str(self._file.path))
        self._said = "Copied:"
        self._tell()
