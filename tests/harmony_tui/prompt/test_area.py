"""The text area alone: a folded paste is one thing, whatever is done to it."""

from __future__ import annotations

import random

import pytest
from textual.app import App, ComposeResult

from harmony_tui.prompt.area import PromptArea
from harmony_tui.prompt.draft import Draft

MARKS = {"[pasted 1: 30 lines]": "one\n" * 30, "[pasted 2: 2,000 characters]": "x" * 2000}
FIRST, SECOND = MARKS
KEYS = [
    *("left", "right", "up", "down", "home", "end", "ctrl+home", "ctrl+end", "ctrl+left"),
    *("ctrl+right", "alt+b", "alt+f", "shift+left", "shift+right", "ctrl+shift+left", "shift+up"),
    *("backspace", "delete", "ctrl+w", "alt+d", "ctrl+k", "ctrl+u", "a", "space", "enter"),
    *("ctrl+underscore", "ctrl+y", "ctrl+x"),
]


class AreaApp(App[None]):
    def __init__(self) -> None:
        super().__init__()
        self.area = PromptArea(lambda _: False)

    def compose(self) -> ComposeResult:
        yield self.area


@pytest.mark.parametrize("seed", range(2))
async def test_a_mark_is_never_cut(seed: int) -> None:
    chance = random.Random(seed)
    app = AreaApp()
    async with app.run_test(size=(30, 12)) as pilot:
        app.area.focus()
        kept = 0
        for _ in range(6):
            app.area.put(
                Draft(f"a {FIRST} b{SECOND}{FIRST}\n{SECOND}", MARKS), chance.randrange(60)
            )
            for _ in range(25):
                key = chance.choice(KEYS)
                await pilot.press(key)
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
