"""Models are found where download tools leave them, by folder or by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.models import demo, hub
from engine.models.configuration import CheckpointError


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a home folder of its own to every test, in which it also runs."""
    for variable in ("HF_HOME", "HF_HUB_CACHE"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def snapshot(cache: Path, name: str, commit: str) -> Path:
    folder = cache / ("models--" + name.replace("/", "--")) / "snapshots" / commit
    folder.mkdir(parents=True)
    return folder


def test_the_bundled_model_is_the_default() -> None:
    assert hub.find_model(None) == hub.find_model("demo") == demo.WEIGHTS
    assert hub.model_name(demo.WEIGHTS) == "demo"


def test_a_folder(home: Path) -> None:
    (home / "mine").mkdir()
    assert hub.find_model(str(home / "mine")) == home / "mine"
    assert hub.find_model("~/mine") == home / "mine"
    assert hub.find_model("mine") == Path("mine")
    assert hub.model_name(Path("mine")) == "mine"


def test_a_downloaded_model_at_the_commit_that_main_names(home: Path) -> None:
    cache = home / ".cache" / "huggingface" / "hub"
    snapshot(cache, "openai/gpt-oss-20b", "aaa")
    current = snapshot(cache, "openai/gpt-oss-20b", "bbb")
    references = cache / "models--openai--gpt-oss-20b" / "refs"
    references.mkdir()
    (references / "main").write_text("bbb\n")
    assert hub.find_model("openai/gpt-oss-20b") == current
    assert hub.model_name(current) == "gpt-oss-20b"


@pytest.mark.parametrize(("variable", "below"), [("HF_HOME", "hub"), ("HF_HUB_CACHE", "")])
def test_the_cache_can_lie_elsewhere(
    home: Path, monkeypatch: pytest.MonkeyPatch, variable: str, below: str
) -> None:
    monkeypatch.setenv(variable, str(home / "elsewhere"))
    folder = snapshot(home / "elsewhere" / below, "someone/model", "ccc")
    assert hub.find_model("someone/model") == folder


def test_a_model_from_lm_studio(home: Path) -> None:
    folder = home / ".lmstudio" / "models" / "mlx-community" / "gpt-oss-20b"
    folder.mkdir(parents=True)
    assert hub.find_model("mlx-community/gpt-oss-20b") == folder


@pytest.mark.parametrize("name", ["nobody/nothing", "nowhere", "../..x/y", "a/b/c", ""])
def test_an_unknown_name(name: str) -> None:
    with pytest.raises(CheckpointError) as caught:
        hub.find_model(name)
    assert repr(name) in str(caught.value)
    assert "models download openai/gpt-oss-20b" in str(caught.value)
    assert str(caught.value).endswith(".")  # something is said after it


@pytest.mark.parametrize("name", ["~no_such_user/model", "x" * 5000, "a\0b"])
def test_an_impossible_name(name: str) -> None:
    with pytest.raises(CheckpointError) as caught:
        hub.find_model(name)
    assert "Give the path of a model's folder" in str(caught.value)


def test_a_file_is_no_model(home: Path) -> None:
    (home / "weights.safetensors").write_text("")
    with pytest.raises(CheckpointError, match="is a file"):
        hub.find_model("weights.safetensors")
