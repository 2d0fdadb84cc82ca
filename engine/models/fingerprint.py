"""Tells checkpoints apart without reading them whole."""

from __future__ import annotations

import hashlib
import json
import struct
from pathlib import Path

SAMPLE = 1024
"""Bytes looked at in each of three places of every tensor."""


def fingerprint(folder: Path, dtype: str) -> str:
    """Return what keys and values depend on besides the tokens, as 32 hexadecimal digits.

    It is a BLAKE2b hash of the number type, ``config.json``, and of each weights file its name,
    size, time of change, header, and the beginning, middle and end of all its tensors.

    Args:
        folder: a checkpoint that was loaded.
        dtype: what the model computes in.

    Raises:
        OSError: a file cannot be read.
    """
    digest = hashlib.blake2b(dtype.encode() + b"\0", digest_size=16)
    digest.update((folder / "config.json").read_bytes())
    for file in sorted(folder.glob("*.safetensors")):
        stat = file.stat()
        digest.update(f"\0{file.name} {stat.st_size} {stat.st_mtime_ns}\0".encode())
        for part in _samples(file):
            digest.update(part)
    return digest.hexdigest()


def _samples(file: Path) -> list[bytes]:
    """Return a file's header, and three places of each tensor in the order of the header."""
    with file.open("rb") as content:
        length = struct.unpack("<Q", content.read(8))[0]
        header = content.read(length)
        parts = [header]
        for name, tensor in json.loads(header).items():
            if name == "__metadata__":
                continue
            begin, end = tensor["data_offsets"]
            for place in (begin, (begin + end) // 2, max(begin, end - SAMPLE)):
                content.seek(8 + length + place)
                parts.append(content.read(min(SAMPLE, end - place)))
    return parts
