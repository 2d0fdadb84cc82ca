"""MLX's own limits: how much memory Metal wires, and how much of what was freed is kept for reuse.

Wired memory stays where it is: macOS neither compresses nor swaps it, so that a model that was not
used for a while answers at once. What is wired is also missing where it is needed more, and has
brought down whole Macs (issue 3186 of mlx), so nothing is wired unless it is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.config.memory import MemoryLimits
from engine.models.device import Device

WORK = 2**29
"""Bytes that are wired beside weights and KV cache, for what is being computed."""

SYSTEM_BYTES, SYSTEM_SHARE = 2**31, 16
"""What is left to macOS of a machine's memory: this much at least, and this part of it."""

BUFFER_SHARE = 32
SMALLEST_BUFFERS, LARGEST_BUFFERS = 2**28, 2**31
"""Of a GPU's memory this part is kept for new arrays, within these bounds in bytes.

A chunk of a prompt uses buffers of the same sizes in each layer; beyond those of a layer or two
more would only be held back from other programs, and MLX by itself keeps all that it was given.
"""
CPU_BUFFERS = 2**25
"""Bytes, as MLX has it by itself; the C library gives memory back and out fast enough."""

ON_CPU = "on the CPU a model lies in memory like any other program's"
ON_CUDA = "CUDA's own memory is never swapped"


@dataclass(frozen=True, slots=True)
class Wiring:
    """Whether a model can be wired."""

    limit: int
    """Bytes to wire; 0 where that cannot be."""
    text: str
    remedy: str = ""
    """What to do where the memory that Metal advises to use is too small for the model."""


def plan_wiring(device: Device, needed: int) -> Wiring:
    """Return whether memory can be wired on a device.

    Args:
        device: what MLX runs on.
        needed: bytes of weights and KV cache.
    """
    if device.working_set is None:
        why = ON_CPU if device.on_cpu else ON_CUDA
        return Wiring(0, f"does not apply: only Metal, on a Mac, wires memory; {why}")
    limit = needed + WORK
    told = f"the model takes {_gibibytes(limit)} with its KV cache"
    if limit <= device.working_set:
        return Wiring(limit, f"{told}, of {_gibibytes(device.working_set)} that Metal can wire")
    text = f"{told}, and Metal advises to use no more than {_gibibytes(device.working_set)}"
    if limit > device.total_memory - max(SYSTEM_BYTES, device.total_memory // SYSTEM_SHARE):
        return Wiring(0, text, "Use a smaller model, or lower context_limit.")
    mebibytes = -(-limit // 2**20)
    return Wiring(
        0, text, f"Until the next restart allow more: sudo sysctl iogpu.wired_limit_mb={mebibytes}"
    )


def buffer_bytes(device: Device, mebibytes: int | None) -> int:
    """Return how many bytes of freed memory MLX is to keep; ``mebibytes`` is what was chosen."""
    if mebibytes is not None:
        return mebibytes * 2**20
    if device.on_cpu:
        return CPU_BUFFERS
    return min(LARGEST_BUFFERS, max(SMALLEST_BUFFERS, device.total_memory // BUFFER_SHARE))


def set_limits(device: Device, chosen: MemoryLimits, needed: int) -> str:
    """Set MLX's limits for a model, on the thread that owns MLX.

    Args:
        device: what MLX runs on.
        chosen: what was asked for.
        needed: bytes of the model's weights and KV cache.

    Returns:
        A sentence that says why memory is not wired although it was asked for; empty otherwise.
    """
    import mlx.core as mx

    mx.set_cache_limit(buffer_bytes(device, chosen.buffers))
    wiring = plan_wiring(device, needed) if chosen.wired else Wiring(0, "")
    if device.working_set is not None:
        mx.set_wired_limit(wiring.limit)
    if not chosen.wired or wiring.limit:
        return ""
    return f"No memory is wired: {wiring.text}. {wiring.remedy or 'Set wired_memory to off.'}"


def _gibibytes(count: int) -> str:
    return f"{count / 2**30:.1f} GiB"
