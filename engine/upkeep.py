"""What looks after the models and caches on this machine while no model is loaded."""

from __future__ import annotations

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
from engine.models.fitting import Fit, fit
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
