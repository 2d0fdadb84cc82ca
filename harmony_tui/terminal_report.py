"""What ``doctor`` says of the terminal: size, colours, keys, the clipboard, and tmux around it."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from engine.examination import Finding
from harmony_tui.terminal_questions import TERMINAL, Answers, ask_terminal

LEAST_COLUMNS, LEAST_ROWS = 60, 20
"""As ``screens.too_small`` has it, which takes 0.2 s to import."""

TMUX_SECONDS = 1.0
TMUX_WANTED = {"set-clipboard": "-s", "extended-keys": "-s", "allow-passthrough": "-g"}
"""What of tmux has to be on for copying, all keys, and notifications, and where it is kept."""

COLOURS = {
    "truecolor": "16 million",
    "256": "256, of which themes take the nearest",
    "standard": "16, of which themes take the nearest",
}
WITH_KITTY = "kitty, Ghostty, WezTerm, foot, Alacritty and iTerm2 have it"
WITH_CLIPBOARD = ("kitty", "ghostty", "wezterm", "foot", "alacritty", "contour", "iterm")
"""Terminals that take OSC 52, whether or not they say so."""
OWN_SELECTION = "Hold Shift while you select with the mouse, then copy as the terminal has it."


@dataclass(frozen=True, slots=True)
class Seen:
    """What was found out of a terminal."""

    environment: Mapping[str, str]
    size: tuple[int, int]
    """Columns and rows."""
    colours: str | None
    """As Rich calls them; None for none."""
    answers: Answers | None
    """None where it does not answer."""
    tmux: Mapping[str, str]
    """Options of the tmux around it, as far as it has them."""

    @property
    def names(self) -> tuple[str, ...]:
        """All that says what terminal it is."""
        said = "" if self.answers is None else self.answers.name
        told = (self.environment.get(name, "") for name in ("TERM_PROGRAM", "TERM"))
        return tuple(name for name in (said, *told) if name)


def examine_terminal() -> list[Finding]:
    """Look at the terminal that the program runs in; takes half a second at most, and tmux's time.

    Where there is none, as in a pipeline of another program's, only that is told.
    """
    environment = os.environ
    try:
        with open(TERMINAL, "rb") as terminal:  # noqa: PTH123  (a descriptor is what is wanted)
            columns, rows = os.get_terminal_size(terminal.fileno())
    except OSError:
        return [Finding("terminal", "ok", "none here; what one can do is told in it")]
    is_apples = environment.get("TERM_PROGRAM") == "Apple_Terminal"
    return describe_terminal(
        Seen(
            environment,
            (columns, rows),
            find_colours(environment),
            ask_terminal(with_keyboard=not is_apples),
            _ask_tmux() if "TMUX" in environment else {},
        )
    )


def describe_terminal(seen: Seen) -> list[Finding]:
    """Return what is to be said of a terminal."""
    findings = [
        _describe_size(seen),
        _describe_colours(seen),
        _describe_keyboard(seen),
        _describe_clipboard(seen),
    ]
    return [*findings, _describe_tmux(seen)] if "TMUX" in seen.environment else findings


def find_colours(environment: Mapping[str, str]) -> str | None:
    """Return what colours the full screen is drawn in, as Rich calls them; None for none."""
    from rich.console import Console

    if environment.get("NO_COLOR"):
        return None
    console = Console(force_terminal=True, legacy_windows=False, _environ=environment)
    return console.color_system


def _describe_size(seen: Seen) -> Finding:
    columns, rows = seen.size
    text = f"{seen.names[0] if seen.names else 'one without a name'}, {columns}x{rows}"
    if not columns or not rows:
        return Finding("terminal", "ok", f"{text}: its size is not known")
    if columns < LEAST_COLUMNS or rows < LEAST_ROWS:
        remedy = f"Make its window at least {LEAST_COLUMNS}x{LEAST_ROWS}."
        return Finding("terminal", "warning", f"{text}: too small", remedy)
    return Finding("terminal", "ok", text)


def _describe_colours(seen: Seen) -> Finding:
    if seen.colours is None:
        if seen.environment.get("NO_COLOR"):
            return Finding("colours", "ok", "none, as NO_COLOR asks")
        term = seen.environment.get("TERM", "")
        return Finding(
            "colours",
            "warning",
            f"none, since TERM is {term!r}",
            "Set TERM to what your terminal is, such as xterm-256color.",
        )
    if seen.colours == "truecolor":
        return Finding("colours", "ok", COLOURS["truecolor"])
    return Finding(
        "colours",
        "warning",
        COLOURS.get(seen.colours, seen.colours),
        "Set COLORTERM=truecolor, if your terminal shows 24-bit colours.",
    )


def _describe_keyboard(seen: Seen) -> Finding:
    if seen.answers is None:
        return Finding("keyboard", "ok", "not known: the terminal does not answer")
    if seen.answers.has_kitty_keyboard:
        return Finding("keyboard", "ok", "Kitty protocol: every key, and when it is let go")
    text = "no Kitty protocol: Ctrl+Enter is Enter, and a key is not told to be let go"
    if "TMUX" in seen.environment:
        return Finding("keyboard", "warning", f"{text}, as in tmux", f"Outside tmux {WITH_KITTY}.")
    return Finding("keyboard", "warning", text, f"Use another terminal: {WITH_KITTY}.")


def _describe_clipboard(seen: Seen) -> Finding:
    text = "OSC 52: what you copy is in the clipboard, over SSH too"
    if "TMUX" in seen.environment:
        if seen.tmux.get("set-clipboard") == "on":
            return Finding("clipboard", "ok", f"{text}, where the terminal around tmux takes it")
        refused = "tmux passes nothing on to the clipboard"
        return Finding("clipboard", "warning", refused, "Type: tmux set -s set-clipboard on")
    says_so = seen.answers is not None and seen.answers.takes_clipboard
    names = " ".join(seen.names).casefold()
    if says_so or "WT_SESSION" in seen.environment or any(n in names for n in WITH_CLIPBOARD):
        return Finding("clipboard", "ok", text)
    if "VTE_VERSION" in seen.environment or "apple_terminal" in names:
        refused = "the terminal takes no OSC 52, so what you copy stays in the program"
        return Finding("clipboard", "warning", refused, OWN_SELECTION)
    return Finding(
        "clipboard", "ok", "not known: the terminal does not say whether it takes OSC 52"
    )


def _describe_tmux(seen: Seen) -> Finding:
    # What is missing in an older tmux cannot be turned on.
    off = [name for name in TMUX_WANTED if seen.tmux.get(name) not in (None, "on", "always", "all")]
    if not seen.tmux:
        return Finding("tmux", "ok", "around the terminal; it does not tell its options")
    if not off:
        return Finding("tmux", "ok", ", ".join(f"{name} on" for name in seen.tmux))
    lines = "; ".join(f"set {TMUX_WANTED[name]} {name} on" for name in off)
    return Finding("tmux", "warning", f"not on: {', '.join(off)}", f"In ~/.tmux.conf: {lines}")


def _ask_tmux() -> Mapping[str, str]:
    found = {}
    for name, place in TMUX_WANTED.items():
        with suppress(OSError, subprocess.SubprocessError):
            program = shutil.which("tmux") or "tmux"
            done = subprocess.run(  # noqa: S603  (tmux, with words of this module)
                [program, "show-options", f"{place}v", name],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                timeout=TMUX_SECONDS,
                check=True,
            )
            found[name] = done.stdout.strip()
    return found
