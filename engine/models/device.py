"""What MLX computes on here: importing it, its memory, and the number types it is fast in."""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
from dataclasses import dataclass

from engine import environment
from engine.models.memory import read_memory

OPENBLAS = ("libopenblas.so.0", "libopenblasp.so.0")
"""What the system's OpenBLAS is called: on most distributions, and with threads on Fedora."""

REFERENCE_BLAS = "reference BLAS"

IN_PLACE_CORES = {"SkylakeX", "Cooperlake", "SapphireRapids"}
"""What OpenBLAS calls the cores that it multiplies small matrices on where they lie: those with
AVX-512 (its ``sgemm_small_kernel_permit_skylakex.c``). For others it copies every matrix first."""

LANES = 2
"""Streams that a prompt is computed on where BLAS has one thread; more were not measured. A BLAS
with threads of its own computes one product at a time, on all of them."""

TRIM_THRESHOLD, MMAP_THRESHOLD = -1, -3
"""What ``mallopt`` calls the free memory that is kept, and the size from which none is."""
KEPT_FREE, KEPT_SIZE = 2**27, 2**25
"""Bytes of each; the second is the most that glibc takes."""

GPU_MEMORY_KEYS = ("memory_size", "total_memory")
"""Where MLX says how much memory a GPU has: on Metal, which shares the machine's, and on CUDA."""

WORKING_SET_KEY = "max_recommended_working_set_size"
"""Where MLX says how much of that Metal advises to use; ``sysctl iogpu.wired_limit_mb`` sets it."""


class DeviceError(Exception):
    """MLX cannot be used on this machine as it is; the message says what to install."""


@dataclass(frozen=True, slots=True)
class Device:
    """Where the arrays live and how they are best kept there."""

    name: str
    on_cpu: bool
    total_memory: int
    """Bytes of memory that the arrays can be given at most."""
    blas: str | None = None
    """The library that multiplies matrices, where the CPU does."""
    blas_threads: int | None = None
    """How many threads it does so with, where it is one that says it."""
    multiplies_in_place: bool = False
    """Whether it does not copy small matrices into an order of its own first."""
    lanes: int = 1
    """On how many streams the CPU best computes what is independent (see ``lanes``)."""
    working_set: int | None = None
    """Bytes that Metal advises to use at most, and can wire; None where there is no Metal."""

    def free_memory(self) -> int:
        """Return how many bytes arrays can be given now, beside what is held already."""
        if self.on_cpu:
            return min(self.total_memory, read_memory().free)
        import mlx.core as mx

        # CUDA says it; a Mac gives a GPU what others hold by compressing and swapping that.
        return min(self.total_memory, int(mx.device_info().get("free_memory", self.total_memory)))


class _SymbolInfo(ctypes.Structure):
    """``Dl_info`` of dladdr(3)."""

    _fields_ = (
        ("file", ctypes.c_char_p),
        ("base", ctypes.c_void_p),
        ("symbol", ctypes.c_char_p),
        ("address", ctypes.c_void_p),
    )


def _preload_openblas() -> None:
    """Let MLX's Linux wheel use the system's OpenBLAS, many times as fast as its own BLAS.

    The wheel links the reference BLAS; a library loaded before it answers its calls instead.
    """
    if sys.platform != "linux" or "mlx.core" in sys.modules:
        return
    threads = max(1, _cores() - 1)  # one core stays free for the screen
    with environment.unchanged():
        os.environ.setdefault("OPENBLAS_NUM_THREADS", str(threads))
    for name in OPENBLAS:
        with contextlib.suppress(OSError):
            ctypes.CDLL(name, mode=ctypes.RTLD_GLOBAL)
            return


def _blas_in_force() -> str:
    """Return which library answers ``cblas_sgemm``: a global one before the wheel's own."""
    if sys.platform == "darwin":
        return "Accelerate"
    program = ctypes.CDLL(None)
    try:
        address = ctypes.cast(program.cblas_sgemm, ctypes.c_void_p)
    except AttributeError:
        return REFERENCE_BLAS
    found = _SymbolInfo()
    if not program.dladdr(address, ctypes.byref(found)):
        return REFERENCE_BLAS
    file = os.fsdecode(found.file)
    names = {"openblas": "OpenBLAS", "mkl": "MKL", "blis": "BLIS"}
    return next((name for part, name in names.items() if part in file), REFERENCE_BLAS)


def _blas_threads() -> int | None:
    """Return how many threads OpenBLAS computes with, where that is what answers."""
    try:
        count = ctypes.CDLL(None).openblas_get_num_threads()
    except AttributeError:
        return None
    return int(count)


def _blas_core() -> str:
    """Return what OpenBLAS calls the core it computes for, where that is what answers."""
    try:
        name = ctypes.CDLL(None).openblas_get_corename
    except AttributeError:
        return ""
    name.restype = ctypes.c_char_p
    return str((name() or b"").decode(errors="replace"))


def _cores() -> int:
    """Return how many of the machine's cores this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _keep_freed_memory() -> None:
    """Let the allocator keep what is freed for the next array, as far as it is glibc's.

    MLX asks it for each result anew, and glibc gives large ones back to the system at once, which
    then clears every page that is asked for again: a quarter of the time that a prompt takes.
    """
    with contextlib.suppress(AttributeError):
        mallopt = ctypes.CDLL(None).mallopt
        mallopt(MMAP_THRESHOLD, KEPT_SIZE)
        mallopt(TRIM_THRESHOLD, KEPT_FREE)


def prepare() -> Device:
    """Import MLX, on the thread that is to own it, and return what it runs on.

    Raises:
        DeviceError: MLX or its backend is not installed.
    """
    _preload_openblas()
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
        if sys.platform == "linux":
            _keep_freed_memory()
        blas = _blas_in_force()
        return Device(
            name="CPU" if blas == REFERENCE_BLAS else f"CPU with {blas}",
            on_cpu=True,
            total_memory=read_memory().total,
            blas=blas,
            blas_threads=(threads := _blas_threads() if blas == "OpenBLAS" else None),
            multiplies_in_place=blas == "OpenBLAS" and _blas_core() in IN_PLACE_CORES,
            lanes=min(LANES, _cores()) if threads == 1 else 1,
        )
    information = mx.device_info()
    memory = next((information[key] for key in GPU_MEMORY_KEYS if key in information), None)
    return Device(
        name=str(information.get("device_name", "GPU")),
        on_cpu=False,
        total_memory=int(memory or read_memory().total),
        working_set=_whole(information.get(WORKING_SET_KEY)),
    )


def _whole(number: str | int | None) -> int | None:
    return None if number is None else int(number)


def _requirement() -> str:
    return "mlx" if sys.platform == "darwin" else "'mlx[cpu]'"
