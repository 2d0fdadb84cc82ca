"""Every way in which a checkpoint can be wrong gives a message, and loading takes little memory."""

from __future__ import annotations

import dataclasses
import gc
import json
import shutil
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import mlx.core as mx
import numpy as np
import pytest

from engine.models import device, room
from engine.models.checkpoint import describe_quantization, load_checkpoint
from engine.models.configuration import CheckpointError, read_config
from engine.models.device import Device, prepare
from engine.models.linear import Dense, Packed
from engine.models.memory import Memory
from engine.models.room import bytes_in_memory
from engine.models.tensors import Tensors
from tests.engine.models.checkpoints import MXFP4, VOCABULARY, write_checkpoint
from tests.engine.models.conftest import CheckpointMaker
from tests.engine.models.references import load_ours, our_logits

FILE = "model.safetensors"
INDEX = "model.safetensors.index.json"
SHARD = "model-00002-of-00003.safetensors"
QUERY = "model.layers.1.self_attn.q_proj.weight"
BLOCKS = "model.layers.1.mlp.experts.down_proj_blocks"

BITS = {"BF16": 16, "F64": 64, "F8_E4M3": 8, "I16": 16}

Spoil = Callable[[Path], None]


def refusal(folder: Path, **changes: Any) -> str:
    """Return the message with which a checkpoint is refused, which is one or two sentences."""
    with pytest.raises(CheckpointError) as caught:
        load_ours(folder, **changes)
    message = str(caught.value)
    assert "\n" not in message
    assert str(folder) in message
    assert message.endswith(".")
    return message


def change_config(**changes: Any) -> Spoil:
    """Return what overwrites settings in ``config.json``; None removes one."""

    def spoil(folder: Path) -> None:
        config = json.loads((folder / "config.json").read_text()) | changes
        kept = {key: value for key, value in config.items() if value is not None}
        (folder / "config.json").write_text(json.dumps(kept))

    return spoil


def write(file: str, content: bytes) -> Spoil:
    def spoil(folder: Path) -> None:
        (folder / file).write_bytes(content)

    return spoil


def cut(file: str, keep: int) -> Spoil:
    """Return what truncates a file; negative ``keep`` counts from its end."""

    def spoil(folder: Path) -> None:
        content = (folder / file).read_bytes()
        (folder / file).write_bytes(content[:keep])

    return spoil


def overwrite(file: str, place: int, content: bytes) -> Spoil:
    def spoil(folder: Path) -> None:
        with (folder / file).open("r+b") as opened:
            opened.seek(place)
            opened.write(content)

    return spoil


def change_tensors(**changes: Any) -> Spoil:
    """Return what replaces tensors, ``__`` for a dot; None removes one."""

    def spoil(folder: Path) -> None:
        tensors = mx.load(str(folder / FILE))
        assert isinstance(tensors, dict)
        for key, value in changes.items():
            name = key.replace("__", ".")
            tensors[name] = value(tensors[name]) if callable(value) else value
        kept = {name: array for name, array in tensors.items() if array is not None}
        mx.save_safetensors(str(folder / "new.safetensors"), kept)
        (folder / "new.safetensors").replace(folder / FILE)

    return spoil


def change_header(**changes: str) -> Spoil:
    """Return what changes the types of tensors in a file's header, their bytes kept."""

    def spoil(folder: Path) -> None:
        content = (folder / FILE).read_bytes()
        (size,) = struct.unpack("<Q", content[:8])
        header = json.loads(content[8 : 8 + size])
        for key, dtype in changes.items():
            entry = header[key.replace("__", ".")]
            entry["shape"][-1] = entry["shape"][-1] * BITS[entry["dtype"]] // BITS[dtype]
            entry["dtype"] = dtype
        encoded = json.dumps(header).encode()
        (folder / FILE).write_bytes(struct.pack("<Q", len(encoded)) + encoded + content[8 + size :])

    return spoil


