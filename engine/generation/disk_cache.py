"""Keeps segments of the KV cache as files that survive a restart, each verified when it is read.

A file is named ``START-END-HASH.kv``, the hash being of the model's fingerprint and all tokens up
to END. It holds: magic, version and header length (12 + 4 + 8 bytes, little endian); a JSON header;
the path's tokens, int32; each layer's keys and values; a SHA-256 digest of all that, which
processors have instructions for. Its tokens can be read back as text, so only the user may read it.
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
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import mlx.core as mx
import numpy as np

from engine.generation.segment import Segment, Stretch, Tokens

DISK_BYTES = 4 * 2**30
"""The most room that files take, unless said otherwise."""

MAGIC, VERSION = b"harmony-tui\0", 2
PREAMBLE = struct.Struct("<12sIQ")
DIGEST_BYTES = 32
NAME = re.compile(r"(\d+)-(\d+)-([0-9a-f]{32})\.kv")
DTYPES = {"float32": mx.float32, "bfloat16": mx.bfloat16, "float16": mx.float16}

FILES_AHEAD = 2
"""Files of a chain that are read and added up at once; no more, for each may be large."""

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
    """When it was last written or read, in seconds since 1970."""


@dataclass(frozen=True, slots=True)
class _Content:
    """A whole file and the checksum that all but its last bytes should have."""

    whole: bytes
    digest: bytes

    @property
    def body(self) -> memoryview:
        return memoryview(self.whole)[:-DIGEST_BYTES]


def entries(folder: Path) -> list[Entry]:
    """Return the files of a cache, those not used for longest first; none if it cannot be read."""
    found = []
    with contextlib.suppress(OSError):
        for file in folder.iterdir():
            with contextlib.suppress(OSError):  # another process may have deleted it
                if match := NAME.fullmatch(file.name):
                    start, end, digest = match.groups()
                    stat = file.stat()
                    size, used = stat.st_size, stat.st_mtime
                    found.append(Entry(file, int(start), int(end), digest, size, used))
    return sorted(found, key=lambda entry: entry.used)


def clear(folder: Path) -> int:
    """Delete the files of a cache, whatever model they belong to; return how many bytes they took.

    Raises:
        OSError: a file cannot be deleted.
    """
    freed = 0
    for entry in entries(folder):
        entry.file.unlink(missing_ok=True)
        freed += entry.byte_count
    for file in folder.glob("*.tmp"):
        file.unlink(missing_ok=True)
    return freed


class DiskCache:
    """One model's segments in a folder that models share."""

    def __init__(self, folder: Path, fingerprint: str, limit: int = DISK_BYTES) -> None:
        """Touch nothing yet.

        Args:
            folder: made when the first segment is written.
            fingerprint: says of which weights, computed in which type, keys and values are.
            limit: the most bytes that the folder's files take, those of other models included.
        """
        self.folder = folder
        self.fingerprint = fingerprint
        self.limit = limit
        self.can_write = True
        """False once writing has failed."""

    # --- reading ------------------------------------------------------------------------------

    def chain(self, wanted: Tokens, position: int) -> Iterator[Segment]:
        """Give segments that lead from a position of a path as far as possible, each to its end.

        A file that cannot be used is deleted and another way sought.
        """
        matching, used = self._matching(wanted), []
        ahead: dict[Entry, Future[_Content]] = {}
        with ThreadPoolExecutor(FILES_AHEAD) as beside:
            while leading := list(islice(_lead(matching, position), FILES_AHEAD)):
                # Adding up takes as long as all the rest, and needs no lock of the interpreter's.
                for entry in leading:
                    if entry not in ahead:
                        ahead[entry] = beside.submit(_load, entry.file)
                best = leading[0]
                matching.remove(best)
                segment = self._check(best, ahead.pop(best), wanted)
                if segment is not None:
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

    def _check(self, entry: Entry, content: Future[_Content], wanted: Tokens) -> Segment | None:
        """Return the segment in a file if it is what is wanted; else the file is deleted."""
        try:
            segment = self._decode(content.result(), entry)
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

    def _decode(self, content: _Content, entry: Entry) -> Segment:
        """Return the segment in a file's content, whose checksum has to be right."""
        if len(content.whole) < PREAMBLE.size + DIGEST_BYTES:
            raise _UnusableError("it is truncated")
        magic, version, header_length = PREAMBLE.unpack_from(content.whole)
        if magic != MAGIC or version != VERSION:
            raise _UnusableError("another program or version wrote it")
        if content.digest != content.whole[-DIGEST_BYTES:]:
            raise _UnusableError("it is damaged")
        payload = PREAMBLE.size + header_length
        try:
            header = json.loads(content.whole[PREAMBLE.size : payload])
            said = (header["fingerprint"], header["start"], header["end"])
            segment = _build(header, content.body[payload:])
        except (ValueError, KeyError, TypeError, OverflowError, AttributeError) as error:
            raise _UnusableError("it is damaged") from error
        if said != (self.fingerprint, entry.start, entry.end):
            raise _UnusableError("it belongs to another model or path")
        return segment

    # --- writing ------------------------------------------------------------------------------

    def write(self, segment: Segment) -> None:
        """Write a segment unless it is larger than the limit, and delete what is then too much.

        If that fails, a warning is logged and nothing more is written.
        """
        if not self.can_write or segment.byte_count > self.limit:
            return
        digest = self._digests(segment.path, [segment.end])[segment.end]
        target = self.folder / f"{segment.start:07d}-{segment.end:07d}-{digest}.kv"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self.folder.chmod(0o700)
            self._write_atomically(target, segment)
            self._tidy()
        except OSError as error:
            self.can_write = False
            logger.warning(
                "What was read cannot be kept in %s (%s). It will be read again after a restart.",
                self.folder,
                error.strerror or error,
            )

    def _write_atomically(self, target: Path, segment: Segment) -> None:
        handle, name = tempfile.mkstemp(suffix=".tmp", dir=self.folder)
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                digest = hashlib.sha256()
                for part in self._encode(segment):
                    digest.update(part)
                    file.write(part)
                file.write(digest.digest())
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)

    def _encode(self, segment: Segment) -> Iterator[bytes | memoryview]:
        """Give a file's content but for the checksum."""
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
        yield PREAMBLE.pack(MAGIC, VERSION, len(encoded))
        yield encoded
        yield segment.path.astype("<i4").tobytes()
        for array in segment.arrays():
            yield memoryview(array.reshape(-1).view(mx.uint8))  # type: ignore[arg-type]

    def _tidy(self) -> None:
        """Delete what crashes left, and what was not used for longest until the limit is kept."""
        for file in self.folder.glob("*.tmp"):
            with contextlib.suppress(FileNotFoundError):
                if time.time() - file.stat().st_mtime > ABANDONED_SECONDS:
                    file.unlink()
        present = entries(self.folder)
        taken = sum(entry.byte_count for entry in present)
        for entry in present:
            if taken <= self.limit:
                return
            entry.file.unlink(missing_ok=True)
            taken -= entry.byte_count


def _load(file: Path) -> _Content:
    """Read a file and add up its checksum; OSError if it cannot be read."""
    whole = file.read_bytes()
    return _Content(whole, hashlib.sha256(memoryview(whole)[:-DIGEST_BYTES]).digest())


def _farthest(matching: Iterable[Entry], position: int) -> Entry | None:
    """Return the file that leads farthest from a position, if one does."""
    leading = [entry for entry in matching if entry.start <= position < entry.end]
    return max(leading, key=lambda entry: entry.end, default=None)


def _lead(matching: Sequence[Entry], position: int) -> Iterator[Entry]:
    """Give the files that lead from a position as far as possible, one after the other."""
    while (best := _farthest(matching, position)) is not None:
        yield best
        position = best.end


def _note_use(chain: Sequence[Entry]) -> None:
    """Say that files were used now, the first ones last: a chain is given up from its end."""
    for entry in reversed(chain):
        now = time.time_ns()
        with contextlib.suppress(OSError):
            os.utime(entry.file, ns=(now, now))


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
