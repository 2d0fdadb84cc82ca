"""Keeps segments of the KV cache as files that survive a restart, each verified when it is read.

A file is named ``START-END-HASH.kv``, the hash being of the model's fingerprint and all tokens up
to END. One named ``START-END-HASH.part.kv`` holds nothing of the sliding layers, whose windows were
gone when it was written: another has to follow it. A file holds: magic, version and header length
(12 + 4 + 8 bytes, little endian); a JSON header; the path's tokens, int32; each layer's keys and
values; an XXH3 checksum of all that, 128 bits. Its tokens can be read back as text, so only the
user may read it.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import os
import re
import struct
import tempfile
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import mlx.core as mx
import numpy as np
import xxhash

from engine.generation.segment import Segment, Stretch, Tokens

DISK_BYTES = 4 * 2**30
"""The most room that files take, unless said otherwise."""

MAGIC, VERSION = b"harmony-tui\0", 3
PREAMBLE = struct.Struct("<12sIQ")
DIGEST_BYTES = 16
NAME = re.compile(r"(\d+)-(\d+)-([0-9a-f]{32})(\.part)?\.kv")
DTYPES = {"float32": mx.float32, "bfloat16": mx.bfloat16, "float16": mx.float16}

RETRY_SECONDS = 60
"""So long nothing is written after writing has failed."""

BEFORE = 1e-6
"""Seconds that a file counts as used before the one it follows."""

ABANDONED_SECONDS = 3600
"""Temporary files older than this are what a crash has left."""

logger = logging.getLogger(__name__)


class _UnusableError(Exception):
    """A file that is damaged, or not what its name says."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of the cache; its segment's tokens go from ``start`` to ``end``."""

    file: Path
    start: int
    end: int
    digest: str
    byte_count: int
    used: float
    """When it was last written or read, in seconds since 1970; 0 where that is yet to come."""
    is_part: bool
    """Whether another has to follow it before anything can be read on."""


def entries(folder: Path) -> list[Entry]:
    """Return the files of a cache, those not used for longest first; none if it cannot be read."""
    found, now = [], time.time()
    with contextlib.suppress(OSError):
        for file in folder.iterdir():
            with contextlib.suppress(OSError):  # another process may have deleted it
                if match := NAME.fullmatch(file.name):
                    start, end, digest, part = match.groups()
                    stat = file.stat()
                    # A clock that was put back would keep these for ever.
                    used = stat.st_mtime if stat.st_mtime <= now else 0.0
                    size = stat.st_size
                    found.append(Entry(file, int(start), int(end), digest, size, used, bool(part)))
    return sorted(found, key=lambda entry: (entry.used, -entry.start))


def clear(folder: Path) -> int:
    """Delete the files of a cache, whatever model they belong to; return how many bytes they took.

    What another process may be writing just now is left alone.

    Raises:
        OSError: a file cannot be deleted.
    """
    freed = 0
    for entry in entries(folder):
        entry.file.unlink(missing_ok=True)
        freed += entry.byte_count
    _drop_abandoned(folder)
    return freed


