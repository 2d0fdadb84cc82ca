"""Hyperparameters and the context limit as dials: what a turn does, and how a value reads."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import NamedTuple

from engine.config.hyperparameters import EFFORTS, LOOP_DETECTIONS, Hyperparameters
from engine.config.schema import Field
from engine.config.settings import Settings

Value = float | int | str

LARGEST_SAID = 10**9
"""A limit above it is as good as none to a person."""


class Dial(NamedTuple):
    """One value and the positions that its dial clicks into, in rising order.

    Any other value that the setting takes can be typed, of the characters ``typed``.
    ``words`` are what some values are called.
    """

    name: str
    positions: tuple[Value, ...]
    words: tuple[tuple[Value, str], ...] = ()
    typed: str = "0123456789.-"

    def turned(self, value: Value, clicks: int) -> str:
        """Return the value some clicks further up, or down where ``clicks`` is negative.

        Text without positions stays as it is.
        """
        if not self.positions:
            return value if isinstance(value, str) else str(int(value) + clicks)
        if isinstance(value, str):
            place = self.positions.index(value)
        elif clicks > 0:
            place = bisect_right(self.positions, value) - 1
        else:
            place = bisect_left(self.positions, value)
        return str(self.positions[min(max(place + clicks, 0), len(self.positions) - 1)])

    def at(self, share: float) -> str:
        """Return the value at a share, 0 to 1, of the dial's way."""
        return str(self.positions[round(min(max(share, 0.0), 1.0) * (len(self.positions) - 1))])

    def share(self, value: Value) -> float | None:
        """Return how far up the dial a value is, 0 to 1; None where the dial has no end."""
        last = len(self.positions) - 1
        if last < 1:
            return None
        if isinstance(value, str):
            return self.positions.index(value) / last
        return min(bisect_left(self.positions, value), last) / last

    @property
    def is_hyperparameter(self) -> bool:
        """Whether it steers sampling, and so acts on the next token."""
        return self.name in Hyperparameters.model_fields

    @property
    def field(self) -> Field:
        """What is known of the setting."""
        return (Hyperparameters if self.is_hyperparameter else Settings).model_fields[self.name]

    @property
    def takes(self) -> str:
        """What can be typed, such as ``0 to 2``; for words, an example or all of them."""
        if self.name == "logit_bias":
            return "token ids and numbers, such as 1234:-100, 99:2.5"
        if not self.typed:
            return " or ".join(str(position) for position in self.positions)
        limits = self.field.bounds
        low = f"above {limits['gt']:g} up" if "gt" in limits else f"{limits['ge']:g}"
        has_end = limits.get("le", LARGEST_SAID) < LARGEST_SAID
        return f"{low} to {limits['le']:,g}" if has_end else f"{low} or more"

    def shown(self, value: Value) -> str:
        """Return a value as it reads."""
        for named, word in self.words:
            if value == named:
                return word
        if isinstance(value, float):
            return f"{value:.4g}" if value != round(value, 1) else f"{value:.1f}"
        return f"{value:,}" if isinstance(value, int) and self.positions else str(value)


def _steps(count: int, size: float) -> tuple[float, ...]:
    return tuple(round(step * size, 2) for step in range(count + 1))


DIALS = (
    Dial("temperature", _steps(20, 0.1), ((0.0, "greedy"),)),
    Dial("top_p", _steps(20, 0.05)[1:], ((1.0, "off"),)),
    Dial("top_k", (0, 1, 2, 5, 10, 20, 40, 80, 160), ((0, "off"),)),
    Dial("min_p", (0.0, 0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5), ((0.0, "off"),)),
    Dial("seed", (), ((-1, "random"),)),
    Dial("max_tokens", tuple(2**power for power in range(6, 18))),
    Dial("context_limit", (0, *(2**power for power in range(9, 18))), ((0, "all"),)),
    Dial("effort", EFFORTS, typed=""),
    Dial("thinking_budget", (0, *(2**power for power in range(5, 18))), ((0, "no limit"),)),
    Dial("loop_detection", LOOP_DETECTIONS, typed=""),
    Dial("repetition_penalty", (1.0, 1.02, 1.05, 1.1, 1.15, 1.2, 1.3, 1.5, 2.0), ((1.0, "off"),)),
    Dial("repetition_window", tuple(2**power for power in range(5, 18))),
    Dial("frequency_penalty", tuple(step / 10 for step in range(-20, 21)), ((0.0, "off"),)),
    Dial("presence_penalty", tuple(step / 10 for step in range(-20, 21)), ((0.0, "off"),)),
    Dial("dry_multiplier", (0.0, 0.2, 0.4, 0.6, 0.8, 1.0, 1.5, 2.0, 3.0, 5.0), ((0.0, "off"),)),
    Dial("dry_base", (1.0, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0)),
    Dial("dry_allowed_length", (1, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 50)),
    Dial("dry_window", tuple(2**power for power in range(6, 18))),
    Dial("xtc_probability", _steps(10, 0.1), ((0.0, "off"),)),
    Dial("xtc_threshold", _steps(10, 0.05)),
    Dial("logit_bias", (), (("", "none"),), typed="0123456789.-:, "),
)
