"""What is kept out of training, decided by a stable hash so that it never changes sides."""

from __future__ import annotations

import functools
import hashlib
import random
from typing import Literal

Split = Literal["train", "held_out"]

TEMPLATES_HELD_OUT = 8
"""One template in so many is never trained on."""
EXPRESSIONS_HELD_OUT = 10
WORDS_HELD_OUT = 10
SALTS = {"name_told": "a name told", "name_asked": "asking for a name"}
"""What is hashed for a kind, where its own name would hold out the commonest wording of all."""
FEWEST_TEMPLATES = 4
"""A list shorter than this is trained on whole."""


@functools.lru_cache(maxsize=1 << 16)
def is_held_out(kind: str, text: str, one_in: int) -> bool:
    """Return whether a text of some kind is one of those kept out of training."""
    digest = hashlib.blake2b(f"{SALTS.get(kind, kind)}\0{text}".encode(), digest_size=4).digest()
    return int.from_bytes(digest, "little") % one_in == 0


@functools.cache
def part(
    kind: str, texts: tuple[str, ...], one_in: int = TEMPLATES_HELD_OUT
) -> dict[Split, tuple[str, ...]]:
    """Return the two parts of a list of texts; of a short list nothing is held out."""
    held = tuple(text for text in texts if is_held_out(kind, text, one_in))
    kept = tuple(text for text in texts if text not in held)
    if len(texts) < FEWEST_TEMPLATES or not kept:
        return {"train": texts, "held_out": ()}
    return {"train": kept, "held_out": held}


def choose(
    rng: random.Random,
    kind: str,
    texts: tuple[str, ...],
    split: Split,
    one_in: int = TEMPLATES_HELD_OUT,
) -> str:
    """Draw a text of one part; where nothing is held out, one of those trained on."""
    parts = part(kind, texts, one_in)
    return rng.choice(parts[split] or parts["train"])


def form_belongs(kind: str, form: str, split: Split) -> bool:
    """Return whether a single sentence of a template belongs to a part of the data.

    Of templates that each mean something of their own, sentences are held out, not the whole.
    """
    return is_held_out(kind, form, TEMPLATES_HELD_OUT) == (split == "held_out")
