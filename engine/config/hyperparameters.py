"""The values that steer sampling: one immutable value, swapped whole, read at every token."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

Effort = Literal["low", "medium", "high"]
EFFORTS: tuple[Effort, ...] = ("low", "medium", "high")


class HyperparameterError(ValueError):
    """A name or value that cannot be set; the message says what can."""


class Hyperparameters(BaseModel):
    """How the next token is chosen, and for how long."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True)

    temperature: float = Field(
        default=1.0, ge=0.0, le=2.0, description="Divides the logits; 0 always takes the best token"
    )
    top_p: float = Field(
        default=1.0, gt=0.0, le=1.0, description="Keep the likeliest tokens up to this total"
    )
    top_k: int = Field(default=0, ge=0, description="Keep this many of the likeliest; 0 keeps all")
    min_p: float = Field(
        default=0.0, ge=0.0, le=1.0, description="Drop tokens below this share of the likeliest"
    )
    seed: int = Field(
        default=-1, ge=-1, le=2**63 - 1, description="Same seed, same answer; -1 draws a new one"
    )
    max_tokens: int = Field(
        default=4096, ge=1, le=131072, description="Longest answer, reasoning included"
    )
    effort: Effort = Field(default="medium", description="How long to reason; from the next turn")

    def with_value(self, name: str, text: str) -> Self:
        """Return a copy with one value set from text as a person types it.

        Raises:
            HyperparameterError: no such name, or not a value that it takes.
        """
        fields = type(self).model_fields
        if name not in fields:
            raise HyperparameterError(f"There is no {name!r}; there are: {', '.join(fields)}.")
        try:
            return type(self).model_validate({**self.model_dump(), name: text.strip()})
        except ValidationError as error:
            problem = error.errors()[0]["msg"]
            raise HyperparameterError(f"{name} cannot be {text.strip()!r}: {problem}.") from error

    def changes_from(self, other: Hyperparameters) -> dict[str, object]:
        """Return the values that differ from another's, by name."""
        theirs = other.model_dump()
        return {name: value for name, value in self.model_dump().items() if value != theirs[name]}
