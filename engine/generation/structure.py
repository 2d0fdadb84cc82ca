"""Texts of a given form, a JSON schema's or a regular expression's, token by token.

llguidance does the work (github.com/guidance-ai/llguidance, the library behind OpenAI's structured
outputs). JSON comes with an object's properties in the schema's order and the white space of the
usual layouts between its parts, not without end, which weak models fall for. A regular expression
describes the whole text, in the syntax of Rust's regex, without looking around.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import mlx.core as mx
from llguidance import LLMatcher, LLTokenizer, TokenizerWrapper

from engine.generation.constraint import ConstraintError
from engine.generation.endless import is_endless
from engine.generation.loosening import ANY_OBJECT, loosen
from engine.generation.masks import mask_of_bits, mask_of_tokens
from engine.generation.patterns import is_open, patterns

LONGEST_REASON = 200
WHITE_SPACE = r"[ \n\r\t]{0,64}"

logger = logging.getLogger(__name__)


class StructureError(ConstraintError):
    """A text cannot be given the form that was asked for; the message says why and what to do."""


class TooComplexError(StructureError):
    """A form has become too complex to follow."""


@dataclass(frozen=True, slots=True)
class Structure:
    """The form of a text; whoever has one knows that it is valid and that some text has it."""

    grammar: str
    """In llguidance's notation."""
    name: str
    """What a person knows it as."""

    @classmethod
    def of_schema(
        cls,
        schema: str | Mapping[str, Any],
        name: str = "the JSON schema",
        *,
        lenient: bool = False,
    ) -> Structure:
        """Return the form of JSON that a schema describes.

        Args:
            schema: a JSON schema (draft 2020-12), or the JSON text of one.
            name: what errors call it.
            lenient: whether keywords that are known but cannot be kept to (``not``,
                ``uniqueItems``, formats) are left to whoever reads the text, instead of being an
                error.

        Raises:
            StructureError: it is no schema, uses what is not supported, or nothing satisfies it.
        """
        try:
            parsed = json.loads(schema) if isinstance(schema, str) else schema
            grammar = _grammar_of(parsed, lenient=lenient)
            reason = _unread_fault(parsed) or _fault(grammar)
        except (ValueError, TypeError, RecursionError) as error:
            raise _unusable(name, f"it is no JSON object ({error})") from error
        if reason:
            raise _unusable(name, reason)
        return cls(grammar, name)

    @classmethod
    def of_arguments(cls, schema: Mapping[str, Any], name: str) -> Structure:
        """Return the form of the JSON objects that a tool takes, as far as it can be kept to.

        What of the schema cannot be, is left to the tool; the log says what, once. At worst any
        object has the form.

        Args:
            schema: anything that was given as a JSON schema.
            name: what errors and the log call it.
        """
        try:
            return cls.of_schema(schema, name, lenient=True)
        except StructureError:
            return cls(_loosened(_spelled(schema), name), name)

    @classmethod
    def of_regex(cls, pattern: str, name: str = "the regular expression") -> Structure:
        """Return the form that a regular expression describes.

        Raises:
            StructureError: it is none, uses what is not supported, or no text matches it.
        """
        try:
            grammar = LLMatcher.grammar_from_regex(pattern)
        except UnicodeEncodeError as error:
            raise _unusable(name, "half a surrogate pair is no character") from error
        if reason := "a backslash stands alone at its end" if is_open(pattern) else _fault(grammar):
            raise _unusable(name, reason)
        return cls(grammar, name)


def _unusable(name: str, reason: str) -> StructureError:
    subject = name[:1].upper() + name[1:]
    return StructureError(f"{subject} cannot be kept to: {reason}. Change it, or leave it out.")


def _grammar_of(schema: Any, *, lenient: bool) -> str:
    """Return the grammar of a schema, which may still have faults.

    Raises:
        ValueError, TypeError, RecursionError: it cannot be told as JSON.
    """
    if not isinstance(schema, Mapping | bool):
        raise TypeError("a schema is an object, or true or false")
    spelled = json.dumps(schema, allow_nan=False)
    options: Any = None  # a schema that is true or false takes none
    if isinstance(schema, Mapping):
        options = {"lenient": lenient, "whitespace_pattern": WHITE_SPACE}
    return LLMatcher.grammar_from_json_schema(spelled, overrides=options)


