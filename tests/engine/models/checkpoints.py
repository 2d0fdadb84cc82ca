"""Random small gpt-oss checkpoints, the same weights in every layout that the engine reads.

The weights are wilder than those of a trained model: sinks, biases and norms all matter, experts
differ, and SwiGLU's clamp is reached. A mistake anywhere shows in the logits.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import mlx.core as mx

VOCABULARY = 201088

ORIGINAL_SCALING: dict[str, Any] = {
    "rope_type": "yarn",
    "factor": 32.0,
    "beta_fast": 32.0,
    "beta_slow": 1.0,
    "original_max_position_embeddings": 4096,
    "truncate": False,
}

SMALL: dict[str, Any] = {
    "architectures": ["GptOssForCausalLM"],
    "model_type": "gpt_oss",
    "hidden_size": 64,
    "intermediate_size": 64,
    "num_hidden_layers": 4,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "head_dim": 32,
    "num_local_experts": 6,
    "num_experts_per_tok": 2,
    "sliding_window": 128,
    "vocab_size": VOCABULARY,
    "max_position_embeddings": 131072,
    "rms_norm_eps": 1e-5,
    "rope_theta": 150000.0,
    "rope_scaling": ORIGINAL_SCALING,
    "swiglu_limit": 7.0,
    "attention_bias": True,
    "tie_word_embeddings": False,
    "layer_types": ["sliding_attention", "full_attention"] * 2,
    "torch_dtype": "bfloat16",
}

Weights = dict[str, mx.array]
Quantise = Callable[[str], dict[str, Any] | None]


def random_weights(config: dict[str, Any], seed: int = 7) -> Weights:
    """Return weights in MLX's layout and bfloat16, by their names there."""
    hidden, inner = config["hidden_size"], config["intermediate_size"]
    experts, heads = config["num_local_experts"], config["num_attention_heads"]
    queries = heads * config["head_dim"]
    keys = config["num_key_value_heads"] * config["head_dim"]
    source = _normals(seed)

    def normal(*shape: int, spread: float, centre: float = 0.0) -> mx.array:
        values = centre + spread * mx.random.normal(shape, key=next(source))
        return values.astype(mx.bfloat16)

    weights = {
        "model.embed_tokens.weight": normal(config["vocab_size"], hidden, spread=1.0),
        "model.norm.weight": normal(hidden, spread=0.2, centre=1.0),
    }
    if not config["tie_word_embeddings"]:
        weights["lm_head.weight"] = normal(config["vocab_size"], hidden, spread=hidden**-0.5)
    for layer in range(config["num_hidden_layers"]):
        shapes = {
            "self_attn.q_proj": ((queries, hidden), 2.0),
            "self_attn.k_proj": ((keys, hidden), 2.0),
            "self_attn.v_proj": ((keys, hidden), 1.0),
            "self_attn.o_proj": ((hidden, queries), 1.0),
            "mlp.router": ((experts, hidden), 1.0),
            "mlp.experts.gate_proj": ((experts, inner, hidden), 4.0),
            "mlp.experts.up_proj": ((experts, inner, hidden), 4.0),
            "mlp.experts.down_proj": ((experts, hidden, inner), 0.2),
        }
        prefix = f"model.layers.{layer}"
        for name, (shape, gain) in shapes.items():
            spread = gain * shape[-1] ** -0.5
            weights[f"{prefix}.{name}.weight"] = normal(*shape, spread=spread)
            weights[f"{prefix}.{name}.bias"] = normal(*shape[:-1], spread=0.3)
        weights[f"{prefix}.self_attn.sinks"] = normal(heads, spread=1.5)
        for norm in ("input_layernorm", "post_attention_layernorm"):
            weights[f"{prefix}.{norm}.weight"] = normal(hidden, spread=0.2, centre=1.0)
    return weights


def _normals(seed: int) -> Iterator[mx.array]:
    """Give random keys that depend on nothing but the seed."""
    key = mx.random.key(seed)
    while True:
        key, part = mx.random.split(key)
        yield part


def quantise(weights: Weights, choose: Quantise) -> Weights:
    """Pack each matrix as ``choose`` says of its name, None leaving it dense."""
    packed: Weights = {}
    for name, array in weights.items():
        module, _, kind = name.rpartition(".")
        settings = choose(module) if kind == "weight" and "norm" not in module else None
        if settings is None:
            packed[name] = array
            continue
        parts = mx.quantize(array, **settings)
        for part, value in zip(("weight", "scales", "biases"), parts, strict=False):
            packed[f"{module}.{part}"] = value
    return packed


