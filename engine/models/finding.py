"""Finds all models on this machine: those that can be loaded, and what looks like one."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.config import locations
from engine.models import demo
from engine.models.downloading import PART, read_unfinished
from engine.models.hub import (
    DEMO_NAME,
    LM_STUDIO,
    downloaded_folders,
    hugging_face_cache,
)

DEPTH = 2
"""Folders of folders are looked into as well, since owners of models have folders of their own."""


@dataclass(frozen=True, slots=True)
class LocalModel:
    """A folder that holds a model, or part of one."""

    name: str
    """What it is loaded by."""
    folder: Path
    place: str
    """Whose folder of models it lies in."""
    byte_count: int
    """What its files take on the disk."""
    unfinished: int | None = None
    """How many bytes it will have, where its download is not over."""
    problem: str | None = None
    """Why nothing can be known about it."""


def find_local_models(chosen: str | None, others: Sequence[Path] = ()) -> Iterator[LocalModel]:
    """Give the models on this machine, the bundled one first; no file of theirs is opened.

    Args:
        chosen: the folder of models that the settings name.
        others: folders of models that lie elsewhere, such as the one that is loaded.
    """
    seen: set[Path] = set()
    names: set[str] = set()
    for name, folder, place, problem in _candidates(chosen, others):
        # A name leads to the first that has it; the others are reached by their folders.
        shown = str(folder) if name in names else name
        names.add(name)
        real = Path(os.path.realpath(folder))
        if real in seen:
            continue
        seen.add(real)
        yield LocalModel(
            shown, folder, place, _bytes_on_disk(folder), read_unfinished(folder), problem
        )


Candidate = tuple[str, Path, str, str | None]


def _candidates(chosen: str | None, others: Sequence[Path]) -> Iterator[Candidate]:
    yield DEMO_NAME, demo.WEIGHTS, "bundled", None
    for root in dict.fromkeys((locations.models_folder(chosen), locations.models_folder(None))):
        for name, folder, problem in _look_into(root, root, DEPTH):
            yield name, folder, "models folder", problem
    yield from _in_hugging_face_cache()
    for studio in LM_STUDIO:
        root = Path.home() / studio
        for name, folder, problem in _look_into(root, root, DEPTH):
            yield name, folder, "LM Studio", problem
    for folder in others:
        if folder.is_dir() and _holds_model(folder):
            yield str(folder), folder, "elsewhere", None


def _look_into(root: Path, folder: Path, depth: int) -> Iterator[tuple[str, Path, str | None]]:
    """Give the folders below one that hold models, by their paths from a root on."""
    try:
        entries = sorted(entry for entry in folder.iterdir() if not entry.name.startswith("."))
        for entry in entries:
            if not entry.is_dir():
                continue
            if _holds_model(entry):
                yield entry.relative_to(root).as_posix(), entry, None
            elif depth > 1:
                yield from _look_into(root, entry, depth - 1)
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        problem = f"{error.filename or folder} cannot be read ({error.strerror or error})."
        yield str(folder), folder, problem


def _holds_model(folder: Path) -> bool:
    """Whether a folder has the files of a model, or a download of one was begun in it."""
    if read_unfinished(folder) is not None:
        return True
    endings = (".safetensors", ".gguf", PART)
    return any(each.name == "config.json" or each.name.endswith(endings) for each in _files(folder))


def _files(folder: Path) -> Iterator[Path]:
    """Give the entries of a folder; none of one that cannot be read."""
    try:
        yield from folder.iterdir()
    except PermissionError:
        return


def _in_hugging_face_cache() -> Iterator[Candidate]:
    root = hugging_face_cache()
    try:
        entries = sorted(root.glob("models--*--*"))
    except OSError as error:
        yield str(root), root, "Hugging Face", f"{root} cannot be read ({error.strerror})."
        return
    for entry in entries:
        name = entry.name.removeprefix("models--").replace("--", "/", 1)
        try:
            folder = next((f for f in downloaded_folders(name) if f.is_dir()), None)
        except OSError as error:
            yield name, entry, "Hugging Face", f"{entry} cannot be read ({error.strerror})."
            continue
        if folder is not None and entry in folder.parents:
            yield name, folder, "Hugging Face", None


def _bytes_on_disk(folder: Path) -> int:
    """Return the sizes of a folder's files, those that links lead to included."""
    total = 0
    for path, _, names in os.walk(folder):
        for name in names:
            try:
                total += (Path(path) / name).stat().st_size
            except OSError:  # a link that leads nowhere
                continue
    return total
