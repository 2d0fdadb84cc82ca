"""config.toml: what it may hold, and what is said of one that holds something else."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.config.editing import read_value
from engine.config.precedence import Configuration
from engine.config.settings import Settings, SettingsError, load_settings


def write(folder: Path, text: str) -> Path:
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_no_file_means_defaults(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "config.toml") == Settings()


def test_every_setting_can_be_set(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        'model = "m"\ntheme = "t"\ninstructions = "Be brief."\napproval = "always"\n'
        '[hyperparameters]\ntemperature = 0.5\ntop_k = 3\neffort = "low"\n',
    )
    settings = load_settings(path)
    assert (settings.model, settings.theme, settings.approval) == ("m", "t", "always")
    chosen = Configuration.of(settings).hyperparameters
    assert (chosen.temperature, chosen.top_k, chosen.effort) == (0.5, 3, "low")


@pytest.mark.parametrize(("before", "now"), [("effects", "ask"), ("never", "auto")])
def test_an_approval_under_its_former_name_is_what_comes_nearest(
    tmp_path: Path, before: str, now: str
) -> None:
    assert load_settings(write(tmp_path, f'approval = "{before}"\n')).approval == now
    assert read_value("approval", before) == now


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("model = ", "not valid TOML"),
        ("tempratur = 1", "there is no setting 'tempratur'"),
        ('approval = "sometimes"', "one of: always, ask, auto, read-only"),
        ("theme = 3", "'theme'"),
        ("[hyperparameters]\ntemperature = 9", "temperature cannot be"),
        ("[hyperparameters]\nheat = 1", "There is no 'heat'"),
    ],
)
def test_a_broken_file_is_a_message_that_names_it(tmp_path: Path, text: str, said: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(SettingsError) as raised:
        load_settings(path)
    assert str(path) in str(raised.value)
    assert said in str(raised.value)


def test_bytes_that_are_no_text_are_a_message(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsError, match="not valid TOML"):
        load_settings(path)


def test_a_folder_in_its_place_is_a_message(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.mkdir()
    with pytest.raises(SettingsError, match="cannot be read"):
        load_settings(path)
