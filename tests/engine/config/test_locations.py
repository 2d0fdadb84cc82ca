from pathlib import Path

import pytest

from engine.config import locations

ALL = [
    locations.config_file,
    locations.themes_folder,
    locations.permissions_file,
    locations.sessions_folder,
    lambda: locations.models_folder(None),
    locations.cache_folder,
    locations.log_file,
]


@pytest.mark.parametrize("location", ALL)
def test_one_variable_moves_everything_into_one_folder(location, monkeypatch, tmp_path):
    monkeypatch.setenv("HARMONY_TUI_HOME", str(tmp_path))
    assert tmp_path in location().parents


def test_the_variable_may_begin_with_the_home_folder(monkeypatch):
    monkeypatch.setenv("HARMONY_TUI_HOME", "~/apart")
    assert locations.config_file() == Path.home() / "apart" / "config" / "config.toml"


@pytest.mark.parametrize("location", ALL)
def test_otherwise_everything_is_in_a_folder_of_the_programs_name(location, monkeypatch):
    monkeypatch.delenv("HARMONY_TUI_HOME", raising=False)
    assert "harmony-tui" in location().parts


def test_asking_for_a_place_makes_nothing(monkeypatch, tmp_path):
    monkeypatch.setenv("HARMONY_TUI_HOME", str(tmp_path))
    for location in ALL:
        location()
    assert list(tmp_path.iterdir()) == []


def test_a_model_is_looked_for_in_the_chosen_folder_then_by_path_then_in_the_usual_one(
    monkeypatch, tmp_path
):
    monkeypatch.setenv("HARMONY_TUI_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    chosen = str(tmp_path / "chosen")
    name = "openai/gpt-oss-20b"
    assert locations.locate_model(name, chosen) == name
    usual = locations.models_folder(None) / name
    usual.mkdir(parents=True)
    assert locations.locate_model(name, chosen) == str(usual)
    assert locations.locate_model(name, None) == str(usual)
    (tmp_path / name).mkdir(parents=True)
    assert locations.locate_model(name, chosen) == name
    (tmp_path / "chosen" / name).mkdir(parents=True)
    assert locations.locate_model(name, chosen) == f"{chosen}/{name}"


@pytest.mark.parametrize("name", [None, "", ".", "x" * 5000, "\0", "~nobody-of-this-name/x"])
def test_what_is_no_name_of_a_folder_is_returned_as_it_is(monkeypatch, tmp_path, name):
    monkeypatch.setenv("HARMONY_TUI_HOME", str(tmp_path))
    locations.models_folder(None).mkdir(parents=True)
    assert locations.locate_model(name, None) == name
