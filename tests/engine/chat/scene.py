"""A conversation with a scripted model, and all that was heard of it."""

from __future__ import annotations

from engine.chat import Chat
from engine.config.hyperparameters import Hyperparameters
from engine.events import Event, MessageClosed, TurnEnded
from engine.harmony.encoding import load_encoding
from engine.worker import Worker

CALL = (
    "<|channel|>analysis<|message|>Use it.<|end|><|start|>assistant<|channel|>commentary"
    ' to=functions.calculator <|constrain|>json<|message|>{"expression":"127+386"}<|call|>'
)
FINAL = "<|channel|>final<|message|>127+386 = **513**<|return|>"
LONG = "<|channel|>final<|message|>" + "word " * 200 + "<|return|>"


class Scene:
    """A conversation and all that was heard of it."""

    def __init__(self, worker: Worker, **options: object) -> None:
        self.worker = worker
        chosen = options.pop("hyperparameters", Hyperparameters())
        self.chat = Chat(worker, hyperparameters=chosen, **options)  # type: ignore[arg-type]
        self.heard: list[Event] = []

    def say(self, text: str) -> TurnEnded:
        return self.chat.send(text, self.heard.append)

    def of(self, kind: type) -> list[object]:
        return [event for event in self.heard if isinstance(event, kind)]

    def final(self) -> str:
        closed = [e for e in self.heard if isinstance(e, MessageClosed) and e.channel == "final"]
        return closed[-1].text

    def prompt(self) -> str:
        return load_encoding().decode(self.chat.transcript.prompt())
