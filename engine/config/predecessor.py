"""The JSON prompt configurations of mlx-harmony, the program that this one succeeds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.config.names import suggestion

SETTINGS = {
    "system_model_identity": "identity",
    "developer_instructions": "instructions",
    "assistant_greeting": "greeting",
    "knowledge_cutoff": "knowledge_cutoff",
    "conversation_start_date": "conversation_start_date",
    "example_dialogues": "examples",
    "placeholders": "placeholders",
    "max_context_tokens": "context_limit",
    "reseed_each_turn": "reseed",
    "truncate_thinking": "truncate_thinking",
    "truncate_response": "truncate_response",
    "chats_dir": "sessions_folder",
    "models_dir": "models_folder",
}
"""Its keys that are settings here, and what they are called here."""

HYPERPARAMETERS = {
    "reasoning_effort": "effort",
    "max_tokens": "max_tokens",
    "temperature": "temperature",
    "top_p": "top_p",
    "min_p": "min_p",
    "top_k": "top_k",
    "xtc_probability": "xtc_probability",
    "xtc_threshold": "xtc_threshold",
    "repetition_penalty": "repetition_penalty",
    "repetition_context_size": "repetition_window",
    "loop_detection": "loop_detection",
    "seed": "seed",
}
"""Its keys that are hyperparameters here, and what they are called here."""

ELSEWHERE = (
    *("max_context_tokens_margin", "deterministic_time_enabled", "deterministic_time_iso"),
    *("performance_mode", "perf_max_tokens", "perf_max_context_tokens"),
)
"""Its keys that act together with others."""

WITHOUT_MEANING = (
    # The KV cache grows and is rewound here; there is no window to choose, nor a cache to clear.
    *("max_kv_size", "perf_max_kv_size", "perf_prompt_token_budget"),
    *("mlock", "lazy", "clear_cache", "clear_cache_interval", "clear_cache_generation"),
    # Never used there; control tokens are always kept here.
    *("min_tokens_to_keep", "xtc_special_tokens", "end_token_strings"),
    # Figures are always shown here, and the log has its own place.
    *("log_memory_stats", "log_timing_stats", "logs_dir"),
    # An answer that was cut goes on here, and tool calls end when the person stops them.
    *("max_tool_iterations", "max_resume_attempts"),
)
"""Its keys that set nothing that this program has."""

CALLED = {ours: theirs for theirs, ours in SETTINGS.items()} | {
    "fixed_time": "deterministic_time_iso",
}
"""How it calls the settings."""

LOOP_DETECTIONS = {"off": "off", "cheap": "stop", "full": "stop"}
OFF = {"top_p": (0, 1.0), "repetition_penalty": (0, 1.0), "repetition_context_size": (0, 1)}
"""Values by which it turns a sampler off, and the values that do so here."""
DEFAULT_TIME = "2000-01-01T00:00:00Z"


class UnknownKeyError(ValueError):
    """A key that mlx-harmony does not have; the message names it and says what to do."""


def translate(content: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Return a file's content under this program's names, and its keys without a meaning here.

    A key that is null is left out, as it is there.

    Raises:
        UnknownKeyError: there is a key that mlx-harmony does not have.
    """
    known = (*SETTINGS, *HYPERPARAMETERS, *ELSEWHERE, *WITHOUT_MEANING)
    for key in content:
        if key not in known:
            raise UnknownKeyError(
                f"mlx-harmony has no setting {key!r}{suggestion(key, known)}. Mend or "
                "remove that line, or write a TOML file for what is new here."
            )
    given = {key: value for key, value in content.items() if value is not None}
    _apply_performance_mode(given)
    _apply_margin(given)
    translated = {ours: given[key] for key, ours in SETTINGS.items() if key in given}
    if given.get("deterministic_time_enabled"):
        translated["fixed_time"] = given.get("deterministic_time_iso", DEFAULT_TIME)
        given.setdefault("seed", 0)
    hyperparameters = {
        ours: _hyperparameter(key, given[key])
        for key, ours in HYPERPARAMETERS.items()
        if key in given
    }
    if hyperparameters:
        translated["hyperparameters"] = hyperparameters
    return translated, [key for key in given if key in WITHOUT_MEANING]


def _hyperparameter(key: str, value: Any) -> Any:
    if key in OFF and value == OFF[key][0]:
        return OFF[key][1]
    if key == "reasoning_effort" and isinstance(value, str):
        return value.lower()
    if key == "loop_detection":
        return LOOP_DETECTIONS.get(value, value) if isinstance(value, str) else value
    return value


def _apply_performance_mode(given: dict[str, Any]) -> None:
    """Put the other limits in the place of the usual ones where they are in force."""
    if given.get("performance_mode"):
        for name in ("max_tokens", "max_context_tokens"):
            if (value := given.get(f"perf_{name}")) is not None:
                given[name] = value


def _apply_margin(given: dict[str, Any]) -> None:
    limit, margin = given.get("max_context_tokens"), given.get("max_context_tokens_margin", 0)
    if isinstance(limit, int) and isinstance(margin, int) and 0 < margin < limit:
        given["max_context_tokens"] = limit - margin
