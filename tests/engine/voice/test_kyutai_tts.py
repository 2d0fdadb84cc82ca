"""Kyutai's speech: streamed word by word, it is what the library makes of the whole text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from types import SimpleNamespace

import numpy as np
import pytest

from engine.voice.errors import VoiceError
from engine.voice.kyutai.layouts import read_layout
from engine.voice.kyutai.loading import Sampler, load
from engine.voice.kyutai.thread import ModelThread
from engine.voice.kyutai.tts import PADDING_BETWEEN, TEMPERATURE, KyutaiSynthesizer, Mouth
from engine.voice.sentences import cut_words
from engine.voice.weights import choose_voice, find_voices
from tests.engine.voice import checkpoints

TEXT = "It’s 10:30 (or so), friends."


@pytest.fixture(scope="module")
def mimi(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return checkpoints.share_mimi(tmp_path_factory)


@pytest.fixture(scope="module")
def layout(tmp_path_factory, mimi):
    folder = tmp_path_factory.mktemp("models") / "tts"
    return read_layout(checkpoints.make_synthesizer(folder, mimi))


@pytest.fixture(scope="module")
def synthesizer(layout) -> Iterator[KyutaiSynthesizer]:
    synthesizer = KyutaiSynthesizer(layout, choose_voice(layout, "happy"))
    yield synthesizer
    synthesizer.close()


def sow(synthesizer: KyutaiSynthesizer, seed: int) -> None:
    def on_its_thread() -> None:
        import mlx.core as mx

        mx.random.seed(seed)

    synthesizer._thread.call(on_its_thread)


def test_streamed_frames_are_those_of_the_librarys_generate(layout, monkeypatch):
    voice = choose_voice(layout, None)
    thread = ModelThread("Mouth")
    mouth = thread.call(lambda: Mouth(layout, load(layout), voice))

    def generate() -> list[list[int]]:
        import mlx.core as mx
        from moshi_mlx.models import tts

        # Its own sampler is compiled with the random state of another thread.
        monkeypatch.setattr(tts, "Sampler", lambda temp: Sampler(temperature=temp))
        mouth.tts.mimi.reset_all = lambda: None
        assert mouth.tts.temp == TEMPERATURE
        mouth.begin()
        mx.random.seed(7)
        entries = mouth.tts.prepare_script([TEXT], padding_between=PADDING_BETWEEN)
        frames: list[list[int]] = []
        mouth.tts.generate(
            [entries], [mouth.attributes], on_frame=lambda frame: frames.append(frame[0].tolist())
        )
        return frames

    def stream() -> list[list[int]]:
        import mlx.core as mx

        speech = mouth.begin()
        mx.random.seed(7)
        codes = []
        for word in cut_words(TEXT):  # character by character
            speech.add(word)
            while speech.has_words_ahead:
                codes.append(speech.step_codes())
        while not speech.is_over:
            codes.append(speech.step_codes())
        return [each.tolist() for each in codes if each is not None]

    try:
        expected, streamed = thread.call(generate), thread.call(stream)
    finally:
        thread.close(mouth.drop)
    assert len(expected) > 15
    assert streamed == expected


def test_sound_comes_before_the_text_is_whole_and_stops_within_a_frame(synthesizer):
    pulled, cancelled = [], Event()

    def write() -> Iterator[str]:
        for piece in re.split(r"(?<= )", "Here are quite a few words, one by one by one by one."):
            pulled.append(piece)
            yield piece

    sound = synthesizer.speak(write(), cancelled)
    first = next(sound)
    assert len(pulled) < 8
    assert first.samples.shape == (1920,)
    assert first.samples.dtype == np.float32
    assert np.abs(first.samples).max() <= 1.0
    assert next(sound).samples.shape == (1920,)
    words = len(pulled)
    cancelled.set()
    assert list(sound) == []
    assert len(pulled) == words
    assert list(synthesizer.speak(iter(["Hello"]), cancelled)) == []
    assert list(synthesizer.speak(iter(["", "  \n"]), Event())) == []


def test_progress_is_told_in_characters_and_a_second_text_is_as_the_first(synthesizer):
    text = "  Well, hello"
    runs = []
    for _ in range(2):
        sow(synthesizer, 3)
        runs.append(list(synthesizer.speak(iter([text[:5], text[5:]]), Event())))
    told = [spoken.characters for spoken in runs[0]]
    assert told == sorted(told)
    assert set(told) == {0, len("  Well, "), len(text)}
    assert told.index(len(text)) == len(told) - 1
    first, second = (np.concatenate([each.samples for each in run]) for run in runs)
    # The two have other positions, whose difference alone counts: up to the last digits.
    assert first.shape == second.shape
    assert np.allclose(first, second, atol=1e-3)


def test_a_long_text_begins_anew_where_a_sentence_ends(tmp_path, mimi):
    # With MLX's names, packed, and twice as fast: other ways through the same code.
    layout = read_layout(checkpoints.make_synthesizer(tmp_path / "tts", mimi, layout="mlx"))
    assert layout.names == "mlx"
    assert [voice.name for voice in find_voices(layout)] == ["calm", "happy"]
    voice = choose_voice(layout, "calm")
    synthesizer = KyutaiSynthesizer(layout, voice, max_steps=1, bits=8, rate=2.0)
    parts = []
    begin = synthesizer._mouth.begin
    synthesizer._mouth.begin = lambda: parts.append(1) or begin()
    spoken = list(synthesizer.speak(iter(["One two three four. Stop"]), Event()))
    synthesizer.close()
    assert len(parts) == 2
    told = [each.characters for each in spoken]
    assert told == sorted(told)
    assert len("One two three four. ") in told
    assert told[-1] == len("One two three four. Stop")


def test_a_voice_that_does_not_fit_is_explained(tmp_path, layout):
    import mlx.core as mx

    with pytest.raises(VoiceError, match=r"voice nobody is not here.*calm, happy"):
        choose_voice(layout, "nobody")
    path = tmp_path / "wrong.safetensors"
    mx.save_safetensors(str(path), {"other": mx.zeros((1, 3, 3))})
    with pytest.raises(VoiceError, match="no voice for this model"):
        KyutaiSynthesizer(layout, path)
    alone = SimpleNamespace(config={}, folder_name="tts")
    assert choose_voice(alone, None) is None
    with pytest.raises(VoiceError, match="one voice only"):
        choose_voice(alone, "calm")
