"""macOS's seatbelt, by ``sandbox-exec`` and a profile.

Everything is denied but what the profile allows; later rules win over earlier ones. Names are those
of the system's own profiles in ``/System/Library/Sandbox/Profiles``.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from engine.tools.sandbox.base import LAUNCHER, Level, Sandbox
from engine.tools.sandbox.policy import REPOSITORY, Policy, SandboxError, View

PROGRAM = Path("/usr/bin/sandbox-exec")

BASE = """(version 1)
(deny default)
(allow process-exec*)
(allow signal (target self))
(allow process-info* (target self))
(allow sysctl-read)
(allow ipc-posix-sem)
(allow pseudo-tty)
(allow file-read-metadata)
(allow file-read* file-map-executable file-test-existence
  (subpath "/System") (subpath "/usr") (subpath "/bin") (subpath "/sbin")
  (subpath "/Library/Apple") (subpath "/Library/Frameworks") (subpath "/Library/Fonts")
  (subpath "/Library/Developer/CommandLineTools")
  (subpath "/opt/homebrew") (subpath "/opt/local") (subpath "/nix/store")
  (subpath "/private/var/db/timezone") (subpath "/private/var/db/dyld")
  (subpath "/private/var/select") (subpath "/private/etc/ssl")
  (literal "/private/etc/localtime") (literal "/") (literal "/private/etc/protocols")
  (literal "/dev/null") (literal "/dev/zero") (literal "/dev/random") (literal "/dev/urandom"))
(allow file-write-data file-ioctl (literal "/dev/null") (literal "/dev/zero"))
(allow mach-lookup
  (global-name "com.apple.system.opendirectoryd.libinfo")
  (global-name "com.apple.system.logger")
  (global-name "com.apple.system.notification_center"))
"""

NEW_OPERATION = " file-test-existence"
"""What newer systems tell from reading, and older ones take for a mistake in the profile."""

NETWORK = """(allow network-outbound (remote ip))
(allow network-outbound (literal "/private/var/run/mDNSResponder"))
(allow system-socket)
(allow file-read* (literal "/private/etc/resolv.conf") (literal "/private/etc/hosts")
  (literal "/private/var/run/resolv.conf"))
(allow mach-lookup (global-name "com.apple.SystemConfiguration.configd")
  (global-name "com.apple.trustd") (global-name "com.apple.trustd.agent")
  (global-name "com.apple.dnssd.service"))
"""

CHILDREN = """(allow process-fork)
(allow signal (target children))
(allow signal (target same-sandbox))
"""


def _quoted(path: Path) -> str:
    text = str(path)
    if any(ord(character) < 32 for character in text):
        raise SandboxError(f"{text!r} cannot be written in a profile of seatbelt")
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _subpaths(paths: tuple[Path, ...]) -> str:
    return " ".join(f"(subpath {_quoted(path)})" for path in paths)


def profile(policy: Policy, view: View, *, is_new: bool = True) -> str:
    """Return the profile of a policy, for a system that is new or is not.

    Raises:
        SandboxError: a path has characters that no profile can hold.
    """
    base = BASE if is_new else BASE.replace(NEW_OPERATION, "")
    return base + "\n".join(_rules(policy, view)) + "\n"


def _rules(policy: Policy, view: View) -> Iterator[str]:
    if policy.processes > 1:
        yield CHILDREN
    if policy.network:
        yield NETWORK
    if view.workspace is not None:
        workspace = _subpaths((view.workspace,))
        yield f"(allow file-read* file-map-executable {workspace})"
        if view.writes_workspace:
            yield f"(allow file-write* {workspace})"
            kept = dict.fromkeys((*view.protected, view.workspace / REPOSITORY))
            yield f"(deny file-write* {_subpaths(tuple(kept))})"
            # A repository that is not there yet, and one that is moved as a whole.
            inside = _quoted(view.workspace)[1:-1].replace(".", "[.]")
            yield f'(deny file-write* (regex #"^{_escaped(inside)}/(.*/)?[.]git(/|$)"))'
    if view.hidden:
        yield f"(deny file-read* file-write* {_subpaths(view.hidden)})"
    yield f"(allow file-read* file-map-executable {_subpaths((*view.readable, LAUNCHER))})"
    scratch = _subpaths((view.scratch,))
    yield f"(allow file-read* file-write* file-map-executable {scratch})"


def _escaped(text: str) -> str:
    return re.sub(r"([\^$*+?()|{}])", r"\\\1", text)


class Seatbelt(Sandbox):
    """The sandbox that macOS's own programs run in."""

    level: ClassVar[Level] = "seatbelt"
    # What makes itself a session of its own stays in the sandbox, but is not found again.
    ends_children: ClassVar[bool] = False

    def __init__(self, *, is_new: bool = True) -> None:
        """Write profiles for a system that is new or is not; running one shows which it is."""
        self._is_new = is_new

    def command(self, policy: Policy, view: View, launch: list[str]) -> list[str]:
        """Return the command that runs the launcher in this sandbox."""
        if not PROGRAM.exists():
            raise SandboxError(f"{PROGRAM} is not there")
        return [str(PROGRAM), "-p", profile(policy, view, is_new=self._is_new), *launch]

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """End a process and what it started, unless that made itself a session of its own."""
        os.killpg(process.pid, signal.SIGKILL)
