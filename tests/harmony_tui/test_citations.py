"""Citations in answers: numbers in the text, a list of sources below."""

from __future__ import annotations

import pytest

from engine.events import (
    Event,
    MessageClosed,
    MessageOpened,
    TextDelta,
    ToolCallFinished,
    ToolCallRequested,
    TurnContinued,
    TurnStarted,
)
from engine.tools.browser.pages import Reference
from harmony_tui.citations import Citations

OPENED = "[{cursor}] {title} ({url})\n**viewing lines [0 - 3] of 9**\n\nL0: words"
ANSWER = "Ferns grow 【1†L2-L4】 in 【shade】 【2†L0】【2†L9】 and so on 【7†L1】."
SHOWN = "Ferns grow [1] in 【shade】 [2] and so on 【7†L1】."
SOURCES = (
    "\n\n**Sources**\n\n1. [Ferns \\[all\\]](https://a.example/ferns)"
    "\n2. [Shade](local://help/a%20b.md)"
)


def browsed(call: int, cursor: int, title: str, url: str) -> list[Event]:
    output = OPENED.format(cursor=cursor, title=title, url=url)
    return [
        ToolCallRequested(call, "browser.open", "{}", "", needs_approval=False),
        ToolCallFinished(call, "done", output, 0.1),
    ]


@pytest.fixture
def citations() -> Citations:
    citations = Citations()
    for event in (
        TurnStarted("What are ferns?"),
        *browsed(0, 1, "Ferns [all]", "https://a.example/ferns"),
        *browsed(1, 2, "Shade", "local://help/a b.md".replace(" ", "%20")),
    ):
        assert list(citations.number(event)) == [event]
    return citations


def shown(citations: Citations, *pieces: str, channel: str = "final") -> str:
    """Return the text that is shown of a message that comes in pieces."""
    text = "".join(pieces)
    events: list[Event] = [
        MessageOpened(5, "assistant", channel, None, None),
        *(TextDelta(5, channel, piece) for piece in pieces),
        MessageClosed(5, "assistant", channel, None, None, text, (), "end"),
    ]
    told = [each for event in events for each in citations.number(event)]
    assert [each for each in told if isinstance(each, MessageClosed)] == events[-1:]
    return "".join(each.text for each in told if isinstance(each, TextDelta))


def test_an_answer_is_shown_alike_however_it_comes(citations: Citations) -> None:
    assert shown(citations, ANSWER) == SHOWN + SOURCES
    assert [each.title for each in citations.sources] == ["Ferns [all]", "Shade"]
    for size in (1, 2, 3, 5, 8):
        pieces = [ANSWER[at : at + size] for at in range(0, len(ANSWER), size)]
        assert shown(citations, *pieces) == SHOWN + SOURCES, size
    assert citations.show(ANSWER) == SHOWN + SOURCES


@pytest.mark.parametrize("text", ["513", "a  ", "【shade】 and 【3†", "【9†L1】"])
def test_what_cites_nothing_is_as_it_was_written(citations: Citations, text: str) -> None:
    assert shown(citations, *text) == text
    assert citations.show(text) == text
    assert not citations.sources


def test_only_answers_are_changed(citations: Citations) -> None:
    assert shown(citations, "【1†L2】", channel="analysis") == "【1†L2】"


def test_what_goes_on_is_numbered_from_its_beginning(citations: Citations) -> None:
    opened = MessageOpened(5, "assistant", "final", None, None)
    cut = TextDelta(5, "final", "Ferns 【1†L2】 grow")
    for event in (opened, cut):
        list(citations.number(event))
    (continued,) = citations.number(TurnContinued(5, "Ferns 【1†L2】 gr"))
    assert isinstance(continued, TurnContinued)
    assert continued.text == "Ferns [1] gr"
    (rest,) = citations.number(TextDelta(5, "final", "ow 【1†L7】"))
    assert isinstance(rest, TextDelta)
    assert rest.text == "ow [1]"


def test_who_knows_better_is_asked_first_and_a_new_conversation_has_nothing() -> None:
    citations = Citations(lambda cursor, line: Reference(f"{cursor}:{line}", "https://a.example"))
    assert "1. [3:7](https://a.example)" in shown(citations, "It is 【3†L7】.")
    citations.look_up = None
    citations.start_conversation()
    assert not citations.sources
    assert shown(citations, "It is 【3†L7】.") == "It is 【3†L7】."
