"""Words that are pointed out by their place in the source, and where they are drawn."""

from __future__ import annotations

import random
import re

import pytest

from harmony_tui.transcript.pointing import PointingTranscript
from tests.harmony_tui.transcript.markdown_texts import well_formed
from tests.harmony_tui.transcript.stage import Stage, tell


class Pointing(Stage):
    """Shows a transcript in which words can be pointed out."""

    def __init__(self) -> None:
        super().__init__()
        self.pointing = PointingTranscript()
        self.transcript = self.pointing


def pointed_out(app: Pointing, entry: int) -> str:
    """Return what stands out of an entry, as it is drawn."""
    block, spans = app.pointing._find(entry)
    rendered = app.pointing._document.entries[entry].blocks[block].rendered
    if rendered is None:
        return ""
    return "".join(rendered.lines[row].text[start:end] for row, start, end in spans)


@pytest.mark.parametrize(
    ("source", "word", "drawn"),
    [
        ("one two three", "two", "two"),
        ("It is **bold** here", "**bold**", "bold"),
        ("See [the docs](https://example.org/a) or not", "not", "not"),
        ("- one\n- two\n  1. deep", "deep", "deep"),
        ("> quoted words\n> go on", "go", "go"),
        ("| a | b |\n|---|---|\n| left | right |", "right", "right"),
        ("```py\nx = 1\nyy = 2\n```\nafter", "yy", "yy"),
        ("tabs\there \x1b[31mred", "\x1b[31mred", "␛[31mred"),
        ("wide 日本語の 文章", "日本語の", "日本語の"),
        ("word " * 300 + "last", "last", "last"),
        ("x" * 200 + " end", "x" * 200, "x" * 200),
    ],
)
async def test_a_word_stands_out_where_it_is_drawn(source: str, word: str, drawn: str) -> None:
    app = Pointing()
    async with app.run_test(size=(40, 20)) as pilot:
        tell(app.transcript, "user", "Which?")
        tell(app.transcript, "final", source)
        start = source.index(word)
        app.pointing.point_out(1, start, start + len(word))
        app.pointing.scroll_home()
        app.pointing.go_to_word()
        await pilot.pause()
        assert pointed_out(app, 1) == drawn
        style = app.pointing._style("hit-here")
        strips = [app.pointing.render_line(y) for y in range(app.pointing.size.height)]
        shown = [
            s.text
            for strip in strips
            for s in strip
            if s.style and s.style.bgcolor == style.bgcolor
        ]
        assert "".join(shown) == drawn


async def test_any_word_of_any_text_is_found() -> None:
    """Those of tables are left out: where cells are wrapped, words are not drawn in their order."""
    app = Pointing()
    chooser = random.Random(7)
    async with app.run_test(size=(50, 30)) as pilot:
        for seed in range(12):
            source = well_formed(seed)
            entry = tell(app.transcript, "final", source)
            await pilot.pause()
            words = [
                found.span()
                for found in re.finditer(r"\b[A-Za-z]{4,}\b", source)
                if not re.search(r"\||```", _line_around(source, found.start()))
            ]
            for start, end in chooser.sample(words, min(8, len(words))):
                app.pointing.point_out(entry, start, end)
                assert pointed_out(app, entry) == source[start:end], (seed, start)


def _line_around(text: str, place: int) -> str:
    return text[text.rfind("\n", 0, place) + 1 :].partition("\n")[0]
