"""A model's figures are those that its makers publish, and reading them reads no weights."""

from __future__ import annotations

import dataclasses
import json
import math
import struct
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.inspection import CacheBytes, Inspection, inspect
from engine.models import demo
from engine.models.configuration import CheckpointError
from tests.engine.models.checkpoints import ORIGINAL_SCALING

BYTES = {"BF16": 2, "U8": 1, "U32": 4}

Entry = tuple[str, list[int]]


def tensors_of(layers: int, experts: int) -> dict[str, Entry]:
    """Return the tensors of gpt-oss-20b and 120b, as their files have them."""
    hidden, queries, keys = 2880, 4096, 512
    found = {
        "model.embed_tokens.weight": ("BF16", [201088, hidden]),
        "lm_head.weight": ("BF16", [201088, hidden]),
        "model.norm.weight": ("BF16", [hidden]),
    }
    for layer in range(layers):
        matrices = {
            "self_attn.q_proj": [queries, hidden],
            "self_attn.k_proj": [keys, hidden],
            "self_attn.v_proj": [keys, hidden],
            "self_attn.o_proj": [hidden, queries],
            "mlp.router": [experts, hidden],
        }
        here = {"self_attn.sinks": ("BF16", [64])}
        for name, shape in matrices.items():
            here |= {f"{name}.weight": ("BF16", shape), f"{name}.bias": ("BF16", shape[:1])}
        for norm in ("input_layernorm", "post_attention_layernorm"):
            here[f"{norm}.weight"] = ("BF16", [hidden])
        for name, out in (("gate_up_proj", 2 * hidden), ("down_proj", hidden)):
            here |= {
                f"mlp.experts.{name}_blocks": ("U8", [experts, out, hidden // 32, 16]),
                f"mlp.experts.{name}_scales": ("U8", [experts, out, hidden // 32]),
                f"mlp.experts.{name}_bias": ("BF16", [experts, out]),
            }
        found |= {f"model.layers.{layer}.{name}": entry for name, entry in here.items()}
    return found


def in_8_bits(tensors: dict[str, Entry]) -> dict[str, Entry]:
    """Return them as MLX packs matrices: affine, in groups of 64."""
    packed = {}
    for name, (dtype, shape) in tensors.items():
        module = name.removesuffix(".weight")
        if len(shape) != 2 or module == name:
            packed[name] = dtype, shape
            continue
        out, width = shape
        packed[name] = "U32", [out, width // 4]
        packed |= {
            f"{module}.{part}": ("BF16", [out, width // 64]) for part in ("scales", "biases")
        }
    return packed


def write_hollow(folder: Path, tensors: dict[str, Entry], **settings: Any) -> Path:
    """Write a checkpoint of full size that takes no room: headers, and a hole for the weights."""
    header, place = {}, 0
    for name, (dtype, shape) in tensors.items():
        end = place + math.prod(shape) * BYTES[dtype]
        header[name] = {"dtype": dtype, "shape": shape, "data_offsets": [place, end]}
        place = end
    encoded = json.dumps(header).encode()
    with (folder / "model.safetensors").open("wb") as file:
        file.write(struct.pack("<Q", len(encoded)) + encoded)
        file.truncate(file.tell() + place)
    config = {"model_type": "gpt_oss", "rope_scaling": ORIGINAL_SCALING, **settings}
    (folder / "config.json").write_text(json.dumps(config))
    return folder


@pytest.fixture(scope="module")
def of_20b(tmp_path_factory: pytest.TempPathFactory) -> Inspection:
    return inspect(write_hollow(tmp_path_factory.mktemp("20b"), tensors_of(24, 32)))


def test_the_20b_model_s_published_figures(of_20b: Inspection) -> None:
    """Those of its model card (arXiv 2508.10925, table 1), and the prefix caches' arithmetic."""
    assert round(of_20b.parameters / 1e9, 2) == 20.91
    assert round(of_20b.active_parameters / 1e9, 2) == 3.61
    assert round(of_20b.weight_bytes / 2**30, 1) == 12.8
    assert of_20b.decode_bytes == pytest.approx(3.70e9, rel=0.01)
    assert of_20b.cache_bytes == CacheBytes(full=12 * 2048, sliding=12 * 2048)
    assert (of_20b.sliding_layers, of_20b.full_layers) == (12, 12)


def test_the_120b_model_s_published_figures(tmp_path: Path) -> None:
    sizes = {"num_hidden_layers": 36, "num_local_experts": 128}
    found = inspect(write_hollow(tmp_path, tensors_of(36, 128), **sizes))
    assert round(found.parameters / 1e9, 2) == 116.83
    assert round(found.active_parameters / 1e9, 2) == 5.13
    assert round(found.weight_bytes / 2**30, 1) == 60.8
    assert found.decode_bytes == pytest.approx(4.97e9, rel=0.01)


def test_the_decode_ceiling(of_20b: Inspection) -> None:
    assert round(of_20b.decode_ceiling(200)) == 54
    assert of_20b.decode_ceiling(400) == 2 * of_20b.decode_ceiling(200)
    cache = 24576 * 10_000 + 24576 * 128
    expected = 200e9 / (of_20b.decode_bytes + cache)
    assert of_20b.decode_ceiling(200, context=10_000) == pytest.approx(expected)
    for wrong in (0, -1, math.nan):
        with pytest.raises(ValueError, match=r"must be above 0 GB/s\.$"):
            of_20b.describe(wrong)


def test_rows_for_a_terminal(of_20b: Inspection) -> None:
    rows = dict(of_20b.describe(200))
    assert rows["layers"] == "24: 12 sliding over 128 tokens, 12 full"
    assert rows["attention heads"] == "64 of 64, 8 for keys and values"
    assert rows["experts"] == "32 in each layer, 4 active"
    assert rows["parameters"] == "20.91 billion, 3.61 billion active"
    assert rows["experts stored in"] == "mxfp4"
    assert rows["attention stored in"] == "bf16"
    assert rows["weights"] == "13.76 GB"
    assert rows["read per decoded token"] == "3.71 GB"
    assert rows["KV cache, full layers"] == "24.58 kB a token, 24.58 MB per 1,000"
    assert rows["context"] == "131,072 tokens"
    assert "factor 32, beta_fast 32" in rows["RoPE"]
    assert rows["RoPE"].endswith("truncate false")
    assert rows["vocabulary"] == "201,088 tokens, Harmony's"
    assert rows["prompts by"].startswith("Harmony (")
    assert rows["decode ceiling at 200 GB/s"] == "53.9 tokens/s, 44.3 at 32,768 tokens"
    assert "decode ceiling at 200 GB/s" not in dict(of_20b.describe())


def test_as_json(of_20b: Inspection) -> None:
    content = json.loads(json.dumps(of_20b.to_json()))
    assert content["yarn"] == ORIGINAL_SCALING
    assert content["formats"]["experts"] == "mxfp4"
    assert content["cache_bytes"] == {"full": 24576, "sliding": 24576}
    assert set(content) == {field.name for field in dataclasses.fields(Inspection)}


def test_packed_weights_count_as_what_they_stand_for(tmp_path: Path, of_20b: Inspection) -> None:
    packed = inspect(write_hollow(tmp_path, in_8_bits(tensors_of(24, 32))))
    assert packed.parameters == of_20b.parameters
    assert packed.active_parameters == of_20b.active_parameters
    assert packed.decode_bytes == pytest.approx(2.56e9, rel=0.02)
    assert packed.formats == {
        **dict.fromkeys(
            ("embedding", "head", "attention", "router"), "affine 8-bit in groups of 64"
        ),
        "experts": "mxfp4",
        "norms": "bf16",
    }


def test_a_tied_embedding_is_read_whole(tmp_path: Path, of_20b: Inspection) -> None:
    tensors = tensors_of(24, 32)
    del tensors["lm_head.weight"]
    found = inspect(write_hollow(tmp_path, tensors, tie_word_embeddings=True))
    assert found.decode_bytes == of_20b.decode_bytes - 2880 * 2
    assert found.active_parameters == of_20b.active_parameters


def test_no_weight_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    import mlx.core as mx

    monkeypatch.delattr(mx, "load")
    monkeypatch.delattr(np, "fromfile")
    assert inspect(demo.WEIGHTS).name == "demo"


def test_a_vocabulary_that_cannot_be_used_is_said(tmp_path: Path) -> None:
    folder = write_hollow(tmp_path, tensors_of(24, 32))
    (folder / "tokenizer.json").write_text("{}")
    found = inspect(folder)
    assert found.dialect is None
    assert "is no byte-level BPE" in dict(found.describe())["vocabulary"]


def test_a_small_vocabulary_is_described_too(tmp_path: Path) -> None:
    tensors = tensors_of(24, 32)
    for name in ("model.embed_tokens.weight", "lm_head.weight"):
        tensors[name] = "BF16", [32000, 2880]
    found = inspect(write_hollow(tmp_path, tensors, vocab_size=32000))
    assert found.problem is not None
    assert "by its size of 32,000 tokens the model does not speak Harmony" in found.problem


def test_a_folder_that_is_no_model(tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match=r"config\.json does not exist"):
        inspect(tmp_path)
