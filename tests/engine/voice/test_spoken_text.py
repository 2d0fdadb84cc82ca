"""Markdown becomes words, however it is cut into pieces."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.voice.spoken_text import SpokenText

SPOKEN = {
    "The answer is **513**.": "The answer is 513.\n",
    "127 + 386 = 513": "127 plus 386 equals 513.\n",
    "2 * 3 and 2*3, so `x` < 7": "2 times 3 and 2 times 3, so x is less than 7.\n",
    "Call `print(x)` in `my_module`.": "Call print x in my module.\n",
    "`" + "x" * 80 + "` is long": "code is long.\n",
    "# Title\n\nText *here*, and\nthere.\n": "Title.\nText here, and there.\n",
    "- one\n- **two**: yes\n- [ ] three": "one.\ntwo: yes.\nthree.\n",
    "1. first\n2. second!": "1. first.\n2. second!\n",
    "> a quote\n> goes on\n\n> # and ends": "a quote goes on.\nand ends.\n",
    "So:\n\n```python\nprint(1)\n\nprint(2)\n```\n\nDone": "So:\nCode block of 3 lines.\nDone.\n",
    "1. a\n   ```\n   x\n   ```\n2. b": "1. a.\nCode block of 1 line.\n2. b.\n",
    "```\nnever closed": "Code block of 1 line.\n",
    "| a | b |\n|---|:-:|\n| 1 | 2 |\n| 3 | 4 |\n\nSo.": "Table of 2 rows and 2 columns.\nSo.\n",
    "See [the *docs*](https://x.org/a_(b)_c) now": "See the docs now.\n",
    "At https://www.example.com/a_b?c=1. Or <http://a.b/>!": (
        "At link to example.com. Or link to a.b!\n"
    ),
    "![A cat](cat.png) and ![](x)": "picture: A cat and picture.\n",
    "Said【3†L1-L4】 there[2] and[^1].\n\n[^1]: Here.": "Said there and.\n",
    "Great 🎉👍🏽 work 👨‍👩‍👧!": "Great work!\n",
    "5–10 °C — maybe → yes…": "5 to 10 degrees C, maybe to yes...\n",
    r"It is $5, \(a+b\), $x^2$ or \[\int f\]": "It is $5, a plus b, a formula or a formula.\n",
    "<b>bold</b><br>AT&amp;T <!-- no -->": "bold AT&T.\n",
    "one\n\n---\n\ntwo": "one.\ntwo.\n",
    "snake_case, __init__ and ~~gone~~": "snake case, init and gone.\n",
    "an `open tick, a [open link": "an open tick, a open link.\n",
    "": "",
    "\n \n": "",
}


def speak(text: str, size: int) -> tuple[str, SpokenText]:
    spoken = SpokenText()
    pieces = [spoken.feed(text[at : at + size]) for at in range(0, len(text), size)]
    return "".join(pieces) + spoken.finish(), spoken


@pytest.mark.parametrize(("text", "words"), SPOKEN.items())
def test_marks_are_not_spoken(text: str, words: str) -> None:
    for size in (1, 3, len(text) or 1):
        assert speak(text, size)[0] == words


PIECES = [
    *("a", "word ", "\n", "\n\n", "`", "```", "*", "**", "_", "[", "]", "(", ")", "|", "| a |"),
    *("---", "- ", "1. ", "# ", "> ", "$", "\\", "<", "b>", "!", "http://x.y/z", "🎉", "~", "【"),
    *("】", "5", " ", "=", ":", "^"),
]


@given(st.lists(st.sampled_from(PIECES), max_size=16).map("".join))
def test_what_is_spoken_does_not_depend_on_how_it_comes(text: str) -> None:
    whole, spoken = speak(text, len(text) or 1)
    assert speak(text, 1)[0] == whole
    assert not whole or spoken.source_offset(len(whole)) == len(text)
    for mark in ("```", "**", "【", "🎉", "http://"):
        assert mark not in whole


def test_words_come_as_soon_as_they_are_sure() -> None:
    spoken = SpokenText()
    assert spoken.feed("Hello the") == "Hello"
    assert spoken.feed("re, [this") == " there,"
    assert spoken.feed(" link](http://x.org") == ""
    assert spoken.feed("/a) is") == " this link"
    assert spoken.feed(" it.\n") == " is it."


def test_how_far_in_the_text_a_listener_is() -> None:
    text = "Here **is** it:\n\n```\ncode\n```\n\nThe end of it."
    words, spoken = speak(text, 1)
    for word in ("Here", "it:", "The", "end"):
        heard = words.index(word) + len(word)
        assert text[: spoken.source_offset(heard)].rstrip().endswith(word), word
    after_code = words.index("line.") + len("line.")
    assert "```\n" in text[: spoken.source_offset(after_code + 1)]
    assert spoken.source_offset(0) == 0
