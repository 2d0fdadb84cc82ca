"""What the status line says of the engine's events."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.events import (
    DecodeProgress,
    Event,
    LoadFailed,
    LoadProgress,
    MessageOpened,
    ModelLoaded,
    PrefillProgress,
    Statistics,
    ToolCallFinished,
    ToolCallRequested,
    ToolCallStarted,
    TurnContinued,
    TurnEnded,
    TurnStarted,
    Waiting,
)
from harmony_tui.activity import Activity
from tests.harmony_tui.played import MODEL

CALL = ToolCallRequested(0, "functions.calculator", "{}", "", needs_approval=False)
STEPS: list[tuple[Event, str]] = [
    (LoadProgress("weights", 0.4), "loading 40 %"),
    (ModelLoaded(MODEL), "ready"),
    (TurnStarted("hello"), "reading"),
    (PrefillProgress(120, 3000, 0, 100.0), "reading 120/3,000"),
    (PrefillProgress(400, 3000, 0, 100.0, 26.0), "reading 400/3,000, 26 s left"),
    (PrefillProgress(500, 9000, 0, 50.0, 170.0), "reading 500/9,000, 3 min left"),
    (PrefillProgress(2990, 3000, 0, 100.0, 0.1), "reading 2,990/3,000"),
    (TurnContinued(None, ""), "reading"),
    (DecodeProgress(3, 50.0, 123, 8192), "writing"),
    (MessageOpened(0, "assistant", "analysis", None, None), "thinking"),
    (DecodeProgress(9, 50.0, 129, 8192), "thinking"),
    (
        MessageOpened(1, "assistant", "commentary", "functions.calculator", "json"),
        "calling calculator",
    ),
    (replace(CALL, needs_approval=True), "allow calculator?"),
    (ToolCallStarted(0), "running calculator"),
    (ToolCallFinished(0, "done", "4", 0.1), "reading"),
    (MessageOpened(2, "assistant", "final", None, None), "answering"),
    (TurnEnded("stop", Statistics()), "ready"),
]


def test_states_follow_the_events() -> None:
    activity = Activity()
    assert (activity.state, activity.is_busy) == ("starting", True)
    for event, state in STEPS:
        activity.hear(event)
        assert activity.state == state
        assert activity.is_busy == (state != "ready")


@pytest.mark.parametrize(
    ("finish", "state"),
    [("stop", "ready"), ("length", "cut short"), ("cancelled", "stopped"), ("error", "failed")],
)
def test_ends_of_a_turn(finish: str, state: str) -> None:
    activity = Activity()
    activity.hear(TurnEnded(finish, Statistics()))  # type: ignore[arg-type]
    assert (activity.state, activity.is_busy) == (state, False)


def test_a_model_that_fails_to_load_leaves_the_one_before() -> None:
    activity = Activity()
    activity.hear(LoadFailed("no"))
    assert activity.state == "no model"
    activity.hear(ModelLoaded(MODEL))
    activity.hear(LoadFailed("no"))
    assert (activity.state, activity.model) == ("ready", MODEL)
    activity.hear(LoadFailed("no", is_unloaded=True))
    assert (activity.state, activity.is_busy, activity.model) == ("no model", False, None)


def test_a_turn_that_waits_for_others_says_so_until_it_is_read() -> None:
    activity = Activity()
    activity.hear(TurnStarted("hello"))
    activity.hear(Waiting())
    assert (activity.state, activity.is_busy) == ("waiting", True)
    activity.hear(PrefillProgress(1, 20, 0, 5.0))
    assert activity.state == "reading 1/20"


def test_figures() -> None:
    activity = Activity()
    activity.hear(DecodeProgress(10, 50.0, 300, 8192))
    assert (activity.tokens_per_second, activity.context_used) == (50.0, 300)
    ended = Statistics(sampled_tokens=100, decode_seconds=4.0, context_used=400)
    activity.hear(TurnEnded("stop", ended))
    assert (activity.tokens_per_second, activity.context_used) == (25.0, 400)
    activity.hear(TurnEnded("cancelled", Statistics()))
    assert activity.context_used == 400
    assert activity.accepted_share == 0.0
    activity.hear(TurnEnded("stop", replace(ended, drafted_tokens=8, accepted_tokens=6)))
    assert activity.accepted_share == 0.75
    activity.hear(TurnStarted("and now?"))
    assert activity.accepted_share == 0.0
    activity.start_conversation()
    assert (activity.tokens_per_second, activity.context_used) == (0.0, 0)
