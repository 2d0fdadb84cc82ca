from __future__ import annotations

import random
from typing import Any

import pytest
from rich.cells import cell_len
from textual.geometry import Offset
from textual.pilot import Pilot
from textual.selection import Selection

from harmony_tui.transcript import Transcript
from harmony_tui.transcript.view import GUTTER
from tests.harmony_tui.transcript.markdown_texts import well_formed
from tests.harmony_tui.transcript.stage import Stage, shown, tell

MARK = "↓ new text below"


def fill(transcript: Transcript, messages: int = 60) -> None:
    for index in range(messages):
        tell(transcript, "user", f"Question {index}?")
        tell(transcript, "final", f"Answer {index}.\n\n{well_formed(index)}")


async def test_kinds_and_titles_and_marks() -> None:
    app = Stage()
    async with app.run_test(size=(60, 24)) as pilot:
        tell(app.transcript, "user", "What is *12*7*?")
        tell(app.transcript, "analysis", "I *think*.", "turn 1")
        call = tell(app.transcript, "tool", '{"a": "*b*"}', "calculator")
        app.transcript.mark(call, "84")
        answer = app.transcript.begin("final")
        await pilot.pause()
        assert " ▌ …" in shown(app)  # begun, nothing said yet
        app.transcript.append(answer, "It is **84**.")
        app.transcript.mark(answer, "stopped")
        app.transcript.finish(answer)
        await pilot.pause()
        assert [line for line in shown(app) if line] == [
            " ▌ What is *12*7*?",
            " ▌ turn 1",
            " ▌ I think.",
            " ▌ calculator",
            ' ▌ {"a": "*b*"}',
            " ▌ ↳ 84",
            " ▌ It is 84.",
            " ▌ ↳ stopped",
        ]
        assert shown(app)[1] == ""  # one empty line between messages
        assert app.transcript.source(answer) == "It is **84**."
        with pytest.raises(ValueError, match="no kind"):
            app.transcript.begin("shout")  # type: ignore[arg-type]


async def test_placeholder_until_the_first_entry_and_after_clear() -> None:
    app = Stage("Ask something")
    async with app.run_test(size=(60, 10)) as pilot:
        assert any("Ask something" in line for line in shown(app))
        tell(app.transcript, "user", "Hello")
        await pilot.pause()
        assert not any("Ask something" in line for line in shown(app))
        app.transcript.clear()
        app.transcript.placeholder = "Ask again"
        await pilot.pause()
        assert any("Ask again" in line for line in shown(app))
        assert app.transcript.max_scroll_y == 0


async def test_entries_added_before_there_is_a_screen_are_shown() -> None:
    app = Stage()
    tell(app.transcript, "user", "Early")
    async with app.run_test(size=(60, 10)) as pilot:
        await pilot.pause()
        assert shown(app)[0] == " ▌ Early"


async def test_follows_the_end_while_text_streams() -> None:
    app = Stage()
    async with app.run_test(size=(60, 12)) as pilot:
        fill(app.transcript, 5)
        entry = app.transcript.begin("final")
        for index in range(80):
            app.transcript.append(entry, f"Line {index} of the answer.\n\n")
            await pilot.pause()
            assert app.transcript.is_following
            assert app.transcript.scroll_y == app.transcript.max_scroll_y
            assert any(f"Line {index} of" in line for line in shown(app))
            assert not any(MARK in line for line in shown(app))


@pytest.mark.parametrize("way", ["pageup", "up", "wheel", "home"])
@pytest.mark.parametrize("back", ["end", "click", "pagedown"])
async def test_reading_above_is_not_disturbed_by_new_text(way: str, back: str) -> None:
    app = Stage()
    async with app.run_test(size=(60, 12)) as pilot:
        fill(app.transcript, 2)
        entry = app.transcript.begin("final")
        app.transcript.append(entry, "Begun. ")
        await pilot.pause()
        await scroll_away(pilot, way)
        assert not app.transcript.is_following
        before = shown(app)
        assert MARK not in before[-1]  # nothing new yet
        for index in range(30):
            app.transcript.append(entry, f"Line {index}.\n\n")
            await pilot.pause()
        assert shown(app)[:-1] == before[:-1]
        assert MARK in shown(app)[-1]
        if back == "click":
            await pilot.click(app.transcript, offset=(60 - 8, 11))
        else:
            await press_until_followed(pilot, back)
        await pilot.pause()
        assert app.transcript.is_following
        assert not any(MARK in line for line in shown(app))
        assert any("Line 29." in line for line in shown(app))


