"""Whether a model fits into the memory of this machine, as loading it will find."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from engine.models.configuration import read_config
from engine.models.device import prepare
from engine.models.room import NO_CACHE, CacheRooms, bytes_in_memory, float_type_of
from engine.models.tensors import Tensors


@dataclass(frozen=True, slots=True)
class Fit:
    """What a model takes and what there is, in bytes."""

    needed: int
    """For the weights, and the KV cache that was reckoned with."""
    free: int
    total: int

    @property
    def verdict(self) -> Literal["fits", "tight", "too large"]:
        """Whether it can be loaded: now, once other programs give memory back, or never."""
        if self.needed > self.total:
            return "too large"
        return "fits" if self.needed <= self.free else "tight"

    def describe(self) -> str:
        """Return it in words, with the numbers."""
        needed, free, total = map(_binary, (self.needed, self.free, self.total))
        if self.verdict == "too large":
            return f"does not fit: it takes {needed}, and this machine has {total}"
        if self.verdict == "tight":
            return f"takes {needed}, and of {total} only {free} are free: close other programs"
        return f"fits: it takes {needed}, and {free} of {total} are free"


def _binary(count: int) -> str:
    return f"{count / 2**30:.1f} GiB" if count >= 2**30 / 10 else f"{count / 2**20:.1f} MiB"


def fit(folder: Path, cache_room: CacheRooms = lambda *_: NO_CACHE) -> Fit:
    """Return what a model takes on the device that it would run on; weights are not read.

    Args:
        folder: the model's.
        cache_room: says what memory there has to be for the KV cache too.

    Raises:
        CheckpointError: the folder holds no gpt-oss checkpoint, or a file is broken.
        DeviceError: MLX cannot be used on this machine.
    """
    device = prepare()
    config, tensors = read_config(folder), Tensors(folder)
    needed = bytes_in_memory(config, tensors, device, unpack=False)
    room = cache_room(config, float_type_of(tensors, device).size)
    return Fit(needed + room.byte_count, device.free_memory(), device.total_memory)
