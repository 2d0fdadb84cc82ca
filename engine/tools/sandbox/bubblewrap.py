"""Linux's namespaces by the program bubblewrap, with a filter of system calls inside."""

from __future__ import annotations

import os
import platform
import shutil
import signal
import subprocess
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

from engine.tools.sandbox.base import LAUNCHER, Level, Sandbox
from engine.tools.sandbox.policy import (
    MIB,
    REPOSITORY,
    Policy,
    SandboxError,
    View,
)
from engine.tools.sandbox.seccomp import compile_filter, rules

FOLDERS_OF_PROGRAMS = "/usr/bin:/bin:/usr/local/bin:/run/current-system/sw/bin"
"""Where it is looked for: never in a folder that a workspace could put into the PATH."""
TEMPORARY_BYTES = 64 * MIB
COUNTS_BY_NAMESPACE = (5, 14)
"""From this kernel on, RLIMIT_NPROC counts what is in a user namespace, not all of a user's."""


@cache
def _program() -> str:
    found = shutil.which("bwrap", path=FOLDERS_OF_PROGRAMS)
    if found is None:
        raise SandboxError("bubblewrap is not installed")
    return found


@cache
def _knows_sizes(program: str) -> bool:
    """Whether it can limit a file system in memory, as it can since 0.7."""
    shown = subprocess.run([program, "--help"], capture_output=True, check=False, env={})  # noqa: S603
    return b"--size" in shown.stdout + shown.stderr


def _kernel() -> tuple[int, int]:
    numbers = os.uname().release.split("-")[0].split(".")
    return int(numbers[0]), int(numbers[1])


class Bubblewrap(Sandbox):
    """A file system with nothing in it but what is shown, no other processes and no network."""

    level: ClassVar[Level] = "bubblewrap"
    # bubblewrap outside, and the first process inside.
    overhead: ClassVar[int] = 2

    def limits(self, policy: Policy) -> dict[str, int]:
        """Return the limits of the system that are set, by name."""
        limits = super().limits(policy)
        if _kernel() >= COUNTS_BY_NAMESPACE:
            limits["NPROC"] = policy.threads + self.overhead
        return limits

    def orders(self, policy: Policy, view: View) -> dict[str, Any]:
        """Return what the launcher does before it becomes the program."""
        refused = rules(
            network=policy.network,
            shares_processes=False,
            shares_files=False,
            forks=policy.processes > 1,
            old=False,
        )
        program = compile_filter(refused, platform.machine())
        return super().orders(policy, view) | {"filter": program.hex()}

    def command(self, policy: Policy, view: View, launch: list[str]) -> list[str]:
        """Return the command that runs the launcher in this sandbox."""
        program = _program()
        command = [program, "--unshare-all", "--unshare-user", "--die-with-parent"]
        command += ["--new-session", "--cap-drop", "ALL", "--hostname", "sandbox"]
        command += ["--share-net"] if policy.network else []
        for path in view.system:
            command += _shown(path)
        command += ["--proc", "/proc", "--dev", "/dev"]
        if _knows_sizes(program):
            for folder in ("/tmp", "/dev/shm"):  # noqa: S108  (its own, in memory)
                command += ["--size", str(TEMPORARY_BYTES), "--tmpfs", folder]
        if view.workspace is not None:
            bind = "--bind" if view.writes_workspace else "--ro-bind"
            command += [bind, str(view.workspace), str(view.workspace)]
        for path in view.hidden:
            command += ["--tmpfs", str(path)]
        for path in (*view.readable, LAUNCHER, *view.protected):
            command += ["--ro-bind", str(path), str(path)]
        closed = [*view.hidden, *_new_repository(view)]
        for path in _new_repository(view):
            command += ["--tmpfs", str(path)]
        for name in view.scratch_names:
            command += ["--bind", str(view.scratch), str(name)]
        # What bubblewrap makes to mount on lies in memory; nothing may be added there. Root could
        # write to the kernel's settings in /proc, which its namespace does not keep from it.
        for path in (*closed, Path("/proc"), Path("/dev"), Path("/")):
            command += ["--remount-ro", str(path)]
        return [*command, "--chdir", "/", "--", *launch]

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """End a process and all that it started."""
        # The first process inside ends when all others have, and bubblewrap when that has.
        try:
            children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text()
            for child in children.split():
                os.kill(int(child), signal.SIGKILL)
        except OSError:
            children = ""
        if not children:
            process.kill()


def _new_repository(view: View) -> list[Path]:
    """Return where one with hooks could be made, which git would run when it is next called."""
    if not view.writes_workspace or view.workspace is None:
        return []
    repository = view.workspace / REPOSITORY
    return [] if repository in view.protected else [repository]


def _shown(path: Path) -> list[str]:
    if path.is_symlink() and path.parent == Path("/"):
        return ["--symlink", str(path.readlink()), str(path)]
    return ["--ro-bind", str(path), str(path)]
