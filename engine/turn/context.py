"""How much of a conversation the model reads: its oldest turns go where room is wanting."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple

from engine.events import Notice
from engine.turn.conversation import Conversation
from engine.worker import GenerationError, Listener, NoModelError

ANSWER_SHARE = 4
"""Old turns make room for ``max_tokens`` of answer, but at most for this part of the context."""

SLACK_SHARE = 8
"""Where old turns have to go, this part of the context is freed besides.

Each time that some go, all that stays is read again; so the next turns get by without.
"""


def context_limit(chat: Conversation) -> int:
    """Return how many tokens prompt and answer may have together.

    Raises:
        NoModelError: no model is loaded that would have a context.
    """
    model = chat.worker.model
    if model is None:
        raise NoModelError("No model is loaded. Load one with /model or --model.")
    return min(model.context_length, chat.context_limit or model.context_length)


def has_room(chat: Conversation, prompt: tuple[int, ...]) -> bool:
    """Return whether a prompt leaves room for an answer; not where no model is loaded."""
    model = chat.worker.model
    return model is not None and len(prompt) < min(
        model.context_length, chat.context_limit or model.context_length
    )


def too_long(chat: Conversation) -> GenerationError:
    """Return the error that a prompt is as long as the context, with nothing left to leave out."""
    limit = context_limit(chat)
    if _is_lowered(chat):
        return GenerationError(
            f"The conversation is longer than the context_limit of {limit} tokens. Raise it, or "
            "start a new conversation with /new."
        )
    return GenerationError(
        f"The conversation is longer than the model's context of {limit} tokens. Start a new one "
        "with /new."
    )


class Room(NamedTuple):
    """How many more tokens an answer may have."""

    tokens: int
    bound: Literal["max_tokens", "context_limit", "context"]
    """What allows no more."""
    size: int
    """How many that allows: of answer, or of prompt and answer together."""


def find_room(chat: Conversation, length: int, answered: int) -> Room:
    """Return how much room there is for more of an answer, by what is set at this moment.

    Args:
        chat: the conversation.
        length: tokens of the prompt, and of what was sampled after it.
        answered: how many of the tokens that ``max_tokens`` allows were sampled.

    Raises:
        NoModelError: no model is loaded that would have a context.
    """
    limit, most = context_limit(chat), chat.hyperparameters.max_tokens
    allowed = Room(most - answered, "max_tokens", most)
    left = Room(limit - length, "context_limit" if _is_lowered(chat) else "context", limit)
    return min(allowed, left, key=lambda room: room.tokens)


def explain_full(chat: Conversation, room: Room) -> str:
    """Return what a person reads of an answer that was cut where there was no more room."""
    if room.bound == "max_tokens":
        return f"The answer reached max_tokens ({room.size})."
    is_lowered = room.bound == "context_limit"
    filled = f"context_limit of {room.size:,} tokens" if is_lowered else "model's context"
    if chat.transcript.can_leave_out:
        remedy = "Going on leaves the oldest turns out."
    elif is_lowered:
        remedy = "Raise it, or start a new conversation with /new."
    else:
        remedy = "Start a new conversation with /new."
    return f"The answer filled the {filled}. {remedy}"


def _is_lowered(chat: Conversation) -> bool:
    """Whether ``context_limit`` allows less than the model does."""
    model = chat.worker.model
    return model is not None and 0 < (chat.context_limit or 0) < model.context_length


def fit(
    chat: Conversation,
    make_prompt: Callable[[], tuple[int, ...]],
    answered: int,
    hear: Listener,
) -> tuple[int, ...]:
    """Return a prompt, with as many of the oldest turns left out as it takes to leave room.

    A prompt that is too long with none of them left comes as it is.

    Args:
        chat: its transcript is told what to leave out; that stays left out.
        make_prompt: gives the prompt as the transcript has it by then.
        answered: how many of the tokens that ``max_tokens`` allows are in the prompt already.
        hear: is told what went, if anything did.
    """
    transcript, limit = chat.transcript, context_limit(chat)
    if transcript.limit != limit:
        transcript.read_all()
        transcript.limit = limit
    room = max(1, min(chat.hyperparameters.max_tokens, limit // ANSWER_SHARE) - answered)
    turns = tokens = 0
    prompt = make_prompt()
    while (excess := len(prompt) + room - limit) > 0:
        gone = transcript.leave_out(excess + limit // SLACK_SHARE)
        if not gone.turns:
            break
        turns, tokens = turns + gone.turns, tokens + gone.tokens
        prompt = make_prompt()
    if turns:
        which = "oldest turn is" if turns == 1 else f"{turns} oldest turns are"
        hear(
            Notice(
                f"The conversation outgrows its context of {limit:,} tokens: the {which} left out "
                f"of what the model reads ({tokens:,} tokens)."
            )
        )
    return prompt
