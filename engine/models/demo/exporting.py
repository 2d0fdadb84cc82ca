"""Writes the bundled model's weights: compact for this package, or full for any gpt-oss runtime.

    python -m engine.models.demo.exporting FOLDER

writes the full Hugging Face layout (about 160 MB) from the compact weights. The compact file holds
rows for the trained tokens alone, one more row that stands for every other token, and the tensor
``vocabulary.rows`` that names the tokens. Other common words have a vector: ``vocabulary.words``
names their tokens and the vector of each, ``vocabulary.vectors`` times ``vocabulary.projection`` is
what is added to the shared row. All other tensors are spelled as in openai/gpt-oss-20b.
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from engine.models.configuration import VOCABULARY_SIZE
from engine.models.demo import WEIGHTS
from engine.models.demo.word_vectors import load_word_vectors

if TYPE_CHECKING:
    from engine.models.demo.network import Network, Shape

FILE = "model.safetensors"
ROWS = "vocabulary.rows"
WORDS, VECTORS, PROJECTION = "vocabulary.words", "vocabulary.vectors", "vocabulary.projection"
EMBEDDING = "model.embed_tokens.weight"
VOCABULARY_MATRICES = (EMBEDDING, "lm_head.weight")
EXPONENT_BIAS = 127
BLOCK = 32

TEMPERATURE = 0.2
"""The default: low, because a small model's second choice is seldom good."""

GENERATION = {
    "bos_token_id": 199998,
    "do_sample": True,
    "eos_token_id": [200002, 199999, 200012],
    "pad_token_id": 199999,
    "temperature": TEMPERATURE,
}

NOTE = """\
This is harmony-tui's demonstration model in the layout of openai/gpt-oss-20b. It has no tokenizer
of its own: it uses gpt-oss's (o200k_harmony). Copy tokenizer.json and tokenizer_config.json from
openai/gpt-oss-20b next to these files where a program asks for them.
"""


class Stored(NamedTuple):
    """A tensor as it lies in a file; NumPy has no bfloat16, so those are their 16 bits."""

    dtype: str  # as safetensors spells it
    bits: np.ndarray


ITEMS: dict[str, type[np.generic]] = {
    "BF16": np.uint16,
    "U8": np.uint8,
    "I8": np.int8,
    "I32": np.int32,
}


def to_bfloat16(values: np.ndarray) -> Stored:
    """Round float32 numbers to the nearest bfloat16, ties to even."""
    bits = np.ascontiguousarray(values, dtype=np.float32).view(np.uint32)
    rounded = (bits + 0x7FFF + ((bits >> 16) & 1)) >> 16
    return Stored("BF16", rounded.astype(np.uint16))


def from_bfloat16(bits: np.ndarray) -> np.ndarray:
    """Return the float32 numbers that these 16 bits each stand for."""
    return (bits.astype(np.uint32) << 16).view(np.float32)


def write_safetensors(path: Path, tensors: Mapping[str, Stored]) -> None:
    """Write a safetensors file: the header's length, the header as JSON, the data.

    Written by hand because the library's NumPy interface has no bfloat16.
    """
    header: dict[str, Any] = {"__metadata__": {"format": "pt"}}
    end = 0
    ordered = sorted(tensors.items(), key=lambda item: -item[1].bits.itemsize)  # aligned
    for name, (dtype, bits) in ordered:
        start, end = end, end + bits.nbytes
        header[name] = {"dtype": dtype, "shape": list(bits.shape), "data_offsets": [start, end]}
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with path.open("wb") as file:
        file.write(len(text).to_bytes(8, "little") + text)
        for _, (_, bits) in ordered:
            file.write(np.ascontiguousarray(bits).data)


def read_safetensors(path: Path) -> dict[str, Stored]:
    """Return the tensors of a file that ``write_safetensors`` wrote."""
    content = path.read_bytes()
    first = 8 + int.from_bytes(content[:8], "little")
    header: dict[str, Any] = json.loads(content[8:first])
    header.pop("__metadata__", None)
    tensors = {}
    for name, entry in header.items():
        start, end = entry["data_offsets"]
        bits = np.frombuffer(content[first + start : first + end], dtype=ITEMS[entry["dtype"]])
        tensors[name] = Stored(entry["dtype"], bits.reshape(entry["shape"]))
    return tensors


