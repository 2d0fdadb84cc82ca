"""Makes what generates of a model's folder. Importing this imports MLX."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from engine.config import locations
from engine.events import ModelInfo
from engine.generation.cache import cache_room
from engine.generation.disk_cache import DiskCache
from engine.generation.generator import Generator
from engine.harmony.formats import Format, load_format
from engine.models import demo, hub
from engine.models.checkpoint import Progress, describe_quantization, load_checkpoint
from engine.models.configuration import read_config, read_sampling_defaults
from engine.models.fingerprint import fingerprint

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from engine.config.memory import MemoryLimits
    from engine.models.device import Device
    from engine.models.gpt_oss import GptOss
    from engine.models.room import Releasable

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Loaded:
    """A model that is ready."""

    generator: Generator
    format: Format
    """How it is prompted and read."""
    info: ModelInfo
    """What is known of it, but for how long it took."""
    needed: int
    """Bytes of its weights and of the KV cache that there has to be room for."""


def load_model(
    folder: Path,
    device: Device,
    tell: Progress,
    *,
    limits: MemoryLimits,
    unpack: bool,
    disk_failed: Callable[[str], None] | None,
    before: Releasable | None,
) -> Loaded:
    """Load the model of a folder, on the thread that owns MLX.

    Args:
        folder: its checkpoint.
        device: what MLX runs on.
        tell: told what is being read and how far it is, 0 to 1; what it raises gives up.
        limits: what the model may take of the memory besides its weights.
        unpack: whether a GPU holds packed weights unpacked, if its memory allows.
        disk_failed: told, in words for the person, if what is read cannot be kept on disk; None if
            it is not to be.
        before: the model that is there, which is let go if there is room for one alone; not where
            it can be told before that loading is going to fail.

    Raises:
        CheckpointError: there is no usable model, or too little memory for it.
    """
    format_ = load_format(folder, read_config(folder).vocab_size)
    info = _describe(folder, device, format_)
    room = cache_room(limits.context)
    model = load_checkpoint(folder, device, tell, unpack=unpack, cache_room=room, before=before)
    weights = sum(int(array.nbytes) for array in model.arrays())
    return Loaded(
        Generator(model, _disk_for(folder, model, disk_failed), format_.opening_tokens),
        format_,
        replace(info, weight_bytes=weights),
        weights + room(model.config, model.dtype.size).byte_count,
    )


def _describe(folder: Path, device: Device, format_: Format) -> ModelInfo:
    """Return what is known of a model before its weights are read."""
    dialect = format_.dialect
    return ModelInfo(
        name=hub.model_name(folder),
        path=str(folder),
        weight_bytes=0,
        quantization=describe_quantization(folder),
        context_length=read_config(folder).max_position_embeddings,
        device=device.name,
        load_seconds=0.0,
        is_demo=folder == demo.WEIGHTS,
        defaults=read_sampling_defaults(folder),
        vocabulary=dialect.vocabulary,
        prompts=dialect.prompts,
        dialect_reason=dialect.reason,
    )


def _disk_for(
    folder: Path, model: GptOss, failed: Callable[[str], None] | None
) -> DiskCache | None:
    if failed is None:
        return None
    try:
        key = fingerprint(folder, str(model.dtype))
        return DiskCache(locations.prefixes_folder(), key, tell=failed)
    except OSError as error:
        logger.warning("no KV cache is kept on disk: %s", error)
        return None
