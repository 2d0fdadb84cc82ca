"""Segments on disk: read back exactly or not at all, whatever happened to the files or the disk."""

from __future__ import annotations

import logging
import os
import struct
import time
from pathlib import Path
from typing import Any

import mlx.core as mx
import numpy as np
import pytest
import xxhash

from engine.generation import disk_cache
from engine.generation.disk_cache import DIGEST_BYTES, MAGIC, PREAMBLE, DiskCache, clear, entries
from engine.generation.segment import Segment, Stretch, as_tokens

PATH = as_tokens(range(500, 700))


def segment(
    start: int, end: int, path: np.ndarray = PATH, dtype: mx.Dtype = mx.float32, window: int = 7
) -> Segment:
    """Return a segment whose sliding layer holds no more than its window."""

    def numbers(count: int, seed: int) -> mx.array:
        return mx.random.normal((1, 2, count, 4), dtype=dtype, key=mx.random.key(seed))

    late = max(start, end - window)
    layers = (
        Stretch(late, window, numbers(end - late, 1), numbers(end - late, 2)),
        Stretch(start, None, numbers(end - start, 3), numbers(end - start, 4)),
    )
    return Segment(start, path[:end], layers)


def written(folder: Path, *spans: tuple[int, int], **settings: Any) -> DiskCache:
    """Return a cache into which the segments of one path were written, each a second after."""
    disk = DiskCache(folder, "weights", **settings)
    for age, (start, end) in enumerate(reversed(spans)):
        disk.write(segment(start, end))
        file = next(e.file for e in entries(folder) if (e.start, e.end) == (start, end))
        os.utime(file, (1_000_000 - age, 1_000_000 - age))
    return disk


def spans_of(folder: Path) -> list[tuple[int, int]]:
    return sorted((entry.start, entry.end) for entry in entries(folder))


def read_spans(
    disk: DiskCache, path: np.ndarray = PATH, position: int = 0
) -> list[tuple[int, int]]:
    return [(found.start, found.end) for found in disk.chain(path, position)]


@pytest.mark.parametrize("dtype", [mx.float32, mx.bfloat16, mx.float16])
@pytest.mark.parametrize("window", [7, 0, 500])
def test_a_segment_is_read_back_exactly(tmp_path: Path, dtype: mx.Dtype, window: int) -> None:
    original = segment(20, 90, dtype=dtype, window=window)
    DiskCache(tmp_path, "weights").write(original)
    (found,) = DiskCache(tmp_path, "weights").chain(PATH, 30)
    assert (found.start, found.end) == (20, 90)
    assert np.array_equal(found.path, original.path)
    for ours, theirs in zip(found.layers, original.layers, strict=True):
        assert (ours.start, ours.visible) == (theirs.start, theirs.visible)
        for a, b in ((ours.keys, theirs.keys), (ours.values, theirs.values)):
            assert a.dtype == dtype
            assert a.shape == b.shape
            assert mx.array_equal(a, b)


def test_a_chain_is_followed_as_far_as_the_path_goes(tmp_path: Path) -> None:
    disk = written(tmp_path, (0, 50), (50, 90), (50, 60), (90, 150), (160, 200))
    assert read_spans(disk) == [(0, 50), (50, 90), (90, 150)]
    assert read_spans(disk, position=70) == [(50, 90), (90, 150)]
    assert read_spans(disk, position=165) == [(160, 200)]
    assert read_spans(disk, PATH[:120]) == [(0, 50), (50, 90)]
    parted = PATH.copy()
    parted[70] = 0
    assert read_spans(disk, parted) == [(0, 50), (50, 60)]
    parted[0] = 0
    assert read_spans(disk, parted) == []
    assert disk.covered(PATH) == 150
    assert disk.covered(parted) == 0


def test_other_weights_find_nothing_and_delete_nothing(tmp_path: Path) -> None:
    written(tmp_path, (0, 50))
    assert read_spans(DiskCache(tmp_path, "other weights")) == []
    assert spans_of(tmp_path) == [(0, 50)]


@pytest.mark.parametrize("share", [0.0, 0.001, 0.01, 0.1, 0.3, 0.6, 0.9, 0.999])
@pytest.mark.parametrize("damage", ["changed", "truncated"])
def test_a_damaged_file_is_deleted_and_not_used(
    tmp_path: Path, share: float, damage: str, caplog: pytest.LogCaptureFixture
) -> None:
    disk = written(tmp_path, (0, 50), (50, 90))
    file = entries(tmp_path)[-1].file
    content = bytearray(file.read_bytes())
    place = int(share * len(content))
    content[place] ^= 16
    file.write_bytes(content if damage == "changed" else content[:place])
    assert read_spans(disk) == [(0, 50)]
    assert spans_of(tmp_path) == [(0, 50)]
    assert str(file) in caplog.text


