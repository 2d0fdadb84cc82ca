"""Vim's keys without a terminal: what keys make of a text, and where they leave the cursor."""

from __future__ import annotations

import random

import pytest

from harmony_tui.prompt.vim import Vim


class PlainText:
    """A text and a cursor in it, as the prompt's area has them."""

    def __init__(self, text: str, cursor: int = 0) -> None:
        self.text, self.cursor = text, cursor
        self.marked: tuple[int, int] | None = None

    def replace(self, start: int, end: int, text: str) -> None:
        assert 0 <= start <= end <= len(self.text)
        self.text = self.text[:start] + text + self.text[end:]
        self.place(start + len(text))

    def place(self, cursor: int) -> None:
        assert 0 <= cursor <= len(self.text)
        self.cursor, self.marked = cursor, None

    def mark(self, start: int, end: int) -> None:
        assert 0 <= min(start, end) <= max(start, end) <= len(self.text)
        self.cursor, self.marked = end, (start, end)


def press(vim: Vim, text: PlainText, keys: str) -> list[str]:
    """Press keys, ``<esc>`` and the like by name; return those that meant nothing to Vim."""
    passed = []
    names = {
        "<esc>": "escape",
        "<c-r>": "ctrl+r",
        "<cr>": "enter",
        "<up>": "up",
        "<bs>": "backspace",
    }
    while keys:
        name = next((each for each in names if keys.startswith(each)), keys[0])
        keys = keys[len(name) :]
        if not vim.take(names.get(name, name), text):
            passed.append(name)
            if vim.mode == "insert" and len(name) == 1:
                text.replace(text.cursor, text.cursor, name)
    return passed


def edited(before: str, keys: str) -> str:
    """Return a text after keys of the normal mode; ``|`` is where the cursor is."""
    text = PlainText(before.replace("|", ""), before.index("|"))
    vim = Vim()
    vim.take("escape", text)
    text.place(before.index("|"))
    press(vim, text, keys)
    return text.text[: text.cursor] + "|" + text.text[text.cursor :]


