"""Reads a gpt-oss checkpoint into a model: the original layout and MLX's, sharded or single.

Tensors are taken from the memory-mapped files one layer at a time, so that no more than a layer
is held twice. Every shape is checked against the configuration before anything is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import mlx.core as mx
import numpy as np
from safetensors import SafetensorError, safe_open

from engine.models.attention import Attention
from engine.models.configuration import (
    CheckpointError,
    GptOssConfig,
    read_config,
    read_json,
)
from engine.models.device import Device
from engine.models.experts import ExpertLinear, Experts
from engine.models.gpt_oss import Block, GptOss, Vocabulary
from engine.models.linear import Linear, Quantization, Weight

INDEX = "model.safetensors.index.json"
ROWS = "vocabulary.rows"
MXFP4 = Quantization(group_size=32, bits=4, mode="mxfp4")

SCALED_FORMATS = {(4, 32): "mxfp4", (8, 32): "mxfp8", (4, 16): "nvfp4"}
"""The formats whose scales are single bytes, by bits and group size."""

ITEM_BYTES = {"U8": 1, "I8": 1, "F16": 2, "BF16": 2, "F32": 4, "U32": 4, "I32": 4}

DENSE_SHARE = 0.2
"""On the CPU, packed weights are unpacked to float32 if that takes no more of the memory."""

Progress = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class TensorHeader:
    """Where a tensor lies and what it is, as its file's header says."""

    file: Path
    shape: tuple[int, ...]
    dtype: str

    @property
    def item_count(self) -> int:
        """How many numbers it holds."""
        return int(np.prod(self.shape, dtype=np.int64))

    @property
    def byte_count(self) -> int:
        """How many bytes it takes in the file."""
        return self.item_count * ITEM_BYTES.get(self.dtype, 8)


