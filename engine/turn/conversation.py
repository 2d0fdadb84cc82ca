"""What a turn knows of the conversation that it belongs to."""

from __future__ import annotations

from typing import Protocol

from engine.config.hyperparameters import Hyperparameters
from engine.harmony.formats import Format, HarmonyFormat
from engine.harmony.prompt import Transcript
from engine.tools.permissions import Permissions
from engine.tools.registry import Registry
from engine.turn.forms import AnswerForm
from engine.turn.journal import Journal
from engine.worker import Worker


class Conversation(Protocol):
    """Its fields may be assigned at any time, and act from then on; ``Chat`` says what they are."""

    worker: Worker
    hyperparameters: Hyperparameters
    tools: Registry
    instructions: str
    permissions: Permissions
    journal: Journal
    is_guided: bool
    form: AnswerForm | None
    logprobs: int
    context_limit: int | None
    transcript: Transcript

    @property
    def harmony(self) -> HarmonyFormat:
        """How gpt-oss is prompted and read."""
        ...

    @property
    def format(self) -> Format:
        """How the loaded model is prompted and read."""
        ...

    def preamble(self) -> tuple[int, ...]:
        """Return the tokens of Harmony's system and developer messages."""
        ...
