"""Prompt configurations: what a file may hold, what it makes of a conversation, what is refused."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from engine.config.predecessor import ELSEWHERE, HYPERPARAMETERS, SETTINGS, WITHOUT_MEANING
from engine.config.prompt import (
    ExampleMessage,
    PromptConfiguration,
    load_prompt_configuration,
    open_conversation,
)
from engine.config.reading import SettingsError

NOW = datetime(2026, 3, 4, 18, 5, 9, tzinfo=UTC)

WHOLE = """
identity = "You are {assistant}."
instructions = "Call me {user}. It is <|TIME|>."
knowledge_cutoff = "2025-01"
conversation_start_date = "<|DATE|>"
fixed_time = 2000-01-02T03:04:05Z
greeting = "Hello {user}!"
examples = [
  [{ role = "user", content = "Who am I?" }, { role = "assistant", content = "{user}" }],
  [{ role = "user", content = "And you?" }, { role = "assistant", content = "{assistant}" }],
]
tools = false
context_limit = 2048
reseed = true
truncate_thinking = 10
truncate_response = 20
sessions_folder = "sessions"
models_folder = "/models"

[placeholders]
user = "Ada"
assistant = "Bob"

[hyperparameters]
temperature = 0
effort = "high"
"""


def write(folder: Path, text: str, name: str = "prompt.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def load(path: Path) -> PromptConfiguration:
    return load_prompt_configuration(path).configuration


def test_every_setting_is_described_and_can_be_set(tmp_path: Path) -> None:
    configuration = load(write(tmp_path, WHOLE))
    assert configuration.model_fields_set == set(PromptConfiguration.model_fields)
    for name, field in PromptConfiguration.model_fields.items():
        assert field.description, name
        assert getattr(configuration, name) != field.make_default(), name
    assert configuration.hyperparameters == {"temperature": 0.0, "effort": "high"}
    assert configuration.sessions_folder == str(tmp_path / "sessions")
    assert configuration.models_folder == "/models"


def test_a_conversation_begins_with_all_texts_filled_in(tmp_path: Path) -> None:
    opening = open_conversation(load(write(tmp_path, WHOLE)), NOW)
    assert opening.identity == "You are Bob."
    assert opening.instructions == "Call me Ada. It is 03:04:05."
    assert (opening.knowledge_cutoff, opening.start_date) == ("2025-01", "2000-01-02")
    assert [(each.role, each.content) for each in opening.spoken()] == [
        ("user", "Who am I?"),
        ("assistant", "Ada"),
        ("user", "And you?"),
        ("assistant", "Bob"),
        ("assistant", "Hello Ada!"),
    ]
    assert opening.placeholders.fill("I am {user}.") == "I am Ada."


def test_a_conversation_without_a_configuration_begins_today_with_nothing_else() -> None:
    opening = open_conversation(PromptConfiguration(), NOW)
    assert (opening.identity, opening.knowledge_cutoff, opening.start_date) == (
        None,
        None,
        "2026-03-04",
    )
    assert (opening.instructions, opening.spoken()) == ("", [])


def test_the_lines_of_the_system_message_can_be_left_out() -> None:
    configuration = PromptConfiguration(conversation_start_date="", knowledge_cutoff="")
    opening = open_conversation(configuration, NOW)
    assert (opening.knowledge_cutoff, opening.start_date) == ("", "")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("identety = 'x'", "there is no setting 'identety' (did you mean 'identity'?)"),
        ("temprature = 1", "(did you mean 'temperature', below [hyperparameters]?)"),
        ("zzz = 1", "there is no setting 'zzz'; there are: identity, "),
        ("temperature = 1", "'temperature' here; write temperature below [hyperparameters]"),
        ("reasoning_effort = 'High'", "write effort below [hyperparameters]"),
        ("developer_instructions = 'x'", "it is called 'instructions' here"),
        ("theme = 'x'", "there is no setting 'theme'"),
        ("tools = [1]", "'tools"),
        ("context_limit = -1", "'context_limit': "),
        ("fixed_time = 2000-01-01T00:00:00", "'fixed_time': it needs a time zone"),
        ("examples = [[]]", "'examples': a dialogue without messages"),
        ("examples = [[{role='tool', content='x'}]]", "'examples.0.0.role' is one of: user, assi"),
        ("examples = [[{role='user', text='x'}]]", "'examples.0.0.content': "),
        ("examples = [[{role='user', content='', x=1}]]", "there is no key 'examples.0.0.x'"),
        ("[placeholders]\na = '{a}'", "'placeholders': the placeholder 'a' stands for itself"),
        ("[hyperparameters]\ntemprature = 1", "'temprature' (did you mean 'temperature'?)"),
        ("[hyperparameters]\ntop_p = 7", "top_p cannot be '7'"),
        ("identity = ", "not valid TOML"),
    ],
)
def test_what_cannot_be_set_is_a_message_with_file_and_key(
    tmp_path: Path, text: str, said: str
) -> None:
    path = write(tmp_path, text)
    with pytest.raises(SettingsError) as raised:
        load(path)
    assert str(path) in str(raised.value)
    assert said in str(raised.value)


def test_no_such_file_is_a_message(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="There is no prompt configuration"):
        load(tmp_path / "no.toml")


# --- files of mlx-harmony ------------------------------------------------------------------------

THEIRS: dict[str, Any] = {
    "system_model_identity": "You are {assistant} on <|DATE|>.",
    "reasoning_effort": "High",
    "conversation_start_date": "<|DATE|>",
    "knowledge_cutoff": "2025-01",
    "developer_instructions": "Be brief.",
    "assistant_greeting": "Hello {user}.",
    "example_dialogues": [
        [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Ho"}]
    ],
    "placeholders": {"assistant": "Dave", "user": "Morgan"},
    "deterministic_time_enabled": True,
    "deterministic_time_iso": "2001-02-03T04:05:06Z",
    "max_tokens": 512,
    "max_context_tokens": 4096,
    "max_context_tokens_margin": 96,
    "max_kv_size": 4096,
    "performance_mode": False,
    "perf_max_tokens": 7,
    "perf_max_context_tokens": 8,
    "perf_max_kv_size": 9,
    "perf_prompt_token_budget": 10,
    "temperature": 0.8,
    "top_p": 0.0,
    "min_p": 0.05,
    "top_k": 40,
    "min_tokens_to_keep": 1,
    "xtc_probability": 0.5,
    "xtc_threshold": 0.2,
    "xtc_special_tokens": [200002],
    "repetition_penalty": 1.1,
    "repetition_context_size": 256,
    "loop_detection": "full",
    "mlock": False,
    "lazy": False,
    "seed": 7,
    "reseed_each_turn": True,
    "clear_cache": True,
    "clear_cache_interval": 1,
    "clear_cache_generation": False,
    "log_memory_stats": False,
    "log_timing_stats": False,
    "end_token_strings": ["<|endoftext|>"],
    "truncate_thinking": 1000,
    "truncate_response": 900,
    "logs_dir": "logs",
    "chats_dir": "chats",
    "models_dir": "models",
    "max_tool_iterations": 10,
    "max_resume_attempts": 2,
}


def write_json(folder: Path, **changes: Any) -> Path:
    return write(folder, json.dumps(changes), "prompt.json")


def test_every_key_of_mlx_harmony_is_known() -> None:
    known = {*SETTINGS, *HYPERPARAMETERS, *ELSEWHERE, *WITHOUT_MEANING}
    assert known == set(THEIRS)


def test_a_file_of_mlx_harmony_says_here_what_it_says_there(tmp_path: Path) -> None:
    loaded = load_prompt_configuration(write_json(tmp_path, **THEIRS))
    configuration = loaded.configuration
    assert configuration.hyperparameters == {
        "effort": "high",
        "max_tokens": 512,
        "temperature": 0.8,
        "top_p": 1.0,
        "min_p": 0.05,
        "top_k": 40,
        "xtc_probability": 0.5,
        "xtc_threshold": 0.2,
        "repetition_penalty": 1.1,
        "repetition_window": 256,
        "loop_detection": "stop",
        "seed": 7,
    }
    opening = open_conversation(configuration, NOW)
    assert opening.identity == "You are Dave on 2001-02-03."
    assert (opening.start_date, opening.knowledge_cutoff) == ("2001-02-03", "2025-01")
    assert (opening.instructions, opening.greeting) == ("Be brief.", "Hello Morgan.")
    assert opening.examples == (
        (
            ExampleMessage(role="user", content="Hi"),
            ExampleMessage(role="assistant", content="Ho"),
        ),
    )
    assert (configuration.context_limit, configuration.reseed) == (4000, True)
    assert (configuration.truncate_thinking, configuration.truncate_response) == (1000, 900)
    assert configuration.sessions_folder == str(tmp_path / "chats")
    assert configuration.models_folder == str(tmp_path / "models")
    (note,) = loaded.notes
    for name in WITHOUT_MEANING:
        assert name in note


def test_its_performance_mode_has_other_limits(tmp_path: Path) -> None:
    configuration = load(write_json(tmp_path, **(THEIRS | {"performance_mode": True})))
    assert (configuration.hyperparameters["max_tokens"], configuration.context_limit) == (7, 8)


def test_its_fixed_clock_alone_fixes_the_seed_and_a_date(tmp_path: Path) -> None:
    configuration = load(write_json(tmp_path, deterministic_time_enabled=True))
    assert configuration.hyperparameters == {"seed": 0}
    assert open_conversation(configuration, NOW).start_date == "2000-01-01"


def test_null_is_as_if_left_out(tmp_path: Path) -> None:
    assert load(write_json(tmp_path, **dict.fromkeys(THEIRS))) == PromptConfiguration()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"temprature": 1}, "no setting 'temprature' (did you mean 'temperature'?)"),
        ({"identity": "x"}, "mlx-harmony has no setting 'identity'"),
        ({"max_context_tokens": "many"}, "'max_context_tokens': "),
        ({"developer_instructions": 3}, "'developer_instructions': "),
        ({"temperature": 9}, "temperature cannot be '9'"),
        ({"reasoning_effort": "huge"}, "effort cannot be 'huge'"),
        (
            {"example_dialogues": [[{"role": "tool", "content": ""}]]},
            "'example_dialogues.0.0.role'",
        ),
        ({"deterministic_time_enabled": True, "deterministic_time_iso": "x"}, "'deterministic_ti"),
    ],
)
def test_what_cannot_be_set_is_named_as_the_file_names_it(
    tmp_path: Path, content: dict[str, Any], said: str
) -> None:
    path = write_json(tmp_path, **content)
    with pytest.raises(SettingsError) as raised:
        load(path)
    assert str(path) in str(raised.value)
    assert said in str(raised.value)


@pytest.mark.parametrize("text", ["[]", "{", "[" * 100_000, '"\\ud800"', "\x00"])
def test_json_that_is_no_configuration_is_a_message(tmp_path: Path, text: str) -> None:
    with pytest.raises(SettingsError):
        load(write(tmp_path, text, "prompt.json"))
