"""Makes a model of a gpt-oss checkpoint, in the original layout or MLX's.

Tensors are read one layer at a time and in the types that the device computes in, so that hardly
more is held than the model itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import mlx.core as mx
import numpy as np

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
from engine.models.lanes import Lanes
from engine.models.linear import (
    PANEL_THREADS,
    Dense,
    Linear,
    Packed,
    Panels,
    Quantization,
    Weight,
)
from engine.models.room import (
    NO_CACHE,
    CacheRooms,
    Releasable,
    decide_to_unpack,
    float_type_of,
    must_make_room,
)
from engine.models.tensors import EMBEDDING, FINAL_NORM, TensorHeader, Tensors

ROWS = "vocabulary.rows"
"""The tensor that lists the tokens which have rows of their own; the last row serves the rest."""
WORDS, VECTORS, PROJECTION = "vocabulary.words", "vocabulary.vectors", "vocabulary.projection"
"""The tensors that say what words without a row add to the last one (see ``demo.exporting``)."""

MXFP4 = Quantization(group_size=32, bits=4, mode="mxfp4")

SCALED_FORMATS = {(4, 32): "mxfp4", (8, 32): "mxfp8", (4, 16): "nvfp4"}
"""The formats whose scales are single bytes, by bits and group size."""

AFFINE_BITS = (2, 3, 4, 5, 6, 8)
AFFINE_GROUPS = (32, 64, 128)

Progress = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class _Builder:
    """Assembles the model's parts from named tensors, whatever layout they are stored in.

    Matrices are reordered for the CPU, whose plain BLAS is twice as fast with (in, out) than with
    the (out, in) of most checkpoints; a GPU reads either order equally well.
    """

    config: GptOssConfig
    tensors: Tensors
    float_type: mx.Dtype
    lanes: Lanes | None
    """Those of the CPU, if it computes."""
    in_panels: bool
    """Whether the head is held as panels where it is not packed."""
    experts_in_panels: bool
    """Whether experts are."""
    unpack: bool

    def floats(self, name: str, shape: tuple[int, ...]) -> mx.array:
        return self.tensors.take(name, shape).astype(self.float_type)

    def packed(self, name: str, stack: tuple[int, ...], out: int, width: int) -> Packed:
        """Return the packed matrix ``name.weight``; how it is packed shows in its shapes."""
        weight, scales = (self.tensors.header(f"{name}.{part}") for part in ("weight", "scales"))
        if f"{name}.global_scale" in self.tensors:
            raise _unknown_packing(name, scales, "scaled as a whole")
        quantization = infer_quantization(name, weight, scales, width)
        groups = width // quantization["group_size"]
        columns = width * quantization["bits"] // 32
        packed = self.tensors.take(f"{name}.weight", (*stack, out, columns), ("U32",))
        if quantization["mode"] != "affine":
            bytes_ = self.tensors.take(f"{name}.scales", (*stack, out, groups), ("U8",))
            return Packed(packed, bytes_, None, quantization)
        factors, offsets = (
            self.floats(f"{name}.{part}", (*stack, out, groups)) for part in ("scales", "biases")
        )
        return Packed(packed, factors, offsets, quantization)

    def weight(self, name: str, stack: tuple[int, ...], out: int, width: int) -> Weight:
        """Return the matrix ``name.weight``, stored as (..., out, in), dense or packed."""
        if f"{name}.scales" in self.tensors:
            return self.kept_or_unpacked(self.packed(name, stack, out, width))
        matrix = self.tensors.take(f"{name}.weight", (*stack, out, width))
        return self.expert(matrix) if stack else self.dense(matrix)

    def dense(self, matrix: mx.array) -> Dense:
        """Return a matrix given as (..., out, in)."""
        matrix = matrix.swapaxes(-1, -2)
        if self.lanes is not None:
            matrix = mx.contiguous(matrix)
        return Dense(matrix.astype(self.float_type))

    def kept_or_unpacked(self, weight: Packed) -> Weight:
        if not self.unpack:
            return weight
        matrix = weight.unpack()
        return self.expert(matrix) if matrix.ndim > 2 else self.dense(matrix)

    def expert(self, matrix: mx.array) -> Weight:
        """Return the matrices of experts, given as (experts, out, in)."""
        return Panels.of_rows(matrix) if self.experts_in_panels else self.dense(matrix)

    def linear(self, name: str, out: int, width: int) -> Linear:
        return Linear(self.weight(name, (), out, width), self.floats(f"{name}.bias", (out,)))

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
        sinks = self.floats(f"{prefix}.sinks", (heads,))
        return Attention(config, layer, projections, sinks, self.lanes)

    def experts(self, layer: int) -> Experts:
        config, prefix = self.config, f"model.layers.{layer}.mlp"
        hidden, inner = config.hidden_size, config.intermediate_size
        name = f"{prefix}.experts"
        if f"{name}.gate_up_proj_blocks" in self.tensors:
            read, gate_up = self.block_expert, {"gate_up_proj": 2 * inner}
        elif f"{name}.gate_up_proj" in self.tensors:
            read, gate_up = self.dense_expert, {"gate_up_proj": 2 * inner}
        else:
            read, gate_up = self.mlx_expert, {"gate_proj": inner, "up_proj": inner}
        return Experts(
            self.linear(f"{prefix}.router", config.num_local_experts, hidden),
            [read(f"{name}.{part}", out, hidden) for part, out in gate_up.items()],
            read(f"{name}.down_proj", hidden, inner),
            chosen=config.num_experts_per_tok,
            limit=config.swiglu_limit,
            lanes=self.lanes,
        )

    def block_expert(self, name: str, out: int, width: int) -> ExpertLinear:
        """Read the original layout: MXFP4 in blocks of 32 numbers, 16 bytes and a scale each."""
        count, header = self.config.num_local_experts, self.tensors.header(f"{name}_blocks")
        groups, rest = divmod(width, MXFP4["group_size"])
        if rest:
            raise CheckpointError(
                f"{header.file}: {name!r} is in blocks of 32, but config.json makes it {width} "
                "wide. The two do not belong together; download the model again."
            )
        blocks = self.tensors.take(f"{name}_blocks", (count, out, groups, 16), ("U8",))
        scales = self.tensors.take(f"{name}_scales", (count, out, groups), ("U8",))
        packed = Packed(blocks.view(mx.uint32).flatten(-2), scales, None, MXFP4)
        return ExpertLinear(
            self.kept_or_unpacked(packed), self.floats(f"{name}_bias", (count, out))
        )

    def dense_expert(self, name: str, out: int, width: int) -> ExpertLinear:
        """Read the original layout without quantisation: matrices stored as (in, out)."""
        count = self.config.num_local_experts
        matrix = self.floats(name, (count, width, out))
        in_panels = self.experts_in_panels
        weight = Panels.of_rows(matrix.swapaxes(-1, -2)) if in_panels else Dense(matrix)
        return ExpertLinear(weight, self.floats(f"{name}_bias", (count, out)))

    def mlx_expert(self, name: str, out: int, width: int) -> ExpertLinear:
        """Read MLX's layout: gate and up apart, dense or packed."""
        count = self.config.num_local_experts
        weight = self.weight(name, (count,), out, width)
        return ExpertLinear(weight, self.floats(f"{name}.bias", (count, out)))

    def block(self, layer: int) -> Block:
        hidden, prefix = (self.config.hidden_size,), f"model.layers.{layer}"
        return Block(
            self.floats(f"{prefix}.input_layernorm.weight", hidden),
            self.attention(layer),
            self.floats(f"{prefix}.post_attention_layernorm.weight", hidden),
            self.experts(layer),
        )

    def vocabulary(self) -> Vocabulary:
        if ROWS in self.tensors:
            return self.compact_vocabulary()
        count = self.config.vocab_size
        embedding = self.embedding(count)
        if not self.config.tie_word_embeddings:
            head = self.head(count)
        elif isinstance(embedding, Packed):
            head = embedding
        else:
            head = self.head_of(embedding)
        return Vocabulary(embedding, head)

    def head(self, count: int) -> Weight:
        """Return the head of so many rows that the checkpoint has."""
        name, width = "lm_head", self.config.hidden_size
        if f"{name}.scales" not in self.tensors:
            return self.head_of(self.tensors.take(f"{name}.weight", (count, width)))
        packed = self.packed(name, (), count, width)
        return self.head_of(packed.unpack()) if self.unpack else packed

    def head_of(self, matrix: mx.array) -> Weight:
        """Return the head that a matrix (vocab_size, hidden) is."""
        return Panels.of_rows(matrix, self.lanes) if self.in_panels else self.dense(matrix)

    def compact_vocabulary(self) -> Vocabulary:
        """Read a vocabulary of which only some tokens have rows, and some words a vector each.

        The layout is that of ``demo.exporting``: words add their projected vector to the last row.
        """
        size, width = self.config.vocab_size, self.config.hidden_size
        trained = self.token_list(ROWS, 1)[0]
        count = len(trained) + 1
        head_rows = np.full(size, count - 1, dtype=np.int32)
        head_rows[trained] = np.arange(count - 1, dtype=np.int32)
        embedding = self.tensors.take(f"{EMBEDDING}.weight", (count, width))
        embedding_rows = head_rows.copy()
        if WORDS in self.tensors:
            tokens, places = self.token_list(WORDS, 2)
            shape = self.tensors.header(VECTORS).shape
            vectors = self.tensors.take(VECTORS, shape, ("I8",)).astype(mx.float32)
            projection = self.tensors.take(PROJECTION, (shape[-1], width)).astype(mx.float32)
            words = embedding[-1:].astype(mx.float32) + vectors @ projection
            embedding = mx.concatenate([embedding, words.astype(embedding.dtype)])
            embedding_rows[tokens] = count + places
        head = self.head(count)
        return Vocabulary(embedding, head, (mx.array(embedding_rows), mx.array(head_rows)))

    def embedding(self, count: int) -> mx.array | Packed:
        """Return the embedding as it is stored: only few of its rows are read for a prompt."""
        name, width = EMBEDDING, self.config.hidden_size
        if f"{name}.scales" in self.tensors:
            return self.packed(name, (), count, width)
        return self.tensors.take(f"{name}.weight", (count, width))

    def token_list(self, name: str, dimensions: int) -> np.ndarray:
        """Return tokens int64 (dimensions, n), whose further rows say something about each.

        A list of one dimension is stored as (n,).
        """
        header, size = self.tensors.header(name), self.config.vocab_size
        stored = self.tensors.take(name, header.shape, ("I32", "U32"))
        listed = np.atleast_2d(np.asarray(stored, dtype=np.int64))
        is_list = listed.ndim == 2 and len(listed) == dimensions
        if not is_list or np.any((listed < 0) | (listed >= size)):
            raise CheckpointError(
                f"{header.file}: {name!r} is no list of tokens of the vocabulary. "
                "Install harmony-tui again."
            )
        return listed


