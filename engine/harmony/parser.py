"""Sampled tokens to events, one token at a time; it never raises and drops nothing.

The format is that of openai/harmony ("docs/format.md"). A message is a header, ``<|message|>``,
its text and an ending. What breaks the format becomes visible text of a message that is marked as
irregular, so that the person sees all that the model sampled.

Every sampled token is in the ``tokens`` of exactly one ``MessageClosed``, so that these, joined,
are what was sampled. What stands between two messages belongs to the later one: ``<|start|>`` and
the role are its first tokens. Tokens that make no message (an ending with nothing to end, a header
that was cut, a doubled ``<|start|>``) are closed without having been opened; they have no channel.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from engine.events import Ending, Event, Finish, MessageClosed, MessageOpened, TextDelta
from engine.harmony.encoding import (
    CALL,
    CHANNEL,
    END,
    END_OF_TEXT,
    FIRST_SPECIAL,
    MESSAGE,
    RETURN,
    START,
    StreamingDecoder,
    token_bytes,
)
from engine.harmony.header import (
    CHANNEL_SPELLING,
    Header,
    is_unfinished,
    read_header,
    split_header,
)

ENDINGS: dict[int, Ending] = {END: "end", RETURN: "return", CALL: "call", END_OF_TEXT: "end"}

LONGEST_HEADER = 64
"""A header of more tokens than this is none: what was sampled is shown as text."""


class Parser:
    """Reads what follows a prompt that ends with ``<|start|>assistant``.

    A token costs the same at any length. The state is a header of at most ``LONGEST_HEADER`` tokens
    or the tokens and the text of the message that is open, which its ``MessageClosed`` gives.
    """

    def __init__(
        self,
        tools: Iterable[str] = (),
        first_message: int = 0,
        bytes_of: Callable[[int], bytes] = token_bytes,
    ) -> None:
        """Begin inside a header.

        Args:
            tools: the declared tools as they are addressed (``functions.calculator``, ``python``);
                a recipient that means one of them in another spelling is given by this name.
            first_message: the number of the first message; the others follow.
            bytes_of: gives the bytes that a token stands for.
        """
        self._bytes_of = bytes_of
        self._tools = frozenset(tools)
        self._next = first_message
        self._follows_prompt = True
        self._begin_header()

    @property
    def next_message(self) -> int:
        """The number that the next message will have."""
        return self._next

    @property
    def channel(self) -> str | None:
        """The channel of the message that is open, if one is."""
        return self._header.channel if self._header else None

    def feed(self, token: int) -> list[Event]:
        """Return the events that one more sampled token brings about."""
        if self._header is not None:
            return self._in_text(token)
        if token == START:
            events = self._end_header("end")
            self._tokens.append(token)
            return events
        if token in ENDINGS:
            return self._end_header(ENDINGS[token], token)
        return self._in_header(token)

    def close(self, finish: Finish = "cancelled") -> list[Event]:
        """Return the events of the end of sampling; the parser is then ready for the next round.

        Args:
            finish: why sampling ended. After ``stop`` the model was done, so that a message is
                complete even if its ending token was not given; otherwise it was cut, and a call
                that it makes is none.
        """
        ending: Ending = "end" if finish == "stop" else "cut"
        if self._header is None:
            events = self._end_header(ending)
        else:
            self._irregular |= finish == "stop"
            events = self._close(ending)
        self._follows_prompt = True
        return events

    # --- a header ---------------------------------------------------------------------------

    def _begin_header(self, interrupted: Header | None = None) -> None:
        self._header: Header | None = None
        self._interrupted = interrupted
        """The header of the message before, if no ending closed it: its text may go on."""
        self._irregular = False
        self._tokens: list[int] = []
        self._text: list[str] = []
        self._decoder = StreamingDecoder(self._bytes_of)

    def _in_header(self, token: int) -> list[Event]:
        self._tokens.append(token)
        if token == MESSAGE:
            return self._open_marked()
        self._text.append(self._decoder.feed(token))
        if len(self._tokens) > LONGEST_HEADER:
            return self._open_unmarked(*self._without_mark("".join(self._text)))
        return []

    def _open_marked(self) -> list[Event]:
        """Open the message whose header ``<|message|>`` has ended."""
        text = "".join(self._text) + self._decoder.finish()
        self._text = []
        header = read_header(text, self._is_started, self._tools)
        # The prompt began the first header; the model begins the others, with a role each.
        is_begun_well = self._is_started != self._follows_prompt
        is_role_well = self._is_started == text.startswith("assistant")
        if not (is_begun_well and is_role_well):
            header = replace(header, is_irregular=True)
        return [*self._set_aside(header), *self._open(header)]

    def _open_unmarked(self, header: Header, body: str) -> list[Event]:
        """Open a message that has no ``<|message|>``, and show what is more than a header."""
        self._text = []
        events = [*self._set_aside(header), *self._open(header)]
        return [*events, self._delta(body)] if body else events

    def _without_mark(self, text: str) -> tuple[Header, str]:
        """Return the header and the body of a text in which ``<|message|>`` is missing."""
        spelled, body = split_header(text, self._is_started, self._tools)
        if self._interrupted and spelled.strip() in ("", CHANNEL_SPELLING):
            return self._continued(self._interrupted), text
        header = read_header(spelled, self._is_started, self._tools)
        return replace(header, is_irregular=True), body

    @property
    def _is_started(self) -> bool:
        return self._tokens[:1] == [START]

    @staticmethod
    def _continued(interrupted: Header) -> Header:
        """Return the header of text that goes on after a token that was no boundary."""
        channel = "commentary" if interrupted.recipient else interrupted.channel
        return Header(interrupted.role, channel)

    def _end_header(self, ending: Ending, token: int | None = None) -> list[Event]:
        """End a header that has no ``<|message|>``, with the token that does so, if any."""
        text = "".join(self._text) + self._decoder.finish()
        last = [] if token is None else [token]
        if ending == "cut" and is_unfinished(text):
            return self._close_unopened(ending, last, is_irregular=False)
        header, body = self._without_mark(text)
        if header.says_nothing() and not body.strip():
            return self._close_unopened(ending, last, is_irregular=True)
        events = self._open_unmarked(header, body)
        self._tokens += last
        return events + self._close(ending)

    def _close_unopened(
        self, ending: Ending, last: list[int], *, is_irregular: bool
    ) -> list[Event]:
        tokens = (*self._tokens, *last)
        if not tokens:
            return []
        self._follows_prompt = False
        self._begin_header()
        number = self._take_number()
        return [
            MessageClosed(
                number, "assistant", None, None, None, "", tokens, ending, irregular=is_irregular
            )
        ]

    def _set_aside(self, header: Header) -> list[Event]:
        """Show words that have no place in a header: a message that has no tokens of its own."""
        if not header.stray:
            return []
        number, role, text = self._take_number(), header.role, header.stray
        channel = None if header.channel is None else "commentary"
        return [
            MessageOpened(number, role, channel, None, None),
            TextDelta(number, channel, text),
            MessageClosed(number, role, channel, None, None, text, (), "end", irregular=True),
        ]

    # --- a text -----------------------------------------------------------------------------

    def _take_number(self) -> int:
        number = self._next
        self._next += 1
        return number

    def _open(self, header: Header) -> list[Event]:
        self._header = header
        self._irregular = header.is_irregular
        self._message = self._take_number()
        return [
            MessageOpened(
                self._message, header.role, header.channel, header.recipient, header.content_type
            )
        ]

    def _in_text(self, token: int) -> list[Event]:
        if token in (START, CHANNEL):
            return self._interrupt(token)
        self._tokens.append(token)
        if token in ENDINGS:
            return self._close(ENDINGS[token])
        if token >= FIRST_SPECIAL or token < 0:
            self._irregular = True
        text = self._decoder.feed(token)
        return [self._delta(text)] if text else []

    def _interrupt(self, token: int) -> list[Event]:
        """End a text whose ending is missing where the next header begins.

        After ``<|start|>`` the message is complete. A header glued to a call's arguments says
        nothing of that, so the call is taken as cut.
        """
        header = self._header
        assert header is not None  # noqa: S101
        self._irregular = True
        is_cut = token == CHANNEL and header.recipient is not None
        events = self._close("cut" if is_cut else "end")
        self._begin_header(interrupted=header)
        self._tokens.append(token)
        if token == CHANNEL:
            self._text.append(CHANNEL_SPELLING)
        return events

    def _delta(self, text: str) -> TextDelta:
        assert self._header is not None  # noqa: S101
        self._text.append(text)
        return TextDelta(self._message, self._header.channel, text)

    def _close(self, ending: Ending) -> list[Event]:
        header = self._header
        assert header is not None  # noqa: S101
        rest = self._decoder.finish()
        events: list[Event] = [self._delta(rest)] if rest else []
        is_ended_well = ending == "cut" or (ending == "call") == (header.recipient is not None)
        if not is_ended_well or self._tokens[-1] == END_OF_TEXT:
            self._irregular = True
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
        self._follows_prompt = False
        self._begin_header()
        return events