def remove(file: str) -> Spoil:
    return lambda folder: (folder / file).unlink()


def name_key(name: str) -> str:
    return name.replace(".", "__")


def widen_experts(folder: Path) -> None:
    """Make the experts' inner size 72, which is no multiple of a block's 32."""
    change_config(intermediate_size=72)(folder)
    gate_up = {
        "blocks": mx.zeros((6, 144, 2, 16), mx.uint8),
        "scales": mx.zeros((6, 144, 2), mx.uint8),
        "bias": mx.zeros((6, 144), mx.bfloat16),
    }
    prefix = "model.layers.0.mlp.experts.gate_up_proj"
    change_tensors(**{name_key(f"{prefix}_{kind}"): a for kind, a in gate_up.items()})(folder)


SPOILED: dict[str, tuple[Spoil, str]] = {
    "no config": (remove("config.json"), "config.json does not exist"),
    "config not JSON": (write("config.json", b"{"), "config.json is not valid JSON"),
    "config not text": (write("config.json", b"\xff\xfe\x00"), "config.json is not valid JSON"),
    "config a list": (write("config.json", b"[1]"), "config.json holds no JSON object"),
    "another model": (change_config(model_type="llama"), "describes a model of type 'llama'"),
    "no model type": (change_config(model_type=None), "describes a model of type None"),
    "size zero": (change_config(hidden_size=0), "config.json is not a usable gpt_oss"),
    "size not a number": (change_config(num_hidden_layers="x"), "num_hidden_layers"),
    "heads do not divide": (change_config(num_key_value_heads=3), "num_attention_heads"),
    "layer types too few": (change_config(layer_types=["full_attention"]), "layer_types"),
    "other scaling": (change_config(rope_scaling={"rope_type": "llama3"}), "rope_type"),
    "scaling infinite": (
        change_config(rope_scaling={"rope_type": "yarn", "factor": float("inf")}),
        "rope_scaling.factor",
    ),
    "scaling enormous": (
        change_config(rope_scaling={"rope_type": "yarn", "factor": 1e308}),
        "rope_scaling.factor",
    ),
    "scaling by kind of layer": (
        change_config(rope_scaling={"full_attention": {"rope_type": "yarn", "factor": 8.0}}),
        "rope_type",
    ),
    "theta infinite": (change_config(rope_theta=float("inf")), "rope_theta"),
    "other vocabulary": (change_config(vocab_size=200000), "must have [200000, 64]"),
    "awq": (change_config(quantization_config={"quant_method": "awq"}), "'awq'"),
    "wider experts": (change_config(intermediate_size=72), "must have [6, 144, 2, 16]"),
    "another width": (change_config(hidden_size=72), "must have [201088, 72]"),
    "more experts": (change_config(num_local_experts=8), "model.layers.0.mlp.router"),
    "more layers": (
        change_config(num_hidden_layers=6, layer_types=None),
        "no tensor 'model.layers.2.input_layernorm.weight'",
    ),
    "empty file": (cut(FILE, 0), f"{FILE} is truncated or damaged"),
    "cut in the header": (cut(FILE, 100), f"{FILE} is truncated or damaged"),
    "cut in the data": (cut(FILE, -1), f"{FILE} is truncated or damaged"),
    "header too long": (overwrite(FILE, 0, b"\xff" * 8), f"{FILE} is truncated or damaged"),
    "header garbage": (overwrite(FILE, 9, b"\x00\xffgarbage"), f"{FILE} is truncated or damaged"),
    "no weights": (remove(FILE), "has no .safetensors file"),
    "tensor missing": (change_tensors(**{name_key(QUERY): None}), f"no tensor '{QUERY}'"),
    "tensor turned": (
        change_tensors(**{name_key(QUERY): lambda a: mx.contiguous(a.T)}),
        f"tensor '{QUERY}' has shape [64, 128]",
    ),
    "tensor of one number": (
        change_tensors(**{name_key(BLOCKS): mx.array(1, dtype=mx.uint8)}),
        f"tensor '{BLOCKS}' has shape []",
    ),
    "integers for weights": (
        change_tensors(**{name_key(QUERY): lambda a: a.astype(mx.int32)}),
        f"tensor '{QUERY}' holds I32 numbers",
    ),
    "rows beyond the vocabulary": (
        change_tensors(vocabulary__rows=mx.array([5, VOCABULARY], dtype=mx.int32)),
        "'vocabulary.rows' is no list of tokens",
    ),
    "rows below zero": (
        change_tensors(vocabulary__rows=mx.array([-1], dtype=mx.int32)),
        "'vocabulary.rows' is no list of tokens",
    ),
    "rows in a table": (
        change_tensors(vocabulary__rows=mx.zeros((2, 2), dtype=mx.int32)),
        "'vocabulary.rows' is no list of tokens",
    ),
    "rows as fractions": (
        change_tensors(vocabulary__rows=mx.array([0.5])),
        "'vocabulary.rows' holds F32 numbers",
    ),
    "wide blocks": (widen_experts, "is in blocks of 32, but config.json makes it 72 wide"),
}


