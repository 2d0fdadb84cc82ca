"""Which setting wins, from real files, and where each value came from."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest

from engine.config.hyperparameters import Hyperparameters
from engine.config.precedence import (
    DEFAULTS,
    ORIGINS,
    Configuration,
    Layer,
    find_setting,
    load_configuration,
    show,
)
from engine.config.reading import SettingsError
from engine.config.settings import Settings


@pytest.mark.parametrize(("stronger", "weaker"), combinations(ORIGINS[:-1], 2))
@pytest.mark.parametrize("name", ["temperature", "instructions", "placeholders.user"])
def test_each_origin_goes_before_all_after_it(stronger: str, weaker: str, name: str) -> None:
    layers = (Layer(weaker, {name: "b"}, "w"), Layer(stronger, {name: "a"}, "s"))  # type: ignore[arg-type]
    for given in (layers, layers[::-1]):
        value = Configuration(given)[name]
        assert (value.value, value.origin, value.source) == ("a", stronger, "s")


def test_what_nobody_set_is_the_default() -> None:
    configuration = Configuration()
    for name, default in DEFAULTS.items():
        value = configuration[name]
        assert (value.value, value.origin) == (default, "default")
        assert value.description
    assert configuration.settings == Settings()
    assert configuration.hyperparameters == Hyperparameters()


def write(folder: Path, **files: str) -> Path:
    (folder / "profiles").mkdir(exist_ok=True)
    for name, text in files.items():
        place = folder if name in ("config", "prompt") else folder / "profiles"
        (place / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder / "config.toml"


def test_files_are_laid_upon_each_other(tmp_path: Path) -> None:
    config = write(
        tmp_path,
        config='profile = "tutor"\ntheme = "t"\ninstructions = "config"\ngreeting = "config"\n'
        'identity = "config"\napproval = "always"\n'
        "[hyperparameters]\ntop_k = 1\ntop_p = 0.1\nmin_p = 0.1\n"
        '[placeholders]\nuser = "config"\nplace = "config"\n',
        prompt='greeting = "prompt"\nidentity = "prompt"\ninstructions = "prompt"\n'
        '[hyperparameters]\ntop_p = 0.2\nmin_p = 0.2\nseed = 2\n[placeholders]\nuser = "prompt"\n',
        tutor='extends = "base"\ninstructions = "tutor"\n[hyperparameters]\nmin_p = 0.3\n',
        base='prompt_config = "../prompt.toml"\ninstructions = "base"\nidentity = "base"\n',
    )
    configuration = load_configuration({"approval": "auto", "seed": 9}, config)
    configuration = configuration.with_model("m", {"top_k": 7, "temperature": 0.25, "top_p": 9})
    assert {
        name: (configuration[name].value, configuration[name].came_from)
        for name in (
            *("theme", "instructions", "greeting", "identity", "approval", "profile"),
            *("top_k", "top_p", "min_p", "seed", "temperature", "effort"),
            *("placeholders.user", "placeholders.place"),
        )
    } == {
        "theme": ("t", "config.toml"),
        "instructions": ("tutor", "profile tutor"),
        "greeting": ("prompt", "prompt.toml"),
        "identity": ("base", "profile base"),
        "approval": ("auto", "command line"),
        "profile": ("tutor", "config.toml"),
        "top_k": (1, "config.toml"),
        "top_p": (0.2, "prompt.toml"),
        "min_p": (0.3, "profile tutor"),
        "seed": (9, "command line"),
        "temperature": (0.25, "generation_config of m"),
        "effort": ("medium", "default"),
        "placeholders.user": ("prompt", "prompt.toml"),
        "placeholders.place": ("config", "config.toml"),
    }
    assert configuration.hyperparameters == Hyperparameters(
        top_k=1, top_p=0.2, min_p=0.3, seed=9, temperature=0.25
    )
    assert configuration.settings.placeholders == {"user": "prompt", "place": "config"}
    listed = [value.name for value in configuration.listing()]
    assert len(listed) == len(set(listed)) == len(DEFAULTS) + 2


def test_the_command_line_chooses_profile_and_prompt_configuration(tmp_path: Path) -> None:
    config = write(
        tmp_path,
        config='profile = "one"',
        one='prompt_config = "no such file"',
        two='greeting = "two"',
        prompt='greeting = "prompt"',
    )
    with pytest.raises(SettingsError, match="no such file"):
        load_configuration({}, config)
    assert load_configuration({"profile": "two"}, config).settings.greeting == "two"
    none = load_configuration({"profile": "none"}, config)
    assert none.settings.greeting == ""
    prompt = {"profile": "none", "prompt_config": str(tmp_path / "prompt.toml")}
    assert load_configuration(prompt, config).settings.greeting == "prompt"


def test_a_profile_that_is_chosen_goes_before_what_was_set_earlier(tmp_path: Path) -> None:
    config = write(
        tmp_path,
        one="[hyperparameters]\ntemperature = 0.1\n",
        two='theme = "t"\n[hyperparameters]\ntop_p = 0.5\n',
    )
    configuration = load_configuration({"top_k": 5}, config)
    changed = configuration.with_value("temperature", 1.5).with_value("seed", 3)
    one = changed.with_profile("one")
    assert one.hyperparameters == Hyperparameters(temperature=0.1, seed=3, top_k=5)
    assert (one["profile"].value, one["profile"].origin) == ("one", "set here")
    two = one.with_profile("two")
    assert two.hyperparameters == Hyperparameters(top_p=0.5, seed=3, top_k=5)
    assert two["theme"].came_from == "profile two"
    assert two.with_profile("none").hyperparameters == Hyperparameters(seed=3, top_k=5)
    with pytest.raises(SettingsError):
        two.with_profile("three")
    later = two.with_value("top_p", 0.9)
    assert later.hyperparameters.top_p == 0.9
    assert later.without_value("top_p").hyperparameters.top_p == 0.5


def test_a_profile_is_read_anew_when_it_is_chosen(tmp_path: Path) -> None:
    config = write(tmp_path, one="[hyperparameters]\nseed = 1\n")
    configuration = load_configuration({}, config).with_profile("one")
    write(tmp_path, one="[hyperparameters]\nseed = 2\n")
    assert configuration.with_profile("one").hyperparameters.seed == 2


def test_what_is_in_order_alone_but_not_together_is_a_message(tmp_path: Path) -> None:
    config = write(
        tmp_path,
        config='profile = "one"\n[placeholders]\na = "{b}"\n',
        one='[placeholders]\nb = "{a}"\n',
    )
    with pytest.raises(SettingsError, match=r"together: the placeholder .* a -> b -> a"):
        load_configuration({}, config)


def test_a_models_value_out_of_range_is_left_out() -> None:
    configuration = Configuration.of(Settings()).with_model("m", {"top_k": -7, "top_p": 0.9})
    assert configuration.hyperparameters == Hyperparameters(top_p=0.9)


def test_of_a_file_that_has_no_meaning_here_is_told(tmp_path: Path) -> None:
    path = tmp_path / "theirs.json"
    path.write_text('{"mlock": true, "temperature": 0.5}')
    configuration = load_configuration({"prompt_config": str(path)}, tmp_path / "config.toml")
    (note,) = configuration.notes
    assert "mlock" in note
    assert configuration.hyperparameters.temperature == 0.5


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "-"),
        ("", "-"),
        ((), "-"),
        (True, "on"),
        (False, "off"),
        (0, "0"),
        (0.25, "0.25"),
        ("two\nlines", "two lines"),
        ((1,), "1 dialogue"),
        ((1, 2), "2 dialogues"),
    ],
)
def test_how_a_value_reads(value: object, shown: str) -> None:
    assert show(value) == shown


def test_a_name_that_is_none_is_answered_with_the_nearest() -> None:
    assert find_setting("theme") == "theme"
    with pytest.raises(SettingsError, match=r"'tehme' \(did you mean 'theme'\?\)"):
        find_setting("tehme")
