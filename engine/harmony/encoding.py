"""Text to tokens and back: openai-harmony's encoding, set up so that it never needs a network.

The library wants its vocabulary as a file in a folder named by ``TIKTOKEN_ENCODINGS_BASE`` and
otherwise downloads it. The file travels in this package; it is unpacked once into the user's cache.
"""

from __future__ import annotations

import codecs
import functools
import lzma
import os
import tempfile
from pathlib import Path

from openai_harmony import HarmonyEncoding, HarmonyEncodingName, load_harmony_encoding

from engine.config import locations
from engine.harmony import vocabulary

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

SPECIAL_SPELLINGS = {
    START: "<|start|>",
    END: "<|end|>",
    MESSAGE: "<|message|>",
    CHANNEL: "<|channel|>",
    CONSTRAIN: "<|constrain|>",
    RETURN: "<|return|>",
    CALL: "<|call|>",
    END_OF_TEXT: "<|endoftext|>",
}

STOP_TOKENS = frozenset({RETURN, CALL, END_OF_TEXT})
"""Sampling ends here. ``<|end|>`` is not among them: a message ends, the turn goes on."""


class VocabularyError(Exception):
    """The vocabulary could not be read or unpacked; the message says what to do."""


def _unpacked_folder() -> Path:
    """Return a folder that holds the unpacked vocabulary, writing it where that is possible."""
    candidates = [locations.cache_folder() / "vocabulary"]
    candidates.append(Path(tempfile.gettempdir()) / f"harmony-tui-vocabulary-{os.getuid()}")
    for folder in candidates:
        try:
            if vocabulary.has_expected_sum((folder / vocabulary.FILE_NAME).read_bytes()):
                return folder
        except OSError:
            continue
    return _unpack_into_first_writable(candidates)


def _unpack_into_first_writable(candidates: list[Path]) -> Path:
    content = vocabulary.unpack()
    problems = []
    for folder in candidates:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
                file.write(content)
            Path(file.name).replace(folder / vocabulary.FILE_NAME)
        except OSError as error:
            problems.append(f"{folder}: {error.strerror}")
        else:
            return folder
    raise VocabularyError(
        "No folder to unpack the vocabulary into could be written ("
        + "; ".join(problems)
        + "). Make one of them writable, or set HARMONY_TUI_HOME to a folder that is."
    )


@functools.cache
def load_encoding() -> HarmonyEncoding:
    """Return the Harmony encoding (o200k with its control tokens), loaded once, without a network.

    Raises:
        VocabularyError: the packaged vocabulary is damaged or can be unpacked nowhere.
    """
    try:
        folder = _unpacked_folder()
    except (OSError, EOFError, lzma.LZMAError) as error:
        raise VocabularyError(
            f"The vocabulary file {vocabulary.ARCHIVE} cannot be read ({error}). "
            "Install harmony-tui again."
        ) from error
    os.environ[VARIABLE] = str(folder)
    return load_harmony_encoding(HarmonyEncodingName.HARMONY_GPT_OSS)


class StreamingDecoder:
    """Turns the tokens of one text into characters, never showing half a UTF-8 sequence.

    Bytes that wait for the rest of their character are held back until it comes; ``finish`` gives
    what is left, with U+FFFD for what cannot be read.
    """

    def __init__(self) -> None:
        """Begin with nothing held back."""
        self._encoding = load_encoding()
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def feed(self, token: int) -> str:
        """Return the characters that this token completes; control tokens give their spelling."""
        return self._decoder.decode(token_bytes(token))

    def finish(self) -> str:
        """Return what was held back, and begin anew."""
        rest = self._decoder.decode(b"", final=True)
        self._decoder.reset()
        return rest


def token_bytes(token: int) -> bytes:
    """Return the bytes that a token stands for; a number outside the vocabulary has a name too."""
    if not 0 <= token < VOCABULARY_SIZE:
        return f"<|token {token}|>".encode()
    if token in SPECIAL_SPELLINGS:
        return SPECIAL_SPELLINGS[token].encode()
    return _ordinary_bytes(token)


def _ordinary_bytes(token: int) -> bytes:
    encoding = load_encoding()
    return bytes(encoding._inner.decode_bytes([token]))
