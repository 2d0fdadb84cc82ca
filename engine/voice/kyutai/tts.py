"""Kyutai's speech: words go in as they are written, and a frame of sound comes out for each step.

The model says itself when it is ready for the next word, looks two words ahead, and speaks 1.28 s
of steps behind the text. This is ``TTSModel.generate`` of moshi_mlx turned inside out, so that it
can wait for words; its frames are the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from threading import Event
from types import SimpleNamespace
from typing import Any

import numpy as np

from engine.voice.errors import VoiceError
from engine.voice.kyutai.layouts import Layout
from engine.voice.kyutai.loading import Loaded, Sampler, load
from engine.voice.kyutai.mimi import FRAME_RATE, MAX_FRAMES, Choice, open_codec
from engine.voice.kyutai.thread import ModelThread
from engine.voice.sentences import Sentence, cut_words, ends_sentence
from engine.voice.synthesizer import Spoken
from engine.voice.tempo import Tempo

TEMPERATURE = 0.6
GUIDANCE = 2.0
"""How closely the voice is followed, by the models that were trained to be told."""
PADDING_BETWEEN = 1
MAX_PADDING = 8
FINAL_PADDING = 2
MAX_SPEECH_STEPS = MAX_FRAMES - 1500
"""After so many (3 and a half minutes) the model begins anew at the end of a sentence."""
HARD_STEPS = MAX_FRAMES - 96
"""Here it does so at the end of a word."""


class KyutaiSynthesizer:
    """A text-to-speech model of Kyutai's as a ``Synthesizer``."""

    def __init__(
        self,
        layout: Layout,
        voice: Path | None,
        *,
        rate: float = 1.0,
        bits: int | None = None,
        codec: Choice = "auto",
        max_steps: int = MAX_SPEECH_STEPS,
    ) -> None:
        """Load the model.

        Args:
            layout: what is in its folder.
            voice: the file of a voice; None for a model with a voice of its own.
            rate: how fast it speaks, 1.0 is usual.
            bits: 4 or 8 to quantise it.
            codec: which implementation of Mimi.
            max_steps: how long it goes on without a reset where a sentence ends.

        Raises:
            VoiceError: it cannot be loaded.
        """
        self.name = f"Kyutai {layout.folder_name}"
        self._rate = rate
        self._max_steps = max_steps
        self._thread = ModelThread(self.name)
        try:
            self._mouth = self._thread.call(lambda: Mouth(layout, load(layout, bits), voice, codec))
        except BaseException:
            self._thread.close()
            raise

    def speak(self, words: Iterator[str], cancelled: Event) -> Iterator[Spoken]:
        """Give the sound of a text frame by frame, from about its third word on."""
        waiting, tempo, spoken = cut_words(words), Tempo(self._rate), 0
        for word in waiting:
            if cancelled.is_set():
                return
            begun = self._thread.call(self._mouth.begin)
            for frame in self._speak_part(begun, word, waiting, cancelled):
                # A part that had to begin anew knows nothing of the characters before it.
                spoken = max(spoken, frame.characters)
                yield Spoken(tempo.feed(frame.samples), spoken)
            if cancelled.is_set():
                return
        if len(rest := tempo.flush()):
            yield Spoken(rest, spoken)

    def _speak_part(
        self, speech: Speech, first: Sentence, waiting: Iterator[Sentence], cancelled: Event
    ) -> Iterator[Spoken]:
        """Speak until the text ends, or the model has to be reset."""
        word: Sentence | None = first
        while word is not None:
            self._thread.call(partial(speech.add, word))
            yield from self._steps(speech, cancelled, until_over=False)
            is_long = speech.steps >= self._max_steps and ends_sentence(word.text)
            if cancelled.is_set() or is_long or speech.steps >= HARD_STEPS:
                break
            word = next(waiting, None)
        yield from self._steps(speech, cancelled, until_over=True)

    def _steps(self, speech: Speech, cancelled: Event, *, until_over: bool) -> Iterator[Spoken]:
        def step() -> tuple[bool, Spoken | None]:
            if speech.is_over if until_over else not speech.has_words_ahead:
                return False, None
            return True, speech.step()

        while not cancelled.is_set():
            goes_on, frame = self._thread.call(step)
            if frame is not None and not cancelled.is_set():
                yield frame
            if not goes_on:
                return

    def close(self) -> None:
        """Drop the model and end its thread."""
        self._thread.close(self._mouth.drop)


