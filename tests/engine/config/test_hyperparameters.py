import pytest
from pydantic import ValidationError

from engine.config.hyperparameters import HyperparameterError, Hyperparameters


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("temperature", "0", 0.0),
        ("temperature", " 0.7 ", 0.7),
        ("top_p", "1", 1.0),
        ("top_k", "40", 40),
        ("min_p", ".05", 0.05),
        ("seed", "-1", -1),
        ("max_tokens", "131072", 131072),
        ("effort", "high", "high"),
    ],
)
def test_a_value_is_set_from_what_a_person_types(name, text, value):
    assert getattr(Hyperparameters().with_value(name, text), name) == value


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("temperature", "2.1"),
        ("temperature", "-0.1"),
        ("temperature", "nan"),
        ("temperature", "inf"),
        ("temperature", "warm"),
        ("temperature", ""),
        ("top_p", "0"),
        ("top_p", "1.01"),
        ("top_k", "-1"),
        ("top_k", "1.5"),
        ("min_p", "2"),
        ("seed", "-2"),
        ("max_tokens", "0"),
        ("max_tokens", "200000"),
        ("effort", "extreme"),
    ],
)
def test_a_value_out_of_range_is_refused_by_name(name, text):
    with pytest.raises(HyperparameterError, match=f"^{name} cannot be '{text}': ") as caught:
        Hyperparameters().with_value(name, text)
    assert str(caught.value).endswith(".")
    assert "\n" not in str(caught.value)


def test_an_unknown_name_is_answered_with_those_there_are():
    with pytest.raises(HyperparameterError, match="no 'heat'; there are: temperature, top_p"):
        Hyperparameters().with_value("heat", "1")


def test_a_value_never_changes_in_place():
    base = Hyperparameters()
    warmer = base.with_value("temperature", "1.5")
    assert (base.temperature, warmer.temperature) == (1.0, 1.5)
    with pytest.raises(ValidationError):
        base.temperature = 0.5


def test_changes_name_what_differs():
    base = Hyperparameters()
    assert base.changes_from(base) == {}
    changed = base.with_value("top_k", "5").with_value("effort", "low")
    assert changed.changes_from(base) == {"top_k": 5, "effort": "low"}
