from __future__ import annotations

import random

import pyte
from pyte.screens import Char
from textual._compositor import Compositor
from textual.geometry import Region

from harmony_tui.app import HarmonyApp
from harmony_tui.compositing import SparingCompositor
from tests.harmony_tui.screen import answered, scripted_app, shows, submit

WHOLE = Region(0, 0, 100, 30)
REPLY = (
    "<|channel|>analysis<|message|>It is simple.<|end|><|start|>assistant<|channel|>final"
    "<|message|># A heading\n\nSome *words*, a list:\n\n- one\n- two\n\n```py\nx = 1\n```<|return|>"
)


def picture(app: HarmonyApp, drawing: type[Compositor], changed: set[Region]) -> list[Char]:
    """Return the cells of an empty terminal on which a change was drawn."""
    compositor = app.chat_screen._compositor
    compositor._dirty_regions = set(changed)
    update = drawing.render_partial_update(compositor)
    assert update is not None
    terminal = pyte.Screen(WHOLE.width, WHOLE.height)
    pyte.Stream(terminal).feed(update.render_segments(app.console))
    return [terminal.buffer[y][x] for y in WHOLE.line_range for x in WHOLE.column_range]


def lines_asked(compositor: Compositor, changed: set[Region]) -> int:
    """Return how many lines widgets are asked for where something has changed."""
    compositor._changed = frozenset(changed)  # type: ignore[attr-defined]
    return sum(len(strips) for _, _, strips in compositor._get_renders(WHOLE))


async def test_a_change_looks_as_textual_draws_it_and_few_lines_are_asked_for() -> None:
    dice = random.Random(0)

    def some_region() -> Region:
        x, y = dice.randrange(WHOLE.width), dice.randrange(WHOLE.height)
        return Region(x, y, dice.randint(1, 60), dice.randint(1, 12)).intersection(WHOLE)

    async with scripted_app(REPLY, size=WHOLE.size) as (app, pilot):
        await submit(pilot, "Go")
        await answered(pilot)
        app.notify("Something lies above the panes.")
        await pilot.pause()
        for count in range(40):
            changed = {some_region() for _ in range(1 + count % 4)}
            assert picture(app, SparingCompositor, changed) == picture(app, Compositor, changed)
        app.chat_screen.conversation.show_below("12 tokens")
        await shows(pilot, "12 tokens")
        # As at every frame of an answer: the line that is written, and the spinner far below it.
        transcript, status = app.chat_screen.conversation.transcript, app.chat_screen.status
        frame = {Region(*transcript.region.offset, transcript.region.width, 1), status.region}
        compositor = app.chat_screen._compositor
        assert lines_asked(compositor, frame) < lines_asked(compositor, set()) / 3
