"""The history gives the same tokens whether they are computed yet or not."""

from __future__ import annotations

import mlx.core as mx
import pytest

from engine.generation.history import MOST_UNREAD, History

PROMPT = [10, 11, 12, 13, 14]


def history_of(count: int, earlier: tuple[int, ...] = ()) -> History:
    history = History(PROMPT, earlier)
    for token in range(count):
        history.append(mx.array([100 + token]))
    return history


@pytest.mark.parametrize("count", [0, 1, 2, MOST_UNREAD, MOST_UNREAD + 1, 50])
def test_the_last_tokens_span_prompt_and_answer(count):
    everything = PROMPT + [100 + token for token in range(count)]
    for window in (1, 2, 3, 17, 40, 1000):
        assert history_of(count).recent(window).tolist() == everything[-window:]
        assert history_of(count).read(window) == everything[-window:]


def test_nothing_said_is_an_empty_row():
    assert History([], []).recent(5).shape == (0,)
    assert History(PROMPT, []).generated().shape == (0,)


def test_generated_tokens_are_those_of_all_rounds_without_the_prompt():
    history = history_of(3, earlier=(7, 8))
    assert history.generated().tolist() == [7, 8, 100, 101, 102]
    assert len(history) == 5
    assert history.read(1000) == [*PROMPT, 100, 101, 102]
    assert history.generated().tolist() == [7, 8, 100, 101, 102]


@pytest.mark.parametrize("read", [False, True])
@pytest.mark.parametrize("count", [3, 40])
def test_going_back_forgets_what_came_after(count, read):
    for index in range(2, count + 3):
        history = history_of(count, earlier=(7, 8))
        if read:
            history.read(1)
        history.go_back_to(index)
        assert history.generated().tolist() == [7, 8, *range(100, 98 + index)]
        history.append(mx.array([5]))
        assert history.read(2) == [*PROMPT, *range(100, 98 + index), 5][-2:]


@pytest.mark.parametrize("index", [-1, 0, 1, 6])
def test_there_is_no_place_before_this_round_or_beyond_the_next_token(index):
    with pytest.raises(ValueError, match="the turn has 5 tokens"):
        history_of(3, earlier=(7, 8)).go_back_to(index)
