"""What looks after the models and caches on this machine while no model is loaded."""

from __future__ import annotations

from pathlib import Path

from engine.generation.cache import cache_room
from engine.generation.disk_cache import Entry, clear, entries
from engine.models.checkpoint import describe_quantization
from engine.models.configuration import CheckpointError, read_sampling_defaults
from engine.models.device import DeviceError
from engine.models.downloading import (
    DownloadCancelledError,
    DownloadError,
    Progress,
    download_model,
)
from engine.models.finding import LocalModel, find_local_models
from engine.models.fitting import Fit
from engine.models.fitting import fit as fit_with
from engine.models.hub import find_model, model_name
from engine.models.removing import remove_model

__all__ = [
    "CheckpointError",
    "DeviceError",
    "DownloadCancelledError",
    "DownloadError",
    "Entry",
    "Fit",
    "LocalModel",
    "Progress",
    "clear",
    "describe_quantization",
    "download_model",
    "entries",
    "find_local_models",
    "find_model",
    "fit",
    "model_name",
    "read_sampling_defaults",
    "remove_model",
]


def fit(folder: Path, context_limit: int | None = None) -> Fit:
    """Return what a model takes with its KV cache, on the device that it would run on.

    Args:
        folder: the model's.
        context_limit: the tokens that prompt and answer may have together; None where nobody said
            so, which has room for a short conversation.

    Raises:
        CheckpointError: the folder holds no gpt-oss checkpoint, or a file is broken.
        DeviceError: MLX cannot be used on this machine.
    """
    return fit_with(folder, cache_room(context_limit))
