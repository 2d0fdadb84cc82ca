"""Placeholders: what they stand for, that they are filled in once, and those that cannot be."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.config.placeholders import BUILT_IN, PlaceholderError, Placeholders, check

EVENING = datetime(2026, 3, 4, 18, 5, 9, tzinfo=timezone(timedelta(hours=2)))
NIGHT = datetime(2026, 3, 4, 0, 5, 9, tzinfo=timezone(timedelta(hours=2)))


@pytest.mark.parametrize(
    ("placeholder", "text"),
    [
        ("<|DATE|>", "2026-03-04"),
        ("<|DATETIME|>", "2026-03-04T18:05:09"),
        ("<|TIME|>", "18:05:09"),
        ("<|TIMEZ|>", "18:05:09"),
        ("<|TIMEA|>", "06:05:09 PM"),
        ("<|TIMEU|>", "16:05:09 UTC"),
    ],
)
def test_what_the_built_in_ones_tell(placeholder: str, text: str) -> None:
    placeholders = Placeholders.at(EVENING, {})
    assert placeholders.fill(f"It is {placeholder}.") == f"It is {text}."
    assert placeholders.fill(placeholder.lower()) == text
    assert placeholders.fill(placeholder.strip("<|>").join("{}")) == placeholder.strip("<|>").join(
        "{}"
    )


def test_the_table_above_has_all_of_them() -> None:
    filled = Placeholders.at(EVENING, {}).folded
    assert list(filled) == [name.lower() for name in BUILT_IN]


def test_twelve_hours_at_night() -> None:
    assert Placeholders.at(NIGHT, {}).fill("<|TIMEA|>") == "12:05:09 AM"


def test_own_ones_are_spelled_exactly_in_braces_and_in_any_case_in_bars() -> None:
    placeholders = Placeholders.at(EVENING, {"user": "Ada"})
    text = "{user} {User} <|user|> <|USER|> {nobody} <|nobody|> {} {user"
    assert placeholders.fill(text) == "Ada {User} Ada Ada {nobody} <|nobody|> {} {user"


def test_one_of_the_persons_replaces_a_built_in_one() -> None:
    placeholders = Placeholders.at(EVENING, {"date": "doomsday"})
    assert placeholders.fill("<|DATE|> {date} <|TIME|>") == "doomsday doomsday 18:05:09"


def test_one_may_hold_others_in_any_order() -> None:
    own = {"all": "{greeting} It is <|TIME|>.", "greeting": "Hello <|USER|>!", "user": "Ada"}
    assert Placeholders.at(EVENING, own).fill("{all}") == "Hello Ada! It is 18:05:09."


def test_what_is_filled_in_is_not_filled_in_again() -> None:
    """A text that a placeholder stands for was completed once; what came out of it is text."""
    own = {"open": "{", "name": "x", "x": "wrong"}
    assert Placeholders.at(EVENING, own).fill("{open}x}") == "{x}"


@pytest.mark.parametrize(
    ("own", "said"),
    [
        ({"a": "{a}"}, "'a' stands for itself: a -> a"),
        ({"a": "well, <|A|>"}, "'a' stands for itself: a -> a"),
        ({"DATE": "<|date|>"}, "'DATE' stands for itself"),
        ({"a": "{b}", "b": "{c}", "c": "{b}"}, "'b' stands for itself: b -> c -> b"),
        ({"a": "", "A": ""}, "'a' and 'A' differ in case alone"),
        ({"a b": ""}, "'a b' cannot be a placeholder's name"),
        ({"1a": ""}, "'1a' cannot be"),
        ({"": ""}, "'' cannot be"),
    ],
)
def test_those_that_cannot_be_filled_in_are_refused(own: dict[str, str], said: str) -> None:
    with pytest.raises(PlaceholderError) as raised:
        check(own)
    assert said in str(raised.value)


def test_a_long_chain_and_a_wide_one_are_fine() -> None:
    own = {f"a{n}": f"{{a{n + 1}}}" for n in range(3000)} | {"a3000": "end"}
    assert Placeholders.at(EVENING, own).fill("{a0}") == "end"
    twice = {f"b{n}": f"{{b{n + 1}}}{{b{n + 1}}}" for n in range(10)} | {"b10": "x"}
    assert Placeholders.at(EVENING, twice).fill("{b0}") == "x" * 2**10


NAMES = st.sampled_from(["a", "b", "c", "d"])
PARTS = st.sampled_from(
    ["{a}", "{b}", "{c}", "{d}", "<|A|>", "<|date|>", "{", "}", "<|", "|>", "a"]
)


@given(st.dictionaries(NAMES, st.lists(PARTS, max_size=6)))
def test_whatever_they_hold_they_are_filled_in_or_refused(own: dict[str, list[str]]) -> None:
    texts = {name: "".join(parts) for name, parts in own.items()}
    try:
        placeholders = Placeholders.at(EVENING, texts)
    except PlaceholderError as error:
        assert "stands for itself" in str(error)  # noqa: PT017
        return
    assert placeholders.exact.keys() == texts.keys()
    for name, text in texts.items():
        if "{" not in text and "<|" not in text:
            assert placeholders.exact[name] == text
