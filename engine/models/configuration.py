"""The numbers that define a gpt-oss model, read from its ``config.json``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal

from pydantic import (
    AliasChoices,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)

LayerType = Literal["sliding_attention", "full_attention"]

VOCABULARY_SIZE = 201088
"""How many tokens Harmony's vocabulary has."""


class CheckpointError(Exception):
    """A checkpoint cannot be loaded; the message names the file and says what to do."""


class RopeScaling(BaseModel):
    """YaRN's parameters (Peng et al., "YaRN", arXiv 2309.00071)."""

    model_config = ConfigDict(frozen=True, extra="ignore", allow_inf_nan=False)

    rope_type: Literal["yarn"] = Field(validation_alias=AliasChoices("rope_type", "type"))
    factor: float = Field(default=32.0, ge=1, le=2**20)
    beta_fast: float = Field(default=32.0, gt=0)
    beta_slow: float = Field(default=1.0, gt=0)
    original_max_position_embeddings: int = Field(default=4096, gt=0)
    truncate: bool = True
    attention_factor: float | None = Field(default=None, gt=0)
    """None is what the paper derives from ``factor``."""


class GptOssConfig(BaseModel):
    """The architecture's sizes; the defaults are those of gpt-oss-20b."""

    model_config = ConfigDict(frozen=True, extra="ignore", allow_inf_nan=False)

    model_type: Literal["gpt_oss"]
    hidden_size: int = Field(default=2880, gt=0)
    intermediate_size: int = Field(default=2880, gt=0)
    num_hidden_layers: int = Field(default=24, gt=0)
    num_attention_heads: int = Field(default=64, gt=0)
    num_key_value_heads: int = Field(default=8, gt=0)
    head_dim: int = Field(default=64, gt=0, multiple_of=2)
    num_local_experts: int = Field(default=32, gt=0)
    num_experts_per_tok: int = Field(default=4, gt=0)
    sliding_window: int = Field(default=128, gt=0)
    vocab_size: int = VOCABULARY_SIZE
    rms_norm_eps: float = Field(default=1e-5, ge=0)
    rope_theta: float = Field(default=150000.0, gt=1)
    rope_scaling: RopeScaling | None = RopeScaling(rope_type="yarn", truncate=False)
    """None where the file says so; a file without it means gpt-oss's own, as in transformers."""
    swiglu_limit: float = Field(default=7.0, gt=0)
    max_position_embeddings: int = Field(default=131072, gt=0)
    tie_word_embeddings: bool = False
    layer_types: tuple[LayerType, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _read_newer_rope_spelling(cls, data: Any) -> Any:
        """Accept ``rope_parameters``, in which newer files keep both theta and scaling."""
        if not isinstance(data, dict) or not isinstance(data.get("rope_parameters"), dict):
            return data
        parameters = data["rope_parameters"]
        theta = parameters.get("rope_theta", data.get("rope_theta", 150000.0))
        return {**data, "rope_theta": theta, "rope_scaling": parameters}

    @field_validator("rope_scaling", mode="before")
    @classmethod
    def _read_unscaled_rope(cls, scaling: Any) -> Any:
        """Take scaling of the type ``default`` as none."""
        if isinstance(scaling, dict) and "default" in (
            scaling.get("rope_type"),
            scaling.get("type"),
        ):
            return None
        return scaling

    @model_validator(mode="after")
    def _check_sizes(self) -> GptOssConfig:
        if self.layer_types and len(self.layer_types) != self.num_hidden_layers:
            raise ValueError("layer_types does not name every layer")
        if self.num_attention_heads % self.num_key_value_heads:
            raise ValueError("num_attention_heads is no multiple of num_key_value_heads")
        if self.num_experts_per_tok > self.num_local_experts:
            raise ValueError("num_experts_per_tok is larger than num_local_experts")
        return self

    def is_sliding(self, layer: int) -> bool:
        """Whether a layer attends only to the last ``sliding_window`` tokens."""
        if self.layer_types:
            return self.layer_types[layer] == "sliding_attention"
        return layer % 2 == 0


def read_json(path: Path) -> dict[str, Any]:
    """Return the object in a JSON file.

    Raises:
        CheckpointError: the file is missing, unreadable or holds no JSON object.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise CheckpointError(
            f"{path} does not exist. Give the folder of a gpt-oss model, "
            "with config.json and its .safetensors files."
        ) from None
    except OSError as error:
        raise CheckpointError(
            f"{path} cannot be read ({error.strerror}). "
            "Give the folder of a gpt-oss model that you have permission to read."
        ) from error
    except (ValueError, RecursionError) as error:
        raise CheckpointError(f"{path} is not valid JSON ({error}). Download it again.") from error
    if not isinstance(content, dict):
        raise CheckpointError(f"{path} holds no JSON object. Download it again.")
    return content


def read_config(folder: Path) -> GptOssConfig:
    """Return the model's configuration.

    Raises:
        CheckpointError: ``config.json`` is missing or broken, or not that of a gpt-oss model.
    """
    path = folder / "config.json"
    content = read_json(path)
    model_type = content.get("model_type")
    if model_type != "gpt_oss":
        raise CheckpointError(
            f"{path} describes a model of type {model_type!r}. "
            "This program runs gpt_oss models, such as openai/gpt-oss-20b."
        )
    _check_quantization(path, content.get("quantization_config"))
    try:
        config = GptOssConfig.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the sizes"
        raise CheckpointError(
            f"{path} is not a usable gpt_oss configuration: {where}: {first['msg']}. "
            "Download it again."
        ) from error
    return config


def read_sampling_defaults(folder: Path) -> dict[str, float]:
    """Return the temperature, top_p and top_k that a model asks for, those of them it names.

    They stand in ``generation_config.json``; a model without the file asks for nothing.

    Raises:
        CheckpointError: the file is broken.
    """
    path = folder / "generation_config.json"
    if not path.is_file():
        return {}
    content = read_json(path)
    names = ("temperature", "top_p", "top_k")
    return {n: content[n] for n in names if isinstance(content.get(n), int | float)}


def _check_quantization(path: Path, settings: Any) -> None:
    """Refuse what other programs pack weights in; MLX's own packing has no ``quant_method``."""
    method = settings.get("quant_method") if isinstance(settings, dict) else None
    if method not in (None, "mxfp4"):
        raise CheckpointError(
            f"{path} says that the weights are quantised by {method!r}, which this program does "
            "not read. Use the original MXFP4 checkpoint or a conversion for MLX."
        )
