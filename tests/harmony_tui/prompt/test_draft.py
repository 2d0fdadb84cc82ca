from __future__ import annotations

import json
import time

import pytest

from harmony_tui.prompt.draft import Draft, clean, fold, is_large, lines_with_placeholders


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


def test_placeholders_are_filled_in_but_for_lines_that_were_not_typed() -> None:
    pasted = "  f'{user}'\nno placeholder\n<|DATE|> here\n"
    lines = lines_with_placeholders([pasted])
    assert lines == {"f'{user}'\n", "\n<|DATE|> here\n"}
    assert lines_with_placeholders(["{user}", "{user}\n{user}"]) == {"{user}\n", "\n{user}"}

    def fill(text: str) -> str:
        return text.replace("{user}", "Ada").replace("<|DATE|>", "today")

    draft = Draft(f"{{user}}, <|DATE|>:\n{pasted}and {{user}}", verbatim=lines)
    assert draft.fill(fill) == f"Ada, today:\n{pasted}and Ada"
    # A line that the person has changed is the person's own.
    assert draft.fill(fill, "my f'{user} {user}'") == "my f'Ada Ada'"
    column = Draft("I, {user}:\n{user}\n{user}", verbatim=frozenset({"\n{user}"}))
    assert column.fill(fill) == "I, Ada:\n{user}\n{user}"
    assert draft.trimmed() == draft
    assert Draft("{user}", verbatim=lines).trimmed().verbatim == frozenset()
    assert Draft.from_json(json.loads(json.dumps(draft.to_json()))) == draft
    assert Draft(pasted.strip(), verbatim=lines).fill(fill) == pasted.strip()
    assert Draft.said("Dear {user}").fill(fill) == "Dear {user}"


def test_many_lines_are_filled_in_and_trimmed_in_no_time() -> None:
    pasted = "\n".join(f"row {number} of {{user}}" for number in range(20_000))
    draft = Draft(pasted, verbatim=lines_with_placeholders([pasted]))
    began = time.perf_counter()
    assert draft.fill(str.upper) == pasted
    assert draft.trimmed() == draft
    assert time.perf_counter() - began < 2


@pytest.mark.parametrize(
    "value",
    [None, [], {"text": 3}, {"text": "a", "pastes": {"b": 1}}, {"text": "a", "verbatim": "a"}],
)
def test_what_is_no_draft_is_refused(value: object) -> None:
    with pytest.raises(ValueError):
        Draft.from_json(value)


def test_pastes_hold_no_control_characters() -> None:
    assert clean("a\r\nb\rc\x1b[31m\td\x00e\x9bf") == "a\nb\nc[31m\tdef"
    assert clean("👩‍👩‍👧 日本語 e\u0301") == "👩‍👩‍👧 日本語 e\u0301"
