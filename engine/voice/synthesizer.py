"""A mouth: what turns text into sound while the text is still being written.

This module knows no engine. It imports none before one is opened, and no numpy, so that the
screen can name its types.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from threading import Event
from typing import TYPE_CHECKING, Protocol

from engine.voice.errors import VoiceError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Tell = Callable[[str], None]
"""Is told in a sentence what is being done while an engine is opened."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A stretch of speech."""

    samples: NDArray[np.float32]
    """Shape [n], 24 kHz, mono, within -1 and 1; n is about 1920."""
    characters: int
    """How many characters of the text, from its beginning, are over with these samples."""


class Synthesizer(Protocol):
    """Speaks text. All calls come from one thread, which they hold up while the engine works."""

    @property
    def name(self) -> str:
        """What is at work, for people to read."""

    def speak(self, words: Iterator[str], cancelled: Event) -> Iterator[Spoken]:
        """Give the sound of a text, as early as the engine can.

        Args:
            words: pieces of the text, cut anywhere, pulled as they are needed; pulling one may
                take as long as the model takes to write it.
            cancelled: ends the speech; nothing more is given after the piece being made.

        Raises:
            VoiceError: the engine failed; another text may be spoken.
        """

    def close(self) -> None:
        """Give back what the engine holds; called again, it does nothing."""


def open_synthesizer(
    choice: str = "auto",
    voice: str | None = None,
    rate: float = 1.0,
    progress: Tell | None = None,
    *,
    models: str | None = None,
) -> Synthesizer:
    """Load an engine that speaks. Takes seconds: not for the thread of the screen.

    Args:
        choice: ``auto`` (Kyutai if its weights are on this machine and it has a GPU, else a voice
            of the system), ``kyutai``, ``kyutai-q8`` or ``kyutai-q4`` (quantised when loaded),
            ``say``, ``flite``, ``espeak-ng``, or the repository or folder of a Kyutai model.
        voice: one of ``list_voices(choice)``; None for the engine's usual one.
        rate: how fast it speaks, 1.0 is usual; 0.5 to 2.0.
        progress: is told what is being loaded.
        models: the folder of models that the settings name.

    Raises:
        VoiceError: there is no such engine or voice on this machine; the message says what to
            install, or which voices there are.
    """
    from engine.voice import engines

    return engines.open_synthesizer(choice, voice, rate, progress or _tell_nobody, models)


def list_voices(choice: str = "auto", *, models: str | None = None) -> tuple[str, ...]:
    """Return the voices that an engine has on this machine, its usual one first.

    Raises:
        VoiceError: there is no such engine on this machine.
    """
    from engine.voice import engines

    return engines.list_voices(choice, models)


def _tell_nobody(text: str) -> None:
    """Take what nobody wants to know."""


__all__ = ["Spoken", "Synthesizer", "Tell", "VoiceError", "list_voices", "open_synthesizer"]
