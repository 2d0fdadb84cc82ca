"""A fingerprint tells any two checkpoints apart, and knows one again."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import mlx.core as mx
import pytest

from engine.models.fingerprint import fingerprint


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / "config.json").write_text('{"sliding_window": 128}')
    for shard in (1, 2):
        tensors = {f"layer.{n}": mx.full((300, 300), n + shard, mx.float32) for n in range(4)}
        mx.save_safetensors(str(folder / f"{shard}.safetensors"), tensors)
    return folder


def test_a_checkpoint_is_known_again_wherever_it_lies(folder: Path, tmp_path: Path) -> None:
    before = fingerprint(folder, "float32")
    assert before == fingerprint(folder, "float32")
    shutil.copytree(folder, tmp_path / "moved", copy_function=shutil.copy2)
    assert fingerprint(tmp_path / "moved", "float32") == before


def test_the_number_type_tells_apart(folder: Path) -> None:
    assert fingerprint(folder, "float32") != fingerprint(folder, "bfloat16")


def test_any_setting_tells_apart(folder: Path) -> None:
    before = fingerprint(folder, "float32")
    (folder / "config.json").write_text('{"sliding_window": 129}')
    assert fingerprint(folder, "float32") != before


@pytest.mark.parametrize("change", ["numbers", "names"])
def test_other_weights_tell_apart_even_with_size_and_time_the_same(
    folder: Path, change: str
) -> None:
    before = fingerprint(folder, "float32")
    file = folder / "2.safetensors"
    stat = file.stat()
    tensors = dict(mx.load(str(file)))
    if change == "numbers":
        tensors["layer.3"] = tensors["layer.3"] * 1.001
    else:
        tensors["layer.4"] = tensors.pop("layer.3")
    mx.save_safetensors(str(file), tensors)
    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert file.stat().st_size == stat.st_size
    assert fingerprint(folder, "float32") != before


def test_a_file_more_or_renamed_or_written_later_tells_apart(folder: Path) -> None:
    seen = {fingerprint(folder, "float32")}
    os.utime(folder / "1.safetensors", (1, 1))
    seen.add(fingerprint(folder, "float32"))
    (folder / "1.safetensors").rename(folder / "0.safetensors")
    seen.add(fingerprint(folder, "float32"))
    (folder / "0.safetensors").unlink()
    seen.add(fingerprint(folder, "float32"))
    assert len(seen) == 4


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"config\.json"):
        fingerprint(tmp_path, "float32")
