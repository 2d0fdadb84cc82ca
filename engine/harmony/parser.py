"""Sampled tokens to events, one token at a time; it never raises and drops nothing.

The format is that of openai/harmony ("docs/format.md"). A message is a header, ``<|message|>``,
its text and an ending. What breaks the format becomes visible text of a message that is marked as
irregular, so that the person sees all that the model sampled.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from engine.events import Ending, Event, MessageClosed, MessageOpened, TextDelta
from engine.harmony.encoding import (
    CALL,
    END,
    END_OF_TEXT,
    FIRST_SPECIAL,
    MESSAGE,
    RETURN,
    START,
    StreamingDecoder,
)

ENDINGS: dict[int, Ending] = {END: "end", RETURN: "return", CALL: "call", END_OF_TEXT: "end"}
CHANNELS = ("analysis", "commentary", "final")
CHANNEL_SPELLING, CONSTRAIN_SPELLING = "<|channel|>", "<|constrain|>"
CONTROL_SPELLING = re.compile(r"<\|[a-z]+\|>")
UNFINISHED_HEADER = re.compile(
    r"(assistant)?( to=\S*)?(<\|channel\|>\w*( to=[^\s<]*)?( ?<\|constrain\|>\w*)?)?"
)
"""A header that is regular as far as it goes; its words are no text."""

LONGEST_HEADER = 64
"""A header of more tokens than this is none: what was sampled is shown as text."""


@dataclass(frozen=True, slots=True)
class Header:
    """What a message says of itself before its text."""

    role: str = "assistant"
    channel: str | None = None
    recipient: str | None = None
    content_type: str | None = None
    is_irregular: bool = False


def read_header(text: str) -> Header:
    """Return what a header's text says; ``<|channel|>`` and ``<|constrain|>`` are spelled out.

    The model writes the recipient after the channel, the library's renderer before it; both count.
    """
    author, _, rest = text.partition(CHANNEL_SPELLING)
    rest, constrain, content_type = rest.partition(CONSTRAIN_SPELLING)
    author_words, words, type_words = author.split(), rest.split(), content_type.split()
    recipients = [
        cut_name(word.removeprefix("to="))
        for word in author_words + words + type_words
        if word.startswith("to=")
    ]
    roles = [word for word in author_words if not word.startswith("to=")]
    plain = [word for word in words if not word.startswith("to=")]
    types = plain[1:] + [word for word in type_words if not word.startswith("to=")]
    channel = cut_name(plain[0]) if plain else None
    odd = (
        len(roles) > 1
        or roles[:1] not in ([], ["assistant"])
        or len(recipients) > 1
        or len(types) > 1
        or channel not in CHANNELS
        or (bool(constrain) and not types)
        or CONTROL_SPELLING.search(rest + content_type) is not None
    )
    return Header(
        role=roles[0] if roles else "assistant",
        channel=channel,
        recipient=(recipients[0] or None) if recipients else None,
        content_type=types[0] if types else None,
        is_irregular=odd,
    )


def cut_name(word: str) -> str:
    """Return a name up to a control token that was glued onto it."""
    return CONTROL_SPELLING.split(word, maxsplit=1)[0]


class Parser:
    """Reads what follows a prompt that ends with ``<|start|>assistant``."""

    def __init__(self, first_message: int = 0) -> None:
        """Begin inside a header; messages are numbered from ``first_message``."""
        self._next = first_message
        self._begin_header()

    @property
    def next_message(self) -> int:
        """The number that the next message will have."""
        return self._next

    def feed(self, token: int) -> list[Event]:
        """Return the events that one more sampled token brings about."""
        if self._header is None:
            return self._in_header(token)
        return self._in_text(token)

    def close(self) -> list[Event]:
        """Return the events of the end of sampling; an open message is closed as cut."""
        if self._header is None:
            if UNFINISHED_HEADER.fullmatch(self._header_text(self._tokens)):
                return []
            return self._header_as_text("cut")
        return self._close("cut")

    # --- a header ---------------------------------------------------------------------------

    def _begin_header(self, tokens: list[int] | None = None) -> None:
        self._header: Header | None = None
        self._irregular = False
        self._tokens: list[int] = tokens or []
        self._text: list[str] = []
        self._decoder = StreamingDecoder()

    def _in_header(self, token: int) -> list[Event]:
        if token == START:
            events = self._header_as_text("end") if self._header_has_words() else []
            self._begin_header([*self._tokens, token])
            return events
        if token in ENDINGS:
            if not self._tokens:
                return []  # the ending of a message that has ended already
            self._tokens.append(token)
            return self._header_as_text(ENDINGS[token])
        self._tokens.append(token)
        if token == MESSAGE:
            return self._open(read_header(self._header_text(self._tokens[:-1])))
        if len(self._tokens) > LONGEST_HEADER:
            text = self._header_text(self._tokens)
            return [*self._open(Header(is_irregular=True)), self._delta(text)]
        return []

    def _header_text(self, tokens: list[int]) -> str:
        decoder = StreamingDecoder()
        skipped = tokens[1:] if tokens[:1] == [START] else tokens
        return "".join(map(decoder.feed, skipped)) + decoder.finish()

    def _header_has_words(self) -> bool:
        return any(token != START for token in self._tokens)

    def _header_as_text(self, ending: Ending) -> list[Event]:
        """Show a header that no text followed: nothing that was sampled is lost."""
        tokens = self._tokens
        without_ending = tokens[:-1] if tokens and tokens[-1] in ENDINGS else tokens
        text = self._header_text(without_ending)
        events = self._open(Header(is_irregular=True))
        self._tokens = tokens
        if text:
            events.append(self._delta(text))
        return events + self._close(ending)

    # --- a text -----------------------------------------------------------------------------

    def _open(self, header: Header) -> list[Event]:
        self._header = header
        self._irregular = header.is_irregular
        self._message = self._next
        self._next += 1
        return [
            MessageOpened(
                self._message, header.role, header.channel, header.recipient, header.content_type
            )
        ]

    def _in_text(self, token: int) -> list[Event]:
        if token == START:  # the ending is missing
            self._irregular = True
            events = self._close("end")
            self._begin_header([token])
            return events
        self._tokens.append(token)
        if token in ENDINGS:
            return self._close(ENDINGS[token])
        if token >= FIRST_SPECIAL or token < 0:
            self._irregular = True
        text = self._decoder.feed(token)
        return [self._delta(text)] if text else []

    def _delta(self, text: str) -> TextDelta:
        assert self._header is not None  # noqa: S101
        self._text.append(text)
        return TextDelta(self._message, self._header.channel, text)

    def _close(self, ending: Ending) -> list[Event]:
        header = self._header
        assert header is not None  # noqa: S101
        rest = self._decoder.finish()
        events: list[Event] = [self._delta(rest)] if rest else []
        events.append(
            MessageClosed(
                self._message,
                header.role,
                header.channel,
                header.recipient,
                header.content_type,
                "".join(self._text),
                tuple(self._tokens),
                ending,
                self._irregular,
            )
        )
        self._begin_header()
        return events
