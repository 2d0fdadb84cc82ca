"""The pace: full for a trickle, slower the more a torrent costs to draw, never a standstill."""

from __future__ import annotations

import time

from harmony_tui.pace import (
    FAST,
    KEY_SECONDS,
    LONGEST,
    LONGEST_WAIT,
    SHARE,
    SHORTEST,
    Pace,
)


def work(seconds: float) -> None:
    """Keep this thread's processor busy."""
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        sum(range(100))


def pause_after(cost: float, events: int) -> float:
    """Return the pause that a batch brings after drawing that cost so much."""
    pace = Pace()
    work(cost)
    before = time.monotonic()
    pace.note_batch(events)
    return pace.due - before


def test_a_batch_is_due_at_once_at_first() -> None:
    assert Pace().due <= time.monotonic()


def test_text_that_can_be_read_as_it_comes_is_drawn_at_full_pace() -> None:
    assert abs(pause_after(0.02, FAST - 1) - SHORTEST) < 0.005


def test_a_torrent_is_drawn_as_often_as_its_cost_allows() -> None:
    cost = 0.004
    assert cost / SHARE - 0.001 < pause_after(cost, FAST) < LONGEST + 0.005


def test_a_torrent_that_costs_nothing_keeps_the_full_pace() -> None:
    assert pause_after(0.0, 100) < SHORTEST + 0.01


def test_what_a_key_changes_is_drawn_first() -> None:
    pace = Pace()
    pace.note_batch(1)
    time.sleep(SHORTEST)
    assert pace.due <= time.monotonic()
    before = time.monotonic()
    pace.note_key()
    assert KEY_SECONDS <= pace.due - before < KEY_SECONDS + 0.01


def test_a_key_that_is_held_stops_no_text() -> None:
    pace = Pace()
    pace.note_batch(1)
    drawn = time.monotonic()
    while time.monotonic() < drawn + LONGEST_WAIT:
        pace.note_key()
        time.sleep(0.01)
    assert pace.due <= drawn + LONGEST_WAIT


def test_drawing_that_costs_a_lot_never_stops_the_screen() -> None:
    assert pause_after(0.05, 100) <= LONGEST + 0.005
