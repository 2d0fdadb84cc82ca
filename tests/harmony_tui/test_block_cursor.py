"""The block that is marked in the conversation, what is done with it, and thoughts in place."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import pytest
from textual.pilot import Pilot

from engine.config.settings import Settings
from engine.events import (
    DecodeProgress,
    MessageClosed,
    MessageOpened,
    Statistics,
    TextDelta,
    ThinkingFinished,
    TurnContinued,
    TurnEnded,
    TurnStarted,
)
from harmony_tui.app import HarmonyApp
from harmony_tui.commands.transcript import ACTIONS
from harmony_tui.panes.conversation import BLOCK_HINTS
from harmony_tui.transcript import BrowsableTranscript
from tests.harmony_tui.kept import keep
from tests.harmony_tui.screen import (
    NARROW,
    answered,
    screen_text,
    scripted_app,
    shows,
    submit,
    until,
)

THOUGHT = "<|channel|>analysis<|message|>{}<|end|><|start|>assistant"
FINAL = "<|channel|>final<|message|>{}<|return|>"
CODE = "Look:\n\n```python\nx = 1\n```"
ANSWERS = (
    THOUGHT.format("I know code.") + FINAL.format(CODE),
    THOUGHT.format("Again.") + FINAL.format("Yes, again."),
)


def transcript_of(app: HarmonyApp) -> BrowsableTranscript:
    return app.chat_screen.conversation.transcript


def hints(app: HarmonyApp) -> str:
    shown = app.chat_screen.conversation._border_subtitle  # without its markup
    return "" if shown is None else shown.plain


async def ask(pilot: Pilot[int], app: HarmonyApp, *questions: str) -> None:
    for question in questions:
        await submit(pilot, question)
        await answered(pilot)
    await shows(pilot, "Yes, again.")


async def click_on(pilot: Pilot[int], app: HarmonyApp, text: str) -> None:
    """Click on a text on the screen."""
    await shows(pilot, text)
    lines = screen_text(app).splitlines()
    row = next(y for y, line in enumerate(lines) if text in line)
    await pilot.click(offset=(lines[row].index(text) + 1, row))


async def test_from_the_prompt_to_a_block_and_back() -> None:
    async with scripted_app(*ANSWERS, size=NARROW) as (app, pilot):
        await ask(pilot, app, "code?", "again?")
        transcript = transcript_of(app)
        await pilot.press("alt+up")
        await until(pilot, lambda: transcript.has_focus)
        assert transcript.read_block() == "Yes, again."
        assert hints(app) == "c copy  Space fold  b fork  r anew  o open  s save  Esc leave"
        await shows(pilot, "c copy  Space fold")
        await pilot.press("k", "k")
        assert transcript.read_block() == "again?"
        assert "e edit" in hints(app)
        await pilot.press("alt+up")
        assert "y code" in hints(app)
        await pilot.press("alt+down")
        assert transcript.read_block() == "again?"
        await click_on(pilot, app, "c copy")
        assert app.clipboard == "again?"
        await click_on(pilot, app, "Esc leave")
        await until(pilot, lambda: app.chat_screen.prompt.area.has_focus)
        assert transcript.cursor is None
        assert hints(app) == ""


async def test_copying_folding_and_asking_again() -> None:
    async with scripted_app(*ANSWERS, FINAL.format("Anew.")) as (app, pilot):
        await ask(pilot, app, "code?", "again?")
        transcript = transcript_of(app)
        await pilot.press("alt+up", "k", "k", "k")
        assert transcript.read_block() == "```python\nx = 1\n```"
        await pilot.press("c")
        assert app.clipboard == "```python\nx = 1\n```"
        await pilot.press("y")
        assert app.clipboard == "x = 1"
        await pilot.press("k", "c")
        assert app.clipboard == CODE
        await pilot.press("r")
        await shows(pilot, "Only the last answer is given anew.")
        await pilot.press("space")
        await shows(pilot, "▸ Look: ```python x = 1 ``` · 5 lines")
        await pilot.press("k", "y")
        await shows(pilot, "There is no code in this message.")
        transcript.put_cursor(5)
        assert transcript.read_block() == "Yes, again."
        await pilot.press("r")
        await shows(pilot, "Anew.", "answered anew below")
        await answered(pilot)
        await pilot.press("b")  # the answer that was replaced
        await shows(pilot, "This is no message of the conversation as it stands.")


async def test_editing_the_words_that_are_marked() -> None:
    async with scripted_app(*ANSWERS, FINAL.format("Other.")) as (app, pilot):
        await ask(pilot, app, "code?", "again?")
        await pilot.press("alt+up", "e")
        await shows(pilot, "Only your own words can be said in another way.")
        transcript_of(app).put_cursor(0)
        await pilot.press("e")
        await until(pilot, lambda: app.chat_screen.prompt.area.text == "code?")
        assert app.chat_screen.prompt.area.has_focus
        app.chat_screen.prompt.begin("other code?")
        await pilot.press("enter")
        await shows(pilot, "Other.")
        assert "again?" not in screen_text(app)


async def test_forking_at_a_block(tmp_path: Path) -> None:
    settings = Settings(sessions_folder=str(tmp_path))
    async with scripted_app(*ANSWERS, settings=settings) as (app, pilot):
        await ask(pilot, app, "code?", "again?")
        first = app.engine.session_file
        transcript_of(app).put_cursor(2)  # the first answer
        transcript_of(app).focus()
        await pilot.press("b")
        await until(pilot, lambda: app.engine.session_file != first)
        await shows(pilot, "This goes on in a session of its own")
        assert app.engine.session is not None
        assert [each.text for each in app.engine.session.path()] == ["code?", "I know code.", CODE]
        assert "again?" not in screen_text(app)


async def test_what_needs_a_block_says_so() -> None:
    async with scripted_app(*ANSWERS) as (app, pilot):
        transcript_of(app).focus()
        await pilot.press("j", "k", "space", "c")  # nothing is there yet
        await shows(pilot, "No block is marked. Alt+↑ marks one.")
        await submit_from_anywhere(pilot, app, "/block dance")
        await shows(pilot, f"is one of: {', '.join(ACTIONS)}.")
        assert list(BLOCK_HINTS.values()) == list(ACTIONS)


async def submit_from_anywhere(pilot: Pilot[int], app: HarmonyApp, text: str) -> None:
    app.chat_screen.prompt.begin(text)
    await pilot.pause()
    await pilot.press("enter")


async def test_saving_a_block(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    async with scripted_app(*ANSWERS, size=(160, 40)) as (app, pilot):
        await ask(pilot, app, "code?", "again?")
        area = app.chat_screen.prompt.area
        app.chat_screen.prompt.begin("my draft")
        await pilot.press("alt+up", "s")
        await shows(pilot, "Save the block as: Enter writes it", "block-1.md")
        await pilot.press("enter")
        await shows(pilot, f"Written to {tmp_path}/block-1.md")
        assert (tmp_path / "block-1.md").read_text() == "Yes, again.\n"
        assert area.text == "my draft"
        # The focus is in the conversation again; a file that is there is left alone.
        await pilot.press("k", "k", "k", "s")
        await shows(pilot, "code-1.py")
        await pilot.press(*["backspace"] * 9, *"block-1.md", "enter")
        await shows(pilot, "block-1.md is there already; name another file.")
        await pilot.press(*["backspace"] * 10, *"code-1.py", "enter")
        await shows(pilot, f"Written to {tmp_path}/code-1.py")
        assert (tmp_path / "code-1.py").read_text() == "x = 1\n"
        await pilot.press("s", "x", "escape")
        assert area.text == "my draft"
        assert sorted(each.name for each in tmp_path.iterdir()) == ["block-1.md", "code-1.py"]
        app.chat_screen.prompt.begin("")
        await submit_from_anywhere(pilot, app, "/block save code-1.py")
        await shows(pilot, "code-1.py is there already")
        await submit_from_anywhere(pilot, app, "/block save no/folder.py")
        await shows(pilot, "Make it, or name another place.")


async def test_a_block_opens_in_another_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program, shown = tmp_path / "viewer", tmp_path / "shown"
    program.write_text('#!/bin/sh\ncp "$2" "$1"\n')
    program.chmod(0o700)
    async with scripted_app(*ANSWERS) as (app, pilot):
        await ask(pilot, app, "code?", "again?")
        for name in ("VISUAL", "EDITOR", "PAGER"):
            monkeypatch.delenv(name, raising=False)
        await pilot.press("alt+up", "o")
        await shows(pilot, "No program is named for it.")
        monkeypatch.setenv("PAGER", str(program))
        await pilot.press("o")  # a test's screen is none that could be given away
        await shows(pilot, "The terminal cannot be given to another program here.")
        monkeypatch.setenv("EDITOR", '"')
        await pilot.press("o")
        await shows(pilot, "EDITOR is '\"', which cannot be read")
        monkeypatch.setenv("EDITOR", f"{program} {shown}")
        monkeypatch.setattr(app, "suspend", nullcontext)
        await pilot.press("o")
        assert shown.read_text() == "Yes, again."
        monkeypatch.setenv("EDITOR", str(tmp_path / "none"))
        await pilot.press("o")
        await shows(pilot, "be run: No such file or directory.")


async def test_what_is_copied_can_do_nothing_to_a_terminal() -> None:
    answer = FINAL.format("\x1b]0;pwned\x07 \x9b31m red")
    async with scripted_app(answer) as (app, pilot):
        await submit(pilot, "escape?")
        await shows(pilot, "pwned")
        await pilot.press("alt+up", "c")
        assert app.clipboard == "␛]0;pwned␇ ⟨9B⟩31m red"


# --- thoughts ---------------------------------------------------------------------------------


def entries(app: HarmonyApp) -> list[str]:
    """Return what the conversation's entries begin with, those that were taken out left out."""
    document = transcript_of(app)._document
    return [
        entry.blocks[0].text if entry.is_folded else entry.source
        for entry in document.entries
        if not entry.is_removed
    ]