def infer_quantization(
    name: str, weight: TensorHeader, scales: TensorHeader, width: int
) -> Quantization:
    """Return how a matrix of this width is packed; its shapes and types leave no choice.

    Raises:
        CheckpointError: they are none that this program reads.
    """
    bits, bits_rest = divmod(weight.shape[-1] * 32, width) if weight.shape else (0, 1)
    group_size, group_rest = divmod(width, scales.shape[-1]) if all(scales.shape) else (0, 1)
    mode: str | None
    if scales.dtype == "U8":
        mode = SCALED_FORMATS.get((bits, group_size))
    else:
        mode = "affine" if bits in AFFINE_BITS and group_size in AFFINE_GROUPS else None
    if bits_rest or group_rest or mode is None:
        raise _unknown_packing(name, scales, f"{bits} bits, groups of {group_size}")
    return Quantization(group_size=group_size, bits=bits, mode=mode)


def _unknown_packing(name: str, scales: TensorHeader, how: str) -> CheckpointError:
    return CheckpointError(
        f"{scales.file}: {name!r} is packed in a way that this program does not read ({how}). "
        "Use another conversion of the model."
    )


def load_checkpoint(
    folder: Path,
    device: Device,
    progress: Progress,
    *,
    unpack: bool = False,
    cache_room: CacheRooms = lambda *_: NO_CACHE,
    before: Releasable | None = None,
) -> GptOss:
    """Return the model of a folder, its arrays evaluated on the calling thread.

    On the CPU it computes in float32, where MLX is fast and exact; on a GPU in the type of the
    checkpoint's own norms.

    Args:
        folder: holds ``config.json`` and the safetensors files.
        device: what MLX runs on; it decides the types that weights are held in.
        progress: told what is being read and how far it is, 0 to 1.
        unpack: on a GPU too, hold packed weights unpacked, in 16 bits, if its memory allows; on
            CUDA prompts are then read several times as fast (issue 4339 of mlx).
        cache_room: says what memory there has to be for the KV cache too.
        before: the model before, which is let go first if there is room for one alone, and if all
            tensors are there that this one needs.

    Raises:
        CheckpointError: the folder holds no usable gpt-oss checkpoint, or memory is too small.
    """
    config = read_config(folder)
    tensors = Tensors(folder)
    float_type = float_type_of(tensors, device)
    room = cache_room(config, float_type.size)
    in_panels = device.on_cpu and device.blas_threads in range(1, PANEL_THREADS + 1)
    experts_in_panels = in_panels and device.multiplies_in_place
    lanes = Lanes(device.lanes) if device.on_cpu else None
    build = partial(
        _Builder,
        config,
        float_type=float_type,
        lanes=lanes,
        in_panels=in_panels,
        experts_in_panels=experts_in_panels,
    )
    if before is not None and must_make_room(
        folder, config, tensors, device, room, before.byte_count
    ):
        _check_tensors(build(tensors=Tensors(folder), unpack=False))
        before.release()
    unpack = decide_to_unpack(folder, config, tensors, device, room, wanted=unpack)
    builder = build(tensors=tensors, unpack=unpack)
    layers, blocks = config.num_hidden_layers, []
    progress("vocabulary", 0.0)
    vocabulary = builder.vocabulary()
    _evaluate(vocabulary.arrays(), folder)
    for layer in range(layers):
        progress(f"layer {layer + 1} of {layers}", (layer + 1) / (layers + 1))
        blocks.append(builder.block(layer))
        _evaluate(blocks[-1].arrays(), folder)
    model = GptOss(
        config,
        vocabulary,
        blocks,
        builder.floats(FINAL_NORM, (config.hidden_size,)),
        lanes=lanes,
    )
    _evaluate(model.arrays(), folder)
    mx.clear_cache()
    progress("ready", 1.0)
    return model


