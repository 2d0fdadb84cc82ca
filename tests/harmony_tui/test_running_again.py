"""A tool call that the person makes once more, for themselves alone."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from engine.config.settings import Settings
from harmony_tui.app import HarmonyApp
from harmony_tui.panes import approval
from harmony_tui.panes.tools import ToolsPane
from harmony_tui.panes.trace_calls import AGAIN
from tests.harmony_tui.screen import NARROW, answered, says, scripted_app, shows, submit, until

COUNT = (
    "<|channel|>analysis to=python code<|message|>n = globals().get('n', 0) + 1\nn<|call|>",
    "<|channel|>final<|message|>Counted.<|return|>",
)
AFTER = "<|channel|>final<|message|>After it.<|return|>"


def pane_of(app: HarmonyApp) -> ToolsPane:
    pane = app.chat_screen.side["tools"]
    assert isinstance(pane, ToolsPane)
    return pane


async def ask_again(app: HarmonyApp, pilot: Pilot[int]) -> None:
    """Mark the first call and have it run again; wait for the question."""
    pane = pane_of(app)
    pane.view.focus()
    pane.view.go_to(pane.trace.calls[0])
    await pilot.press("r")
    await shows(pilot, "Allow this call again? The model does not read what it gives.")


async def test_a_call_is_run_again_for_the_person_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(approval, "GRACE_SECONDS", 0.0)
    async with scripted_app(*COUNT, AFTER, size=NARROW, settings=Settings()) as (app, pilot):
        await submit(pilot, "/trace rerun")
        await shows(pilot, "There is no tool call here yet.")
        await submit(pilot, "count")
        await shows(pilot, "Allow this call?")
        await pilot.press("y")
        await says(pilot, "→  1", "Counted.")
        await answered(pilot)
        session = app.engine.session
        assert session is not None
        said = len(session.messages)

        await pilot.press("f3")
        await ask_again(app, pilot)
        await pilot.press("y")
        await shows(pilot, "python ran again, for you alone.")
        first, second = pane_of(app).trace.calls
        assert (first.output, second.output) == ("1", "2")
        assert (second.state, second.allowed_by, second.remark) == ("done", "you", AGAIN)
        assert pane_of(app).trace.turn_calls == [first]

        # It is declined, and stopped, as any; what is entered meanwhile waits for its end.
        await ask_again(app, pilot)
        await pilot.press("n")
        await until(pilot, lambda: pane_of(app).trace.calls[-1].state == "declined")
        await ask_again(app, pilot)
        app.chat_screen.prompt.area.focus()
        await submit(pilot, "go on")
        await until(pilot, lambda: app.outbox.queue.waiting)
        assert len(app.engine.session.messages) == said  # type: ignore[union-attr]
        await pilot.press("escape")
        await says(pilot, "After it.")
        await answered(pilot)
        calls = pane_of(app).trace.calls
        assert [call.state for call in calls] == ["done", "done", "declined", "declined"]
        await submit(pilot, "/trace rerun")
        await shows(pilot, "Allow this call again?")
        app.chat_screen.prompt.area.focus()
        await submit(pilot, "/new")
        await until(pilot, lambda: not pane_of(app).trace.calls)
        assert not app.chat_screen.approval.display
        assert not app.engine.is_answering