async def test_thoughts_stand_folded_above_the_answer_and_open_in_place() -> None:
    async with scripted_app(*ANSWERS) as (app, pilot):
        await ask(pilot, app, "code?", "again?")
        lines = entries(app)
        assert [lines[0], *lines[2:4], lines[5]] == ["code?", CODE, "again?", "Yes, again."]
        assert lines[1].startswith("▸ thought for ")
        assert lines[1].endswith(" tokens")
        document = transcript_of(app)._document
        assert not any(document.entries[each].was_read for each in (1, 4))
        transcript_of(app).put_cursor(1)
        transcript_of(app).focus()
        await pilot.press("enter")
        await shows(pilot, "▾ thought for ")
        assert entries(app)[1] == "I know code."


async def test_thoughts_of_a_session_that_is_resumed(tmp_path: Path) -> None:
    settings = Settings(sessions_folder=str(tmp_path))
    async with scripted_app(*ANSWERS, settings=settings) as (app, pilot):
        await ask(pilot, app, "code?", "again?")
        before, path = entries(app), app.engine.session_file
        assert path is not None
        await pilot.press("ctrl+n")
        await until(pilot, lambda: entries(app) == [])
        app.begin_work(app.resume(path))
        await shows(pilot, "Yes, again.")
        # The clock is another one: that of the model's own figures.
        after = entries(app)
        assert [line.split(" · ")[-1] for line in after] == [
            line.split(" · ")[-1] for line in before
        ]
        assert after[1].startswith("▸ thought for ")


