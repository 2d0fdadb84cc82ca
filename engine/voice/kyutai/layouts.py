"""What a folder with a speech model of Kyutai's holds, and in which of their layouts.

The files are named in ``config.json``. What the weights look like is read from their header and
not from the name of the repository: the names of the tensors (MLX's or PyTorch's; the ``-candle``
repositories use the latter), how they are quantised, and whether there are heads for the end of a
turn.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from engine.voice.errors import VoiceError

Kind = Literal["stt", "tts"]

CONFIG = "config.json"
MAX_HEADER_BYTES = 100_000_000
"""More than that is no header, as the format itself says."""


@dataclass(frozen=True, slots=True)
class Quantization:
    """How the matrices of a checkpoint are packed."""

    bits: int
    group_size: int


@dataclass(frozen=True, slots=True)
class Layout:
    """A speech model in a folder."""

    folder: Path
    kind: Kind
    config: dict[str, Any]
    weights: Path
    mimi: Path
    tokenizer: Path
    names: Literal["mlx", "pytorch"]
    """Whose names the tensors have."""
    quantization: Quantization | None
    extra_heads: int
    """How many heads there are beside those for text and sound; 0 where nothing tells of pauses."""

    @property
    def folder_name(self) -> str:
        """What the model is called, for people to read."""
        from engine.models.hub import model_name

        return model_name(self.folder)


def read_layout(folder: Path) -> Layout:
    """Find out what is in a folder. Only headers are read.

    Raises:
        VoiceError: it is no speech model of Kyutai's, or not whole.
    """
    config = _read_config(folder)
    kind = _kind_of(config, folder)
    files = {
        "weights": config.get("moshi_name") or "model.safetensors",
        "mimi": config.get("mimi_name"),
        "tokenizer": config.get("tokenizer_name"),
    }
    paths = {}
    for key, name in files.items():
        if not isinstance(name, str) or not name:
            raise VoiceError(
                f"{folder / CONFIG} does not say which file holds the {key}. Download it again."
            )
        paths[key] = _find_file(folder, name)
    header = _read_header(paths["weights"])
    return Layout(
        folder=folder,
        kind=kind,
        config=config,
        names=_whose_names(header, paths["weights"]),
        quantization=_quantization_of(header, config),
        extra_heads=sum(
            name.startswith("extra_heads.") and name.endswith(".weight") for name in header
        ),
        **paths,
    )


def read_kind(folder: Path) -> Kind:
    """Return what the model in a folder does, by its configuration alone.

    Raises:
        VoiceError: it is no speech model of Kyutai's.
    """
    return _kind_of(_read_config(folder), folder)


def _read_config(folder: Path) -> dict[str, Any]:
    path = folder / CONFIG
    try:
        config = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise VoiceError(
            f"{folder} has no {CONFIG}. Give the folder of a speech model of Kyutai's, such as "
            "kyutai/stt-1b-en_fr-candle."
        ) from None
    except (OSError, ValueError) as error:
        raise VoiceError(f"{path} cannot be read ({error}). Download the model again.") from error
    if not isinstance(config, dict):
        raise VoiceError(f"{path} holds no settings. Download the model again.")
    return config


def _kind_of(config: dict[str, Any], folder: Path) -> Kind:
    if "stt_config" in config or config.get("model_type") == "stt":
        return "stt"
    if "tts_config" in config or config.get("model_type") == "tts":
        return "tts"
    raise VoiceError(
        f"{folder} holds no model that turns speech into text or text into speech. Those of "
        "Kyutai's have stt or tts in their names, such as kyutai/stt-1b-en_fr-candle."
    )


def _find_file(folder: Path, name: str) -> Path:
    """Return a file that the configuration names, of this repository or of another one."""
    candidates = [folder / name]
    if name.startswith("hf://"):
        from engine.models.hub import downloaded_folders

        owner, repository, file = [*name.removeprefix("hf://").split("/", 2), "", ""][:3]
        candidates = [each / file for each in downloaded_folders(f"{owner}/{repository}")]
    for path in candidates:
        if path.is_file():
            return path
    raise VoiceError(f"{folder} has no {name}, which its {CONFIG} names. Download it again.")


Header = dict[str, dict[str, Any]]


def _read_header(path: Path) -> Header:
    """Return the names, types and shapes of a safetensors file."""
    try:
        with path.open("rb") as file:
            length = int.from_bytes(file.read(8), "little")
            if not 2 <= length <= MAX_HEADER_BYTES:
                raise ValueError("its first bytes give no length")
            header = json.loads(file.read(length))
        return {name: dict(tensor) for name, tensor in header.items() if name != "__metadata__"}
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise VoiceError(
            f"{path} is no whole safetensors file ({error}). Download the model again."
        ) from error


def _whose_names(header: Header, path: Path) -> Literal["mlx", "pytorch"]:
    if "out_norm.alpha" in header:
        return "pytorch"
    if "out_norm.weight" in header:
        return "mlx"
    raise VoiceError(f"{path} has no language model in a layout that Kyutai ships.")


def _quantization_of(header: Header, config: dict[str, Any]) -> Quantization | None:
    """Work out the packing from the shapes of a matrix, whose width the configuration gives."""
    projection = "transformer.layers.0.self_attn.in_proj"
    scales, packed = header.get(f"{projection}.scales"), header.get(f"{projection}.weight")
    if scales is None or packed is None:
        return None
    width = int(config["dim"])  # 32-bit words hold the packed weights
    return Quantization(packed["shape"][1] * 32 // width, width // scales["shape"][1])
