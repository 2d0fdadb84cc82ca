"""A conversation that is kept, shown at once: the same as if each event had been heard."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import astuple
from typing import Any

from engine.config.settings import Settings
from engine.events import (
    AnswerSpoken,
    Event,
    HyperparametersChanged,
    MessageClosed,
    MessageOpened,
    Statistics,
    TextDelta,
    ThinkingFinished,
    ToolCallFinished,
    ToolCallRequested,
    ToolCallStarted,
    TurnContinued,
    TurnEnded,
    TurnStarted,
)
from harmony_tui.app import HarmonyApp
from harmony_tui.transcript import Transcript
from tests.harmony_tui.played import PlayedEngine

PAGE = (
    "[1] Ferns and their spores (https://example.org/ferns)\n"
    "**viewing lines [0 - 3] of 9**\n\nL0: words"
)


def message(number: int, channel: str | None, text: str, **other: Any) -> list[Event]:
    role, irregular = other.get("role", "assistant"), other.get("irregular", False)
    closed = (number, role, channel, None, None, text, tuple(range(4)), "end", irregular)
    opened = MessageOpened(number, role, channel, None, None)
    return [opened, TextDelta(number, channel, text), MessageClosed(*closed)]


def call(number: int, recipient: str, output: str) -> list[Event]:
    return [
        ToolCallRequested(number, recipient, '{"a": 1}', "", needs_approval=False),
        ToolCallStarted(number),
        ToolCallFinished(number, "done", output, 0.5),
    ]


def turn(words: str, *parts: list[Event], **ended: Any) -> list[Event]:
    figures = Statistics(
        sampled_tokens=ended.get("sampled", 0), decode_seconds=2.0, context_used=50
    )
    finish, remark = ended.get("finish", "stop"), ended.get("remark", "")
    told = [event for part in parts for event in part]
    return [TurnStarted(words, message=7), *told, TurnEnded(finish, figures, remark)]


PLAIN = turn("plain", message(0, "final", "It *is*."), sampled=8)
THOUGHT = turn("thought", message(1, "analysis", "Hm."), message(2, "final", "So."), sampled=16)
CALLED = turn(
    "called",
    message(3, "analysis", "Use it."),
    call(0, "functions.calculator", "2"),
    message(4, "commentary", "Once more."),
    call(1, "functions.calculator", "3"),
    message(19, "analysis", "Which one?"),
    message(5, "final", "Two\nor three."),
)
ODD = turn(
    "odd",
    message(6, "final", "Broken.", irregular=True),
    message(7, None, "Forged.", role="user"),
    [MessageClosed(8, "assistant", None, None, None, "", (1,), "end")],
    [MessageOpened(9, "assistant", "final", None, None)],
    [MessageClosed(9, "assistant", "final", None, None, "", (1, 2), "end")],
    [MessageOpened(10, "assistant", "commentary", "functions.x", None)],
    [TextDelta(10, "commentary", "{}")],
    [MessageClosed(10, "assistant", "commentary", "functions.x", None, "{}", (1,), "call")],
)
CUT = turn(
    "cut",
    message(11, "analysis", "Long."),
    [ThinkingFinished(3, "budget"), HyperparametersChanged(4, {"temperature": 0.5})],
    message(12, "final", "Now and"),
    finish="length",
    remark="No room.",
    sampled=4,
)
_opened, _text, _closed = message(16, "analysis", "Round and round.")
ENDED = turn(
    "ended",
    [_opened, _text, ThinkingFinished(3, "loop"), _closed],
    [MessageOpened(17, "assistant", "analysis", None, None), TextDelta(17, "analysis", "Oh")],
    message(18, "final", "Enough."),
    sampled=8,
)
FAILED = turn("failed", finish="error", remark="It broke.")
SPOKEN = [*turn("aloud", message(13, "final", "One two three.")), AnswerSpoken(13, 4, False)]
BROWSED = turn("browsed", call(0, "browser.open", PAGE), message(14, "final", "By spores."))
CITED = turn("cited", message(15, "final", "By spores【1†L0-L1】, far away."))
CONVERSATIONS = {
    "plain": [*PLAIN, *PLAIN, *PLAIN],
    "thoughts and calls": [*PLAIN, *THOUGHT, *CALLED, *PLAIN, *THOUGHT],
    "what is not well-formed": [*ODD, *CUT, *FAILED, *ODD, *PLAIN],
    "thinking that was ended": [*PLAIN, *ENDED, *THOUGHT, *ENDED, *PLAIN],
    "thinking that was ended at the end": [*ENDED, *ENDED],
    "cut at the end": [*CALLED, *SPOKEN, *PLAIN, *CUT],
    "nothing sampled": [*CALLED, *FAILED, *SPOKEN],
    "spoken at the end": [*THOUGHT, *SPOKEN],
    "cited later": [*PLAIN, *BROWSED, *PLAIN, *CITED, *PLAIN],
    "cited at the end": [*BROWSED, *PLAIN, *CITED],
    "no words": [*message(0, "final", "Welcome."), *PLAIN, *PLAIN],
    "one turn": PLAIN,
    "nothing": [],
}


def seen(transcript: Transcript) -> list[Any]:
    """Return all that a transcript would show."""
    transcript._arrange()
    document = transcript._document
    for index in range(len(document.entries)):
        document.read(index)
    return [
        (
            *(entry.kind, entry.source, entry.summary, entry.open, entry.is_removed),
            [(block.shape, block.text, block.is_hidden) for block in entry.blocks],
        )
        for entry in document.entries
    ]


def shown(app: HarmonyApp) -> dict[str, Any]:
    """Return all that the screen shows of a conversation, and knows of it."""
    pane, status = app.chat_screen.conversation, app.chat_screen.status.activity
    tools, analysis = app.chat_screen.side["tools"], app.chat_screen.side["analysis"]
    calls = [
        (each.recipient, each.question, each.state, each.output, each.seconds)
        for each in tools.trace.calls
    ]
    return {
        "conversation": seen(pane.transcript),
        "said": {
            entry: (each.turn - pane._turns, *astuple(each)[1:])
            for entry, each in pane._said.items()
        },
        "last": pane._last,
        "ending": pane._ending,
        "thoughts": seen(analysis.transcript),
        "calls": calls,
        "calls of the last turn": [each.output for each in tools.trace.turn_calls],
        "state": (status.state, status.is_busy),
        "figures": (status.context_used, status.tokens_per_second, status.accepted_share),
        "sources": list(app.presentation.citations.sources),
    }


def show(app: HarmonyApp, events: list[Event], later: list[Event], at_once: int) -> dict[str, Any]:
    """Show a conversation, and return what is shown when it has gone on.

    Args:
        app: shows it.
        events: of the conversation.
        later: what comes next.
        at_once: so many events are taken together; none where each is heard by itself.
    """
    app._show_empty_conversation()
    if not at_once:
        hear(app, events)
    for start in range(0, len(events), at_once) if at_once else ():
        some = app.presentation.present_past(events[start : start + at_once])
        app.chat_screen.show_past(some)
    hear(app, later)
    return shown(app)


def hear(app: HarmonyApp, events: list[Event]) -> None:
    for event in events:
        for each in app.presentation.present(event):
            app.chat_screen.hear(each)


@asynccontextmanager
async def running(settings: Settings) -> AsyncIterator[HarmonyApp]:
    app = HarmonyApp(settings, None, PlayedEngine)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        yield app


async def test_what_is_shown_at_once_is_what_would_have_been_heard() -> None:
    async with running(Settings()) as app:
        for name, events in CONVERSATIONS.items():
            heard = show(app, events, [], 0)
            assert bool(heard["sources"]) == ("cited" in name)

            for at_once in (5000, 7, 2):
                assert show(app, events, [], at_once) == heard, name


async def test_an_answer_goes_on_below_what_was_shown_at_once() -> None:
    events = CONVERSATIONS["cut at the end"]
    later: list[Event] = [
        TurnContinued(12, "Now", 13, 0, 3),
        TextDelta(12, "final", " then."),
        MessageClosed(12, "assistant", "final", None, None, "Now then.", (1, 2, 3), "return"),
        TurnEnded("stop", Statistics()),
    ]

    async with running(Settings()) as app:
        heard, at_once = (show(app, events, later, each) for each in (0, 5000))

    assert "Now then." in [entry[1] for entry in heard["conversation"]]
    assert at_once == heard


async def test_what_is_too_long_is_cut_in_what_is_shown_at_once() -> None:
    long = turn("why?", message(0, "final", "Because of that."))

    async with running(Settings(truncate_response=5)) as app:
        answer = show(app, [*long, *PLAIN], [], 5000)["conversation"][1]

    assert answer[1].startswith("Becau …")
