"""What a person reads of an answer that goes round in circles."""

from __future__ import annotations

import pytest

from engine.generation.loops import Loop
from engine.turn.watching import explain_loop


@pytest.mark.parametrize(
    ("loop", "beginning"),
    [
        (Loop(1, 128), "The last token came 128 times in a row, so"),
        (Loop(3, 128), "The last 3 tokens came 128 times in a row, so"),
    ],
)
def test_a_loop_is_told_by_its_length(loop: Loop, beginning: str) -> None:
    assert explain_loop(loop).startswith(beginning)
