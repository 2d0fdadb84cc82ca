from __future__ import annotations

import random

import pytest
from rich.cells import cell_len

from harmony_tui.transcript.wrapping import fold, wrap


def lines(text: str, width: int) -> list[str]:
    return [text[start:end] for start, end, _ in wrap(text, width)]


@pytest.mark.parametrize(
    ("text", "width", "wrapped"),
    [
        ("", 5, [""]),
        ("one two", 7, ["one two"]),
        ("one two", 6, ["one", "two"]),
        ("  one two", 6, ["  one", "two"]),
        ("abcdefgh ij", 3, ["abc", "def", "gh", "ij"]),
        ("日本語の文章。", 6, ["日本語", "の文", "章。"]),
        ("see 日本語", 6, ["see 日", "本語"]),
        ("👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧", 4, ["👩‍👩‍👧👩‍👩‍👧", "👩‍👩‍👧"]),
        ("a e\u0301e\u0301e\u0301 b", 3, ["a", "e\u0301e\u0301e\u0301", "b"]),
    ],
)
def test_wrap(text: str, width: int, wrapped: list[str]) -> None:
    assert lines(text, width) == wrapped


@pytest.mark.parametrize("cut", [wrap, fold])
def test_lines_fit_and_join_to_the_text(cut: object) -> None:
    dice = random.Random(1)
    for _ in range(500):
        text = "".join(dice.choice("ab  日😀e\u0301-") for _ in range(dice.randint(0, 40))).strip()
        width = dice.randint(2, 20)
        joined = ""
        for start, end, join in cut(text, width):  # type: ignore[operator]
            assert cell_len(text[start:end]) <= width
            joined += (join if start else "") + text[start:end]
        assert joined.split() == text.split()
        if cut is fold:
            assert joined == text
