"""Makes small checkpoints with random weights in every layout that Kyutai ships.

The architecture is the real one, codebooks, heads, conditions and names included; only the widths
are small. Mimi is the exception: its shape is fixed in rustymimi, so it has its full size.
"""

from __future__ import annotations

import fcntl
import json
import math
import os
from pathlib import Path
from typing import Any, Literal

import pytest

CARD = 2048
BYTE_PIECES = 256
SENTENCES = (
    "Hello there, this is a test of a small tokenizer.",
    "The quick brown fox jumps over the lazy dog and runs away.",
    "Speech goes in on one side, and words come out on the other.",
    "What is the capital of France? It is Paris, a city on the river Seine.",
    "Numbers such as one, two, three and ten are words as well.",
)

Layout = Literal["mlx", "candle"]


def share_mimi(factory: pytest.TempPathFactory, codebooks: int = 32) -> Path:
    """Return a Mimi that all workers of a run use; the first to ask makes it."""
    folder = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    path = folder / f"mimi{codebooks}.safetensors"
    with (folder / f"mimi{codebooks}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            make_mimi(folder / f"unfinished{codebooks}.safetensors", codebooks).rename(path)
    return path


def make_mimi(path: Path, codebooks: int = 32) -> Path:
    """Write a Mimi with the names of PyTorch's module, which both implementations read."""
    import mlx.core as mx
    from mlx.utils import tree_flatten
    from moshi_mlx.models import mimi

    mx.random.seed(0)
    model = mimi.Mimi(mimi.mimi_202407(codebooks))
    tensors = {}
    for name, value in tree_flatten(model.parameters()):
        pytorch_name, tensor = _as_pytorch_mimi(name, _random_mimi_tensor(name, value.shape))
        tensors[pytorch_name] = mx.contiguous(tensor.astype(mx.bfloat16))
    mx.save_safetensors(str(path), tensors)
    return path


def _random_mimi_tensor(name: str, shape: tuple[int, ...]) -> Any:
    import mlx.core as mx

    if name.endswith("embedding_sum"):
        return mx.random.normal(shape)
    if name.endswith(("cluster_usage", "initialized")):
        return mx.ones(shape)
    if "layer_scale" in name:
        return mx.full(shape, 0.01)
    if "norm" in name:
        return mx.ones(shape) if name.endswith("weight") else mx.zeros(shape)
    if name.endswith("bias"):
        return mx.zeros(shape)
    return mx.random.normal(shape) * (1.4 / math.sqrt(math.prod(shape[1:]) or 1))


def _as_pytorch_mimi(name: str, value: Any) -> tuple[str, Any]:
    """Undo what moshi_mlx's ``Mimi.load_pytorch_weights`` does to a tensor and its name."""
    for layer, index in enumerate((2, 5, 8, 11)):
        name = name.replace(f"decoder.layers.{layer}.upsample.", f"decoder.{index}.")
        name = name.replace(f"decoder.layers.{layer}.residuals.0.", f"decoder.{index + 1}.")
    for layer, index in enumerate((1, 4, 7, 10)):
        name = name.replace(f"encoder.layers.{layer}.residuals.0.", f"encoder.{index}.")
        name = name.replace(f"encoder.layers.{layer}.downsample.", f"encoder.{index + 2}.")
    for side in ("decoder", "encoder"):
        name = name.replace(f"{side}.init_conv1d.", f"{side}.0.")
        name = name.replace(f"{side}.final_conv1d.", f"{side}.14.")
    name = name.replace(".block.1.", ".block.3.").replace(".block.0.", ".block.1.")
    if name.endswith((".conv.weight", ".output_proj.weight", ".input_proj.weight")):
        value = value.swapaxes(-1, -2)
    if name.endswith(".convtr.weight"):
        value = value.transpose(2, 0, 1)
    name = name.replace(".in_proj.weight", ".in_proj_weight").replace(".gating.linear", ".linear")
    if name.startswith(("encoder.", "decoder.")):
        name = name[: len("encoder.")] + "model." + name[len("encoder.") :]
    name = name.replace(".codebook.", "._codebook.")
    return name.replace("._codebook.initialized", "._codebook._initialized"), value


def make_tokenizer(path: Path) -> Any:
    """Train a sentencepiece tokenizer with Kyutai's special tokens, and return it."""
    import sentencepiece

    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(SENTENCES * 20),
        model_prefix=str(path.with_suffix("")),
        vocab_size=BYTE_PIECES + 120,
        unk_id=0, bos_id=1, eos_id=2, pad_id=3,
        byte_fallback=True, hard_vocab_limit=False, minloglevel=2,
    )  # fmt: skip
    return sentencepiece.SentencePieceProcessor(str(path))


