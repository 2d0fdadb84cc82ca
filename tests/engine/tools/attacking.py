"""A world around a sandbox with something to get at, and one who tries to from the inside."""

from __future__ import annotations

import os
import platform
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from engine.tools.python import Outcome, PythonSession
from engine.tools.sandbox import Policy, Sandbox
from engine.tools.sandbox.policy import MIB
from engine.tools.sandbox.syscalls import NUMBERS, number
from tests.engine.tools.escapes import BOMBS, ESCAPED, PRELUDE, SECRET, code_of

CODE = "print(1)"
FOLDERS = ["home", "outside", "own", "scratch", "workspace"]
VICTIM = """
import signal
signal.signal(signal.SIGURG, lambda *_: exit())
print("here", flush=True)
while True: signal.pause()
"""


@dataclass(frozen=True)
class World:
    """What lies around a sandbox."""

    policy: Policy
    prelude: str
    victim: subprocess.Popen[bytes]
    outside: Path
    workspace: Path

    def harm(self) -> list[str]:
        """Return what is not as it was made."""
        found = []
        if self.victim.poll() is not None:
            found.append("the other program was ended")
        if [path.name for path in self.outside.iterdir()] != ["file"]:
            found.append("files outside were added or removed")
        if sorted(path.name for path in self.outside.parent.iterdir()) != FOLDERS:
            found.append("files beside the scratch folder were added or removed")
        for path, text in ((self.outside / "file", SECRET), (self.workspace / "code.py", CODE)):
            if not path.exists() or path.read_text() != text:
                found.append(f"{path} was changed")
            elif path.stat().st_mode & 0o777 != 0o640:
                found.append(f"{path} was opened to all")
        hooks = self.workspace / ".git" / "hooks"
        if not hooks.exists() or [path.name for path in hooks.iterdir()] != ["old"]:
            found.append("a hook was made")
        return found


@contextmanager
def world(base: Path) -> Iterator[World]:
    """Make a home, a workspace, a running program and servers, each with something to get at."""
    home, outside, own, scratch, workspace = (base / name for name in FOLDERS)
    for folder in (
        *(home / ".ssh", own / "data" / "sessions", own / "config", outside, scratch),
        workspace / ".git" / "hooks",
    ):
        folder.mkdir(parents=True)
    secrets = [home / ".ssh" / "id_ed25519", own / "data" / "sessions" / "one.jsonl"]
    for path in (*secrets, own / "config" / "config.toml", outside / "file"):
        path.write_text(SECRET)
    (workspace / "code.py").write_text(CODE)
    for path in (outside / "file", workspace / "code.py"):
        path.chmod(0o640)
    for path in (workspace / ".git" / "hooks" / "old", workspace / ".git" / "config"):
        path.write_text("old")
    name = f"harmony-tui-{os.getpid()}-{base.name}"
    with ExitStack() as stack:
        server = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        for address in (str(workspace / "socket"), f"\0{name}"):
            listening = stack.enter_context(socket.socket(socket.AF_UNIX))
            listening.bind(address)
            listening.listen()
        datagrams = stack.enter_context(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM))
        datagrams.bind(str(workspace / "datagrams"))
        victim = subprocess.Popen([sys.executable, "-I", "-c", VICTIM], stdout=subprocess.PIPE)
        stack.callback(victim.wait)
        stack.callback(victim.kill)
        victim.stdout.readline()
        values = {
            "HOME": str(home),
            "OWN": str(own),
            "OUTSIDE": str(outside),
            "WORKSPACE": str(workspace),
            "SCRATCH": str(scratch),
            "PROGRAM": sys.modules[Policy.__module__].__file__,
            "VICTIM": victim.pid,
            "PARENT": os.getpid(),
            "PORT": server.getsockname()[1],
            "NAME": name,
            "ESCAPED": ESCAPED,
            "NUMBERS": {
                call: number(call, platform.machine())
                for call in (entry.split("=")[0] for entry in NUMBERS.split())
            },
        }
        policy = Policy(
            scratch,
            workspace,
            memory=256 * MIB,
            file_size=16 * MIB,
            disk=32 * MIB,
            files=500,
            threads=64,
            processes=16,
            hidden=(own,),
        )
        prelude = "\n".join(f"{key} = {value!r}" for key, value in values.items()) + PRELUDE
        yield World(policy, prelude, victim, outside, workspace)


class Attacker:
    """Makes attempts in a sandbox, one after another."""

    def __init__(self, sandbox: Sandbox, around: World, policy: Policy | None = None) -> None:
        self.around = around
        self.policy = policy or around.policy
        self.session = PythonSession(sandbox, self.policy, limit_seconds=6)

    def attempt(self, name: str) -> Outcome:
        """Make an attempt; what it leaves behind harms no later one."""
        if not self.session.is_started:
            assert self.session.run(self.around.prelude).ending == "done"
        outcome = self.session.run(code_of(name))
        if name in BOMBS:
            self.session.reset()
            for path in self.policy.scratch.iterdir():
                path.unlink()
        return outcome

    def fault(self, name: str) -> str:
        """Make an attempt and return what is wrong with how it went; empty if nothing is."""
        outcome = self.attempt(name)
        if ESCAPED in outcome.text or SECRET in outcome.text:
            return f"it got out: {outcome.text}"
        if outcome.ending == "done" and "Error" not in outcome.text:
            return f"it was not reported: {outcome.text}"
        return "; ".join(self.around.harm())