async def test_the_mark_of_new_text_covers_no_words_and_no_line_is_passed_over() -> None:
    app = Stage()
    async with app.run_test(size=(60, 12)) as pilot:
        entry = app.transcript.begin("final")
        app.transcript.append(entry, "```\n" + "".join(f"{n:02} {'x' * 50}\n" for n in range(60)))
        await pilot.pause()
        await scroll_away(pilot, "home")
        app.transcript.append(entry, "end\n")
        await pilot.pause()
        above = shown(app)
        assert above[-1].strip() == MARK
        await pilot.press("pagedown")
        await pilot.pause()
        numbers = [line.split()[1] for line in (*above[:-1], *shown(app)[:-1])]
        assert numbers == [f"{n:02}" for n in range(22)]


async def test_what_changes_without_new_text_is_no_news() -> None:
    app = Stage()
    async with app.run_test(size=(60, 12)) as pilot:
        thought = app.transcript.begin("analysis", summary="thinking …")
        fill(app.transcript, 2)
        await pilot.pause()
        await scroll_away(pilot, "home")
        app.transcript.summarise(thought, "thought for 2 s")
        await pilot.pause()
        assert any("thought for 2 s" in line for line in shown(app))
        assert not any(MARK in line for line in shown(app))


async def press_until_followed(pilot: Pilot[None], key: str) -> None:
    for _ in range(60):
        await pilot.press(key)
        if pilot.app.query_one(Transcript).is_following:
            break


async def scroll_away(pilot: Pilot[None], way: str) -> None:
    if way == "wheel":
        transcript: Any = pilot.app.query_one(Transcript)
        for _ in range(3):
            transcript.scroll_relative(y=-3)
    else:
        await pilot.press(way)
    await pilot.pause()


async def test_scrolling_up_over_lines_never_seen_does_not_jump() -> None:
    app = Stage()
    async with app.run_test(size=(50, 20)) as pilot:
        fill(app.transcript)
        await pilot.pause()
        for _ in range(30):
            before = shown(app)
            await pilot.press("up")
            await pilot.pause()
            assert shown(app)[1:] == before[:-1]
        for _ in range(8):
            before = shown(app)
            await pilot.press("pageup")
            await pilot.pause()
            after = shown(app)
            moved = next(n for n in range(1, 21) if after[n:] == before[: 20 - n])
            assert moved >= 18
        await pilot.press("home")
        await pilot.pause()
        assert shown(app)[0] == " ▌ Question 0?"
        for _ in range(30):
            before = shown(app)
            await pilot.press("down")
            await pilot.pause()
            assert shown(app)[:-1] == before[1:]


async def test_all_lines_are_those_of_a_transcript_drawn_at_once() -> None:
    # However one came to a line, it is the same line.
    app = Stage()
    async with app.run_test(size=(50, 20)) as pilot:
        fill(app.transcript, 4)
        await pilot.pause()
        dice = random.Random(2)
        for _ in range(20):
            app.transcript.scroll_to(y=dice.randint(0, int(app.transcript.max_scroll_y)))
            await pilot.pause()
        await pilot.press("home")
        lines: list[str] = []
        while not app.transcript.is_following:
            lines += shown(app)[:5]
            app.transcript.scroll_relative(y=5)
            await pilot.pause()
        document = app.transcript._document
        lines = lines[: document.height - 20] + shown(app)
        assert len(lines) == document.height
        expected: list[str] = []
        for index, entry in enumerate(document.entries):
            expected += [""] * (index > 0)
            for number in range(len(entry.blocks)):
                expected += [strip.text.rstrip() for strip in app.transcript._draw(index, number)]
        assert lines == expected


