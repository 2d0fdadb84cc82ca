"""What a listener can hear of a spoken conversation, on any thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Part = Literal["recognizer", "synthesizer"]


@dataclass(frozen=True, slots=True)
class EngineLoading:
    """An engine is being loaded; ``message`` says what of it."""

    part: Part
    message: str


@dataclass(frozen=True, slots=True)
class EngineReady:
    """An engine can be used from now on; ``name`` is for people to read."""

    part: Part
    name: str


@dataclass(frozen=True, slots=True)
class EngineFailed:
    """There is no such engine, or it cannot be loaded; ``message`` says what to do."""

    part: Part
    message: str


@dataclass(frozen=True, slots=True)
class SoundHeard:
    """The microphone sends; ``level`` is how far a meter's bar reaches, 0 to 1."""

    level: float


@dataclass(frozen=True, slots=True)
class WordsHeard:
    """What was understood of an utterance so far, or all of it."""

    utterance: int
    text: str
    is_final: bool = False


@dataclass(frozen=True, slots=True)
class UtteranceEnded:
    """The speaker has come to an end, as the recogniser or the silence says; hands-free only."""

    utterance: int


@dataclass(frozen=True, slots=True)
class SpeechBegan:
    """The first sound of a text comes from the speaker."""

    message: int | None
    """The number that events give the message; None for a text that is read aloud by itself."""


@dataclass(frozen=True, slots=True)
class SpeechEnded:
    """No more of a text is spoken."""

    message: int | None
    heard: int
    """Characters of the text, counted as it was written."""
    is_whole: bool
    """Whether it was spoken to its end."""
    figures: Mapping[str, float] = field(default_factory=dict)
    """See ``engine.voice.ledger``."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something about sound or speech that the person should know; the call goes on."""

    message: str
    is_passing: bool = False
    """Whether it is over, or mended, in a moment."""


CallEvent = (
    EngineLoading
    | EngineReady
    | EngineFailed
    | SoundHeard
    | WordsHeard
    | UtteranceEnded
    | SpeechBegan
    | SpeechEnded
    | Trouble
)