MXFP4 = {"group_size": 32, "bits": 4, "mode": "mxfp4"}
AFFINE_8 = {"group_size": 64, "bits": 8, "mode": "affine"}


def _experts_in_mxfp4(module: str) -> dict[str, Any] | None:
    return MXFP4 if ".experts." in module else None


def _mixed(module: str) -> dict[str, Any]:
    return _experts_in_mxfp4(module) or AFFINE_8


def _affine_4(module: str) -> dict[str, Any]:
    return AFFINE_8 if module.endswith("router") else {**AFFINE_8, "bits": 4}


def in_original_layout(weights: Weights) -> Weights:
    """Interleave gate and up, and store experts as openai/gpt-oss-20b does, dense or in blocks."""
    original: Weights = {}
    for name, array in weights.items():
        if ".experts." not in name:
            original[name] = array
            continue
        if "up_proj" in name:
            continue
        module, _, kind = name.rpartition(".")
        whole = array
        if "gate_proj" in name:
            up = weights[name.replace("gate_proj", "up_proj")]
            whole = mx.stack([array, up], axis=2).reshape(array.shape[0], -1, *array.shape[2:])
            module = module.replace("gate_proj", "gate_up_proj")
        if kind == "bias":
            original[f"{module}_bias"] = whole
        elif kind == "scales":
            original[f"{module}_scales"] = whole
        elif whole.dtype == mx.uint32:
            blocks = whole.view(mx.uint8)
            original[f"{module}_blocks"] = blocks.reshape(*blocks.shape[:-1], -1, 16)
        else:
            original[module] = whole.swapaxes(-1, -2)
    return original


def _per_module(weights: Weights, choose: Quantise) -> dict[str, Any]:
    """Return what MLX's conversions write into config.json: a default, and who differs."""
    modules = {name.rpartition(".")[0] for name in weights if name.endswith(".scales")}
    chosen = {module: choose(module) for module in modules}
    default = choose("lm_head") or MXFP4
    return {**default, **{m: s for m, s in sorted(chosen.items()) if s and s != default}}


LAYOUTS = (
    "original-mxfp4",
    "original-bf16",
    "mlx-bf16",
    "mlx-mxfp4",
    "mlx-affine-4bit",
    "mlx-affine-8bit",
    "mlx-mixed",
)


def write_checkpoint(
    folder: Path,
    layout: str,
    *,
    shards: int = 1,
    dtype: mx.Dtype = mx.bfloat16,
    **changes: Any,
) -> Path:
    """Write a random checkpoint and return its folder.

    Args:
        folder: made if it does not exist.
        layout: one of ``LAYOUTS``.
        shards: more than one adds an index file.
        dtype: what floating tensors are stored in.
        changes: what differs from ``SMALL`` in ``config.json``.
    """
    config = {**SMALL, **changes}
    if "layer_types" not in changes:
        config["layer_types"] = (SMALL["layer_types"] * 12)[: config["num_hidden_layers"]]
    weights = random_weights(config)
    choose = {
        "original-mxfp4": _experts_in_mxfp4,
        "mlx-mxfp4": lambda _: MXFP4,
        "mlx-affine-4bit": _affine_4,
        "mlx-affine-8bit": lambda _: AFFINE_8,
        "mlx-mixed": _mixed,
    }.get(layout)
    if choose is not None:
        weights = quantise(weights, choose)
        config["quantization"] = _per_module(weights, choose)
    if layout.startswith("original"):
        weights = in_original_layout(weights)
        if config.pop("quantization", None):
            config["quantization_config"] = {"quant_method": "mxfp4"}
    weights = {
        name: a.astype(dtype) if mx.issubdtype(a.dtype, mx.floating) else a
        for name, a in weights.items()
    }
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.json").write_text(json.dumps(config, indent=1))
    _write_tensors(folder, weights, shards)
    return folder


def _write_tensors(folder: Path, weights: Weights, shards: int) -> None:
    if shards == 1:
        mx.save_safetensors(str(folder / "model.safetensors"), weights, {"format": "mlx"})
        return
    names, places = sorted(weights), {}
    for shard in range(shards):
        file = f"model-{shard + 1:05d}-of-{shards:05d}.safetensors"
        part = {name: weights[name] for name in names[shard::shards]}
        mx.save_safetensors(str(folder / file), part, {"format": "mlx"})
        places.update(dict.fromkeys(part, file))
    index = {"metadata": {}, "weight_map": places}
    (folder / "model.safetensors.index.json").write_text(json.dumps(index))
