"""What every sandbox offers, and the way all of them start a process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar, Literal

from engine.tools.sandbox import confine, seccomp, spawning
from engine.tools.sandbox.confined import Confined
from engine.tools.sandbox.policy import Policy, SandboxError, View, environment, view_of

Level = Literal["seatbelt", "bubblewrap", "landlock", "none"]

NICENESS = 5
"""The screen goes first."""
OPEN_FILES = 256
START_SECONDS = 20.0
"""A sandbox that has not started by then is given up."""
LONGEST_ANSWER = 4096

LAUNCHER = Path(confine.__file__).resolve()


class Sandbox(ABC):
    """Starts processes that can do no more than a policy says."""

    level: ClassVar[Level]
    ends_children: ClassVar[bool] = True
    """Whether nothing that a process starts can outlive it. Where it cannot be had, a policy of
    one process is the way to have nothing left behind."""
    overhead: ClassVar[int] = 0
    """How many processes of its own a sandbox adds."""

    def popen(
        self,
        argv: Sequence[str],
        policy: Policy,
        *,
        folder: Path | None = None,
        variables: dict[str, str] | None = None,
    ) -> Confined:
        """Start a program; its standard input, output and error are pipes of bytes.

        Args:
            argv: the program and its arguments; nothing is a shell's.
            policy: what it may do.
            folder: where it starts; the scratch folder if None.
            variables: what to add to the few variables that it gets.

        Raises:
            SandboxError: it did not start in the sandbox, so it did not start at all.
        """
        view = view_of(policy)
        reading, writing = os.pipe()
        try:
            orders = self.orders(policy, view)
            orders |= {"argv": list(argv), "folder": str(folder or view.scratch)}
            orders |= {"status": writing, "limits": self.limits(policy), "nice": NICENESS}
            launch = [sys.executable, "-I", "-S", str(LAUNCHER), json.dumps(orders)]
            command = self.command(policy, view, launch)
            process = spawning.start(
                lambda: subprocess.Popen(  # noqa: S603  (the sandbox is what runs it)
                    command,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE,
                    env=environment(policy) | (variables or {}),
                    cwd="/",
                    pass_fds=(writing,),
                    start_new_session=True,
                    bufsize=0,
                )
            )
        except OSError as error:
            os.close(reading)
            raise SandboxError(f"{self.level} did not start: {error.strerror or error}") from error
        except SandboxError:
            os.close(reading)
            raise
        finally:
            os.close(writing)
        confined = Confined(process, policy, view.scratch, self.kill, self.overhead)
        try:
            self._await_start(confined, reading)
        finally:
            os.close(reading)
        return confined

    def _await_start(self, confined: Confined, reading: int) -> None:
        answer = spawning.read_line(reading, LONGEST_ANSWER, START_SECONDS)
        if answer == "ok":
            confined.watch()
            return
        confined.kill()
        said = answer or spawning.read_line(confined.stderr.fileno(), LONGEST_ANSWER, 0.0)
        confined.close()
        raise SandboxError(f"{self.level} did not start: {said or 'it said nothing'}")

    def limits(self, policy: Policy) -> dict[str, int]:
        """Return the limits of the system that are set, by name."""
        return {
            "AS": policy.memory,
            "CORE": 0,
            "CPU": policy.cpu_seconds,
            "FSIZE": policy.file_size,
            "NOFILE": OPEN_FILES,
        }

    @abstractmethod
    def command(self, policy: Policy, view: View, launch: list[str]) -> list[str]:
        """Return the command that runs the launcher in this sandbox."""

    def orders(self, policy: Policy, view: View) -> dict[str, Any]:
        """Return what the launcher does before it becomes the program."""
        del policy, view
        return {
            "parent": None,
            "supervision": None,
            "landlock": None,
            "filter": None,
            "own": seccomp.OWN_PROCESS,
        }

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """End a process and all that it started."""
        process.kill()
