"""Kyutai's speech recognition: each block of sound makes one step, and one text token.

The text comes a fixed delay after the sound. When the speaker has let go of the key, silence is fed
as fast as the machine can, so that the rest of the text need not be waited for.
"""

from __future__ import annotations

import math
from collections import deque
from concurrent.futures import Future
from dataclasses import dataclass

import numpy as np

from engine.voice.blocks import BLOCK, Samples
from engine.voice.kyutai.layouts import Layout
from engine.voice.kyutai.loading import Loaded, Sampler, load
from engine.voice.kyutai.mimi import FRAME_RATE, MAX_FRAMES, Choice, open_codec
from engine.voice.kyutai.thread import ModelThread
from engine.voice.kyutai.transcript import Transcript
from engine.voice.recognizer import Heard

PAUSE_HEAD = 2
"""Of the heads for pauses, the one for pauses as long as those between two turns."""
UNSURE_STEPS = 12
"""At the beginning of an utterance the heads for pauses tell nothing of use."""
QUIET_STEPS = 4
"""After so many steps without a piece of a word, none is cut by a reset."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How many frames the models take before they have to be reset."""

    wanted: int = 3000
    """From here on (4 minutes) a reset is made at the next gap between two words."""
    hard: int = MAX_FRAMES - 96
    """Here it is made anyway; what is fed again and the flush still fit after it."""


class KyutaiRecognizer:
    """A speech-to-text model of Kyutai's as a ``Recognizer``."""

    def __init__(
        self,
        layout: Layout,
        *,
        bits: int | None = None,
        codec: Choice = "auto",
        limits: Limits | None = None,
    ) -> None:
        """Load the model.

        Args:
            layout: what is in its folder.
            bits: 4 or 8 to quantise it.
            codec: which implementation of Mimi.
            limits: how long it goes on without a reset.

        Raises:
            VoiceError: it cannot be loaded.
        """
        self.name = f"Kyutai {layout.folder_name}"
        self._thread = ModelThread(self.name)
        try:
            self._ear = self._thread.call(
                lambda: _Ear(layout, load(layout, bits), codec, limits or Limits())
            )
        except BaseException:
            self._thread.close()
            raise
        self._begun: Future[None] = self._thread.post(self._ear.start)

    def start(self) -> None:
        """Begin an utterance; the model is made ready while the first sound is on its way."""
        self._begun = self._thread.post(self._ear.start)

    def feed(self, samples: Samples) -> Heard | None:
        """Take one block of sound and return what is understood now, if that has changed."""
        self._thread.wait(self._begun)
        return self._thread.call(lambda: self._ear.hear(_whole_block(samples)))

    def finish(self) -> Heard:
        """End the utterance and return its final text."""
        self._thread.wait(self._begun)
        return self._thread.call(self._ear.finish)

    def close(self) -> None:
        """Drop the model and end its thread."""
        self._thread.close(self._ear.drop)


class _Ear:
    """All of the recogniser that MLX has a part in; it lives on the model's thread."""

    def __init__(self, layout: Layout, loaded: Loaded, codec: Choice, limits: Limits) -> None:
        config = layout.config.get("stt_config") or {}
        delay = float(config.get("audio_delay_seconds", 0.5))
        self._delay = math.ceil(delay * FRAME_RATE)
        self._silence = math.ceil(config.get("audio_silence_prefix_seconds", 0.0) * FRAME_RATE)
        self._limits = limits
        self._loaded = loaded
        self._codebooks = loaded.config.other_codebooks
        self._codec = open_codec(layout.mimi, self._codebooks, codec)
        self._recent: deque[Samples] = deque(maxlen=self._delay + 2)
        self._parts: list[str] = []
        self.start()
        self._step(np.zeros(BLOCK, np.float32))  # the first step is the slowest

    def start(self) -> None:
        """Forget all that was heard."""
        self._parts = []
        self._recent.clear()
        self._reset()

    def hear(self, block: Samples) -> Heard | None:
        """Take a block of an utterance."""
        before = self._text()
        self._recent.append(block)
        self._step(block)
        due = self._frames >= self._limits.wanted and self._words.quiet_steps >= QUIET_STEPS
        if due or self._frames >= self._limits.hard:
            self._carry_over()
        text = self._text()
        if text == before and self._pause is None:
            return None
        return Heard(text, pause=self._pause)

    def finish(self) -> Heard:
        """Have the sound of the last moments come out as text."""
        for _ in range(self._delay + 1):
            self._step(np.zeros(BLOCK, np.float32))
        self._words.finish()
        return Heard(self._text(), is_final=True, pause=self._pause)

    def drop(self) -> None:
        """Let go of all arrays."""
        self.__dict__.clear()

    def _text(self) -> str:
        return " ".join(part for part in (*self._parts, self._words.text) if part)

    def _reset(self) -> None:
        from moshi_mlx.models import LmGen

        self._codec.reset()
        lm = self._loaded.lm
        for cache in lm.transformer_cache:
            cache.reset()
        greedy = Sampler(temperature=0.0)
        self._generator = LmGen(lm, self._limits.hard + 96, greedy, greedy)
        self._words = Transcript(self._loaded.tokenizer)
        self._frames = 0
        self._pause: float | None = None
        for _ in range(self._silence):
            self._step(np.zeros(BLOCK, np.float32))

    def _carry_over(self) -> None:
        """Begin anew within an utterance.

        The text of the last moments is still to come; their sound is fed to the model again.
        """
        self._words.finish()
        self._parts.append(self._words.text)
        self._reset()
        for block in self._recent:
            self._step(block)

    def _step(self, block: Samples) -> None:
        import mlx.core as mx

        codes = mx.array(self._codec.encode(block))[None]
        text, heads = self._generator.step_with_extra_heads(codes)
        self._frames += 1
        self._words.add(int(text[0].item()))
        if len(heads) > PAUSE_HEAD and self._frames > UNSURE_STEPS:
            self._pause = float(heads[PAUSE_HEAD][0, 0, 0].item())


def _whole_block(samples: Samples) -> Samples:
    if len(samples) == BLOCK:
        return samples
    whole = np.zeros(BLOCK, np.float32)
    whole[: len(samples)] = samples[:BLOCK]
    return whole
