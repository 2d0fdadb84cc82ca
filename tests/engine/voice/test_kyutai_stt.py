"""Kyutai's speech recognition: every layout, over small checkpoints with random weights."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from engine.voice.blocks import BLOCK, Samples
from engine.voice.errors import VoiceError
from engine.voice.kyutai import mimi as mimi_module
from engine.voice.kyutai.layouts import Quantization, read_layout
from engine.voice.kyutai.stt import KyutaiRecognizer, Limits
from engine.voice.kyutai.transcript import NEW_WORD, PAD, Transcript
from engine.voice.recognizer import Heard
from tests.engine.voice import checkpoints

QUICK = {"audio_delay_seconds": 0.16}


@pytest.fixture(scope="module")
def mimi(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return checkpoints.share_mimi(tmp_path_factory)


@pytest.fixture(scope="module")
def folder(tmp_path_factory, mimi):
    folder = tmp_path_factory.mktemp("models") / "stt"
    return checkpoints.make_recognizer(folder, mimi, **QUICK)


def noise(blocks: int, seed: int = 0) -> list[Samples]:
    samples = np.random.default_rng(seed).standard_normal((blocks, BLOCK)) * 0.1
    return list(samples.astype(np.float32))


def hear(recognizer: KyutaiRecognizer, blocks: list[Samples]) -> Heard:
    recognizer.start()
    for block in blocks:
        recognizer.feed(block)
    return recognizer.finish()


def test_every_layout_hears_and_a_reset_forgets_all(tmp_path, mimi, folder):
    layouts = {
        "mlx": folder,
        "candle": checkpoints.make_recognizer(tmp_path / "candle", mimi, "candle", **QUICK),
        "q4": checkpoints.make_recognizer(tmp_path / "q4", mimi, bits=4, **QUICK),
        "q8": checkpoints.make_recognizer(tmp_path / "q8", mimi, bits=8, **QUICK),
    }
    read = {name: read_layout(folder) for name, folder in layouts.items()}
    assert {name: layout.names for name, layout in read.items()} == {
        "mlx": "mlx",
        "candle": "pytorch",
        "q4": "mlx",
        "q8": "mlx",
    }
    assert read["q4"].quantization == Quantization(bits=4, group_size=32)
    assert read["q8"].quantization == Quantization(bits=8, group_size=64)

    said, other = noise(5), noise(3, seed=1)
    heard = {}
    for name, layout in read.items():
        recognizer = KyutaiRecognizer(layout)
        if name == "mlx":
            hear(recognizer, other)
        heard[name] = hear(recognizer, said)
        recognizer.close()
        recognizer.close()
    packed = KyutaiRecognizer(read["candle"], bits=8)
    heard["candle, packed when loaded"] = hear(packed, said)
    packed.close()
    assert all(each.is_final and each.text for each in heard.values())
    # The one heard something else before, the other is fresh and of another layout.
    assert heard["mlx"] == heard["candle"]
    # Both were rounded the same way, at different times.
    assert heard["candle, packed when loaded"].text == heard["q8"].text

    with pytest.raises(VoiceError, match="closed"):
        packed.feed(said[0])


def test_words_come_out_while_they_are_spoken_with_the_likelihood_of_a_pause(folder):
    recognizer = KyutaiRecognizer(read_layout(folder))
    assert recognizer.name == "Kyutai stt"
    recognizer.start()
    heard = [recognizer.feed(block) for block in noise(16)]
    final = recognizer.finish()
    recognizer.close()
    partial = [each for each in heard if each is not None]
    texts = [each.text for each in partial]
    assert len(set(texts)) > 5
    assert all(
        later.startswith(earlier)
        for earlier, later in zip(texts, [*texts[1:], final.text], strict=True)
    )
    assert not any(each.is_final for each in partial)
    # In the first second the model knows nothing of pauses.
    assert {each.pause for each in heard[:12] if each is not None} <= {None}
    assert all(each is not None and 0.0 <= (each.pause or -1.0) <= 1.0 for each in heard[12:])


def test_the_silence_that_a_model_wants_first_is_fed_to_it_and_no_heads_tell_no_pause(
    tmp_path, mimi
):
    plain = checkpoints.make_recognizer(tmp_path / "plain", mimi, heads=0, **QUICK)
    silent = checkpoints.make_recognizer(
        tmp_path / "silent", mimi, heads=0, audio_silence_prefix_seconds=0.16, **QUICK
    )
    said, silence = noise(4), list(np.zeros((2, BLOCK), np.float32))
    first, second = KyutaiRecognizer(read_layout(plain)), KyutaiRecognizer(read_layout(silent))
    expected = hear(first, silence + said)
    # A block that is cut off is filled up with silence.
    cut = [*said, np.zeros(3, np.float32)]
    assert hear(second, said) == expected
    assert hear(second, cut) == hear(first, [*silence, *said, np.zeros(BLOCK, np.float32)])
    assert expected.pause is None
    first.close()
    second.close()


def test_an_utterance_longer_than_the_models_can_take_goes_on_with_limits_lowered_to_2_seconds(
    folder, monkeypatch
):
    monkeypatch.setattr(mimi_module, "MAX_FRAMES", 26)
    monkeypatch.setattr(mimi_module, "LIFETIME_FRAMES", 30)
    layout = read_layout(folder)
    said = noise(32)

    endless = KyutaiRecognizer(layout, limits=Limits(wanted=1000, hard=1000))
    with pytest.raises(VoiceError, match="Try again"):
        hear(endless, said)
    # The failure was one of that utterance, and not of the recogniser.
    short = hear(endless, said[:4])
    assert short.text
    endless.close()

    recognizer = KyutaiRecognizer(layout, limits=Limits(wanted=16, hard=20))
    recognizer.start()
    texts = [heard.text for block in said if (heard := recognizer.feed(block)) is not None]
    final = recognizer.finish()
    recognizer.close()
    assert all(
        later.startswith(earlier)
        for earlier, later in zip(texts, [*texts[1:], final.text], strict=True)
    )
    assert len(final.text) > 2 * len(short.text)


class TestTranscript:
    @pytest.fixture(scope="class")
    def tokenizer(self, tmp_path_factory):
        import sentencepiece

        path = tmp_path_factory.mktemp("tokenizer") / "tokenizer.model"
        checkpoints.make_tokenizer(path)
        return sentencepiece.SentencePieceProcessor(str(path))

    def test_words_are_shown_whole_and_never_by_their_bytes(self, tokenizer):
        text = "a café, a naïve 😀 and 東京 too"
        transcript = Transcript(tokenizer)
        seen = []
        for number, word in enumerate(text.split()):
            for token in tokenizer.encode(word):
                if transcript.add(token):
                    seen.append(transcript.text)
            # Some models write a token between two words, and some words follow at once.
            if number % 2 == 0 and transcript.add(NEW_WORD):
                seen.append(transcript.text)
        assert transcript.finish()
        assert transcript.text == text
        assert not transcript.finish()
        assert all(text.startswith(part) for part in seen)
        assert all(len(part) == len(text) or text[len(part)] == " " for part in seen)

    def test_what_is_no_character_is_dropped(self, tokenizer):
        transcript = Transcript(tokenizer)
        for piece in ("<0xE2>", "<0x1B>"):
            transcript.add(tokenizer.piece_to_id(piece))
        for token in tokenizer.encode("fine"):
            transcript.add(token)
        transcript.add(PAD)
        transcript.add(PAD)
        assert transcript.text == "fine"
        assert transcript.quiet_steps == 2


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda folder: (folder / "config.json").unlink(), "has no config.json"),
        (lambda folder: (folder / "config.json").write_text("{"), "cannot be read"),
        (lambda folder: (folder / "config.json").write_text("{}"), "no model that turns speech"),
        (lambda folder: (folder / "tokenizer.model").unlink(), "no tokenizer.model"),
        (lambda folder: (folder / "model.safetensors").write_bytes(b"no"), "no whole safetensors"),
        (
            lambda folder: (folder / "model.safetensors").write_bytes(
                (folder / "model.safetensors").read_bytes()[:-100_000]
            ),
            "not what its configuration says",
        ),
        (lambda folder: (folder / "tokenizer.model").write_bytes(b"no"), "configuration says"),
    ],
)
def test_a_damaged_folder_is_explained(tmp_path, folder, damage, said):
    damaged = shutil.copytree(folder, tmp_path / "stt", symlinks=True)
    damage(damaged)
    with pytest.raises(VoiceError, match=said) as raised:
        KyutaiRecognizer(read_layout(damaged))
    assert "\n" not in str(raised.value)
