"""The screen of the turns' tokens: what it lists, how it is walked, where it branches."""

from __future__ import annotations

import math
import time

import pytest

from engine.chat import RoundTokens
from engine.config.settings import Settings
from engine.events import Alternative, TokenSampled, TurnContinued, TurnStarted
from harmony_tui.app import HarmonyApp
from harmony_tui.panes.token_list import EMPTY, TokenList, show_probability, spell_visibly
from harmony_tui.panes.token_view import TokenView
from harmony_tui.turn_tokens import TokenLog, TurnTokens
from tests.harmony_tui.screen import (
    NARROW,
    WIDE,
    answered,
    screen_text,
    scripted_app,
    shows,
    submit,
    until,
)

FINAL = "<|channel|>final<|message|>{}<|return|>"
ANALYSIS = "<|channel|>analysis<|message|>{}<|end|><|start|>assistant"
CALL = (
    "<|channel|>commentary to=functions.calculator <|constrain|>json<|message|>"
    '{"expression":"2+3"}<|call|>'
)
LONG = Settings(hyperparameters={"max_tokens": 100_000, "loop_detection": "off"})


def opened(app: HarmonyApp) -> TokenView:
    view = app.chat_screen.tokens.view
    assert view is not None
    assert is_open(app)
    return view


def is_open(app: HarmonyApp) -> bool:
    """Whether the tokens are on the screen, with the focus there."""
    pane = app.chat_screen.tokens
    return pane.is_on_screen and pane.has_focus_within


def cursor_text(app: HarmonyApp) -> str:
    """Return the text of the token under the cursor."""
    row = opened(app).list.row
    assert row is not None
    return opened(app).list.tokens.spell((row.token,))


def listed(app: HarmonyApp) -> str:
    """Return the lines of the list that are on the screen."""
    tokens = opened(app).list
    return "\n".join(tokens.render_line(y).text for y in range(tokens.size.height))


async def test_it_says_what_will_be_there() -> None:
    for size in (NARROW, WIDE, (60, 20)):
        async with scripted_app(size=size) as (app, pilot):
            await pilot.press("ctrl+t")
            await shows(pilot, "Tokens of the last turn", "No tokens yet. Ask something")
            assert " ".join(listed(app).split()) == EMPTY
            await pilot.press("down", "enter", "space", "c", "end", "escape")
            await until(pilot, lambda app=app: app.chat_screen.prompt.area.has_focus)  # type: ignore[misc]


async def test_prompt_and_completion_of_each_round_are_listed() -> None:
    async with scripted_app(CALL, FINAL.format("It is five.")) as (app, pilot):
        await submit(pilot, "2+3")
        await answered(pilot)
        await submit(pilot, "/tokens")
        await pilot.press("f10")
        await shows(pilot, "▸ Round 1 · prompt ·", "▾ Round 1 · completion ·", "2 rounds")
        await shows(pilot, "<|constrain|>", "<|call|>", "▸ Round 2 · prompt", "<|return|>", "five")
        assert "<|start|>" not in screen_text(app)  # it is in the prompts, which are folded
        assert cursor_text(app) == "<|channel|>"
        await shows(pilot, "none measured", "M measures this answer.")
        await pilot.press("home", "space", "down")
        await shows(pilot, "▾ Round 1 · prompt", "<|start|>", "It was read, not sampled.")
        await pilot.press("left", "left")
        assert "<|start|>" not in screen_text(app)
        await pilot.press("enter", "end")
        await until(pilot, lambda: cursor_text(app) == "<|return|>")
        row = opened(app).list.row
        assert row is not None
        assert (
            row.number == sum(len(each.completion) for each in app.engine.read_tokens().rounds) - 1
        )


async def test_from_its_first_opening_on_tokens_are_measured() -> None:
    replies = [FINAL.format("one two"), FINAL.format("one two"), FINAL.format("three")]
    async with scripted_app(*replies) as (app, pilot):
        await submit(pilot, "count")
        await answered(pilot)
        await pilot.press("ctrl+t")
        await shows(pilot, "none measured")
        await pilot.press("escape", "f9")
        await answered(pilot)
        await pilot.press("ctrl+t")
        await until(pilot, lambda: is_open(app))
        await shows(pilot, "100.0 %", "sampled", "logprob 0.00")
        assert "measured" not in screen_text(app)
        await pilot.press("escape", "ctrl+n")
        await submit(pilot, "count on")
        await answered(pilot)
        await pilot.press("ctrl+t")
        await shows(pilot, "three", "100.0 %")


