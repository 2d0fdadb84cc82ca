"""Deletes a model's files: those that a download tool, or this program, has put on the disk."""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path

from engine.models.configuration import CheckpointError
from engine.models.finding import LocalModel
from engine.models.hub import DEMO_NAME


def remove_model(model: LocalModel) -> None:
    """Delete all files of a model; of one in the Hub's cache all its versions.

    Raises:
        CheckpointError: it is the bundled one, or something of it cannot be deleted.
    """
    if model.name == DEMO_NAME:
        raise CheckpointError("The bundled model is part of the program and cannot be removed.")
    folder = whole_folder(model)
    try:
        if folder.is_symlink():
            folder.unlink()
        else:
            shutil.rmtree(folder)
    except OSError as error:
        raise CheckpointError(
            f"{error.filename or folder} cannot be deleted: {error.strerror or error}."
        ) from error
    if "/" in model.name and model.place != "Hugging Face":
        with contextlib.suppress(OSError):  # its owner has other models
            folder.parent.rmdir()


def whole_folder(model: LocalModel) -> Path:
    """Return the folder that holds all files of a model.

    The Hub's cache keeps a model as links, beside the files that they lead to.
    """
    folders = (model.folder, *model.folder.parents)
    return next((f for f in folders if f.name.startswith("models--")), model.folder)
