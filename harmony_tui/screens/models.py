"""The models on this machine: to look at, load, and fetch from the Hugging Face Hub by name.

Their files are read on other threads, one model after the other, so that typing never waits.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from textwrap import wrap
from typing import ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from engine.config import locations
from harmony_tui.commands.command import CommandError
from harmony_tui.downloads import Download
from harmony_tui.model_survey import Surveyed, find_models, size, survey
from harmony_tui.screens.frame import Frame
from harmony_tui.screens.session_list import fit
from harmony_tui.status import SPINNER, SPINNER_SECONDS
from harmony_tui.transcript.characters import make_safe

BESIDE = 130
"""Columns from which on the details stand beside the list instead of below it."""
SIZE_WIDTH = 9
QUANTIZATION_WIDTH = 13
LAYERS_WIDTH = 9
CONTEXT_WIDTH = 9
FIT_WIDTH = 9
LEAST_NAME = 22
LABEL_WIDTH = 24
FETCH = "fetch:"
"""What the id of the row begins with that downloads what was typed."""

KEYS = "↑↓ choose  Enter load  Tab details  Esc close"
KEYS_OF_DOWNLOAD = "↑↓ choose  Enter load  ^S stop the download  Esc close"


class ModelsScreen(ModalScreen[str | None]):
    """Lists the models; gives the name of one that the person wants to load."""

    CSS_PATH = "models.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Close"),
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
        Binding("pagedown", "move(8)", show=False),
        Binding("pageup", "move(-8)", show=False),
        Binding("ctrl+s", "stop", "Stop the download", priority=True),
    ]

    def __init__(
        self,
        models_folder: str | None,
        *,
        loaded: Path | None,
        fetch: Callable[[str], Download],
        download: Download | None,
        context_limit: int | None = None,
    ) -> None:
        """Prepare the screen.

        Args:
            models_folder: the folder of models that the settings name.
            loaded: the folder of the model that is loaded.
            fetch: begins to download a model by its name, or raises CommandError.
            download: the one that is on its way already.
            context_limit: the tokens that a KV cache is to have room for, if that was said.
        """
        super().__init__()
        self._context_limit = context_limit
        self._models_folder = models_folder
        self._loaded = loaded
        self._fetch = fetch
        self._download = download
        self._found: list[Surveyed] = []
        self._is_scanning = True
        self._said = ""
        self._turns = 0

    def compose(self) -> ComposeResult:
        """What is looked for, the models, what is known about the chosen one, and what goes on."""
        with Frame(id="frame") as frame:
            frame.border_title = "Models"
            frame.keys = KEYS
            yield Input(placeholder="Filter, or a name such as openai/gpt-oss-20b", compact=True)
            with Container(id="parts"):
                with Vertical(id="list"):
                    yield Static(id="header")
                    yield OptionList(compact=True)
                with VerticalScroll(id="details"):
                    yield Static()
            yield Static(id="said")

    def on_mount(self) -> None:
        """Begin to read."""
        self.query_one(OptionList).can_focus = False
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
        others = [] if self._loaded is None else [self._loaded]
        known = {each.model: each for each in self._found if each.inspection}
        found = await asyncio.to_thread(find_models, self._models_folder, others)
        if self._is_closed:
            return
        self._found = [known.get(each.model, each) for each in found]
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
        found = [each for each in self._found if _matches(each, words)]
        rows = self.query_one(OptionList)
        before = rows.highlighted_option
        wanted = chosen or (before.id if before else None)
        width = rows.scrollable_content_region.width
        options = [Option(self._row(each, width), id=each.model.name) for each in found]
        if locations.is_repository_name(typed) and typed not in {each.model.name for each in found}:
            text = Content.assemble((f"↓ Download {typed}", "$frame-focus"))
            options.append(Option(text, id=FETCH + typed))
        rows.set_options(options)
        ids = [option.id for option in options]
        rows.highlighted = (ids.index(wanted) if wanted in ids else 0) if ids else None
        self.query_one("#header", Static).update(_header(width))
        self._show_details()

    def _row(self, surveyed: Surveyed, width: int) -> Content:
        model, inspection = surveyed.model, surveyed.inspection
        mark = ("● ", "$frame-focus") if model.folder == self._loaded else ("  ", "")
        name_width = _name_width(width)
        name, bytes_ = make_safe(model.name), size(model.byte_count).rjust(SIZE_WIDTH - 1) + " "
        if surveyed.problem:
            room = width - 2 - name_width - SIZE_WIDTH
            said = surveyed.problem.replace(f"{model.folder}/", "")
            problem = fit(" " + make_safe(said), room)
            return Content.assemble(
                mark,
                (fit(name, name_width), "$muted"),
                (bytes_, "$muted"),
                (problem, "$notice"),
            )
        shape = context = verdict = ""
        if inspection is not None and surveyed.fit is not None:
            layers = inspection.sliding_layers + inspection.full_layers
            shape, context = f"{layers} × {inspection.experts}", _thousands(inspection)
            verdict = surveyed.fit.verdict
        cells = [bytes_, fit(" " + surveyed.quantization, QUANTIZATION_WIDTH)]
        if _shows_shape(width):
            cells += [shape.rjust(LAYERS_WIDTH), context.rjust(CONTEXT_WIDTH)]
        return Content.assemble(
            mark,
            (fit(name, name_width), "$foreground"),
            ("".join(cells), "$muted"),
            (verdict.rjust(FIT_WIDTH + 1), "$muted" if verdict == "fits" else "$notice"),
        )

    def action_move(self, rows: int) -> None:
        """Choose a model some rows further down."""
        options = self.query_one(OptionList)
        if options.highlighted is not None:
            last = options.option_count - 1
            options.highlighted = min(max(options.highlighted + rows, 0), last)

    @property
    def _chosen_id(self) -> str | None:
        option = self.query_one(OptionList).highlighted_option
        return None if option is None else option.id

    @property
    def _chosen(self) -> Surveyed | None:
        name = self._chosen_id
        return next((each for each in self._found if each.model.name == name), None)

    @on(OptionList.OptionHighlighted)
    def _show_details(self) -> None:
        chosen, name = self._chosen, self._chosen_id or ""
        if chosen is not None:
            rows = chosen.describe()
        elif name.startswith(FETCH):
            rows = [("from", f"the Hugging Face Hub: {name.removeprefix(FETCH)}")]
            rows.append(("into", _short(self._place)))
        else:
            rows = []
        details = self.query_one("#details", VerticalScroll)
        table = _as_table(rows, details.scrollable_content_region.width)
        self.query_one("#details Static", Static).update(table)

    @property
    def _place(self) -> Path:
        return locations.models_folder(self._models_folder)

    # --- loading and downloading --------------------------------------------------------------

    @on(OptionList.OptionSelected)
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
        elif chosen.model.folder == self._loaded:
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

    def action_stop(self) -> None:
        """Stop the download; what came is kept."""
        if self._download is not None:
            self._download.cancel()

    def _tick(self) -> None:
        """Show what goes on."""
        self._turns += 1
        spinner = SPINNER[self._turns % len(SPINNER)]
        download = self._download
        frame = self.query_one("#frame", Frame)
        frame.keys = KEYS if download is None else KEYS_OF_DOWNLOAD
        if download is not None and download.is_over:
            self._download = None
            self._tell_end(download)
        elif download is not None:
            self._show(f"{spinner} {download.name}: {download.describe()}")
        elif self._said:
            return
        elif self._is_scanning:
            self._show(f"{spinner} Reading the models …")
        else:
            self._show(self._counted())

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
        return f"{models}. Others are downloaded into {_short(self._place)}"

    def _say(self, text: str, *, is_problem: bool = False) -> None:
        self._said = text
        self._show(text, is_problem=is_problem)

    def _show(self, text: str, *, is_problem: bool = False) -> None:
        said = self.query_one("#said", Static)
        said.set_class(is_problem, "-problem")
        said.update(Content(make_safe(text)))


def _matches(surveyed: Surveyed, words: Sequence[str]) -> bool:
    model = surveyed.model
    text = f"{model.name} {model.place} {surveyed.quantization}".casefold()
    return all(word in text for word in words)


def _shows_shape(width: int) -> bool:
    """Return whether a row of this width has room for the layers and the context."""
    shape = LAYERS_WIDTH + CONTEXT_WIDTH
    return width - 2 - SIZE_WIDTH - QUANTIZATION_WIDTH - shape - FIT_WIDTH - 1 >= LEAST_NAME


def _name_width(width: int) -> int:
    others = SIZE_WIDTH + QUANTIZATION_WIDTH + FIT_WIDTH + 1
    if _shows_shape(width):
        others += LAYERS_WIDTH + CONTEXT_WIDTH
    return max(LEAST_NAME, width - 2 - others)


def _header(width: int) -> Content:
    cells = [
        "  " + fit("Name", _name_width(width)),
        "Size".rjust(SIZE_WIDTH - 1) + " ",
        fit(" Quantisation", QUANTIZATION_WIDTH),
    ]
    if _shows_shape(width):
        cells += ["L × E".rjust(LAYERS_WIDTH), "Context".rjust(CONTEXT_WIDTH)]
    cells.append("Memory".rjust(FIT_WIDTH + 1))
    return Content.assemble(("".join(cells), "$muted"))


def _thousands(inspection: object) -> str:
    length: int = getattr(inspection, "context_length", 0)
    return f"{length // 1024}k" if length >= 1024 else str(length)


def _as_table(rows: Sequence[tuple[str, str]], width: int) -> Content:
    """Return rows of a label and a text, what is too long below its own beginning."""
    lines = []
    for label, text in rows:
        for part in wrap(make_safe(text), max(10, width - LABEL_WIDTH - 1)) or [""]:
            begun = label.ljust(LABEL_WIDTH + 1)
            lines.append(Content.assemble((begun, "$muted"), (part, "$foreground")))
            label = ""  # noqa: PLW2901
    return Content("\n").join(lines)


def _short(path: Path) -> str:
    """Return a path as people write it."""
    return f"~/{path.relative_to(Path.home())}" if Path.home() in path.parents else str(path)
