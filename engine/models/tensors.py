"""The tensors of a folder of safetensors files, each read when it is needed and checked before."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import mlx.core as mx
from safetensors import SafetensorError, safe_open

from engine.models.configuration import CheckpointError, read_json

INDEX = "model.safetensors.index.json"

FLOATS = ("BF16", "F16", "F32")
"""The number types of weights that are not packed, by their names in safetensors headers."""

EMBEDDING = "model.embed_tokens"
FINAL_NORM = "model.norm.weight"

ITEM_BYTES = {
    "U8": 1, "I8": 1, "BOOL": 1, "BF16": 2, "F16": 2, "I16": 2, "U16": 2,
    "F32": 4, "I32": 4, "U32": 4,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class TensorHeader:
    """Where a tensor lies and what it is, as its file's header says."""

    file: Path
    shape: tuple[int, ...]
    dtype: str

    @property
    def item_count(self) -> int:
        """How many numbers it holds."""
        return math.prod(self.shape)

    @property
    def byte_count(self) -> int:
        """How many bytes it takes in the file."""
        return self.item_count * ITEM_BYTES.get(self.dtype, 8)


class Tensors:
    """The tensors of a checkpoint by name, each handed out once, with the shape asked for."""

    def __init__(self, folder: Path) -> None:
        """Read the headers alone.

        Raises:
            CheckpointError: a file is missing, or is no whole safetensors file.
        """
        self.folder = folder
        self.headers = _read_headers(_find_files(folder))
        self._unread: dict[str, mx.array] = {}
        self._opened: set[Path] = set()

    def __contains__(self, name: str) -> bool:
        return name in self.headers

    def header(self, name: str) -> TensorHeader:
        """Return a tensor's header.

        Raises:
            CheckpointError: there is none of this name.
        """
        try:
            return self.headers[name]
        except KeyError:
            raise CheckpointError(
                f"{self.folder} has no tensor {name!r}, which a gpt-oss model needs. "
                "Download the model again."
            ) from None

    def take(self, name: str, shape: tuple[int, ...], dtypes: tuple[str, ...] = FLOATS) -> mx.array:
        """Return a tensor that MLX reads from its file when it is evaluated, and forget it.

        Raises:
            CheckpointError: it is missing, or has another shape or type.
        """
        header = self.header(name)
        if header.shape != shape:
            raise CheckpointError(
                f"{header.file}: tensor {name!r} has shape {list(header.shape)}, but with this "
                f"config.json it must have {list(shape)}. Download the model again."
            )
        if header.dtype not in dtypes:
            raise CheckpointError(
                f"{header.file}: tensor {name!r} holds {header.dtype} numbers, "
                f"not {' or '.join(dtypes)}. Use another conversion of the model."
            )
        if header.file not in self._opened:
            self._open(header.file)
        return self._unread.pop(name)

    def _open(self, file: Path) -> None:
        try:
            loaded = mx.load(str(file), format="safetensors")
        except RuntimeError as error:
            raise CheckpointError(
                f"{file} cannot be read by MLX ({error}). "
                "Download it again, or use another conversion of the model."
            ) from error
        assert isinstance(loaded, dict)  # noqa: S101  (this format gives no other type)
        self._unread.update(loaded)
        self._opened.add(file)


def _find_files(folder: Path) -> list[Path]:
    """Return the checkpoint's files, all of which exist."""
    index = folder / INDEX
    if not index.exists():
        files = sorted(folder.glob("*.safetensors"))
        if not files:
            raise CheckpointError(
                f"{folder} has no .safetensors file. "
                "Give the folder of a gpt-oss model in safetensors format."
            )
        return files
    places = read_json(index).get("weight_map")
    if not isinstance(places, dict) or not all(isinstance(p, str) for p in places.values()):
        raise CheckpointError(f"{index} names no files. Download it again.")
    files = [folder / name for name in sorted(set(places.values()))]
    for file in files:
        if not file.is_file():
            raise CheckpointError(
                f"{file} is missing, although {INDEX} lists it. Download the model again."
            )
    return files


def _read_headers(files: Iterable[Path]) -> dict[str, TensorHeader]:
    headers: dict[str, TensorHeader] = {}
    for file in files:
        try:
            with safe_open(file, framework="numpy") as tensors:
                for name in tensors.keys():  # noqa: SIM118  (it is no dict)
                    part = tensors.get_slice(name)
                    headers[name] = TensorHeader(file, tuple(part.get_shape()), part.get_dtype())
        except SafetensorError as error:
            raise CheckpointError(
                f"{file} is truncated or damaged ({error}). Download it again."
            ) from error
        except OSError as error:
            raise CheckpointError(
                f"{file} cannot be read ({error.strerror or error}). Check its permissions."
            ) from error
    return headers
