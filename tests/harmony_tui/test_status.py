"""The status line: what keeps tool calls in stands there whatever else is told."""

from __future__ import annotations

import pytest
from textual.geometry import Size

from harmony_tui.guard import Guard
from harmony_tui.status import StatusLine, describe_guard
from tests.harmony_tui.played import MODEL

LONGEST = Guard("read-only", "none", network=True)
SAID = "read-only · no sandbox · net on"


@pytest.mark.parametrize(
    ("guard", "said"),
    [
        (Guard(), "ask · net off"),
        (Guard("auto", "bubblewrap"), "auto · bwrap · net off"),
        (Guard("always", "landlock", network=True), "always · landlock · net on"),
        (LONGEST, SAID),
    ],
)
def test_guard_is_said_in_a_word_each(guard: Guard, said: str) -> None:
    assert describe_guard(guard).plain == said


@pytest.mark.parametrize("width", [60, 80, 140])
@pytest.mark.parametrize("state", ["ready", "reading 12,345/67,890, 20 s left"])
def test_guard_and_model_are_there_however_little_room_there_is(width: int, state: str) -> None:
    class Line(StatusLine):
        content_size = Size(width, 1)

    line = Line(lambda: LONGEST)
    line.activity.model = MODEL
    line.activity.state, line.activity.is_busy = state, False
    shown = line.render().plain
    assert len(shown) == width
    assert shown.startswith("demo ")
    assert f" {SAID}  {state[:10]}" in shown
    assert ("…" in shown) == (width == 60 and len(state) > 10)
    assert line.has_room("Copied.") == ("…" not in shown)
    assert not line.has_room("x" * (width - len(SAID)))


def test_memory_is_told_where_there_is_room() -> None:
    taken = 0

    class Line(StatusLine):
        content_size = Size(80, 1)

    def shown(context: int, width: int) -> str:
        line.content_size = Size(width, 1)  # type: ignore[misc]
        line.activity.context_used = context
        return line.render().plain

    line = Line(memory=lambda: taken)
    line.activity.model, line.activity.state = MODEL, "ready"
    assert " · CPU " in shown(0, 100)
    assert "B ·" not in shown(0, 100)
    taken = 1_234_000_000
    assert "demo · context 0/8,192 · 1.2 GB · CPU " in shown(0, 100)
    assert "demo · context 0/8,192 · 1.2 GB " in shown(0, 80)
    assert "GB" not in shown(7_000, 60)
    taken = 98_765_432
    assert " · 99 MB " in shown(0, 80)
