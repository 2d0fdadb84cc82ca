"""What is declared once is checked twice: here where it is plain, by pydantic where it is not."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.config.hyperparameters import Hyperparameters
from engine.config.prompt import ExampleMessage
from engine.config.schema import Record, problems, pydantic_model, reason
from engine.config.settings import Settings

CHOSEN = """
theme = "harmony-light"
approval = "auto"
network = true
context_limit = 4096
voice_rate = 1
tools = ["python"]
fixed_time = 2026-01-31T12:00:00Z

[hyperparameters]
temperature = 0.7
top_k = 40
effort = "high"

[keys]
new = "f6"
"""
LOAD = """
import sys
from pathlib import Path
from engine.config.precedence import load_configuration
chosen = load_configuration(config_file=Path(sys.argv[1]))
assert chosen.hyperparameters.temperature == 0.7
assert chosen.settings.keys == {"new": ("f6",)}
print("pydantic" in sys.modules)
"""
TEXTS = st.sampled_from(
    [
        *("", "1", "-1", "0.5", "1.", "007", "1e3", "1_0", " 2 ", "nan", "inf", "١", "on", "off"),
        *("true", "high", "ask", "never", "effects", "send", "stop", "1:2", "7:1, 7:2", "{a}"),
    ]
)
SCALARS = st.one_of(
    TEXTS,
    st.text(max_size=5),
    st.integers(-5, 5),
    st.sampled_from([10**30, -(2**63), 10**400]),
    st.floats(),
    st.booleans(),
    st.none(),
    st.sampled_from([datetime(2026, 1, 31, tzinfo=UTC), datetime(2026, 1, 31)]),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=2),
        st.dictionaries(st.sampled_from(["a", "b", "role", "temperature"]), inner, max_size=2),
    ),
    max_leaves=4,
)
FIELDS = [(record, name) for record in (Settings, Hyperparameters) for name in record.model_fields]


def outcome(make: Any, name: str) -> tuple[str, str]:
    """Return what becomes of a value: it and its type as text, since nan equals nothing."""
    try:
        value = getattr(make(), name)
    except ValueError as error:
        return "refused", reason(error)
    return type(value).__name__, repr(value)


@given(st.sampled_from(FIELDS), VALUES)
def test_a_value_is_taken_or_refused_as_pydantic_does_it(
    field: tuple[type[Record], str], value: object
) -> None:
    record, name = field
    theirs = pydantic_model(record)  # type: ignore[arg-type]
    ours = outcome(lambda: record(**{name: value}), name)
    assert ours == outcome(lambda: theirs.model_validate({name: value}), name)


def test_settings_as_people_write_them_are_read_without_pydantic(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(CHOSEN, encoding="utf-8")
    command = [sys.executable, "-c", LOAD, str(tmp_path / "config.toml")]
    told = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert told.stdout == "False\n"


def test_a_record_says_what_was_set_and_never_changes() -> None:
    chosen = Hyperparameters(top_k=5)
    assert chosen.model_fields_set == {"top_k"}
    assert repr(chosen) == "Hyperparameters(top_k=5)"
    assert chosen == Hyperparameters(top_k="5") != Hyperparameters()
    assert len({chosen, copy.copy(chosen), pickle.loads(pickle.dumps(chosen))}) == 1
    with pytest.raises(AttributeError, match="top_k is set in a copy"):
        chosen.top_k = 6  # type: ignore[misc]
    changed = chosen.model_copy(update={"seed": 7})
    assert (changed.top_k, changed.seed, chosen.seed) == (5, 7, -1)
    assert changed.model_fields_set == {"top_k", "seed"}


def test_a_default_that_could_be_changed_is_nobody_elses() -> None:
    Settings().placeholders["a"] = "b"
    assert Settings().placeholders == {}


def test_all_that_is_wrong_is_told() -> None:
    with pytest.raises(ValueError, match="pydantic") as raised:
        Settings(theme=3, self="x", examples=[[{"role": "user", "content": "", "more": 1}]])
    wrong = {each["loc"][0]: each["type"] for each in problems(raised.value)}
    assert wrong == {
        "theme": "string_type",
        "self": "extra_forbidden",
        "examples": "unexpected_keyword_argument",
    }


def test_an_example_is_taken_as_a_table_or_as_it_is() -> None:
    message = ExampleMessage("user", "Hi")
    written = Settings(examples=[[{"role": "user", "content": "Hi"}]])
    assert written.examples == Settings(examples=((message,),)).examples == ((message,),)


def test_no_other_error_has_a_reason() -> None:
    with pytest.raises(TypeError):
        problems(ValueError("another"))