class Mouth:
    """The loaded model with its voice; it lives on the model's thread."""

    def __init__(
        self, layout: Layout, loaded: Loaded, voice: Path | None, codec: Choice = "auto"
    ) -> None:
        """Prepare the voice, and take the first steps, which are the slowest."""
        import mlx.core as mx
        from moshi_mlx.models.tts import TTSModel

        self.lm = loaded.lm
        self.tts = TTSModel(
            loaded.lm,
            SimpleNamespace(frame_rate=FRAME_RATE),  # sound is made by our codec
            loaded.tokenizer,
            temp=TEMPERATURE,
            cfg_coef=1.0,
            max_padding=MAX_PADDING,
            final_padding=FINAL_PADDING,
            raw_config=layout.config,
        )
        self.codec = open_codec(layout.mimi, loaded.config.generated_codebooks, codec)
        self.attributes = self._prepare_attributes(voice)
        provider = loaded.lm.condition_provider
        self.summed: Any = None
        self.attended: Any = None
        for name, value in self.attributes.text.items():
            tensor = provider.condition_tensor(name, value).tensor.squeeze(0)
            self.summed = tensor if self.summed is None else self.summed + tensor
        for name, value in self.attributes.tensor.items():
            self.attended = provider.conditioners[name].condition(value)
        mx.eval([each for each in (self.summed, self.attended) if each is not None])
        warm = self.begin()
        warm.add(Sentence("Hello", 5))
        for _ in range(3):
            warm.step()

    def _prepare_attributes(self, voice: Path | None) -> Any:
        """Return the conditions that the model was trained with, and no others."""
        guidances = self.tts.valid_cfg_conditionings
        guidance = min(guidances, key=lambda each: abs(each - GUIDANCE), default=None)
        if self.tts.multi_speaker and voice is None:
            raise VoiceError("This model speaks with a voice of your choice, and none was given.")
        voices = [voice] if voice is not None and self.tts.multi_speaker else []
        try:
            attributes = self.tts.make_condition_attributes(voices, guidance)
        except Exception as error:
            raise VoiceError(
                f"{voice} is no voice for this model ({error}). Download it again, or choose "
                "another voice."
            ) from error
        provider = self.lm.condition_provider
        known = provider.conditioners if provider is not None else {}
        attributes.text = {
            name: value
            for name, value in attributes.text.items()
            if name in known and value is not None
        }
        return attributes

    def begin(self) -> Speech:
        """Forget what was spoken, and begin with no words."""
        for cache in (*self.lm.transformer_cache, *self.lm.depformer_cache):
            cache.reset()
        self.codec.reset()
        self.speech = Speech(self)
        return self.speech

    def drop(self) -> None:
        """Let go of all arrays, wherever somebody still holds on to the last speech."""
        self.speech.__dict__.clear()
        self.__dict__.clear()


class Speech:
    """One text on its way through the model; made, used and dropped on the model's thread."""

    def __init__(self, mouth: Mouth) -> None:
        """Begin with no words."""
        import mlx.core as mx
        from moshi_mlx.models import LmGen
        from moshi_mlx.modules.conditioner import ConditionTensor

        self._mouth = mouth
        self._tts = mouth.tts
        self.steps = 0
        self._frames = 0
        self._state = self._tts.machine.new_state([])
        self._ends: list[int] = []
        summed = mouth.summed
        self._summed = None if summed is None else ConditionTensor(mx.stack([summed], axis=0))
        sampler = Sampler(TEMPERATURE)
        self._generator = LmGen(
            mouth.lm,
            max_steps=MAX_FRAMES + 1500,
            text_sampler=sampler,
            audio_sampler=sampler,
            on_text_hook=self._choose_text,
            on_audio_hook=self._hold_back_audio,
        )
        self._none = self._tts.machine.token_ids.zero
        missing = mouth.lm.n_q - mouth.lm.dep_q
        self._missing = mx.full((1, missing), self._none, dtype=mx.int64)

    @property
    def has_words_ahead(self) -> bool:
        """Whether a step can be taken without knowing the next word."""
        ahead = sum(bool(entry.tokens) for entry in self._state.entries)
        return ahead > int(self._tts.machine.second_stream_ahead)

    @property
    def is_over(self) -> bool:
        """Whether all has been spoken, if no word is to come."""
        end: int | None = self._state.end_step
        tail = int(self._tts.delay_steps + self._tts.final_padding)
        return end is not None and self.steps >= end + tail

    def add(self, word: Sentence) -> None:
        """Take the next word; one such as ``10:30`` is two to the model."""
        from moshi_mlx.models.tts import script_to_entries

        entries = script_to_entries(
            self._tts.tokenizer,
            self._tts.machine.token_ids,
            FRAME_RATE,
            [word.text],
            multi_speaker=not self._ends and self._tts.multi_speaker,
            padding_between=PADDING_BETWEEN,
        )
        self._state.entries.extend(entries)
        before = self._ends[-1] if self._ends else 0
        self._ends += [before] * (len(entries) - 1) + [word.end] * bool(entries)

    def step(self) -> Spoken | None:
        """Take one step; return its frame as sound, or None while there is none yet."""
        codes = self.step_codes()
        if codes is None:
            return None
        self._frames += 1
        samples = np.clip(self._mouth.codec.decode(codes), -1.0, 1.0)
        return Spoken(samples, self._characters_over())

    def step_codes(self) -> np.ndarray[Any, np.dtype[np.int64]] | None:
        """Take one step; return the codes of its frame, shape [codebooks], if it has one."""
        self._generator.step(
            self._missing, ct=self._summed, cross_attention_src=self._mouth.attended
        )
        self.steps += 1
        frame = self._generator.last_audio_tokens()
        if frame is None:
            return None
        codes: np.ndarray[Any, np.dtype[np.int64]] = np.array(frame[0]).astype(np.int64)
        return None if (codes == self._none).any() else codes

    def _characters_over(self) -> int:
        """Return where in the text the sound has come to.

        A word that the model took in a step sounds from the frame of that number on, until the
        next word does.
        """
        starts = [step for _, step in self._state.transcript]
        begun = sum(step <= self._frames for step in starts)
        over = len(self._ends) if self.is_over else begun - 1
        return self._ends[over - 1] if over > 0 else 0

    def _choose_text(self, tokens: Any) -> None:
        """Put in place of the model's token what the state of the text makes of it."""
        import mlx.core as mx

        chosen, _ = self._tts.machine.process(self.steps, self._state, tokens.tolist()[0][0])
        tokens[:] = mx.array([[chosen]], dtype=mx.int64)

    def _hold_back_audio(self, tokens: Any) -> None:
        """Keep the codebooks empty until the sound of the first word is due."""
        for codebook in range(tokens.shape[1]):
            if self.steps < self._mouth.lm.delays[codebook] + self._tts.delay_steps:
                tokens[:, codebook] = self._none
