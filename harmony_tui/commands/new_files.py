"""Texts that the person has written into new files: what is there already is left alone."""

from __future__ import annotations

from pathlib import Path

from harmony_tui.commands.command import CommandError


def write_new(text: str, name: str) -> Path:
    """Write a text into a new file; return where that is.

    Raises:
        CommandError: the file is there already, or cannot be written.
    """
    try:
        path = Path(name).expanduser()
        with path.open("x", encoding="utf-8") as file:
            file.write(text.removesuffix("\n") + "\n")
    except FileExistsError as error:
        raise CommandError(f"{path} is there already; name another file.") from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise CommandError(f"{path} cannot be written: {reason}.") from error
    except RuntimeError as error:
        raise CommandError(f"{name} cannot be written: write the path in full.") from error
    return path.resolve()


def free_name(stem: str, ending: str) -> Path:
    """Return a name that no file in the current folder has."""
    number = 1
    while (path := Path(f"{stem}-{number}{ending}")).exists():
        number += 1
    return path
