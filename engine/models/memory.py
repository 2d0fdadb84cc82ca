"""How much memory this machine has and how much of it is free, as the platform says."""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

MEMINFO = Path("/proc/meminfo")
OVERCOMMIT = Path("/proc/sys/vm/overcommit_memory")
STATM = Path("/proc/self/statm")
OWN_GROUPS = Path("/proc/self/cgroup")
CONTROL_GROUPS = Path("/sys/fs/cgroup")

NEVER_MORE = "2"
"""What ``OVERCOMMIT`` says where Linux promises no more memory than there is."""

GROUP_FILES = {
    "": ("memory.max", "memory.current", "inactive_file"),
    "memory": ("memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file"),
}
"""Files with a control group's limit and use, and what its idle file cache is called in
``memory.stat``, by the controllers that ``OWN_GROUPS`` names: none in version 2. In version 1 that
is a folder, too."""

SIZE, DATA = 0, 5
"""Places in ``STATM`` of all that is mapped, and of the private part that may be written: pages."""


@dataclass(frozen=True, slots=True)
class Memory:
    """Sizes in bytes."""

    total: int
    """What the machine has, or this container's share of it."""
    free: int
    """What can still be given to this process, swap included; where the system swaps as it likes,
    all."""


class _Group(NamedTuple):
    """A control group: its folder, and what stands where in it."""

    folder: str
    limit_file: str
    use_file: str
    idle: str

    @property
    def limit(self) -> str:
        return f"{self.folder}/{self.limit_file}"

    def read_use(self) -> int:
        """Return how much it uses that would not give way."""
        # Files that were read and are no longer looked at count as used, but give way at once.
        idle = _read_table(f"{self.folder}/memory.stat").get(self.idle, 0)
        return (_read_number(f"{self.folder}/{self.use_file}") or 0) - idle


def read_memory() -> Memory:
    """Return what there is now; costs a fraction of a millisecond.

    Linux says what is free, and so do the limits of the process (``ulimit``), of its control groups
    and of a system that promises no more than it has. macOS compresses and swaps what others hold,
    so that no number says beforehand what it can give; there ``free`` is ``total``.
    """
    total = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    sizes = _read_table(MEMINFO)
    left = [total]
    if "MemAvailable" in sizes:
        left.append((sizes["MemAvailable"] + sizes.get("SwapFree", 0)) * 1024)
    if "CommitLimit" in sizes and _read_text(OVERCOMMIT).strip() == NEVER_MORE:
        left.append((sizes["CommitLimit"] - sizes.get("Committed_AS", 0)) * 1024)
    left += _left_to_process()
    machine = total
    for group in _find_groups():
        limit = _read_number(group.limit)
        if limit is None or limit >= machine:  # none; version 1 then says a very large number
            continue
        total = min(total, limit)
        left.append(limit - group.read_use())
    return Memory(total, max(0, min(left)))


def give_back() -> None:
    """Give the system back what was freed, as far as the C library is one that can."""
    with contextlib.suppress(AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def _left_to_process() -> list[int]:
    """Return what the limits of this process leave of address space and of data."""
    left = []
    for which, place in ((resource.RLIMIT_AS, SIZE), (resource.RLIMIT_DATA, DATA)):
        limit = resource.getrlimit(which)[0]
        if limit != resource.RLIM_INFINITY and (pages := _read_text(STATM).split()):
            left.append(limit - int(pages[place]) * resource.getpagesize())
    return left


def _find_groups() -> list[_Group]:
    """Return the control groups that this process is in, and those that these are in."""
    found: dict[_Group, None] = {}
    for line in ["0::/", "0:memory:/", *_read_text(OWN_GROUPS).splitlines()]:
        _, _, rest = line.partition(":")
        controllers, _, path = rest.partition(":")
        if controllers in GROUP_FILES:
            # In a container the path may be one outside it, which is not there; the root then is.
            parts = [part for part in path.split("/") if part]
            for count in range(len(parts) + 1):
                folder = "/".join((str(CONTROL_GROUPS), controllers, *parts[:count]))
                found[_Group(folder, *GROUP_FILES[controllers])] = None
    return list(found)


def _read_table(file: str | Path) -> dict[str, int]:
    """Return the numbers of a file with a name and a number in each line; none if it is missing."""
    rows = (line.replace(":", " ").split() for line in _read_text(file).splitlines())
    return {row[0]: int(row[1]) for row in rows if len(row) > 1 and row[1].isdecimal()}


def _read_number(file: str | Path) -> int | None:
    """Return the number that a file is; None where it is another word, or missing."""
    text = _read_text(file).strip()
    return int(text) if text.isdecimal() else None


def _read_text(file: str | Path) -> str:
    """Return what a file says; nothing if it is missing."""
    try:
        with open(file, encoding="ascii") as opened:  # noqa: PTH123  (in half the time of Path's)
            return opened.read()
    except OSError:
        return ""
