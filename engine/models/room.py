"""How much memory a model takes, and whether that is there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import mlx.core as mx

from engine.models.configuration import CheckpointError, GptOssConfig
from engine.models.device import Device
from engine.models.tensors import EMBEDDING, FINAL_NORM, FLOATS, TensorHeader, Tensors

FLOAT_TYPES = {"BF16": mx.bfloat16, "F16": mx.float16, "F32": mx.float32}

UNPACKED_SHARE = 0.2
"""On the CPU, packed weights are unpacked to float32 if the model then takes no more of memory."""


@dataclass(frozen=True, slots=True)
class CacheRoom:
    """Memory that is to be left beside the weights for the KV cache."""

    tokens: int
    byte_count: int
    is_asked: bool
    """Whether somebody has said that it is to be so many tokens."""


NO_CACHE = CacheRoom(0, 0, is_asked=False)
CacheRooms = Callable[[GptOssConfig, int], CacheRoom]
"""Says how much is to be left for a model, given its sizes and the bytes of one of its numbers."""


def float_type_of(tensors: Tensors, device: Device) -> mx.Dtype:
    """Return the type that a model computes in on a device, and keeps keys and values in."""
    if device.on_cpu:
        return mx.float32
    return FLOAT_TYPES.get(tensors.header(FINAL_NORM).dtype, mx.float32)


def bytes_in_memory(config: GptOssConfig, tensors: Tensors, device: Device, *, unpack: bool) -> int:
    """Return how many bytes the model takes once it is loaded, at most."""
    needed = 0
    for name, header in tensors.headers.items():
        if name == f"{EMBEDDING}.weight" and header.dtype in FLOATS:
            copied = config.tie_word_embeddings and device.on_cpu
            needed += header.byte_count + (header.item_count * 4 if copied else 0)
        else:
            needed += _matrix_bytes(header, device, unpack=unpack)
    return needed


def _matrix_bytes(header: TensorHeader, device: Device, *, unpack: bool) -> int:
    """Return how much a tensor takes at most, four-bit numbers being two to a byte."""
    if unpack and header.dtype in ("U8", "U32"):
        return header.byte_count * 2 * (4 if device.on_cpu else 2)
    if device.on_cpu and header.dtype in FLOATS:
        return header.item_count * 4
    return header.byte_count


def decide_to_unpack(
    folder: Path,
    config: GptOssConfig,
    tensors: Tensors,
    device: Device,
    room: CacheRoom,
    *,
    wanted: bool,
) -> bool:
    """Return whether packed weights are to be unpacked.

    On the CPU they are if that takes little memory, on a GPU if it is wanted and there is room.

    Raises:
        CheckpointError: there is too little memory for the weights even as they are, and the KV
            cache.
    """
    needed = bytes_in_memory(config, tensors, device, unpack=False)
    free = device.free_memory()
    if needed > device.total_memory:
        raise CheckpointError(
            f"The weights in {folder} take {_gibibytes(needed)} of memory, and this machine "
            f"({device.name}) has {_gibibytes(device.total_memory)}. Use a smaller model."
        )
    if needed > free:
        raise CheckpointError(
            f"The weights in {folder} take {_gibibytes(needed)} of memory, and of the "
            f"{_gibibytes(device.total_memory)} of this machine ({device.name}) only "
            f"{_gibibytes(free)} are free. Close other programs, or use a smaller model."
        )
    free -= room.byte_count
    if needed > free:
        lower = "Lower context_limit (--max-kv-size), close" if room.is_asked else "Close"
        raise CheckpointError(
            f"The weights in {folder} take {_gibibytes(needed)} of memory, and the KV cache of "
            f"{room.tokens:,} tokens {_gibibytes(room.byte_count)}; of the "
            f"{_gibibytes(device.total_memory)} of this machine ({device.name}) only "
            f"{_gibibytes(free + room.byte_count)} are free. {lower} other programs, or use a "
            "smaller model."
        )
    unpacked = bytes_in_memory(config, tensors, device, unpack=True)
    if device.on_cpu:
        return unpacked <= min(UNPACKED_SHARE * device.total_memory, free)
    return wanted and unpacked <= free


def _gibibytes(count: int) -> str:
    return f"{count / 2**30:.1f} GiB"
