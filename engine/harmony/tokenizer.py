"""Which tokens a model's text is made of: Harmony's, or those of its own ``tokenizer.json``.

``recognise`` says it by looking at the model's files, in a fraction of the time that reading the
tokenizer takes; ``load_tokenizer`` then gives it. Nothing heavy is imported before it is needed.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol

from engine.harmony import encoding
from engine.harmony.encoding import FIRST_SPECIAL, STOP_TOKENS, VOCABULARY_SIZE

if TYPE_CHECKING:
    from engine.harmony.template import Piece

FILE = "tokenizer.json"

FILE_LIMIT = 400_000_000
"""Bytes of a tokenizer.json; gpt-oss's has 28 million."""

CONTROLS = {
    encoding.START: "<|start|>",
    encoding.END: "<|end|>",
    encoding.MESSAGE: "<|message|>",
    encoding.CHANNEL: "<|channel|>",
    encoding.CONSTRAIN: "<|constrain|>",
    encoding.RETURN: "<|return|>",
    encoding.CALL: "<|call|>",
}
"""The tokens that Harmony's messages are built with; a model trained on it has them all."""

NAMED = {
    **CONTROLS,
    199998: "<|startoftext|>",
    encoding.END_OF_TEXT: "<|endoftext|>",
}

OTHER_SPELLINGS = {200018: "<|endofprompt|>"}
"""What gpt-oss's tokenizer.json calls a token that openai-harmony has as reserved."""

STOP_SPELLINGS = tuple(NAMED[token] for token in sorted(STOP_TOKENS))

ORDINARY_TOKENS = "0fc8da96e9c1e979d83a0ad7"
"""The beginning of the SHA-256 of o200k's 199,998 ordinary tokens (see ``digest``)."""

STRANGERS = 0.01
"""The share of ordinary tokens that may be others than Harmony's: those that hardly ever occur."""

SPEAKS_HARMONY = ("<|start|>", "<|channel|>", "<|message|>")
"""What a chat template mentions if it writes Harmony."""


class TokenizerError(Exception):
    """A model's vocabulary cannot be used; the message says why and what to do."""


class ChatTemplateError(Exception):
    """A chat template is broken or does what it may not; the message says what to do."""


class Tokenizer(Protocol):
    """Text to tokens and back, for one model."""

    @property
    def size(self) -> int:
        """Every token is below this."""
        ...

    @property
    def controls(self) -> Mapping[str, int]:
        """The tokens that are no text, by their spellings."""
        ...

    @property
    def stop_tokens(self) -> frozenset[int]:
        """Sampling ends with one of these."""
        ...

    def encode(self, text: str) -> tuple[int, ...]:
        """Return the tokens of a text; the spelling of a control token stays text."""
        ...

    def token_bytes(self, token: int) -> bytes:
        """Return the bytes that a token stands for, which need not be whole characters."""
        ...


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a model is to be spoken to, and why."""

    vocabulary: Literal["harmony", "own"]
    """Whose tokens: Harmony's, or those of the model's tokenizer.json."""
    prompts: Literal["harmony", "template"]
    """Messages and channels as Harmony has them, or its chat template and one final channel."""
    reason: str


def recognise(folder: Path, vocabulary_size: int) -> Dialect:
    """Return how to speak to the model of a folder.

    Args:
        folder: holds ``config.json`` and, with most models, ``tokenizer.json``.
        vocabulary_size: how many tokens the model has logits for.

    Raises:
        TokenizerError: neither Harmony nor its own files serve.
        ChatTemplateError: the file of its chat template cannot be read.
    """
    template = read_template(folder)
    foreign = template is not None and not all(token in template for token in SPEAKS_HARMONY)
    file = folder / FILE
    if not file.is_file():
        if foreign or vocabulary_size != VOCABULARY_SIZE:
            why = "its chat template" if foreign else f"its size of {vocabulary_size:,} tokens"
            raise TokenizerError(
                f"{folder} has no {FILE}, and by {why} the model does not speak Harmony. "
                f"Put its {FILE} into the folder."
            )
        return Dialect("harmony", "harmony", f"it has no {FILE} and Harmony's number of tokens")
    own = _Vocabulary.read(file)
    if own.size > vocabulary_size:
        raise TokenizerError(
            f"{file} has tokens up to {own.size - 1:,}, but the model knows {vocabulary_size:,} "
            "tokens. The two do not belong together; download the model again."
        )
    lacking = [spelling for spelling in CONTROLS.values() if spelling not in own.added]
    if lacking or foreign:
        why = f"its vocabulary has no {lacking[0]}" if lacking else "its chat template is another"
        if template is None:
            raise TokenizerError(
                f"{folder}: the model does not speak Harmony ({why}), and it has no chat template. "
                "Use a model with a chat template, or a gpt-oss model."
            )
        return Dialect("own", "template", why)
    own.check_harmony()
    if difference := own.difference():
        return Dialect("own", "harmony", difference)
    return Dialect("harmony", "harmony", f"its {FILE} has Harmony's tokens")


def load_tokenizer(folder: Path, dialect: Dialect) -> Tokenizer:
    """Return the tokenizer of the model of a folder.

    Raises:
        TokenizerError: its file cannot be read, or no token is known to end an answer.
    """
    if dialect.vocabulary == "harmony":
        return HarmonyTokenizer()
    own = OwnTokenizer(folder / FILE)
    if dialect.prompts == "harmony":
        stops = {own.controls[s] for s in STOP_SPELLINGS if s in own.controls}
    else:
        stops = _stop_tokens(folder, own)
    own.stop_tokens = frozenset(stops)
    return own


class HarmonyTokenizer:
    """Harmony's own vocabulary, through openai-harmony, which the first text has read (0.4 s)."""

    size = VOCABULARY_SIZE
    stop_tokens = STOP_TOKENS

    @cached_property
    def controls(self) -> Mapping[str, int]:
        """The tokens that are no text, by their spellings."""
        return {_harmony_spelling(t): t for t in range(FIRST_SPECIAL, VOCABULARY_SIZE)}

    def encode(self, text: str) -> tuple[int, ...]:
        """Return the tokens of a text; the spelling of a control token stays text."""
        return encoding.encode_text(text)

    def token_bytes(self, token: int) -> bytes:
        """Return the bytes that a token stands for, which need not be whole characters."""
        return encoding.token_bytes(token)


