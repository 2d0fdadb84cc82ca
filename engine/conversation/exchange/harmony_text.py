"""A conversation as raw Harmony text: the form in which the model reads it, control tokens spelled.

It is for reading. A message that spells a control token itself cannot be told from the markup here,
which is why no prompt is ever made from such a text.
"""

from __future__ import annotations

from engine.conversation.exchange.writing import instructions_of, writable
from engine.conversation.messages import Message, Session


def write(session: Session) -> str:
    """Return the path to the active leaf, all reasoning included, as ``docs/format.md`` has it."""
    path = [message for message in session.path() if message.is_genuine]
    parts = [_rendered(message) for message in path]
    if instructions := instructions_of(session, path):
        parts.insert(0, _developer(instructions))
    return "\n".join(map(writable, parts)) + "\n"


def _rendered(message: Message) -> str:
    if message.role in ("system", "developer"):
        return _developer(message.text)  # gpt-oss keeps its own system message
    author = message.name or message.role if message.role == "tool" else message.role
    header = f"<|start|>{author}"
    if message.recipient is not None:
        header += f" to={message.recipient}"
    if message.channel is not None:
        header += f"<|channel|>{message.channel}"
    if message.content_type is not None and message.role == "assistant":
        header += f" <|constrain|>{message.content_type}"
    is_call = message.role == "assistant" and message.recipient is not None
    end = "" if message.is_cut else "<|call|>" if is_call else "<|end|>"
    return f"{header}<|message|>{message.text}{end}"


def _developer(instructions: str) -> str:
    return f"<|start|>developer<|message|># Instructions\n\n{instructions}<|end|>"
