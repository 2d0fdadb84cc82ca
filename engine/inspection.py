"""What a model is and what it costs to run, told from its files without reading the weights."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from engine.harmony.formats import load_format
from engine.harmony.tokenizer import ChatTemplateError, Dialect, TokenizerError
from engine.models.checkpoint import MXFP4, infer_quantization
from engine.models.configuration import GptOssConfig, RopeScaling, read_config
from engine.models.hub import model_name
from engine.models.linear import Quantization
from engine.models.tensors import EMBEDDING, FINAL_NORM, FLOATS, ITEM_BYTES, TensorHeader, Tensors

PARTS = {
    EMBEDDING: "embedding",
    "lm_head": "head",
    ".self_attn.": "attention",
    ".mlp.router.": "router",
    ".mlp.experts.": "experts",
    "norm.": "norms",
}
"""The kinds of tensors, by what stands in their names."""

FULL_CONTEXT = 32768
"""Tokens of a long conversation, for which the decode ceiling is given too."""


@dataclass(frozen=True, slots=True)
class CacheBytes:
    """What the KV cache takes for one token, in bytes, in all layers of each kind together."""

    full: int
    sliding: int
    """Only the last ``sliding_window`` tokens are read in these layers."""


@dataclass(frozen=True, slots=True)
class Inspection:
    """A model's architecture and its costs. Sizes are in bytes, as the weights are stored."""

    name: str
    path: str
    architecture: str
    sliding_layers: int
    full_layers: int
    sliding_window: int
    hidden_size: int
    attention_heads: int
    key_value_heads: int
    head_dim: int
    experts: int
    active_experts: int
    parameters: int
    active_parameters: int
    """Those that one token meets: all but the embedding and the experts not chosen."""
    formats: dict[str, str]
    """How the weights are stored, for each kind of tensor."""
    weight_bytes: int
    decode_bytes: int
    """Bytes of weights that are read for each token that is decoded."""
    cache_bytes: CacheBytes
    """With keys and values in the type of the model's norms; in float32 on the CPU."""
    context_length: int
    rope_theta: float
    yarn: dict[str, Any] | None
    vocabulary_size: int
    dialect: Dialect | None
    """How it is spoken to; None if it cannot be, and ``problem`` says why."""
    problem: str | None

    def decode_ceiling(self, gigabytes_per_second: float, context: int = 0) -> float:
        """Return the tokens per second that a memory of this bandwidth allows at most.

        Args:
            gigabytes_per_second: of the memory, 10**9 bytes each.
            context: tokens already in the KV cache, which are read too.

        Raises:
            ValueError: the bandwidth is not above zero.
        """
        if not gigabytes_per_second > 0:
            raise ValueError("The memory bandwidth must be above 0 GB/s.")
        seen = min(context, self.sliding_window)
        cache = self.cache_bytes.full * context + self.cache_bytes.sliding * seen
        return gigabytes_per_second * 1e9 / (self.decode_bytes + cache)

    def describe(self, gigabytes_per_second: float | None = None) -> list[tuple[str, str]]:
        """Return all this in rows of a label and a text, the decode ceiling with a bandwidth.

        Raises:
            ValueError: the bandwidth is not above zero.
        """
        rows = [*self._describe_layers(), *self._describe_costs(), *self._describe_context()]
        if gigabytes_per_second is not None:
            empty, full = (self.decode_ceiling(gigabytes_per_second, n) for n in (0, FULL_CONTEXT))
            label = f"decode ceiling at {gigabytes_per_second:g} GB/s"
            rows.append((label, f"{empty:.1f} tokens/s, {full:.1f} at {FULL_CONTEXT:,} tokens"))
        return rows

    def _describe_layers(self) -> Iterator[tuple[str, str]]:
        yield "model", self.name
        yield "folder", self.path
        yield "architecture", self.architecture
        layers = self.sliding_layers + self.full_layers
        window = f"{self.sliding_layers} sliding over {self.sliding_window} tokens"
        yield "layers", f"{layers}: {window}, {self.full_layers} full"
        yield "hidden size", f"{self.hidden_size:,}"
        heads = f"{self.attention_heads} of {self.head_dim}"
        yield "attention heads", f"{heads}, {self.key_value_heads} for keys and values"
        yield "experts", f"{self.experts} in each layer, {self.active_experts} active"
        active = _count(self.active_parameters)
        yield "parameters", f"{_count(self.parameters)}, {active} active"
        for part, form in self.formats.items():
            yield f"{part} stored in", form

    def _describe_costs(self) -> Iterator[tuple[str, str]]:
        yield "weights", _size(self.weight_bytes)
        yield "read per decoded token", _size(self.decode_bytes)
        for kind in ("full", "sliding"):
            per_token = getattr(self.cache_bytes, kind)
            both = f"{_size(per_token)} a token, {_size(1000 * per_token)} per 1,000"
            yield f"KV cache, {kind} layers", both

    def _describe_context(self) -> Iterator[tuple[str, str]]:
        yield "context", f"{self.context_length:,} tokens"
        if self.yarn is None:
            yield "RoPE", f"theta {self.rope_theta:g}, not scaled"
        else:
            names = ("factor", "beta_fast", "beta_slow", "original_max_position_embeddings")
            told = [name for name in (*names, "attention_factor") if name in self.yarn]
            values = ", ".join(f"{name} {self.yarn[name]:g}" for name in told)
            truncate = str(self.yarn["truncate"]).lower()
            yield "RoPE", f"theta {self.rope_theta:g}, YaRN: {values}, truncate {truncate}"
        yield "vocabulary", f"{self.vocabulary_size:,} tokens, {self._tokens()}"
        if self.dialect is not None:
            written = {
                "harmony": "Harmony",
                "template": "its own chat template, all that it says being its answer",
            }
            yield "prompts by", f"{written[self.dialect.prompts]} ({self.dialect.reason})"

    def _tokens(self) -> str:
        if self.dialect is None:
            return f"unusable: {self.problem}"
        return "its own in tokenizer.json" if self.dialect.vocabulary == "own" else "Harmony's"

    def to_json(self) -> dict[str, Any]:
        """Return all of it as JSON can hold it."""
        return asdict(self)


