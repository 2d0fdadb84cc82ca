"""What is told of the sandbox: its kind, what it keeps away, how it was probed, how to a better."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.tools.sandbox import Found, Level

MEANS: Mapping[Level, str] = {
    "bubblewrap": "a file system, processes and a network of its own, by Linux's namespaces",
    "seatbelt": "the sandbox that macOS's own programs run in",
    "landlock": "rules of the Linux kernel on files, and a filter of system calls",
    "none": "nothing keeps what the model runs from your files and the network",
}
PROBED = (
    "It was tried by running a program in it that reads a file of yours, writes beside it and "
    "connects to this machine. None of that worked."
)
UNPROTECTED = (
    "Each call of python is asked about, whatever `/approve` and the rules say. It runs with all "
    "that you may do yourself."
)
INSTALL = (
    "Install bubblewrap, then start the program again: `sudo apt install bubblewrap`, or with dnf, "
    "pacman or zypper."
)
APPARMOR = (
    "AppArmor keeps bubblewrap from making namespaces. Allow it, then start the program again: "
    "`printf 'abi <abi/4.0>,\\nprofile bwrap /usr/bin/bwrap flags=(unconfined) { userns, }\\n' "
    "| sudo tee /etc/apparmor.d/bwrap && sudo systemctl reload apparmor`"
)
SWITCHES = (
    ("kernel/apparmor_restrict_unprivileged_userns", "1", APPARMOR),
    (
        "kernel/unprivileged_userns_clone",
        "0",
        "The kernel lets no program make namespaces. Allow it, then start the program again: "
        "`sudo sysctl -w kernel.unprivileged_userns_clone=1`",
    ),
    (
        "user/max_user_namespaces",
        "0",
        "The kernel lets no program make namespaces. Allow it, then start the program again: "
        "`sudo sysctl -w user.max_user_namespaces=15000`",
    ),
)
"""Settings of the kernel that keep bubblewrap from working, at which value, and what to do."""
NOT_INSTALLED = "not installed"
SYSCTL = Path("/proc/sys")


def describe(found: Found, sysctl: Path = SYSCTL) -> str:
    """Return in Markdown what is to be told of the sandbox that a machine has.

    Args:
        found: what was found by probing.
        sysctl: where the kernel's settings are.
    """
    level = found.level
    parts = [f"**Sandbox: {level}** – {MEANS[level]}."]
    if level == "none":
        parts.append(UNPROTECTED)
    else:
        parts += [_keeps_away(found), PROBED]
    if found.missing:
        listed = "; ".join(f"{better}: {fault}" for better, fault in found.missing)
        parts.append(f"Better would be, but cannot be used here: {listed}.")
    if remedy := find_remedy(found, sysctl):
        parts.append(remedy)
    return "\n\n".join(parts)


def find_remedy(found: Found, sysctl: Path = SYSCTL) -> str:
    """Return what to do for a better sandbox, in one line; empty if nothing is known to help."""
    fault = dict(found.missing).get("bubblewrap")
    if fault is None:
        return ""
    if NOT_INSTALLED in fault:
        return INSTALL
    switched = (remedy for name, bad, remedy in SWITCHES if _read(sysctl / name) == bad)
    return next(switched, "")


def _keeps_away(found: Found) -> str:
    from engine.tools.python.session import LIMIT_SECONDS
    from engine.tools.sandbox.policy import GIB, Policy

    limits = Policy(scratch=Path())
    count = limits.processes if found.sandbox.ends_children else 1
    processes = "1 process" if count == 1 else f"{count} processes"
    return (
        "Python runs in it. It sees the system's programs, a scratch folder, which it may write, "
        "and your workspace, which it may only read; not your home folder, other programs, "
        "environment variables (keys are kept there), nor the network. It may use "
        f"{limits.memory // GIB} GiB of memory, {limits.disk // GIB} GiB of disk, {processes}, and "
        f"{LIMIT_SECONDS:.0f} seconds a call."
    )


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""
