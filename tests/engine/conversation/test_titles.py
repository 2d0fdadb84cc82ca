"""The titles that a conversation's first words make."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.conversation.titles import TITLE_LENGTH, title_from


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Hello", "Hello"),
        ("  two\nlines\t and \x00 more ", "two lines and more"),
        ("x" * 100, "x" * (TITLE_LENGTH - 1) + "…"),
        ("word " * 30, "word " * 11 + "word…"),
        ("a" * 40 + " " + "b" * 40, "a" * 40 + "…"),
        ("\u202eevil\u2066", "evil"),
        ("\ud800", ""),
        ("", ""),
        ("שלום עולם", "שלום עולם"),
    ],
)
def test_a_title_is_made_of_the_first_words(text: str, title: str) -> None:
    assert title_from(text) == title


@given(st.text(st.characters(), max_size=300))
def test_a_title_is_one_short_line_whatever_the_words(text: str) -> None:
    title = title_from(text)
    assert len(title) <= TITLE_LENGTH
    assert title.splitlines() in ([title], [])
    title.encode()


def test_a_combining_character_is_not_parted_from_its_letter() -> None:
    word = "e\u0301" * 40
    assert title_from(word)[:-1] == "e\u0301" * ((len(title_from(word)) - 1) // 2)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Show me **all** the markdown\n```py\nprint(1)\n```", "Show me all the markdown print(1)"),
        (
            "# A *heading*\n> quoted ~~once~~\n- [x] done\n+ `a*b*c` ",
            "A heading quoted once done a*b*c",
        ),
        (
            'See [the docs](https://x.y/z "T"), ![cat][c] and <https://x.y>',
            "See the docs, cat and https://x.y",
        ),
        ("***Both*** and **bold *within* it**, _two words_", "Both and bold within it, two words"),
        ("|a|b|\n|---|:-:|\n|1|2|", "|a|b| |1|2|"),
        (r"An escaped \*star\* and \`tick\`", "An escaped *star* and `tick`"),
        ("2*3*4 is 24, x**2 + y**2, a * b * c", "2*3*4 is 24, x**2 + y**2, a * b * c"),
        ("f(*args, **kwargs) of __init__ and _name_", "f(*args, **kwargs) of __init__ and _name_"),
        ("``a ` b`` is code, so is ```py x```", "a ` b is code, so is py x"),
        ("array[0](x) and [1] and #5 and -3", "array[0](x) and [1] and #5 and -3"),
        ("```", "```"),
        ("- ", "-"),
    ],
)
def test_a_title_has_the_words_of_markdown_and_not_its_marks(text: str, title: str) -> None:
    assert title_from(text) == title
