"""Finds a model on this machine: a folder, or a name that a download tool has fetched before."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from engine.models import demo
from engine.models.configuration import CheckpointError

DEMO_NAME = "demo"

LM_STUDIO = (".lmstudio/models", ".cache/lm-studio/models")
"""Where LM Studio keeps models, in the person's home."""


def find_model(name: str | None) -> Path:
    """Return the folder of a model.

    Args:
        name: a folder, a name such as ``openai/gpt-oss-20b`` that ``hf download`` or LM Studio
            has fetched, or ``demo`` or None for the bundled model.

    Raises:
        CheckpointError: there is no such model on this machine.
    """
    if name is None or name == DEMO_NAME:
        return demo.WEIGHTS
    try:
        folder = Path(name).expanduser()
        if name and folder.is_dir():
            return folder
        if name and folder.exists():
            raise CheckpointError(f"{folder} is a file. Give the folder that holds config.json.")
        for candidate in downloaded_folders(name):
            if candidate.is_dir():
                return candidate
    except (OSError, RuntimeError, ValueError) as error:  # no such user, too long, no permission
        raise CheckpointError(
            f"{name!r} cannot be looked up ({error}). Give the path of a model's folder."
        ) from error
    raise CheckpointError(
        f"There is no folder and no downloaded model {name!r} on this machine. "
        "Give the path of a model's folder, or fetch one: "
        "harmony-tui models download openai/gpt-oss-20b does that."
    )


def model_name(folder: Path) -> str:
    """Return the short name of the model in a folder, for people to read."""
    if folder == demo.WEIGHTS:
        return DEMO_NAME
    for part in reversed(folder.parts):
        if part.startswith("models--"):
            return part.rsplit("--", 1)[-1]
    return folder.resolve().name


def downloaded_folders(name: str) -> Iterator[Path]:
    """Give the folders in which download tools would keep a model of this name."""
    parts = name.split("/")
    if len(parts) != 2 or not all(parts) or ".." in parts:
        return
    entry = hugging_face_cache() / ("models--" + "--".join(parts))
    main = entry / "refs" / "main"
    if main.is_file():
        yield entry / "snapshots" / main.read_text().strip()
    yield from sorted(entry.glob("snapshots/*"))
    for models in LM_STUDIO:
        yield Path.home() / models / name


def hugging_face_home() -> Path:
    """Return where the Hub's programs keep what is theirs."""
    return Path(os.environ.get("HF_HOME") or "~/.cache/huggingface").expanduser()


def hugging_face_cache() -> Path:
    """Return where the Hub's programs keep the models that they have fetched."""
    if cache := os.environ.get("HF_HUB_CACHE"):
        return Path(cache).expanduser()
    return hugging_face_home() / "hub"
