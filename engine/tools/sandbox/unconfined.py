"""No sandbox: a process that limits hold back a little, and nothing else."""

from __future__ import annotations

import os
import signal
import subprocess
from typing import ClassVar

from engine.tools.sandbox.base import Level, Sandbox
from engine.tools.sandbox.policy import Policy, View


class Unconfined(Sandbox):
    """Runs a program as the person would; only with the person's word for each call."""

    level: ClassVar[Level] = "none"
    ends_children: ClassVar[bool] = False

    def command(self, policy: Policy, view: View, launch: list[str]) -> list[str]:
        """Return the command that runs the launcher."""
        del policy, view
        return launch

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """End a process and what it started, unless that made itself a session of its own."""
        os.killpg(process.pid, signal.SIGKILL)
