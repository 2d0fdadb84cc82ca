"""Which sandbox this machine has: the best that a program really runs in."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.tools.sandbox.base import Level, Sandbox
from engine.tools.sandbox.bubblewrap import Bubblewrap
from engine.tools.sandbox.landlock import Landlock
from engine.tools.sandbox.policy import Policy, SandboxError
from engine.tools.sandbox.seatbelt import Seatbelt
from engine.tools.sandbox.unconfined import Unconfined

SECONDS = 20.0
SECRET, DENIED = "a person's file", "denied"

ATTEMPT = f"""
import contextlib, errno, socket, sys
with contextlib.suppress(OSError):
    print(open(sys.argv[1]).read())
with contextlib.suppress(OSError):
    open(sys.argv[1] + ".new", "w").close()
try:
    socket.create_connection(("127.0.0.1", 9), 1)
except OSError as error:
    # One that is refused by who is reached got out.
    print({DENIED!r} if error.errno in (errno.EPERM, errno.EACCES, errno.ENETUNREACH) else error)
"""
"""Tries what every sandbox is there to stop."""


@dataclass(frozen=True, slots=True)
class Found:
    """The sandbox that a machine has."""

    sandbox: Sandbox
    missing: tuple[tuple[Level, str], ...]
    """The better ones, with why each cannot be used."""

    @property
    def level(self) -> Level:
        """What kind it is."""
        return self.sandbox.level


def candidates() -> tuple[Sandbox, ...]:
    """Return the sandboxes that this kind of system can have, the best first."""
    if sys.platform == "darwin":
        return (Seatbelt(), Seatbelt(is_new=False))
    if sys.platform == "linux":
        return (Bubblewrap(), Landlock())
    return ()


def fault_of(sandbox: Sandbox) -> str:
    """Run a program in a sandbox that tries to leave it; return why it cannot be used, or nothing.

    It takes as long as a Python takes to start.
    """
    with tempfile.TemporaryDirectory(prefix="harmony-tui-") as name:
        outside, scratch = Path(name, "outside"), Path(name, "scratch")
        outside.write_text(SECRET)
        scratch.mkdir()
        policy = Policy(scratch=scratch, processes=1)
        try:
            confined = sandbox.popen(
                [sys.executable, "-I", "-S", "-c", ATTEMPT, str(outside)], policy
            )
        except SandboxError as error:
            return str(error)
        try:
            confined.wait(SECONDS)
            said = confined.stdout.read(4096).decode(errors="replace").strip()
            failed = confined.stderr.read(4096).decode(errors="replace").strip()
        except subprocess.TimeoutExpired:
            return "a program that was run in it did not end"
        finally:
            confined.close()
        if said == DENIED and {path.name for path in Path(name).iterdir()} == {
            "outside",
            "scratch",
        }:
            return ""
    return failed.splitlines()[-1] if failed else "a program that was run in it could leave it"


def find(sandboxes: Sequence[Sandbox]) -> Found:
    """Return the first of some sandboxes that works; none at all if there is no such."""
    missing: list[tuple[Level, str]] = []
    for sandbox in sandboxes:
        fault = fault_of(sandbox)
        if not fault:
            better = (entry for entry in missing if entry[0] != sandbox.level)
            return Found(sandbox, tuple(better))
        missing.append((sandbox.level, fault))
    return Found(Unconfined(), tuple(missing))


_lock = threading.Lock()
_found: list[Found] = []


def probe() -> Found:
    """Return the best sandbox of this machine. It is looked for once; that takes some 0.1 s."""
    with _lock:
        if not _found:
            _found.append(find(candidates()))
        return _found[0]