async def test_an_answer_that_is_there_is_measured_without_being_given_anew() -> None:
    async with scripted_app(CALL, FINAL.format("It is five."), *["x"] * 2) as (app, pilot):
        await submit(pilot, "2+3")
        await answered(pilot)
        await pilot.press("ctrl+t")
        await shows(pilot, "none measured", "Not measured yet. M measures this answer.")
        before = app.engine.read_tokens().rounds
        await pilot.press("m")
        sampled = sum(len(each.completion) for each in before)
        await until(pilot, lambda: app.engine.read_tokens().told == sampled)
        await shows(pilot, "logprob", "% ")
        after = app.engine.read_tokens()
        assert after.rounds == before
        tokens = [token for each in before for token in each.completion]
        told = [after.find_told(number) for number in range(sampled)]
        assert [each.token for each in told if each is not None] == tokens
        assert all(len(each.alternatives) == 5 for each in told if each is not None)
        await until(pilot, lambda: not opened(app)._has_unmeasured)
        await pilot.press("m")
        await shows(pilot, "Every token is measured.")


async def test_earlier_turns_are_listed_too_but_stay_as_they_are() -> None:
    replies = [FINAL.format("one"), FINAL.format("two"), FINAL.format("three")]
    async with scripted_app(*replies) as (app, pilot):
        for question in ("first words", "then others", "and the last"):
            await submit(pilot, question)
            await answered(pilot)
        await pilot.press("ctrl+t")
        await shows(pilot, "Tokens of the last turn · and the last", "three", "[ ] turn")
        await pilot.press("right_square_bracket")
        await shows(pilot, "That is the last turn.")
        await pilot.press("left_square_bracket", "left_square_bracket")
        await shows(pilot, "Tokens of turn 1 of 3 · first words", "one", "Only the last answer")
        assert "three" not in listed(app)
        assert "M measure" not in screen_text(app)
        await pilot.press("m")
        await shows(pilot, "Only the last answer can be measured.")
        assert "sample again" not in screen_text(app)
        await pilot.press("right", "enter")  # there is nothing to choose
        assert is_open(app)
        await pilot.press("left_square_bracket")
        await shows(pilot, "That is the first turn.")
        await pilot.press("right_square_bracket")
        await shows(pilot, "Tokens of turn 2 of 3 · then others", "two")
        await pilot.press("right_square_bracket")
        await shows(pilot, "Tokens of the last turn", "three", "sample again")


async def test_an_answer_goes_on_from_another_token() -> None:
    replies = [ANALYSIS.format("Hmm.") + FINAL.format("It is five."), " seven.<|return|>"]
    async with scripted_app(*replies) as (app, pilot):
        app.engine.measure_tokens()
        await submit(pilot, "2+3")
        await answered(pilot)
        await shows(pilot, "It is five.")
        await pilot.press("ctrl+t")
        await until(pilot, lambda: is_open(app))
        while cursor_text(app) != " five":
            await pilot.press("down")
        before = app.engine.read_tokens()
        await pilot.press("right")
        await shows(pilot, "Enter go on with it", "✓", "sample again")
        await pilot.press("enter")  # the first one is the one that stands there
        await shows(pilot, "That is the token that stands there.")
        await pilot.press("down", "enter")
        await until(pilot, lambda: app.chat_screen.prompt.area.has_focus)
        await answered(pilot)
        await shows(pilot, "seven.", "Hmm.")
        assert "five" not in screen_text(app)
        after = app.engine.read_tokens()
        number = next(
            n
            for n, token in enumerate(before.rounds[0].completion)
            if before.spell((token,)) == " five"
        )
        told = after.find_told(number)
        assert told is not None
        assert told.origin == "person"
        assert told.token != before.rounds[0].completion[number]
        await pilot.press("ctrl+t")
        await shows(pilot, "yours")


