"""Kyutai's weights are found where download tools put them, and downloaded."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest

from engine.models import downloading
from engine.models.downloading import DownloadCancelledError, DownloadError, read_unfinished
from engine.voice.errors import VoiceError
from engine.voice.recognizer import open_recognizer
from engine.voice.synthesizer import list_voices, open_synthesizer
from engine.voice.weights import (
    RECOGNIZERS,
    SYNTHESIZERS,
    USUAL_VOICE,
    VOICES,
    choose_voice,
    download,
    find_voices,
    find_weights,
)
from tests.engine.models.hub_server import Hub, serving

ENDING = ".wav.1e68beda@240.safetensors"


def outline(kind: str, mimi: str = "mimi.safetensors") -> dict[str, bytes]:
    """Return the files of a model, with all that is looked at before it is loaded."""
    header = json.dumps(
        {"out_norm.alpha": {"dtype": "BF16", "shape": [1, 1, 0], "data_offsets": [0, 0]}}
    ).encode()
    config = {
        f"{kind}_config": {}, "dim": 256, "moshi_name": "weights.safetensors", "mimi_name": mimi,
        "tokenizer_name": "tokenizer.model", "model_id": {"sig": "1e68beda", "epoch": 240},
        "conditioners": {"speaker_wavs": {}},
    }  # fmt: skip
    return {
        "config.json": json.dumps(config).encode(),
        "weights.safetensors": len(header).to_bytes(8, "little") + header,
        "tokenizer.model": b"pieces",
        "mimi.safetensors": b"codec",
    }


def put(folder: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


@pytest.fixture(autouse=True)
def cache(monkeypatch, tmp_path):
    """An empty cache of the Hub's programs."""
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("HARMONY_TUI_HOME", str(tmp_path / "home"))
    return tmp_path / "cache"


def in_cache(cache: Path, name: str, files: dict[str, bytes]) -> Path:
    entry = cache / ("models--" + name.replace("/", "--"))
    put(entry, {"refs/main": b"abc"})
    return put(entry / "snapshots" / "abc", files)


def test_models_are_found_in_the_cache_and_in_the_folders_of_models_the_best_first(cache, tmp_path):
    assert find_weights("stt") is None
    models = tmp_path / "models"
    large = in_cache(cache, "kyutai/stt-2.6b-en-mlx", outline("stt"))
    found = find_weights("stt", models=str(models))
    assert found is not None
    assert (found.folder, found.names, found.folder_name) == (large, "pytorch", "stt-2.6b-en-mlx")
    small = put(models / RECOGNIZERS[0], outline("stt"))
    put(models / RECOGNIZERS[0], {".download.json": b'{"revision": "a", "bytes": 5}'})
    assert find_weights("stt", models=str(models)).folder == large  # the other is not whole
    (small / ".download.json").unlink()
    assert find_weights("stt", models=str(models)).folder == small
    assert find_weights("stt", "kyutai/stt-2.6b-en-mlx", str(models)).folder == large
    assert find_weights("stt", str(small)).folder == small
    assert find_weights("tts", models=str(models)) is None
    with pytest.raises(VoiceError, match="a model that recognises; choose one that speaks"):
        find_weights("tts", str(small))
    with pytest.raises(VoiceError, match="harmony-tui voice download kyutai/stt-9b"):
        find_weights("stt", "kyutai/stt-9b")


def test_a_codec_of_another_repository_is_found(cache, tmp_path):
    codec = "hf://kyutai/codec/deep/mimi.safetensors"
    files = outline("stt", codec)
    with pytest.raises(VoiceError, match=f"no {codec}"):
        find_weights("stt", str(put(tmp_path / "stt", files)))
    other = in_cache(cache, "kyutai/codec", {"deep/mimi.safetensors": b"codec"})
    assert find_weights("stt", str(tmp_path / "stt")).mimi == other / "deep" / "mimi.safetensors"


def test_voices_are_found_by_the_model_that_they_are_for(cache, tmp_path):
    layout = find_weights("tts", str(put(tmp_path / "tts", outline("tts"))))
    with pytest.raises(VoiceError, match=f"harmony-tui voice download {VOICES}/{USUAL_VOICE}"):
        choose_voice(layout, None)
    voices = in_cache(
        cache,
        VOICES,
        {
            f"alba/a{ENDING}": b"",
            f"{USUAL_VOICE}{ENDING}": b"",
            "other/model.wav.abc@1.safetensors": b"",
            "alba/a.wav": b"",
        },
    )
    assert [voice.name for voice in find_voices(layout)] == [USUAL_VOICE, "alba/a"]
    assert choose_voice(layout, None) == voices / f"{USUAL_VOICE}{ENDING}"
    assert choose_voice(layout, "alba/a.wav") == choose_voice(layout, "alba/a")
    own = put(tmp_path, {"mine.safetensors": b""}) / "mine.safetensors"
    assert choose_voice(layout, str(own)) == own
    assert list_voices(str(tmp_path / "tts")) == (USUAL_VOICE, "alba/a")


