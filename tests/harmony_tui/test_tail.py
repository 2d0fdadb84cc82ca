"""The end of a text that grows without end."""

from __future__ import annotations

import random

from harmony_tui.tail import Tail


def test_it_keeps_the_end_and_counts_the_rest() -> None:
    chance = random.Random(1)
    for most in (1, 7, 64):
        tail, whole = Tail(most), ""
        for _ in range(400):
            piece = "".join(chance.choices("ab\n", k=chance.choice((0, 1, 1, 3, 200))))
            tail.append(piece)
            whole += piece
            assert len(tail) <= 2 * most
            assert tail.dropped + len(tail) == len(whole)
            if chance.random() < 0.1:
                assert tail.read() == whole[-most:]
        assert tail.read() == whole[-most:]
        assert (len(tail), tail.dropped) == (most, len(whole) - most)


def test_reading_nothing_gives_nothing() -> None:
    tail = Tail(3)
    tail.append("")
    assert (tail.read(), len(tail), tail.dropped) == ("", 0, 0)
