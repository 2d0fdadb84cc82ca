"""The values that steer sampling: one immutable value, swapped whole, read at every token."""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Literal, Self

from engine.config.names import suggestion
from engine.config.schema import Record, reason, setting

Effort = Literal["low", "medium", "high"]
EFFORTS: tuple[Effort, ...] = ("low", "medium", "high")

LoopDetection = Literal["off", "stop", "answer"]
LOOP_DETECTIONS: tuple[LoopDetection, ...] = ("off", "stop", "answer")

VOCABULARY_SIZE = 201_088
"""Token ids of gpt-oss end before this, those not in use yet included."""

LARGEST_BIAS = 100.0
"""As in OpenAI's API: -100 bans a token and 100 forces it, whatever the model says."""


class HyperparameterError(ValueError):
    """A name or value that cannot be set; the message says what can."""


# --- logit bias as text ------------------------------------------------------------------------


@functools.lru_cache(maxsize=8)
def _biases(text: str) -> Mapping[int, float]:
    # Asked for at every token, so it is read once and shared, read-only.
    return MappingProxyType(_read_text(text))


def _write_biases(value: object) -> object:
    """Bring a table, or text in any spacing, into the one form of text."""
    if not isinstance(value, str | Mapping):
        return value
    return _write(_read_table(value) if isinstance(value, Mapping) else _read_text(value))


def _write(biases: Mapping[int, float]) -> str:
    pairs = ((token, repr(bias).removesuffix(".0")) for token, bias in sorted(biases.items()))
    return ", ".join(f"{token}:{bias}" for token, bias in pairs)


def _read_text(text: str) -> dict[int, float]:
    biases: dict[int, float] = {}
    for pair in text.split(",") if text.strip() not in ("", "none") else ():
        token, colon, bias = pair.partition(":")
        if not colon:
            raise ValueError("write it as token ids and numbers, such as 1234:-100, 99:2.5")
        _add(biases, token, bias)
    return biases


def _read_table(table: Mapping[Any, Any]) -> dict[int, float]:
    biases: dict[int, float] = {}
    for token, bias in table.items():
        _add(biases, str(token), str(bias))
    return biases


def _add(biases: dict[int, float], token: str, bias: str) -> None:
    token = token.strip()
    is_number = token.isascii() and token.isdecimal() and len(token) <= len(str(VOCABULARY_SIZE))
    if not is_number or (number := int(token)) >= VOCABULARY_SIZE:
        raise ValueError(f"{token!r} is no token's id; they are 0 to {VOCABULARY_SIZE - 1}")
    if number in biases:
        raise ValueError(f"token {number} is there twice; keep one of the two")
    try:
        value = float(bias)
    except ValueError:
        value = math.nan
    if not abs(value) <= LARGEST_BIAS:
        raise ValueError(f"the bias of token {number} is a number from -100 to 100")
    biases[number] = value


# --- the values --------------------------------------------------------------------------------

AT_NEXT_TURN = frozenset({"effort", "seed"})
"""What a turn takes from its beginning: a change within it does nothing to it."""


