"""What the panes show of a turn that goes on from an earlier place: nothing that does not hold."""

from __future__ import annotations

from engine.config.settings import Settings
from engine.events import (
    DecodeProgress,
    Event,
    MessageClosed,
    MessageOpened,
    Statistics,
    TextDelta,
    ToolCallFinished,
    ToolCallRequested,
    ToolCallStarted,
    TurnContinued,
    TurnEnded,
    TurnStarted,
)
from harmony_tui.app import HarmonyApp
from harmony_tui.panes.analysis import AnalysisPane
from tests.harmony_tui.screen import answered, screen_text, scripted_app, shows, submit

FINAL = "<|channel|>final<|message|>{}<|return|>"
SHORT = Settings(hyperparameters={"max_tokens": 6})


def conversation(app: HarmonyApp) -> list[str]:
    """Return the conversation's entries, thoughts and remarks left out, that can be seen."""
    entries = app.chat_screen.conversation.transcript._document.entries
    return [each.source for each in entries if not each.is_removed and each.kind != "analysis"]


def remarks(app: HarmonyApp) -> list[str]:
    entries = app.chat_screen.conversation.transcript._document.entries
    return [block.text for entry in entries for block in entry._labels]


def message(number: int, channel: str, text: str, tokens: int = 4) -> list[Event]:
    ids = tuple(range(tokens))
    return [
        MessageOpened(number, "assistant", channel, None, None),
        TextDelta(number, channel, text),
        MessageClosed(number, "assistant", channel, None, None, text, ids, "end"),
    ]


def call(number: int, arguments: str, result: str) -> list[Event]:
    return [
        ToolCallRequested(number, "functions.calculator", arguments, "", needs_approval=False),
        ToolCallStarted(number),
        ToolCallFinished(number, "done", result, 0.001),
    ]


TURN = [
    TurnStarted("how many?"),
    *message(0, "analysis", "First thought."),
    *message(1, "commentary", "I look."),
    *call(0, "one", "1"),
    *message(3, "analysis", "Second thought."),
    *call(1, "two", "2"),
    *message(5, "final", "It is two."),
    TurnEnded("stop", Statistics()),
]


def hear(app: HarmonyApp, events: list[Event]) -> None:
    for event in events:
        app.chat_screen.hear(event)


async def test_an_analysis_that_was_cut_leaves_no_remark_when_it_goes_on() -> None:
    # The step under way at the cut has sampled a token that is sampled again.
    rest = " four.<|end|><|start|>assistant" + FINAL.format("five")
    replies = ["<|channel|>analysis<|message|>one two three lost", rest]
    async with scripted_app(*replies, settings=SHORT) as (app, pilot):
        await submit(pilot, "count")
        await shows(pilot, "The answer reached max_tokens (6).", "cut short")
        assert "The answer reached max_tokens (6)." in conversation(app)
        app.engine.set_hyperparameter("max_tokens", "50")
        await pilot.press("f8")
        await shows(pilot, "one two three four.", "five")
        await answered(pilot)
        assert conversation(app) == ["count", "five"]


async def test_a_header_that_was_cut_is_shown_once_when_it_goes_on() -> None:
    replies = ["<|channel|>fin zz yy lost", "al<|message|>the words<|return|>"]
    async with scripted_app(*replies, settings=SHORT) as (app, pilot):
        await submit(pilot, "go")
        await shows(pilot, "cut short")
        app.engine.set_hyperparameter("max_tokens", "50")
        await pilot.press("f8")
        await shows(pilot, "the words")
        await answered(pilot)
        assert screen_text(app).count("the words") == 1
        assert sum("zz" in each for each in conversation(app)) <= 1


async def test_messages_and_calls_that_do_not_hold_are_taken_out() -> None:
    async with scripted_app() as (app, pilot):
        hear(app, TURN)
        await shows(pilot, "First thought.", "Second thought.", "I look.", "It is two.")
        tools = app.chat_screen.side["tools"]
        assert tools.border_subtitle == "2 calls · 2 ms"
        hear(app, [TurnContinued(3, "Second", 4, 1, 12)])
        assert conversation(app) == ["how many?", "I look.", "calculator  one  →  1"]
        assert tools.border_subtitle == "1 call · 1 ms"
        hear(app, [TextDelta(3, "analysis", " try."), *call(1, "three", "3")])
        await shows(pilot, "Second try.", "three")
        assert "Second thought." not in screen_text(app)
        hear(app, [*message(5, "final", "It is three."), TurnEnded("stop", Statistics())])
        await shows(pilot, "It is three.")
        hear(app, [TurnContinued(None, "", 0, 0, 0)])
        assert conversation(app) == ["how many?"]
        assert tools.border_subtitle == ""
        await shows(pilot, "Nothing yet. When the model thinks", "No calls yet.")
        hear(app, [*message(0, "analysis", "Anew."), *message(1, "final", "Four.")])
        await shows(pilot, "how many?", "Anew.", "Four.")


async def test_the_remark_of_how_it_ended_goes_and_others_stay() -> None:
    async with scripted_app() as (app, pilot):
        irregular = MessageClosed(1, "assistant", "final", None, None, "a", (1,), "cut", True)
        hear(app, [TurnStarted("go"), *message(0, "commentary", "I look.")])
        hear(app, [MessageOpened(1, "assistant", "final", None, None), irregular])
        hear(app, [*message(2, "analysis", "Hm."), TurnEnded("cancelled", Statistics())])
        assert remarks(app) == ["↳ not well-formed Harmony", "↳ stopped"]
        hear(app, [TurnContinued(2, "Hm.", 3, 0, 9)])
        assert remarks(app) == ["↳ not well-formed Harmony"]
        hear(app, [TurnEnded("error", Statistics(), "The model failed.")])
        assert conversation(app)[-1] == "The model failed."
        hear(app, [TurnContinued(2, "Hm.", 3, 0, 9)])
        assert conversation(app) == ["go", "I look.", ""]
        hear(app, [TurnEnded("error", Statistics(), "It failed again."), TurnStarted("more")])
        hear(app, [TurnContinued(None, "", 4, 0, 0)])
        assert conversation(app)[-2:] == ["It failed again.", "more"]
        await pilot.pause()


async def test_the_length_of_what_was_thought_follows() -> None:
    async with scripted_app() as (app, _):
        clock = [0.0]
        pane = app.chat_screen.side["analysis"]
        assert isinstance(pane, AnalysisPane)
        pane._clock = lambda: clock[0]
        hear(app, [TurnStarted("go"), MessageOpened(0, "assistant", "analysis", None, None)])
        clock[0] = 4.0
        hear(app, [*message(0, "analysis", "Some words.", 8)[1:], DecodeProgress(8, 1.0, 8, 99)])
        hear(app, message(1, "analysis", "And more.", 5))
        hear(app, [DecodeProgress(13, 1.0, 13, 99), TurnEnded("stop", Statistics())])
        assert pane.border_subtitle == "13 tokens · 4.0 s"
        clock[0] = 60.0
        hear(app, [TurnContinued(0, "Some", 1, 0, 4)])
        assert pane.border_subtitle == "4 tokens · 2.0 s"
        clock[0] = 61.0
        hear(app, message(0, "analysis", "Some other words.", 9)[1:])
        assert pane.border_subtitle == "9 tokens · 3.0 s"
        assert pane._thoughts.keys() == {0}
