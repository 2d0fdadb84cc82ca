"""Writes gpt-oss's tokenizer, as mlx-lm needs it, from the packaged vocabulary."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path

from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers

from engine.harmony import vocabulary
from engine.harmony.encoding import FIRST_SPECIAL, load_encoding

UPPER, LOWER = r"[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]", r"[\p{Ll}\p{Lm}\p{Lo}\p{M}]"
SUFFIX = "(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
PATTERN = "|".join(
    (
        rf"[^\r\n\p{{L}}\p{{N}}]?{UPPER}*{LOWER}+{SUFFIX}",
        rf"[^\r\n\p{{L}}\p{{N}}]?{UPPER}+{LOWER}*{SUFFIX}",
        r"\p{N}{1,3}",
        r" ?[^\s\p{L}\p{N}]+[\r\n/]*",
        r"\s*[\r\n]+",
        r"\s+(?!\S)",
        r"\s+",
    )
)
"""How o200k parts a text into words before it merges bytes (tiktoken_ext/openai_public.py)."""

LAST_SPECIAL = 200018

TEMPLATE = (
    "{% for m in messages %}<|start|>{{ m.role }}"
    "{% if m.role == 'assistant' %}<|channel|>final{% endif %}"
    "<|message|>{{ m.content }}<|end|>{% endfor %}"
    "{% if add_generation_prompt %}<|start|>assistant{% endif %}"
)
"""Harmony as it is where no message has an analysis or a call."""

SAMPLE = "<|start|>user<|message|>It's 1,234,567 naïve\n\n  cafés: x = f(y);<|end|>"


def write_tokenizer(folder: Path) -> None:
    """Write ``tokenizer.json`` and ``tokenizer_config.json`` with a chat template."""
    letters = _letters()
    ranks = _ranks()
    names = {token: _spell(token, letters) for token in ranks}
    merges = [(names[a], names[b]) for token in ranks for a, b in _splits(token, ranks)]
    vocab = {names[token]: rank for token, rank in ranks.items()}
    tokenizer = Tokenizer(models.BPE(vocab, merges))
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(PATTERN), "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    encoding = load_encoding()
    tokenizer.add_special_tokens(
        [encoding.decode([token]) for token in range(FIRST_SPECIAL, LAST_SPECIAL + 1)]
    )
    if tokenizer.encode(SAMPLE).ids != encoding.encode(SAMPLE, allowed_special="all"):
        raise AssertionError("the tokenizer is not Harmony's")
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    config = {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "eos_token": "<|return|>",
        "chat_template": TEMPLATE,
    }
    (folder / "tokenizer_config.json").write_text(json.dumps(config))


def _ranks() -> dict[bytes, int]:
    lines = (line.split() for line in vocabulary.unpack().splitlines())
    return {base64.b64decode(token): int(rank) for token, rank in lines}


def _splits(token: bytes, ranks: dict[bytes, int]) -> Iterator[tuple[bytes, bytes]]:
    """Give the pairs of tokens that a token can be merged from, those of low ranks first."""
    pairs = ((token[:place], token[place:]) for place in range(1, len(token)))
    known = [pair for pair in pairs if pair[0] in ranks and pair[1] in ranks]
    yield from sorted(known, key=lambda pair: (ranks[pair[0]], ranks[pair[1]]))


def _letters() -> list[str]:
    """Return the character that stands for each byte, as GPT-2's encoder has them."""
    shown = {*range(33, 127), *range(161, 173), *range(174, 256)}
    others = iter(range(256, 512))
    return [chr(byte) if byte in shown else chr(next(others)) for byte in range(256)]


def _spell(token: bytes, letters: list[str]) -> str:
    return "".join(letters[byte] for byte in token)
