"""Loops of any period are found, when they are long enough, and what repeats rightly is not."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.generation.loops import (
    LEAST_REPEATS,
    LONGEST_PERIOD,
    MANY_REPEATS,
    MANY_TOKENS,
    Loop,
    LoopDetector,
)
from engine.harmony.encoding import load_encoding

TEXTS = {
    "rule": "-" * 1000,
    "rules": "=" * 300 + "\n" + "-" * 300,
    "thematic_breaks": "\n---\n\n" * 20,
    "blanks": " " * 500 + "\n" * 80,
    "table_head": "| a | b |\n" + "|" + "---|" * 30 + "\n",
    "empty_table": ("|" + "     |" * 8 + "\n") * 12,
    "zeros": "[" + ", ".join(["0"] * 120) + "]",
    "matrix": "[" + ",\n ".join("[" + ", ".join(["0"] * 10) + "]" for _ in range(10)) + "]",
    "float_matrix": "[" + ",\n ".join("[" + ", ".join(["0.0"] * 8) + "]" for _ in range(8)) + "]",
    "hash": "0x" + "0" * 256,
    "bytes": "\\x00" * 64,
    "sudoku": ("0 " * 9 + "\n") * 9,
    "nops": "    nop\n" * 60,
    "laughter": "ha" * 200 + "!" * 100,
    "assertions": "assert x == 1\n" * 30,
}


def feed(tokens: list[int]) -> list[Loop | None]:
    detector = LoopDetector()
    return [detector.feed(token) for token in tokens]


def by_definition(tokens: list[int]) -> Loop | None:
    """Look at every period, and back from the end of the tokens as far as it holds."""
    for period in range(1, LONGEST_PERIOD + 1):
        matches = 0
        while (
            matches < len(tokens) - period and tokens[-1 - matches] == tokens[-1 - matches - period]
        ):
            matches += 1
        repeats = matches // period + 1
        length = matches + period
        if repeats >= LEAST_REPEATS and (length >= MANY_TOKENS or length >= MANY_REPEATS * period):
            return Loop(period, repeats)
    return None


def needed(period: int) -> int:
    return max(LEAST_REPEATS * period, min(MANY_REPEATS * period, MANY_TOKENS))


@pytest.mark.parametrize("period", [1, 2, 3, 4, 5, 7, 20, 50, 127, 128, 129, 199, 200])
def test_a_loop_is_found_at_its_first_sure_token(period):
    before = np.random.default_rng(period).integers(1000, 2000, 500).tolist()
    loop = (list(range(period)) * (needed(period) // period + 5))[: needed(period) + 4]
    found = feed(before + loop)
    first = len(before) + needed(period) - 1
    assert found[:first] == [None] * first
    assert found[first] == Loop(period, needed(period) // period)
    assert all(loop is not None and loop.period == period for loop in found[first:])


def test_every_period_up_to_two_hundred_is_found_and_no_longer_one():
    for period in range(1, 206, 7):
        found = feed(list(range(period)) * (needed(period) // period + 1))[-1]
        assert (found is not None) == (period <= LONGEST_PERIOD)


def test_a_loop_that_ends_is_over():
    assert feed([*[1] * 200, 2])[-2:] == [Loop(1, 200), None]


@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.integers(0, 2), max_size=50),
    st.lists(st.integers(0, 2), min_size=1, max_size=LONGEST_PERIOD),
    st.integers(1, 420),
    st.lists(st.integers(0, 2), max_size=5),
)
def test_the_detector_agrees_with_the_definition(before, pattern, length, after):
    tokens = before + (pattern * length)[: max(length, 3 * len(pattern))] + after
    found = feed(tokens)
    for end in {len(tokens), len(tokens) - len(after), max(1, len(tokens) - 7)}:
        assert found[end - 1] == by_definition(tokens[:end])


@pytest.mark.parametrize("name", TEXTS)
def test_rules_tables_and_zeros_are_no_loops(name):
    assert not any(feed(load_encoding().encode(f"Here it is:\n{TEXTS[name]}\nDone.")))


def test_a_sentence_without_end_is_a_loop():
    tokens = load_encoding().encode("Wait, let me check that again. " * 80)
    found = next(loop for loop in feed(tokens) if loop)
    assert found.period == len(load_encoding().encode(" Wait, let me check that again."))
    assert found.repeats >= 40
