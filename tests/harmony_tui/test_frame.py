"""The keys in a screen's frame."""

from __future__ import annotations

import pytest

from harmony_tui.screens.frame import fit_keys

KEYS = "↑↓ choose  Enter load  Tab details  Esc close"


@pytest.mark.parametrize(
    ("room", "shown"),
    [
        (100, KEYS),
        (len(KEYS), KEYS),
        (len(KEYS) - 1, "↑↓ choose  Enter load  Esc close"),
        (31, "↑↓ choose  Esc close"),
        (9, "Esc close"),
        (3, "Esc close"),
    ],
)
def test_the_last_key_is_always_shown(room: int, shown: str) -> None:
    assert fit_keys(KEYS, room) == shown


def test_columns_are_counted_and_not_characters() -> None:
    assert fit_keys("確認 はい  Esc 閉", 16) == "Esc 閉"
    assert fit_keys("確認 はい  Esc 閉", 17) == "確認 はい  Esc 閉"
