"""The text area alone: a folded paste is one thing, whatever is done to it."""

from __future__ import annotations

import random

import pytest
from textual.app import App, ComposeResult
from textual.events import Key

from harmony_tui.prompt.area import PromptArea
from harmony_tui.prompt.dictation import Dictation
from harmony_tui.prompt.draft import CONTROL, Draft
from harmony_tui.prompt.vim_text import PromptText
from tests.harmony_tui.resting import rest

MARKS = {"[pasted 1: 30 lines]": "one\n" * 30, "[pasted 2: 2,000 characters]": "x" * 2000}
FIRST, SECOND = MARKS
KEYS = [
    *("left", "right", "up", "down", "home", "end", "ctrl+home", "ctrl+end", "ctrl+left"),
    *("ctrl+right", "alt+b", "alt+f", "shift+left", "shift+right", "ctrl+shift+left", "shift+up"),
    *("backspace", "delete", "ctrl+w", "alt+d", "ctrl+k", "ctrl+u", "a", "space", "enter"),
    *("ctrl+underscore", "ctrl+y", "ctrl+x"),
]


class AreaApp(App[None]):
    CSS = "PromptArea { height: auto; max-height: 5; }"

    def __init__(self) -> None:
        super().__init__()
        self.area = PromptArea(lambda _: False)

    def compose(self) -> ComposeResult:
        yield self.area


async def press(app: AreaApp, key: str) -> None:
    """Press a key as ``Pilot.press`` does, which waits longer than there is something to do."""
    assert app._driver is not None
    event = Key(key, {"space": " ", "enter": "\r"}.get(key, key if len(key) == 1 else None))
    event.set_sender(app)
    app._driver.send_message(event)
    await rest(app)


@pytest.mark.parametrize("seed", range(2))
async def test_a_mark_is_never_cut(seed: int) -> None:
    chance = random.Random(seed)
    app = AreaApp()
    async with app.run_test(size=(30, 12)):
        app.area.focus()
        kept = 0
        for _ in range(6):
            app.area.put(
                Draft(f"a {FIRST} b{SECOND}{FIRST}\n{SECOND}", MARKS), chance.randrange(60)
            )
            for _ in range(25):
                key = chance.choice(KEYS)
                await press(app, key)
                left = app.area.text.replace(FIRST, "").replace(SECOND, "")
                assert set(left) <= set("ab \n"), key
                kept += len(app.area.text) - len(left)
        assert kept > 0


async def test_a_mark_moves_and_goes_as_one_character() -> None:
    app = AreaApp()
    async with app.run_test() as pilot:
        area = app.area
        area.focus()
        area.put(Draft(f"a{FIRST}b", MARKS))
        await pilot.press("left", "left")
        assert area.cursor_location == (0, 1)
        await pilot.press("right")
        assert area.cursor_location == (0, 1 + len(FIRST))
        await pilot.press("shift+left")
        assert area.selected_text == FIRST
        await pilot.press("shift+right")
        assert area.selected_text == ""
        await pilot.press("backspace")
        assert area.text == "ab"
        await pilot.press("ctrl+underscore", "home", "right", "delete")
        assert area.text == "ab"
        await pilot.press("ctrl+underscore")
        await pilot.click(area, offset=(8, 0))
        assert area.cursor_location[1] in (1, 1 + len(FIRST))


async def test_a_mark_is_unfolded_where_the_cursor_is_on_it() -> None:
    app = AreaApp()
    async with app.run_test() as pilot:
        area = app.area
        area.focus()
        area.put(Draft(f"{FIRST}{SECOND}", MARKS))
        assert not area.unfold_here()
        await pilot.press("left")
        assert area.unfold_here()
        assert area.text == FIRST + MARKS[SECOND]
        assert area.draft.pastes == {FIRST: MARKS[FIRST]}
        area.move_cursor((0, 0))
        assert area.unfold_here()
        assert area.text == MARKS[FIRST] + MARKS[SECOND]


async def test_another_paste_under_the_same_mark_is_not_mixed_up() -> None:
    app = AreaApp()
    async with app.run_test() as pilot:
        area = app.area
        area.focus()
        area.put(Draft(f"mine {FIRST}", MARKS))
        area.put(Draft(f"old {FIRST}", {FIRST: "two\n" * 30}))
        assert area.draft.unfold() == "old " + "two\n" * 30
        await pilot.press("ctrl+underscore", "ctrl+underscore")
        assert "mine" not in area.text


async def test_undoing_several_lines_leaves_the_cursor_in_the_text() -> None:
    app = AreaApp()
    async with app.run_test(size=(30, 12)) as pilot:
        area = app.area
        area.focus()
        for _ in range(2):
            area.paste("line\n" * 9)
            await pilot.pause()
        await pilot.press("ctrl+underscore", "ctrl+underscore")
        assert area.text == ""
        await pilot.press("ctrl+y", "ctrl+y")
        assert area.text == "line\n" * 18
        area.put(Draft(FIRST, MARKS), 0)
        assert area.unfold_here()
        await pilot.pause()
        await pilot.press("ctrl+z")
        assert area.text == FIRST


async def test_whatever_is_undone_and_done_again_is_as_it_was() -> None:
    chance = random.Random(1)
    app = AreaApp()
    async with app.run_test(size=(30, 12)) as pilot:
        area = app.area
        area.focus()
        for _ in range(40):
            match chance.randrange(6):
                case 0:
                    area.paste("some words\n" * chance.randrange(1, 9))
                case 1:
                    area.put(Draft("a\n" * chance.randrange(12)), chance.randrange(4))
                case 2:
                    area.replace("x\ny\n", (0, 0), area.document.end)
                case 3:
                    area.action_delete_to_start_of_line()
                case _:
                    for _ in range(chance.randrange(5)):
                        chance.choice(
                            [area.action_undo, area.action_redo, area.action_select_all]
                        )()
            row, column = area.cursor_location
            assert row < area.document.line_count
            assert column <= len(area.document[row])
            await pilot.pause()


HOSTILE = "a\x1b]2;PWNED\x07b\x1b[2Jc\x9b1mw\r\nd\te\ud800\u2028f"
CLEAN = "a]2;PWNEDb[2Jc1mw\nd\te\nf"


async def test_nothing_that_stands_here_is_an_escape_sequence() -> None:
    app = AreaApp()
    async with app.run_test(size=(80, 12)) as pilot:
        area = app.area

        def is_drawn_clean() -> bool:
            drawn = "".join(area.render_line(row).text for row in range(5))
            return not CONTROL.search(drawn)

        area.put(Draft(HOSTILE), len(HOSTILE))
        assert area.text == CLEAN
        assert area.cursor_location == area.document.end
        assert is_drawn_clean()
        area.text = HOSTILE
        assert area.text == CLEAN
        area.empty()
        area.insert(HOSTILE)
        assert area.text == CLEAN
        area.put(Draft(FIRST, {FIRST: HOSTILE}), 0)
        assert area.unfold_here()
        assert area.text == CLEAN
        Dictation(area).show(HOSTILE)
        PromptText(area).replace(0, 0, HOSTILE)
        area.put(Draft.from_json({"text": HOSTILE}))
        await pilot.pause()
        assert area.text == CLEAN
        assert is_drawn_clean()
        area.action_undo()
        area.action_redo()
        assert is_drawn_clean()
