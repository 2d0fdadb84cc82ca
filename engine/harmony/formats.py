"""How one model is prompted and how what it samples is read: in Harmony, or by its own template."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from engine.events import (
    HARMONY,
    Ending,
    Event,
    Finish,
    MessageClosed,
    MessageOpened,
    TextDelta,
)
from engine.harmony.encoding import CONTROL_TOKENS, START, VOCABULARY_SIZE, StreamingDecoder
from engine.harmony.parser import Parser
from engine.harmony.tokenizer import (
    ChatTemplateError,
    Dialect,
    HarmonyTokenizer,
    OwnTokenizer,
    Tokenizer,
    load_tokenizer,
    read_template,
    recognise,
    special_spellings,
)

if TYPE_CHECKING:
    from engine.harmony.prompt import Transcript
    from engine.harmony.template import ChatTemplate


class Reader(Protocol):
    """Sampled tokens to events; every token is in the ``tokens`` of one ``MessageClosed``."""

    @property
    def next_message(self) -> int:
        """The number that the next message will have."""
        ...

    @property
    def channel(self) -> str | None:
        """The channel of the message that is open, if one is."""
        ...

    def feed(self, token: int) -> list[Event]:
        """Return the events that one more sampled token brings about."""
        ...

    def close(self, finish: Finish = "cancelled") -> list[Event]:
        """Return the events of the end of sampling, and be ready for more."""
        ...


class Format(Protocol):
    """How one model is prompted and how what it samples is read."""

    @property
    def name(self) -> str:
        """Prompts of one name mean the same tokens, whatever model they are given."""
        ...

    @property
    def dialect(self) -> Dialect:
        """What was recognised, and why."""
        ...

    @property
    def tokenizer(self) -> Tokenizer:
        """Text to tokens and back."""
        ...

    @property
    def stop_tokens(self) -> frozenset[int]:
        """Sampling ends with one of these."""
        ...

    @property
    def control_tokens(self) -> frozenset[int]:
        """The tokens that are no text, which no penalty touches."""
        ...

    @property
    def opening_tokens(self) -> frozenset[int]:
        """What messages begin with, where that is a token that nothing else has; else none."""
        ...

    @property
    def breakers(self) -> frozenset[int]:
        """The tokens that DRY matches no repeat across."""
        ...

    @property
    def has_rules(self) -> bool:
        """Whether headers, calls and answers can be kept to a form."""
        ...

    def prompt(self, transcript: Transcript) -> tuple[int, ...]:
        """Return the tokens that the model goes on from.

        Raises:
            ChatTemplateError: the model's chat template does not take this conversation.
        """
        ...

    def reader(self, tools: Iterable[str], first_message: int) -> Reader:
        """Return what reads the answer; ``tools`` as they are addressed."""
        ...

    def add_sampled(self, transcript: Transcript, closed: MessageClosed) -> None:
        """Put a message that the model sampled into the transcript."""
        ...


def load_format(folder: Path, vocabulary_size: int) -> Format:
    """Return the format of the model of a folder.

    Args:
        folder: holds ``config.json`` and, with most models, ``tokenizer.json``.
        vocabulary_size: how many tokens the model has logits for.

    Raises:
        TokenizerError: neither Harmony nor the model's own files serve.
        ChatTemplateError: its chat template cannot be used.
    """
    dialect = recognise(folder, vocabulary_size)
    tokenizer = load_tokenizer(folder, dialect)
    if dialect.prompts == "harmony":
        return HarmonyFormat(tokenizer, dialect, vocabulary_size)
    assert isinstance(tokenizer, OwnTokenizer)  # noqa: S101
    from engine.harmony.template import ChatTemplate  # Jinja takes a tenth of a second

    template = ChatTemplate(read_template(folder) or "", special_spellings(folder))
    return TemplateFormat(str(folder), tokenizer, template, dialect, vocabulary_size)


def sentence_breakers(tokenizer: Tokenizer) -> frozenset[int]:
    """Return the tokens that DRY matches no repeat across, as text-generation-webui has them."""
    return frozenset(tokenizer.encode(f"a{text}")[-1] for text in ("\n", ":", '"', "*"))


class HarmonyFormat:
    """Harmony's, with control tokens of the model's own besides if it has any."""

    name = HARMONY
    control_tokens = CONTROL_TOKENS
    opening_tokens = frozenset({START})

    def __init__(
        self,
        tokenizer: Tokenizer | None = None,
        dialect: Dialect | None = None,
        vocabulary_size: int = VOCABULARY_SIZE,
    ) -> None:
        """Take what is known of a model; without anything it is gpt-oss's."""
        self.tokenizer: Tokenizer = tokenizer or HarmonyTokenizer()
        self.dialect = dialect or Dialect("harmony", "harmony", "no model says otherwise")
        self.stop_tokens = self.tokenizer.stop_tokens
        # The grammar masks Harmony's number of tokens.
        self.has_rules = vocabulary_size == VOCABULARY_SIZE

    @cached_property
    def breakers(self) -> frozenset[int]:
        """The tokens that DRY matches no repeat across."""
        return sentence_breakers(self.tokenizer)

    def prompt(self, transcript: Transcript) -> tuple[int, ...]:
        """Return the tokens that the model goes on from."""
        return transcript.prompt()

    def reader(self, tools: Iterable[str], first_message: int) -> Reader:
        """Return what reads the answer; ``tools`` as they are addressed."""
        return Parser(tools, first_message, self.tokenizer.token_bytes)

    def add_sampled(self, transcript: Transcript, closed: MessageClosed) -> None:
        """Put a message that the model sampled into the transcript, token by token."""
        transcript.add_sampled(closed)


