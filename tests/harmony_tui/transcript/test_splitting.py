from __future__ import annotations

import re
import zlib
from functools import cache
from itertools import pairwise
from typing import Any

import pytest
from markdown_it import MarkdownIt
from rich.cells import cell_len
from rich.style import Style

from harmony_tui.transcript.blocks import Block, spread_path
from harmony_tui.transcript.document import Entry
from harmony_tui.transcript.rendering import Line, render
from harmony_tui.transcript.tables import split_cells
from tests.harmony_tui.transcript.markdown_texts import chunks, hostile, well_formed

TEXTS = [pytest.param(make, id=make.__name__) for make in (hostile, well_formed)]
WIDTH = 40


@cache
def style(name: str) -> Style:
    """A style of its own for every component, so that a wrong one is seen."""
    return Style(color=f"color({zlib.crc32(name.encode()) % 255})")


def draw(entry: Entry, width: int = WIDTH) -> list[Line]:
    return [
        line
        for block in entry.blocks
        for line in render(block, width, entry.kind, style, entry.definitions).lines
    ]


def read(text: str, kind: Any = "final") -> Entry:
    entry = Entry(kind)
    entry.append(text)
    entry.finish()
    entry.read()
    return entry


def stream(pieces: list[str], kind: Any = "final", *, draw_often: bool = False) -> Entry:
    entry = Entry(kind)
    for piece in pieces:
        entry.append(piece)
        entry.read()
        for block in entry.blocks[-3:] if draw_often else ():
            render(block, WIDTH, entry.kind, style, entry.definitions)
    entry.finish()
    entry.read()
    return entry


def picture(text: str, width: int = WIDTH) -> str:
    return "\n".join(line.text.rstrip() for line in draw(read(text), width))


@pytest.mark.parametrize("make", TEXTS)
def test_a_stream_ends_up_like_the_whole(make: Any) -> None:
    for seed in range(12):
        text = make(seed)
        for kind in ("final", "user"):
            streamed = stream(chunks(text, seed), kind, draw_often=seed % 5 == 0)
            assert draw(streamed) == draw(read(text, kind)), f"{make.__name__}({seed})"


@pytest.mark.parametrize("make", TEXTS)
def test_an_unfinished_entry_shows_all_but_undecided_signs(make: Any) -> None:
    for seed in range(10):
        text = make(seed)
        entry = Entry("final")
        for piece in chunks(text, seed):
            entry.append(piece)
            entry.read()
        shown = "".join(line.text for line in draw(entry))
        for word in re.findall(r"[A-Za-z]{4,}", text.rpartition("\n")[0]):
            assert word in shown or word[:4] in re.sub(r"\W", "", shown), f"{word} in {seed}"


@pytest.mark.parametrize("make", TEXTS)
def test_no_line_is_wider_than_asked_for(make: Any) -> None:
    for seed in range(20):
        for width in (7, 20, 63):
            for line in draw(read(make(seed)), width):
                assert cell_len(line.text) <= width, f"{seed}: {line.text!r}"


@pytest.mark.parametrize("make", TEXTS)
def test_no_letter_is_lost(make: Any) -> None:
    for seed in range(40):
        text = make(seed)
        shown = re.sub(r"\W", "", "".join(line.text for line in draw(read(text), 60)))
        words = re.sub(r"&amp;|<br>", "", text)
        words = re.sub(r"^[ >]*([-+*]|\d+[.)]) +\[x\]", "", words, flags=re.MULTILINE)
        for word in re.findall(r"[^\W\d_]{2,}", words):
            assert word in shown, f"{word!r} of {make.__name__}({seed})"


# What CommonMark says, by an independent parser.

_PARSER = MarkdownIt("commonmark", {"html": False}).enable("table")
Leaf = tuple[str, Any, str]