async def test_a_token_is_sampled_again_and_not_while_it_answers() -> None:
    replies = [FINAL.format("It is five."), "on and on " * 3000]
    async with scripted_app(*replies, settings=LONG) as (app, pilot):
        await submit(pilot, "2+3")
        await answered(pilot)
        await pilot.press("ctrl+t")
        await until(pilot, lambda: is_open(app))
        await pilot.press("down", "down", "down", "right")
        await shows(pilot, "sample again")
        await pilot.press("enter")
        await until(pilot, lambda: app.chat_screen.prompt.area.has_focus)
        await shows(pilot, "on and on")
        await pilot.press("ctrl+t")
        await until(pilot, lambda: is_open(app))
        count = opened(app).list.line_count
        await until(pilot, lambda: opened(app).list.line_count > count)
        await pilot.press("right", "end", "enter")
        await shows(pilot, "It is still answering.")
        await pilot.press("left")
        assert app.focused is opened(app).list
        await pilot.press("escape", "escape")
        await shows(pilot, "↳ stopped")


async def test_a_round_is_copied_as_it_is() -> None:
    async with scripted_app(FINAL.format("A tab:\t. <b>")) as (app, pilot):
        copied: list[str] = []
        app.copy_to_clipboard = copied.append  # type: ignore[method-assign]
        await submit(pilot, "hi")
        await answered(pilot)
        await pilot.press("ctrl+t")
        await until(pilot, lambda: is_open(app))
        await shows(pilot, "⇥")
        await pilot.press("c")
        await shows(pilot, "Copied round 1:")
        (text,) = copied
        assert text.startswith("<|start|>system<|message|>")
        assert text.endswith("<|start|>assistant<|channel|>final<|message|>A tab:\t. <b><|return|>")
        assert "<|start|>user<|message|>hi<|end|>" in text


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_a_long_turn_is_walked_at_once(size: tuple[int, int]) -> None:
    async with scripted_app(size=size) as (app, pilot):
        each = RoundTokens(tuple(range(20_000)), tuple(range(20_000)))
        tokens = TurnTokens((each, each), lambda ids: "".join(f"t{n}" for n in ids))
        app.engine.read_tokens = lambda: tokens  # type: ignore[method-assign]
        await pilot.press("ctrl+t")
        await until(pilot, lambda: is_open(app))
        listed = opened(app).list
        await pilot.press("home", "space")
        began = time.process_time()
        await pilot.press(*["end", "pageup", "pagedown", "up", "home", "pagedown"] * 5)
        await pilot.pause()
        assert time.process_time() - began < 5
        assert listed.line_count == 4 + 3 * 20_000
        await pilot.press("end")
        await shows(pilot, "t19999", "39,999")
        await pilot.press("home", "down")
        await shows(pilot, "t0 ")


def test_spaces_and_control_characters_can_be_seen() -> None:
    pieces = list(spell_visibly(" a\n\t\r\u00a0\x1b[31m\u202e"))
    assert "".join(piece for piece, _ in pieces) == "·a↵⇥␍⟨A0⟩␛[31m⟨RLO⟩"
    assert [piece for piece, is_space in pieces if is_space] == ["·", "↵", "⇥", "␍", "⟨A0⟩"]


def test_probabilities_are_shown_in_per_cent() -> None:
    shown = [show_probability(value) for value in (0.0, math.log(0.5), math.log(0.0004), -1e9)]
    assert shown == ["100.0 %", "50.0 %", "<0.1 %", "<0.1 %"]


def test_what_was_told_holds_until_the_turn_goes_back() -> None:
    log, passed = TokenLog(), []
    hear = log.listening(passed.append)
    told = [
        TokenSampled(n, n, "x", -1.0, (Alternative(n, "x", -1.0),), "sampled") for n in range(4)
    ]
    for event in told:
        hear(event)
    assert [log.find(n) for n in range(5)] == [*told, None]
    hear(going_back := TurnContinued(None, "", 0, 0, 2))
    assert [log.find(n) for n in range(4)] == [*told[:2], None, None]
    hear(anew := TurnStarted("again"))
    assert len(log) == 0
    assert passed == [going_back, anew]


async def test_the_colours_follow_the_theme() -> None:
    async with scripted_app(FINAL.format("five")) as (app, pilot):
        await submit(pilot, "2+3")
        await answered(pilot)
        await pilot.press("ctrl+t")
        await until(pilot, lambda: is_open(app))
        styles = []
        for theme in ("harmony-dark", "harmony-light"):
            app.theme = theme
            await pilot.pause()
            styles.append(app.chat_screen.query_one(TokenList).render_line(2)._segments[2].style)
        assert styles[0] != styles[1]
