"""Copies to the system's clipboard by the system's own program too, for terminals that do not.

The sequence for it, OSC 52, works over SSH but not in every terminal: macOS's Terminal ignores it.
"""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from functools import partial

from textual.app import App

LIMIT_SECONDS = 5.0
PROGRAMS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("", ("pbcopy",)),
    ("WAYLAND_DISPLAY", ("wl-copy",)),
    ("DISPLAY", ("xclip", "-selection", "clipboard")),
    ("DISPLAY", ("xsel", "--clipboard", "--input")),
    ("WSL_DISTRO_NAME", ("clip.exe",)),
)
"""What copies its standard input, best first, and the variable without which it cannot."""

logger = logging.getLogger(__name__)


def find_program(environment: Mapping[str, str]) -> Sequence[str]:
    """Return the command that copies its standard input; empty if there is none.

    Over SSH there is none: the clipboard of this machine is not the one of the person.

    Args:
        environment: of the program.
    """
    if environment.get("SSH_CONNECTION"):
        return ()
    for variable, command in PROGRAMS:
        has_display = not variable or environment.get(variable)
        if has_display and shutil.which(command[0], path=environment.get("PATH")):
            return command
    return ()


def copy_by_program(text: str, environment: Mapping[str, str] = os.environ) -> bool:
    """Copy a text by the system's program, which may take a moment; return whether it was done.

    Args:
        text: what is copied.
        environment: of the program.
    """
    command = find_program(environment)
    if not command:
        return False
    try:
        # Some stay to answer for the clipboard: nobody may wait for what they would say.
        subprocess.run(  # noqa: S603
            command,
            input=text.encode("utf-16-le" if command[0] == "clip.exe" else "utf-8"),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=LIMIT_SECONDS,
            env=environment,
            check=True,
        )
    except (OSError, subprocess.SubprocessError) as error:
        logger.warning("%s did not copy: %s", command[0], error)
        return False
    return True


def say_copied(text: str) -> str:
    """Return what is said of a text that was copied."""
    lines = text.count("\n") + 1
    return f"Copied: {lines:,} {'line' if lines == 1 else 'lines'}."


class CopyingApp(App[int]):
    """An application whose copies reach the clipboard in every terminal on this machine."""

    def copy_to_clipboard(self, text: str) -> None:
        """Copy a text through the terminal, and by the system's program if a person looks here."""
        super().copy_to_clipboard(text)
        if not (self.is_headless or self.is_web):  # in a browser somebody may look from elsewhere
            copy = partial(copy_by_program, text)
            self.run_worker(copy, thread=True, group="clipboard", exclusive=True)
