"""A config.toml that is wrong in places: the rest is in force, and every fault is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.config.leniency import load_usable_settings
from engine.config.precedence import load_usable_configuration
from engine.config.reading import SettingsError
from engine.config.settings import Settings

GOOD = 'theme = "harmony-light"\n'


@pytest.mark.parametrize(
    ("text", "told", "in_force"),
    [
        ("sessions = 5", ["there is no setting 'sessions'"], {}),
        ("[keys]\nsessions = 5\nnew = 'f6'", ["'keys.sessions"], {"keys": {"new": ("f6",)}}),
        ("vim_keys = maybe", ["line 2: Invalid value."], {}),
        ("vim_keys = 'maybe'", ["'vim_keys'"], {}),
        ("model = 'm'\nenter = 3\nnotify = 4", ["'enter'", "'notify'"], {"model": "m"}),
        ("model = 'm'\nmodel = 'n'", ["line 3: Cannot overwrite a value."], {"model": "m"}),
        ("model = 'm", ["line 2: "], {}),
        ("models_folder = '''x\n[keys]\nnew = 'f6'", ["line 2: "], {"keys": {"new": ("f6",)}}),
        ("examples = [\nvim_keys = true\n", ["line 2: "], {"vim_keys": True}),
        (
            "[hyperparameters]\ntop_k = 5\ntemperature = 9\nheat = 1",
            ["temperature cannot be '9'", "There is no 'heat'"],
            {"hyperparameters": {"top_k": 5}},
        ),
        # Its keys do not fall to the table above.
        (
            "[hyperparameters]\ntop_k = 5\n[keys\ntop_p = 0.1\n[placeholders]\nme = 'I'",
            ["line 4: ", "What is below [keys has no effect."],
            {"hyperparameters": {"top_k": 5}, "placeholders": {"me": "I"}},
        ),
        ("hyperparameters = 3", ["'hyperparameters'"], {}),
        ("workspace = '~nobody-here/x'", ["'workspace'"], {}),
    ],
)
def test_what_is_wrong_is_told_and_the_rest_in_force(
    tmp_path: Path, text: str, told: list[str], in_force: dict[str, object]
) -> None:
    path = tmp_path / "config.toml"
    path.write_text(GOOD + text + "\n")
    settings, problems = load_usable_settings(path)
    wanted = Settings.model_validate({"theme": "harmony-light", **in_force})
    assert {name: getattr(settings, name) for name in settings.model_fields_set} == {
        name: getattr(wanted, name) for name in wanted.model_fields_set
    }
    assert len(problems) == len([each for each in told if not each.startswith("What")])
    for piece in told:
        assert any(piece in each and str(path) in each for each in problems), (piece, problems)
    assert problems[-1].endswith("The rest of the file is in force.")


@pytest.mark.parametrize("text", ["approval = read-only", "approval = 'readonly'"])
def test_what_keeps_tools_back_is_kept_back_where_it_cannot_be_read(
    tmp_path: Path, text: str
) -> None:
    path = tmp_path / "config.toml"
    path.write_text(GOOD + text)
    settings, problems = load_usable_settings(path)
    assert settings.approval == "always"
    assert problems[-1] == "Until that is mended, approval is always, to be safe."
    path.write_bytes(b"\xff\xfe\x00")
    settings, problems = load_usable_settings(path)
    assert (settings.approval, settings.tools, settings.disk_cache) == ("always", (), False)
    assert "not valid TOML" in problems[0]


def test_a_file_that_is_right_or_not_there_is_told_nothing_of(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    assert load_usable_settings(path) == (Settings(), ())
    path.write_text(GOOD)
    assert load_usable_settings(path) == (Settings(theme="harmony-light"), ())


def test_a_file_that_is_named_and_cannot_be_used_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    (tmp_path / "good.toml").write_text('greeting = "Hello"')
    path.write_text('profile = "nobody"\nprompt_config = "good.toml"\n')
    read = load_usable_configuration({}, path)
    assert (read.settings.profile, read.settings.greeting) == (None, "Hello")
    assert ["no profile 'nobody'" in each and "not used" in each for each in read.notes] == [True]
    path.write_text('prompt_config = "none.toml"\n')
    read = load_usable_configuration({}, path)
    assert read.settings.prompt_config is None
    with pytest.raises(SettingsError, match="nobody"):
        load_usable_configuration({"profile": "nobody"}, path)