def leaves_of_markdown_it(text: str) -> list[Leaf]:  # noqa: C901
    """The leaves that markdown-it finds: shape, text, containers."""
    leaves: list[Leaf] = []
    path: list[str] = []
    numbers: list[int | None] = []
    filled: list[int] = []
    table: list[list[str]] | None = None
    shape = ""
    for token in _PARSER.parse(text):
        where = " ".join(path)
        match token.type:
            case "blockquote_open":
                path.append(">")
            case "blockquote_close":
                path.pop()
            case "bullet_list_open":
                numbers.append(None)
            case "ordered_list_open":
                numbers.append(int(token.attrs.get("start", 1)))
            case "bullet_list_close" | "ordered_list_close":
                numbers.pop()
            case "list_item_open":
                number = numbers[-1]
                path.append("-" if number is None else f"{number}.")
                numbers[-1] = None if number is None else number + 1
                filled.append(len(leaves))
            case "list_item_close":
                if filled.pop() == len(leaves):
                    leaves.append(("paragraph", "", where))
                path.pop()
            case "paragraph_open" | "heading_open":
                shape = token.type.removesuffix("_open")
            case "inline" if table is not None:
                table[-1].append(token.content)
            case "inline":
                leaves.append((shape, token.content, where))
            case "fence" | "code_block":
                leaves.append(("code", token.content, where))
            case "hr":
                leaves.append(("rule", "", where))
            case "table_open":
                table = []
            case "tr_open":
                assert table is not None
                table.append([])
            case "table_close":
                leaves.append(("table", table, where))
                table = None
    return leaves


def leaves_of_ours(text: str) -> list[Leaf]:
    """The same of our blocks, with the pieces of long ones put together again."""
    leaves: list[Leaf] = []
    for block in read(text).blocks:
        leaf = (block.shape, _content(block), spread_path(block.path))
        if block.head is None:
            leaves.append(leaf)
        elif block.shape == "paragraph":
            leaves[-1] = (leaf[0], f"{leaves[-1][1]} {leaf[1]}", leaf[2])
        else:
            leaves[-1] = (leaf[0], leaves[-1][1] + leaf[1], leaf[2])
    return leaves


def _content(block: Block) -> Any:
    if block.shape != "table":
        return "" if block.shape == "rule" else block.text + "\n" * (block.shape == "code")
    header = split_cells((block.head or block).note.split("\n")[0])
    rows = [split_cells(line) for line in block.text.split("\n") if line]
    rows = [[*row, *[""] * len(header)][: len(header)] for row in rows]
    return rows if block.head else [header, *rows]


def normal(leaves: list[Leaf]) -> list[Leaf]:
    """Leaves without what is drawn alike: ticks, spaces, quotes without content."""
    return [_normal(*leaf) for leaf in leaves]


def _normal(shape: str, content: Any, path: str) -> Leaf:
    if shape in ("paragraph", "heading"):
        words = " ".join(content.split())
        if path[-1:] in ("-", "."):
            words = re.sub(r"^\[[ xX]\] +(?=\S)", "", words)
        return shape, words, path if words else path.rstrip("> ")
    return shape, content.rstrip("\n ") if shape == "code" else content, path


def comparable(text: str) -> str:
    """A text without what we mean to read otherwise and what markdown-it itself reads wrongly.

    Otherwise: LaTeX, reference definitions. Wrongly (version 4): tables that begin on the first
    line of an item or quote, and lines after a quote that are indented by four.
    """
    lines = [
        line
        for line in text.expandtabs(4).replace("[r]: ", "[r] ").split("\n")
        if not re.match(r"[ >]*(?:[-+*] |\d+[.)] )*(\\[\[\]]|\$\$)", line)
        and not (">" in text and line.startswith("    "))
    ]
    return "\n".join(
        line
        for before, line in pairwise(["", *lines])
        if not re.match(r"[ >]*\|?[ ]*:?-+:?[ ]*\|", line) or before.lstrip(" ").startswith("|")
    )


@pytest.mark.parametrize("make", TEXTS)
def test_blocks_are_those_of_commonmark(make: Any) -> None:
    for seed in range(200):
        text = comparable(make(seed))
        assert normal(leaves_of_ours(text)) == normal(leaves_of_markdown_it(text)), text


