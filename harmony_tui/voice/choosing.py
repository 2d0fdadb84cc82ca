"""What is used to hear and to speak, as the person has set it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.config.settings import Settings
    from engine.voice.call import Choice


def choose(settings: Settings) -> Choice:
    """Return the engines and devices that settings name."""
    from engine.voice.call import Choice

    return Choice(
        settings.voice_recognizer,
        settings.voice_synthesizer,
        settings.voice_name,
        settings.voice_rate,
        settings.voice_microphone,
        settings.voice_speaker,
        settings.models_folder,
    )
