"""The pane of tool calls as a person uses it, under a flood, and with hostile texts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from textual.pilot import Pilot

from engine.config.settings import Settings
from engine.events import (
    Event,
    ToolCallFinished,
    ToolCallRequested,
    ToolCallStarted,
    ToolOutput,
    TurnStarted,
)
from harmony_tui.app import HarmonyApp
from harmony_tui.mailbox import LONGEST_OUTPUT
from harmony_tui.panes.tools import ToolsPane
from harmony_tui.panes.trace_calls import MOST_LIVE
from harmony_tui.panes.trace_card import LIVE_LINES, LONGEST_LINE
from harmony_tui.transcript.document import Document
from tests.harmony_tui.played import PlayedEngine
from tests.harmony_tui.screen import (
    answered,
    screen_text,
    scripted_app,
    shows,
    submit,
    type_text,
    until,
)

PNG = b"\x89PNG\r\n\x1a\n"


def call(number: int, recipient: str, arguments: str, output: str, **told: object) -> list[Event]:
    seconds, figures = told.get("seconds", 0.5), told.get("figures", ())
    return [
        ToolCallRequested(number, recipient, arguments, "", False, place="this program"),
        ToolCallStarted(number, "approval auto"),
        ToolCallFinished(number, "done", output, seconds, 9, figures),  # type: ignore[arg-type]
    ]


async def hear(app: HarmonyApp, pilot: Pilot[int], *parts: list[Event]) -> ToolsPane:
    """Have the screen hear events as if the engine had told them."""
    for part in parts:
        for event in part:
            app.engine._turns.put(event)
    await until(pilot, lambda: not len(app.engine._turns))
    await pilot.pause()
    pane = app.chat_screen.side["tools"]
    assert isinstance(pane, ToolsPane)
    return pane


def playing() -> HarmonyApp:
    return HarmonyApp(Settings(), None, PlayedEngine)


async def test_calls_are_gone_about_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    figure = tmp_path / "figure-1.png"
    figure.write_bytes(PNG)
    code = "\n".join(f"print({number})" for number in range(80))
    app = playing()
    opened: list[str] = []
    monkeypatch.setattr(app, "open_url", opened.append)
    try:
        async with app.run_test(size=(80, 24)) as pilot:
            await until(pilot, lambda: app.chat_screen.status.activity.model is not None)
            turns: list[Event] = []
            for number in range(200):
                turns += [TurnStarted(f"question {number}")]
                turns += call(0, "functions.clock", "{}", f"it is {number}")
                turns += call(1, "browser.search", '{"query": "circles"}', "found it", seconds=1.5)
            pane = await hear(app, pilot, turns)
            await hear(app, pilot, call(2, "python", code, code, figures=(str(figure),)))
            assert len(list(app.screen.walk_children())) < 60

            await pilot.press("f3")
            await shows(pilot, "figure-1.png", "401 calls · 2.5 s", "browser.search  ", "1.5 s")
            await pilot.press("k", "c")
            await shows(pilot, "C output", "Copied the output: 80 lines.")
            assert app.clipboard == code
            await pilot.press("f")
            await until(pilot, lambda: opened == [figure.as_uri()])
            figure.unlink()
            figure.symlink_to("/etc/passwd")
            await pilot.press("f")
            await shows(pilot, "cannot be opened")
            assert len(opened) == 1
            await pilot.press("space")
            await shows(pilot, "▸ ✓ python  0.5 s · 9 tokens")

            await pilot.press("enter")  # in full
            await shows(pilot, "─ ✓ python", "allowed: approval auto")
            await pilot.press("slash")
            await type_text(pilot, "(79)")
            await shows(pilot, "1 of 2")
            await pilot.press("enter", "n")
            await shows(pilot, "2 of 2", "print(79)")
            await pilot.press("escape", "a", "s")
            assert app.clipboard == code
            await pilot.press("enter")
            await until(pilot, (tmp_path / "output-1.txt").exists)
            assert (tmp_path / "output-1.txt").read_text() == code + "\n"
            await pilot.press("escape")

            await until(pilot, lambda: app.screen is app.chat_screen)
            await pilot.press("escape")  # off the card
            pane.view.focus()
            await pilot.press("slash")
            await type_text(pilot, "clock 17")
            await until(pilot, lambda: pane.view.count == 12)
            await shows(pilot, "it is 179", "12 of 401 calls")
            await pilot.resize_terminal(60, 20)
            await shows(pilot, "it is 179")
            await pilot.press("escape")
            await until(pilot, lambda: pane.view.count == 401)
            await pilot.resize_terminal(200, 60)
            await shows(pilot, "401 calls · 2.5 s", "█")
            assert pane.timeline.display
            await pilot.press("t")
            await until(pilot, lambda: not pane.timeline.display)
    finally:
        app.engine.close()


async def test_a_flood_costs_no_more_than_a_trickle(monkeypatch: pytest.MonkeyPatch) -> None:
    """100 MB of output: what the screen reads for it is bounded, and so is what it keeps."""
    read: list[int] = []
    reopen = Document.reopen

    def counted(self: Document, index: int, text: str) -> None:
        read.append(len(text))
        reopen(self, index, text)

    monkeypatch.setattr(Document, "reopen", counted)
    chunk, chunks, pauses = "0123456789abcde\n" * 4096, 1600, 20
    app = playing()
    try:
        async with app.run_test(size=(80, 24)) as pilot:
            await until(pilot, lambda: app.chat_screen.status.activity.model is not None)
            await pilot.press("f3")
            pane = await hear(
                app,
                pilot,
                [TurnStarted("flood")],
                [ToolCallRequested(0, "python", "flood()", "", False), ToolCallStarted(0)],
            )
            heard: list[int] = []
            hear_event = pane.hear

            def listen(event: Event) -> None:
                if isinstance(event, ToolOutput):
                    heard.append(len(event.text))
                hear_event(event)

            monkeypatch.setattr(pane, "hear", listen)
            read.clear()
            for pause in range(pauses):
                for _ in range(chunks // pauses):
                    app.engine._turns.put(ToolOutput(0, chunk))
                assert len(app.engine._turns) <= 1, "what waits is joined"
                if pause == 10:
                    await shows(pilot, "⠿ python  running")
                await pilot.pause()
            await hear(app, pilot, [ToolOutput(0, "the very end\n")])
            await shows(pilot, "the very end", "characters so far")
            (shown,) = pane.trace.running
            assert 0 < len(heard) <= pauses + 1
            assert max(heard) <= LONGEST_OUTPUT
            assert len(shown.live) <= 2 * MOST_LIVE
            assert 0 < len(read) <= len(heard) + 1
            assert max(read) <= (LIVE_LINES + 4) * LONGEST_LINE
            await hear(app, pilot, [ToolCallFinished(0, "done", "kept", 1.0)])
            await shows(pilot, "✓ python", "kept")
    finally:
        app.engine.close()


HOSTILE = [
    "\x1b]52;c;aGVsbG8=\x07",  # the clipboard
    "\x1b]0;title\x07\x1b]2;title\x1b\\",
    "\x1b[2J\x1b[H\x1b[31mred\x1b[0m",  # movement and colours
    "\x1b]8;;http://evil.example\x1b\\click\x1b]8;;\x1b\\",  # a link to elsewhere
    "\x1b]1337;File=inline=1:AAAA\x07\x1b_Ga=T;AAAA\x1b\\",  # pictures
    "\x1bP+q544e\x1b\\\x1b[6n\x1b[c\x05",  # questions that the terminal would answer
    "\x9b31m\x9d0;title\x9c\x90q\x9c",  # the same with characters of eight bits
    "a\rb\x08\x08c\x7f\x00\x0e\x0f",
    "\u202eexe.txt\u2066\u2069\u061c",
    "\ud800\udfff",
    "[@click=app.quit]quit[/] [bold]x[/bold]",  # markup of the toolkit
    "$muted on $error",
]
ACTING = {*range(32), *range(0x7F, 0xA0), 0x61C, *range(0x202A, 0x202F), *range(0x2066, 0x206A)}


def assert_harmless(shown: str) -> None:
    """See that nothing that is shown can act on a terminal, or cannot be written to one."""
    assert not {ord(character) for character in shown} & (ACTING - {ord("\n")})
    assert not any("\ud800" <= character <= "\udfff" for character in shown)


async def test_no_text_of_a_call_acts_on_the_terminal() -> None:
    app = playing()
    try:
        async with app.run_test(size=(80, 24)) as pilot:
            await until(pilot, lambda: app.chat_screen.status.activity.model is not None)
            await pilot.press("f3")
            for text in (*HOSTILE, "".join(HOSTILE)):
                events = call(0, "", text, f"{text} here", figures=(f"/tmp/{text}.png",))
                events[0] = ToolCallRequested(
                    0, f"python.{text}", text, text, False, place=f"at {text}"
                )
                events[1] = ToolCallStarted(0, text)
                pane = await hear(app, pilot, [TurnStarted(text)], events)
                await until(pilot, lambda pane=pane: pane.trace.calls[-1].is_over)  # type: ignore[misc]
                pane.view.go_to(pane.trace.calls[-1])
                await pilot.pause()
                assert_harmless(screen_text(app))
            await pilot.press("c", "enter")
            await until(pilot, lambda: app.screen is not app.chat_screen)
            await shows(pilot, "─ ✓ python.")
            assert_harmless(screen_text(app))
            assert "aGVsbG8=" in app.clipboard
            assert_harmless(app.clipboard)
    finally:
        app.engine.close()


CALL = (
    "<|channel|>commentary to=functions.calculator <|constrain|>json<|message|>"
    '{"expression":"127+386"}<|call|>'
)
ANSWER = "<|channel|>final<|message|>127 + 386 = 513.<|return|>"


async def test_a_sessions_calls_are_exported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with scripted_app(CALL, ANSWER) as (_, pilot):
        await submit(pilot, "/trace export")
        await shows(pilot, "Nothing was said here yet.")
        await submit(pilot, "/trace open")
        await shows(pilot, "There is no tool call here yet.")
        await submit(pilot, "What is 127 + 386?")
        await shows(pilot, "127 + 386 = 513.")
        await answered(pilot)
        await submit(pilot, "/trace export calls.jsonl")
        await until(pilot, (tmp_path / "calls.jsonl").exists)
        (told,) = map(json.loads, (tmp_path / "calls.jsonl").read_text().splitlines())
        assert told["recipient"] == "functions.calculator"
        assert json.loads(told["arguments"]) == {"expression": "127+386"}
        assert (told["output"], told["outcome"], told["number"]) == ("513", "done", 1)
        assert told["question"] == "What is 127 + 386?"
        assert told["time"].endswith("+00:00")
        await submit(pilot, "/trace export calls.md")
        await until(pilot, (tmp_path / "calls.md").exists)
        text = (tmp_path / "calls.md").read_text()
        assert "## What is 127 + 386?\n\n### 1. calculator\n\ndone · " in text
        assert "```text\nexpression: 127+386\n```\n\n```text\n513\n```" in text
        await submit(pilot, "/trace export calls.md")
        await shows(pilot, "is there already; name another file.")
        await submit(pilot, "/trace export calls.txt")
        await shows(pilot, "The name's ending says the format: .jsonl, .md.")
        await submit(pilot, "/trace dance")
        await shows(pilot, "What to do with tool calls is one of:")
