"""Text to tokens and back: openai-harmony's encoding, set up so that it never needs a network.

The library reads its vocabulary from a file in a folder that ``TIKTOKEN_ENCODINGS_BASE`` names, and
downloads it otherwise. The file travels in this package, packed; it is unpacked for the moment of
loading into a temporary folder, so nothing is left behind, shared or out of date.
"""

from __future__ import annotations

import codecs
import functools
import lzma
import re
import tempfile
import threading
from collections.abc import Callable, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from engine import environment
from engine.harmony import vocabulary

if TYPE_CHECKING:
    from openai_harmony import HarmonyEncoding

VARIABLE = "TIKTOKEN_ENCODINGS_BASE"

START = 200006
END = 200007
MESSAGE = 200008
CHANNEL = 200005
CONSTRAIN = 200003
RETURN = 200002
CALL = 200012
END_OF_TEXT = 199999
FIRST_SPECIAL = 199998
VOCABULARY_SIZE = 201088

STOP_TOKENS = frozenset({RETURN, CALL, END_OF_TEXT})
"""Sampling ends here. ``<|end|>`` is not among them: a message ends, the turn goes on."""

CONTROL_TOKENS = frozenset({START, END, MESSAGE, CHANNEL, CONSTRAIN}) | STOP_TOKENS
"""What makes the format: how often a model uses these is no matter of style."""

_loading = threading.Lock()

RUN = re.compile(r"[^\W\d_]+|\s+|[^\w\s]+")
"""What the vocabulary takes for one word: letters, white space or other characters in a row."""

LONGEST_RUN = 2000
"""Characters of a word that are encoded together. The library's time grows with their square, 6 s
for 80,000, in which no other thread runs."""


class VocabularyError(Exception):
    """The vocabulary could not be read or unpacked; the message says what to do."""


def load_encoding() -> HarmonyEncoding:
    """Return the Harmony encoding (o200k with its control tokens), loaded once, without a network.

    Takes about 0.4 s of the first caller's time; any thread may call.

    Raises:
        VocabularyError: the packaged vocabulary is damaged or can be unpacked nowhere.
    """
    with _loading:
        return _load()


@functools.cache
def _load() -> HarmonyEncoding:
    # Imported late, so that the names above cost nothing.
    from openai_harmony import HarmonyEncodingName, HarmonyError, load_harmony_encoding

    content = _read_vocabulary()
    try:
        with tempfile.TemporaryDirectory(prefix="harmony-tui-") as folder:
            (Path(folder) / vocabulary.FILE_NAME).write_bytes(content)
            # Named to the library, and to no program that is started later.
            with environment.variable(VARIABLE, folder):
                return load_harmony_encoding(HarmonyEncodingName.HARMONY_GPT_OSS)
    except (OSError, HarmonyError) as error:
        raise VocabularyError(
            f"The vocabulary cannot be unpacked into a temporary folder ({error}). "
            "Set TMPDIR to a folder that can be written and has 4 MB free."
        ) from error


def _read_vocabulary() -> bytes:
    try:
        return vocabulary.unpack()
    except (OSError, EOFError, ValueError, lzma.LZMAError) as error:
        raise VocabularyError(
            f"The vocabulary file {vocabulary.ARCHIVE} cannot be read ({error}). "
            "Install harmony-tui again."
        ) from error


def token_bytes(token: int) -> bytes:
    """Return the bytes that a token stands for.

    A control token gives its spelling; a number outside the vocabulary has a name too.
    """
    if not 0 <= token < VOCABULARY_SIZE:
        return f"<|token {token}|>".encode()
    # Surrogate escapes carry bytes that are no UTF-8 by themselves through str, unchanged.
    return load_encoding().decode([token], "surrogateescape").encode("utf-8", "surrogateescape")


def in_parts(text: str) -> list[str]:
    """Return a text in one part, or in several where a word in it is endless."""
    ends: list[int] = []
    if len(text) > LONGEST_RUN:
        for run in RUN.finditer(text):
            ends += range(run.start() + LONGEST_RUN, run.end(), LONGEST_RUN)
    return [text[start:end] for start, end in zip([0, *ends], [*ends, len(text)], strict=True)]


def encode_text(text: str) -> tuple[int, ...]:
    """Return the tokens of a text; the spelling of a control token stays text."""
    encode = load_encoding().encode
    return tuple(chain.from_iterable(encode(p, disallowed_special=()) for p in in_parts(text)))


def are_tokens(tokens: Sequence[int], size: int = VOCABULARY_SIZE) -> bool:
    """Return whether these are tokens, one or more, all of a vocabulary of some size."""
    return len(tokens) > 0 and min(tokens) >= 0 and max(tokens) < size


class StreamingDecoder:
    """Turns the tokens of one text into characters, never showing half a UTF-8 sequence.

    Bytes that wait for the rest of their character are held back until it comes; ``finish`` gives
    what is left, with U+FFFD for what cannot be read.
    """

    def __init__(self, bytes_of: Callable[[int], bytes] = token_bytes) -> None:
        """Begin with nothing held back; ``bytes_of`` gives the bytes that a token stands for."""
        self._bytes_of = bytes_of
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def feed(self, token: int) -> str:
        """Return the characters that this token completes; control tokens give their spelling."""
        return self._decoder.decode(self._bytes_of(token))

    def finish(self) -> str:
        """Return what was held back, and begin anew."""
        rest = self._decoder.decode(b"", final=True)
        self._decoder.reset()
        return rest
