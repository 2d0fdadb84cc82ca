import json
import tomllib

import pytest

from engine.config.hyperparameters import HyperparameterError, Hyperparameters, split_by_time


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("temperature", "0", 0.0),
        ("temperature", " 0.7 ", 0.7),
        ("top_p", "1", 1.0),
        ("top_k", "40", 40),
        ("min_p", ".05", 0.05),
        ("xtc_probability", "0.5", 0.5),
        ("xtc_threshold", "0.5", 0.5),
        ("repetition_penalty", "1.1", 1.1),
        ("repetition_window", "1", 1),
        ("frequency_penalty", "-2", -2.0),
        ("presence_penalty", "2", 2.0),
        ("dry_multiplier", "0.8", 0.8),
        ("dry_base", "1", 1.0),
        ("dry_allowed_length", "50", 50),
        ("dry_window", "131072", 131072),
        ("logit_bias", "1234:-100", "1234:-100"),
        ("logit_bias", " 201087 : 2.50 ,99: +1e-1", "99:0.1, 201087:2.5"),
        ("logit_bias", "none", ""),
        ("logit_bias", "", ""),
        ("seed", "-1", -1),
        ("seed", "9223372036854775807", 2**63 - 1),
        ("max_tokens", "131072", 131072),
        ("loop_detection", "answer", "answer"),
        ("effort", "high", "high"),
    ],
)
def test_a_value_is_set_from_what_a_person_types(name, text, value):
    assert getattr(Hyperparameters().with_value(name, text), name) == value


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("temperature", "2.1"),
        ("temperature", "-1"),
        ("temperature", "-0.1"),
        ("temperature", "nan"),
        ("temperature", "inf"),
        ("temperature", "warm"),
        ("temperature", ""),
        ("top_p", "0"),
        ("top_p", "2"),
        ("top_p", "1.01"),
        ("top_k", "-1"),
        ("top_k", "1.5"),
        ("min_p", "2"),
        ("xtc_probability", "1.1"),
        ("xtc_threshold", "0.51"),
        ("repetition_penalty", "0"),
        ("repetition_penalty", "nan"),
        ("repetition_window", "0"),
        ("frequency_penalty", "2.1"),
        ("presence_penalty", "-2.1"),
        ("dry_multiplier", "-1"),
        ("dry_base", "0.9"),
        ("dry_allowed_length", "0"),
        ("dry_window", "63"),
        ("logit_bias", "1234"),
        ("logit_bias", "1234:"),
        ("logit_bias", "1234:nan"),
        ("logit_bias", "1234:101"),
        ("logit_bias", "cat:1"),
        ("logit_bias", "-1:1"),
        ("logit_bias", "201088:1"),
        ("logit_bias", f"{'9' * 5000}:1"),
        ("logit_bias", "1:2,"),
        ("seed", "-2"),
        ("seed", "9223372036854775808"),
        ("max_tokens", "0"),
        ("max_tokens", "200000"),
        ("loop_detection", "on"),
        ("effort", "extreme"),
    ],
)
def test_a_value_out_of_range_is_refused_by_name(name, text):
    with pytest.raises(HyperparameterError, match=f"^{name} cannot be '{text}': ") as caught:
        Hyperparameters().with_value(name, text)
    assert str(caught.value).endswith(".")
    assert "\n" not in str(caught.value)


def test_values_that_contradict_each_other_are_refused():
    with pytest.raises(HyperparameterError, match="token 7 is there twice; keep one of the two"):
        Hyperparameters().with_value("logit_bias", "7:100, 8:1, 7:-100")


def test_an_unknown_name_is_answered_with_those_there_are():
    with pytest.raises(HyperparameterError, match="no 'heat'; there are: temperature, top_p"):
        Hyperparameters().with_value("heat", "1")


def test_a_value_never_changes_in_place():
    base = Hyperparameters()
    warmer = base.with_value("temperature", "1.5")
    assert (base.temperature, warmer.temperature) == (1.0, 1.5)
    with pytest.raises(AttributeError):
        base.temperature = 0.5
    with pytest.raises(TypeError):
        base.with_value("logit_bias", "1:2").biases[3] = 4


def test_changes_name_what_differs():
    base = Hyperparameters()
    assert base.changes_from(base) == {}
    changed = base.with_value("top_k", "5").with_value("effort", "low")
    assert changed.changes_from(base) == {"top_k": 5, "effort": "low"}


def test_a_bias_reads_as_numbers():
    chosen = Hyperparameters(logit_bias="1234:-100, 99:2.5")
    assert dict(chosen.biases) == {99: 2.5, 1234: -100.0}
    assert dict(Hyperparameters().biases) == {}


def test_a_bias_is_a_table_or_text_in_a_file():
    table = tomllib.loads('logit_bias = {1234 = -100, "99" = 2.5}')["logit_bias"]
    text = tomllib.loads('logit_bias = "1234:-100, 99:2.5"')["logit_bias"]
    base = Hyperparameters()
    assert base.with_value("logit_bias", table) == base.with_value("logit_bias", text)
    with pytest.raises(HyperparameterError, match="'cat' is no token's id"):
        base.with_value("logit_bias", {"cat": 1})


def test_values_survive_being_written_down():
    chosen = Hyperparameters(logit_bias={7: -0.1234567, 8: 3}, seed=5, loop_detection="off")
    assert Hyperparameters(**json.loads(json.dumps(chosen.model_dump()))) == chosen
    assert chosen.biases[7] == -0.1234567


def test_every_description_fits_a_narrow_pane():
    for field in Hyperparameters.model_fields.values():
        assert field.description
        assert len(field.description) <= 60


def test_what_acts_on_the_next_turn_is_told_from_what_acts_on_the_next_token():
    changed = Hyperparameters(top_k=5, effort="low", seed=3, max_tokens=9)
    assert split_by_time(changed.changes_from(Hyperparameters())) == (
        {"top_k": 5, "max_tokens": 9},
        {"effort": "low", "seed": 3},
    )
