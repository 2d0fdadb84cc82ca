"""The search within the conversation."""

from __future__ import annotations

from tests.harmony_tui.screen import (
    NARROW,
    answered,
    scripted_app,
    shows,
    submit,
    type_text,
    until,
)

FINAL = "<|channel|>final<|message|>{}<|return|>"
ANSWERS = (FINAL.format("A needle.\n\nWords.\n\n" * 20), FINAL.format("No such thing: a Needle."))


async def test_searching_while_typing_and_going_from_hit_to_hit() -> None:
    async with scripted_app(*ANSWERS, size=NARROW) as (app, pilot):
        for question in ("one?", "two?"):
            await submit(pilot, question)
            await answered(pilot)
        await shows(pilot, "a Needle.")
        pane = app.chat_screen.conversation
        pane.transcript.focus()
        await pilot.press("slash")
        await until(pilot, lambda: pane.search_box.has_focus)
        await type_text(pilot, "needle")
        await shows(pilot, "21 of 21  ↓ next  ↑ before  Esc clears")
        await pilot.press("up", "up")
        await shows(pilot, "19 of 21")
        await pilot.press("enter")
        await shows(pilot, "19 of 21  n next  N before  Esc clears")
        assert not pane.search_box.display
        assert pane.transcript.has_focus
        await pilot.press("n", "n", "n")
        await shows(pilot, "1 of 21")
        await pilot.press("N")
        await shows(pilot, "21 of 21")
        await pilot.press("escape")
        await until(pilot, lambda: app.chat_screen.prompt.area.has_focus)
        assert pane.transcript.searched == ""
        assert str(pane.border_subtitle) == ""


async def test_searching_by_a_command_and_with_upper_case() -> None:
    async with scripted_app(*ANSWERS) as (app, pilot):
        for question in ("one?", "two?"):
            await submit(pilot, question)
            await answered(pilot)
        await submit(pilot, "/find Needle")
        await shows(pilot, "1 of 1  n next")
        app.chat_screen.prompt.area.focus()
        await shows(pilot, "1 of 1  next  before  clear ─")  # by clicks alone, from here
        await submit(pilot, "/find nowhere")
        await shows(pilot, "nothing found  Esc clears")
        app.chat_screen.prompt.area.focus()
        await submit(pilot, "/find")
        pane = app.chat_screen.conversation
        await until(pilot, lambda: pane.search_box.has_focus)
        await pilot.press("escape")
        await until(pilot, lambda: app.chat_screen.prompt.area.has_focus)
        assert pane.transcript.searched == ""
        assert app.is_running