@pytest.mark.parametrize("case", SPOILED)
def test_spoiled_checkpoint_is_refused(
    checkpoint: CheckpointMaker, tmp_path: Path, case: str
) -> None:
    spoil, expected = SPOILED[case]
    shutil.copytree(checkpoint("original-mxfp4", num_hidden_layers=2), tmp_path, dirs_exist_ok=True)
    spoil(tmp_path)
    assert expected in refusal(tmp_path)


@pytest.mark.parametrize(
    ("dtype", "items", "expected"),
    [
        ("F8_E4M3", 32, "'model.norm.weight' holds F8_E4M3 numbers, not BF16 or F16 or F32."),
        ("I16", 64, "'model.norm.weight' holds I16 numbers, not BF16 or F16 or F32."),
        ("F64", 256, f"{FILE} cannot be read by MLX ([safetensor] unsupported dtype F64)."),
    ],
)
def test_other_number_types_are_refused(
    checkpoint: CheckpointMaker, tmp_path: Path, dtype: str, items: int, expected: str
) -> None:
    """Even where the shape fits."""
    shutil.copytree(checkpoint("original-mxfp4", num_hidden_layers=2), tmp_path, dirs_exist_ok=True)
    change_tensors(model__norm__weight=mx.ones(items, mx.bfloat16))(tmp_path)
    change_header(model__norm__weight=dtype)(tmp_path)
    assert expected in refusal(tmp_path)


SPOILED_SHARDS: dict[str, tuple[Spoil, str]] = {
    "shard missing": (remove(SHARD), f"{SHARD} is missing"),
    "shard cut": (cut(SHARD, -1), f"{SHARD} is truncated or damaged"),
    "index not JSON": (write(INDEX, b"{"), f"{INDEX} is not valid JSON"),
    "index without files": (write(INDEX, b"{}"), f"{INDEX} names no files"),
    "index of numbers": (write(INDEX, b'{"weight_map": {"a": 1}}'), f"{INDEX} names no files"),
}


@pytest.mark.parametrize("case", SPOILED_SHARDS)
def test_spoiled_shards_are_refused(checkpoint: CheckpointMaker, tmp_path: Path, case: str) -> None:
    spoil, expected = SPOILED_SHARDS[case]
    sharded = checkpoint("mlx-mixed", num_hidden_layers=2, shards=3)
    shutil.copytree(sharded, tmp_path, dirs_exist_ok=True)
    spoil(tmp_path)
    assert expected in refusal(tmp_path)


