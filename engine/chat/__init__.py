"""A conversation with a model: turns one after another, and what the person can do to them."""

from __future__ import annotations

from engine.chat.chat import Chat
from engine.turn.calls import DECLINED, STOPPED, refuse
from engine.turn.forms import AnswerForm
from engine.turn.places import NoAnswerError, NoMessageError, NotKeptError, NoTokenError
from engine.turn.rounds import RoundTokens
from engine.turn.trial import Trial

__all__ = [
    "DECLINED",
    "STOPPED",
    "AnswerForm",
    "Chat",
    "NoAnswerError",
    "NoMessageError",
    "NoTokenError",
    "NotKeptError",
    "RoundTokens",
    "Trial",
    "refuse",
]
