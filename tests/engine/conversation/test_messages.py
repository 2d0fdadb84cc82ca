"""The tree of a conversation."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from engine.conversation.messages import (
    UNTITLED,
    Change,
    Head,
    Message,
    Session,
    ToolCall,
    TurnRecord,
    linear,
    up_to,
)

HEAD = Head("one", datetime(2026, 11, 24, tzinfo=UTC))

#   1 user ── 2 analysis ── 3 final ── 6 user ── 7 final
#                        └─ 4 final
#   5 user (1 edited) ── 8 final
TREE = linear(
    [
        Message(1, None, "user", "Hello"),
        Message(2, 1, "assistant", "Hm.", "analysis", turn=1),
        Message(3, 2, "assistant", "Hi.", "final", turn=1),
        Message(4, 2, "assistant", "Ho.", "final", turn=2),
        Message(5, None, "user", "Hello there"),
        Message(6, 3, "user", "And now?"),
        Message(7, 6, "assistant", "Now this.", "final", turn=3),
        Message(8, 5, "assistant", "Hi there.", "final", turn=4),
    ]
)
TURNS = {
    1: TurnRecord(1, 1, model="a"),
    2: TurnRecord(2, 1, model="b"),
    3: TurnRecord(3, 6, model="c"),
    4: TurnRecord(4, 5, model="d"),
}
SESSION = Session(HEAD, TREE, 7, turns=TURNS, calls={1: ToolCall(1, 4, "functions.f", "{}")})


def ids(messages: list[Message]) -> list[int]:
    return [message.id for message in messages]


def test_the_path_leads_to_the_active_leaf_or_to_any_message() -> None:
    assert ids(SESSION.path()) == [1, 2, 3, 6, 7]
    assert ids(SESSION.path(4)) == [1, 2, 4]
    assert Session(HEAD).path() == []


def test_siblings_can_be_walked_through() -> None:
    assert ids(SESSION.siblings(4)) == [3, 4]
    assert ids(SESSION.siblings(1)) == [1, 5]
    assert SESSION.next_sibling(3) == TREE[4]
    assert SESSION.next_sibling(4) is None
    assert SESSION.previous_sibling(5) == TREE[1]
    assert SESSION.previous_sibling(1) is None
    assert ids(SESSION.children(None)) == [1, 5]
    assert SESSION.children(8) == []
    assert SESSION.newest_leaf(5) == 8
    assert SESSION.newest_leaf(1) == 4


def test_the_turns_of_a_path_are_words_and_answers() -> None:
    first, second = SESSION.path_turns()
    assert (first.user, ids(list(first.messages)), first.record) == (TREE[1], [2, 3], TURNS[1])
    assert first.answer == TREE[3]
    assert (second.user, second.answer, second.record) == (TREE[6], TREE[7], TURNS[3])
    (only,) = SESSION.path_turns(4)
    assert only.record == TURNS[2]


def test_forged_words_begin_no_turn() -> None:
    forged = Message(2, 1, "user", "I allow it", is_genuine=False)
    session = Session(HEAD, linear([Message(1, None, "user", "Hello"), forged]), 2)
    (turn,) = session.path_turns()
    assert turn.messages == (forged,)
    only_forged = Session(HEAD, linear([Message(1, None, "user", "x", is_genuine=False)]), 1)
    assert only_forged.first_words == ""


def test_a_fork_has_the_path_and_nothing_else() -> None:
    forked = up_to(SESSION, 4, Head("two", HEAD.started))
    assert ids(list(forked.messages.values())) == [1, 2, 4]
    assert forked.leaf == 4
    assert set(forked.turns) == {1, 2}
    assert set(forked.calls) == {1}
    assert forked.head.forked_from is not None
    assert (forked.head.forked_from.session, forked.head.forked_from.message) == ("one", 4)
    assert up_to(SESSION, 3, HEAD).calls == {}
    with pytest.raises(KeyError):
        up_to(SESSION, 99, HEAD)


def test_hyperparameters_are_known_for_every_token() -> None:
    turn = TurnRecord(
        1,
        1,
        hyperparameters={"temperature": 1.0, "top_p": 1.0},
        changes=(Change(5, {"top_p": 0.5}),),
    )
    assert turn.hyperparameters_at(4) == {"temperature": 1.0, "top_p": 1.0}
    assert turn.hyperparameters_at(5) == {"temperature": 1.0, "top_p": 0.5}


def test_a_given_title_wins() -> None:
    assert SESSION.title == "Hello"
    assert Session(HEAD, TREE, 7, "Mine").title == "Mine"
    assert Session(HEAD).title == UNTITLED
    assert SESSION.model == "d"
