"""What is told of a sandbox, and what to do for a better one."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.tools.sandbox import Found
from engine.tools.sandbox.bubblewrap import Bubblewrap
from engine.tools.sandbox.landlock import Landlock
from engine.tools.sandbox.unconfined import Unconfined
from harmony_tui.sandbox_report import APPARMOR, INSTALL, describe, find_remedy


def test_the_best_sandbox_needs_no_remedy(tmp_path: Path) -> None:
    said = describe(Found(Bubblewrap(), ()), tmp_path)
    assert said.startswith("**Sandbox: bubblewrap** – ")
    for limit in ("2 GiB of memory", "1 GiB of disk", "32 processes", "120 seconds a call"):
        assert limit in said
    assert "Install" not in said


def test_without_a_sandbox_it_is_said_what_that_means(tmp_path: Path) -> None:
    missing = (("bubblewrap", "bubblewrap is not installed"), ("landlock", "the kernel has none"))
    said = describe(Found(Unconfined(), missing), tmp_path)
    assert "Each call of python is asked about" in said
    assert "landlock: the kernel has none" in said
    assert said.endswith(INSTALL)


@pytest.mark.parametrize(
    ("name", "value", "remedy"),
    [
        ("kernel/apparmor_restrict_unprivileged_userns", "1", APPARMOR),
        ("kernel/apparmor_restrict_unprivileged_userns", "0", ""),
        ("kernel/unprivileged_userns_clone", "0", "kernel.unprivileged_userns_clone=1`"),
        ("user/max_user_namespaces", "0", "user.max_user_namespaces=15000`"),
    ],
)
def test_a_kernel_that_forbids_namespaces_is_told_of(
    tmp_path: Path, name: str, value: str, remedy: str
) -> None:
    file = tmp_path / name
    file.parent.mkdir(parents=True)
    file.write_text(f"{value}\n")
    found = Found(Landlock(), (("bubblewrap", "setting up uid map: Permission denied"),))
    told = find_remedy(found, tmp_path)
    assert told.endswith(remedy)
    assert bool(told) is bool(remedy)