# What Vim itself makes of these, but for its numbers and lists of registers.
MOTIONS = {
    ("|one two", "w"): "one |two",
    ("one |two", "w"): "one tw|o",
    ("|one.two", "w"): "one|.two",
    ("|one.two x", "W"): "one.two |x",
    ("|one\n\ntwo", "w"): "one\n|\ntwo",
    ("|one\n\ntwo", "ww"): "one\n\n|two",
    ("|one\n\ntwo", "2w"): "one\n\n|two",
    ("one two|", "b"): "one |two",
    ("one |two", "b"): "|one two",
    ("one\n\n|two", "b"): "one\n|\ntwo",
    ("a one.two|x", "B"): "a |one.twox",
    ("|one two", "e"): "on|e two",
    ("|one two", "ee"): "one tw|o",
    ("|one two", "2e"): "one tw|o",
    ("on|e.x y", "E"): "one.|x y",
    ("one|", "h"): "o|ne",
    ("|one", "5l"): "on|e",
    ("|one\ntwo", "lll"): "on|e\ntwo",
    ("one\n|two", "h"): "one\n|two",
    ("  o|ne", "0"): "|  one",
    ("  on|e", "^"): "  |one",
    ("|one", "$"): "on|e",
    ("|one\ntwo", "2$"): "one\ntw|o",
    ("|one\ntwo", "$j"): "one\ntw|o",
    ("|a long line\nb\nlonger", "$jj"): "a long line\nb\nlonge|r",
    ("lon|g\na\nlong", "jj"): "long\na\nlon|g",
    ("a\nb|", "k"): "|a\nb",
    ("|a\nb", "9j"): "a\n|b",
    ("a\nb\n  |c", "gg"): "|a\nb\n  c",
    ("|a\nb\n  c", "G"): "a\nb\n  |c",
    ("|a\nb\n  c", "2G"): "a\n|b\n  c",
    ("|one two", "ft"): "one |two",
    ("|one two", "tt"): "one| two",
    ("|o.o.o", "f.;"): "o.o|.o",
    ("|o.o.o", "2f."): "o.o|.o",
    ("|o.o.o", "t.;"): "o.|o.o",
    ("|o.o.o", "t.;,"): "o.|o.o",
    ("o.o.|o", "F."): "o.o|.o",
    ("o.o.|o", "T.;"): "o.|o.o",
    ("o.o.|o", "F.;,"): "o.o|.o",
    ("|one", "fx"): "|one",
    ("one\n|two", "fe"): "one\n|two",
    ("|one", "3"): "|one",
    ("|one", " "): "o|ne",
    ("on|e", "<bs>"): "o|ne",
}
CHANGES = {
    ("o|ne", "x"): "o|e",
    ("on|e", "x"): "o|n",
    ("|one\ntwo", "5x"): "|\ntwo",
    ("|", "x"): "|",
    ("on|e", "X"): "o|e",
    ("|one two", "dw"): "|two",
    ("one |two", "dw"): "one| ",
    ("one |two\nthree", "dw"): "one| \nthree",
    ("|one two three", "d2w"): "|three",
    ("|one two three", "2dw"): "|three",
    ("|a b c d e f g", "2d3w"): "|g",
    ("one|\n\ntwo", "jdw"): "one\n|two",
    ("|a\n\n\nb", "jd2w"): "a\n|b",
    ("one|\n\ntwo", "jcwx"): "one\nx|\ntwo",
    ("|one\n  two", "d3w"): "|",
    ("o|ne\ntwo", "d2e"): "|o",
    ("|one\ntwo", "d2e"): "|",
    ("|one", "3dd"): "|one",
    ("|one\ntwo\n", "30x"): "|\ntwo\n",
    ("|one\ntwo", "v$d"): "|two",
    ("|one\ntwo", "vjd"): "|wo",
    ("a\n|b\nc", "ddvp"): "a\n\n|b\n",
    ("|one two", "de"): "| two",
    ("one two|", "db"): "one |o",
    ("one\n|two", "db"): "|two",
    ("a one\n|two", "db"): "a| \ntwo",
    ("one |two", "d0"): "|two",
    ("  on|e", "d^"): "  |e",
    ("one| two", "D"): "on|e",
    ("|one two", "d$"): "|",
    ("|one\ntwo\nthree", "dd"): "|two\nthree",
    ("one\n|two", "dd"): "|one",
    ("  one\n|two", "dd"): "  |one",
    ("|one", "dd"): "|",
    ("|a\nb\nc", "2dd"): "|c",
    ("|a\nb\nc", "d2d"): "|c",
    ("|a\nb\nc", "9dd"): "|",
    ("|a\nb\nc", "dj"): "|c",
    ("a\nb\n|c", "dk"): "|a",
    ("a\n|b\nc", "dG"): "|a",
    ("a\nb\n|c", "dgg"): "|",
    ("|one, two", "df,"): "| two",
    ("|one, two", "dt,"): "|, two",
    ("one, two|", "dF,"): "one|o",
    ("one, two|", "dT,"): "one,|o",
    ("|one, two", "dfx"): "|one, two",
    ("|a.b.c", "f.d;"): "a|c",
    ("|one two", "cwx"): "x| two",
    ("|one two three", "c2wx"): "x| three",
    ("one| two", "cwx"): "onex|two",
    ("on|e\ntwo", "cwx"): "onx|\ntwo",
    ("|one two", "cex"): "x| two",
    ("  one\n|two", "ccx"): "  one\nx|",
    ("one| two", "Cx"): "onex|",
    ("|one", "sxy"): "xy|ne",
    ("|\none", "sx"): "x|\none",
    ("one\ntwo|", "Sx"): "one\nx|",
    ("|one two", "ywP"): "one| one two",
    ("|one two", "ywp"): "oone| ne two",
    ("|one two", "yw3P"): "one one one| one two",
    ("|one two", "yep"): "oon|ene two",
    ("one tw|o", "yb"): "one |two",
    ("|one\ntwo", "yyp"): "one\n|one\ntwo",
    ("|one\ntwo", "yyjp"): "one\ntwo\n|one",
    ("|one\ntwo", "Yj2P"): "one\n|one\none\ntwo",
    ("one\ntw|o", "yykP"): "|two\none\ntwo",
    ("a\nb|", "yk"): "|a\nb",
    ("|one\ntwo", "ddp"): "two\n|one",
    ("|ab", "xp"): "b|a",
    ("|one", "p"): "|one",
    ("|one", "ix"): "x|one",
    ("|one", "ax"): "ox|ne",
    ("|one", "Ax"): "onex|",
    ("  on|e", "Ix"): "  x|one",
    ("|one\ntwo", "ox"): "one\nx|\ntwo",
    ("one\n|two", "Ox"): "one\nx|\ntwo",
    ("|one", "ix<esc>"): "|xone",
    ("|one", "A!<esc>"): "one|!",
    ("|one", "rx"): "|xne",
    ("|one", "3rx"): "xx|x",
    ("|one", "4rx"): "|one",
    ("o|ne", "r<cr>"): "o\n|e",
    ("|one", "r<esc>x"): "|ne",
    ("|one", "~"): "O|ne",
    ("|oNe", "9~"): "On|E",
    ("|one\n  two", "J"): "one| two",
    ("|one\n)", "J"): "one|)",
    ("|one \ntwo", "J"): "one |two",
    ("|a\nb\nc\nd", "3J"): "a b| c\nd",
    ("|one", "J"): "|one",
    ("|one", "d<esc>x"): "|ne",
    ("|one", "dq"): "|one",
    ("|one two", "vd"): "|ne two",
    ("|one two", "ved"): "| two",
    ("one |two", "vbd"): "|wo",
    ("|one two", "v$d"): "|",
    ("|one two", "vey$p"): "one twoon|e",
    ("|one two", "vecx"): "x| two",
    ("|one two", "vwrx"): "|xxxxxwo",
    ("|one\ntwo", "vjrx"): "|xxx\nxwo",
    ("|one two", "ve~"): "|ONE two",
    ("|a\nb\nc", "vjJ"): "a| b\nc",
    ("|one two", "yewvep"): "one on|e",
    ("on|e two", "vohd"): "o| two",
    ("|one", "v<esc>x"): "|ne",
    ("|one two", "vlvx"): "o|e two",
    ("|one", "xu"): "|one",
    ("|one", "xxuu"): "|one",
    ("|one", "xxu<c-r>"): "|e",
    ("|one", "xx2u"): "|one",
    ("|one", "cwtwo<esc>u"): "|one",
    ("|one", "cwtwo<esc>u<c-r>"): "tw|o",
    ("|one", "otwo<esc>u"): "|one",
    ("|one", "itwo <esc>xu"): "two| one",
    ("|one", "u"): "|one",
}
REPEATS = {
    ("|one two three", "dw."): "|three",
    ("|one two three four", "dw2."): "|four",
    ("|a b c d e f", "d2w."): "|e f",
    ("|a\nb\nc", "dd."): "|c",
    ("|one two three", "cwx<esc>w."): "x |x three",
    ("|one\ntwo", "A!<esc>j."): "one!\ntwo|!",
    ("|one\ntwo", "Ix<esc>j."): "xone\n|xtwo",
    ("|one\ntwo", "oab<esc>."): "one\nab\na|b\ntwo",
    ("|abcdef", "x.."): "|def",
    ("|abcdef", "2x."): "|ef",
    ("|abcdef", "2x3."): "|f",
    ("|one", "rx.l."): "x|xe",
    ("|one two", "rxw."): "xne |xwo",
    ("|abc def", "~w."): "Abc D|ef",
    ("|a\nb\nc", "J."): "a b| c",
    ("|abc", "3ix<esc>"): "xx|xabc",
    ("|abc", "3ox<esc>"): "abc\nx\nx\n|x",
    ("|abc", "2Ax<esc>."): "abcxxx|x",
    ("|abc", "ix<esc>3."): "xx|xxabc",
    ("|abcdef ghi", "vld."): "|ef ghi",
    ("|abcdef\nghi", "vld$."): "cde|ghi",
    ("|one\ntwo\nthree\nfour", "vjd."): "|hree\nfour",
    ("|abcdefg", "vlcx<esc>l."): "x|xefg",
    ("|one", "."): "|one",
    ("|a\nb", "yyp."): "a\na\n|a\nb",
    ("|ab ab ab", "fad;."): "ab |b",
    ("|ab cd", "dfx."): "|ab cd",
    ("|ab cd", "xdfx."): "| cd",
    ("|abcd", "sxy<esc>l."): "xyx|ycd",
    ("|a.b.c.d", "df.."): "|c.d",
    ("|one two", "cwab<esc>w2."): "ab a|b",
    ("|a\nb\nc\nd", "vjJ."): "a b| c\nd",
    ("|abcd efg", "vl~w."): "ABcd |EFg",
    ("|one", "a<esc>."): "|one",
    ("|abc\ndef", "Cx<esc>j0."): "x\n|x",
    ("|abc", "vy."): "|abc",
    ("|abc", "xp."): "ba|ac",
    ("|one two", "dwu."): "|two",
    ("|abc", "ix<esc>u."): "|xabc",
    ("|one two", "dw.u"): "|two",
    ("|one two three", "cwx<esc>w.u"): "x |two three",
    ("|one", "2ix<esc>u"): "|one",
    ("|ab\ncd", "Ax<esc>j.u"): "abx\nc|d",
    ("|ab\ncd", "Ax<esc>j.u<c-r>"): "abx\ncd|x",
}


