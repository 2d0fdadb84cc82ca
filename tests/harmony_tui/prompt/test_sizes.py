from __future__ import annotations

import pytest

from harmony_tui.prompt.sizes import say_sizes


@pytest.mark.parametrize(
    ("sizes", "shown", "is_marked"),
    [
        ((0, 1, 0, 0), "1 token", False),
        ((0, 12, 1_000, 4_096), "12 tokens · context 1,000 of 4,096", False),
        ((1, 3_096, 1_000, 4_096), "1 file · 3,096 tokens · context 1,000 of 4,096", False),
        ((2, 3_097, 1_000, 4_096), "2 files · 3,097 tokens · context 1,000 of 4,096", True),
    ],
)
def test_sizes_are_told_and_too_much_is_marked(
    sizes: tuple[int, int, int, int], shown: str, is_marked: bool
) -> None:
    line = say_sizes(*sizes)
    assert line.plain == shown
    assert any("notice" in str(span.style) for span in line.spans) is is_marked
