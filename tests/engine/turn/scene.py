"""A conversation, and what holds in the end of all that was heard of it."""

from __future__ import annotations

from typing import Any

from engine.chat import Chat
from engine.config.hyperparameters import Hyperparameters
from engine.events import (
    Event,
    MessageClosed,
    TextDelta,
    ToolCallRequested,
    TurnContinued,
    TurnStarted,
)
from engine.worker import Worker


class Scene:
    """Hears a conversation as a front does that shows it."""

    def __init__(self, worker: Worker, **options: Any) -> None:
        self.worker = worker
        chosen = options.pop("hyperparameters", Hyperparameters(temperature=0, max_tokens=300))
        self.chat = Chat(worker, hyperparameters=chosen, **options)
        self.heard: list[Event] = []
        self.stop_after = -1

    def hear(self, event: Event) -> None:
        self.heard.append(event)
        if isinstance(event, TextDelta):
            self.stop_after -= 1
            if self.stop_after == 0:
                self.chat.cancel()

    def of(self, kind: type) -> list[Any]:
        return [event for event in self.heard if isinstance(event, kind)]

    def messages(self) -> dict[int, MessageClosed]:
        """Return the last turn's messages that hold in the end."""
        held: dict[int, MessageClosed] = {}
        for event in self.heard:
            if isinstance(event, TurnStarted):
                held = {}
            elif isinstance(event, TurnContinued):
                first = event.next_message if event.message is None else event.message
                assert first is not None
                held = {number: m for number, m in held.items() if number < first}
            elif isinstance(event, MessageClosed):
                held[event.message] = event
        return held

    def calls(self) -> dict[int, ToolCallRequested]:
        """Return the last turn's calls that hold in the end."""
        held: dict[int, ToolCallRequested] = {}
        for event in self.heard:
            if isinstance(event, TurnStarted):
                held = {}
            elif isinstance(event, TurnContinued):
                assert event.next_call is not None
                held = {number: c for number, c in held.items() if number < event.next_call}
            elif isinstance(event, ToolCallRequested):
                held[event.call] = event
        return held

    def tokens(self) -> tuple[int, ...]:
        """Return the last turn's tokens as their numbers count them."""
        return tuple(token for each in self.chat.rounds for token in each.completion)

    def text(self) -> str:
        """Return what the next turn would read."""
        return self.chat.spell(self.chat.transcript.prompt())
