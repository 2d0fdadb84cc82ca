"""What looks after the models and caches on this machine while no model is loaded."""

from __future__ import annotations

from engine.generation.disk_cache import Entry, clear, entries
from engine.models.configuration import CheckpointError, read_sampling_defaults
from engine.models.hub import find_model, model_name

__all__ = [
    "CheckpointError",
    "Entry",
    "clear",
    "entries",
    "find_model",
    "model_name",
    "read_sampling_defaults",
]