def _spelled(schema: Any) -> str:
    """Return a schema as text that can be read again, in so far as it is JSON at all."""
    try:
        return json.dumps(schema)
    except (ValueError, TypeError, RecursionError):
        return "null"


@lru_cache(maxsize=256)
def _loosened(spelled: str, name: str) -> str:
    """Return the grammar of what of a tool's schema can be kept to; log what cannot."""

    def fault(schema: Any) -> str:
        try:
            return _find_fault(schema)
        except (ValueError, TypeError, RecursionError) as error:
            return str(error)

    loosened = loosen(json.loads(spelled), fault)
    logger.warning(
        "%s is followed without %s. The tool still checks what it is given.", name, loosened.said
    )
    return _grammar_of(loosened.schema, lenient=True)


def _find_fault(schema: Any) -> str:
    grammar = _grammar_of(schema, lenient=True)
    return _unread_fault(schema) or _fault.__wrapped__(grammar)


def _unread_fault(schema: Any) -> str:
    """Return what is wrong with a schema that a grammar of it does not show; empty if nothing."""
    if is_endless(schema):
        return "only JSON without end satisfies it"
    if any(map(is_open, patterns(schema))):
        return "a backslash stands alone at the end of a pattern"
    return ""


@lru_cache(maxsize=256)
def _fault(grammar: str) -> str:
    """Return what is wrong with a grammar, found with a vocabulary of bytes; empty if nothing."""
    matcher = LLMatcher(_bytes(), grammar, log_level=0)
    matcher.compute_bitmask()
    return _reason(matcher) if matcher.is_error() else ""


def _reason(matcher: LLMatcher) -> str:
    """Return what the library complains of, without the state that it prints."""
    error = matcher.get_error()
    if error.startswith("NoExtension"):
        return "nothing satisfies it"
    said = error.partition("<state>")[0].strip()
    # Of an error that shows where it is, its last "error:" says what it is.
    said = said.rpartition("error: ")[2].partition("\n")[0] if "error: " in said else said
    said = said.replace("Unsatisfiable schema", "nothing satisfies it")
    said = " ".join(said.split()).rstrip(".")
    return said if len(said) <= LONGEST_REASON else said[:LONGEST_REASON] + "…"


@cache
def _bytes() -> LLTokenizer:
    """Return a vocabulary of the 256 bytes, which takes no time to build."""
    tokens = [bytes([byte]) for byte in range(256)]
    return _reader([*tokens, b"<end>"], 256, lambda text: list(text.encode()))


class Vocabulary:
    """A model's tokens in the form that llguidance reads.

    It costs 45 MB and 0.8 s of processor time, so it is made when it is first needed, and kept.
    """

    def __init__(
        self, tokens: Sequence[bytes], size: int, encode: Callable[[str], Sequence[int]]
    ) -> None:
        """Take the bytes of the ordinary tokens.

        Args:
            tokens: they come first in the vocabulary; the rest are control tokens.
            size: how many tokens there are in all, at least one of them a control token.
            encode: gives the tokens of a text, none of them a control token.
        """
        self.size = size
        self.end = len(tokens)
        """The control token that stands for the end of any text."""
        controls = (f"<|control {token}|>".encode() for token in range(len(tokens), size))
        self.reader = _reader([*tokens, *controls], self.end, encode)


class _Source:
    """What llguidance asks a tokenizer for."""

    bos_token_id = None

    def __init__(
        self, tokens: list[bytes], end: int, encode: Callable[[str], Sequence[int]]
    ) -> None:
        self.tokens = tokens
        self.eos_token_id = end
        self.special_token_ids = list(range(end, len(tokens)))
        self._encode = encode

    def __call__(self, text: bytes) -> list[int]:
        return list(self._encode(text.decode("utf-8", "replace")))


