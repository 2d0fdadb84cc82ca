"""pocketsphinx: speech recognition without a download, and with many more errors than Kyutai's.

It understands English and reads sound of 16 kHz. Its last passes over an utterance take as long as
the utterance is, so a long one is ended and begun again where the speaker draws breath.
"""

from __future__ import annotations

import re

import numpy as np

from engine.voice.blocks import BLOCK, BLOCK_SECONDS, RATE, Samples
from engine.voice.errors import VoiceError
from engine.voice.recognizer import Heard
from engine.voice.resampling import Resampler

SPHINX_RATE = 16_000
INSTALL = "pip install 'harmony-tui[recognition]'"
NO_WORD = re.compile(r"^(?:<.*>|\[.*\]|\+\+.*\+\+)$")
"""How its dictionary writes silence, breath and noise."""
PART_SECONDS = 5.0
"""A part of an utterance is at least so long."""
BREATH_SECONDS = 0.5
QUIET = 0.1
"""What is quieter than this share of the loudest block of the part is a pause."""


class SphinxRecognizer:
    """pocketsphinx as a ``Recognizer``."""

    name = "pocketsphinx (English)"

    def __init__(self) -> None:
        """Load its English model, which comes with the package.

        Raises:
            VoiceError: it is not installed, or its model cannot be read.
        """
        try:
            from pocketsphinx import Decoder
        except ImportError as error:
            raise VoiceError(
                f"pocketsphinx is not installed. Install it with: {INSTALL}"
            ) from error
        try:
            self._decoder = Decoder(samprate=SPHINX_RATE, loglevel="FATAL")
        except Exception as error:
            raise VoiceError(
                f"pocketsphinx cannot load its model ({error}). Install it again: {INSTALL}"
            ) from error
        self._is_listening = False
        self._parts: list[str] = []
        self._text = ""
        self._resampler = Resampler(RATE, SPHINX_RATE)
        self._blocks = 0
        self._quiet_blocks = 0
        self._loudest = 0.0

    def start(self) -> None:
        """Begin an utterance."""
        if self._is_listening:
            self._decoder.end_utt()
        self._parts = []
        self._text = ""
        self._resampler = Resampler(RATE, SPHINX_RATE)
        self._begin_part()

    def feed(self, samples: Samples) -> Heard | None:
        """Take one block of sound and return what is understood now, if that has changed."""
        if not self._is_listening:
            return None  # the library would crash
        self._decode(self._resampler.feed(samples))
        self._blocks += 1
        level = float(np.sqrt(np.mean(np.square(samples)))) if len(samples) else 0.0
        self._loudest = max(self._loudest, level)
        self._quiet_blocks = self._quiet_blocks + 1 if level < QUIET * self._loudest else 0
        if (
            self._blocks * BLOCK_SECONDS >= PART_SECONDS
            and self._quiet_blocks * BLOCK_SECONDS >= BREATH_SECONDS
        ):
            self._end_part()
            self._begin_part()
        return self._tell(is_final=False)

    def finish(self) -> Heard:
        """End the utterance and return its final text."""
        if not self._is_listening:
            return Heard(self._text, is_final=True)
        silence = np.zeros(2 * BLOCK, np.float32)  # the end of a last word is heard by what follows
        self._decode(self._resampler.feed(silence, last=True))
        self._end_part()
        return self._tell(is_final=True) or Heard(self._text, is_final=True)

    def close(self) -> None:
        """End the utterance, if one was begun."""
        if self._is_listening:
            self._decoder.end_utt()
            self._is_listening = False

    def _begin_part(self) -> None:
        self._decoder.start_utt()
        self._is_listening = True
        self._blocks = 0
        self._quiet_blocks = 0
        self._loudest = 0.0

    def _end_part(self) -> None:
        self._decoder.end_utt()
        self._is_listening = False
        self._parts.append(self._hypothesis())

    def _decode(self, samples: Samples) -> None:
        if len(samples):
            packed = (np.clip(samples, -1.0, 1.0) * 32767).astype(np.int16)
            self._decoder.process_raw(packed.tobytes(), False, False)

    def _hypothesis(self) -> str:
        """Return the words of the part, without what its dictionary has for sounds."""
        found = self._decoder.hyp()
        words = found.hypstr.split() if found is not None else []
        return " ".join(word for word in words if not NO_WORD.match(word))

    def _tell(self, *, is_final: bool) -> Heard | None:
        now = [] if not self._is_listening else [self._hypothesis()]
        text = " ".join(part for part in (*self._parts, *now) if part)
        if text == self._text and not is_final:
            return None
        self._text = text
        return Heard(text, is_final=is_final)
