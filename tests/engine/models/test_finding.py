"""All models on a machine are found, wherever the programs that fetch them keep them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from engine.config import locations
from engine.models import demo
from engine.models.downloading import MARKER
from engine.models.finding import LocalModel, find_local_models
from engine.models.fitting import Fit, fit
from engine.models.hub import find_model


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("HARMONY_TUI_HOME", str(tmp_path / "program"))
    monkeypatch.setenv("HOME", str(tmp_path / "person"))
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hf"))
    monkeypatch.delenv("HF_HUB_CACHE", raising=False)
    return tmp_path


def put(folder: Path, **files: str) -> Path:
    folder.mkdir(parents=True)
    for name, text in (files or {"config.json": "{}"}).items():
        (folder / name.replace("__", ".")).write_text(text)
    return folder


def found(chosen: Path | None = None, *others: Path) -> dict[str, LocalModel]:
    models = list(find_local_models(None if chosen is None else str(chosen), others))
    assert models[0].name == "demo"
    assert models[0].folder == demo.WEIGHTS
    return {model.name: model for model in models[1:]}


def test_only_the_bundled_one_is_on_a_fresh_machine(home):
    assert found() == {}


def test_the_models_of_every_place_are_found_by_what_loads_them(home):
    chosen, usual = home / "chosen", locations.models_folder(None)
    put(chosen / "mine")
    put(chosen / "somebody" / "tiny")
    put(usual / "openai" / "gpt-oss-20b")
    put(home / "person" / ".lmstudio" / "models" / "studio" / "tiny")
    entry = home / "hf" / "hub" / "models--openai--gpt-oss-120b"
    put(entry / "refs", main="abc")
    put(entry / "snapshots" / "older")
    snapshot = put(entry / "snapshots" / "abc")
    places = {name: model.place for name, model in found(chosen).items()}
    assert places == {
        "mine": "models folder",
        "somebody/tiny": "models folder",
        "openai/gpt-oss-20b": "models folder",
        "openai/gpt-oss-120b": "Hugging Face",
        "studio/tiny": "LM Studio",
    }
    for name, model in found(chosen).items():
        located = locations.locate_model(name, str(chosen))
        assert find_model(located) == model.folder
    assert found(chosen)["openai/gpt-oss-120b"].folder == snapshot


def test_a_name_is_told_once_and_the_same_folder_too(home):
    chosen = home / "chosen"
    mine = put(chosen / "openai" / "gpt-oss-20b")
    other = put(locations.models_folder(None) / "openai" / "gpt-oss-20b")
    (chosen / "again").symlink_to(mine)
    elsewhere = put(home / "elsewhere")
    names = found(chosen, mine, elsewhere, home / "gone")
    assert {name: model.folder for name, model in names.items()} == {
        "again": chosen / "again",
        str(other): other,
        str(elsewhere): elsewhere,
    }


def test_what_is_no_model_is_left_out(home):
    chosen = home / "chosen"
    put(chosen / "notes", readme__md="words")
    put(chosen / ".hidden")
    put(chosen / "a" / "b" / "too_deep")
    (chosen / "file").write_text("")
    (home / "hf" / "hub" / "models--of--nothing").mkdir(parents=True)
    assert found(chosen) == {}


def test_sizes_are_those_of_what_links_lead_to(home):
    folder = put(home / "chosen" / "linked")
    (home / "blob").write_bytes(b"x" * 1000)
    (folder / "model.safetensors").symlink_to(home / "blob")
    (folder / "dangling").symlink_to(home / "nothing")
    assert found(home / "chosen")["linked"].byte_count == 1002


def test_a_download_that_is_not_over_is_known(home):
    folder = home / "chosen" / "openai" / "gpt-oss-20b"
    put(folder, model__safetensors__part="half")
    (folder / MARKER).write_text(json.dumps({"revision": "abc", "bytes": 8}))
    assert found(home / "chosen")["openai/gpt-oss-20b"].unfinished == 8


def test_a_folder_that_cannot_be_read_is_told(home, monkeypatch):
    put(home / "chosen" / "mine")

    iterdir = Path.iterdir

    def refuse(self: Path):
        if self == home / "chosen":
            raise PermissionError(13, "Permission denied", str(self))
        return iterdir(self)

    monkeypatch.setattr(Path, "iterdir", refuse)
    (model,) = found(home / "chosen").values()
    assert model.problem == f"{home / 'chosen'} cannot be read (Permission denied)."


def test_whether_it_fits_is_what_loading_will_find(home):
    told = fit(demo.WEIGHTS)
    assert told.verdict == "fits"
    assert 0 < told.needed <= told.free <= told.total
    folder = home / "copy"
    shutil.copytree(demo.WEIGHTS, folder)
    assert fit(folder).needed == told.needed


def test_what_is_told_of_memory():
    gib = 2**30
    assert Fit(13 * gib, 20 * gib, 32 * gib).describe() == (
        "fits: it takes 13.0 GiB, and 20.0 GiB of 32.0 GiB are free"
    )
    assert Fit(13 * gib, 9 * gib, 32 * gib).verdict == "tight"
    assert "only 9.0 GiB are free" in Fit(13 * gib, 9 * gib, 32 * gib).describe()
    assert Fit(65 * gib, 9 * gib, 32 * gib).verdict == "too large"
    assert Fit(25 * 2**20, gib, gib).describe().startswith("fits: it takes 25.0 MiB")
