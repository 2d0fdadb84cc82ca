"""At 20,000 tokens, far past the 4,096 that YaRN begins from, our logits are transformers'.

Both read in pieces through a cache of their own; ours has let go of old windows by then.
"""

from __future__ import annotations

import random
from pathlib import Path

import mlx.core as mx
import numpy as np
import pytest

from engine.generation.cache import KeyValueCache
from engine.generation.linear_log import LINEAR_TOKENS
from tests.engine.models.checkpoints import VOCABULARY
from tests.engine.models.conftest import CheckpointMaker
from tests.engine.models.references import load_ours

LENGTH = 20_000
PIECE = 500
LAST = 40
"""The positions at the end whose logits are compared."""

TOKENS = [random.Random(11).randrange(VOCABULARY) for _ in range(LENGTH)]
PIECES = [TOKENS[start : start + PIECE] for start in range(0, LENGTH, PIECE)]


def our_logits(folder: Path) -> np.ndarray:
    """Return our logits at the last positions, float32 (LAST, vocabulary)."""
    model = load_ours(folder)
    cache = KeyValueCache(model.config.num_hidden_layers)
    for piece in PIECES:
        hidden = model.hidden(mx.array([piece]), cache.logs, len(cache))
        cache.record(piece)
        mx.eval(hidden, cache.arrays())
    assert cache.logs[0].held < LINEAR_TOKENS < cache.logs[1].held
    return np.array(model.logits(hidden[0, -LAST:]))


def test_same_as_hugging_face(checkpoint: CheckpointMaker) -> None:
    pytest.importorskip("torch", reason="PyTorch is not installed; CI installs it")
    import torch
    from transformers import DynamicCache, GptOssForCausalLM, Mxfp4Config

    folder = checkpoint(
        "original-mxfp4",
        hidden_size=32,
        intermediate_size=32,
        num_hidden_layers=2,
        num_attention_heads=1,
        num_key_value_heads=1,
        num_local_experts=4,
    )
    model = GptOssForCausalLM.from_pretrained(
        folder,
        dtype=torch.float32,
        attn_implementation="eager",
        quantization_config=Mxfp4Config(dequantize=True),
    )
    model = model.float().eval()
    cache = DynamicCache(config=model.config)
    with torch.no_grad():
        for piece in PIECES:
            hidden = model.model(torch.tensor([piece]), past_key_values=cache, use_cache=True)[0]
        reference = model.lm_head(hidden[0, -LAST:]).numpy()
    ours = our_logits(folder)
    assert np.abs(ours - reference).max() < 2e-4  # ignoring truncate would make it 3e-3
    assert (ours.argmax(-1) == reference.argmax(-1)).all()
