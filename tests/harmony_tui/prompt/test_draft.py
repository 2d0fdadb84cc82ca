from __future__ import annotations

import json

import pytest

from harmony_tui.prompt.draft import Draft, clean_paste, fold, is_large


@pytest.mark.parametrize(
    ("paste", "expected"),
    [
        ("x" * 1000, False),
        ("x" * 1001, True),
        ("\n".join("ab" for _ in range(10)), False),
        ("\n".join("ab" for _ in range(11)), True),
    ],
)
def test_large_pastes_are_told_from_small_ones(paste: str, expected: bool) -> None:
    assert is_large(paste) is expected


def test_marks_are_numbered_on_and_unfolded() -> None:
    pastes = {"[pasted 7: 2 lines]": "old\nnew"}
    mark = fold("a\n" * 1240, pastes)
    assert mark == "[pasted 8: 1,240 lines]"
    assert fold("y" * 2345, pastes) == "[pasted 9: 2,345 characters]"
    draft = Draft(f"see {mark} and [pasted 1: 3 lines]", pastes)
    assert draft.unfold() == "see " + "a\n" * 1240 + " and [pasted 1: 3 lines]"
    assert draft.trimmed().pastes.keys() == {mark}
    assert Draft.from_json(json.loads(json.dumps(draft.trimmed().to_json()))) == draft.trimmed()


def test_what_is_pasted_is_not_searched_for_marks() -> None:
    pastes: dict[str, str] = {}
    first = fold("one\n" * 20, pastes)
    second = fold(f"about {first}\n" * 20, pastes)
    assert Draft(second, pastes).unfold() == f"about {first}\n" * 20


@pytest.mark.parametrize("value", [None, [], {"text": 3}, {"text": "a", "pastes": {"b": 1}}])
def test_what_is_no_draft_is_refused(value: object) -> None:
    with pytest.raises(ValueError):
        Draft.from_json(value)


def test_pastes_hold_no_control_characters() -> None:
    assert clean_paste("a\r\nb\rc\x1b[31m\td\x00e\x9bf") == "a\nb\nc[31m\tdef"
    assert clean_paste("👩‍👩‍👧 日本語 e\u0301") == "👩‍👩‍👧 日本語 e\u0301"