class TemplateFormat:
    """That of a model with its own chat template: all that it samples is one final message.

    There are neither tools nor efforts in it, and nothing is kept to a form.
    """

    has_rules = False
    opening_tokens: frozenset[int] = frozenset()

    def __init__(
        self,
        name: str,
        tokenizer: OwnTokenizer,
        template: ChatTemplate,
        dialect: Dialect,
        vocabulary_size: int,
    ) -> None:
        """Take a model's own tokenizer and template; ``name`` is no other model's."""
        self.name = name
        self.dialect = dialect
        self.tokenizer: OwnTokenizer = tokenizer
        self._template = template
        self.stop_tokens = tokenizer.stop_tokens
        controls = {*tokenizer.controls.values(), *tokenizer.stop_tokens}
        self.control_tokens = frozenset(t for t in controls if 0 <= t < vocabulary_size)

    @cached_property
    def breakers(self) -> frozenset[int]:
        """The tokens that DRY matches no repeat across."""
        return sentence_breakers(self.tokenizer)

    def prompt(self, transcript: Transcript) -> tuple[int, ...]:
        """Return the tokens that the model goes on from.

        Raises:
            ChatTemplateError: the chat template does not take this conversation.
        """
        messages = [{"role": role, "content": text} for role, text in transcript.spoken()]
        pieces = self._template.render(messages, controls=self.tokenizer.controls)
        if tokens := self.tokenizer.encode_prompt(pieces):
            return tokens
        raise ChatTemplateError(
            "The model's chat template writes an empty prompt. Use another conversion of the model."
        )

    def reader(self, tools: Iterable[str], first_message: int) -> Reader:
        """Return what reads the answer; there are no calls in it."""
        return TextReader(self.tokenizer, self.control_tokens, first_message)

    def add_sampled(self, transcript: Transcript, closed: MessageClosed) -> None:
        """Put a message that the model sampled into the transcript, as the text that it is."""
        transcript.add_text(closed)


@dataclass(slots=True)
class _Open:
    """The message that is being sampled."""

    number: int
    tokens: list[int]
    text: list[str]
    is_irregular: bool = False


class TextReader:
    """Reads what a model without channels samples: one final message, until a stop token.

    The spelling of another control token is shown as text, and the message is then irregular.
    """

    def __init__(
        self, tokenizer: Tokenizer, control_tokens: frozenset[int], first_message: int
    ) -> None:
        """Begin before a message, which has the number ``first_message``."""
        self._stop_tokens = tokenizer.stop_tokens
        self._control_tokens = control_tokens
        self._decoder = StreamingDecoder(tokenizer.token_bytes)
        self._message: _Open | None = None
        self.next_message = first_message

    @property
    def channel(self) -> str | None:
        """The channel of the message that is open, if one is."""
        return "final" if self._message else None

    def feed(self, token: int) -> list[Event]:
        """Return the events that one more sampled token brings about."""
        events: list[Event] = []
        if self._message is None:
            self._message = _Open(self.next_message, [], [])
            self.next_message += 1
            opened = MessageOpened(self._message.number, "assistant", "final", None, None)
            events.append(opened)
        self._message.tokens.append(token)
        if token in self._stop_tokens:
            return events + self._close(self._message, "return")
        self._message.is_irregular |= token in self._control_tokens
        return events + self._show(self._message, self._decoder.feed(token))

    def close(self, finish: Finish = "cancelled") -> list[Event]:
        """Return the events of the end of sampling; what is open was cut unless it was a stop."""
        if self._message is None:
            return []
        return self._close(self._message, "end" if finish == "stop" else "cut")

    def _show(self, message: _Open, text: str) -> list[Event]:
        if not text:
            return []
        message.text.append(text)
        return [TextDelta(message.number, "final", text)]

    def _close(self, message: _Open, ending: Ending) -> list[Event]:
        events = self._show(message, self._decoder.finish())
        self._message = None
        closed = MessageClosed(
            message.number,
            "assistant",
            "final",
            None,
            None,
            "".join(message.text),
            tuple(message.tokens),
            ending,
            message.is_irregular,
        )
        return [*events, closed]
