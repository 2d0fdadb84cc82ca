"""Ears: what turns the sound of the microphone into words, whichever engine does it.

This module knows no engine. It imports none before one is opened, and no numpy, so that the
screen can name its types.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from engine.voice.errors import VoiceError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Tell = Callable[[str], None]
"""Is told in a sentence what is being done while an engine is opened."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What was understood of an utterance so far."""

    text: str
    """Of the whole utterance; whole words only, and a later one may begin otherwise."""
    is_final: bool = False
    pause: float | None = None
    """How likely the speaker has come to an end, 0 to 1; None where the engine cannot tell."""


class Recognizer(Protocol):
    """Turns the sound of an utterance into text while it is spoken.

    All calls come from one thread, which they hold up while the engine works.
    """

    @property
    def name(self) -> str:
        """What is at work, for people to read."""

    def start(self) -> None:
        """Begin an utterance; nothing of the one before is remembered."""

    def feed(self, samples: NDArray[np.float32]) -> Heard | None:
        """Take one block of sound.

        Args:
            samples: shape [1920], 24 kHz, mono; a shorter one is filled up with silence.

        Returns:
            What is understood now, or None if that is what it was.

        Raises:
            VoiceError: the engine failed; another utterance may be started.
        """

    def finish(self) -> Heard:
        """End the utterance and return its final text.

        Raises:
            VoiceError: the engine failed; another utterance may be started.
        """

    def close(self) -> None:
        """Give back what the engine holds; called again, it does nothing."""


def open_recognizer(
    choice: str = "auto", progress: Tell | None = None, *, models: str | None = None
) -> Recognizer:
    """Load an engine that recognises speech. Takes seconds: not for the thread of the screen.

    Args:
        choice: ``auto`` (Kyutai if its weights are on this machine and it has a GPU, else
            pocketsphinx), ``kyutai``, ``kyutai-q8`` or ``kyutai-q4`` (quantised when loaded),
            ``pocketsphinx``, or the repository or folder of a Kyutai model.
        progress: is told what is being loaded.
        models: the folder of models that the settings name.

    Raises:
        VoiceError: there is no such engine on this machine; the message says what to install.
    """
    from engine.voice import engines

    return engines.open_recognizer(choice, progress or _tell_nobody, models)


def _tell_nobody(text: str) -> None:
    """Take what nobody wants to know."""


__all__ = ["Heard", "Recognizer", "Tell", "VoiceError", "open_recognizer"]
