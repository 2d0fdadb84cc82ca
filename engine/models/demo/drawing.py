"""Draws training conversations in a process of its own, so that no batch ever comes twice.

    python -m engine.models.demo.drawing FOLDER

fills FOLDER with files of groups for ``training`` to read and delete, a few ahead of it.
"""

from __future__ import annotations

import argparse
import os
import pickle
import random
import time
from collections.abc import Iterator
from pathlib import Path

from engine.models.demo.corpus import Branch, Group, draw_group

BRANCHES = 24
"""Conversations that share one system and developer message."""

GROUPS_PER_FILE = 150
FILES_AHEAD = 8
PAUSE = 1.0
SUFFIX = ".groups"


def draw_groups(rng: random.Random, count: int) -> list[Group]:
    """Return ``count`` freshly drawn groups."""
    return [draw_group(rng, BRANCHES) for _ in range(count)]


def save_groups(path: Path, groups: list[Group]) -> None:
    """Write groups to a file that appears under its name only when it is whole."""
    plain = [(g.prefix, [(b.tokens, b.learned, b.user) for b in g.branches]) for g in groups]
    partial = path.with_suffix(".partial")
    partial.write_bytes(pickle.dumps(plain, protocol=pickle.HIGHEST_PROTOCOL))
    partial.replace(path)


def load_groups(path: Path) -> list[Group]:
    """Return the groups of a file that ``save_groups`` wrote."""
    plain = pickle.loads(path.read_bytes())  # noqa: S301  (our own file, of this very run)
    return [
        Group(prefix, tuple(Branch(*branch) for branch in branches)) for prefix, branches in plain
    ]


def fill(folder: Path) -> None:
    """Keep a few files of groups waiting in ``folder``, until the folder is gone."""
    rng = random.Random(time.time_ns())
    while folder.is_dir():
        if len(list(folder.glob(f"*{SUFFIX}"))) >= FILES_AHEAD:
            time.sleep(PAUSE)
            continue
        save_groups(folder / f"{time.time_ns()}{SUFFIX}", draw_groups(rng, GROUPS_PER_FILE))


def read_groups(folder: Path) -> Iterator[Group]:
    """Yield the groups of the files that appear in ``folder``, oldest first, deleting each.

    Several processes can read one folder; each file goes to one of them.
    """
    while True:
        files = sorted(folder.glob(f"*{SUFFIX}"))
        if not files:
            time.sleep(PAUSE)
            continue
        mine = files[0].with_suffix(f".{os.getpid()}")
        try:
            files[0].rename(mine)
        except FileNotFoundError:  # another process took it
            continue
        groups = load_groups(mine)
        mine.unlink()
        yield from groups


def main() -> None:
    """Fill the folder named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    fill(folder)


if __name__ == "__main__":
    main()
