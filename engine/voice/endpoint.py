"""When a speaker has come to an end, for a conversation without keys."""

from __future__ import annotations

from dataclasses import dataclass

BLOCK_SECONDS = 0.08
SPEECH_ABOVE_NOISE = 12.0
"""Decibels by which speech is louder than the room."""
QUIETEST_SPEECH = -50.0
"""dBFS; nothing below it is speech."""
NOISE_RISES = 0.5
"""Decibels a second by which the room is taken to be louder, until it is quieter again."""
SILENCE_SECONDS = 1.0
"""So long a silence after speech ends the utterance, where the recogniser has no word on it."""
PAUSE = 0.6
"""From this likelihood on the recogniser's word that the speaker is done is believed."""
UNSURE_BLOCKS = 12
"""At its beginning what a recogniser says of pauses is all over the place."""


@dataclass(slots=True)
class Endpoint:
    """Follows the loudness of what is heard, and what the recogniser makes of it."""

    noise: float = QUIETEST_SPEECH
    """dBFS of the room, learned as it goes."""
    has_spoken: bool = False
    _blocks: int = 0
    _silence: float = 0.0

    def take(self, level: float, pause: float | None, text: str) -> bool:
        """Take one more block; return whether the utterance is over with it.

        Args:
            level: its loudness in dBFS.
            pause: how likely the speaker is done, 0 to 1; None where that is not known.
            text: what was understood so far; nothing that was not is an utterance.
        """
        self._blocks += 1
        loud = max(QUIETEST_SPEECH, self.noise + SPEECH_ABOVE_NOISE)
        is_speech = level >= loud
        self.noise = min(level, self.noise + NOISE_RISES * BLOCK_SECONDS)
        self.has_spoken = self.has_spoken or is_speech
        self._silence = 0.0 if is_speech else self._silence + BLOCK_SECONDS
        if not (self.has_spoken and text.strip()):
            # A noise that was no word is forgotten.
            self.has_spoken = self.has_spoken and self._silence < 2 * SILENCE_SECONDS
            return False
        if pause is not None and self._blocks > UNSURE_BLOCKS and pause > PAUSE:
            return True
        return self._silence >= SILENCE_SECONDS
