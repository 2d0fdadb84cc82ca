"""Conversations as tokens, spelled exactly as the engine renders and the model samples them."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from engine.harmony.encoding import (
    CALL,
    CHANNEL,
    CONSTRAIN,
    END,
    MESSAGE,
    RETURN,
    START,
    load_encoding,
)
from engine.harmony.prompt import ASSISTANT
from engine.models.demo.corpus.dialogue import Called, Said, Step, Turn
from engine.models.demo.corpus.noise import FUNCTION_WORDS


@functools.lru_cache(maxsize=1 << 16)
def encode(text: str) -> tuple[int, ...]:
    """Return the tokens of ordinary text; spellings of control tokens stay text."""
    return tuple(load_encoding().encode(text, disallowed_special=()))


@functools.cache
def token_word(token: int) -> str:
    """Return the word that a token spells, in lower case, or nothing if it is no word."""
    word = load_encoding().decode([token]).strip().lower()
    return word if word.isalpha() else ""


@functools.cache
def _function_words() -> frozenset[str]:
    return frozenset(FUNCTION_WORDS.split())


def may_be_unknown(token: int, *, any_word: bool) -> bool:
    """Return whether a token of a question can be unknown without changing what is right."""
    word = token_word(token)
    return bool(word) if any_word else word in _function_words()


@dataclass(slots=True)
class Writer:
    """Collects tokens with, for each, whether it is to be learned and may be unknown."""

    tokens: list[int] = field(default_factory=list)
    learned: list[bool] = field(default_factory=list)
    user: list[bool] = field(default_factory=list)

    def add(self, tokens: Iterable[int], *, learned: bool = False) -> None:
        """Append tokens that are all known."""
        before = len(self.tokens)
        self.tokens.extend(tokens)
        count = len(self.tokens) - before
        self.learned.extend((learned,) * count)
        self.user.extend((False,) * count)

    def add_question(self, text: str, *, any_word: bool) -> None:
        """Append a user message."""
        self.add((START, *encode("user"), MESSAGE))
        words = encode(text)
        self.tokens.extend(words)
        self.learned.extend((False,) * len(words))
        self.user.extend(may_be_unknown(token, any_word=any_word) for token in words)
        self.add((END,))


def result_tokens(called: Called) -> tuple[int, ...]:
    """Return the message in which a tool answers."""
    return (
        START,
        *encode(f"{called.recipient} to=assistant"),
        CHANNEL,
        *encode("commentary"),
        MESSAGE,
        *encode(called.result),
        END,
    )


def said_tokens(said: Said, ending: int) -> tuple[int, ...]:
    """Return what the model samples after ``<|start|>assistant`` to say something."""
    return (CHANNEL, *encode(said.channel), MESSAGE, *encode(said.text), ending)


def call_tokens(called: Called) -> tuple[int, ...]:
    """Return what the model samples after ``<|start|>assistant`` to call a tool."""
    return (
        CHANNEL,
        *encode(f"commentary to={called.recipient} "),
        CONSTRAIN,
        *encode("json"),
        MESSAGE,
        *encode(called.arguments),
        CALL,
    )


def rendered_call_tokens(called: Called) -> tuple[int, ...]:
    """Return a call as openai-harmony renders it: the recipient in the role."""
    return (
        *encode(f" to={called.recipient}"),
        CHANNEL,
        *encode("commentary "),
        CONSTRAIN,
        *encode("json"),
        MESSAGE,
        *encode(called.arguments),
        CALL,
    )


def write_finished(writer: Writer, turn: Turn, *, as_rendered: bool = False) -> None:
    """Append a turn that is over: without its analysis, its end as ``<|end|>``."""
    writer.add_question(turn.user, any_word=turn.may_lose_words)
    for step in turn.steps:
        if isinstance(step, Called):
            call = rendered_call_tokens(step) if as_rendered else call_tokens(step)
            writer.add((*ASSISTANT, *call, *result_tokens(step)))
        elif step.channel == "final":
            writer.add((*ASSISTANT, *said_tokens(step, END)))


def write_running(writer: Writer, turn: Turn) -> None:
    """Append the turn to learn from: everything that the model is to sample is learned."""
    writer.add_question(turn.user, any_word=turn.may_lose_words)
    writer.add(ASSISTANT)
    for step, is_last in _with_last(turn.steps):
        if isinstance(step, Called):
            writer.add(call_tokens(step), learned=True)
            writer.add((*result_tokens(step), *ASSISTANT))
        elif is_last:
            writer.add(said_tokens(step, RETURN), learned=True)
        else:
            writer.add((*said_tokens(step, END), *ASSISTANT), learned=True)


def _with_last(steps: Sequence[Step]) -> Iterable[tuple[Step, bool]]:
    return ((step, place == len(steps) - 1) for place, step in enumerate(steps))


def render_prompt(prefix: Sequence[int], history: Sequence[Turn], question: str) -> tuple[int, ...]:
    """Return the whole prompt of a question after finished turns, ready to be sampled from."""
    writer = Writer()
    writer.add(prefix)
    for turn in history:
        write_finished(writer, turn)
    writer.add_question(question, any_word=False)
    writer.add(ASSISTANT)
    return tuple(writer.tokens)