class Hyperparameters(Record):
    """How the next token is chosen, and for how long.

    Names, ranges and defaults are the field's: OpenAI's API for the frequency and presence
    penalties and the logit bias, transformers for ``repetition_penalty``, text-generation-webui
    for XTC and DRY. The defaults leave the model's own distribution as it is.
    """

    temperature: float = setting(
        default=1.0, ge=0.0, le=2.0, description="Divides the logits; 0 always takes the best token"
    )
    top_p: float = setting(
        default=1.0, gt=0.0, le=1.0, description="Keep the likeliest tokens up to this total"
    )
    top_k: int = setting(
        default=0, ge=0, description="Keep this many of the likeliest; 0 keeps all"
    )
    min_p: float = setting(
        default=0.0, ge=0.0, le=1.0, description="Drop tokens below this share of the likeliest"
    )
    seed: int = setting(
        default=-1, ge=-1, le=2**63 - 1, description="Same seed, same answer; -1 draws a new one"
    )
    max_tokens: int = setting(
        default=4096, ge=1, le=131072, description="Longest answer, reasoning included"
    )
    effort: Effort = setting(default="medium", description="How long to reason; from the next turn")
    thinking_budget: int = setting(
        default=0, ge=0, le=131072, description="End the analysis after so many tokens; 0 never"
    )
    loop_detection: LoopDetection = setting(
        default="stop", description="In an endless loop: stop, answer at once, or go on (off)"
    )
    repetition_penalty: float = setting(
        default=1.0, gt=0.0, le=2.0, description="Above 1, tokens of the window come up less"
    )
    repetition_window: int = setting(
        default=1024, ge=1, le=131072, description="Tokens it looks back on, prompt included"
    )
    frequency_penalty: float = setting(
        default=0.0, ge=-2.0, le=2.0, description="Less of a token for each time the answer has it"
    )
    presence_penalty: float = setting(
        default=0.0, ge=-2.0, le=2.0, description="Less of every token that the answer has"
    )
    dry_multiplier: float = setting(
        default=0.0, ge=0.0, le=5.0, description="How hard DRY keeps from repeating; 0 is off"
    )
    dry_base: float = setting(
        default=1.75, ge=1.0, le=4.0, description="DRY's growth for each token repeated in a row"
    )
    dry_allowed_length: int = setting(
        default=2, ge=1, le=50, description="Repeats up to this length are free of DRY"
    )
    dry_window: int = setting(
        default=1024, ge=64, le=131072, description="Tokens DRY looks back on, prompt included"
    )
    xtc_probability: float = setting(
        default=0.0, ge=0.0, le=1.0, description="How often XTC drops the likeliest tokens"
    )
    xtc_threshold: float = setting(
        default=0.1, ge=0.0, le=0.5, description="XTC drops all at least so likely, but the last"
    )
    logit_bias: str = setting(
        default="",
        description="Token ids and what their logits get: 1234:-100, 99:2.5",
        read=_write_biases,
    )

    @property
    def biases(self) -> Mapping[int, float]:
        """What each token's logit gets, by token id."""
        return _biases(self.logit_bias)

    def with_value(self, name: str, value: str | Mapping[Any, Any]) -> Self:
        """Return a copy with one value set from text as a person types it.

        Args:
            name: one of the fields.
            value: its text; for ``logit_bias`` a table from token ids to numbers does as well.

        Raises:
            HyperparameterError: no such name, or not a value that it takes.
        """
        fields = type(self).model_fields
        if name not in fields:
            meant = suggestion(name, fields)
            raise HyperparameterError(
                f"There is no {name!r}{meant}; there are: {', '.join(fields)}."
            )
        given = value.strip() if isinstance(value, str) else value
        try:
            return type(self)(**{**self.model_dump(), name: given})
        except ValueError as error:
            raise HyperparameterError(f"{name} cannot be {given!r}: {reason(error)}.") from error

    def with_values(self, values: Mapping[str, Any]) -> Self:
        """Return a copy with several values set, as a file or a person gives them.

        Raises:
            HyperparameterError: no such name, or not a value that it takes.
        """
        changed = self
        for name, value in values.items():
            changed = changed.with_value(name, value if isinstance(value, Mapping) else str(value))
        return changed

    def changes_from(self, other: Hyperparameters) -> dict[str, object]:
        """Return the values that differ from another's, by name."""
        theirs = other.model_dump()
        return {name: value for name, value in self.model_dump().items() if value != theirs[name]}


def split_by_time(values: Mapping[str, object]) -> tuple[dict[str, object], dict[str, object]]:
    """Return which of some new values act on the next token, and which on the next turn."""
    now = {name: value for name, value in values.items() if name not in AT_NEXT_TURN}
    return now, {name: value for name, value in values.items() if name in AT_NEXT_TURN}
