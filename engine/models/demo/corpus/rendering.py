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
from engine.models.demo.corpus.reasoning import decision


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


KEPT, KNOWN_BY_MEANING, MAY_BE_UNKNOWN = 0, 1, 2
"""How much of a token has to be known: all, what it means, or nothing."""


def needed(token: int, turn: Turn) -> int:
    """Return how much of a token of a turn's question has to be known for its right answer."""
    word = token_word(token)
    if not word or (turn.name and word in turn.name.lower()) or word in turn.copied.lower():
        return KEPT
    is_idle = turn.may_lose_words or word in _function_words()
    return MAY_BE_UNKNOWN if is_idle else KNOWN_BY_MEANING


@dataclass(slots=True)
class Writer:
    """Collects tokens with, for each, whether it is learned and how much of it is needed."""

    tokens: list[int] = field(default_factory=list)
    learned: list[bool] = field(default_factory=list)
    user: list[int] = field(default_factory=list)

    def add(self, tokens: Iterable[int], *, learned: bool = False) -> None:
        """Append tokens that are all known."""
        before = len(self.tokens)
        self.tokens.extend(tokens)
        count = len(self.tokens) - before
        self.learned.extend((learned,) * count)
        self.user.extend((KEPT,) * count)

    def add_question(self, turn: Turn) -> None:
        """Append the user message of a turn."""
        self.add((START, *encode("user"), MESSAGE))
        words = encode(turn.user)
        self.tokens.extend(words)
        self.learned.extend((False,) * len(words))
        self.user.extend(needed(token, turn) for token in words)
        self.add((END,))


def result_tokens(called: Called) -> tuple[int, ...]:
    """Return the message in which a tool answers."""
    return (
        START,
        *encode(f"{called.recipient} to=assistant"),
        CHANNEL,
        *encode(called.channel),
        MESSAGE,
        *encode(called.result),
        END,
    )


def said_tokens(said: Said, ending: int) -> tuple[int, ...]:
    """Return what the model samples after ``<|start|>assistant`` to say something."""
    return (CHANNEL, *encode(said.channel), MESSAGE, *encode(said.text), ending)


def call_tokens(called: Called) -> tuple[int, ...]:
    """Return what the model samples after ``<|start|>assistant`` to call a tool.

    As gpt-oss does, it calls functions with ``<|constrain|>json``, what is built in with ``code``.
    """
    header = (*encode(f"{called.channel} to={called.recipient} "), CONSTRAIN, *encode("json"))
    if called.channel == "analysis":
        header = encode(f"{called.channel} to={called.recipient} code")
    return (CHANNEL, *header, MESSAGE, *encode(called.arguments), CALL)


def rendered_call_tokens(called: Called) -> tuple[int, ...]:
    """Return a call as openai-harmony renders it: the recipient in the role."""
    content_type = (*encode("commentary "), CONSTRAIN, *encode("json"))
    if called.channel == "analysis":
        content_type = encode("analysis code")
    recipient = encode(f" to={called.recipient}")
    return (*recipient, CHANNEL, *content_type, MESSAGE, *encode(called.arguments), CALL)


def write_finished(writer: Writer, turn: Turn, *, as_rendered: bool = False) -> None:
    """Append a turn that is over: without its analysis, its end as ``<|end|>``.

    Calls of python and the browser are part of the analysis.
    """
    writer.add_question(turn)
    for step in turn.steps:
        if isinstance(step, Called):
            if step.channel == "analysis":
                continue
            call = rendered_call_tokens(step) if as_rendered else call_tokens(step)
            writer.add((*ASSISTANT, *call, *result_tokens(step)))
        elif step.channel == "final":
            writer.add((*ASSISTANT, *said_tokens(step, END)))


def write_running(writer: Writer, turn: Turn) -> None:
    """Append the turn to learn from: everything that the model is to sample is learned."""
    writer.add_question(turn)
    writer.add(ASSISTANT)
    for step, is_last in _with_last(turn.steps):
        if isinstance(step, Called):
            writer.add(call_tokens(step), learned=True)
            writer.add((*result_tokens(step), *ASSISTANT))
        elif is_last:
            writer.add(said_tokens(step, RETURN), learned=True)
        else:
            writer.add((*said_tokens(step, END), *ASSISTANT), learned=True)


def write_decision(writer: Writer, turn: Turn) -> None:
    """Append the turn to learn from up to where its analysis has decided what the rest will be."""
    writer.add_question(turn)
    writer.add(ASSISTANT)
    first = turn.steps[0]
    assert isinstance(first, Said)  # noqa: S101  (every turn begins with its analysis)
    start = (CHANNEL, *encode(first.channel), MESSAGE)
    writer.add((*start, *encode(decision(first.text))), learned=True)


def _with_last(steps: Sequence[Step]) -> Iterable[tuple[Step, bool]]:
    return ((step, place == len(steps) - 1) for place, step in enumerate(steps))


def render_prompt(prefix: Sequence[int], history: Sequence[Turn], question: str) -> tuple[int, ...]:
    """Return the whole prompt of a question after finished turns, ready to be sampled from."""
    writer = Writer()
    writer.add(prefix)
    for turn in history:
        write_finished(writer, turn)
    writer.add((START, *encode("user"), MESSAGE, *encode(question), END, *ASSISTANT))
    return tuple(writer.tokens)
