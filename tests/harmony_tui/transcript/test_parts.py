from __future__ import annotations

import pytest

from harmony_tui.transcript.characters import make_safe
from harmony_tui.transcript.document import Entry
from harmony_tui.transcript.parts import read_code, read_part
from tests.harmony_tui.transcript.markdown_texts import chunks, hostile, well_formed

TEXT = """\
Words first.

```python
def f():
\treturn 1

```
- one
- two

  ~~~sh
  ls
  ~~~
3. three

| a | b |
|---|:-:|
| 1 | 2 |
The end."""


def read(text: str) -> Entry:
    entry = Entry("final")
    entry.append(text)
    entry.finish()
    entry.read()
    return entry


def test_parts_are_the_message_and_what_is_in_it() -> None:
    entry = read(TEXT)
    message, *inside = entry.parts
    assert read_part(TEXT, entry.blocks, message) == TEXT
    assert [(part.shape, read_part(TEXT, entry.blocks, part)) for part in inside] == [
        ("code", "```python\ndef f():\n\treturn 1\n\n```"),
        ("list", "- one\n- two\n\n  ~~~sh\n  ls\n  ~~~"),
        ("code", "  ~~~sh\n  ls\n  ~~~"),
        ("list", "3. three"),
        ("table", "| a | b |\n|---|:-:|\n| 1 | 2 |\nThe end."),  # a row, as in GitHub's Markdown
    ]


def test_code_is_copied_as_it_was_written() -> None:
    entry = read(TEXT)
    codes = [part for part in entry.parts if part.shape == "code"]
    assert [read_code(TEXT, entry.blocks, part) for part in codes] == [
        "def f():\n\treturn 1\n",
        "ls",
    ]


@pytest.mark.parametrize("fence", ["```make\nall:\n\tcc a.c", "```make\nall:\n\tcc a.c\n````"])
def test_code_that_was_cut_or_closed_by_more_signs(fence: str) -> None:
    entry = read("Hm.\n" + fence)
    code = next(part for part in entry.parts if part.shape == "code")
    assert read_code("Hm.\n" + fence, entry.blocks, code) == "all:\n\tcc a.c"


def test_a_message_that_is_one_code_is_one_part() -> None:
    assert [part.shape for part in read("```\na\n```").parts] == ["message"]
    assert [part.shape for part in read("Words.").parts] == ["message"]
    verbatim = Entry("user")
    verbatim.append("- no list\n\n```\nno code\n```")
    verbatim.finish()
    verbatim.read()
    assert [part.shape for part in verbatim.parts] == ["message"]


def test_long_code_and_long_tables_are_one_part_each() -> None:
    code = "```\n" + "\n".join(f"line {n}\n" for n in range(200)) + "```"
    table = "| a | b |\n|---|---|\n" + "\n".join(f"| {n} | x |" for n in range(100))
    text = f"{code}\n\n{table}\n\nThe end."
    entry = read(text)
    assert len(entry.blocks) > 10
    assert [read_part(text, entry.blocks, part) for part in entry.parts[1:]] == [code, table]


@pytest.mark.parametrize("seed", range(40))
def test_the_source_of_a_part_makes_the_same_blocks(seed: int) -> None:
    text = make_safe(well_formed(seed))
    entry = read(text)
    for part in entry.parts[1:]:
        blocks = entry.blocks[part.first : part.end]
        if blocks[0].path and part.shape != "list":
            continue  # the lines of code in a list are indented
        again = read(read_part(text, entry.blocks, part))
        assert [(each.shape, each.text) for each in again.blocks] == [
            (each.shape, each.text) for each in blocks
        ]


@pytest.mark.parametrize("make", [hostile, well_formed])
@pytest.mark.parametrize("seed", range(30))
def test_lines_are_the_same_however_the_text_came(make: object, seed: int) -> None:
    text = make(seed)  # type: ignore[operator]
    whole = read(text)
    streamed = Entry("final")
    for piece in chunks(text, seed):
        streamed.append(piece)
        streamed.read()
    streamed.finish()
    streamed.read()
    assert [each.line for each in streamed.blocks] == [each.line for each in whole.blocks]
    lines = [each.line for each in whole.blocks]
    assert lines == sorted(lines)
    assert all(line <= make_safe(text).count("\n") for line in lines)


# Folds.


def test_what_is_folded_is_not_read_and_comes_back_whole() -> None:
    entry = Entry("analysis", summary="thinking …")
    entry.append("One.\n\n")
    assert entry.read() is None
    assert not entry.was_read
    assert [block.text for block in entry.blocks] == ["▸ thinking …"]
    entry.summarise("thought for 2.0 s")
    assert [block.text for block in entry.blocks] == ["▸ thought for 2.0 s"]
    entry.unfold()
    entry.append("Two.")
    entry.read()
    assert [block.text for block in entry.blocks] == ["▾ thought for 2.0 s", "One.", "Two."]
    entry.fold()
    entry.append("\n\nThree.")
    entry.finish()
    assert not entry.has_unread
    entry.unfold()
    entry.read()
    assert [block.text for block in entry.blocks][1:] == ["One.", "Two.", "Three."]


def test_a_folded_message_says_how_it_begins_and_how_long_it_is() -> None:
    entry = read("Many \x1b[31mwords " + "and more " * 20 + "\n\nThe end.")
    entry.fold()
    (line,) = [block.text for block in entry.blocks]
    assert line.startswith("▸ Many ␛[31mwords and more")
    assert line.endswith("… · 3 lines")
    entry.unfold()
    assert [block.text for block in entry.blocks][-1] == "The end."
