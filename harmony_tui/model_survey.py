"""What a list of models tells about each: worked out from its files, on a thread that may wait."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from engine.inspection import Inspection
    from engine.upkeep import Fit, LocalModel


class Surveyed(NamedTuple):
    """A model and what its files say; all of that is missing until they were read."""

    model: LocalModel
    inspection: Inspection | None = None
    quantization: str = ""
    fit: Fit | None = None
    problem: str = ""
    """Why it cannot be loaded."""

    @property
    def can_be_continued(self) -> bool:
        """Whether its download was begun and is not over."""
        return self.model.unfinished is not None

    def describe(self) -> list[tuple[str, str]]:
        """Return all that is known, in rows of a label and a text."""
        model = self.model
        rows = [("loaded as", model.name), ("lies in", model.place)]
        if self.inspection is None:
            rows.append(("folder", str(model.folder)))
        if model.unfinished is not None:
            rows.append(("downloaded", f"{size(model.byte_count)} of {size(model.unfinished)}"))
        else:
            rows.append(("on the disk", size(model.byte_count)))
        if self.problem:
            rows.append(("problem", self.problem))
        if self.fit is not None:
            rows.append(("memory", self.fit.describe()))
        if self.inspection is not None:
            rows += [("quantisation", self.quantization), *self.inspection.describe()]
        return rows


def find_models(models_folder: str | None, others: Sequence[Path]) -> list[Surveyed]:
    """Return the models on this machine, of which nothing has been read yet."""
    from engine.upkeep import find_local_models

    return [Surveyed(model) for model in find_local_models(models_folder, others)]


def survey(model: LocalModel, context_limit: int | None = None) -> Surveyed:
    """Return what a model's files say; what is wrong with them is told and never raised.

    Args:
        model: where it lies.
        context_limit: the tokens that its KV cache is to have room for, if that was said.
    """
    from engine.inspection import inspect
    from engine.upkeep import CheckpointError, DeviceError, describe_quantization, fit

    if model.unfinished is not None:
        return Surveyed(model, problem="Its download is not finished.")
    if model.problem is not None:
        return Surveyed(model, problem=model.problem)
    try:
        inspection = inspect(model.folder)
        quantization = describe_quantization(model.folder)
        problem = inspection.problem or ""
        return Surveyed(model, inspection, quantization, fit(model.folder, context_limit), problem)
    except (CheckpointError, DeviceError) as error:
        return Surveyed(model, problem=str(error))
    except OSError as error:
        problem = f"{error.filename or model.folder} cannot be read ({error.strerror or error})."
        return Surveyed(model, problem=problem)


def size(count: int) -> str:
    """Return a number of bytes as people say it."""
    for step, unit in ((10**9, "GB"), (10**6, "MB"), (10**3, "kB")):
        if count >= step:
            return f"{count / step:.1f} {unit}"
    return f"{count} B"
