"""Drafts: where they come from, how long they are, and when there are none."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from engine.generation import speculation
from engine.generation.speculation import COST, LONGEST, MATCH, PATIENCE, SHORTEST, Drafter


def follow(drafter: Drafter, text: Sequence[int]) -> list[list[int]]:
    """Feed an answer; return what was drafted after each of its tokens, known before it is fed."""
    drafts = []
    for token in text:
        drafts.append(drafter.draft(token) if drafter.expects else [])
        drafter.add(token)
    return drafts


def repeat_length(said: Sequence[int], place: int) -> int:
    """Return how many tokens before a place equal those at the end."""
    length = 0
    while length < place and said[place - 1 - length] == said[len(said) - 1 - length]:
        length += 1
    return length


def test_a_draft_continues_an_earlier_repeat_of_three_tokens_or_more() -> None:
    rng = random.Random(1)
    prompt = [rng.randrange(6) for _ in range(200)]
    answer = [rng.randrange(6) for _ in range(200)]
    drafts = follow(Drafter(prompt), answer)
    assert sum(map(bool, drafts)) > 50
    for count, draft in enumerate(drafts, 1):
        said = prompt + answer[:count]
        continued = [p for p in range(len(said)) if repeat_length(said, p) >= MATCH]
        if draft:
            assert any((said + draft)[p : p + len(draft)] == draft for p in continued)
        else:
            # Nothing was drafted: the end is new, or the one before it was, which is not awaited.
            before = said[:-1]
            known = any(repeat_length(before, p) >= MATCH for p in range(len(before)))
            assert not continued or not known or count == 1


def test_a_repeat_that_goes_on_is_not_left_for_a_later_one_of_three_tokens() -> None:
    quoted = [1, 2, 3, 4, 5, 6, 7, 8]
    prompt = [*quoted, 0, 4, 5, 6, 9, 9, 9]
    drafts = follow(Drafter(prompt), quoted[:6])
    assert drafts[-1] == [7, 8, 0, 4]


def test_of_several_repeats_the_latest_is_continued() -> None:
    drafts = follow(Drafter([1, 2, 3, 7, 7, 1, 2, 3, 8, 8, 0]), [1, 2, 3, 8])
    assert drafts[-1] == [8, 0, 1, 2]


def test_what_repeats_itself_is_drafted_past_its_end() -> None:
    drafts = follow(Drafter([]), [1, 2] * 4)
    assert drafts[-1] == [1, 2, 1, 2]
    assert follow(Drafter([]), [5] * 8)[-1] == [5] * 4


def test_two_tokens_are_no_repeat() -> None:
    assert follow(Drafter([1, 2, 3, 4]), [0, 2, 3, 9, 1, 2]) == [[]] * 6


def test_right_drafts_grow_and_wrong_ones_shrink() -> None:
    drafter = Drafter([1] * 50)
    drafter.add(1)
    lengths = []
    for accepted_all in (True, True, True, False, True, False, False):
        lengths.append(len(drafter.draft(1)))
        drafter.learn(lengths[-1], lengths[-1] if accepted_all else 0)
    assert lengths == [4, 8, LONGEST, LONGEST, SHORTEST, 2 * SHORTEST, SHORTEST]
    assert drafter.drafted == sum(lengths)
    assert drafter.accepted == 4 + 8 + LONGEST + SHORTEST


def test_guesses_that_are_never_right_cost_next_to_nothing() -> None:
    drafter = Drafter([])
    count = 5000
    for _ in range(count):
        if drafter.expects and (draft := drafter.draft(1)):
            drafter.learn(len(draft), 0)
        drafter.add(1)
    assert drafter.accepted == 0
    assert 0 < COST * drafter.drafted < 2 * PATIENCE + 0.005 * count


def test_after_a_pause_a_success_brings_drafts_back() -> None:
    drafter = Drafter([])
    right, batches = False, 0
    for place in range(3000):
        right = place > 1000
        if drafter.expects and (draft := drafter.draft(1)):
            drafter.learn(len(draft), len(draft) if right else 0)
            batches += right
        drafter.add(1)
    assert batches > 1000


def test_a_long_prompt_is_indexed_while_its_answer_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speculation, "INDEXED_AT_ONCE", 100)
    prompt = list(range(1000))
    drafter = Drafter(prompt)
    drafts = follow(drafter, prompt[500:520])
    # 1,000 tokens and those of the answer, at 100 for each.
    assert [bool(draft) for draft in drafts] == [False] * 11 + [True] * 9
    assert drafts[-1] == prompt[520:524]


def test_an_empty_prompt_and_the_largest_tokens_serve() -> None:
    largest = 2**21 - 2
    assert follow(Drafter([]), [largest, 0, largest, 0, largest, 0])[-1] == [largest, 0] * 2
