"""What a person can set about speech."""

from __future__ import annotations

from typing import Literal

from engine.config.schema import Record, setting

VoiceMode = Literal["off", "on", "hands-free"]
"""No speech; the key is held or tapped to speak; or the program hears by itself when to begin."""


class VoiceSettings(Record):
    """Settings about speech; devices and engines are described in the manual's page on voice."""

    voice: VoiceMode = setting(
        default="off",
        description="Speech: off; on (hold or tap a key to speak, answers are spoken); hands-free "
        "(it listens by itself)",
    )
    voice_recognizer: str = setting(
        default="auto",
        description="What recognises speech: auto, kyutai, kyutai-q8, kyutai-q4, pocketsphinx, or "
        "a model's repository or folder",
    )
    voice_synthesizer: str = setting(
        default="auto",
        description="What speaks: auto, kyutai, kyutai-q8, kyutai-q4, say, flite, espeak-ng, or "
        "a model's repository or folder",
    )
    voice_name: str | None = setting(
        default=None, description="The voice that speaks; left out, the engine's usual one"
    )
    voice_rate: float = setting(
        default=1.0, ge=0.5, le=2.0, description="How fast it speaks; 1 is usual"
    )
    voice_volume: float = setting(default=1.0, ge=0.0, le=1.0, description="How loud it speaks")
    voice_microphone: str | None = setting(
        default=None, description="The microphone's name, or part of it; left out, the system's"
    )
    voice_speaker: str | None = setting(
        default=None, description="The speaker's name, or part of it; left out, the system's"
    )
    voice_send: bool = setting(
        default=True,
        description="Send what was said at once; else it stays in the prompt box to be changed",
    )
    voice_answers: bool = setting(
        default=True, description="Speak answers as they are written, while voice is on"
    )
    voice_hold_space: bool = setting(
        default=False, description="Let Space in an empty prompt box be a key to speak, too"
    )
    voice_learn_repeat: bool = setting(
        default=False,
        description="Where the terminal does not tell of keys that are let go, take the end of a "
        "held key's repeats for it; else a tap begins and a tap ends",
    )
