"""What the card of a tool call says."""

from __future__ import annotations

import pytest

from harmony_tui.panes.trace_calls import CallState, ToolCall
from harmony_tui.panes.trace_card import (
    LIVE_LINES,
    LONGEST_LINE,
    MOST_LINES,
    describe_call,
    describe_in_full,
    summarise_call,
    tell_circumstances,
)
from harmony_tui.transcript.blocks import Block
from harmony_tui.transcript.document import Entry


def call(state: CallState = "done", recipient: str = "functions.clock", **told: object) -> ToolCall:
    made = ToolCall(0, 1, "What time is it?", recipient, "{}", state=state)
    for name, value in told.items():
        setattr(made, name, value)
    return made


def blocks(markdown: str) -> list[Block]:
    """Return what a transcript makes of a card."""
    entry = Entry("final")
    entry.append(markdown)
    entry.finish()
    entry.read()
    return entry.blocks


@pytest.mark.parametrize(
    ("made", "line"),
    [
        (call("asked"), "? clock  asked"),
        (call("running"), "⠿ clock  running"),
        (call("done", seconds=0.002, tokens=1), "✓ clock  2 ms · 1 token"),
        (
            call("done", "browser.open", seconds=2.0, tokens=1234),
            "✓ browser.open  2.0 s · 1,234 tokens",
        ),
        (call("failed", seconds=2.0), "✗ clock  failed · 2.0 s"),
        (call("declined"), "– clock  declined"),
    ],
)
def test_the_top_line(made: ToolCall, line: str) -> None:
    assert summarise_call(made) == line


def test_what_a_running_call_has_taken() -> None:
    assert summarise_call(call("running"), 3.0) == "⠿ clock  running · 3.0 s"


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (call(), ""),
        (
            call("asked", place="this program", effects="changes a file"),
            "this program · changes a file",
        ),
        (
            call(place="this program", effects="changes a file", allowed_by="you"),
            "this program · allowed by you",
        ),
        (call(allowed_by="approval auto"), "allowed: approval auto"),
        (call("failed", remark="It was left."), "It was left."),
    ],
)
def test_the_circumstances(made: ToolCall, said: str) -> None:
    assert tell_circumstances(made) == said


def test_a_short_answer_stands_below_its_arguments() -> None:
    made = call(arguments='{"zone": "UTC"}', output="05:10\non Tuesday")
    assert [block.text for block in blocks(describe_call(made))] == [
        "zone: UTC\n→ 05:10\n  on Tuesday"
    ]


HOSTILE = (
    "~~~\n# heading\n~~~~~~\n[link](http://evil)\n```\n| a | b |\n|---|---|\n$$\n\\[ x",
    "\x1b]0;title\x07\x1b]8;;http://evil\x1b\\text\x1b]8;;\x1b\\",
    "<b>\n\n    indented\n\n- item\n> quote",
    "a\r\nb\rc\u2028d",
)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("recipient", ["python", "functions.clock"])
def test_nothing_in_a_call_is_markdown(text: str, recipient: str) -> None:
    made = call("failed", recipient, arguments=text, output=text + "\n" * 4 + "end")
    for markdown in (describe_call(made), describe_in_full(made)):
        shapes = {block.shape for block in blocks(markdown)}
        assert shapes == {"code"}
        assert not any(code < 32 and chr(code) not in "\n\t" for code in map(ord, markdown))


def test_a_card_is_short_and_the_call_in_full_is_whole() -> None:
    lines = [f"line {number}" for number in range(500)]
    made = call(recipient="python", arguments="\n".join(lines), output="\n".join(lines))
    card = describe_call(made)
    assert card.count("\nline ") == 2 * MOST_LINES
    assert "… 470 more lines; Enter opens them" in card
    assert describe_in_full(made).count("\nline ") == 1000
    wide = call(output="x" * 10_000_000)
    assert len(describe_call(wide)) < 2 * MOST_LINES * LONGEST_LINE
    assert "10,000,000 characters in all" in describe_call(wide)


def test_of_a_running_call_the_end_is_shown() -> None:
    made = call("running", "python")
    for number in range(100_000):
        made.live.append(f"{number}\n")
    card = describe_call(made)
    assert card.rstrip("~\n").endswith("99998\n99999")
    assert card.count("\n") < LIVE_LINES + 8
    assert "… 588,890 characters so far" in card


def test_figures_are_links_unless_their_path_could_be_more() -> None:
    made = call(figures=("/tmp/a b/figure-1.png", "/tmp/$x$/[a](b).png"))
    shown = describe_call(made)
    assert "[figure-1.png](</tmp/a b/figure-1.png>)" in shown
    assert blocks(shown)[-1].text == "/tmp/$x$/[a](b).png"
    assert blocks(shown)[-1].shape == "code"