def configuration(shape: Shape) -> dict[str, Any]:
    """Return the content of ``config.json``, as Hugging Face's gpt_oss expects it."""
    layer_types = ["sliding_attention", "full_attention"]
    return {
        "architectures": ["GptOssForCausalLM"],
        "attention_bias": True,
        "attention_dropout": 0.0,
        "eos_token_id": 200002,
        "experts_per_token": shape.active_experts,
        "head_dim": shape.head_dim,
        "hidden_act": "silu",
        "hidden_size": shape.hidden,
        "initial_context_length": 4096,
        "initializer_range": 0.02,
        "intermediate_size": shape.intermediate,
        "layer_types": [layer_types[layer % 2] for layer in range(shape.layers)],
        "max_position_embeddings": 131072,
        "model_type": "gpt_oss",
        "num_attention_heads": shape.heads,
        "num_experts_per_tok": shape.active_experts,
        "num_hidden_layers": shape.layers,
        "num_key_value_heads": shape.kv_heads,
        "num_local_experts": shape.experts,
        "output_router_logits": False,
        "pad_token_id": 199999,
        "quantization_config": {
            "modules_to_not_convert": [
                "model.layers.*.self_attn",
                "model.layers.*.mlp.router",
                "model.embed_tokens",
                "lm_head",
            ],
            "quant_method": "mxfp4",
        },
        "rms_norm_eps": 1e-05,
        "rope_scaling": {
            "beta_fast": 32.0,
            "beta_slow": 1.0,
            "factor": 32.0,
            "original_max_position_embeddings": 4096,
            "rope_type": "yarn",
            "truncate": False,
        },
        "rope_theta": 150000,
        "router_aux_loss_coef": 0.9,
        "sliding_window": 128,
        "swiglu_limit": 7.0,
        "tie_word_embeddings": False,
        "torch_dtype": "bfloat16",
        "use_cache": True,
        "vocab_size": VOCABULARY_SIZE,
    }


def compact_tensors(network: Network, tokens: np.ndarray) -> dict[str, Stored]:
    """Return a network's tensors under gpt-oss's names, its experts as MXFP4 blocks.

    Args:
        network: what ``training`` made.
        tokens: int64 (rows,), the token of each row but the last.
    """
    state = {name: tensor.detach().float().numpy() for name, tensor in network.state_dict().items()}
    tensors = _word_tensors(state["projection"], tokens) | {
        EMBEDDING: to_bfloat16(network.whole_rows().detach().numpy()),
        "lm_head.weight": to_bfloat16(state["head"]),
        "model.norm.weight": to_bfloat16(state["norm.weight"]),
        ROWS: Stored("I32", tokens.astype(np.int32)),
    }
    for layer in range(network.shape.layers):
        part = {
            name.removeprefix(f"layers.{layer}."): values
            for name, values in state.items()
            if name.startswith(f"layers.{layer}.")
        }
        tensors |= {
            f"model.layers.{layer}.{name}": stored
            for name, stored in (_dense_part(part) | _expert_part(part)).items()
        }
    return tensors


def _word_tensors(projection: np.ndarray, trained: np.ndarray) -> dict[str, Stored]:
    """Return the words without a row of their own: tokens and vectors [2, n], vectors, projection.

    The projection [dimensions, hidden] takes the eight-bit vectors as they are.
    """
    known = load_word_vectors()
    of_token = known.of_token.copy()
    of_token[trained] = 0
    tokens = of_token.nonzero()[0]
    used, places = np.unique(of_token[tokens], return_inverse=True)
    return {
        WORDS: Stored("I32", np.stack([tokens, places]).astype(np.int32)),
        VECTORS: Stored("I8", known.vectors[used]),
        PROJECTION: to_bfloat16(projection * known.scale),
    }


