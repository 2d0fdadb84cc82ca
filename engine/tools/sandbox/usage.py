"""What a process with its descendants, and a folder, take of the machine."""

from __future__ import annotations

import contextlib
import os
import resource
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

BLOCK = 512
"""Bytes of the blocks that ``st_blocks`` counts, on every system."""
KIB = 1024


@dataclass(frozen=True, slots=True)
class Tree:
    """A process and all that came from it."""

    processes: int
    threads: int
    resident: int
    """Bytes in memory."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder and all that is in it."""

    files: int
    bytes: int
    is_closed: bool = False
    """Whether there are folders that may not be looked into."""


def free_bytes(folder: Path) -> int:
    """Return how much can still be written to the disk of a folder."""
    found = os.statvfs(folder)
    return found.f_bavail * found.f_frsize


def of_folder(folder: Path, most: int) -> Folder:
    """Return what a folder takes; what comes after ``most`` files is not counted."""
    files = size = 0
    faults: list[OSError] = []
    # Links are not followed, nor is a folder that becomes one meanwhile.
    found = os.fwalk(folder, onerror=faults.append, follow_symlinks=False)
    for _, folders, names, descriptor in found:
        files += len(folders) + len(names)
        for name in names:
            with contextlib.suppress(OSError):
                size += os.stat(name, dir_fd=descriptor, follow_symlinks=False).st_blocks * BLOCK
        if files > most:
            break
    return Folder(files, size, any(isinstance(fault, PermissionError) for fault in faults))


def of_tree(root: int, most: int) -> Tree:
    """Return what a process takes with its descendants, counting to ``most`` threads."""
    return _from_proc(root, most) if sys.platform == "linux" else _from_ps(root)


def _from_proc(root: int, most: int) -> Tree:
    waiting, found, threads, pages = [root], 0, 0, 0
    while waiting and threads <= most:
        process = waiting.pop()
        with contextlib.suppress(OSError, ValueError, IndexError):
            stat = Path(f"/proc/{process}/stat").read_bytes()
            # From the third field on; the second is a name and may hold anything.
            fields = stat[stat.rindex(b")") + 2 :].split()
            found += 1
            threads += int(fields[17])
            pages += int(fields[21])
            for thread in os.listdir(f"/proc/{process}/task"):  # noqa: PTH208
                children = Path(f"/proc/{process}/task/{thread}/children").read_bytes()
                waiting += [int(child) for child in children.split()]
    return Tree(found, threads, pages * resource.getpagesize())


def _from_ps(root: int) -> Tree:
    columns = ["/bin/ps", "-A", "-o", "pid=,ppid=,rss="]
    try:
        listed = subprocess.run(columns, capture_output=True, check=True, timeout=10)  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return Tree(0, 0, 0)
    return tree_in(listed.stdout.decode(errors="replace"), root)


def tree_in(listed: str, root: int) -> Tree:
    """Return what a process takes by a list of all, a line of ``pid ppid kibibytes`` for each."""
    children: dict[int, list[int]] = {}
    resident: dict[int, int] = {}
    for line in listed.splitlines():
        process, parent, size = map(int, line.split())
        children.setdefault(parent, []).append(process)
        resident[process] = size * KIB
    waiting, found = [root], 0
    size = 0
    while waiting:
        process = waiting.pop()
        if process in resident:
            found += 1
            size += resident.pop(process)
            waiting += children.get(process, [])
    return Tree(found, found, size)