class OwnTokenizer:
    """A model's ``tokenizer.json`` through the tokenizers library: byte-level BPE.

    Any thread may use it, for nothing of it changes once it is loaded.
    """

    stop_tokens: frozenset[int] = frozenset()

    def __init__(self, file: Path) -> None:
        """Read the file, which takes about a second at gpt-oss's size.

        Raises:
            TokenizerError: it cannot be read.
        """
        from tokenizers import Tokenizer as Reader

        try:
            self._reader = Reader.from_file(str(file))
        except Exception as error:  # the library raises nothing more precise
            raise _unreadable(file, str(error)) from error
        self._reader.encode_special_tokens = True
        added = self._reader.get_added_tokens_decoder()
        self._added = {number: token.content for number, token in added.items()}
        self.controls: Mapping[str, int] = {
            token.content: number for number, token in added.items() if token.special
        }
        self.size: int = max([*added, self._reader.get_vocab_size() - 1]) + 1
        spellings = sorted(self.controls, key=len, reverse=True)
        self._split = re.compile(f"({'|'.join(map(re.escape, spellings))})") if spellings else None

    def encode(self, text: str) -> tuple[int, ...]:
        """Return the tokens of a text; the spelling of a control token stays text."""
        # Lone surrogates, which the library does not take, become U+FFFD.
        whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return tuple(self._reader.encode(whole, add_special_tokens=False).ids)

    def encode_prompt(self, pieces: Iterable[Piece]) -> tuple[int, ...]:
        """Return the tokens of what a chat template wrote, its control tokens being such."""
        return tuple(token for piece in pieces for token in self._encode_piece(piece))

    def _encode_piece(self, piece: Piece) -> Iterator[int]:
        if piece.literal or self._split is None:
            yield from self.encode(piece.text)
            return
        for place, part in enumerate(self._split.split(piece.text)):
            if place % 2:
                yield self.controls[part]
            else:
                yield from self.encode(part)

    def token_bytes(self, token: int) -> bytes:
        """Return the bytes that a token stands for, which need not be whole characters."""
        if token in self._added:
            return self._added[token].encode()
        spelling = self._reader.id_to_token(token) if 0 <= token < self.size else None
        if spelling is None:
            return f"<|token {token}|>".encode()
        return b"".join(_BYTE_OF.get(c) or c.encode() for c in spelling)


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """What a ``tokenizer.json`` says of its tokens."""

    file: Path
    ordinary: dict[str, int]
    added: dict[str, int]

    @classmethod
    def read(cls, file: Path) -> _Vocabulary:
        """Read the tokens alone and leave the merges, four fifths of the file, aside.

        Raises:
            TokenizerError: the file is unreadable, or not of the one kind that is supported.
        """
        try:
            if file.stat().st_size > FILE_LIMIT:
                raise _unreadable(file, f"it has more than {FILE_LIMIT:,} bytes")
            text = file.read_text(encoding="utf-8")
            tokens, listed = (_read_part(text, name) for name in ("vocab", "added_tokens"))
        except (OSError, ValueError, RecursionError) as error:
            raise _unreadable(file, str(error)) from error
        is_byte_level = re.search(r'"type"\s*:\s*"ByteLevel"', text) is not None
        if not isinstance(tokens, dict) or not is_byte_level:
            raise TokenizerError(
                f"{file} is no byte-level BPE, the one kind of vocabulary that this program reads "
                "besides Harmony's. Use another conversion of the model."
            )
        try:
            added = {str(entry["content"]): int(entry["id"]) for entry in listed or ()}
            ordinary = {spelling: int(token) for spelling, token in tokens.items()}
        except (TypeError, KeyError, ValueError) as error:
            raise _unreadable(file, "a token has no number") from error
        # Some conversions list the added tokens among the ordinary ones, too or alone.
        twice = {s: t for s, t in ordinary.items() if s in added or t >= FIRST_SPECIAL}
        for spelling in twice:
            del ordinary[spelling]
        return cls(file, ordinary, {**twice, **added})

    @property
    def size(self) -> int:
        return max([*self.ordinary.values(), *self.added.values(), -1]) + 1

    def check_harmony(self) -> None:
        """See that prompts in Harmony's own tokens mean the same to the model.

        Raises:
            TokenizerError: they do not.
        """
        moved = [s for token, s in CONTROLS.items() if self.added[s] != token]
        if moved or self._strangers() > STRANGERS * len(self.ordinary):
            why = f"{moved[0]} has another number" if moved else "its ordinary tokens are others"
            raise TokenizerError(
                f"{self.file}: the model speaks Harmony, but not in Harmony's tokens ({why}), "
                "which this program cannot do. Use a fine-tune that keeps gpt-oss's vocabulary."
            )

    def _strangers(self) -> int:
        """Return how many ordinary tokens are not Harmony's; none are where the hash is right."""
        if digest(self.ordinary) == ORDINARY_TOKENS:
            return 0
        return sum(
            b"".join(_BYTE_OF.get(c) or c.encode() for c in spelling) != encoding.token_bytes(token)
            for spelling, token in self.ordinary.items()
        )

    def difference(self) -> str | None:
        """Return which added tokens differ from Harmony's, or None if none does."""
        others = [
            (token, spelling)
            for spelling, token in self.added.items()
            if spelling not in (_harmony_spelling(token), OTHER_SPELLINGS.get(token))
        ]
        if not others:
            return None
        token, spelling = min(others)
        verb = "token differs" if len(others) == 1 else "tokens differ"
        return f"{len(others)} {verb} from Harmony's, such as {spelling} ({token})"


