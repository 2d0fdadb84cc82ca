"""Bars that are as long as calls took."""

from __future__ import annotations

import random

import pytest

from harmony_tui.panes.trace_timeline import Bar, place_bars


@pytest.mark.parametrize(
    ("seconds", "width", "bars"),
    [
        ([], 10, []),
        ([1.0], 10, [Bar(0, 80)]),
        ([1.0, 1.0], 10, [Bar(0, 40), Bar(5, 40)]),
        ([1.0, 3.0], 8, [Bar(0, 16), Bar(2, 48)]),
        ([0.0, 0.0], 10, [Bar(0, 1), Bar(0, 1)]),
        ([100.0, 0.001], 10, [Bar(0, 80), Bar(9, 8)]),
    ],
)
def test_where_bars_stand(seconds: list[float], width: int, bars: list[Bar]) -> None:
    assert place_bars(seconds, width) == bars


def test_no_bar_is_too_short_or_reaches_too_far() -> None:
    chance = random.Random(3)
    for _ in range(300):
        seconds = [chance.expovariate(1) * 10 ** chance.randint(-4, 3) for _ in range(12)]
        width = chance.randint(1, 60)
        for start, eighths in place_bars(seconds, width):
            assert eighths >= 1
            assert 0 <= start < width
            assert start * 8 + eighths <= width * 8
