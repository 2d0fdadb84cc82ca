"""Our logits are those of two independent implementations, far past the sliding window."""

from __future__ import annotations

import random
from pathlib import Path

import mlx.core as mx
import numpy as np
import pytest

from engine.models import demo
from engine.models.demo.exporting import write_full
from engine.models.linear import Panels
from tests.engine.models.checkpoints import LAYOUTS, ORIGINAL_SCALING, VOCABULARY
from tests.engine.models.conftest import CheckpointMaker
from tests.engine.models.references import (
    hugging_face_logits,
    load_ours,
    mlx_lm_logits,
    our_logits,
)

LENGTH = 320
TOKENS = [random.Random(1).randrange(VOCABULARY) for _ in range(LENGTH)]
POSITIONS = [*range(0, 280, 14), *range(280, LENGTH)]
WHOLE = [LENGTH]
PIECES = [100, 1, 127, 52, *[1] * 40]
"""Prefill in pieces that end before, in and after the window, then single tokens."""

TRUNCATED = {**ORIGINAL_SCALING, "truncate": True}
BY_MLX_LM = [layout for layout in LAYOUTS if layout != "original-bf16"]  # it reads that one wrongly


def assert_same(ours: np.ndarray, reference: np.ndarray) -> None:
    """Hold the two to the same most likely token everywhere and to 1e-3 in every logit."""
    assert ours.shape == reference.shape
    assert ours.dtype == np.float32
    assert np.abs(ours - reference).max() < 1e-3
    assert (ours.argmax(-1) == reference.argmax(-1)).all()


def assert_ours_same(folder: Path, reference: np.ndarray, tokens: list[int] = TOKENS) -> None:
    """Compare ours, read at once and in pieces, with a reference."""
    model = load_ours(folder)
    assert_same(our_logits(model, tokens, WHOLE, POSITIONS), reference)
    assert_same(our_logits(model, tokens, PIECES, POSITIONS), reference)


@pytest.mark.parametrize("layout", BY_MLX_LM)
def test_same_as_mlx_lm(checkpoint: CheckpointMaker, layout: str) -> None:
    window = 16 if "affine" in layout else 128
    folder = checkpoint(layout, rope_scaling=TRUNCATED, sliding_window=window)
    assert_ours_same(folder, mlx_lm_logits(folder, TOKENS, POSITIONS))


@pytest.mark.parametrize(("threads", "in_place"), [(1, True), (1, False), (8, True)])
def test_panels_give_the_same_as_whole_matrices(
    checkpoint: CheckpointMaker, threads: int, *, in_place: bool
) -> None:
    folder = checkpoint("mlx-bf16", vocab_size=VOCABULARY + 3, num_hidden_layers=2)
    model = load_ours(folder, on_cpu=True, blas_threads=threads, multiplies_in_place=in_place)
    assert isinstance(model.vocabulary.head, Panels) == (threads == 1)
    in_panels = isinstance(model.blocks[0].experts.down.weight, Panels)
    assert in_panels == (threads == 1 and in_place)
    ours = our_logits(model, TOKENS, WHOLE, POSITIONS)
    assert_same(ours, mlx_lm_logits(folder, TOKENS, POSITIONS, wavelengths=model.rope.wavelengths))


def test_same_as_mlx_lm_without_truncation(checkpoint: CheckpointMaker) -> None:
    folder = checkpoint("original-mxfp4")
    wavelengths = load_ours(folder).rope.wavelengths
    mended = mlx_lm_logits(folder, TOKENS, POSITIONS, wavelengths=wavelengths)
    assert_ours_same(folder, mended)


@pytest.mark.parametrize(
    ("layout", "changes"),
    [
        ("original-mxfp4", {}),
        ("original-bf16", {"sliding_window": 16, "rope_scaling": TRUNCATED}),
        ("original-bf16", {"tie_word_embeddings": True}),
        (
            "original-bf16",
            {
                "rope_scaling": None,
                "rope_parameters": {**ORIGINAL_SCALING, "rope_theta": 10000.0, "factor": 8.0},
            },
        ),
        ("original-bf16", {"layer_types": ["full_attention", "sliding_attention"] * 2}),
    ],
    ids=["mxfp4", "window-16-truncated", "tied", "rope-parameters", "full-attention-first"],
)
def test_same_as_hugging_face(
    checkpoint: CheckpointMaker, layout: str, changes: dict[str, object]
) -> None:
    pytest.importorskip("torch", reason="PyTorch is not installed; CI installs it")
    folder = checkpoint(layout, **changes)
    assert_ours_same(folder, hugging_face_logits(folder, TOKENS, POSITIONS))


@pytest.mark.parametrize("layout", ["original-mxfp4", "mlx-affine-4bit", "mlx-mixed"])
def test_packed_weights_give_what_unpacked_ones_give(
    checkpoint: CheckpointMaker, layout: str
) -> None:
    """Hold a GPU's way, where weights stay packed and in the file's order, to the CPU's."""
    folder = checkpoint(layout, dtype=mx.float32)
    packed, unpacked = load_ours(folder, on_cpu=False), load_ours(folder)
    reference = our_logits(unpacked, TOKENS, WHOLE, POSITIONS)
    assert_same(our_logits(packed, TOKENS, PIECES, POSITIONS), reference)
    assert sum(a.nbytes for a in packed.arrays()) < sum(a.nbytes for a in unpacked.arrays())


def test_shards_and_number_types_make_no_difference(checkpoint: CheckpointMaker) -> None:
    single = load_ours(checkpoint("mlx-mixed"))
    reference = our_logits(single, TOKENS, WHOLE, POSITIONS)
    for changes in ({"shards": 5}, {"dtype": mx.float32}):
        model = load_ours(checkpoint("mlx-mixed", **changes))
        assert np.array_equal(our_logits(model, TOKENS, WHOLE, POSITIONS), reference)


class TestBundledModel:
    """The weights that ship, exported to the full layout that the references read."""

    @pytest.fixture(scope="class")
    def exported(self, tmp_path_factory: pytest.TempPathFactory) -> Path:
        folder = tmp_path_factory.mktemp("bundled")
        write_full(folder)
        return folder

    @pytest.fixture(scope="class")
    def tokens(self) -> list[int]:
        """Give tokens that have rows of their own; the rest are alike, so that any may be best."""
        weights = mx.load(str(demo.WEIGHTS / "model.safetensors"))
        assert isinstance(weights, dict)
        trained = np.array(weights["vocabulary.rows"]).tolist()
        return random.Random(2).choices(trained, k=LENGTH)

    def test_same_as_mlx_lm(self, exported: Path, tokens: list[int]) -> None:
        wavelengths = load_ours(demo.WEIGHTS).rope.wavelengths
        reference = mlx_lm_logits(exported, tokens, POSITIONS, wavelengths=wavelengths)
        assert_ours_same(demo.WEIGHTS, reference, tokens)

    def test_same_as_hugging_face(self, exported: Path, tokens: list[int]) -> None:
        pytest.importorskip("torch", reason="PyTorch is not installed; CI installs it")
        reference = hugging_face_logits(exported, tokens, POSITIONS)
        assert_ours_same(demo.WEIGHTS, reference, tokens)
