import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.tools.browser.layout import COLUMNS, clean, line_at, width_of, wrap


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("plain", 5),
        ("日本", 4),
        ("e\u0301", 1),
        ("\u1100", 2),
        ("ｱ", 1),
        ("Ａ", 2),
        ("a\u200db", 2),
        ("😀", 2),
        ("", 0),
    ],
)
def test_columns_are_counted_as_a_terminal_does(text, width):
    assert width_of(text) == width


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a\n\nb", ["a", "", "b"]),
        ("x" * 80, ["x" * 80]),
        ("x" * 170, ["x" * 80, "x" * 80, "x" * 10]),
        ("ab " + "x" * 85, ["ab ", "x" * 80, "x" * 5]),
        ("word " * 20, ["word " * 16, "word " * 4]),
        ("a" * 79 + " bb", ["a" * 79 + " ", "bb"]),
        ("字" * 50, ["字" * 40, "字" * 10]),
        ("a" + "字" * 41, ["a" + "字" * 39, "字" * 2]),
        ("see " * 19 + "字字字", ["see " * 19 + "字字", "字"]),
        ("    " + "x " * 40, ["    " + "x " * 38, "x x "]),
        ("", [""]),
    ],
)
def test_lines_are_broken_at_80_columns(text, lines):
    assert wrap(text)[0] == lines


@given(st.text(st.sampled_from("ab 字\n\u0301\u200d🧑é"), max_size=300) | st.text(max_size=200))
def test_no_character_is_lost_and_no_line_too_wide(text):
    text = clean(text)
    lines, starts = wrap(text)
    assert len(lines) == len(starts)
    for line, start in zip(lines, starts, strict=True):
        assert text[start : start + len(line)] == line
        assert width_of(line.rstrip()) <= COLUMNS or "\u200d" in line
    assert "".join(lines) == text.replace("\n", "")
    for position in range(len(text)):
        number = line_at(starts, position)
        assert starts[number] <= position
        assert number + 1 == len(starts) or position < starts[number + 1]


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("a\r\nb\rc\u2028d\x0ce", "a\nb\nc\nd\ne"),
        ("a  \nb\t\n", "a\nb\n"),
        ("a\tb", "a       b"),
        ("\x1b]52;c;aGk=\x07x", "]52;c;aGk=x"),
        ("a\u202eb\u2066c\ufeffd", "abcd"),
        ("\U000e0049\U000e0067x", "x"),
        ("\ud800x", "x"),
        ("【3†x】◼", "〖3†x〗◾"),
    ],
)
def test_what_is_not_seen_is_taken_out(text, cleaned):
    assert clean(text) == cleaned
