"""What the system's own program copies, and where none is asked."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from harmony_tui.clipboard import copy_by_program, find_program
from harmony_tui.transcript.view import GUTTER
from tests.harmony_tui.screen import NARROW, answered, screen_text, scripted_app, shows, submit

WAYLAND = {"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}


def add_program(folder: Path, name: str, script: str = "exit 0") -> None:
    program = folder / name
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)


@pytest.mark.parametrize(
    ("programs", "environment", "found"),
    [
        (("pbcopy",), {}, "pbcopy"),
        (("wl-copy", "xclip"), WAYLAND, "wl-copy"),
        (("xclip", "xsel"), WAYLAND, "xclip"),
        (("xsel", "wl-copy"), {"DISPLAY": ":0"}, "xsel"),
        (("clip.exe",), {"WSL_DISTRO_NAME": "Ubuntu"}, "clip.exe"),
        (("wl-copy", "xclip", "xsel", "clip.exe"), {}, ""),
        ((), WAYLAND, ""),
        (("pbcopy", "wl-copy"), {**WAYLAND, "SSH_CONNECTION": "10.0.0.1 22 10.0.0.2 22"}, ""),
    ],
)
def test_the_program_that_fits_is_found(
    tmp_path: Path, programs: tuple[str, ...], environment: dict[str, str], found: str
) -> None:
    for name in programs:
        add_program(tmp_path, name)
    assert "".join(find_program({**environment, "PATH": str(tmp_path)})[:1]) == found


def test_it_is_given_the_text_and_its_failure_breaks_nothing(tmp_path: Path) -> None:
    copied = tmp_path / "copied"
    environment = {"PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"}
    add_program(tmp_path, "pbcopy", f"cat > '{copied}'")
    assert copy_by_program("zwei\nZeilen · 日本", environment)
    assert copied.read_text(encoding="utf-8") == "zwei\nZeilen · 日本"
    add_program(tmp_path, "pbcopy", "exit 3")
    assert not copy_by_program("again", environment)
    assert not copy_by_program("again", {"PATH": str(tmp_path / "nowhere")})


async def test_what_the_mouse_selects_is_copied_by_a_key_that_is_told() -> None:
    reply = "<|channel|>final<|message|>one\n\ntwo<|return|>"
    async with scripted_app(reply, size=NARROW) as (app, pilot):
        await submit(pilot, "Count.")
        await answered(pilot)
        transcript = app.chat_screen.conversation.transcript
        await pilot.click(transcript, offset=(GUTTER, 2))
        assert "Ctrl+C" not in screen_text(app)
        await pilot.mouse_down(transcript, offset=(GUTTER, 2))
        await pilot.hover(transcript, offset=(GUTTER + 3, 4))
        await pilot.mouse_up(transcript, offset=(GUTTER + 3, 4))
        await shows(pilot, "Ctrl+C copies what is selected.")
        await pilot.press("ctrl+c")
        await shows(pilot, "Copied: 3 lines.")
        assert app.clipboard == "one\n\ntwo"
        app.chat_screen.clear_selection()
        await pilot.press("ctrl+c")
        await shows(pilot, "Ctrl+Q quits")
