from __future__ import annotations

from typing import Any

import pytest

from harmony_tui.transcript import BrowsableTranscript, SelectingTranscript
from harmony_tui.transcript.view import GUTTER
from tests.harmony_tui.transcript.markdown_texts import well_formed
from tests.harmony_tui.transcript.stage import Stage, shown, tell

ANSWER = "Look:\n\n```py\nx = 1\ny = 2\n```\n\n- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |"


class Browsing(Stage):
    """Shows a transcript in which one can go about."""

    def __init__(self) -> None:
        super().__init__()
        self.browsed: BrowsableTranscript = BrowsableTranscript()
        self.transcript = self.browsed
        self.left = 0

    def on_browsable_transcript_left(self) -> None:
        self.left += 1


class Selecting(Browsing):
    """Shows one in which blocks can be selected as well."""

    def __init__(self) -> None:
        super().__init__()
        self.transcript = self.browsed = SelectingTranscript()


def fill(app: Browsing, messages: int) -> None:
    for index in range(messages):
        tell(app.transcript, "user", f"Question {index}?")
        tell(app.transcript, "final", f"Answer {index}.\n\n{well_formed(index)}")


def marked(app: Browsing) -> list[str]:
    """The lines that the cursor's bar stands before."""
    return [line[GUTTER:] for line in shown(app) if line.startswith(" █ ")]


async def test_the_cursor_walks_over_messages_and_what_is_in_them() -> None:
    app = Browsing()
    async with app.run_test(size=(60, 30)) as pilot:
        tell(app.transcript, "user", "How?")
        tell(app.transcript, "final", ANSWER)
        tell(app.transcript, "user", "Thanks.")
        await pilot.pause()
        assert app.browsed.cursor is None
        assert marked(app) == []
        blocks = []
        for _ in range(7):
            await pilot.press("k")
            blocks.append(app.browsed.read_block())
        assert blocks == [
            "Thanks.",
            "| a | b |\n|---|---|\n| 1 | 2 |",
            "- one\n- two",
            "```py\nx = 1\ny = 2\n```",
            ANSWER,
            "How?",
            "How?",
        ]
        await pilot.press("j", "j")
        await pilot.pause()
        assert marked(app) == [" py", " x = 1", " y = 2"]
        assert app.browsed.read_code() == ("py", "x = 1\ny = 2")
        await pilot.press("j")
        await pilot.pause()
        assert marked(app) == [" • one", " • two"]
        assert app.browsed.read_code() == ("py", "x = 1\ny = 2")  # the nearest one
        await pilot.press("escape")
        await pilot.pause()
        assert app.browsed.cursor is None
        assert marked(app) == []
        assert app.left == 1


async def test_blocks_are_selected_with_the_keyboard() -> None:
    app = Selecting()
    async with app.run_test(size=(60, 30)) as pilot:
        for kind, text in (("user", "How?"), ("final", ANSWER), ("user", "Thanks.")):
            tell(app.transcript, kind, text)  # type: ignore[arg-type]
        await pilot.pause()

        async def selected(*keys: str) -> str:
            await pilot.press(*keys)
            assert app.screen.get_selected_text() == (app.browsed.read_block() or None)
            return app.browsed.read_block()

        assert await selected("K") == "Thanks."
        assert (await selected("K")).startswith("Look:\n")  # the whole message
        assert (await selected("shift+up")).startswith("How?\n\nLook:")
        assert (await selected("shift+down")).endswith("Thanks.")
        assert not app.browsed.is_on_code
        await pilot.press("j")  # a cursor that moves selects nothing
        assert app.screen.get_selected_text() is None
        assert app.browsed.read_block() == "```py\nx = 1\ny = 2\n```"
        assert await selected("J") == "x = 1\ny = 2"
        both = await selected("J")
        assert (both[:11], both[-5:]) == ("x = 1\ny = 2", "• two")
        await pilot.press("escape")
        assert app.screen.get_selected_text() is None
        assert app.browsed.read_block() == ""


@pytest.mark.parametrize("size", [(60, 12), (120, 40)])
async def test_the_cursor_stays_in_view_and_reads_only_what_it_passes(
    size: tuple[int, int],
) -> None:
    app = Browsing()
    async with app.run_test(size=size) as pilot:
        fill(app, 300)
        await pilot.pause()
        for step in ("k",) * 25 + ("j",) * 10:
            await pilot.press(step)
            await pilot.pause()
            assert marked(app)
        assert not any(entry.was_read for entry in app.transcript._document.entries[:400])


