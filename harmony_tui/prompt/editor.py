"""The person's own editor, for a text."""

from __future__ import annotations

import os
import shlex
import tempfile
from pathlib import Path

from harmony_tui.lending import Suspend, run_in_terminal


class EditorError(Exception):
    """The editor cannot be used; the message says why and what to do."""


def edit_text(text: str, suspend: Suspend, *, ending: str = ".md") -> str:
    """Have the person edit a text, and return what they made of it.

    Args:
        text: the text.
        suspend: gives the terminal to another program for a while, as ``App.suspend`` does.
        ending: of the file's name, by which editors know how to colour it.

    Raises:
        EditorError: none is named by ``VISUAL`` or ``EDITOR``, it cannot be run, or it failed.
        SuspendNotSupported: the terminal cannot be given away.
    """
    with tempfile.TemporaryDirectory(prefix="harmony-tui-") as folder:  # for this user alone
        file = Path(folder) / f"text{ending}"
        file.write_text(text, encoding="utf-8", errors="replace")
        edit_file(file, suspend)
        try:
            edited = file.read_text(encoding="utf-8", errors="replace")
        except OSError as error:
            raise EditorError(f"The text cannot be read any more: {error.strerror}.") from error
    # Editors end the last line, which a message need not have.
    return edited if text.endswith("\n") else edited.removesuffix("\n")


def edit_file(file: Path, suspend: Suspend) -> None:
    """Have the person edit a file.

    Raises:
        EditorError: none is named by ``VISUAL`` or ``EDITOR``, it cannot be run, or it failed.
        SuspendNotSupported: the terminal cannot be given away.
    """
    command = _find_editor()
    try:
        code = run_in_terminal([*command, str(file)], suspend)
    except (OSError, ValueError) as error:  # a ValueError is a NUL in its name
        reason = getattr(error, "strerror", None) or error
        raise EditorError(f"{command[0]} cannot be run: {reason}.") from error
    if code != 0:
        raise EditorError(f"{command[0]} ended with {code}; the text is as it was.")


def names_an_editor() -> bool:
    """Whether the person has named an editor."""
    return any(os.environ.get(name, "").strip() for name in ("VISUAL", "EDITOR"))


def _find_editor() -> list[str]:
    named = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    try:
        command = shlex.split(named)
    except ValueError as error:
        raise EditorError(f"The editor {named!r} cannot be read: {error}.") from error
    if not command:
        raise EditorError(
            "No editor is named. Set VISUAL or EDITOR, such as with: export EDITOR=nano"
        )
    return command
