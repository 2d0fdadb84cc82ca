"""Profiles: files under a name, what they inherit, and those that cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.config.profiles import Profile, load_profile, profile_names
from engine.config.reading import SettingsError
from engine.config.settings import Settings
from engine.config.voice import VoiceSettings


def write(folder: Path, **profiles: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in profiles.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder


def test_a_profile_sets_what_the_settings_do_and_every_setting_is_described() -> None:
    own, settings = set(Profile.model_fields), set(Settings.model_fields)
    assert own - settings == {"description", "extends"}
    # What belongs to the machine and not to a way of talking, and the profile itself.
    ways = {"enter", "keys", "notify", "reduced_motion", "vim_keys"}
    ways |= set(VoiceSettings.model_fields)
    memory = {"unpack", "wired_memory", "buffer_cache"}
    assert settings - own == {"profile", "disk_cache", *memory, *ways}
    for model in (Profile, Settings):
        assert all(field.description for field in model.model_fields.values())


def test_names_are_those_of_the_files(tmp_path: Path) -> None:
    folder = write(tmp_path / "profiles", tutor="", base="")
    (folder / ".hidden.toml").touch()
    (folder / "notes.txt").touch()
    assert profile_names(folder) == ["base", "tutor"]
    assert profile_names(tmp_path / "none") == []


def test_a_profile_comes_with_those_it_extends(tmp_path: Path) -> None:
    folder = write(
        tmp_path / "profiles",
        base='model = "m"',
        middle='extends = "base"\ntheme = "t"',
        top='extends = "middle"\nprompt_config = "../top.toml"',
    )
    chain = load_profile("top", folder)
    assert [each.name for each in chain] == ["top", "middle", "base"]
    assert chain[0].profile.prompt_config == str(folder / ".." / "top.toml")
    assert chain[2].profile.model == "m"


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ("tutr", "There is no profile 'tutr' (did you mean 'tutor'?). There are: "),
        ("", "There is no profile ''"),
        ("../profiles/tutor", "There is no profile '../profiles/tutor'"),
        ("orphan", "orphan.toml: 'extends': there is no profile 'tuto' (did you mean 'tutor'?)"),
        ("a", "c.toml: 'extends' goes in a circle: b -> c -> b"),
        ("selfish", "selfish.toml: 'extends' goes in a circle: selfish -> selfish"),
        ("wrong", "wrong.toml: there is no setting 'modle' (did you mean 'model'?)"),
        ("above_wrong", "wrong.toml: there is no setting 'modle'"),
        ("torn", "torn.toml is not valid TOML"),
        ("machine", "there is no setting 'disk_cache'"),
        ("nested", "there is no setting 'profile'"),
    ],
)
def test_one_that_cannot_be_used_is_a_message_with_file_and_key(
    tmp_path: Path, wanted: str, said: str
) -> None:
    folder = write(
        tmp_path / "profiles",
        tutor="",
        orphan='extends = "tuto"',
        a='extends = "b"',
        b='extends = "c"',
        c='extends = "b"',
        selfish='extends = "selfish"',
        wrong='modle = "x"',
        above_wrong='extends = "wrong"',
        torn="model = ",
        machine="disk_cache = true",
        nested='profile = "tutor"',
    )
    with pytest.raises(SettingsError) as raised:
        load_profile(wanted, folder)
    assert said in str(raised.value)


def test_without_a_folder_there_is_none(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="holds none"):
        load_profile("tutor", tmp_path / "profiles")
