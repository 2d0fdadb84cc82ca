from __future__ import annotations

import sys
import unicodedata

import pytest

from harmony_tui.transcript.characters import make_safe
from harmony_tui.transcript.document import Entry
from tests.harmony_tui.transcript.test_splitting import draw, stream


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("plain", "plain"),
        ("\x1b[31mred\x1b]0;title\x07", "␛[31mred␛]0;title␇"),
        ("\x9b31m", "⟨9B⟩31m"),
        ("a\u202egnp.exe", "a⟨RLO⟩gnp.exe"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("a\tb\n", "a\tb\n"),
        ("\x00\x7f\ud800", "␀␡\ufffd"),
        ("👩\u200d👩\u200d👧 ❤\ufe0f שלום", "👩\u200d👩\u200d👧 ❤\ufe0f שלום"),
    ],
)
def test_make_safe(text: str, safe: str) -> None:
    assert make_safe(text) == safe


def test_no_control_character_is_left_of_any() -> None:
    everything = "".join(map(chr, range(sys.maxunicode + 1)))
    left = {unicodedata.category(character) for character in make_safe(everything)}
    assert "Cs" not in left
    assert {c for c in make_safe(everything) if unicodedata.category(c) == "Cc"} == {"\n", "\t"}


@pytest.mark.parametrize("kind", ["user", "final", "analysis", "tool", "notice", "commentary"])
def test_nothing_that_acts_on_the_terminal_is_drawn(kind: str) -> None:
    signs = [chr(code) for code in (*range(0x20), *range(0x7F, 0xA0), 0x202E, 0x2066)]
    entities = [f"&#{code};&#x{code:x};" for code in (7, 27, 127, 0x9B, 0x202E)]
    links = ["[a\x1b](http://x\x1b.y/\x07)", "<http://x.y/&#27;>", "![\x1b](\x9b)", "`\x1b`"]
    code = ["```py\x1b\n", *signs, "\n```\n| \x1b |\n|---|\n| \x9b |\n# \x07\n\\(\x1b\\)"]
    entry = stream([*signs, *entities, *links, *code], kind)
    entry.label("stopped\x1b[2J")
    entry.read()
    for line in draw(entry):
        for character in line.text:
            assert unicodedata.category(character) not in ("Cc", "Cs"), repr(line.text)
            assert character not in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
        for segment in line.segments:
            target = segment.style.meta.get("link", "") if segment.style else ""
            assert target.isprintable()


def test_a_line_end_cut_in_two_is_one() -> None:
    assert [block.text for block in stream(["a\r", "\nb\r", "c"], "tool").blocks] == ["a\nb\nc"]
    entry = Entry("tool")
    entry.append("a\r")
    entry.finish()
    entry.read()
    assert [block.text for block in entry.blocks] == ["a"]