class DiskCache:
    """One model's segments in a folder that models share."""

    def __init__(
        self,
        folder: Path,
        fingerprint: str,
        limit: int = DISK_BYTES,
        tell: Callable[[str], None] | None = None,
    ) -> None:
        """Touch nothing yet.

        Args:
            folder: made when the first segment is written.
            fingerprint: says of which weights, computed in which type, keys and values are.
            limit: the most bytes that the folder's files take, those of other models included.
            tell: told, in words for the person, when writing begins to fail.
        """
        self.folder = folder
        self.fingerprint = fingerprint
        self.limit = limit
        self._tell = tell
        self._failed: float | None = None
        """When writing failed, unless it has succeeded since, in the seconds of a steady clock."""

    @property
    def can_write(self) -> bool:
        """Whether writing is worth trying: it has not failed just now."""
        return self._failed is None or time.monotonic() - self._failed >= RETRY_SECONDS

    # --- reading ------------------------------------------------------------------------------

    def chain(
        self, wanted: Tokens, position: int, go_on: Callable[[], bool] = lambda: True
    ) -> Iterator[Segment]:
        """Give segments that lead from a position of a path as far as possible, each to its end.

        A file that cannot be used is deleted and another way sought; if there is none, the last
        segment given may be one that nothing can be read on from.

        Args:
            wanted: the path.
            position: where it begins.
            go_on: asked before each file; it ends there if it says no.
        """
        matching, used = self._matching(wanted), []
        while (way := _way(matching, position)) and go_on():
            best = way[0]
            matching.remove(best)
            if (segment := self._read(best, wanted)) is not None:
                yield segment
                position = segment.end
                used.append(best)
        _note_use(used)

    def covered(self, path: Tokens) -> int:
        """Return how far files lead from the beginning of a path; they count as used now."""
        used = list(_lead(self._matching(path), 0))
        _note_use(used)
        return used[-1].end if used else 0

    def _matching(self, path: Tokens) -> list[Entry]:
        """Return the files whose whole path is a prefix of this one, found by its hashes."""
        found = [entry for entry in entries(self.folder) if entry.end <= len(path)]
        digests = self._digests(path, {entry.end for entry in found})
        return [entry for entry in found if digests[entry.end] == entry.digest]

    def _digests(self, path: Tokens, ends: Iterable[int]) -> dict[int, str]:
        """Return the hash of a path's prefixes that end at some positions."""
        digest = hashlib.blake2b(self.fingerprint.encode(), digest_size=16)
        digests, start = {}, 0
        for end in sorted(ends):
            digest.update(path[start:end].tobytes())
            digests[end], start = digest.copy().hexdigest(), end
        return digests

    def _read(self, entry: Entry, wanted: Tokens) -> Segment | None:
        """Return the segment in a file if it is what is wanted; else the file is deleted."""
        try:
            segment = self._decode(entry.file.read_bytes(), entry)
            if not np.array_equal(segment.path, wanted[: entry.end]):
                raise _UnusableError("it holds other tokens")
        except OSError as error:
            logger.info("%s cannot be read: %s", entry.file, error)
            return None
        except _UnusableError as error:
            logger.warning("%s is not used and deleted: %s", entry.file, error)
            with contextlib.suppress(OSError):
                entry.file.unlink()
            return None
        return segment

    def _decode(self, content: bytes, entry: Entry) -> Segment:
        """Return the segment in a file's content, whose checksum has to be right."""
        if len(content) < PREAMBLE.size + DIGEST_BYTES:
            raise _UnusableError("it is truncated")
        magic, version, header_length = PREAMBLE.unpack_from(content)
        if magic != MAGIC or version != VERSION:
            raise _UnusableError("another program or version wrote it")
        body = memoryview(content)[:-DIGEST_BYTES]
        if xxhash.xxh3_128_digest(body) != content[-DIGEST_BYTES:]:
            raise _UnusableError("it is damaged")
        payload = PREAMBLE.size + header_length
        try:
            header = json.loads(content[PREAMBLE.size : payload])
            said = (header["fingerprint"], header["start"], header["end"])
            segment = _build(header, body[payload:])
        except (ValueError, KeyError, TypeError, OverflowError, AttributeError) as error:
            raise _UnusableError("it is damaged") from error
        if said != (self.fingerprint, entry.start, entry.end) or segment.is_part != entry.is_part:
            raise _UnusableError("it belongs to another model or path")
        return segment

    # --- writing ------------------------------------------------------------------------------

    def write(self, segment: Segment) -> bool:
        """Write a segment, and delete what was not used for longest until the limit is kept.

        What leads to the segment is not deleted for it. If writing fails, that is told once, and
        nothing more is written for ``RETRY_SECONDS``.

        Returns whether it was written: not if writing fails, or if it and what leads to it would
        take more than the limit.
        """
        if not self.can_write:
            return False
        digest = self._digests(segment.path, [segment.end])[segment.end]
        kind = ".part.kv" if segment.is_part else ".kv"
        target = self.folder / f"{segment.start:07d}-{segment.end:07d}-{digest}{kind}"
        trunk = list(_lead(self._matching(segment.path[: segment.start]), 0))
        beginning = self._encode_beginning(segment)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self.folder.chmod(0o700)
            _drop_abandoned(self.folder)
            size = len(beginning) + segment.byte_count + DIGEST_BYTES
            if not self._make_room(size, {entry.file for entry in trunk}):
                return False
            self._write_atomically(target, beginning, segment)
            if used := [entry.used for entry in trunk if entry.used]:
                _date(target, min(used) - BEFORE)
        except OSError as error:
            self._note_failure(error)
            return False
        self._failed = None
        return True

    def _note_failure(self, error: OSError) -> None:
        """Say that writing fails, unless the last time did, too."""
        if self._failed is None:
            message = (
                f"What was read cannot be kept in {self.folder} ({error.strerror or error}), and "
                "will be read again after a restart. Make room there, or start with --no-cache."
            )
            logger.warning("%s", message)
            if self._tell is not None:
                self._tell(message)
        self._failed = time.monotonic()

    def _make_room(self, size: int, kept: Collection[Path]) -> bool:
        """Delete what was not used for longest until so many bytes fit, unless they cannot."""
        present = entries(self.folder)
        taken = sum(entry.byte_count for entry in present) + size
        spare = [entry for entry in present if entry.file not in kept]
        if taken - sum(entry.byte_count for entry in spare) > self.limit:
            return False
        for entry in spare:
            if taken <= self.limit:
                break
            entry.file.unlink(missing_ok=True)
            taken -= entry.byte_count
        return True

    def _write_atomically(self, target: Path, beginning: bytes, segment: Segment) -> None:
        path = segment.path.astype("<i4").tobytes()
        parts: list[bytes | memoryview] = [beginning, path, *_views(segment)]
        handle, name = tempfile.mkstemp(suffix=".tmp", dir=self.folder)
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                checksum = xxhash.xxh3_128()
                for part in parts:
                    checksum.update(part)
                    file.write(part)
                file.write(checksum.digest())
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)

    def _encode_beginning(self, segment: Segment) -> bytes:
        """Return what a file begins with: preamble and header."""
        header = {
            "fingerprint": self.fingerprint,
            "start": segment.start,
            "end": segment.end,
            "layers": [
                {
                    "start": layer.start,
                    "visible": layer.visible,
                    "shape": layer.keys.shape,
                    "dtype": str(layer.keys.dtype).rpartition(".")[2],
                }
                for layer in segment.layers
            ],
        }
        encoded = json.dumps(header).encode()
        return PREAMBLE.pack(MAGIC, VERSION, len(encoded)) + encoded


