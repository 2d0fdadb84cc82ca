"""How much memory this machine has and how much of it is free, as the platform says."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

MEMINFO = Path("/proc/meminfo")
CONTROL_GROUPS = Path("/sys/fs/cgroup")

CONTAINER_FILES = (
    ("memory.max", "memory.current", "memory.stat", "inactive_file"),
    (
        "memory/memory.limit_in_bytes",
        "memory/memory.usage_in_bytes",
        "memory/memory.stat",
        "total_inactive_file",
    ),
)
"""Where a container's limit, use and idle file cache stand, in version 2 and in version 1."""


@dataclass(frozen=True, slots=True)
class Memory:
    """Sizes in bytes."""

    total: int
    """What the machine has, or this container's share of it."""
    free: int
    """What can still be given out, swap included; where the system swaps as it likes, all."""


def read_memory() -> Memory:
    """Return what there is now.

    Linux says what is free. macOS compresses and swaps what others hold, so that no number says
    beforehand what it can give; there ``free`` is ``total``.
    """
    total = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    sizes = _read_table(MEMINFO)
    free = total
    if "MemAvailable" in sizes:
        free = (sizes["MemAvailable"] + sizes.get("SwapFree", 0)) * 1024
    container = _read_container()
    if container is not None:
        total, free = min(total, container.total), min(free, container.free)
    return Memory(total, free)


def _read_container() -> Memory | None:
    """Return the limit of this container and what is left of it; None where there is none."""
    for limit_file, use_file, table_file, idle in CONTAINER_FILES:
        try:
            limit = int((CONTROL_GROUPS / limit_file).read_text())
            use = int((CONTROL_GROUPS / use_file).read_text())
        except (OSError, ValueError):  # no container, or one without a limit: it says "max"
            continue
        # Files that were read and are no longer looked at count as used, but give way at once.
        use -= _read_table(CONTROL_GROUPS / table_file).get(idle, 0)
        return Memory(limit, max(0, limit - use))
    return None


def _read_table(file: Path) -> dict[str, int]:
    """Return the numbers of a file with a name and a number in each line; none if it is missing."""
    try:
        lines = file.read_text().splitlines()
    except OSError:
        return {}
    rows = (line.replace(":", " ").split() for line in lines)
    return {row[0]: int(row[1]) for row in rows if len(row) > 1 and row[1].isdecimal()}
