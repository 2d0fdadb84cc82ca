"""Presets: three built in, the person's own in a file that stays theirs."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from engine.config.hyperparameters import Hyperparameters
from engine.config.presets import (
    BUILT_IN,
    delete_preset,
    find_preset,
    load_presets,
    save_preset,
)
from engine.config.reading import SettingsError


def test_those_built_in_can_be_set() -> None:
    for name, values in BUILT_IN.items():
        set_ = Hyperparameters().with_values(values)
        assert {each: getattr(set_, each) for each in values} == values, name
    temperatures = [BUILT_IN[name]["temperature"] for name in ("precise", "balanced", "creative")]
    assert temperatures == sorted(temperatures)
    assert len({frozenset(values) for values in BUILT_IN.values()}) == 1
    assert "logit_bias" not in BUILT_IN["creative"]  # bans of one's own outlast a style


def test_one_that_is_saved_is_there(tmp_path: Path) -> None:
    file = tmp_path / "presets.toml"
    values = Hyperparameters(temperature=0.4, seed=7, logit_bias="12:-100", loop_detection="off")
    save_preset("mine", values, file)
    preset = find_preset("mine", file)
    assert Hyperparameters().with_values(preset.values) == values.model_copy(update={"seed": -1})
    assert not preset.is_built_in
    assert [*load_presets(file)[0]] == ["precise", "balanced", "creative", "mine"]


def test_saving_and_deleting_leave_the_rest_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "presets.toml"
    file.write_text("# Mine.\n[a]\ntop_k = 5 # few\n\n# Then b.\n[b]\ntop_k = 6\n")
    save_preset("a", Hyperparameters(top_k=9), file)
    text = file.read_text()
    assert text.startswith("# Mine.\n\n# Then b.\n[b]\ntop_k = 6\n")
    assert tomllib.loads(text)["a"]["top_k"] == 9
    delete_preset("a", file)
    assert file.read_text().rstrip() == "# Mine.\n\n# Then b.\n[b]\ntop_k = 6"
    delete_preset("b", file)
    assert load_presets(file)[0].keys() == BUILT_IN.keys()


def test_ones_own_goes_before_the_built_in_one(tmp_path: Path) -> None:
    file = tmp_path / "presets.toml"
    file.write_text("[precise]\ntemperature = 0\n")
    assert find_preset("precise", file).values == {"temperature": 0.0}
    delete_preset("precise", file)
    assert find_preset("precise", file).is_built_in


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[bad]\ntemperature = 9\n", "temperature cannot be '9'"),
        ("[bad]\ntemprature = 1\n", "did you mean 'temperature'?"),
        ("bad = 3\n", "Write [bad]"),
    ],
)
def test_a_bad_one_is_told_and_spoils_no_other(tmp_path: Path, text: str, problem: str) -> None:
    file = tmp_path / "presets.toml"
    file.write_text(f"{text}[good]\ntop_k = 1\n")
    presets, problems = load_presets(file)
    assert presets["good"].values == {"top_k": 1}
    assert "bad" not in presets
    assert len(problems) == 1
    assert problem in problems[0]
    with pytest.raises(SettingsError, match="cannot be used"):
        find_preset("bad", file)


def test_mistakes_are_told(tmp_path: Path) -> None:
    file = tmp_path / "presets.toml"
    with pytest.raises(SettingsError, match=r"did you mean 'creative'\?"):
        find_preset("creativ", file)
    for name in ("", "a b", "a.b", "[x]", "ä"):
        with pytest.raises(SettingsError, match="is no name for a preset"):
            save_preset(name, Hyperparameters(), file)
    with pytest.raises(SettingsError, match="It is built in"):
        delete_preset("precise", file)
    file.write_text("no toml")
    for act in (lambda: load_presets(file), lambda: save_preset("x", Hyperparameters(), file)):
        with pytest.raises(SettingsError, match=r"presets\.toml"):
            act()
    assert file.read_text() == "no toml"