def _check_tensors(builder: _Builder) -> None:
    """See that there are all tensors that a model is made of, as they have to be; read none.

    Raises:
        CheckpointError: they are not.
    """
    builder.vocabulary()
    for layer in range(builder.config.num_hidden_layers):
        builder.block(layer)
    builder.floats(FINAL_NORM, (builder.config.hidden_size,))


def _evaluate(arrays: list[mx.array], folder: Path) -> None:
    try:
        mx.eval(arrays)
    except (RuntimeError, MemoryError) as error:
        raise CheckpointError(
            f"The weights in {folder} could not be read ({error}). "
            "Free some memory, or download them again."
        ) from error


def describe_quantization(folder: Path) -> str:
    """Return in a word how a checkpoint's weights are stored, such as ``mxfp4`` or ``bf16``.

    Raises:
        CheckpointError: ``config.json`` cannot be read.
    """
    content = read_json(folder / "config.json")
    settings = content.get("quantization") or content.get("quantization_config")
    if not isinstance(settings, dict):
        return str(content.get("torch_dtype") or content.get("dtype") or "unquantised")
    if method := settings.get("quant_method"):
        return str(method)
    mode = settings.get("mode", "affine")
    return f"{mode} {settings.get('bits')}-bit" if mode == "affine" else str(mode)