def inspect(folder: Path) -> Inspection:
    """Return what the files of a folder say; of the weights only the headers are read.

    Raises:
        CheckpointError: the folder holds no gpt-oss checkpoint, or a file is broken.
    """
    config = read_config(folder)
    tensors = Tensors(folder)
    weights = _Weights(config, tensors)
    sliding = sum(config.is_sliding(layer) for layer in range(config.num_hidden_layers))
    full = config.num_hidden_layers - sliding
    item = ITEM_BYTES.get(tensors.header(FINAL_NORM).dtype, 4)
    in_layer = 2 * config.num_key_value_heads * config.head_dim * item
    dialect, problem = _recognise(folder, config.vocab_size)
    return Inspection(
        name=model_name(folder),
        path=str(folder),
        architecture=config.model_type,
        sliding_layers=sliding,
        full_layers=full,
        sliding_window=config.sliding_window,
        hidden_size=config.hidden_size,
        attention_heads=config.num_attention_heads,
        key_value_heads=config.num_key_value_heads,
        head_dim=config.head_dim,
        experts=config.num_local_experts,
        active_experts=config.num_experts_per_tok,
        parameters=weights.parameters(),
        active_parameters=weights.active_parameters(),
        formats=weights.formats(),
        weight_bytes=sum(header.byte_count for header in tensors.headers.values()),
        decode_bytes=weights.decode_bytes(),
        cache_bytes=CacheBytes(full * in_layer, sliding * in_layer),
        context_length=config.max_position_embeddings,
        rope_theta=config.rope_theta,
        yarn=_yarn(config.rope_scaling),
        vocabulary_size=config.vocab_size,
        dialect=dialect,
        problem=problem,
    )


def _yarn(scaling: RopeScaling | None) -> dict[str, Any] | None:
    return None if scaling is None else scaling.model_dump(exclude_none=True)


def _recognise(folder: Path, vocabulary_size: int) -> tuple[Dialect | None, str | None]:
    try:
        return load_format(folder, vocabulary_size).dialect, None
    except (TokenizerError, ChatTemplateError) as error:
        return None, str(error)


