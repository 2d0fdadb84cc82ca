"""The commands about tools, in conversations in which the real tools are called."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from engine.config.locations import config_file, permissions_file
from engine.config.settings import Settings
from engine.tools.sandbox import probe
from harmony_tui.status import SANDBOXES
from tests.harmony_tui.screen import (
    NARROW,
    answered,
    says,
    screen_text,
    scripted_app,
    shows,
    submit,
    until,
)

FINAL = "<|channel|>final<|message|>{}<|return|>"
PATCH = "*** Begin Patch\n*** Update File: a.txt\n@@\n-one\n+two\n*** End Patch\n"


def python(code: str) -> str:
    return f"<|channel|>analysis to=python code<|message|>{code}<|call|>"


def browse(function: str, **arguments: object) -> str:
    given = json.dumps(arguments)
    return f"<|channel|>analysis to=browser.{function} code<|message|>{given}<|call|>"


def patch(text: str) -> str:
    given = json.dumps({"input": text})
    header = "<|channel|>commentary to=functions.apply_patch <|constrain|>json<|message|>"
    return f"{header}{given}<|call|>"


async def test_tools_are_called_listed_switched_off_and_what_they_did_is_taken_back(
    tmp_path: Path,
) -> None:
    file = tmp_path / "a.txt"
    file.write_text("one\n")
    replies = (
        *(python("x = 6"), python("x * 7"), patch(PATCH), FINAL.format("Patched.")),
        *(browse("search", query="sandbox"), browse("open", id=0)),
        FINAL.format("It is kept in【1†L2-L4】.\n"),
        *(python("x"), FINAL.format("Forgotten.")),
        FINAL.format("Without."),
    )
    settings = Settings(approval="auto", workspace=str(tmp_path))
    async with scripted_app(*replies, settings=settings) as (app, pilot):
        await submit(pilot, "patch it")
        await says(pilot, "→  42", "Patched.")
        await answered(pilot)
        level = probe().level
        assert f"auto · {SANDBOXES.get(level, level)} · net off" in screen_text(app)
        assert file.read_text() == "two\n"
        await submit(pilot, "/revert")
        await shows(pilot, "Taken back: a.txt.")
        assert file.read_text() == "one\n"
        # What an answer cites is a number, listed below it, and opened by it.
        await submit(pilot, "what is the sandbox?")
        await says(pilot, "It is kept in[1].", "**Sources**\n\n1. [", "](local://help/")
        await answered(pilot)
        await submit(pilot, "/copy")
        await until(pilot, lambda: "It is kept in[1]." in app.clipboard)
        assert "(local://help/" in app.clipboard
        await submit(pilot, "/source 2")
        await shows(pilot, "There is no source '2'; they are numbered 1 to 1.")
        await submit(pilot, "/source 1")
        await shows(pilot, "─ Manual ─")
        await pilot.press("escape")
        # Python begins anew where that is asked for.
        await submit(pilot, "/python reset")
        await shows(pilot, "all variables are forgotten")
        await submit(pilot, "and now?")
        await says(pilot, "python  x  →  Traceback", "Forgotten.")
        await answered(pilot)
        # What is switched off is not offered any more, and the list says so.
        await submit(pilot, "/tools python off")
        await shows(pilot, "The model may not call python, from the next turn on.")
        await submit(pilot, "/workspace off")
        await submit(pilot, "/network on")
        await until(pilot, lambda: "net on" in screen_text(app))
        toolbox = app.engine.tools.toolbox
        assert toolbox is not None
        assert toolbox.network_is_on
        await submit(pilot, "hello")
        await says(pilot, "Without.")
        await answered(pilot)
        assert toolbox.workspace is None
        offered = {tool.recipient for tool in toolbox.registry}
        assert offered == {
            *("functions.calculator", "functions.clock"),
            *("browser.search", "browser.open", "browser.find"),
        }
        await submit(pilot, "/tools")
        await says(pilot, "| `python` | off |", "| `clock` | on · this program |", "no workspace")
        await submit(pilot, "/keep tools")
        await until(pilot, lambda: config_file().exists())
        assert 'tools = "calculator clock browser read_file' in config_file().read_text()
        await submit(pilot, "/tools on")
        await shows(pilot, "The model may call tools, from the next turn on.")
        assert app.settings.tools is None
        assert app_choices(app)[:2] == ["on", "off"]
        assert "python off" in app_choices(app)
        await submit(pilot, "/tools restart github")
        await shows(pilot, "There is no MCP server 'github'. There are: none; they are declared")
        # The manual is read with what its pages leave open filled in.
        opened = toolbox.registry.find("browser.open").call('{"id": "local://help/keys.md"}')
        assert "│" in opened or "| F1 |" in opened
        assert "{keys}" not in opened
        # A new conversation has nothing of what the one before has cited.
        await submit(pilot, "/new")
        await submit(pilot, "/source")
        await shows(pilot, "No answer here has cited anything yet.")


def app_choices(app) -> list[str]:  # type: ignore[no-untyped-def]
    from harmony_tui.commands.tools import tool_choices

    return list(tool_choices(app))


async def test_rules_are_shown_and_edited(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = permissions_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text('[[rule]]\ntool = "python"\ndecision = "always"\n')
    for name in ("VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)
    try:
        async with scripted_app(size=NARROW) as (app, pilot):
            await submit(pilot, "/approve rules")
            await says(pilot, 'tool = "python"')
            # The screen of a test cannot be given away; the rules are shown then as well.
            monkeypatch.setenv("EDITOR", sys.executable)
            await submit(pilot, "/approve read-only")
            await shows(pilot, "read-only · net off")
            app.chat_screen.conversation.start_conversation()
            await submit(pilot, "/approve rules")
            await says(pilot, 'decision = "always"')
    finally:
        path.unlink()