def test_another_way_is_taken_round_a_damaged_file(tmp_path: Path) -> None:
    disk = written(tmp_path, (0, 50), (0, 30), (30, 50), (50, 90))
    next(e.file for e in entries(tmp_path) if (e.start, e.end) == (0, 50)).write_bytes(b"")
    assert read_spans(disk) == [(0, 30), (30, 50), (50, 90)]


def test_a_newer_file_is_deleted_and_not_used(tmp_path: Path) -> None:
    disk = written(tmp_path, (0, 50))
    (entry,) = entries(tmp_path)
    content = bytearray(entry.file.read_bytes())
    struct.pack_into("<I", content, len(MAGIC), disk_cache.VERSION + 1)
    digest = xxhash.xxh3_128_digest(bytes(content[:-DIGEST_BYTES]))
    content[-DIGEST_BYTES:] = digest
    entry.file.write_bytes(content)
    assert read_spans(disk) == []
    assert entries(tmp_path) == []


@pytest.mark.parametrize("foreign", ["weights", "path", "span"])
def test_a_file_under_the_name_of_another_is_deleted_and_not_used(
    tmp_path: Path, foreign: str
) -> None:
    disk = written(tmp_path, (0, 50))
    (mine,) = entries(tmp_path)
    other = DiskCache(tmp_path / "other", "other weights" if foreign == "weights" else "weights")
    path = PATH + 1 if foreign == "path" else PATH
    other.write(segment(0, 40 if foreign == "span" else 50, path))
    (theirs,) = entries(other.folder)
    theirs.file.replace(mine.file)
    assert read_spans(disk) == []
    assert entries(tmp_path) == []


def test_files_that_are_none_of_ours_are_left_alone(tmp_path: Path) -> None:
    stranger = tmp_path / "notes.txt"
    stranger.write_text("mine")
    disk = written(tmp_path, (0, 50), limit=6000)
    disk.write(segment(0, 60))
    assert spans_of(tmp_path) == [(0, 60)]
    clear(tmp_path)
    assert stranger.read_text() == "mine"


def test_only_the_user_may_read_the_files(tmp_path: Path) -> None:
    folder = tmp_path / "cache" / "prefixes"
    written(folder, (0, 50))
    assert folder.stat().st_mode & 0o777 == 0o700
    assert entries(folder)[0].file.stat().st_mode & 0o777 == 0o600