def digest(tokens: Mapping[str, int]) -> str:
    """Return a short hash of tokens in byte-level spelling and of their order."""
    ordered = sorted(tokens, key=tokens.__getitem__)
    return hashlib.sha256("\n".join(ordered).encode("utf-8", "surrogatepass")).hexdigest()[:24]


def _read_part(text: str, name: str) -> Any:
    """Return one value of a JSON text by its key; no string of JSON can hold an unescaped key."""
    found = re.search(rf'"{name}"\s*:\s*(?=[\[{{])', text)
    return None if found is None else json.JSONDecoder().raw_decode(text, found.end())[0]


def _harmony_spelling(token: int) -> str:
    return NAMED.get(token, f"<|reserved_{token}|>")


def _stop_tokens(folder: Path, tokenizer: OwnTokenizer) -> set[int]:
    """Return the tokens that the model's files say an answer ends with."""
    stops: set[int] = set()
    for name in ("generation_config.json", "config.json"):
        ends = _read_settings(folder / name).get("eos_token_id")
        stops.update(e for e in (ends if isinstance(ends, list) else [ends]) if isinstance(e, int))
    end = special_spellings(folder).get("eos_token")
    if end is not None and end in tokenizer.controls:
        stops.add(tokenizer.controls[end])
    if not stops:
        raise TokenizerError(
            f"{folder} does not say which token ends an answer (eos_token_id in "
            "generation_config.json). Download the model again."
        )
    return stops


def read_template(folder: Path) -> str | None:
    """Return the source of a model's chat template, or None if it has none.

    Raises:
        ChatTemplateError: its file cannot be read.
    """
    file = folder / "chat_template.jinja"
    try:
        if file.is_file():
            return file.read_text(encoding="utf-8")
        file = folder / "tokenizer_config.json"
        if not file.is_file():
            return None
        settings = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise ChatTemplateError(f"{file} cannot be read ({error}). Download it again.") from error
    found = settings.get("chat_template") if isinstance(settings, dict) else None
    if isinstance(found, list):
        named = {t.get("name"): t.get("template") for t in found if isinstance(t, dict)}
        found = named.get("default")
    return found if isinstance(found, str) else None


def special_spellings(folder: Path) -> dict[str, str]:
    """Return the spellings of ``bos_token`` and its like, which chat templates use.

    Raises:
        TokenizerError: ``tokenizer_config.json`` is broken.
    """
    spellings = {}
    for name, value in _read_settings(folder / "tokenizer_config.json").items():
        content = value.get("content") if isinstance(value, dict) else value
        if name.endswith("_token") and isinstance(content, str):
            spellings[name] = content
    return spellings


def _read_settings(file: Path) -> dict[str, Any]:
    if not file.is_file():
        return {}
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise _unreadable(file, str(error)) from error
    return content if isinstance(content, dict) else {}


def _unreadable(file: Path, why: str) -> TokenizerError:
    return TokenizerError(f"{file} cannot be read ({why.rstrip('.')}). Download it again.")


def _byte_alphabet() -> Iterator[tuple[str, bytes]]:
    """Give the character that stands for each byte in byte-level BPE, as GPT-2 began it."""
    shown = {*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)}
    hidden = 0x100
    for byte in range(256):
        if byte in shown:
            yield chr(byte), bytes([byte])
        else:
            yield chr(hidden), bytes([byte])
            hidden += 1


_BYTE_OF = dict(_byte_alphabet())
