"""How the screen shows an answer that goes on where it was cut, and one that is given anew."""

from __future__ import annotations

from engine.config.settings import Settings
from engine.events import (
    DecodeProgress,
    MessageClosed,
    MessageOpened,
    Statistics,
    TextDelta,
    TurnContinued,
    TurnEnded,
    TurnStarted,
)
from harmony_tui.app import HarmonyApp
from tests.harmony_tui.screen import answered, screen_text, scripted_app, shows, submit, until

ENDLESS = Settings(hyperparameters={"max_tokens": 100_000, "loop_detection": "off"})
LONG = "<|channel|>final<|message|>" + "on and on " * 3000
SHORT = Settings(hyperparameters={"max_tokens": 6})
# The step under way at the cut has sampled a token that is sampled again.
CUT = "<|channel|>final<|message|>one two three lost"
REST = " four.<|return|>"
FINAL = "<|channel|>final<|message|>{}<|return|>"


async def test_an_answer_that_was_cut_goes_on_in_its_place() -> None:
    async with scripted_app(CUT, REST, settings=SHORT) as (app, pilot):
        await submit(pilot, "count")
        await shows(pilot, "one two three", "The answer reached max_tokens (6).", "cut short")
        await pilot.press("f8")
        await shows(pilot, "one two three four.", "ready")
        assert "The answer reached" not in screen_text(app)
        assert screen_text(app).count("one two three") == 1


async def test_what_was_stopped_goes_on_by_a_command() -> None:
    async with scripted_app(LONG, settings=ENDLESS) as (app, pilot):
        await submit(pilot, "go")
        await shows(pilot, "on and on")
        await pilot.press("escape")
        await shows(pilot, "↳ stopped")
        before = app.chat_screen.status.activity.context_used
        await submit(pilot, "/continue")
        await until(pilot, lambda: app.chat_screen.status.activity.context_used > before)
        assert app.engine.is_answering
        assert "↳ stopped" not in screen_text(app)
        await pilot.press("escape")
        await shows(pilot, "↳ stopped")


async def test_stop_right_after_going_on_is_not_lost() -> None:
    async with scripted_app(CUT, " four" * 5000, settings=SHORT) as (app, pilot):
        await submit(pilot, "count")
        await shows(pilot, "cut short")
        app.engine.set_hyperparameter("max_tokens", "9000")
        app.engine.continue_answer()
        app.engine.stop()
        await until(pilot, lambda: not app.engine.is_answering)
        await shows(pilot, "↳ stopped")


async def test_an_answer_given_anew_stands_below_the_one_before() -> None:
    replies = [FINAL.format("It is five."), FINAL.format("It is six.")]
    async with scripted_app(*replies) as (app, pilot):
        await submit(pilot, "how many?")
        await shows(pilot, "It is five.", "ready")
        await answered(pilot)
        await pilot.press("f9")
        await shows(pilot, "It is six.", "ready")
        lines = [line.strip(" │┃▌") for line in screen_text(app).splitlines()]
        text = "\n".join(lines)
        assert text.index("It is five.") < text.index("↳ answered anew below")
        assert text.index("↳ answered anew below") < text.index("It is six.")
        assert text.count("how many?") == 2  # the title, and once below it


async def test_what_cannot_go_on_is_said() -> None:
    async with scripted_app(FINAL.format("done"), CUT) as (_, pilot):
        await pilot.press("f8")
        await shows(pilot, "nothing to continue")
        await pilot.press("f9")
        await shows(pilot, "Nothing was asked yet")
        await submit(pilot, "go")
        await shows(pilot, "done", "ready")
        await submit(pilot, "/continue")
        await shows(pilot, "nothing to continue")


async def test_neither_is_done_during_an_answer_nor_without_a_model() -> None:
    async with scripted_app(LONG, settings=ENDLESS) as (app, pilot):
        await submit(pilot, "go")
        await shows(pilot, "on and on")
        for key in ("f8", "f9"):
            await pilot.press(key)
            await shows(pilot, "It is still answering. Esc stops it.")
        await pilot.press("escape")
        await shows(pilot, "↳ stopped")
        app.engine._worker._model = None
        await pilot.press("f8")
        await shows(pilot, "No model is loaded")


async def test_analysis_goes_on_with_its_length_counted_on() -> None:
    async with scripted_app() as (app, pilot):
        pane = app.chat_screen.side["analysis"]
        clock = [0.0]
        pane._clock = lambda: clock[0]  # type: ignore[attr-defined]
        hear = app.chat_screen.hear
        hear(TurnStarted("hello"))
        hear(MessageOpened(0, "assistant", "analysis", None, None))
        hear(TextDelta(0, "analysis", "It goes\ufffd"))
        hear(DecodeProgress(7, 1.0, 107, 8192))
        clock[0] = 2.0
        hear(_closed("It goes\ufffd", 7, "cut"))
        hear(TurnEnded("cancelled", Statistics(sampled_tokens=7)))
        assert pane.border_subtitle == "7 tokens · 2.0 s"
        clock[0] = 60.0
        hear(TurnContinued(0, "It goes"))
        hear(TextDelta(0, "analysis", " on."))
        clock[0] = 61.0
        hear(_closed("It goes on.", 10, "end"))
        assert pane.border_subtitle == "10 tokens · 3.0 s"
        await shows(pilot, "It goes on.")
        assert "\ufffd" not in screen_text(app)
        assert _sources(app) == ["It goes on."]


def _closed(text: str, tokens: int, ending: str) -> MessageClosed:
    return MessageClosed(
        0,
        "assistant",
        "analysis",
        None,
        None,
        text,
        tuple(range(tokens)),
        ending,  # type: ignore[arg-type]
    )


def _sources(app: HarmonyApp) -> list[str]:
    transcript = app.chat_screen.side["analysis"].transcript  # type: ignore[attr-defined]
    return [entry.source for entry in transcript._document.entries]
