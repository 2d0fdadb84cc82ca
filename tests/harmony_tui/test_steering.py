"""Reasoning that is edited, instructions, exchanges that are taken back."""

from __future__ import annotations

from engine.config.settings import Settings
from engine.conversation.messages import Message
from harmony_tui.app import HarmonyApp
from tests.harmony_tui.screen import (
    answered,
    screen_text,
    scripted_app,
    shows,
    submit,
    type_text,
    until,
)

FINAL = "<|channel|>final<|message|>{}<|return|>"
THOUGHT = "<|channel|>analysis<|message|>{}<|end|><|start|>assistant" + FINAL
CALL = (
    "<|channel|>analysis<|message|>A sum.<|end|><|start|>assistant<|channel|>commentary "
    'to=functions.calculator <|constrain|>json<|message|>{"expression":"1+1"}<|call|>'
)


def said(app: HarmonyApp) -> list[tuple[str, str]]:
    """Return the conversation as it stands: channels, or roles, and texts."""
    session = app.engine.session
    path: list[Message] = session.path() if session else []
    return [(each.channel or each.role, each.text) for each in path]


async def test_reasoning_is_edited_and_the_model_goes_on_from_it() -> None:
    rest = "<|end|><|start|>assistant" + FINAL.format("It is six.")
    async with scripted_app(THOUGHT.format("It is five.", "Five."), rest) as (app, pilot):
        await submit(pilot, "how many?")
        await shows(pilot, "Five.", "ready")
        await answered(pilot)
        await pilot.press("ctrl+e")
        area = app.chat_screen.prompt.area
        await until(pilot, lambda: area.text == "It is five.")
        await shows(pilot, "Reasoning: Enter has the model go on from it")
        area.text = "/new is no command here: it is six."
        await pilot.press("enter")
        await shows(pilot, "It is six.", "ready")
        await answered(pilot)
        assert said(app) == [
            ("user", "how many?"),
            ("analysis", "/new is no command here: it is six."),
            ("final", "It is six."),
        ]
        assert "Five." not in screen_text(app)
        session = app.engine.session
        assert session is not None
        assert "It is five." in [each.text for each in session.messages.values()]
        assert app.chat_screen.prompt.border_title != "Reasoning"


async def test_the_analysis_before_a_call_is_not_the_one_that_is_edited() -> None:
    rest = "<|end|><|start|>assistant" + FINAL.format("Three.")
    async with scripted_app(CALL, THOUGHT.format("So two.", "Two."), rest) as (app, pilot):
        await submit(pilot, "1+1?")
        await shows(pilot, "Two.", "ready")
        await answered(pilot)
        await submit(pilot, "/rethink So three.")
        await shows(pilot, "Three.", "ready")
        await answered(pilot)
        assert [text for channel, text in said(app) if channel == "analysis"] == [
            "A sum.",
            "So three.",
        ]


async def test_reasoning_is_edited_while_the_turn_runs() -> None:
    rest = "<|end|><|start|>assistant" + FINAL.format("Done.")
    async with scripted_app(CALL, rest, settings=Settings(approval="always")) as (app, pilot):
        await submit(pilot, "go")
        await shows(pilot, "Allow this call?")
        area = app.chat_screen.prompt.area
        area.focus()
        await pilot.press("ctrl+e")
        await until(pilot, lambda: area.text == "A sum.")
        assert not app.engine.is_answering
        area.text = "Enough."
        await pilot.press("enter")
        await shows(pilot, "Done.", "ready")
        await answered(pilot)
        assert said(app) == [("user", "go"), ("analysis", "Enough."), ("final", "Done.")]


async def test_escape_leaves_the_reasoning_as_it_was() -> None:
    async with scripted_app(THOUGHT.format("It is five.", "Five.")) as (app, pilot):
        await submit(pilot, "how many?")
        await shows(pilot, "Five.", "ready")
        await answered(pilot)
        await submit(pilot, "/rethink")
        area = app.chat_screen.prompt.area
        await until(pilot, lambda: area.text == "It is five.")
        await pilot.press("escape")
        await until(pilot, lambda: area.text == "")
        assert said(app)[1] == ("analysis", "It is five.")


