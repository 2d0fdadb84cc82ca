"""What MLX computes on here: importing it, its memory, and the number types it is fast in."""

from __future__ import annotations

import ctypes
import os
import sys
from dataclasses import dataclass
from pathlib import Path

CONTAINER_LIMIT = Path("/sys/fs/cgroup/memory.max")

GPU_MEMORY_KEYS = ("memory_size", "total_memory")
"""Where MLX says how much memory a GPU has: on Metal, which shares the machine's, and on CUDA."""


class DeviceError(Exception):
    """MLX cannot be used on this machine as it is; the message says what to install."""


@dataclass(frozen=True, slots=True)
class Device:
    """Where the arrays live and how they are best kept there."""

    name: str
    on_cpu: bool
    total_memory: int
    """Bytes of memory that the arrays can be given at most."""


def _preload_openblas() -> bool:
    """Let MLX's Linux wheel use the system's OpenBLAS, many times as fast as its own BLAS.

    The wheel links the reference BLAS; a library loaded before it answers its calls instead.
    """
    if sys.platform != "linux" or "mlx.core" in sys.modules:
        return False
    threads = max(1, (os.cpu_count() or 2) - 1)  # one core stays free for the screen
    os.environ.setdefault("OPENBLAS_NUM_THREADS", str(threads))
    try:
        ctypes.CDLL("libopenblas.so.0", mode=ctypes.RTLD_GLOBAL)
    except OSError:
        return False
    return True


def prepare() -> Device:
    """Import MLX, on the thread that is to own it, and return what it runs on.

    Raises:
        DeviceError: MLX or its backend is not installed.
    """
    accelerated = _preload_openblas()
    try:
        import mlx.core as mx
    except ModuleNotFoundError as error:
        raise DeviceError(
            "MLX is not installed. Install it with: pip install " + _requirement()
        ) from error
    except ImportError as error:
        raise DeviceError(
            f"MLX has no backend here ({error}). Install it with: pip install " + _requirement()
        ) from error
    device = mx.default_device()
    if device.type != mx.DeviceType.gpu:
        mx.disable_compile()  # it would run the system's C++ compiler, and gains nothing here
        name = "CPU with OpenBLAS" if accelerated else "CPU"
        return Device(name=name, on_cpu=True, total_memory=_physical_memory())
    information = mx.device_info()
    memory = next((information[key] for key in GPU_MEMORY_KEYS if key in information), None)
    return Device(
        name=str(information.get("device_name", "GPU")),
        on_cpu=False,
        total_memory=int(memory or _physical_memory()),
    )


def _requirement() -> str:
    return "mlx" if sys.platform == "darwin" else "'mlx[cpu]'"


def _physical_memory() -> int:
    """Return the machine's memory, or this container's share of it, in bytes."""
    machine = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    try:
        return min(machine, int(CONTAINER_LIMIT.read_text()))
    except (OSError, ValueError):  # no container, or one without a limit: it says "max"
        return machine
