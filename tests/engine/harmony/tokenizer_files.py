"""Files as gpt-oss's tokenizer.json is laid out, with Harmony's tokens or others."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

from engine.harmony import vocabulary
from engine.harmony.tokenizer import CONTROLS, _byte_alphabet


def ordinary_tokens() -> dict[str, int]:
    """Return o200k's tokens in byte-level spelling."""
    letter = {byte[0]: character for character, byte in _byte_alphabet()}
    pairs = (line.split() for line in vocabulary.unpack().splitlines())
    return {"".join(letter[b] for b in base64.b64decode(word)): int(n) for word, n in pairs}


def added(special: dict[int, str]) -> list[dict[str, Any]]:
    return [
        {"id": number, "content": content, "special": True}
        | dict.fromkeys(("single_word", "lstrip", "rstrip", "normalized"), False)
        for number, content in sorted(special.items())
    ]


GPT_OSS = {
    **{n: f"<|reserved_{n}|>" for n in range(200000, 200018)},
    **CONTROLS,
    199998: "<|startoftext|>",
    199999: "<|endoftext|>",
    200018: "<|endofprompt|>",
}


def write(
    folder: Path, tokens: dict[str, int], special: dict[int, str], merges: int = 0, **changes: Any
) -> Path:
    """Write a tokenizer.json as gpt-oss's is laid out."""
    content = {
        "version": "1.0",
        "added_tokens": added(special),
        "pre_tokenizer": {
            "type": "ByteLevel",
            "add_prefix_space": False,
            "trim_offsets": True,
            "use_regex": True,
        },
        "decoder": {
            "type": "ByteLevel",
            "add_prefix_space": False,
            "trim_offsets": True,
            "use_regex": True,
        },
        "model": {"type": "BPE", "vocab": tokens, "merges": [["e", "r"]] * merges, **changes},
    }
    (folder / "tokenizer.json").write_text(json.dumps(content, ensure_ascii=False))
    return folder
