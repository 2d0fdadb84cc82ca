"""What a person's text means for a setting, and what is said of one that means nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine.config.editing import find_kind, read_value, write_text
from engine.config.precedence import DEFAULTS
from engine.config.reading import SettingsError

WRITTEN_IN_FILES = {"examples", "keys"}


@pytest.mark.parametrize("name", DEFAULTS)
def test_every_default_can_be_typed_again(name: str) -> None:
    kind, default = find_kind(name), DEFAULTS[name]
    assert kind.is_typed == (name not in WRITTEN_IN_FILES)
    if kind.is_typed:
        assert read_value(name, write_text(default)) == default
    for choice in kind.choices:
        assert write_text(read_value(name, choice)) == choice


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("temperature", " 0.25 ", 0.25),
        ("seed", "-1", -1),
        ("tools", "off", ()),
        ("tools", "true", None),
        ("tools", "clock, python", ("clock", "python")),
        ("model", "", None),
        ("model", "openai/gpt-oss-20b", "openai/gpt-oss-20b"),
        ("fixed_time", "2026-01-31T12:00:00Z", datetime(2026, 1, 31, 12, tzinfo=UTC)),
        ("fixed_time", "", None),
        ("instructions", "Be brief.⏎Use {user}.", "Be brief.\nUse {user}."),
        ("instructions", "", ""),
        ("sessions_folder", "kept", str(Path.cwd() / "kept")),
        ("logit_bias", "99:2.5,1:-100", "1:-100, 99:2.5"),
        ("placeholders.user", "Ada", "Ada"),
    ],
)
def test_text_is_read_as_a_value(name: str, text: str, value: object) -> None:
    assert read_value(name, text) == value


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("temperature", "3", "temperature cannot be '3': it takes a number from 0 to 2."),
        ("temperature", "", "temperature cannot be '': it takes a number from 0 to 2."),
        ("top_p", "0", "top_p cannot be '0': it takes a number above 0 to 1."),
        ("top_k", "1.5", "top_k cannot be '1.5': it takes a whole number from 0 on."),
        ("max_tokens", "many", "it takes a whole number from 1 to 131,072."),
        ("effort", "huge", "effort cannot be 'huge': it takes low, medium or high."),
        ("read_ahead", "maybe", "read_ahead cannot be 'maybe': it takes on or off."),
        ("fixed_time", "2026-01-31", "it needs a time zone, such as 2026-01-31T12:00:00Z."),
        ("logit_bias", "x", "write it as token ids and numbers, such as 1234:-100, 99:2.5."),
        ("keys", "x", "keys is no single value."),
        ("sessions_folder", "~nobody-here/x", "write the path in full."),
        ("temprature", "1", "There is no setting 'temprature' (did you mean 'temperature'?)."),
    ],
)
def test_what_is_not_allowed_gets_one_sentence(name: str, text: str, said: str) -> None:
    with pytest.raises(SettingsError) as caught:
        read_value(name, text)
    assert said in str(caught.value)


def test_lines_are_typed_in_one() -> None:
    assert write_text("one\ntwo") == "one⏎two"
    assert read_value("greeting", write_text("one\ntwo")) == "one\ntwo"