async def test_the_cursor_follows_an_answer_that_grows_and_survives_what_is_taken_out() -> None:
    app = Browsing()
    async with app.run_test(size=(60, 12)) as pilot:
        fill(app, 3)
        entry = app.transcript.begin("final")
        app.transcript.append(entry, "Begun.\n\n```py\nx = 0\n")
        await pilot.pause()
        await pilot.press("k", "j")
        await pilot.pause()
        assert app.browsed.read_block() == "```py\nx = 0"
        for index in range(1, 40):
            app.transcript.append(entry, f"x = {index}\n\n")
            await pilot.pause()
        assert marked(app)
        assert app.browsed.read_block().endswith("x = 39")
        app.transcript.take_out(entry)
        await pilot.pause()
        assert app.browsed.cursor is None
        assert marked(app) == []
        await pilot.press("k")
        assert app.browsed.cursor == entry - 1
        app.transcript.clear()
        await pilot.pause()
        assert app.browsed.cursor is None
        await pilot.press("j", "k", "space", "n")


async def test_space_folds_and_opens_a_message_and_a_part_of_it() -> None:
    app = Browsing()
    async with app.run_test(size=(60, 30)) as pilot:
        tell(app.transcript, "user", "How?")
        answer = tell(app.transcript, "final", ANSWER)
        tell(app.transcript, "user", "Thanks.")
        await pilot.pause()
        whole = shown(app)
        app.browsed.put_cursor(answer)
        await pilot.press("space")
        await pilot.pause()
        assert len([line for line in shown(app) if line]) == 3
        assert marked(app)[0].startswith("▸ Look: ```py x = 1 y = 2 ```")
        assert app.browsed.read_block() == ANSWER
        await pilot.press("enter", "j", "space")
        await pilot.pause()
        assert marked(app) == ["▸ py · 2 lines"]
        assert app.browsed.read_code() == ("py", "x = 1\ny = 2")
        await pilot.press("space", "escape")
        await pilot.pause()
        assert shown(app) == whole


async def test_a_long_fence_folds_to_one_line_and_the_lines_stay_true() -> None:
    app = Browsing()
    async with app.run_test(size=(60, 20)) as pilot:
        code = "\n".join(f"line {number}\n" for number in range(100))
        answer = tell(app.transcript, "final", f"Above.\n\n```\n{code}```\n\nBelow.")
        await pilot.pause()
        app.browsed.put_cursor(answer)
        await pilot.press("j", "space")
        await pilot.pause()
        lines = ["Above.", "", "▸ code · 199 lines", "", "Below."]
        assert [line[GUTTER:] for line in shown(app)[:5]] == lines
        assert app.transcript._document.height == 5
        assert app.transcript.max_scroll_y == 0


async def test_an_entry_with_a_summary_is_opened_by_a_click_and_costs_nothing_before() -> None:
    app = Browsing()
    async with app.run_test(size=(60, 20)) as pilot:
        tell(app.transcript, "user", "How?")
        thought = app.transcript.begin("analysis", summary="thinking …")
        await pilot.pause()
        assert "▸ thinking …" in shown(app)[2]
        app.transcript.append(thought, "I *think*.")
        assert not app.transcript._changed  # nothing to lay out
        app.transcript.summarise(thought, "thought for 2.0 s · 4 tokens")
        app.transcript.finish(thought)
        await pilot.pause()
        assert not app.transcript._document.entries[thought].was_read
        assert "I think." not in "\n".join(shown(app))
        assert app.transcript.get_selection(app_selection()) == ("How?", "\n")
        await pilot.click(app.transcript, offset=(GUTTER + 3, 2))
        await pilot.pause()
        assert [line[GUTTER:] for line in shown(app)[2:4]] == [
            "▾ thought for 2.0 s · 4 tokens",
            "I think.",
        ]
        await pilot.click(app.transcript, offset=(GUTTER + 3, 2))
        await pilot.pause()
        assert "▸ thought for 2.0 s · 4 tokens" in shown(app)[2]


def app_selection() -> Any:
    from textual.selection import Selection

    return Selection(None, None)