# Single cases.


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Text\n- a\n- b", "Text\n • a\n • b"),
        ("3. a\n3. b\n\n   more", " 3. a\n 4. b\n\n    more"),
        ("- [ ] a\n- [x] b", " ☐ a\n ☑ b"),
        ("- a\n  1. b", " • a\n    1. b"),
        ("> a\n>\n> b", "▌ a\n▌\n▌ b"),
        ("a\n\n> b", "a\n\n▌ b"),
        ("- a\n\n  > b", " • a\n\n   ▌ b"),
        ("-\n- b", " •\n • b"),
        ("a  \nb\nc\\\nd", "a\nb\nc\nd"),
        ("2*3*4 is 24, 2**10 is 1024", "2*3*4 is 24, 2**10 is 1024"),
        (r"\(a_1 \cdot b_1\) and $x_1*y_1*z$", r"\(a_1 \cdot b_1\) and $x_1*y_1*z$"),
        ("\\[\na\n= b\n\\]\nso", "\\[\na\n= b\n\\]\nso"),
        ("costs $5 and $10", "costs $5 and $10"),
        ("<b>x</b> a<br>b", "<b>x</b> a\nb"),
        ("[t](http://x.y)", "t (http://x.y)"),
        ("<http://x.y>", "http://x.y"),
        ("[t][r]\n\n[r]: http://x.y", "t (http://x.y)"),
        ("[r]: http://x.y\n\n[t][R]\n\nmore", "t (http://x.y)\n\nmore"),
        ("a\n\n[r]: <x> 'T'\n[s]: y\nb", "a\n\n[r]: <x> 'T'\n[s]: y\n\nb"),
        ("- [r]\n- [r]: x", " • r (x)\n •"),
        ("`[r]` \\[r]\n\n[r]: x", "[r] [r]\n\n[r]: x"),
        ("[a][r]\n\n[r]: file:///x", "[a][r]\n\n[r]: file:///x"),
        (
            "a[^1], b[^n]\n\n[^1]: One\n[^n]: Two\n    more",
            "a[1], b[n]\n\n[1] One\n[n] Two\n    more",
        ),
        ("`[^1]` [^ab]\n\n[^1]: x", "[^1] [^ab]\n\n[1] x"),
        ("![a cat](c.png)", "a cat (c.png)"),
        ("|a|b|\n|-|-:|\n|1|2|3|", "a │     b\n──┼──────\n1 │ 2 | 3"),
        ("|a|b|\n|-|-:|", "a │ b\n──┼──"),
        ("```\n\tx\n```", "     x"),
        ("    x\n\n    y", " x\n\n y"),
        ("one two", "one two"),
    ],
)
def test_is_drawn(text: str, shown: str) -> None:
    assert picture(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Text\n-", "Text"),
        ("Text\n- [", "Text"),
        ("Text\n``", "Text"),
        ("Text\n```py\nx = 1", "Text\n py\n x = 1"),
        ("```py\nx\n``", " py\n x"),
        ("a **bold", "a bold"),
        ("a **bold*", "a bold"),
        ("a **", "a"),
        ("a `co", "a co"),
        ("| a | b |", "a │ b\n──┼──"),
        ("| a | b |\n|--", "a │ b\n──┼──"),
        ("| a | b |\n|---|---|\n| 1", "a │ b\n──┼──\n1 │"),
        ("513", "513"),
    ],
)
def test_is_drawn_while_it_is_written(text: str, shown: str) -> None:
    entry = Entry("final")
    entry.append(text)
    entry.read()
    assert "\n".join(line.text.rstrip() for line in draw(entry)) == shown


def test_long_blocks_are_frozen_in_pieces() -> None:
    for text in (
        "word " * 4000,
        "x" * 30_000,
        "```py\n" + "x = 1\n" * 2000,
        "```\n" + "x" * 30_000,
        "- item of a list\n" * 1000,
        "|a|b|\n|-|-|\n" + "|1|2|\n" * 1000,
        "|a" * 30 + "\n" + "|-" * 30 + "\n" + ("|some words" * 30 + "\n") * 60,
        "> " + "quoted words " * 2000,
    ):
        entry = Entry("final")
        for start in range(0, len(text), 100):
            entry.append(text[start : start + 100])
            entry.read()
            assert sum(len(block.text) for block in entry.blocks if block.open) <= 4100
        frozen = entry.blocks[:-2]
        entry.append("more")
        entry.read()
        assert entry.blocks[: len(frozen)] == frozen  # the very same objects
        assert len(frozen) >= 3