def failing(*_: object, **__: object) -> None:
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_full_disk_is_one_warning_and_no_file(
    tmp_path: Path, step: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    told: list[str] = []
    disk = written(tmp_path, (0, 50), tell=told.append)
    monkeypatch.setattr(os if step == "fsync" else Path, step, failing)
    for end in (90, 120):
        assert not disk.write(segment(50, end))
    (warning,) = [r for r in caplog.records if r.levelno == logging.WARNING]
    assert told == [warning.getMessage()]
    assert "No space left" in told[0]
    assert [file.name for file in tmp_path.iterdir()] == [entries(tmp_path)[0].file.name]
    assert not disk.can_write
    assert read_spans(disk) == [(0, 50)]
    monkeypatch.setattr(disk_cache, "RETRY_SECONDS", 0)
    assert not disk.write(segment(50, 90))
    monkeypatch.undo()
    monkeypatch.setattr(disk_cache, "RETRY_SECONDS", 0)
    assert disk.write(segment(50, 90))  # there is room again
    assert read_spans(disk) == [(0, 50), (50, 90)]
    assert len(told) == 1


def test_a_folder_that_cannot_be_is_one_warning(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("in the way")
    disk = DiskCache(tmp_path / "file" / "cache", "weights")
    assert read_spans(disk) == []
    assert disk.covered(PATH) == 0
    disk.write(segment(0, 50))
    disk.write(segment(50, 90))
    assert len(caplog.records) == 1
    assert entries(disk.folder) == []


def test_a_file_that_cannot_be_read_is_as_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = written(tmp_path, (0, 50))
    monkeypatch.setattr(Path, "read_bytes", failing)
    assert read_spans(disk) == []


# --- its size ---------------------------------------------------------------------------------


def test_the_longest_unused_is_deleted_first(tmp_path: Path) -> None:
    sizes = [entry.byte_count for entry in entries(written(tmp_path / "a", (0, 50)).folder)]
    disk = written(tmp_path / "b", (0, 50), (50, 100), (100, 150), limit=3 * sizes[0] + 1500)
    assert read_spans(disk, PATH[:100]) == [(0, 50), (50, 100)]
    parted = np.concatenate([PATH[:100], PATH[:50]])
    assert disk.write(segment(100, 150, parted))
    assert read_spans(disk) == [(0, 50), (50, 100)]
    assert read_spans(disk, parted) == [(0, 50), (50, 100), (100, 150)]


def test_a_chain_is_given_up_from_its_end(tmp_path: Path) -> None:
    disk = written(tmp_path, (0, 50), (50, 100), (100, 150))
    for entry in entries(tmp_path):
        os.utime(entry.file, (2_000_000, 2_000_000))
    assert disk.covered(PATH) == 150
    assert [e.start for e in entries(tmp_path)] == [100, 50, 0]
    for entry in entries(tmp_path):
        os.utime(entry.file, (2_000_000, 2_000_000))
    assert len(read_spans(disk)) == 3
    assert [e.start for e in entries(tmp_path)] == [100, 50, 0]


def test_the_limit_holds_and_what_leads_to_a_file_is_not_deleted_for_it(tmp_path: Path) -> None:
    whole = written(tmp_path / "a", (0, 50)).folder
    size = entries(whole)[0].byte_count
    disk = DiskCache(tmp_path / "b", "weights", limit=3 * size)
    disk.write(segment(0, 50, PATH + 1))
    written_ = [disk.write(segment(start, start + 50)) for start in range(0, 200, 50)]
    assert written_ == [True, True, False, False]
    assert sum(entry.byte_count for entry in entries(disk.folder)) <= disk.limit
    assert read_spans(disk) == [(0, 50), (50, 100)]
    assert not DiskCache(tmp_path / "c", "weights", limit=500).write(segment(0, 50))
    assert entries(tmp_path / "c") == []


def test_files_of_one_path_are_given_up_from_its_end_however_late_it_was_written(
    tmp_path: Path,
) -> None:
    disk = written(tmp_path, (0, 50))
    for start in (50, 100):
        disk.write(segment(start, start + 50))
    assert [e.start for e in entries(tmp_path)] == [100, 50, 0]


def test_files_of_a_clock_that_was_put_back_go_first(tmp_path: Path) -> None:
    size = entries(written(tmp_path / "a", (0, 50)).folder)[0].byte_count
    disk = DiskCache(tmp_path / "b", "weights", limit=3 * size)
    disk.write(segment(0, 50, PATH + 1))
    (file,) = (entry.file for entry in entries(disk.folder))
    tomorrow = time.time() + 86_400
    os.utime(file, (tomorrow, tomorrow))
    for end in (50, 100):
        assert disk.write(segment(end - 50, end))
    assert read_spans(disk) == [(0, 50), (50, 100)]
    assert not file.exists()


def test_what_a_crash_left_is_deleted_after_a_while(tmp_path: Path) -> None:
    new, old = tmp_path / "new.tmp", tmp_path / "old.tmp"
    for file, age in ((new, 10), (old, 2 * disk_cache.ABANDONED_SECONDS)):
        file.write_bytes(b"x")
        os.utime(file, (time.time() - age, time.time() - age))
    written(tmp_path, (0, 50))
    assert new.exists()
    assert not old.exists()


def test_clearing_deletes_all_and_says_how_much(tmp_path: Path) -> None:
    written(tmp_path, (0, 50), (50, 90))
    DiskCache(tmp_path, "other weights").write(segment(0, 50))
    left, young = tmp_path / "left.tmp", tmp_path / "young.tmp"
    for file in (left, young):
        file.write_bytes(b"x")
    os.utime(left, (1_000_000, 1_000_000))
    sizes = [entry.byte_count for entry in entries(tmp_path)]
    assert len(sizes) == 3
    assert clear(tmp_path) == sum(sizes)
    assert list(tmp_path.iterdir()) == [young]  # another process may be about to rename it
    assert clear(tmp_path / "never made") == 0


def test_the_layout_is_what_the_docstring_says(tmp_path: Path) -> None:
    written(tmp_path, (10, 50))
    content = entries(tmp_path)[0].file.read_bytes()
    magic, version, length = PREAMBLE.unpack_from(content)
    assert (magic, version) == (b"harmony-tui\0", 3)
    path = np.frombuffer(content, "<i4", 50, PREAMBLE.size + length)
    assert np.array_equal(path, PATH[:50])
    numbers = 2 * (7 + 40) * 2 * 4 * 4
    assert len(content) == PREAMBLE.size + length + path.nbytes + numbers + DIGEST_BYTES
