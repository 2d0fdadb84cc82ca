"""The models as rows of a list, and what is known about one as a table."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content

from harmony_tui.model_survey import Surveyed, size
from harmony_tui.screens.session_list import fit
from harmony_tui.transcript.characters import make_safe

if TYPE_CHECKING:
    from engine.inspection import Inspection

SIZE_WIDTH = 9
QUANTIZATION_WIDTH = 13
LAYERS_WIDTH = 9
CONTEXT_WIDTH = 9
FIT_WIDTH = 9
LEAST_NAME = 21
BEFORE_NAME = 3
"""Cells for what marks the chosen model, then for what marks the loaded one, and a blank."""
LABEL_WIDTH = 24
LOADED = "●"
"""Stands before the model that is loaded; a spinner does before one that is being loaded."""


class InMemory(NamedTuple):
    """Which model is loaded, and which one is on its way."""

    loaded: Path | None = None
    """Its folder."""
    name: str = ""
    """What it is called."""
    loading: str | None = None
    """Name or folder of the one that is being loaded."""
    progress: str = ""
    """How far that is, such as ``loading 40 %``."""

    def holds(self, surveyed: Surveyed) -> bool:
        """Whether a model is loaded."""
        return surveyed.model.folder == self.loaded

    def awaits(self, surveyed: Surveyed) -> bool:
        """Whether a model is being loaded."""
        return self.loading in (surveyed.model.name, str(surveyed.model.folder))

    def tell(self, surveyed: Surveyed) -> str:
        """Return what a model is at, as its details say it."""
        if self.awaits(surveyed):
            return self.progress
        return "loaded" if self.holds(surveyed) else "not loaded"


def matches(surveyed: Surveyed, words: Sequence[str]) -> bool:
    """Return whether a model has all words, which are in lower case, in what it is known by."""
    model = surveyed.model
    text = f"{model.name} {model.place} {surveyed.quantization}".casefold()
    return all(word in text for word in words)


def header(width: int) -> Content:
    """Return the names of the columns."""
    cells = [
        " " * BEFORE_NAME + fit("Name", _name_width(width)),
        "Size".rjust(SIZE_WIDTH - 1) + " ",
        fit(" Quantisation", QUANTIZATION_WIDTH),
    ]
    if _shows_shape(width):
        cells += ["L × E".rjust(LAYERS_WIDTH), "Context".rjust(CONTEXT_WIDTH)]
    cells.append("Memory".rjust(FIT_WIDTH + 1))
    return Content.assemble(("".join(cells), "$muted"))


def row(surveyed: Surveyed, width: int, mark: str) -> Content:
    """Return a model as a row.

    Args:
        surveyed: the model and what is known of it so far.
        width: of the list, in columns.
        mark: one character that stands before its name. Before that the chosen one is marked.
    """
    model, inspection = surveyed.model, surveyed.inspection
    before = (f" {mark} ", "$frame-focus")
    name_width = _name_width(width)
    name, bytes_ = make_safe(model.name), size(model.byte_count).rjust(SIZE_WIDTH - 1) + " "
    if surveyed.problem:
        room = width - BEFORE_NAME - name_width - SIZE_WIDTH
        said = surveyed.problem.replace(f"{model.folder}/", "")
        problem = fit(" " + make_safe(said), room)
        return Content.assemble(
            before,
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
        before,
        (fit(name, name_width), "$foreground"),
        ("".join(cells), "$muted"),
        (verdict.rjust(FIT_WIDTH + 1), "$muted" if verdict == "fits" else "$notice"),
    )


def _shows_shape(width: int) -> bool:
    """Return whether a row of this width has room for the layers and the context."""
    shape = LAYERS_WIDTH + CONTEXT_WIDTH
    return (
        width - BEFORE_NAME - SIZE_WIDTH - QUANTIZATION_WIDTH - shape - FIT_WIDTH - 1 >= LEAST_NAME
    )


def _name_width(width: int) -> int:
    others = SIZE_WIDTH + QUANTIZATION_WIDTH + FIT_WIDTH + 1
    if _shows_shape(width):
        others += LAYERS_WIDTH + CONTEXT_WIDTH
    return max(LEAST_NAME, width - BEFORE_NAME - others)


def _thousands(inspection: Inspection) -> str:
    length = inspection.context_length
    return f"{length // 1024}k" if length >= 1024 else str(length)


def as_table(rows: Sequence[tuple[str, str]], width: int) -> Content:
    """Return rows of a label and a text, what is too long below its own beginning."""
    lines = []
    for label, text in rows:
        for part in wrap(make_safe(text), max(10, width - LABEL_WIDTH - 1)) or [""]:
            begun = label.ljust(LABEL_WIDTH + 1)
            lines.append(Content.assemble((begun, "$muted"), (part, "$foreground")))
            label = ""  # noqa: PLW2901
    return Content("\n").join(lines)


def short_path(path: Path) -> str:
    """Return a path as people write it."""
    return f"~/{path.relative_to(Path.home())}" if Path.home() in path.parents else str(path)
