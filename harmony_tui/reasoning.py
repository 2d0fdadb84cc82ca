"""The last analysis of a turn, as something that the person can write anew."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from engine.chat import Chat

BEGINNING_OF_TEXT = "<|message|>"


class Reasoning(NamedTuple):
    """What the model thought last, and the number of the turn's token that its text begins at."""

    text: str
    at_token: int


def find_reasoning(chat: Chat) -> Reasoning | None:
    """Return the last analysis of the turn that was over last; None if it has none.

    Args:
        chat: none of its turns runs.
    """
    if not chat.can_branch:
        return None
    messages = chat.session.messages
    for number, tokens in sorted(chat.find_messages().items(), reverse=True):
        message = messages.get(chat.message_id(number) or -1)
        if message is None or message.channel != "analysis" or message.recipient:
            continue
        sampled = (token for each in chat.rounds for token in each.completion)
        own = islice(sampled, tokens.start, tokens.stop)
        for place, token in enumerate(own, start=tokens.start + 1):
            if chat.spell((token,)) == BEGINNING_OF_TEXT:
                return Reasoning(message.text, place)
        return Reasoning(message.text, tokens.start)  # its header was not sampled
    return None