def _reader(tokens: list[bytes], end: int, encode: Callable[[str], Sequence[int]]) -> LLTokenizer:
    # Its tables for faster masks (0.1 ms instead of 0.3) would double its memory and time.
    return LLTokenizer(TokenizerWrapper(_Source(tokens, end, encode)), slices=[])


class StructuredText:
    """Confines one text to a form; it is the constraint of that text and of its ending.

    Where the form leaves no choice of text, its usual tokens are forced.
    """

    def __init__(self, structure: Structure, vocabulary: Vocabulary, ending: int) -> None:
        """Begin before the text's first token; ``ending`` is the one token that may end it."""
        self._structure = structure
        self._vocabulary = vocabulary
        self._ending = ending
        self._matcher = LLMatcher(vocabulary.reader, structure.grammar, log_level=0)

    def mask(self) -> mx.array:
        """Return what may come next, bool (1, vocabulary size).

        Raises:
            StructureError: the form has become too complex to follow.
        """
        if forced := self.forced():
            return mask_of_tokens(frozenset(forced[:1]), self._vocabulary.size)
        bits = self._matcher.compute_bitmask()
        self._check()
        end = {self._vocabulary.end: False, self._ending: self._matcher.is_accepting()}
        return mask_of_bits(bits, self._vocabulary.size, end)

    def forced(self) -> Sequence[int]:
        """Return the tokens that are the only ones possible next, in order; often none."""
        if self._matcher.is_stopped() and not self._matcher.is_error():
            return (self._ending,)
        return self._matcher.compute_ff_tokens()

    def accept(self, token: int) -> None:
        """Go on by one token of the text, not its ending.

        Raises:
            StructureError: the text no longer has the form.
        """
        if self._matcher.try_consume_tokens([token]) == 0:
            self._matcher.compute_bitmask()  # which says so if it is only too complex to tell
            self._check()
            raise StructureError(
                f"The text cannot go on as {self._structure.name} says: nothing that begins like "
                "this has that form. Change what it begins with, or ask again."
            )
        self._check()

    def _check(self) -> None:
        if self._matcher.is_error():
            logger.warning("%s: %s", self._structure.name, _reason(self._matcher))
            raise TooComplexError(
                f"The text cannot go on as {self._structure.name} says: its form has become too "
                "complex to follow. Ask again, with another text or a simpler form."
            )


class StructuredArguments:
    """Confines what a tool is given to its form, as long as that can be followed.

    One that becomes too complex gives way to that of any JSON object: the tool says what is wrong.
    """

    def __init__(self, structure: Structure, vocabulary: Vocabulary, ending: int) -> None:
        """Begin as ``StructuredText`` does."""
        self._vocabulary = vocabulary
        self._ending = ending
        self._said: list[int] = []
        self._text: StructuredText | None = StructuredText(structure, vocabulary, ending)
        self._looser: Structure | None = Structure.of_schema(ANY_OBJECT, structure.name)

    def mask(self) -> mx.array | None:
        """Return what may come next, bool (1, vocabulary size), or None where anything may."""
        if self._text is None:
            return None
        try:
            return self._text.mask()
        except TooComplexError:
            self._loosen()
            return self.mask()

    def forced(self) -> Sequence[int]:
        """Return the tokens that are the only ones possible next, in order; often none."""
        return () if self._text is None else self._text.forced()

    def accept(self, token: int) -> None:
        """Go on by one token of the text, not its ending.

        Raises:
            StructureError: the text no longer has the form, which only a person brings about.
        """
        self._said.append(token)
        try:
            if self._text is not None:
                self._text.accept(token)
        except TooComplexError:
            self._loosen()

    def _loosen(self) -> None:
        """Have any object do, or anything where that has done already or the text is none."""
        looser, self._looser = self._looser, None
        self._text = None
        if looser is not None:
            text = StructuredText(looser, self._vocabulary, self._ending)
            with suppress(StructureError):
                for token in self._said:
                    text.accept(token)
                self._text = text
