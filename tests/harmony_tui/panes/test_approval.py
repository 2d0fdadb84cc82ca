"""The dialog that asks about a tool call: what it shows, what can be answered, how."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest
from textual.geometry import Region
from textual.pilot import Pilot

from engine.config.settings import Settings
from engine.events import Event, ToolCallRequested
from engine.tools.apply_patch import FileChange
from engine.tools.apply_patch.comparing import compare
from engine.tools.workspace import Content
from harmony_tui.app import HarmonyApp
from harmony_tui.panes import approval
from harmony_tui.panes.approval import answers_to, offer_answers
from harmony_tui.panes.approval_diff import LARGEST, columns_of, is_small, side_by_side, unified
from tests.harmony_tui.played import PlayedEngine, message, turn
from tests.harmony_tui.screen import screen_text, shows, type_text, until

ALL = ("once", "session", "always", "never")
LINES = [f"line {number}" for number in range(40)]
CODE = "import math\n" + "\n".join(f"print({number})" for number in range(60))


def changed(before: str | None, after: str | None, path: str = "src/a.py") -> FileChange:
    contents = [None if text is None else Content(text.encode()) for text in (before, after)]
    action = "update" if before and after else "add" if after else "delete"
    return FileChange(action, path, *contents)  # type: ignore[arg-type]


def asked(
    arguments: str = '{"expression": "1+1"}',
    recipient: str = "functions.calculator",
    **told: object,
) -> ToolCallRequested:
    options: dict[str, object] = {"place": "this program", "choices": ALL, **told}
    return ToolCallRequested(5, recipient, arguments, "", True, **options)  # type: ignore[arg-type]


# --- what is laid out ----------------------------------------------------------------------------


def test_versions_stand_side_by_side_in_whole() -> None:
    long = "x" * 100
    change = changed("a\tb\nold\nsame\ngone\n", f"a\tb\n{long}\nsame\n")
    columns = columns_of(change, 60)
    lines = list(side_by_side(change, columns))
    assert all(len(line.partition(" │ ")[0]) == columns.half for line in lines)
    assert all(len(line) <= 60 for line in lines)
    assert lines[0].startswith("1   a   b")
    assert lines[1].startswith("2 - old ")
    right = [line.partition(" │ ")[2] for line in lines]
    assert "".join(line[4:] for line in right if " + " in line[:4]) == long
    assert lines[-1].startswith("4 - gone")
    assert right[-1] == ""


def test_what_a_file_holds_cannot_act_on_the_screen() -> None:
    change = changed("a\n", "a\x1b]52;c;aGk=\x07\u2028+ forged\u202e\n")
    shown = "\n".join([*side_by_side(change, columns_of(change, 80)), unified(change)])
    assert not any(ord(character) < 32 and character != "\n" for character in shown)
    assert "\u202e" not in shown
    assert "⏎" in shown


def test_large_files_are_not_compared() -> None:
    assert is_small((changed("a", "b"),))
    assert not is_small((changed("a" * LARGEST, "b"),))


def test_only_answers_that_can_be_kept_are_offered() -> None:
    assert [each.key for each in answers_to(asked())] == ["y", "s", "a", "n", "d"]
    assert [each.key for each in answers_to(asked(choices=("once", "never")))] == ["y", "n", "d"]
    assert [each.key for each in answers_to(asked(choices=("once",)))] == ["y", "n"]


@pytest.mark.parametrize("width", [20, 56, 76, 200])
def test_answers_are_broken_between_words(width: int) -> None:
    lines = offer_answers(asked(), width).plain.split("\n")
    assert all(len(line) <= width for line in lines)
    assert "   ".join(lines) == (
        "y allow once   s this session   a always   n no   d never   t no, because"
    )


# --- the dialog on the screen --------------------------------------------------------------------


class Engine(PlayedEngine):
    """Plays one question and remembers what is answered."""

    answers: list[tuple[object, ...]]

    def answer(self, call: int, *, allowed: bool, reason: str = "", remember: str = "once") -> None:
        self.answers.append((call, allowed, reason, remember))


def playing(*requests: Sequence[Event]) -> HarmonyApp:
    class Playing(Engine):
        turns = requests
        answers = []  # noqa: RUF012

    return HarmonyApp(Settings(), None, Playing)


def question(request: ToolCallRequested) -> list[Event]:
    return turn("Do it.", message(0, "analysis", "I do it."), [request], is_over=False)


async def ask(app: HarmonyApp, pilot: Pilot[int]) -> None:
    await until(pilot, lambda: app.chat_screen.status.activity.model is not None)
    app.engine.send("")
    await shows(pilot, "Allow this call?", "t no, because")
    await until(pilot, lambda: app.chat_screen.approval.has_focus)


async def click_on(app: HarmonyApp, pilot: Pilot[int], words: str) -> None:
    """Click on words of the dialog, when all of it has come to rest."""
    await shows(pilot, words)
    before: list[Region] = []
    while before != (now := [each.region for each in app.chat_screen.approval.children]):
        before = now
        await pilot.pause(0.1)
    lines = screen_text(app).split("\n")
    y = next(number for number, line in enumerate(lines) if words in line)
    await pilot.click(offset=(lines[y].index(words), y))


ANSWERS = [
    ("a", (5, True, "", "always")),
    ("n", (5, False, "", "once")),
    ("d", (5, False, "", "never")),
]


async def test_every_answer_by_key_click_and_with_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(approval, "GRACE_SECONDS", 0)
    app = playing(*[question(asked(reason="a rule"))] * 9)
    answers: list[tuple[object, ...]] = app.engine.answers  # type: ignore[attr-defined]
    try:
        async with app.run_test(size=(60, 20)) as pilot:
            for key, answer in ANSWERS:
                await ask(app, pilot)
                await shows(pilot, "expression: 1+1", "this program", "Asked: a rule.")
                await pilot.press(key)
                await until(pilot, lambda: answers and not app.chat_screen.approval.display)
                assert answers.pop() == answer
                await until(pilot, lambda: app.focused is app.chat_screen.prompt.area)
            await ask(app, pilot)
            await click_on(app, pilot, "this session")
            await until(pilot, lambda: bool(answers))
            assert answers.pop() == (5, True, "", "session")

            await ask(app, pilot)
            await pilot.press("t")
            await type_text(pilot, "yes, no: use UTC ")
            await shows(pilot, "Enter tells the model")
            assert not answers
            await pilot.press("escape")
            await shows(pilot, "t no, because")
            await pilot.press("t")
            await type_text(pilot, "use UTC")
            await pilot.press("enter")
            await until(pilot, lambda: bool(answers))
            assert answers.pop() == (5, False, "use UTC", "once")
            await until(pilot, lambda: app.focused is app.chat_screen.prompt.area)
    finally:
        app.engine.close()


async def test_what_is_long_scrolls_and_opens_in_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(approval, "GRACE_SECONDS", 0)
    patch = asked(
        "*** Begin Patch",
        "functions.apply_patch",
        changes=(
            changed("\n".join(LINES), "\n".join(["new first", *LINES[1:], "new last"])),
            changed(None, "# New\n", "README.md"),
        ),
    )
    app = playing(question(asked(CODE, "python")), question(patch))
    try:
        async with app.run_test(size=(80, 24)) as pilot:
            await ask(app, pilot)
            await shows(pilot, "import math", "O in full")
            assert "print(59)" not in screen_text(app)
            assert app.chat_screen.conversation.region.height >= 5
            await pilot.press("end")
            await shows(pilot, "print(59)")
            await pilot.press("home", "pagedown", "up", "down", "o")
            await shows(pilot, "O as before", "print(10)")
            assert not app.chat_screen.area.is_on_screen
            await pilot.press("n")
            await until(pilot, lambda: app.chat_screen.area.is_on_screen)

            await ask(app, pilot)  # unified
            await shows(pilot, "changed: src/a.py  +2 −1", "-line 0", "+new first")
            await pilot.resize_terminal(140, 40)
            await shows(pilot, "1 - line 0", "│  1 + new first", "new file: README.md  +1 −0")
            await pilot.resize_terminal(60, 20)
            await shows(pilot, "+new first")
    finally:
        app.engine.close()


async def test_keys_that_were_under_way_answer_no_question(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(approval, "GRACE_SECONDS", 3600)
    app = playing(question(asked()))
    try:
        async with app.run_test(size=(80, 24)) as pilot:
            await ask(app, pilot)
            await type_text(pilot, "yes, do it too")
            await click_on(app, pilot, "allow once")
            await until(pilot, lambda: app.chat_screen.prompt.area.text == "yes, do it too")
            assert "Allow this call?" in screen_text(app)
            assert app.engine.answers == []  # type: ignore[attr-defined]
    finally:
        app.engine.close()


def test_rows_of_the_engine_are_all_shown() -> None:
    rows = compare(LINES, LINES[5:])
    change = changed("\n".join(LINES), "\n".join(LINES[5:]))
    shown = list(side_by_side(change, columns_of(change, 100)))
    assert len(shown) == len(rows)
    assert json.dumps(shown).count(" - line") == 5