async def test_a_click_marks_a_block_and_a_drag_does_not() -> None:
    app = Browsing()
    async with app.run_test(size=(60, 30)) as pilot:
        tell(app.transcript, "final", ANSWER)
        await pilot.pause()
        row = next(y for y, line in enumerate(shown(app)) if "• two" in line)
        await pilot.mouse_down(app.transcript, offset=(GUTTER + 1, 0))
        await pilot.hover(app.transcript, offset=(GUTTER + 3, row))
        await pilot.mouse_up(app.transcript, offset=(GUTTER + 3, row))
        await pilot.pause()
        assert app.browsed.cursor is None
        await pilot.click(app.transcript, offset=(GUTTER + 3, row))
        await pilot.pause()
        assert marked(app) == [" • one", " • two"]


# Searching.


def highlighted(app: Browsing) -> list[tuple[str, bool]]:
    """What is highlighted, and whether it is the hit that one is at."""
    looks = {app.browsed._style(name): name == "hit-here" for name in ("hit", "hit-here")}
    colours = {style.bgcolor: here for style, here in looks.items()}
    return [
        (segment.text, colours[segment.style.bgcolor])
        for y in range(app.transcript.size.height)
        for segment in app.transcript.render_line(y)
        if segment.style and segment.style.bgcolor in colours
    ]


async def test_a_search_shows_all_hits_in_view_and_goes_from_one_to_the_next() -> None:
    app = Browsing()
    async with app.run_test(size=(60, 14)) as pilot:
        fill(app, 100)
        tell(app.transcript, "final", "A needle, **Needle** and a needle.")
        fill(app, 100)
        tell(app.transcript, "user", "No needle")
        await pilot.pause()
        app.browsed.search("needle")
        await pilot.pause()
        assert app.browsed.hit_number == (4, 4)  # the last one, as the text follows the end
        assert highlighted(app) == [("needle", True)]
        await pilot.press("n")
        await pilot.pause()
        assert app.browsed.hit_number == (1, 4)
        assert highlighted(app) == [("needle", True), ("Needle", False), ("needle", False)]
        await pilot.press("n")
        await pilot.pause()
        assert highlighted(app) == [("needle", False), ("Needle", True), ("needle", False)]
        await pilot.press("N", "N")
        await pilot.pause()
        assert app.browsed.hit_number == (4, 4)
        await pilot.press("k")  # the cursor begins where the search is
        assert app.browsed.read_block() == "No needle"
        await pilot.press("escape")
        await pilot.pause()
        assert highlighted(app) == []
        assert app.browsed.searched == ""
        assert app.browsed.cursor is not None
        assert app.left == 0
        app.browsed.search("nowhere to be found")
        assert app.browsed.hit_number == (0, 0)
        app.browsed.search("  ")
        assert app.browsed.searched == ""


async def test_a_hit_opens_what_it_is_folded_in_and_new_text_is_found() -> None:
    app = Browsing()
    async with app.run_test(size=(60, 14)) as pilot:
        thought = app.transcript.begin("analysis", summary="thought")
        app.transcript.append(thought, "A needle.")
        app.transcript.finish(thought)
        answer = tell(app.transcript, "final", ANSWER)
        await pilot.pause()
        app.browsed.put_cursor(answer)
        await pilot.press("j", "space")
        app.browsed.search("y = 2")
        await pilot.pause()
        assert highlighted(app) == [("y = ", True), ("2", True)]
        app.browsed.search("needle")
        await pilot.pause()
        assert highlighted(app) == [("needle", True)]
        tell(app.transcript, "final", "Another needle.")
        await pilot.press("n")
        await pilot.pause()
        assert app.browsed.hit_number == (2, 2)


# Stamps.


async def test_stamps_stand_above_messages_and_move_no_line() -> None:
    app = Browsing()
    async with app.run_test(size=(60, 20)) as pilot:
        tell(app.transcript, "user", "How?")
        tell(app.transcript, "final", "So.")
        await pilot.pause()
        before = [line[:20].rstrip() for line in shown(app)]
        asked: list[int] = []

        def stamp(entry: int) -> str:
            asked.append(entry)
            return f"at {entry}"

        app.browsed.stamp = stamp
        lines = shown(app)
        assert [line[:20].rstrip() for line in lines] == before
        assert [line.endswith("at 0") for line in lines[:2]] == [True, False]
        assert lines[1].endswith("at 1")
        assert set(asked) == {0, 1}