def dense_names() -> dict[str, str]:
    """Return what a layer's tensors beside the experts are called: by our name, gpt-oss's."""
    names = {
        "attention_norm.weight": "input_layernorm.weight",
        "expert_norm.weight": "post_attention_layernorm.weight",
        "sinks": "self_attn.sinks",
    }
    for kind in ("weight", "bias"):
        names |= {f"{name}.{kind}": f"self_attn.{name}_proj.{kind}" for name in "qkvo"}
        names[f"router.{kind}"] = f"mlp.router.{kind}"
    return names


def _dense_part(part: Mapping[str, np.ndarray]) -> dict[str, Stored]:
    return {theirs: to_bfloat16(part[ours]) for ours, theirs in dense_names().items()}


def _expert_part(part: Mapping[str, np.ndarray]) -> dict[str, Stored]:
    """Return the experts; gate's and up's outputs alternate, as gpt-oss has them."""

    def interleaved(gate: np.ndarray, up: np.ndarray) -> np.ndarray:
        return np.stack([gate, up], axis=2).reshape(len(gate), -1, *gate.shape[2:])

    tensors = {
        "mlp.experts.gate_up_proj_bias": to_bfloat16(
            interleaved(part["gate_bias"], part["up_bias"])
        ),
        "mlp.experts.down_proj_bias": to_bfloat16(part["down_bias"]),
    }
    matrices = {"gate_up_proj": interleaved(part["gate"], part["up"]), "down_proj": part["down"]}
    for name, matrix in matrices.items():
        blocks, scales = pack_mxfp4(matrix)
        tensors[f"mlp.experts.{name}_blocks"] = Stored("U8", blocks)
        tensors[f"mlp.experts.{name}_scales"] = Stored("U8", scales)
    return tensors


def pack_mxfp4(matrix: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return a matrix [..., width] as blocks [..., width / 32, 16] and scales [..., width / 32].

    Both are uint8. A byte holds two numbers, the first in its lower half.
    """
    import torch  # only training has it; the full export does without

    from engine.models.demo.network import to_mxfp4

    packed = to_mxfp4(torch.from_numpy(matrix))
    codes = packed.codes.numpy().reshape(*matrix.shape[:-1], -1, BLOCK)
    blocks = codes[..., ::2] | (codes[..., 1::2] << 4)
    scales = (packed.exponents.numpy() + EXPONENT_BIAS).clip(0, 254).astype(np.uint8)
    return blocks, scales


def write_compact(network: Network, tokens: np.ndarray, folder: Path = WEIGHTS) -> None:
    """Write what this package bundles: the compact weights and both configurations."""
    folder.mkdir(parents=True, exist_ok=True)
    write_safetensors(folder / FILE, compact_tensors(network, tokens))
    _write_json(folder / "config.json", configuration(network.shape))
    _write_json(folder / "generation_config.json", GENERATION)


def _write_json(path: Path, content: Mapping[str, Any]) -> None:
    path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


def write_full(folder: Path, source: Path = WEIGHTS) -> None:
    """Write the full Hugging Face layout of the compact weights in ``source``.

    Raises:
        OSError: a file cannot be read or written.
    """
    tensors = read_safetensors(source / FILE)
    tokens = tensors.pop(ROWS).bits
    rows = np.full(VOCABULARY_SIZE, len(tokens), dtype=np.int64)
    rows[tokens] = np.arange(len(tokens))
    for name in VOCABULARY_MATRICES:
        tensors[name] = Stored(tensors[name].dtype, tensors[name].bits[rows])
    words, vectors, projection = (tensors.pop(name).bits for name in (WORDS, VECTORS, PROJECTION))
    embedding = tensors[EMBEDDING].bits
    shared = from_bfloat16(embedding[words[0]])
    added = vectors.astype(np.float32)[words[1]] @ from_bfloat16(projection)
    embedding[words[0]] = to_bfloat16(shared + added).bits
    folder.mkdir(parents=True, exist_ok=True)
    write_safetensors(folder / FILE, tensors)
    for name in ("config.json", "generation_config.json"):
        (folder / name).write_bytes((source / name).read_bytes())
    (folder / "README.md").write_text(NOTE, encoding="utf-8")


def main() -> None:
    """Write the full layout into the folder named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args().folder
    write_full(folder)
    size = math.ceil((folder / FILE).stat().st_size / 1e6)
    print(f"{folder}: {size} MB")


if __name__ == "__main__":
    main()