def _likelihood_of_pieces(tokenizer: Any) -> list[list[float]]:
    """Return factors that make a random model write words: ends and beginnings, but no bytes."""
    pieces = [tokenizer.id_to_piece(token) for token in range(tokenizer.vocab_size())]
    likely = ("<unk>", "<pad>", "\N{LOWER ONE EIGHTH BLOCK}")
    return [
        [0.0 if piece.startswith("<0x") else 1.6 if piece.startswith(likely) else 1.0]
        for piece in pieces
    ]


def make_recognizer(
    folder: Path,
    mimi: Path,
    layout: Layout = "mlx",
    bits: int | None = None,
    heads: int = 4,
    **stt_config: float,
) -> Path:
    """Write a model that hears, and return its folder."""
    import mlx.core as mx
    import mlx.nn as nn
    from moshi_mlx import models

    folder.mkdir(parents=True)
    tokenizer = make_tokenizer(folder / "tokenizer.model")
    name = f"model.q{bits}.safetensors" if bits else "model.safetensors"
    config = {
        **_transformer_config(tokenizer.vocab_size(), codebooks=32, context=750),
        "dep_q": 0, "delays": [0] * 33, "cross_attention": False, "conditioners": {},
        "extra_heads_num_heads": heads, "extra_heads_dim": 6, "model_type": "stt",
        "stt_config": {"audio_delay_seconds": 0.5, "audio_silence_prefix_seconds": 0.0}
        | stt_config,
        "depformer_dim": 64, "depformer_num_heads": 2, "depformer_num_layers": 1,
        "depformer_dim_feedforward": 256, "tokenizer_name": "tokenizer.model",
        "moshi_name": name, "mimi_name": "mimi.safetensors",
    }  # fmt: skip
    (folder / "config.json").write_text(json.dumps(config))
    (folder / "mimi.safetensors").symlink_to(mimi)
    mx.random.seed(1)
    model = models.Lm(models.LmConfig.from_config_dict(config))
    model.text_linear.weight *= mx.array(_likelihood_of_pieces(tokenizer))
    model.set_dtype(mx.bfloat16)
    if bits:
        nn.quantize(model, bits=bits, group_size=32 if bits == 4 else 64)
    if layout == "mlx":
        model.save_weights(str(folder / name))
    else:
        mx.save_safetensors(str(folder / name), _as_pytorch_lm(model, config))
    return folder


def make_synthesizer(
    folder: Path, mimi: Path, codebooks: int = 8, layout: Layout = "candle"
) -> Path:
    """Write a model that speaks, with one voice, and return its folder."""
    import mlx.core as mx
    from moshi_mlx import models

    (folder / "voices").mkdir(parents=True)
    vocabulary = make_tokenizer(folder / "tokenizer.model").vocab_size()
    schedule = [min(step, 4) for step in range(codebooks)]

    def look_up(values: list[str]) -> dict[str, Any]:
        table = {"dim": 16, "tokenizer": "noop", "n_bins": len(values), "possible_values": values}
        return {"type": "lut", "lut": table}

    config = {
        **_transformer_config(vocabulary, codebooks, context=500),
        "model_id": {"sig": "tiny", "epoch": 1}, "model_type": "tts",
        "dep_q": codebooks, "delays": [0, 0] + [2] * (codebooks - 1),
        "cross_attention": True, "demux_second_stream": True,
        "depformer_dim": 128, "depformer_num_heads": 4, "depformer_num_layers": 2,
        "depformer_dim_feedforward": 384, "depformer_low_rank_embeddings": 64,
        "depformer_weights_per_step_schedule": schedule,
        "conditioners": {
            "speaker_wavs": {"type": "tensor", "tensor": {"dim": 64}},
            "cfg": look_up(["1.0", "1.5", "2.0", "2.5", "3.0", "3.5", "4.0"]),
            "control": look_up(["ok"]),
        },
        "fuser": {"cross": ["speaker_wavs"], "sum": ["control", "cfg"]},
        "tts_config": {"audio_delay": 1.28, "second_stream_ahead": 2},
        "mimi_name": "mimi.safetensors", "tokenizer_name": "tokenizer.model",
        "moshi_name": "dsm_tts_tiny@1.safetensors",
    }  # fmt: skip
    (folder / "config.json").write_text(json.dumps(config))
    (folder / "mimi.safetensors").symlink_to(mimi)
    mx.random.seed(2)
    model = models.Lm(models.LmConfig.from_config_dict(config))
    model.set_dtype(mx.bfloat16)
    weights = folder / str(config["moshi_name"])
    if layout == "mlx":
        model.save_weights(str(weights))
    else:
        mx.save_safetensors(str(weights), _as_pytorch_lm(model, config))
    for voice in ("calm", "happy"):
        embedding = mx.random.normal((1, 64, 25))
        path = folder / "voices" / f"{voice}.wav.tiny@1.safetensors"
        mx.save_safetensors(str(path), {"speaker_wavs": embedding})
    return folder


