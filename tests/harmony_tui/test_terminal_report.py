"""What the terminal can do is told in a row each, and what it cannot with what to do."""

from __future__ import annotations

from typing import Any

import pytest

from harmony_tui import terminal_report
from harmony_tui.screens.too_small import LEAST
from harmony_tui.terminal_questions import Answers
from harmony_tui.terminal_report import (
    LEAST_COLUMNS,
    LEAST_ROWS,
    Seen,
    describe_terminal,
    find_colours,
)

KITTY = {"TERM": "xterm-kitty", "COLORTERM": "truecolor"}
TMUX = {"TERM": "tmux-256color", "COLORTERM": "truecolor", "TMUX": "/tmp/tmux,1,0"}
CAN_ALL = Answers("kitty(0.35.2)", has_kitty_keyboard=True, takes_clipboard=True)
TMUX_ON = {"set-clipboard": "on", "extended-keys": "always", "allow-passthrough": "all"}


def seen(**changes: Any) -> Seen:
    values: dict[str, Any] = {
        "environment": KITTY,
        "size": (120, 40),
        "colours": "truecolor",
        "answers": CAN_ALL,
        "tmux": {},
    }
    return Seen(**values | changes)


def row(name: str, **changes: Any) -> tuple[str, str, str]:
    found = next(each for each in describe_terminal(seen(**changes)) if each.name == name)
    assert bool(found.remedy) == (found.state != "ok")
    return found.state, found.text, found.remedy


def test_a_terminal_that_can_all() -> None:
    findings = describe_terminal(seen())
    assert [each.name for each in findings] == ["terminal", "colours", "keyboard", "clipboard"]
    assert {each.state for each in findings} == {"ok"}
    assert findings[0].text == "kitty(0.35.2), 120x40"


def test_too_small_is_what_the_full_screen_finds_too_small() -> None:
    assert (LEAST_COLUMNS, LEAST_ROWS) == LEAST
    assert row("terminal", size=(59, 40))[0] == "warning"
    state, text, remedy = row("terminal", size=(60, 19))
    assert (state, remedy) == ("warning", "Make its window at least 60x20.")
    assert "60x19" in text
    assert row("terminal", size=(60, 20))[0] == "ok"
    assert row("terminal", size=(0, 0))[0] == "ok"


@pytest.mark.parametrize(
    ("environment", "colours", "state"),
    [
        (KITTY, "truecolor", "ok"),
        ({"TERM": "xterm-256color"}, "256", "warning"),
        ({"TERM": "xterm"}, "standard", "warning"),
        ({"TERM": "dumb"}, None, "warning"),
        ({"TERM": "xterm-kitty", "NO_COLOR": "1"}, None, "ok"),
    ],
)
def test_colours_are_those_that_the_screen_is_drawn_in(
    environment: dict[str, str], colours: str | None, state: str
) -> None:
    assert find_colours(environment) == colours
    assert row("colours", environment=environment, colours=colours)[0] == state


def test_keys() -> None:
    assert row("keyboard", answers=None)[0] == "ok"
    assert "Ghostty" in row("keyboard", answers=Answers())[2]
    assert row("keyboard", answers=Answers(), environment=TMUX)[2].startswith("Outside tmux ")


@pytest.mark.parametrize(
    ("environment", "answers", "state", "piece"),
    [
        ({"TERM": "xterm"}, Answers(takes_clipboard=True), "ok", "over SSH"),
        ({"TERM": "foot"}, None, "ok", "over SSH"),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "WezTerm"}, Answers(), "ok", "over SSH"),
        ({"TERM": "xterm-256color", "WT_SESSION": "1"}, Answers(), "ok", "over SSH"),
        ({"TERM": "xterm-256color", "VTE_VERSION": "7600"}, Answers("VTE(7600)"), "warning", "no"),
        ({"TERM": "xterm", "TERM_PROGRAM": "Apple_Terminal"}, Answers(), "warning", "no OSC 52"),
        ({"TERM": "xterm-256color"}, Answers(), "ok", "not known"),
    ],
)
def test_the_clipboard(
    environment: dict[str, str], answers: Answers | None, state: str, piece: str
) -> None:
    found = row("clipboard", environment=environment, answers=answers)
    assert found[0] == state
    assert piece in found[1]


def test_tmux_is_told_what_to_turn_on() -> None:
    assert row("tmux", environment=TMUX, tmux=TMUX_ON)[0] == "ok"
    assert row("clipboard", environment=TMUX, tmux=TMUX_ON)[0] == "ok"
    off = {"set-clipboard": "external", "extended-keys": "off"}
    state, text, remedy = row("tmux", environment=TMUX, tmux=off)
    assert (state, text) == ("warning", "not on: set-clipboard, extended-keys")
    assert remedy == "In ~/.tmux.conf: set -s set-clipboard on; set -s extended-keys on"
    assert row("clipboard", environment=TMUX, tmux=off)[2].endswith("set -s set-clipboard on")


def test_without_a_terminal_that_is_all_there_is_to_say(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(terminal_report, "TERMINAL", str(tmp_path / "none"))
    assert [each.name for each in terminal_report.examine_terminal()] == ["terminal"]
