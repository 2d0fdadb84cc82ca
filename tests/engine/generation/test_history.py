"""The history gives the same tokens whether they are computed yet or not."""

from __future__ import annotations

import mlx.core as mx
import numpy as np
import pytest

from engine.generation.history import MOST_UNREAD, History

PROMPT = [10, 11, 12, 13, 14]


def history_of(count: int, earlier: tuple[int, ...] = ()) -> History:
    history = History(PROMPT, earlier)
    for token in range(count):
        history.append(mx.array([100 + token]))
    return history


def counted(history: History) -> list[int]:
    """Return the tokens that the model chose, ascending, each as often as it did."""
    tokens, counts = history.generated()
    times = zip(tokens.tolist(), counts.tolist(), strict=True)
    return sorted(token for token, count in times for _ in range(round(count)))


@pytest.mark.parametrize("count", [0, 1, 2, MOST_UNREAD, MOST_UNREAD + 1, 50])
def test_the_last_tokens_span_prompt_and_answer(count):
    everything = PROMPT + [100 + token for token in range(count)]
    for window in (1, 2, 3, 17, 40, 1000):
        assert history_of(count).recent(window).tolist() == everything[-window:]
        assert history_of(count).read(window).tolist() == everything[-window:]


def test_nothing_said_is_an_empty_row():
    assert History([], []).recent(5).shape == (0,)
    assert [array.shape for array in History(PROMPT, []).generated()] == [(0,), (0,)]


def test_generated_tokens_are_those_of_all_rounds_without_the_prompt():
    history = history_of(3, earlier=(7, 8))
    assert counted(history) == [7, 8, 100, 101, 102]
    assert len(history) == 5
    assert history.read(1000).tolist() == [*PROMPT, 100, 101, 102]
    assert counted(history) == [7, 8, 100, 101, 102]


@pytest.mark.parametrize("read", [False, True])
@pytest.mark.parametrize("count", [3, 40])
def test_going_back_forgets_what_came_after(count, read):
    for index in range(2, count + 3):
        history = history_of(count, earlier=(7, 8))
        if read:
            history.read(1)
        history.go_back_to(index)
        assert counted(history) == [7, 8, *range(100, 98 + index)]
        history.append(mx.array([5]))
        assert history.read(2).tolist() == [*PROMPT, *range(100, 98 + index), 5][-2:]


@pytest.mark.parametrize("index", [-1, 0, 1, 6])
def test_there_is_no_place_before_this_round_or_beyond_the_next_token(index):
    with pytest.raises(ValueError, match="the turn has 5 tokens"):
        history_of(3, earlier=(7, 8)).go_back_to(index)


def test_a_step_looks_at_different_tokens_and_not_at_all_of_them():
    history = History(PROMPT * 4000, [100, 101] * 2000)
    for _ in range(1000):
        history.append(mx.array([102]))
    tokens, counts = history.generated()
    assert len(tokens) == 3 + MOST_UNREAD
    assert counts[:3].tolist() == [2000, 2000, 1000 - MOST_UNREAD]
    window = history.read(1024)
    assert np.shares_memory(window, history.read(1024))


def test_what_was_taken_back_counts_no_more():
    history = History(PROMPT, [7])
    for token in [7, 8, 8, 9, 8, 7] * 5:
        history.append(mx.array([token]))
    history.go_back_to(3)
    assert counted(history) == [7, 7, 8]
    for token in [9, 30, 31] * 9:
        history.append(mx.array([token]))
    assert counted(history) == sorted([7, 7, 8, *[9, 30, 31] * 9])
