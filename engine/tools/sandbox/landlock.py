"""Linux's Landlock with a filter of system calls, by the system's calls alone.

Files outside cannot be opened, made, moved or removed; that they are there, and how large, can
still be asked. Other processes can be neither reached nor, from Linux 6.12 on, signalled.
"""

from __future__ import annotations

import ctypes
import os
import platform
import signal
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

from engine.tools.sandbox.base import LAUNCHER, Level, Sandbox
from engine.tools.sandbox.confine import LANDLOCK_CREATE_RULESET
from engine.tools.sandbox.policy import (
    REPOSITORY,
    Policy,
    SandboxError,
    View,
    is_inside,
)
from engine.tools.sandbox.seccomp import compile_filter, rules

# linux/landlock.h
EXECUTE, WRITE_FILE, READ_FILE, READ_DIR, REMOVE_DIR, REMOVE_FILE = (1 << n for n in range(6))
MAKE_DIR, MAKE_REG, MAKE_FIFO, MAKE_SYM = 1 << 7, 1 << 8, 1 << 10, 1 << 12
REFER, TRUNCATE = 1 << 13, 1 << 14
CREATE_VERSION = 1
ALL_PORTS, ALL_SCOPES, SIGNALS = 0b11, 0b11, 0b10
RIGHTS_OF_FILES = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
"""How many rights on files each version knows; later ones know as many as the fifth."""
VERSION_WITH_PORTS, VERSION_WITH_SCOPES = 4, 6

READING = EXECUTE | READ_FILE | READ_DIR
CHANGING = WRITE_FILE | TRUNCATE | REMOVE_DIR | REMOVE_FILE
MAKING = MAKE_DIR | MAKE_REG | MAKE_FIFO | MAKE_SYM | REFER
DEVICES = ("null", "zero", "full", "random", "urandom")
SYSTEM_FACTS = (
    *("/proc/cpuinfo", "/proc/meminfo", "/proc/stat", "/proc/filesystems"),
    "/sys/devices/system/cpu",
)
"""What libraries look at to see how many threads to start."""
MOST_RULES = 2000


@cache
def version() -> int:
    """Return the version of Landlock's interface that the kernel has; 0 if it has none."""
    if sys.platform != "linux":
        return 0
    call = ctypes.CDLL(None, use_errno=True).syscall
    return max(0, int(call(ctypes.c_long(LANDLOCK_CREATE_RULESET), None, 0, CREATE_VERSION)))


class Landlock(Sandbox):
    """Rules on files and a filter of system calls, which a process cannot shed."""

    level: ClassVar[Level] = "landlock"
    # The supervisor.
    overhead: ClassVar[int] = 1

    def __init__(self, at_most: int = VERSION_WITH_SCOPES) -> None:
        """Use Landlock as far as the kernel has it, and no version past ``at_most``."""
        self._version = min(version(), at_most)

    @property
    def _is_old(self) -> bool:
        return self._version < VERSION_WITH_SCOPES

    def orders(self, policy: Policy, view: View) -> dict[str, Any]:
        """Return what the launcher does before it becomes the program.

        Raises:
            SandboxError: the kernel has no Landlock, or the view is too much for its rules.
        """
        if self._version == 0:
            raise SandboxError("the kernel has no Landlock")
        refused = rules(
            network=policy.network,
            shares_processes=True,
            shares_files=True,
            # Where signals are not kept inside, what is left behind could not be told apart.
            forks=policy.processes > 1 and not self._is_old,
            old=self._is_old,
        )
        granted = list(_grants(view))
        if len(granted) > MOST_RULES:
            raise SandboxError("the workspace has too many repositories inside it for Landlock")
        bits = RIGHTS_OF_FILES.get(self._version, RIGHTS_OF_FILES[5])
        has_ports = self._version >= VERSION_WITH_PORTS and not policy.network
        landlock = {
            "files": (1 << bits) - 1,
            "ports": ALL_PORTS if has_ports else 0,
            "scopes": 0 if self._is_old else ALL_SCOPES,
            "size": self._size,
            "rules": [[str(path), rights] for path, rights in granted],
        }
        supervision = {"files": 0, "ports": 0, "scopes": SIGNALS, "size": self._size, "rules": []}
        return super().orders(policy, view) | {
            "parent": os.getpid(),
            "filter": compile_filter(refused, platform.machine()).hex(),
            "landlock": landlock,
            "supervision": None if self._is_old else supervision,
        }

    @property
    def _size(self) -> int:
        """Bytes of the kernel's structure in this version."""
        if self._is_old:
            return 16 if self._version >= VERSION_WITH_PORTS else 8
        return 24

    def command(self, policy: Policy, view: View, launch: list[str]) -> list[str]:
        """Return the command that runs the launcher in this sandbox."""
        del policy, view
        return launch

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """End a process and all that it started."""
        # The supervisor ends the rest before it ends itself.
        process.send_signal(signal.SIGKILL if self._is_old else signal.SIGTERM)


def _grants(view: View) -> Iterator[tuple[Path, int]]:
    """Give what may be done where; what is granted for a folder goes for all that is in it."""
    hidden = view.hidden
    for path in (*view.system, *view.readable, LAUNCHER):
        yield from _without(path, hidden, READING)
    for name in DEVICES:
        yield Path("/dev", name), READ_FILE | WRITE_FILE
    for name in SYSTEM_FACTS:
        yield Path(name), READ_FILE | READ_DIR
    if view.workspace is not None:
        yield from _without(view.workspace, hidden, READING)
        if view.writes_workspace:
            # Nothing can be made right in the workspace, or in a folder with a repository inside:
            # the right to would go for the repository as well.
            closed = (*hidden, *view.protected, view.workspace / REPOSITORY)
            yield from _without(view.workspace, closed, CHANGING | MAKING)
    yield view.scratch, READING | CHANGING | MAKING


def _without(folder: Path, closed: tuple[Path, ...], rights: int) -> Iterator[tuple[Path, int]]:
    """Give rights for a folder except for what is closed; rules can only add."""
    real = folder.resolve()
    if any(is_inside(real, path) for path in closed):
        return
    if not any(is_inside(path, real) for path in closed):
        yield folder, rights
        return
    for entry in sorted(folder.iterdir()):
        # A link's target is granted, or not, where it lies.
        if not entry.is_symlink():
            yield from _without(entry, closed, rights)
