"""In the colour-safe themes, what has to be told apart can be by colour-blind eyes."""

from __future__ import annotations

import math
from itertools import combinations

import pytest
from textual.color import Color

from tests.themes.measuring import THEMES, linear, variables

Matrix = tuple[tuple[float, float, float], ...]
EYES: dict[str, Matrix] = {
    "red-blind": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "green-blind": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "blue-blind": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
"""Machado, Oliveira and Fernandes, 2009, at full severity, on linear light."""
APART = (
    ("tool-asked", "tool-running", "tool-failed"),
    ("tool-asked", "tool-done", "tool-failed"),
    ("user", "analysis", "commentary", "final"),
)
"""Roles that stand side by side and mean different things."""
LEAST = 15.0
"""Distance in CIELAB; about two are just seen."""


def lab(light: tuple[float, float, float]) -> tuple[float, float, float]:
    red, green, blue = (min(max(each, 0.0), 1.0) for each in light)
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883
    x, y, z = (
        each ** (1 / 3) if each > 0.008856 else 7.787 * each + 16 / 116 for each in (x, y, z)
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def seen(colour: Color, eyes: Matrix) -> tuple[float, float, float]:
    light = linear(colour)
    red, green, blue = (sum(row[n] * light[n] for n in range(3)) for row in eyes)
    return lab((red, green, blue))


def closest(theme: str, eyes: Matrix) -> tuple[float, str, str]:
    colours = variables({each.name: each for each in THEMES}[theme])
    pairs = {pair for group in APART for pair in combinations(group, 2)}
    looks = {name: seen(Color.parse(colours[name]), eyes) for pair in pairs for name in pair}
    return min((math.dist(looks[one], looks[other]), one, other) for one, other in pairs)


@pytest.mark.parametrize("eyes", EYES)
@pytest.mark.parametrize("theme", ["colour-safe", "colour-safe-light"])
def test_states_and_channels_look_different(theme: str, eyes: str) -> None:
    assert closest(theme, EYES[eyes])[0] >= LEAST, closest(theme, EYES[eyes])


def test_the_measure_finds_colours_that_look_alike() -> None:
    red, green = (
        seen(Color(180, 95, 60), EYES["green-blind"]),
        seen(Color(130, 125, 55), EYES["green-blind"]),
    )
    assert math.dist(red, green) < LEAST
    assert math.dist(lab((0, 0, 0)), lab((1, 1, 1))) == pytest.approx(100, abs=0.1)
