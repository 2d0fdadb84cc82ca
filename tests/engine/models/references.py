"""The two implementations that ours is compared with, made to compute in float32."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import mlx.core as mx
import numpy as np

from engine.generation.cache import KeyValueCache
from engine.models.checkpoint import load_checkpoint
from engine.models.device import prepare
from engine.models.gpt_oss import GptOss


def load_ours(folder: Path, **changes: Any) -> GptOss:
    """Load with our engine; ``changes`` alter the device, such as ``on_cpu=False``."""
    device = dataclasses.replace(prepare(), **changes)
    return load_checkpoint(folder, device, lambda _label, _fraction: None)


def our_logits(
    model: GptOss, tokens: list[int], pieces: list[int], positions: list[int]
) -> np.ndarray:
    """Read the tokens in pieces of these lengths through one cache.

    Returns the logits at some positions, float32 (positions, vocabulary).
    """
    assert sum(pieces) == len(tokens)
    cache, hidden, offset = KeyValueCache(model.config.num_hidden_layers), [], 0
    for length in pieces:
        piece = mx.array([tokens[offset : offset + length]])
        hidden.append(model.hidden(piece, cache.logs, offset))
        offset += length
    chosen = mx.concatenate(hidden, axis=1)[0, mx.array(positions)]
    return np.array(model.logits(chosen))


def mlx_lm_logits(
    folder: Path,
    tokens: list[int],
    positions: list[int],
    *,
    wavelengths: mx.array | None = None,
) -> np.ndarray:
    """Return mlx-lm's logits of one full forward pass, float32 (positions, vocabulary).

    ``wavelengths`` replaces its own, which ignore ``truncate: false``.
    """
    from mlx_lm.utils import load_model

    model, _ = load_model(folder)
    model.set_dtype(mx.float32)
    if wavelengths is not None:
        for layer in model.layers:
            layer.self_attn.rope._freqs = wavelengths
    hidden = model.model(mx.array([tokens]))
    return np.array(model.lm_head(hidden[0, mx.array(positions)]))


def hugging_face_logits(folder: Path, tokens: list[int], positions: list[int]) -> np.ndarray:
    """Return the logits of transformers' GptOssForCausalLM, float32 (positions, vocabulary)."""
    import torch
    from transformers import GptOssForCausalLM, Mxfp4Config

    config = json.loads((folder / "config.json").read_text())
    packed = "quantization_config" in config
    model = GptOssForCausalLM.from_pretrained(
        folder,
        dtype=torch.float32,
        attn_implementation="eager",
        quantization_config=Mxfp4Config(dequantize=True) if packed else None,
    )
    model = model.float().eval()
    with torch.no_grad():
        hidden = model.model(torch.tensor([tokens])).last_hidden_state
        return np.asarray(model.lm_head(hidden[0, positions]).numpy())