def test_models_are_downloaded_whole_and_voices_one_by_one(cache, tmp_path, monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr(downloading, "WAIT_SECONDS", 0.01)
    models, told, go_on = str(tmp_path / "models"), [], threading.Event()
    name = SYNTHESIZERS[0]
    with serving(Hub(name, outline("tts") | {"voices/large.bin": b"no"})) as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.address)
        folder = download(name, models, told.append, go_on)
        assert {path.name: path.read_bytes() for path in folder.iterdir()} == outline("tts")
        assert told[-1].done == told[-1].total == sum(map(len, outline("tts").values()))
        assert find_weights("tts", models=models).folder == folder

        hub.files["config.json"] = b'{"model_type": "gpt_oss"}'
        with pytest.raises(DownloadError, match="no model that turns speech into text"):
            download(name, str(tmp_path / "others"), told.append, go_on)
        assert not list((tmp_path / "others").rglob("*.safetensors*"))

        hub.name = VOICES
        hub.files = {
            f"{USUAL_VOICE}{ENDING}": b"a" * 9,
            f"alba/a{ENDING}": b"b",
            "alba/ab.wav": b"c",
        }
        with pytest.raises(DownloadError, match="Name one"):
            download(VOICES, models, told.append, go_on)
        with pytest.raises(DownloadError, match="no such files"):
            download(f"{VOICES}/nobody", models, told.append, go_on)
        stopped = threading.Event()
        stopped.set()
        with pytest.raises(DownloadCancelledError):
            download(f"{VOICES}/alba/a", models, told.append, stopped)
        folder = download(f"{VOICES}/alba/a", models, told.append, go_on)
        assert [path.name for path in folder.rglob("*") if path.is_file()] == [f"a{ENDING}"]
        assert download(f"{VOICES}/{USUAL_VOICE}.wav", models, told.append, go_on) == folder
        assert read_unfinished(folder) is None
    assert [voice.name for voice in find_voices(find_weights("tts", models=models), models)] == [
        USUAL_VOICE,
        "alba/a",
    ]


def test_an_engine_that_is_not_here_is_answered_with_what_to_do():
    with pytest.raises(VoiceError, match=f"harmony-tui voice download {RECOGNIZERS[0]}"):
        open_recognizer("kyutai-q4")
    with pytest.raises(VoiceError, match=f"harmony-tui voice download {SYNTHESIZERS[0]}"):
        open_synthesizer("kyutai")
    with pytest.raises(VoiceError, match="somebody/else is not on this machine"):
        open_synthesizer("somebody/else")


def test_weights_without_a_gpu_are_left_to_those_who_ask_for_them(tmp_path, monkeypatch):
    from engine.models import device

    put(tmp_path / "models" / RECOGNIZERS[0], outline("stt"))
    put(tmp_path / "models" / SYNTHESIZERS[0], outline("tts"))
    on_cpu = device.Device("CPU", on_cpu=True, total_memory=1)
    monkeypatch.setattr(device, "prepare", lambda: on_cpu)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: name != "pocketsphinx" or None)
    told: list[str] = []
    with pytest.raises(VoiceError, match="Nothing on this machine recognises speech"):
        open_recognizer("auto", told.append, models=str(tmp_path / "models"))
    assert told == [
        "stt-1b-en_fr-candle is not used: it needs a GPU to keep up with speech. "
        "Choose kyutai to use it anyway."
    ]
    monkeypatch.setenv("PATH", "")
    with pytest.raises(VoiceError, match="None of the programs that speak"):
        open_synthesizer("auto", progress=told.append, models=str(tmp_path / "models"))
    # With a GPU the voice is what is missing.
    on_gpu = device.Device("GPU", on_cpu=False, total_memory=1)
    monkeypatch.setattr(device, "prepare", lambda: on_gpu)
    with pytest.raises(VoiceError, match="None of the programs that speak"):
        open_synthesizer("auto", progress=told.append, models=str(tmp_path / "models"))
    assert told[-1].startswith("tts-1.6b-en_fr is not used: The voice expresso/")
