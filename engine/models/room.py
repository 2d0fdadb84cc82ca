"""How much memory a model takes, and whether that is there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import mlx.core as mx

from engine.models import cpu
from engine.models.configuration import CheckpointError, GptOssConfig
from engine.models.device import Device
from engine.models.tensors import EMBEDDING, FINAL_NORM, FLOATS, TensorHeader, Tensors

FLOAT_TYPES = {"BF16": mx.bfloat16, "F16": mx.float16, "F32": mx.float32}

UNPACKED_SHARE = 0.2
"""On the CPU, packed weights are unpacked to float32 if the model then takes no more of memory."""

PER_SCORE, PER_SPAN_SCORE, PER_NUMBER = 6.5, 2, 4
"""What a CPU holds at most while it reads tokens: so many times the attention scores that are
computed together, and so many times a layer's states, queries and experts' rows. Measured with one
lane and two, for 16 to 1,024 tokens after 0 to 12,000; it was 0.5 to 0.95 of that."""


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


@dataclass(frozen=True, slots=True)
class Releasable:
    """Memory that is held by what can be let go."""

    byte_count: int
    release: Callable[[], object]


def bytes_to_read(config: GptOssConfig, tokens: int, visible: int, lanes: int) -> int:
    """Return how many bytes a CPU takes at most while it reads tokens, the KV cache aside.

    Args:
        config: the model's sizes.
        tokens: how many are read together.
        visible: how many there are then in all.
        lanes: how many parts are computed at the same time.
    """
    heads = config.num_attention_heads
    scores: float
    span = cpu.span(tokens, heads, visible, lanes)
    if lanes > 1 and tokens > span:  # see span_attention
        shared = heads // config.num_key_value_heads
        scores = PER_SPAN_SCORE * lanes * span * shared * visible
    else:
        scores = PER_SCORE * min(tokens, span * lanes) * heads * visible
    experts = config.num_experts_per_tok * (config.hidden_size + config.intermediate_size)
    numbers = config.hidden_size + heads * config.head_dim + experts
    return round(mx.float32.size * (scores + PER_NUMBER * tokens * numbers))


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
    _check_room(folder, device, needed, room, free)
    free -= room.byte_count
    unpacked = bytes_in_memory(config, tensors, device, unpack=True)
    if device.on_cpu:
        return unpacked <= min(UNPACKED_SHARE * device.total_memory, free)
    return wanted and unpacked <= free


def must_make_room(
    folder: Path,
    config: GptOssConfig,
    tensors: Tensors,
    device: Device,
    room: CacheRoom,
    held: int,
) -> bool:
    """Return whether a model has room only once the one before, which holds some bytes, is gone.

    Raises:
        CheckpointError: there is too little memory for it even then.
    """
    needed = bytes_in_memory(config, tensors, device, unpack=False)
    # A Mac tells its GPU's whole memory, whatever this program holds of it.
    beside = min(device.free_memory(), device.total_memory - held)
    alone = "would be free without the model that is loaded"
    _check_room(folder, device, needed, room, beside + held, alone)
    return needed + room.byte_count > beside


def _check_room(
    folder: Path,
    device: Device,
    needed: int,
    room: CacheRoom,
    free: int,
    are_free: str = "are free",
) -> None:
    """See that weights of so many bytes and the KV cache find room in so many free ones.

    Raises:
        CheckpointError: they do not.
    """
    if needed > device.total_memory:
        raise CheckpointError(
            f"The weights in {folder} take {_gibibytes(needed)} of memory, and this machine "
            f"({device.name}) has {_gibibytes(device.total_memory)}. Use a smaller model."
        )
    if needed > free:
        raise CheckpointError(
            f"The weights in {folder} take {_gibibytes(needed)} of memory, and of the "
            f"{_gibibytes(device.total_memory)} of this machine ({device.name}) only "
            f"{_gibibytes(free)} {are_free}. Close other programs, or use a smaller model."
        )
    if needed + room.byte_count > free:
        lower = "Lower context_limit (--max-kv-size), close" if room.is_asked else "Close"
        raise CheckpointError(
            f"The weights in {folder} take {_gibibytes(needed)} of memory, and the KV cache of "
            f"{room.tokens:,} tokens {_gibibytes(room.byte_count)}; of the "
            f"{_gibibytes(device.total_memory)} of this machine ({device.name}) only "
            f"{_gibibytes(free)} {are_free}. {lower} other programs, or use a smaller model."
        )


def _gibibytes(count: int) -> str:
    return f"{count / 2**30:.1f} GiB"
