"""The models on this machine: to look at, load, unload, and fetch by name from the Hub.

Their files are read on other threads, one model after the other, so that typing never waits.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static
from textual.widgets.option_list import Option

from engine.config import locations
from harmony_tui.commands.command import CommandError
from harmony_tui.downloads import Download
from harmony_tui.line_input import LineInput
from harmony_tui.model_survey import Surveyed, find_models, survey
from harmony_tui.screens.choice_list import ChoiceList
from harmony_tui.screens.frame import BETWEEN, Frame
from harmony_tui.screens.model_list import (
    LOADED,
    InMemory,
    as_table,
    header,
    matches,
    row,
    short_path,
)
from harmony_tui.status import SPINNER, SPINNER_SECONDS
from harmony_tui.transcript.characters import make_safe

BESIDE = 130
"""Columns from which on the details stand beside the list instead of below it."""
FETCH = "fetch:"
"""What the id of the row begins with that downloads what was typed."""

LOAD_KEYS = "↑↓ choose  Enter load"
FETCH_KEYS = "↑↓ choose  Enter download"
UNLOAD_KEY = "^X unload"
STOP_KEY = "^S stop the download"
OTHER_KEYS = "Tab details  Esc close"
IS_LOADING = "A model is being loaded; wait until it is there."


class ModelsScreen(ModalScreen[str | None]):
    """Lists the models; gives the name of one that the person wants to load."""

    CSS_PATH = "models.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Close"),
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
        Binding("pagedown", "move(8)", show=False),
        Binding("pageup", "move(-8)", show=False),
        Binding("ctrl+x", "unload", "Unload", priority=True),
        Binding("ctrl+s", "stop", "Stop the download", priority=True),
    ]

    def __init__(
        self,
        models_folder: str | None,
        *,
        in_memory: Callable[[], InMemory],
        unload: Callable[[Callable[[str], bool]], None],
        fetch: Callable[[str], Download],
        download: Download | None,
        context_limit: int | None = None,
        is_still: bool = False,
    ) -> None:
        """Prepare the screen.

        Args:
            models_folder: the folder of models that the settings name.
            in_memory: gives what is loaded now, and what is on its way.
            unload: begins to free the model's memory, or raises CommandError; tells what came of
                it by what it is given, which returns whether that could be shown.
            fetch: begins to download a model by its name, or raises CommandError.
            download: the one that is on its way already.
            context_limit: the tokens that a KV cache is to have room for, if that was said.
            is_still: whether what goes on is marked by something that does not move.
        """
        super().__init__()
        self._context_limit = context_limit
        self._is_still = is_still
        self._models_folder = models_folder
        self._look = in_memory
        self._in_memory = in_memory()
        self._others = [] if self._in_memory.loaded is None else [self._in_memory.loaded]
        """Models that may lie where none is looked for."""
        self._unload = unload
        self._is_unloading = False
        self._fetch = fetch
        self.wanted = ""
        """The name of one that is loaded, or downloaded if it is not here, once that is known."""
        self._download = download
        self._found: list[Surveyed] = []
        self._is_scanning = True
        self._said = ""
        self._turns = 0

    def compose(self) -> ComposeResult:
        """What is looked for, the models, what is known about the chosen one, and what goes on."""
        with Frame(id="frame") as frame:
            frame.border_title = "Models"
            placeholder = "Filter, or a name such as openai/gpt-oss-20b"
            yield LineInput(self.wanted, placeholder=placeholder, compact=True)
            with Container(id="parts"):
                with Vertical(id="list"):
                    yield Static(id="header")
                    yield ChoiceList(compact=True)
                with VerticalScroll(id="details"):
                    yield Static()
            yield Static(id="said")

    def on_mount(self) -> None:
        """Begin to read."""
        self.query_one(ChoiceList).can_focus = False
        self.query_one(Input).focus()
        self.set_interval(SPINNER_SECONDS, self._tick)
        self._tick()
        self._scan()

    def on_resize(self, event: events.Resize) -> None:
        """Use the new width."""
        self.set_class(event.size.width >= BESIDE, "-beside")
        self.call_after_refresh(self._list)

    # --- reading ------------------------------------------------------------------------------

    @property
    def _is_closed(self) -> bool:
        """Whether the widgets are gone, or about to go."""
        return self not in self.app.screen_stack

    @work(group="scan", exclusive=True)
    async def _scan(self, chosen: str | None = None) -> None:
        """List the models, then what each of them is as soon as that is known."""
        self._is_scanning = True
        known = {each.model: each for each in self._found if each.inspection}
        found = await asyncio.to_thread(find_models, self._models_folder, self._others)
        if self._is_closed:
            return
        self._found = [known.get(each.model, each) for each in found]
        if wanted := self.wanted:
            self.wanted = ""
            is_here = wanted in {each.model.name for each in found}
            self._list(wanted if is_here else FETCH + wanted)
            self._choose()
        else:
            self._list(chosen)
        for at, each in enumerate(self._found):
            if each.inspection is None:
                self._found[at] = await asyncio.to_thread(survey, each.model, self._context_limit)
                if self._is_closed:
                    return
                self._list()
        self._is_scanning = False
        self._tick()

    # --- the list -----------------------------------------------------------------------------

    @on(Input.Changed)
    def _look_for(self) -> None:
        self._said = ""
        self._list()
        self._tick()

    def _list(self, chosen: str | None = None) -> None:
        """List what has the words that were typed, and the download of what was typed, last."""
        typed = self.query_one(Input).value.strip()
        words = typed.casefold().split()
        found = [each for each in self._found if matches(each, words)]
        rows = self.query_one(ChoiceList)
        before = rows.highlighted_option
        wanted = chosen or (before.id if before else None)
        width = rows.scrollable_content_region.width
        options = [Option(row(each, width, self._mark(each)), id=each.model.name) for each in found]
        if locations.is_repository_name(typed) and typed not in {each.model.name for each in found}:
            text = Content.assemble((f" ↓ Download {typed}", "$frame-focus"))
            options.append(Option(text, id=FETCH + typed))
        rows.set_options(options)
        ids = [option.id for option in options]
        rows.highlighted = (ids.index(wanted) if wanted in ids else 0) if ids else None
        self.query_one("#header", Static).update(header(width))
        self._show_details()

    def _mark(self, surveyed: Surveyed) -> str:
        """Return what stands before a model: whether it is loaded, or is on its way."""
        if self._in_memory.awaits(surveyed):
            return self._spinner()
        return LOADED if self._in_memory.holds(surveyed) else " "

    def _spinner(self) -> str:
        return "…" if self._is_still else SPINNER[self._turns % len(SPINNER)]

    def action_move(self, rows: int) -> None:
        """Choose a model some rows further down."""
        options = self.query_one(ChoiceList)
        if options.highlighted is not None:
            last = options.option_count - 1
            options.highlighted = min(max(options.highlighted + rows, 0), last)
            self._said = ""  # it was about the model before
            self._tick()

    @property
    def _chosen_id(self) -> str | None:
        option = self.query_one(ChoiceList).highlighted_option
        return None if option is None else option.id

    @property
    def _chosen(self) -> Surveyed | None:
        name = self._chosen_id
        return next((each for each in self._found if each.model.name == name), None)

    @on(ChoiceList.OptionHighlighted)
    def _show_details(self) -> None:
        chosen, name = self._chosen, self._chosen_id or ""
        if chosen is not None:
            rows = [("state", self._in_memory.tell(chosen)), *chosen.describe()]
        elif name.startswith(FETCH):
            rows = [("from", f"the Hugging Face Hub: {name.removeprefix(FETCH)}")]
            rows.append(("into", short_path(self._place)))
        else:
            rows = []
        details = self.query_one("#details", VerticalScroll)
        table = as_table(rows, details.scrollable_content_region.width)
        self.query_one("#details Static", Static).update(table)

    @property
    def _place(self) -> Path:
        return locations.models_folder(self._models_folder)

    # --- loading and downloading --------------------------------------------------------------

    @on(ChoiceList.OptionSelected)
    @on(Input.Submitted)
    def _choose(self) -> None:
        """Load the chosen model, or fetch it, or what is missing of it."""
        chosen, name = self._chosen, self._chosen_id or ""
        if name.startswith(FETCH):
            self._begin(name.removeprefix(FETCH))
        elif chosen is None:
            return
        elif chosen.can_be_continued:
            self._begin(name)
        elif chosen.problem:
            self._say(chosen.problem, is_problem=True)
        elif self._in_memory.loading is not None:
            self._say(IS_LOADING, is_problem=True)
        elif self._in_memory.holds(chosen):
            self._say("This one is loaded.")
        else:
            self.dismiss(name)

    def _begin(self, name: str) -> None:
        try:
            self._download = self._fetch(name)
        except CommandError as error:
            self._say(str(error), is_problem=True)
        else:
            self._said = ""
            self._tick()

    def action_unload(self) -> None:
        """Free the memory of the model that is loaded."""
        try:
            self._unload(self._tell_unloaded)
        except CommandError as error:
            self._say(str(error), is_problem=True)
        else:
            self._said, self._is_unloading = "", True
            self._tick()

    def _tell_unloaded(self, text: str) -> bool:
        """Say what came of unloading, unless there is no screen for it any more."""
        if self._is_closed:
            return False
        self._is_unloading = False
        self._say(text)
        self._tick()
        return True

    def action_stop(self) -> None:
        """Stop the download; what came is kept."""
        if self._download is not None:
            self._download.cancel()

    def _keys(self) -> str:
        """Return the keys that mean something now."""
        chosen, name = self._chosen, self._chosen_id or ""
        is_fetched = name.startswith(FETCH) or (chosen is not None and chosen.can_be_continued)
        keys = [FETCH_KEYS if is_fetched else LOAD_KEYS]
        if self._in_memory.loaded is not None:
            keys.append(UNLOAD_KEY)
        if self._download is not None:
            keys.append(STOP_KEY)
        return BETWEEN.join([*keys, OTHER_KEYS])

    def _tick(self) -> None:
        """Show what goes on."""
        self._turns += 1
        before, self._in_memory = self._in_memory, self._look()
        if self._in_memory != before or self._in_memory.loading is not None:
            self._list()
        spinner = self._spinner()
        download = self._download
        if download is not None and download.is_over:
            self._download = None
            self._tell_end(download)
        elif self._is_unloading:
            self._show(f"{spinner} Unloading {self._in_memory.name} …")
        elif download is not None:
            self._show(f"{spinner} {download.name}: {download.describe()}")
        elif self._said:
            pass
        elif self._in_memory.loading is not None:
            self._show(f"{spinner} {self._in_memory.loading}: {self._in_memory.progress}")
        elif self._is_scanning:
            self._show(f"{spinner} Reading the models …")
        else:
            self._show(self._counted())
        self.query_one("#frame", Frame).keys = self._keys()

    def _tell_end(self, download: Download) -> None:
        if download.problem:
            self._say(download.problem, is_problem=True)
        elif download.folder is None:
            self._say("Stopped. What came is kept; Enter on it goes on.")
        else:
            self._say(f"{download.name} is here. Enter loads it.")
        self._scan(download.name)

    def _counted(self) -> str:
        count = len(self._found)
        models = "1 model" if count == 1 else f"{count:,} models"
        if self._chosen_id is None:
            return "No model has these words. A name such as openai/gpt-oss-20b can be downloaded."
        loaded = f"{self._in_memory.name} is loaded" if self._in_memory.name else "none is loaded"
        return f"{models}, {loaded}. Others are downloaded into {short_path(self._place)}"

    def _say(self, text: str, *, is_problem: bool = False) -> None:
        self._said = text
        self._show(text, is_problem=is_problem)

    def _show(self, text: str, *, is_problem: bool = False) -> None:
        said = self.query_one("#said", Static)
        said.set_class(is_problem, "-problem")
        said.update(Content(make_safe(text)))