def _transformer_config(vocabulary: int, codebooks: int, context: int) -> dict[str, Any]:
    return {
        "card": CARD, "n_q": codebooks, "dim": 256, "text_card": vocabulary,
        "existing_text_padding_id": 3, "num_heads": 4, "num_layers": 2, "hidden_scale": 4.125,
        "causal": True, "layer_scale": None, "context": context, "max_period": 100000.0,
        "gating": "silu", "norm": "rms_norm_f32", "positional_embedding": "rope",
        "depformer_multi_linear": True, "depformer_pos_emb": "none",
        "depformer_weights_per_step": True,
    }  # fmt: skip


def _as_pytorch_lm(model: Any, config: dict[str, Any]) -> dict[str, Any]:
    """Undo what moshi_mlx's ``Lm.load_pytorch_weights`` does to a model's tensors."""
    from mlx.utils import tree_flatten

    parameters = dict(tree_flatten(model.parameters()))
    tensors = {}
    for name, value in parameters.items():
        if name == "out_norm.weight":
            tensors["out_norm.alpha"] = value[None, None]
        elif name.startswith("audio_embs."):
            tensors[name.replace("audio_embs.", "emb.")] = value
        elif ".norm1.weight" in name or ".norm2.weight" in name:
            tensors[name.replace(".weight", ".alpha")] = value[None, None]
        elif name.startswith("transformer."):
            tensors[name.replace(".in_proj.weight", ".in_proj_weight")] = value
        else:
            tensors[name] = value
    tensors = {n: v for n, v in tensors.items() if not n.startswith("depformer.")}
    return tensors | _as_pytorch_depformer(parameters, config)


def _as_pytorch_depformer(parameters: dict[str, Any], config: dict[str, Any]) -> dict[str, Any]:
    import mlx.core as mx

    tensors: dict[str, Any] = {}
    schedule = config.get("depformer_weights_per_step_schedule", [])
    for step, shared in enumerate(schedule):
        part = f"depformer.slices.{step}"
        tensors[f"depformer_in.{shared}.weight"] = parameters[f"{part}.linear_in.weight"]
        tensors[f"linears.{step}.weight"] = parameters[f"{part}.linear_out.weight"]
        embedding = f"depformer_emb.{step - 1}" if step else "depformer_text_emb"
        for name in ("weight", "low_rank.weight", "out1.weight", "out2.weight"):
            if (value := parameters.get(f"{part}.emb.{name}")) is not None:
                tensors[f"{embedding}.{name}"] = value
    firsts = [schedule.index(shared) for shared in sorted(set(schedule))]
    for number in range(config["depformer_num_layers"] if schedule else 0):
        layer = f"depformer.layers.{number}"
        parts = [f"depformer.slices.{step}.transformer.layers.{number}" for step in firsts]
        for norm in ("norm1", "norm2"):
            tensors[f"{layer}.{norm}.alpha"] = parameters[f"{parts[0]}.{norm}.weight"][None, None]
        for shared, part in enumerate(parts):
            for linear in ("linear_in", "linear_out"):
                gate = f"gating.{shared}.{linear}.weight"
                tensors[f"{layer}.{gate}"] = parameters[f"{part}.gating.{linear}.weight"]
        for ours, theirs in (("in_proj.weight", "in_proj_weight"),
                             ("out_proj.weight", "out_proj.weight")):  # fmt: skip
            stacked = [parameters[f"{part}.self_attn.{ours}"] for part in parts]
            tensors[f"{layer}.self_attn.{theirs}"] = mx.concatenate(stacked)
    return tensors
