"""Texts that the person has written into new files: what is there already is left alone."""

from __future__ import annotations

from pathlib import Path

from harmony_tui.commands.command import CommandError


def write_new(text: str, name: str) -> Path:
    """Write a text into a new file; return where that is.

    Raises:
        CommandError: the file is there already, or cannot be written.
    """
    path = new_path(name)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text.removesuffix("\n") + "\n")
    except FileExistsError as error:
        raise CommandError(f"{path} is there already; name another file.") from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise CommandError(f"{path} cannot be written: {reason}.") from error
    return path.resolve()


def new_path(name: str) -> Path:
    """Return where a new file of a name comes.

    Raises:
        CommandError: it is there already, or the folder that it comes into is not.
    """
    path = full_path(name)
    if path.exists():
        raise CommandError(f"{path} is there already; name another file.")
    if not path.parent.exists():
        folder = path.parent.absolute()
        raise CommandError(f"There is no folder {folder}. Make it, or name another place.")
    return path


def full_path(name: str) -> Path:
    """Return the path that a name means, ``~`` replaced.

    Raises:
        CommandError: there is no home folder that ``~`` could stand for.
    """
    try:
        return Path(name).expanduser()
    except RuntimeError as error:
        raise CommandError(f"There is no such home folder: {name}. Write it in full.") from error


def free_name(stem: str, ending: str) -> Path:
    """Return a name that no file in the current folder has."""
    number = 1
    while (path := Path(f"{stem}-{number}{ending}")).exists():
        number += 1
    return path
