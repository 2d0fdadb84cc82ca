from pathlib import Path

import pytest

from engine.config import locations

ALL = [
    locations.config_file,
    locations.themes_folder,
    locations.sessions_folder,
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
