from __future__ import annotations

import zlib
from functools import cache
from typing import Any

import pytest
from rich.style import Style

from harmony_tui.transcript.document import Entry
from harmony_tui.transcript.rendering import Line, render
from harmony_tui.transcript.searching import Search
from tests.harmony_tui.transcript.markdown_texts import well_formed


@cache
def style(name: str) -> Style:
    return Style(color=f"color({zlib.crc32(name.encode()) % 255})")


def entry_of(text: str, kind: Any = "final") -> Entry:
    entry = Entry(kind)
    entry.append(text)
    entry.finish()
    return entry


def draw(entry: Entry, number: int, width: int = 40) -> list[Line]:
    return render(entry.blocks[number], width, entry.kind, style, entry.definitions).lines


def found(search: Search, lines: list[Line]) -> list[str]:
    return [
        "".join(lines[span.row].text[span.start : span.end] for span in hit)
        for hit in search.find_drawn(lines)
    ]


@pytest.mark.parametrize(
    ("words", "count"),
    [("loop", 3), ("Loop", 1), ("LOOP", 0), ("two words", 2), ("a.b", 1), ("x", 0), ("(", 1)],
)
def test_case_matters_where_upper_case_is_typed_and_nothing_is_a_pattern(
    words: str, count: int
) -> None:
    search = Search(words)
    search.look([entry_of("loop and Loop, two\nwords"), entry_of("loop( a.b aab two  words")])
    assert search.count == count


def test_hits_are_numbered_through_all_messages() -> None:
    entries = [entry_of("a a"), entry_of("nothing"), entry_of("a"), entry_of("a a a")]
    search = Search("a")
    search.look(entries)
    assert search.count == 6
    assert [search.locate(number) for number in range(6)] == [
        (0, 0),
        (0, 1),
        (2, 0),
        (3, 0),
        (3, 1),
        (3, 2),
    ]
    assert [search.first_from(entry) for entry in range(5)] == [0, 2, 2, 3, 0]
    entries[1].append(" a")
    search.look(entries)
    assert search.count == 7


def test_a_hit_is_found_in_the_block_that_shows_it() -> None:
    text = "# One hit\n\nNo.\n\nA **hit** and a hit.\n\n```py\nhit = 1\n```\n\n- x\n- hit\n"
    entry = entry_of(text)
    entry.read()
    search = Search("hit")
    places = [search.place(entry, number) for number in range(5)]
    assert [(entry.blocks[block].text, rank) for block, rank in places] == [
        ("One hit", 0),
        ("A **hit** and a hit.", 0),
        ("A **hit** and a hit.", 1),
        ("hit = 1", 0),
        ("hit", 0),
    ]


@pytest.mark.parametrize("seed", range(30))
def test_what_is_drawn_has_the_hits_of_the_source(seed: int) -> None:
    entry = entry_of(f"{well_formed(seed)}\n\nSomething **unlikely** to be said twice.")
    entry.read()
    search = Search("unlikely to")  # a mark stands between them in the source
    assert search.find_drawn(draw(entry, len(entry.blocks) - 1))
    search = Search("something")
    block, rank = search.place(entry, 10**6)
    assert (block, rank) == (len(entry.blocks) - 1, 0)
    assert found(search, draw(entry, block)) == ["Something"]


def test_words_are_found_where_lines_were_wrapped_or_are_decorated() -> None:
    entry = entry_of("> aaa bbb ccc ddd eee\n\n| aa bb | cc |\n|---|---|\n| dd | ee |")
    entry.read()
    lines = draw(entry, 0, width=12)
    assert len(lines) > 1
    assert found(Search("bbb ccc"), lines) in (["bbb ccc"], ["bbbccc"])
    assert found(Search("aaa bbb ccc ddd eee"), lines)
    assert found(Search("▌"), lines) == []  # the bar of a quote is no text
    assert found(Search("aa bb"), draw(entry, 1)) == ["aa bb"]


def test_a_search_of_two_thousand_messages_reads_none_of_them() -> None:
    entries = [entry_of(well_formed(seed % 50) * 3) for seed in range(2000)]
    search = Search("the")
    search.look(entries)
    assert search.count > 100
    search.look(entries)
    assert not any(entry.was_read for entry in entries)
