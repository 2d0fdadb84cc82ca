"""Which positions stay where there are too many: some of each part, and none far from the next."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.generation.snapshots import SNAPSHOTS, thin


def test_what_is_not_too_many_stays() -> None:
    positions = list(range(5, 5 + SNAPSHOTS))
    assert thin(positions) == positions
    assert thin([]) == []


def test_the_least_useful_goes() -> None:
    assert thin([100, 200, 210, 300, 400], 4) == [100, 200, 300, 400]
    assert thin([10, 100, 200, 300, 400], 4) == [100, 200, 300, 400]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(1, 400), min_size=1, max_size=400))
def test_nowhere_is_much_more_lost_than_by_even_steps(steps: list[int]) -> None:
    positions = [sum(steps[: place + 1]) for place in range(len(steps))]
    kept = thin(positions)
    assert len(kept) == min(len(positions), SNAPSHOTS)
    assert set(kept) <= set(positions)
    assert kept[-1] == positions[-1]
    gaps = [end - start for start, end in zip([0, *kept], kept, strict=False)]
    assert max(gaps) <= 4 * positions[-1] / SNAPSHOTS + 2 * max(steps)


@pytest.mark.parametrize("at_once", [1, 7, 100])
def test_thinned_again_and_again_it_stays_even(at_once: int) -> None:
    kept: list[int] = []
    for start in range(0, 5000, 10 * at_once):
        kept = thin([*kept, *range(start + 10, start + 10 * at_once + 10, 10)])
    gaps = [end - start for start, end in zip([0, *kept], kept, strict=False)]
    assert max(gaps) <= 4 * kept[-1] / SNAPSHOTS
