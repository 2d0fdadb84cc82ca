"""The files of the working folder, for completion: found in a thread, offered by a few letters."""

from __future__ import annotations

import os
import re
import threading
import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

MOST_FILES = 20_000
LONGEST_SECONDS = 3.0
"""A search of the folder ends after so long, with what it has found."""
ALWAYS_LEFT_OUT = {"node_modules", "__pycache__"}


class Rules(NamedTuple):
    """One ``.gitignore``: the folder that it stands in, relative to the first, and its patterns."""

    folder: str
    spec: GitIgnoreSpec

    def decide(self, path: str) -> bool | None:
        """Return whether a path is ignored; None where nothing is said about it."""
        return self.spec.check_file(path.removeprefix(self.folder)).include


def scan(folder: Path, stopping: threading.Event | None = None) -> list[str]:
    """Return the files below a folder, relative to it, those less deep first.

    Left out are hidden files, links to folders, and what Git ignores: by the ``.gitignore`` files
    from the repository's top down, and by ``.git/info/exclude``.

    Args:
        folder: the folder.
        stopping: ends the search early.
    """
    end = time.monotonic() + LONGEST_SECONDS
    top = _find_repository(folder)
    # Paths are told to the rules as seen from the repository's top.
    lead = f"{folder.relative_to(top).as_posix()}/" if top not in (None, folder) and top else ""
    waiting: deque[tuple[str, tuple[Rules, ...]]] = deque([("", _rules_above(folder, top))])
    files: list[str] = []
    while waiting and len(files) < MOST_FILES and time.monotonic() < end:
        if stopping is not None and stopping.is_set():
            break
        below, rules = waiting.popleft()
        rules = (*rules, *_read_rules(folder / below / ".gitignore", lead + below))
        for name, is_folder in _list(folder / below):
            path = f"{below}{name}/" if is_folder else below + name
            if _is_ignored(lead + path, rules):
                continue
            if is_folder:
                waiting.append((path, rules))
            else:
                files.append(path)
    return files[:MOST_FILES]


def _list(folder: Path) -> list[tuple[str, bool]]:
    """Return the files and folders in a folder, by name, and whether each is a folder."""
    listed = []
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            # A name that cannot be shown, of bytes that are no text or with a line end, is no use.
            if entry.name.startswith(".") or not entry.name.isprintable():
                continue
            with suppress(OSError):  # links that lead in a circle, or nowhere
                is_folder = entry.is_dir(follow_symlinks=False)
                if entry.name not in ALWAYS_LEFT_OUT and (is_folder or entry.is_file()):
                    listed.append((entry.name, is_folder))
    return sorted(listed)


def rank(files: Sequence[str], letters: str, most: int) -> list[str]:
    """Return the files whose paths have some letters in this order, the best first.

    Better are those with the letters in one piece, in the file's name, at the beginning of a word;
    then those with a short path.
    """
    wanted = letters.casefold()
    if not wanted:
        return sorted(files, key=lambda path: (path.count("/"), path))[:most]
    loose = re.compile("".join(f"[^{re.escape(each)}]*{re.escape(each)}" for each in wanted))
    words = re.compile(rf"(?:^|[/_.\- ]){re.escape(wanted)}")

    def score(path: str) -> tuple[bool, bool, bool, int, int, str]:
        folded = path.casefold()
        name = folded.rpartition("/")[2]
        return (
            wanted not in folded,
            wanted not in name and loose.match(name) is None,
            words.search(name) is None,
            _spread(folded, wanted),
            len(path),
            path,
        )

    return sorted((each for each in files if loose.match(each.casefold())), key=score)[:most]


def _spread(path: str, letters: str) -> int:
    """Return over how many characters the letters are spread that come last in a path."""
    place = len(path)
    last = None
    for each in reversed(letters):
        place = path.rfind(each, 0, place)
        last = place if last is None else last
    return (last or 0) - place


def _find_repository(folder: Path) -> Path | None:
    return next((each for each in (folder, *folder.parents) if (each / ".git").exists()), None)


def _rules_above(folder: Path, top: Path | None) -> tuple[Rules, ...]:
    """Return the rules of the folders above one, the nearest last."""
    if top is None:
        return ()
    above = [each for each in folder.parents if each == top or top in each.parents]
    rules = list(_read_rules(top / ".git" / "info" / "exclude", ""))
    for each in reversed(above):
        below = each.relative_to(top).as_posix()
        rules += _read_rules(each / ".gitignore", "" if below == "." else f"{below}/")
    return tuple(rules)


def _read_rules(path: Path, folder: str) -> Iterator[Rules]:
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return
    from pathspec import GitIgnoreSpec  # not before a file is asked for

    try:
        yield Rules(folder, GitIgnoreSpec.from_lines(lines))
    except ValueError:  # a pattern that is none; Git passes over such a line
        kept = [line for line in lines if _is_pattern(line)]
        yield Rules(folder, GitIgnoreSpec.from_lines(kept))


def _is_pattern(line: str) -> bool:
    from pathspec import GitIgnoreSpec

    try:
        GitIgnoreSpec.from_lines([line])
    except ValueError:
        return False
    return True


def _is_ignored(path: str, rules: Sequence[Rules]) -> bool:
    """Whether the nearest rules that say something about a path leave it out."""
    for each in reversed(rules):
        decided = each.decide(path)
        if decided is not None:
            return decided
    return False