def _shard_files(folder: Path) -> list[Path]:
    """Return the checkpoint's files, all of which exist."""
    index = folder / INDEX
    if index.is_file():
        names = set(read_json(index).get("weight_map", {}).values())
        files = [folder / name for name in sorted(names)]
        for file in files:
            if not file.is_file():
                raise CheckpointError(
                    f"{file} is missing, although {INDEX} lists it. Download the model again."
                )
    else:
        files = sorted(folder.glob("*.safetensors"))
    if not files:
        raise CheckpointError(
            f"{folder} has no .safetensors file. Give the folder of a gpt-oss model "
            "in safetensors format."
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
            raise CheckpointError(f"{file} cannot be read: {error}.") from error
    return headers


class Tensors:
    """The tensors of a checkpoint by name, each handed out once, with the shape asked for."""

    def __init__(self, folder: Path, float_type: mx.Dtype | None) -> None:
        """Read the headers; ``float_type`` is what floating tensors become, None as stored."""
        self.folder = folder
        self.headers = _read_headers(_shard_files(folder))
        self._float_type = float_type
        self._arrays: dict[str, mx.array] = {}
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

    def take(self, name: str, shape: tuple[int, ...]) -> mx.array:
        """Return a tensor, not read yet, and forget it.

        Raises:
            CheckpointError: it is missing or has another shape.
        """
        header = self.header(name)
        if header.shape != shape:
            raise CheckpointError(
                f"{header.file}: tensor {name!r} has shape {list(header.shape)}, "
                f"but config.json asks for {list(shape)}. The two do not belong together."
            )
        if header.file not in self._opened:
            self._open(header.file)
        array = self._arrays.pop(name)
        if self._float_type is not None and mx.issubdtype(array.dtype, mx.floating):
            return array.astype(self._float_type)
        return array

    def _open(self, file: Path) -> None:
        try:
            loaded = mx.load(str(file))
        except RuntimeError as error:
            raise CheckpointError(
                f"{file} is damaged ({error}). Download it again."
            ) from error
        assert isinstance(loaded, dict)  # noqa: S101  (safetensors files give dicts)
        self._arrays.update(loaded)
        self._opened.add(file)


class _Builder:
    """Assembles the model's parts from named tensors, whatever layout they are stored in."""

    def __init__(self, config: GptOssConfig, tensors: Tensors, *, unpack: bool) -> None:
        self.config = config
        self.tensors = tensors
        self.unpack = unpack

    def weight(self, name: str, stack: tuple[int, ...], out: int, width: int) -> Weight:
        """Return the matrix ``name.weight``, dense or packed as its own shapes say."""
        if f"{name}.scales" not in self.tensors:
            return Weight(self.tensors.take(f"{name}.weight", (*stack, out, width)))
        packed_width = self.tensors.header(f"{name}.weight").shape[-1]
        scales = self.tensors.header(f"{name}.scales")
        groups = scales.shape[-1]
        quantization = self._infer(name, packed_width, scales, width)
        offsets = None
        if quantization.mode == "affine":
            offsets = self.tensors.take(f"{name}.biases", (*stack, out, groups))
        return self._finish(
            Weight(
                self.tensors.take(f"{name}.weight", (*stack, out, packed_width)),
                self.tensors.take(f"{name}.scales", (*stack, out, groups)),
                offsets,
                quantization,
            )
        )

    def _infer(
        self, name: str, packed_width: int, scales: TensorHeader, width: int
    ) -> Quantization:
        """Return how a packed matrix was quantised; its shapes and types leave no choice."""
        bits, bits_rest = divmod(packed_width * 32, width)
        group_size, group_rest = divmod(width, scales.shape[-1])
        mode = "affine"
        if scales.dtype == "U8":
            mode = SCALED_FORMATS.get((bits, group_size), "")
        if bits_rest or group_rest or not mode:
            raise CheckpointError(
                f"{scales.file}: {name!r} is packed in a way that MLX does not know "
                f"({bits} bits, groups of {group_size}). Use another conversion of the model."
            )
        return Quantization(group_size, bits, mode)

    def _finish(self, weight: Weight) -> Weight:
        return weight.dense(mx.float32) if self.unpack else weight

    def linear(self, name: str, out: int, width: int) -> Linear:
        return Linear(
            self.weight(name, (), out, width), self.tensors.take(f"{name}.bias", (out,))
        )

    def attention(self, layer: int) -> Attention:
        config, prefix = self.config, f"model.layers.{layer}.self_attn"
        hidden, heads = config.hidden_size, config.num_attention_heads
        queries, keys = heads * config.head_dim, config.num_key_value_heads * config.head_dim
        projections = {
            "q": self.linear(f"{prefix}.q_proj", queries, hidden),
            "k": self.linear(f"{prefix}.k_proj", keys, hidden),
            "v": self.linear(f"{prefix}.v_proj", keys, hidden),
            "o": self.linear(f"{prefix}.o_proj", hidden, queries),
        }
        return Attention(config, layer, projections, self.tensors.take(f"{prefix}.sinks", (heads,)))

    def experts(self, layer: int) -> Experts:
        config, prefix = self.config, f"model.layers.{layer}.mlp"
        router = self.linear(f"{prefix}.router", config.num_local_experts, config.hidden_size)
        experts = f"{prefix}.experts"
        if f"{experts}.gate_up_proj_blocks" in self.tensors:
            gate_up, down = self._block_experts(experts)
        elif f"{experts}.gate_up_proj" in self.tensors:
            gate_up, down = self._dense_experts(experts)
        else:
            gate_up, down = self._mlx_experts(experts)
        return Experts(
            router,
            gate_up,
            down,
            chosen=config.num_experts_per_tok,
            limit=config.swiglu_limit,
        )

    def _expert_sizes(self) -> tuple[int, int, int]:
        config = self.config
        return config.num_local_experts, config.hidden_size, config.intermediate_size

    def _block_experts(self, name: str) -> tuple[list[ExpertLinear], ExpertLinear]:
        """Read the original layout: MXFP4 blocks of 16 bytes, one scale for each."""
        count, hidden, inner = self._expert_sizes()

        def read(part: str, out: int, width: int) -> ExpertLinear:
            groups = width // MXFP4.group_size
            blocks = self.tensors.take(f"{name}.{part}_blocks", (count, out, groups, 16))
            weight = Weight(
                blocks.view(mx.uint32).flatten(-2),
                self.tensors.take(f"{name}.{part}_scales", (count, out, groups)),
                quantization=MXFP4,
            )
            bias = self.tensors.take(f"{name}.{part}_bias", (count, out))
            return ExpertLinear(self._finish(weight), bias)

        return [read("gate_up_proj", 2 * inner, hidden)], read("down_proj", hidden, inner)

    def _dense_experts(self, name: str) -> tuple[list[ExpertLinear], ExpertLinear]:
        """Read the original layout without quantisation: matrices stored (in, out)."""
        count, hidden, inner = self._expert_sizes()

        def read(part: str, out: int, width: int) -> ExpertLinear:
            matrix = self.tensors.take(f"{name}.{part}", (count, width, out))
            bias = self.tensors.take(f"{name}.{part}_bias", (count, out))
            return ExpertLinear(Weight(matrix.swapaxes(-1, -2)), bias)

        return [read("gate_up_proj", 2 * inner, hidden)], read("down_proj", hidden, inner)

    def _mlx_experts(self, name: str) -> tuple[list[ExpertLinear], ExpertLinear]:
        """Read MLX's layout: gate and up apart, dense or packed."""
        count, hidden, inner = self._expert_sizes()

        def read(part: str, out: int, width: int) -> ExpertLinear:
            weight = self.weight(f"{name}.{part}", (count,), out, width)
            return ExpertLinear(weight, self.tensors.take(f"{name}.{part}.bias", (count, out)))

        gate_up = [read("gate_proj", inner, hidden), read("up_proj", inner, hidden)]
        return gate_up, read("down_proj", hidden, inner)

    def block(self, layer: int) -> Block:
        hidden, prefix = (self.config.hidden_size,), f"model.layers.{layer}"
        return Block(
            self.tensors.take(f"{prefix}.input_layernorm.weight", hidden),
            self.attention(layer),
            self.tensors.take(f"{prefix}.post_attention_layernorm.weight", hidden),
            self.experts(layer),
        )

    def vocabulary(self) -> Vocabulary:
        count, width = self.config.vocab_size, self.config.hidden_size
        row_of_token = None
        if ROWS in self.tensors:
            row_of_token, count = self._row_map()
        embedding = self.weight("model.embed_tokens", (), count, width)
        if self.config.tie_word_embeddings and "lm_head.weight" not in self.tensors:
            return Vocabulary(embedding, embedding, row_of_token)
        return Vocabulary(embedding, self.weight("lm_head", (), count, width), row_of_token)

    def _row_map(self) -> tuple[mx.array, int]:
        """Return each token's row int32 (vocab_size,) and how many rows there are."""
        header = self.tensors.header(ROWS)
        tokens = np.asarray(self.tensors.take(ROWS, header.shape))
        shared = len(tokens)
        rows = np.full(self.config.vocab_size, shared, dtype=np.int32)
        if tokens.ndim != 1 or (shared and not 0 <= tokens.min() <= tokens.max() < rows.size):
            raise CheckpointError(
                f"{header.file}: {ROWS!r} names tokens outside the vocabulary. "
                "Install harmony-tui again."
            )
        rows[tokens] = np.arange(shared, dtype=np.int32)
        return mx.array(rows), shared + 1


def _dense_bytes(headers: Iterable[TensorHeader], item_bytes: int) -> int:
    """Return an upper bound of the weights' size once unpacked: 4-bit numbers, two to a byte."""
    packed = {"U8": 2, "U32": 8}
    return sum(h.item_count * packed.get(h.dtype, 1) * item_bytes for h in headers)


def _check_memory(folder: Path, needed: int, device: Device) -> None:
    if needed > device.total_memory:
        gib = 2**30
        raise CheckpointError(
            f"{folder} needs {needed / gib:.1f} GiB of memory for its weights alone, and "
            f"{device.name} has {device.total_memory / gib:.1f} GiB. Use a smaller model."
        )


def _stored_bytes(tensors: Tensors, device: Device) -> int:
    """Return the weights' size in memory with packed ones left packed."""
    widened = 4 if device.on_cpu else 0
    return sum(
        max(h.byte_count, h.item_count * widened if "F" in h.dtype else 0)
        for h in tensors.headers.values()
    )


def load_checkpoint(folder: Path, device: Device, progress: Progress) -> GptOss:
    """Return the model of a folder, its arrays evaluated on the calling thread.

    Args:
        folder: holds ``config.json`` and the safetensors files.
        device: what MLX runs on; it decides the types that weights are held in.
        progress: told what is being read and how far it is, 0 to 1.

    Raises:
        CheckpointError: the folder holds no usable gpt-oss checkpoint, or memory is too small.
    """
    config = read_config(folder)
    tensors = Tensors(folder, device.activation_type)
    _check_memory(folder, _stored_bytes(tensors, device), device)
    dense_bytes = _dense_bytes(tensors.headers.values(), item_bytes=4)
    unpack = device.on_cpu and dense_bytes <= DENSE_SHARE * device.total_memory
    builder = _Builder(config, tensors, unpack=unpack)
    steps = config.num_hidden_layers + 1
    progress("vocabulary", 0.0)
    vocabulary = builder.vocabulary()
    _evaluate(vocabulary.arrays(), folder)
    blocks = []
    for layer in range(config.num_hidden_layers):
        progress(f"layer {layer + 1} of {config.num_hidden_layers}", (layer + 1) / steps)
        block = builder.block(layer)
        _evaluate(block.arrays(), folder)
        blocks.append(block)
    model = GptOss(
        config, vocabulary, blocks, tensors.take("model.norm.weight", (config.hidden_size,))
    )
    _evaluate(model.arrays(), folder)
    mx.clear_cache()
    progress("ready", 1.0)
    return model


def _evaluate(arrays: list[mx.array], folder: Path) -> None:
    try:
        mx.eval(arrays)
    except RuntimeError as error:
        raise CheckpointError(
            f"The weights in {folder} could not be read ({error}). "
            "Download them again, or free some memory."
        ) from error


def describe_quantization(folder: Path) -> str:
    """Return in a word how a checkpoint's weights are stored, such as ``mxfp4`` or ``bf16``."""
    content = read_json(folder / "config.json")
    settings = content.get("quantization") or content.get("quantization_config") or {}
    if not settings:
        return str(content.get("torch_dtype") or content.get("dtype") or "unquantised")
    if method := settings.get("quant_method"):
        return str(method)
    mode = settings.get("mode", "affine")
    return f"{mode} {settings.get('bits')}-bit" if mode == "affine" else str(mode)