class _Weights:
    """The tensors of a checkpoint, counted by kind."""

    def __init__(self, config: GptOssConfig, tensors: Tensors) -> None:
        self.config = config
        self.tensors = tensors
        self.parts: dict[str, dict[str, TensorHeader]] = defaultdict(dict)
        for name, header in tensors.headers.items():
            self.parts[_part_of(name)][name] = header

    def parameters(self) -> int:
        """Return how many numbers the model was trained to have, however they are packed."""
        return sum(self._numbers(part) for part in self.parts)

    def active_parameters(self) -> int:
        """Return how many of them one token meets, the embedding's row not counted."""
        chosen = self.config.num_experts_per_tok / self.config.num_local_experts
        shares = {"experts": chosen, "embedding": float(self.config.tie_word_embeddings)}
        return sum(round(self._numbers(p) * shares.get(p, 1.0)) for p in self.parts)

    def decode_bytes(self) -> int:
        """Return how many bytes are read for one token: all, but one row of the embedding."""
        config, total = self.config, 0
        for part, headers in self.parts.items():
            size = sum(header.byte_count for header in headers.values())
            if part == "experts":
                size = round(size * config.num_experts_per_tok / config.num_local_experts)
            elif part == "embedding" and not config.tie_word_embeddings:
                rows = self.tensors.header(f"{EMBEDDING}.weight").shape[:1]
                size = round(size / max(1, *rows))
            total += size
        return total

    def formats(self) -> dict[str, str]:
        """Return how each kind of weights is stored, in words."""
        found = {
            part: {f for name, header in headers.items() for f in self._format(name, header)}
            for part, headers in self.parts.items()
        }
        return {part: ", ".join(sorted(found[part])) for part in PARTS.values() if found.get(part)}

    def _numbers(self, part: str) -> int:
        return sum(self._count(n, h) for n, h in self.parts[part].items())

    def _count(self, name: str, header: TensorHeader) -> int:
        """Return how many parameters a tensor stands for; scales and maps are none."""
        packing = self._packing(name, header)
        if packing is not None:
            return header.item_count * 8 * ITEM_BYTES[header.dtype] // packing["bits"]
        return header.item_count if header.dtype in FLOATS and not _is_scale(name) else 0

    def _format(self, name: str, header: TensorHeader) -> Iterable[str]:
        """Give how a tensor is stored, if it is one of weights and not a bias beside them."""
        packing = self._packing(name, header)
        if packing is None:
            is_matrix = header.dtype in FLOATS and not name.endswith(("bias", "biases", "scales"))
            return [header.dtype.lower()] if is_matrix and "sinks" not in name else []
        if packing["mode"] != "affine":
            return [packing["mode"]]
        return [f"affine {packing['bits']}-bit in groups of {packing['group_size']}"]

    def _packing(self, name: str, header: TensorHeader) -> Quantization | None:
        """Return how a tensor is packed, or None if it is not."""
        if name.endswith("_blocks"):
            return MXFP4
        module, _, kind = name.rpartition(".")
        if kind != "weight" or header.dtype != "U32":
            return None
        scales = self.tensors.header(f"{module}.scales")
        return infer_quantization(module, header, scales, self._width(module))

    def _width(self, module: str) -> int:
        """Return how many numbers a matrix takes in."""
        if module.endswith("o_proj"):
            return self.config.num_attention_heads * self.config.head_dim
        if module.endswith("down_proj"):
            return self.config.intermediate_size
        return self.config.hidden_size


def _part_of(name: str) -> str:
    return next((part for mark, part in PARTS.items() if mark in name), "other")


def _is_scale(name: str) -> bool:
    return name.endswith((".scales", ".biases", "_scales"))


def _count(number: int) -> str:
    for size, unit in ((10**9, "billion"), (10**6, "million")):
        if number >= size:
            return f"{number / size:.2f} {unit}"
    return f"{number:,}"


def _size(count: int) -> str:
    for size, unit in ((10**9, "GB"), (10**6, "MB"), (10**3, "kB")):
        if count >= size:
            return f"{count / size:.2f} {unit}"
    return f"{count} bytes"