async def test_a_thought_is_timed_marked_and_goes_on() -> None:
    async with scripted_app() as (app, pilot):
        clock = [0.0]
        app.chat_screen.conversation._thoughts._clock = lambda: clock[0]
        hear = app.chat_screen.hear
        hear(TurnStarted("go"))
        hear(DecodeProgress(0, 1.0, 8, 99))
        hear(MessageOpened(0, "assistant", "analysis", None, None))
        hear(TextDelta(0, "analysis", "Hm."))
        assert entries(app) == ["go", "▸ thinking …"]
        clock[0] = 3.2
        hear(ThinkingFinished(8, "person"))
        hear(MessageClosed(0, "assistant", "analysis", None, None, "Hm.", tuple(range(8)), "end"))
        assert entries(app) == ["go", "▸ thought for 3.2 s · 8 tokens · ended by you"]
        hear(TurnContinued(0, "H", 1, 0, 3))
        assert entries(app) == ["go", "▸ thinking …"]
        clock[0] = 10.0
        hear(TextDelta(0, "analysis", "a!"))
        hear(TurnEnded("cancelled", Statistics()))
        assert entries(app)[:2] == ["go", "▸ thought for 10.0 s"]
        hear(TurnContinued(None, "", 0, 0, 0))
        assert entries(app) == ["go"]
        await pilot.pause()


async def test_stamps_of_what_is_said_now_and_of_what_was_said_before(tmp_path: Path) -> None:
    path = keep(tmp_path, "What is 2 + 2?", "It is 4.")
    settings = Settings(sessions_folder=str(tmp_path))
    async with scripted_app(*ANSWERS, settings=settings) as (app, pilot):
        app.begin_work(app.resume(path))
        await shows(pilot, "It is 4.")
        before = screen_text(app)
        transcript_of(app).focus()
        await pilot.press("t")
        await shows(pilot, "2024-11-01 ", "Times and token counts are shown.")
        assert screen_text(app).count("2024-11-01 ") == 2
        app.chat_screen.prompt.area.focus()
        await ask(pilot, app, "code?", "again?")
        assert screen_text(app).count("2024-11-01 ") == 2
        lines = [line for line in screen_text(app).splitlines() if " tokens" in line]
        assert sum("thought" not in line and ":" in line for line in lines) >= 2, screen_text(app)
        await submit(pilot, "/timestamps")
        await until(pilot, lambda: "2024-11-01 " not in screen_text(app))
        assert "What is 2 + 2?" in before
