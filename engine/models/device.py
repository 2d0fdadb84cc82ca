"""What MLX computes on here: importing it, its memory, and the number types it is fast in."""

from __future__ import annotations

import ctypes
import ctypes.util
import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import mlx.core as mx

OPENBLAS_THREADS_VARIABLE = "OPENBLAS_NUM_THREADS"


class DeviceError(Exception):
    """MLX cannot be used on this machine as it is; the message says what to install."""


@dataclass(frozen=True, slots=True)
class Device:
    """Where the arrays live and how they are best kept there."""

    name: str
    on_cpu: bool
    total_memory: int
    """Bytes of memory that the arrays can be given at most."""

    @property
    def activation_type(self) -> mx.Dtype | None:
        """The type to hold activations and unpacked weights in; None keeps the checkpoint's.

        MLX's CPU kernels are fast and exact in float32 alone.
        """
        import mlx.core as mx

        return mx.float32 if self.on_cpu else None


def _preload_openblas() -> bool:
    """Let MLX's Linux wheel use the system's OpenBLAS, 20 to 30 times its own BLAS in speed.

    The wheel links the reference BLAS; a library loaded before it answers its calls instead.
    """
    if sys.platform != "linux" or "mlx.core" in sys.modules:
        return False
    path = ctypes.util.find_library("openblas")
    if path is None:
        return False
    threads = max(1, (os.cpu_count() or 2) - 1)
    os.environ.setdefault(OPENBLAS_THREADS_VARIABLE, str(threads))
    try:
        ctypes.CDLL(path, mode=ctypes.RTLD_GLOBAL)
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
        name = "CPU with OpenBLAS" if accelerated else "CPU"
        return Device(name=name, on_cpu=True, total_memory=_physical_memory())
    information = mx.device_info()
    memory = information.get("max_recommended_working_set_size") or information.get("memory_size")
    return Device(
        name=str(information.get("device_name", "GPU")),
        on_cpu=False,
        total_memory=int(memory or _physical_memory()),
    )


def _requirement() -> str:
    return "mlx" if sys.platform == "darwin" else "'mlx[cpu]'"


def _physical_memory() -> int:
    return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