async def test_where_there_is_no_reasoning_it_says_so() -> None:
    async with scripted_app(FINAL.format("Five.")) as (_, pilot):
        await pilot.press("ctrl+e")
        await shows(pilot, "Nothing was said here yet.")
        await submit(pilot, "how many?")
        await shows(pilot, "Five.", "ready")
        await pilot.press("ctrl+e")
        await shows(pilot, "has no reasoning that could be changed")


# --- taking back ---------------------------------------------------------------------------------


async def test_the_last_exchange_is_taken_back_and_said_in_another_way() -> None:
    replies = [FINAL.format(text) for text in ("One.", "Two.", "Other.")]
    async with scripted_app(*replies) as (app, pilot):
        for text in ("first", "second"):
            await submit(pilot, text)
            await answered(pilot)
        await shows(pilot, "Two.", "ready")
        await submit(pilot, "/undo")
        area = app.chat_screen.prompt.area
        await until(pilot, lambda: area.text == "second")
        await until(pilot, lambda: "Two." not in screen_text(app))
        assert said(app) == [("user", "first"), ("final", "One.")]
        area.text = "else"
        await pilot.press("enter")
        await shows(pilot, "Other.", "question 2/2")
        await answered(pilot)
        assert said(app)[2:] == [("user", "else"), ("final", "Other.")]
        session = app.engine.session
        assert session is not None
        assert "Two." in [each.text for each in session.messages.values()]


async def test_all_exchanges_can_be_taken_back() -> None:
    async with scripted_app(FINAL.format("One."), FINAL.format("Two.")) as (app, pilot):
        await submit(pilot, "first")
        await answered(pilot)
        await submit(pilot, "/undo")
        await until(pilot, lambda: app.chat_screen.prompt.area.text == "first")
        await shows(pilot, "Talk to a model", "Ctrl+O shows the session with it.")
        await pilot.press("enter")
        await shows(pilot, "Two.")
        await answered(pilot)
        app.chat_screen.prompt.begin("a draft")
        await pilot.pause()
        app.action_command("undo")
        await pilot.pause()
        assert app.chat_screen.prompt.area.text == "a draft"


# --- what the model is told ----------------------------------------------------------------------


async def test_instructions_hold_for_the_conversation() -> None:
    replies = [FINAL.format("Aye."), FINAL.format("Yes.")]
    async with scripted_app(*replies) as (app, pilot):
        await submit(pilot, "/system Speak as a sailor.")
        await shows(pilot, "These instructions hold in this conversation, from the next turn on.")
        await submit(pilot, "/system")
        await shows(pilot, "The model is told: 'Speak as a sailor.'.")
        await submit(pilot, "hello")
        await shows(pilot, "Aye.")
        await answered(pilot)
        session = app.engine.session
        assert session is not None
        told = [each.preamble.instructions for each in session.turns.values()]
        assert told == ["Speak as a sailor."]
        await submit(pilot, "/new")
        await until(pilot, lambda: app.engine.instructions == "")


async def test_thinking_budget_is_the_hyperparameter() -> None:
    async with scripted_app() as (app, pilot):
        await submit(pilot, "/think 40")
        await until(pilot, lambda: app.engine.hyperparameters.thinking_budget == 40)
        await submit(pilot, "/think off")
        await until(pilot, lambda: app.engine.hyperparameters.thinking_budget == 0)


async def test_keys_for_the_reasoning_work_in_the_prompt_box() -> None:
    async with scripted_app(THOUGHT.format("It is five.", "Five.")) as (app, pilot):
        await submit(pilot, "how many?")
        await answered(pilot)
        area = app.chat_screen.prompt.area
        await type_text(pilot, "xy")
        await pilot.press("ctrl+a", "ctrl+e")
        assert (area.text, area.cursor_location) == ("xy", (0, 2))
        await pilot.press("ctrl+u", "ctrl+e")
        await until(pilot, lambda: area.text == "It is five.")
        await pilot.press("ctrl+a", "ctrl+e", "!")
        assert area.text == "It is five.!"
        await pilot.press("escape")
        await until(pilot, lambda: not area.text)