@pytest.mark.parametrize(("given", "after"), {**MOTIONS, **CHANGES, **REPEATS}.items(), ids=str)
def test_keys_do_what_vim_does(given: tuple[str, str], after: str) -> None:
    assert edited(*given) == after


def test_modes_and_keys_that_are_not_vims() -> None:
    text, vim = PlainText(""), Vim()
    assert press(vim, text, "hi<cr>") == ["h", "i", "<cr>"]
    assert press(vim, text, "<esc>") == []
    assert (vim.mode, text.cursor) == ("normal", 1)
    # In normal mode Escape and Enter are the program's, and no letter is typed.
    assert press(vim, text, "<esc><cr><up>zq") == ["<esc>", "<cr>", "<up>"]
    assert text.text == "hi"
    press(vim, text, "2d")
    assert vim.begun == "2d"
    assert press(vim, text, "<esc>") == []
    assert vim.begun == ""
    press(vim, text, "0vl")
    assert (vim.mode, text.marked) == ("visual", (0, 2))
    press(vim, text, "oh")
    assert text.marked == (2, 0)
    assert press(vim, text, "<esc>") == []
    assert vim.mode == "normal"
    assert text.marked is None
    press(vim, text, "v")
    text.place(2)  # as a click does
    press(vim, text, "x")
    assert (vim.mode, text.text) == ("normal", "h")
    press(vim, text, "u")
    assert text.text == "hi"
    press(vim, text, "u")
    assert text.text == ""
    vim.begin()
    assert vim.mode == "insert"
    press(vim, text, "<esc>u<c-r>")
    assert text.text == ""


def test_any_keys_leave_the_cursor_in_the_text() -> None:
    chance = random.Random(7)
    keys = [*"hjklwbeWBE0^$G;,dcyxXDCYsSpPiaIAoOuvJ~r123gftFT)). \n", "escape", "ctrl+r", "enter"]
    for _ in range(60):
        text = PlainText(chance.choice(["", "one two\n\n  three.four\n", "a", "\n\n", "x y\nz"]))
        vim = Vim()
        for _ in range(150):
            key = chance.choice(keys)
            if not vim.take(key, text) and vim.mode == "insert" and len(key) == 1:
                text.replace(text.cursor, text.cursor, key)
            before, after = text.text[: text.cursor], text.text[text.cursor :]
            line = before.rpartition("\n")[2] + after.partition("\n")[0]
            is_past_end = after[:1] in ("", "\n")
            assert vim.mode != "normal" or not line or not is_past_end, (key, text.text)
        while press(vim, text, "<esc>") == []:
            pass
        assert vim.mode == "normal"
