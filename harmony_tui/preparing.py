"""Gives a conversation what was set: the same for the full screen and for a single question."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from engine.config.precedence import PLACEHOLDER, Layer
from engine.config.prompt import open_conversation

if TYPE_CHECKING:
    from engine.chat import Chat
    from engine.config.prompt import Opening
    from engine.config.settings import Settings


REREAD = ("profile", "prompt_config")
"""Settings that name files in which others are set."""
KEPT_BY = (*REREAD, "sessions_folder")
"""Settings that may say where a conversation is kept."""
OPENED_BY = {
    "identity": "identity",
    "instructions": "instructions",
    "knowledge_cutoff": "knowledge_cutoff",
    "conversation_start_date": "start_date",
    "greeting": "greeting",
}
"""What of a conversation's beginning is one setting, by that setting's name."""


def changed_opening(opening: Opening, fresh: Opening, name: str, *, has_begun: bool) -> Opening:
    """Return what a conversation goes on beginning with after one setting was changed.

    Args:
        opening: what it began with.
        fresh: what one would begin with that begins now.
        name: the setting.
        has_begun: whether the person has said something; then nothing more is said before that.
    """
    if name in OPENED_BY:
        field = OPENED_BY[name]
        changed = replace(opening, **{field: getattr(fresh, field)})
    elif name in (*REREAD, "fixed_time") or name.startswith(PLACEHOLDER):
        changed = fresh
    else:
        return opening
    if has_begun:
        return replace(changed, examples=opening.examples, greeting=opening.greeting)
    return changed


def resumed_opening(chat: Chat, settings: Settings) -> Opening:
    """Return what a conversation that was resumed goes on beginning with.

    That is what it began with, so that the model need not read it anew; what the settings say where
    its session does not know, as that of an import.
    """
    began = chat.session.head.started.astimezone()
    opening = open_conversation(settings, began)
    if any(turn.preamble.tokens for turn in chat.session.turns.values()):
        return replace(chat.opening, placeholders=opening.placeholders)
    return replace(opening, instructions=chat.instructions or opening.instructions)


def session_layers(chat: Chat) -> tuple[Layer, ...]:
    """Return the hyperparameters of a resumed conversation's last turn, where its session tells."""
    session = chat.session
    if not any(turn.hyperparameters for turn in session.turns.values()):
        return ()
    return (Layer("session", chat.hyperparameters.model_dump(), session.id),)


def prepare(chat: Chat, settings: Settings, opening: Opening) -> None:
    """Have a conversation's next turn go by the settings.

    Hyperparameters, approval and tools are apart.

    Args:
        chat: the conversation; none of its turns runs.
        settings: what is in force.
        opening: what the conversation begins with.
    """
    chat.begin_with(opening)
    chat.context_limit = settings.context_limit or None
    chat.is_guided = settings.guided