def _views(segment: Segment) -> Iterator[memoryview]:
    """Give the bytes of a segment's arrays, where they lie."""
    for array in segment.arrays():
        if array.size:
            yield memoryview(array.reshape(-1).view(mx.uint8))  # type: ignore[arg-type]


def _drop_abandoned(folder: Path) -> None:
    """Delete what crashes have left half written."""
    for file in folder.glob("*.tmp"):
        with contextlib.suppress(FileNotFoundError):
            if abs(time.time() - file.stat().st_mtime) > ABANDONED_SECONDS:
                file.unlink()


def _lead(matching: Iterable[Entry], position: int) -> Iterator[Entry]:
    """Give the files that lead from a position as far as possible, one after the other."""
    present = list(matching)
    while leading := [entry for entry in present if entry.start <= position < entry.end]:
        best = max(leading, key=lambda entry: (entry.end, not entry.is_part))
        yield best
        position = best.end


def _way(matching: Sequence[Entry], position: int) -> list[Entry]:
    """Return the files that lead from a position to the farthest one that is no part."""
    for end in sorted({entry.end for entry in matching if not entry.is_part}, reverse=True):
        way = list(_lead((entry for entry in matching if entry.end <= end), position))
        if way and way[-1].end == end and not way[-1].is_part:
            return way
    return []


def _note_use(chain: Sequence[Entry]) -> None:
    """Say that files were used now, the first ones last: a chain is given up from its end."""
    now = time.time()
    for place, entry in enumerate(chain):
        with contextlib.suppress(OSError):
            _date(entry.file, now - place * BEFORE)


def _date(file: Path, used: float) -> None:
    """Say when a file was used last, in seconds since 1970."""
    os.utime(file, (used, used))


def _build(header: dict[str, Any], payload: memoryview) -> Segment:
    """Return the segment that a header describes, its arrays copied out of the payload."""
    path = np.frombuffer(payload, "<i4", header["end"]).astype(np.int32)
    position = path.nbytes
    layers = []
    for layer in header["layers"]:
        dtype, shape = DTYPES[layer["dtype"]], layer["shape"]
        size = int(np.prod(shape)) * dtype.size
        arrays = []
        for _ in ("keys", "values"):
            numbers = np.frombuffer(payload, np.uint8, size, position)
            arrays.append(mx.array(numbers).view(dtype).reshape(shape))
            position += size
        layers.append(Stretch(layer["start"], layer["visible"], *arrays))
    return Segment(header["start"], path, tuple(layers))