def test_highlighting_goes_on_from_piece_to_piece() -> None:
    inside = "\n".join(f"word{n} = 1" for n in range(60))
    lines = draw(read(f'```python\nx = """\n{inside}\n"""\ny = 1\n```'), 60)
    colours = {
        segment.style.color.name
        for line in lines
        for segment in line.segments
        if segment.style and segment.style.color and "word" in segment.text
    }
    assert colours == {style("string").color.name}  # type: ignore[union-attr]


def test_definitions_that_come_late_reach_what_was_drawn() -> None:
    entry = Entry("final")
    entry.append("See [the docs][d].\n\nMore.\n\n")
    entry.read()
    assert "the docs" in "".join(line.text for line in draw(entry))
    entry.append("[d]: https://example.org/\n")
    entry.finish()
    entry.read()
    assert draw(entry) == draw(read("See [the docs][d].\n\nMore.\n\n[d]: https://example.org/\n"))
    assert draw(entry)[0].text == "See the docs (https://example.org/)."


WIDE_TABLE = (
    "|Name|First language|Notes|\n|-|-:|-|\n|A|Python and Go|made of many words|\n|B||**x**|"
)
AS_COLUMNS = """\
Name │         First │ Notes
     │      language │
─────┼───────────────┼──────────────
A    │ Python and Go │ made of many
     │               │ words
B    │               │ x"""
AS_RECORDS = """\
── 1 ─────────
Name
  A
First language
  Python and
  Go
Notes
  made of many
  words
── 2 ─────────
Name
  B
First language
Notes
  x"""


@pytest.mark.parametrize(("width", "shown"), [(36, AS_COLUMNS), (14, AS_RECORDS)])
def test_a_table_has_columns_where_they_leave_its_words_whole(width: int, shown: str) -> None:
    assert picture(WIDE_TABLE, width) == shown


def test_a_records_number_is_text_and_no_line() -> None:
    lines = draw(read(WIDE_TABLE), 14)
    pieces = [(piece.text, piece.style) for piece in lines[0].segments]
    assert [text for text, _ in pieces] == ["── ", "1", " ─────────"]
    assert [look for _, look in pieces] == [style(n) for n in ("table-line", "title", "table-line")]


def test_records_are_numbered_on_from_piece_to_piece_and_copied_without_a_frame() -> None:
    head = "|" + "|".join(f"column {n}" for n in range(12)) + "|\n" + "|-" * 12 + "|\n"
    row = "|" + "|".join(f"some words of row {n}" for n in range(12)) + "|\n"
    text = "Before.\n\n" + head + row * 40
    entry = stream(chunks(text, 3))
    lines = draw(entry, 30)
    assert lines == draw(read(text), 30)
    rules = [line.text for line in lines if line.text.startswith("── ")]
    assert [rule.split()[1] for rule in rules] == [str(n) for n in range(1, 41)]
    at = next(n for n, line in enumerate(lines) if line.text.startswith("column 0"))
    assert [line.text for line in lines[at : at + 2]] == [
        "column 0  │ some words of row",
        " " * 10 + "│ 0",
    ]
    copied = [lines[at].copied(0, -1), lines[at + 1].join, lines[at + 1].copied(0, -1)]
    assert "".join(copied) == "column 0  │ some words of row 0"


def test_a_definition_is_hidden_once_a_link_uses_it() -> None:
    entry = Entry("final")
    entry.append("[d]: https://example.org/\n\nMore.\n\n")
    entry.read()
    assert draw(entry)[0].text == "[d]: https://example.org/"
    entry.append("See [D] and[^1].\n\n[^1]: a note")
    entry.finish()
    entry.read()
    texts = [line.text for line in draw(entry)]
    assert texts == ["More.", "", "See D (https://example.org/) and[1].", "", "[1] a note"]
