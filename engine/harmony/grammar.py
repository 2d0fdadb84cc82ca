"""Which tokens may stand in a header of the assistant's, as Harmony's format has it.

What is allowed is what gpt-oss writes when it keeps to "docs/format.md" of openai/harmony: a
channel, for a call a declared recipient, after the role or after the channel, with or without a
content type. Calls may come on the analysis channel, as those of the built-in tools do, and as the
models make them of functions, too: to forbid it would turn calls into thoughts.

A text is free. What a header's tokens are is decided by the encoding of its spelling, which is
what the model was trained on; other tokens of the same spelling, which may stand in a prompt, are
read but not offered.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from engine.harmony.encoding import (
    CALL,
    CHANNEL,
    END,
    MESSAGE,
    RETURN,
    START,
    StreamingDecoder,
    load_encoding,
)
from engine.harmony.header import NAMESPACE, Header, read_header
from engine.harmony.parser import ENDINGS, LONGEST_HEADER

Trie = dict[int, "Trie"]
"""The tokens that may come next, each with those that may come after it."""

FORBIDDEN_IN_NAMES = frozenset(' \t\r\n<{["')
"""A recipient ends before one of these, as the parser reads it."""


class HeaderGrammar:
    """The headers that may be written, given the tools that are declared."""

    def __init__(self, recipients: Collection[str] = ()) -> None:
        """Take the declared tools as they are addressed (``functions.calculator``, ``python``).

        Raises:
            ValueError: a header cannot hold one of the names.
        """
        self.recipients = frozenset(recipients)
        text: Trie = {MESSAGE: {}}
        self.after_channel: Trie = {}
        after_role: Trie = {CHANNEL: self.after_channel}
        calls: Trie = {}
        for name in sorted(self.recipients):
            if not name or FORBIDDEN_IN_NAMES.intersection(name):
                raise ValueError(f"A header cannot hold the recipient {name!r}.")
            typed = {**text, **_content_types(name, text)}
            spelled = _encode(f" to={name}")
            _add(calls, spelled, typed)
            _add(after_role, spelled, {CHANNEL: _channels(typed)})
        _add(self.after_channel, _encode("final"), text)
        for tokens in map(_encode, ("analysis", "commentary")):
            _add(self.after_channel, tokens, {**text, **calls})
        self.after_start: Trie = {}
        _add(self.after_start, _encode("assistant"), after_role)


def _content_types(recipient: str, then: Trie) -> Trie:
    """Return how the type of a call's text is spelled: in the documentation's way, or shorter."""
    names = ("json",) if recipient.startswith(NAMESPACE) else ("json", "code")
    types: Trie = {}
    for name in names:
        for spelling in (f" <|constrain|>{name}", f"<|constrain|>{name}", f" {name}"):
            _add(types, _encode(spelling, with_controls=True), then)
    return types


def _channels(then: Trie) -> Trie:
    """Return the channels that a call may be on."""
    channels: Trie = {}
    for name in ("analysis", "commentary"):
        _add(channels, _encode(name), then)
    return channels


def _add(trie: Trie, tokens: Collection[int], then: Trie) -> None:
    """Let tokens come, and after them what ``then`` has; parts of ``then`` may be shared."""
    for token in tokens:
        trie = trie.setdefault(token, {})
    trie.update(then)


@lru_cache(maxsize=256)
def _encode(text: str, *, with_controls: bool = False) -> tuple[int, ...]:
    """Return the tokens of a spelling; control tokens in it are such only if it is said."""
    encoding = load_encoding()
    if with_controls:
        return tuple(encoding.encode(text, allowed_special="all"))
    return tuple(encoding.encode(text, disallowed_special=()))


class HeaderFollower:
    """Follows a turn token by token and says what may come next between two texts.

    It reads any tokens as the parser does. Where they have left the grammar, nothing is forbidden
    until a header begins again.
    """

    def __init__(self, grammar: HeaderGrammar) -> None:
        """Begin before a message, where only ``<|start|>`` can come."""
        self._grammar = grammar
        self._tokens: list[int] = []
        self._following: Trie | None = {START: grammar.after_start}
        self.header: Header | None = None
        """What the message says of itself whose text is open, if one is."""

    def allowed(self) -> frozenset[int] | None:
        """Return the tokens that may come next, or None where any may."""
        return None if self._following is None else frozenset(self._following)

    def forced(self) -> tuple[int, ...]:
        """Return the tokens that are the only ones possible next, in order."""
        tokens: list[int] = []
        following = self._following
        while following is not None and len(following) == 1:
            ((token, following),) = following.items()
            tokens.append(token)
        return tuple(tokens)

    def accept(self, token: int) -> None:
        """Go on by one token."""
        if token == START or (token == CHANNEL and self.header is not None):
            self._begin_header(token)
        elif token in ENDINGS:
            self._end(token)
        elif self.header is None:
            self._read_header(token)

    def _begin_header(self, token: int) -> None:
        self.header = None
        self._tokens = [token]
        grammar = self._grammar
        self._following = grammar.after_start if token == START else grammar.after_channel

    def _end(self, token: int) -> None:
        """End a message; an answer that ``<|end|>`` ended is not followed by another message."""
        is_answer = self.header is not None and self.header.channel == "final"
        self.header = None
        self._tokens = []
        if token == END:
            self._following = {RETURN: {}} if is_answer else {START: self._grammar.after_start}
        else:
            self._following = None

    def _read_header(self, token: int) -> None:
        if token == MESSAGE:
            self._open()
            return
        self._tokens.append(token)
        if self._following is not None:
            self._following = self._following.get(token)
        if len(self._tokens) > LONGEST_HEADER:
            self._following, self.header = None, Header()

    def _open(self) -> None:
        """Open the text whose header is complete."""
        is_started = self._tokens[:1] == [START]
        decoder = StreamingDecoder()
        spelled = "".join(map(decoder.feed, self._tokens[is_started:])) + decoder.finish()
        self.header = read_header(spelled, is_started, self._grammar.recipients)
        self._following = None

    @property
    def ending(self) -> int | None:
        """The token that the open text has to end with, if one is open."""
        if self.header is None:
            return None
        if self.header.recipient is not None:
            return CALL
        return RETURN if self.header.channel == "final" else END