@pytest.mark.parametrize("away", [False, True])
async def test_resize_keeps_the_place(away: bool) -> None:
    app = Stage()
    async with app.run_test(size=(100, 30)) as pilot:
        fill(app.transcript)
        await pilot.pause()
        if away:
            for _ in range(9):
                await pilot.press("pageup")
        await pilot.pause()
        words = shown(app)[0].split()[:2] if away else []
        for size in ((60, 20), (200, 50), (20, 5), (81, 24), (100, 30)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert app.transcript.is_following != away
            lines = shown(app)
            assert all(cell_len(line) <= size[0] for line in lines)
            assert app.transcript.scroll_y <= app.transcript.max_scroll_y
            if not away:
                assert app.transcript.scroll_y == app.transcript.max_scroll_y
                assert any(lines)
        if away:
            assert shown(app)[0].split()[:2] == words


async def test_text_is_never_wider_than_can_be_read() -> None:
    app = Stage()
    async with app.run_test(size=(220, 20)) as pilot:
        tell(app.transcript, "final", "word " * 200)
        await pilot.pause()
        assert 90 < max(map(cell_len, shown(app))) <= 100 + GUTTER


async def test_a_change_of_theme_changes_the_colours_and_nothing_else() -> None:
    app = Stage()
    async with app.run_test(size=(60, 20)) as pilot:
        fill(app.transcript, 3)
        await pilot.pause()
        before, looks = shown(app), styles(app)
        app.theme = "harmony-light"
        await pilot.pause()
        assert shown(app) == before
        assert all(old != new for old, new in zip(looks, styles(app), strict=True))
        app.theme = "harmony-dark"
        await pilot.pause()
        assert styles(app) == looks


def styles(app: Stage) -> list[tuple[Any, Any]]:
    lines = [app.transcript.render_line(y) for y in range(20)]
    looks = [segment.style for line in lines for segment in line if segment.style]
    return [(look.color, look.bgcolor) for look in looks]


async def test_wide_characters_keep_to_their_columns() -> None:
    app = Stage()
    async with app.run_test(size=(40, 20)) as pilot:
        text = "日本語のテキスト😀 " * 12
        tell(app.transcript, "final", f"{text}\n\n| {text} | b |\n|---|---|\n| a | 👩‍👩‍👧 |\n")
        tell(app.transcript, "user", text)
        await pilot.pause()
        for y in range(20):
            strip = app.transcript.render_line(y)
            assert cell_len(strip.text) == strip.cell_length == app.transcript.size.width


# Selection.


async def test_dragging_selects_text_across_blocks() -> None:
    app = Stage()
    async with app.run_test(size=(60, 20)) as pilot:
        tell(app.transcript, "user", "First question")
        tell(
            app.transcript, "final", "One **bold** line.\n\n- item\n\n```py\nif x:\n    y = 1\n```"
        )
        await pilot.pause()
        lines = shown(app)
        start = (GUTTER + 6, 0)
        end = (GUTTER + 9, next(y for y, line in enumerate(lines) if "y = 1" in line))
        await pilot.mouse_down(app.transcript, offset=start)
        await pilot.hover(app.transcript, offset=end)
        await pilot.mouse_up(app.transcript, offset=end)
        await pilot.pause()
        selected = app.screen.get_selected_text()
        assert selected == "question\n\nOne bold line.\n\n • item\n\nif x:\n    y = 1"
        highlighted = [
            y
            for y in range(20)
            if any(
                segment.style and segment.style.bgcolor == selection_colour(app)
                for segment in app.transcript.render_line(y)
            )
        ]
        assert highlighted
        assert highlighted[0] == 0
        assert highlighted[-1] == end[1]


def selection_colour(app: Stage) -> Any:
    return app.screen.get_component_rich_style("screen--selection").bgcolor


async def test_a_selection_stays_on_its_text_while_text_comes_and_lines_move() -> None:
    app = Stage()
    async with app.run_test(size=(60, 12)) as pilot:
        fill(app.transcript)
        entry = tell(app.transcript, "final", "Keep **this** selected.")
        await pilot.pause()
        y = next(y for y, line in enumerate(shown(app)) if "selected" in line)
        await pilot.mouse_down(app.transcript, offset=(GUTTER + 5, y))
        await pilot.hover(app.transcript, offset=(GUTTER + 8, y))
        await pilot.mouse_up(app.transcript, offset=(GUTTER + 8, y))
        assert app.screen.get_selected_text() == "this"
        tell(app.transcript, "final", "More.\n\n" * 30)
        await pilot.press("home")
        await pilot.pause()
        assert app.screen.get_selected_text() == "this"
        app.transcript.clear()
        await pilot.pause()
        assert not app.screen.get_selected_text()
        assert entry == 120


async def test_wrapped_lines_are_copied_as_one() -> None:
    app = Stage()
    async with app.run_test(size=(30, 20)) as pilot:
        prose = "A paragraph of several words that wraps."
        code = "value = compute(1234567890, 'a  b') + rest"
        tell(app.transcript, "final", f"{prose}\n\n```py\n{code}\n```\n\n- {prose}")
        await pilot.pause()
        everything = Selection(Offset(0, 0), Offset(0, 1 << 60))
        copied = app.transcript.get_selection(everything)
        assert copied == (f"{prose}\n\n{code}\n\n • {prose}", "\n")
        whole = app.transcript.get_selection(Selection(None, None))
        assert whole is not None
        assert whole[0].startswith(f"{prose}\n\n```py")  # all of it: as it was written


async def test_a_double_click_selects_a_block() -> None:
    app = Stage()
    async with app.run_test(size=(60, 20)) as pilot:
        tell(app.transcript, "final", "First.\n\nSecond **one**, here.\n\nThird.")
        await pilot.pause()
        await pilot.double_click(app.transcript, offset=(GUTTER + 2, 2))
        await pilot.pause()
        assert app.screen.get_selected_text() == "Second one, here."


async def test_a_click_on_a_link_tells_where_it_leads() -> None:
    app = Stage()
    async with app.run_test(size=(60, 20)) as pilot:
        tell(app.transcript, "final", "See [docs](https://example.org/a) and https://b.org/c.")
        await pilot.pause()
        await pilot.click(app.transcript, offset=(GUTTER + 5, 0))
        await pilot.click(app.transcript, offset=(GUTTER + 40, 0))
        await pilot.click(app.transcript, offset=(GUTTER + 1, 0))
        await pilot.pause()
        assert app.links == ["https://example.org/a", "https://b.org/c"]


async def test_only_what_is_near_the_view_is_read_and_drawn() -> None:
    app = Stage()
    async with app.run_test(size=(80, 24)) as pilot:
        fill(app.transcript, 500)
        await pilot.pause()
        document = app.transcript._document
        read = [index for index, entry in enumerate(document.entries) if entry.was_read]
        assert read
        assert min(read) > 950
        await pilot.press("home")
        await pilot.pause()
        assert not any(entry.was_read for entry in document.entries[100:900])
        assert len(app.transcript._drawn) < 300


async def test_an_entry_that_goes_on_loses_its_marks_and_keeps_its_place() -> None:
    app = Stage()
    async with app.run_test(size=(60, 20)) as pilot:
        entry = tell(app.transcript, "analysis", "First line\n\nsecond li\ufffd", "A title")
        app.transcript.mark(entry, "stopped")
        tell(app.transcript, "notice", "A notice.")
        await pilot.pause()
        app.transcript.reopen(entry, "First line\n\nsecond li")
        app.transcript.append(entry, "ne\n\nthird line")
        await pilot.pause()
        assert [line.strip(" ▌") for line in shown(app) if line.strip(" ▌")] == [
            "A title",
            "First line",
            "second line",
            "third line",
            "A notice.",
        ]