def test_unknown_packing_is_refused(tmp_path: Path) -> None:
    write_checkpoint(tmp_path, "mlx-mixed", num_hidden_layers=2)
    scales = "model__layers__0__self_attn__q_proj__scales"
    change_tensors(**{scales: lambda a: a[:, :0]})(tmp_path)
    assert "packed in a way that this program does not read" in refusal(tmp_path)
    change_tensors(**{scales: mx.zeros((128, 4), mx.bfloat16)})(tmp_path)
    assert "(8 bits, groups of 16)" in refusal(tmp_path)


def test_missing_folder_and_file_for_folder(tmp_path: Path) -> None:
    assert "does not exist" in refusal(tmp_path / "nowhere")
    (tmp_path / "file").write_text("")
    assert "cannot be read (Not a directory)" in refusal(tmp_path / "file")


def test_too_little_memory(checkpoint: CheckpointMaker) -> None:
    message = refusal(checkpoint("original-mxfp4"), total_memory=50 * 2**20)
    assert "take 0.1 GiB of memory" in message
    assert "0.0 GiB. Use a smaller model." in message


def test_too_little_memory_free(
    checkpoint: CheckpointMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = checkpoint("original-mxfp4")
    monkeypatch.setattr(device, "read_memory", lambda: Memory(total=2**34, free=2**20))
    message = refusal(folder)
    assert "take 0.1 GiB of memory, and of the " in message
    assert "only 0.0 GiB are free. Close other programs, or use a smaller model." in message
    monkeypatch.undo()
    assert load_ours(folder).blocks


@pytest.mark.parametrize("layout", ["original-mxfp4", "mlx-mixed"])
@pytest.mark.parametrize("tied", [False, True])
@pytest.mark.parametrize("on_cpu", [False, True])
def test_memory_is_foreseen(
    checkpoint: CheckpointMaker, layout: str, tied: bool, on_cpu: bool
) -> None:
    """What is refused for its size has the size that the model then takes."""
    folder = checkpoint(layout, tie_word_embeddings=tied, num_hidden_layers=2)
    here = dataclasses.replace(prepare(), on_cpu=on_cpu, total_memory=2**28)
    gc.collect()  # models of earlier tests are not to go while this one comes
    mx.clear_cache()
    before = mx.get_active_memory()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(room, "UNPACKED_SHARE", 0.0)
        model = load_checkpoint(folder, here, lambda *_: None)
    taken = mx.get_active_memory() - before
    foreseen = bytes_in_memory(model.config, Tensors(folder), here, unpack=False)
    assert foreseen == pytest.approx(taken, rel=0.01)


@pytest.mark.parametrize(("room", "packed"), [(2**28, False), (0, True)])
def test_a_gpu_unpacks_on_request_where_there_is_room(
    checkpoint: CheckpointMaker, monkeypatch: pytest.MonkeyPatch, room: int, packed: bool
) -> None:
    folder = checkpoint("original-mxfp4", num_hidden_layers=2)
    gpu = dataclasses.replace(prepare(), on_cpu=False, total_memory=2**40)
    needed = bytes_in_memory(read_config(folder), Tensors(folder), gpu, unpack=False)
    monkeypatch.setattr(Device, "free_memory", lambda _: needed + room)
    gc.collect()
    before = mx.get_active_memory()
    model = load_checkpoint(folder, gpu, lambda *_: None, unpack=True)
    taken = mx.get_active_memory() - before
    foreseen = bytes_in_memory(model.config, Tensors(folder), gpu, unpack=not packed)
    weight = model.blocks[0].experts.down.weight
    assert isinstance(weight, Packed if packed else Dense)
    assert taken <= foreseen * 1.01
    if isinstance(weight, Dense):
        assert weight.matrix.dtype == mx.bfloat16


def test_weights_stay_packed_where_memory_is_short(checkpoint: CheckpointMaker) -> None:
    folder = checkpoint("mlx-affine-4bit")
    unpacked, packed = load_ours(folder), load_ours(folder, total_memory=100 * 2**20)
    sizes = [sum(a.nbytes for a in model.arrays()) for model in (packed, unpacked)]
    assert sizes[0] < sizes[1] / 2
    results = [our_logits(m, [1, 2, 3], [3], [0, 1, 2]) for m in (packed, unpacked)]
    assert np.abs(results[0] - results[1]).max() < 1e-3


def test_tokens_without_rows_share_the_last(checkpoint: CheckpointMaker, tmp_path: Path) -> None:
    """A reduced vocabulary answers as the full one whose other rows are all alike."""
    tokens, trained = [7, 9, 11, 4000, 9], mx.array([11, 200002, 7, 9])
    shutil.copytree(checkpoint("original-mxfp4", num_hidden_layers=2), tmp_path / "full")
    shutil.copytree(tmp_path / "full", tmp_path / "reduced")
    rows = np.full(VOCABULARY, 4000)
    rows[np.array(trained)] = np.array(trained)
    wanted = mx.array(rows)
    chosen = mx.concatenate([trained, mx.array([4000])])
    matrices = ("model__embed_tokens__weight", "lm_head__weight")
    change_tensors(**dict.fromkeys(matrices, lambda a: a[wanted]))(tmp_path / "full")
    change_tensors(
        **dict.fromkeys(matrices, lambda a: a[chosen]),
    )(tmp_path / "reduced")
    add_rows(tmp_path / "reduced", trained)
    full, reduced = (
        our_logits(load_ours(tmp_path / name), tokens, [5], [*range(5)])
        for name in ("full", "reduced")
    )
    assert full.shape == reduced.shape == (5, VOCABULARY)
    assert np.abs(full - reduced).max() < 1e-5


def add_rows(folder: Path, tokens: mx.array) -> None:
    tensors = mx.load(str(folder / FILE))
    assert isinstance(tensors, dict)
    tensors["vocabulary.rows"] = tokens.astype(mx.int32)
    mx.save_safetensors(str(folder / "new.safetensors"), tensors)
    (folder / "new.safetensors").replace(folder / FILE)


def test_progress_rises_to_one(checkpoint: CheckpointMaker) -> None:
    heard: list[tuple[str, float]] = []
    load_checkpoint(checkpoint("original-mxfp4"), prepare(), lambda *report: heard.append(report))
    assert [label for label, _ in heard] == [
        "vocabulary",
        *(f"layer {n} of 4" for n in range(1, 5)),
        "ready",
    ]
    fractions = [fraction for _, fraction in heard]
    assert fractions == sorted(fractions)
    assert (fractions[0], fractions[-1]) == (0.0, 1.0)


def test_loading_holds_little_more_than_the_model(tmp_path: Path) -> None:
    """At its peak, the memory of the largest matrix in the file's own type, twice, on top."""
    write_checkpoint(tmp_path, "original-bf16", num_hidden_layers=12, hidden_size=128)
    mx.clear_cache()
    before = mx.get_active_memory()
    mx.reset_peak_memory()
    model = load_ours(tmp_path)
    size = sum(array.nbytes for array in model.arrays())
    assert mx.get_active_memory() - before <= size + 2**20
    assert mx.get_peak_memory() - before - size <= 2 * (VOCABULARY * 128 * 2) + 2**20


@pytest.mark.parametrize(
    ("settings", "word"),
    [
        ({"quantization_config": {"quant_method": "mxfp4"}}, "mxfp4"),
        ({"quantization": {"group_size": 64, "bits": 4}}, "affine 4-bit"),
        ({"quantization": {**MXFP4}}, "mxfp4"),
        ({"torch_dtype": "bfloat16"}, "bfloat16"),
        ({"dtype": "float32"}, "float32"),
        ({}, "unquantised"),
    ],
)
def test_quantisation_in_a_word(tmp_path: Path, settings: dict[str, Any], word: str) -> None:
    write("config.json", json.dumps(settings).encode())(tmp_path)
    assert describe_quantization(tmp_path) == word
