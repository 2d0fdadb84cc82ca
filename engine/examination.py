"""What of this machine and this installation the program depends on, and what is wrong with it."""

from __future__ import annotations

import importlib.metadata
import lzma
import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from engine.config import locations
from engine.config.settings import Settings
from engine.harmony import vocabulary
from engine.models.configuration import CheckpointError
from engine.models.device import REFERENCE_BLAS, Device, DeviceError, prepare
from engine.models.hub import find_model
from engine.models.memory import read_memory
from engine.tools.sandbox import probe

State = Literal["ok", "warning", "problem"]
"""Fine; works, but less well than it could; does not work."""

LITTLE_MEMORY = 0.1
"""Share of the memory below which what is free is little."""

LITTLE_DISK = 10**9
"""Bytes."""

WIRED = "wired memory"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    name: str
    state: State
    text: str
    remedy: str = ""
    """What to do, where something is to be done."""


def examine(settings: Settings) -> list[Finding]:
    """Look at everything; imports MLX on the calling thread, and copes where that fails.

    Takes about a second, leaves no file behind and asks no network.

    Args:
        settings: name the model, and how it is to lie in the memory.
    """
    return [
        *_examine_mlx(settings),
        _examine_memory(),
        _examine_cache(),
        _examine_vocabulary(),
        _examine_sandbox(),
    ]


def _examine_mlx(settings: Settings) -> Iterator[Finding]:
    try:
        device = prepare()
    except DeviceError as error:
        text, _, remedy = str(error).partition(" Install ")
        yield Finding("MLX", "problem", text, f"Install {remedy}.")
        return
    version = importlib.metadata.version("mlx")
    yield Finding("MLX", "ok", f"version {version} on {device.name}")
    if device.blas is not None:
        yield _examine_blas(device)
    yield _examine_wiring(device, settings)


def _examine_blas(device: Device) -> Finding:
    if device.blas != REFERENCE_BLAS:
        return Finding("BLAS", "ok", f"{device.blas} multiplies matrices")
    return Finding(
        "BLAS",
        "warning",
        "MLX's own reference BLAS multiplies matrices, 20 to 30 times as slowly as OpenBLAS",
        "Install OpenBLAS, which is then used by itself: sudo apt install libopenblas0-pthread"
        if sys.platform == "linux"
        else "Install MLX from PyPI, whose build uses Accelerate.",
    )


def _examine_wiring(device: Device, settings: Settings) -> Finding:
    # These bring MLX with them, before which OpenBLAS has to be there.
    from engine.generation.cache import cache_room
    from engine.models.fitting import fit
    from engine.models.limits import plan_wiring

    is_on = settings.wired_memory
    try:
        folder = find_model(locations.locate_model(settings.model, settings.models_folder))
        needed = fit(folder, cache_room(settings.memory_limits.context)).needed
    except CheckpointError as error:
        return Finding(WIRED, "warning", f"the model is not there: {error}", "Choose another one.")
    wiring = plan_wiring(device, needed)
    text = f"{'on' if is_on else 'off'}; {wiring.text}"
    if wiring.remedy:
        return Finding(WIRED, "warning", text, wiring.remedy)
    if is_on and not wiring.limit:
        return Finding(WIRED, "warning", text, "Set wired_memory to off: it acts on a Mac alone.")
    return Finding(WIRED, "ok", text)


def _examine_memory() -> Finding:
    memory = read_memory()
    text = f"{memory.free / 2**30:.1f} of {memory.total / 2**30:.1f} GiB free"
    if memory.free < LITTLE_MEMORY * memory.total:
        return Finding("memory", "warning", text, "Close other programs before loading a model.")
    return Finding("memory", "ok", text)


def _examine_cache() -> Finding:
    folder = locations.cache_folder()
    there = next(part for part in (folder, *folder.parents) if part.exists())
    if not there.is_dir() or not os.access(there, os.W_OK | os.X_OK):
        return Finding(
            "cache folder",
            "problem",
            f"{folder} cannot be written",
            f"Make {there} a folder that you may write, or name another in HARMONY_TUI_HOME.",
        )
    free = _free_disk(there)
    text = f"{folder}, {free / 1e9:.1f} GB free"
    if free < LITTLE_DISK:
        return Finding("cache folder", "warning", text, "Free some disk space.")
    return Finding("cache folder", "ok", text)


def _free_disk(folder: Path) -> int:
    return shutil.disk_usage(folder).free


def _examine_vocabulary() -> Finding:
    try:
        vocabulary.unpack()
    except (OSError, EOFError, ValueError, lzma.LZMAError) as error:
        text = f"{vocabulary.ARCHIVE} is damaged ({error})"
        return Finding("vocabulary", "problem", text, "Install harmony-tui again.")
    tokenizers, jinja = (importlib.metadata.version(name) for name in ("tokenizers", "jinja2"))
    others = f"other models' are read by tokenizers {tokenizers}, their templates by Jinja {jinja}"
    return Finding("vocabulary", "ok", f"Harmony's, whole; {others}")


def _examine_sandbox() -> Finding:
    found = probe()
    why = "; ".join(f"{level}: {fault}" for level, fault in found.missing)
    if found.level == "none":
        text = "there is none, so nothing that the model writes is run without your word"
        return Finding("sandbox", "warning", f"{text} ({why})" if why else text, _sandbox_remedy())
    text = f"{found.level}, tried just now: what the model runs sees no file of yours, no network"
    if why:
        return Finding("sandbox", "warning", f"{text}; not the best ({why})", _sandbox_remedy())
    return Finding("sandbox", "ok", text)


def _sandbox_remedy() -> str:
    if sys.platform == "linux":
        return "Install bubblewrap, which is then used by itself: sudo apt install bubblewrap"
    return "Sandboxes are there on macOS, and on Linux from 5.13 on."
