"""The parts of the sandboxes that need no process: filters, profiles, counts."""

import errno
import os
import platform
import re
import struct
from pathlib import Path

import pytest

from engine.tools.sandbox import usage
from engine.tools.sandbox.policy import Policy, SandboxError, view_of
from engine.tools.sandbox.seatbelt import profile
from engine.tools.sandbox.seccomp import OWN_PROCESS, compile_filter, rules
from engine.tools.sandbox.syscalls import AUDIT_ARCHITECTURE, NEVER, number

ALLOWED, KILLED = "allowed", "killed"
NOTHING_ALLOWED = {
    "network": False,
    "shares_processes": True,
    "shares_files": True,
    "forks": False,
    "old": True,
}


def decide(program, machine, call, *arguments, architecture=None):
    """Run a filter as the kernel does, on a call by its name or number; return what it decides."""
    call = number(call, machine) if isinstance(call, str) else call
    arguments = [*arguments, *[0] * (6 - len(arguments))]
    known = AUDIT_ARCHITECTURE[machine]
    data = struct.pack("=IIQ6Q", call, architecture or known, 0, *arguments)
    place, value = 0, 0
    while True:
        code, yes, no, k = struct.unpack_from("=HBBI", program, 8 * place)
        place += 1
        match code:
            case 0x20:
                (value,) = struct.unpack_from("=I", data, k)
            case 0x54:
                value &= k
            case 0x15:
                place += yes if value == k else no
            case 0x35:
                place += yes if value >= k else no
            case 0x45:
                place += yes if value & k else no
            case 0x06:
                return {0x7FFF: ALLOWED, 0x8000: KILLED, 5: k & 0xFFFF}[k >> 16]


@pytest.mark.parametrize("machine", AUDIT_ARCHITECTURE)
def test_a_filter_refuses_what_it_should_and_no_more(machine):
    program = compile_filter(rules(**NOTHING_ALLOWED), machine)
    for name in NEVER:
        if number(name, machine) is not None:
            assert decide(program, machine, name) == errno.EPERM, name
    assert decide(program, machine, "clone3") == errno.ENOSYS
    assert decide(program, machine, 470) == errno.ENOSYS
    assert decide(program, machine, 0x40000000) == KILLED
    assert decide(program, machine, "fcntl", architecture=0x40000003) == KILLED
    assert decide(program, machine, "clone", 0x00010F00) == ALLOWED  # a thread
    assert decide(program, machine, "clone", 17) == errno.EPERM  # a process
    assert decide(program, machine, "clone", 0x10010000) == errno.EPERM
    assert decide(program, machine, "tgkill", OWN_PROCESS) == ALLOWED
    assert decide(program, machine, "tgkill", 1) == errno.EPERM
    assert decide(program, machine, "socketpair", 1, 1 | 0o2000000) == ALLOWED
    assert decide(program, machine, "socketpair", 1, 2 | 0o2000000) == errno.EPERM
    assert decide(program, machine, "ioctl", 0, 0x5413) == ALLOWED
    assert decide(program, machine, "ioctl", 0, 0x5412) == errno.EPERM
    # The kernel reads the low half alone, so that the high half must not hide it.
    assert decide(program, machine, "ioctl", 0, 0x5412 | 1 << 40) == errno.EPERM
    assert decide(program, machine, "prlimit64", 0) == ALLOWED
    assert decide(program, machine, "prlimit64", 7) == errno.EPERM
    assert decide(program, machine, "truncate") == errno.EPERM
    # write, mmap, execve, exit_group, openat, futex
    common = {"x86_64": (1, 9, 59, 231, 257, 202), "aarch64": (64, 222, 221, 94, 56, 98)}
    for call in common[machine]:
        assert decide(program, machine, call) == ALLOWED


@pytest.mark.parametrize("machine", AUDIT_ARCHITECTURE)
def test_a_filter_with_a_network_lets_servers_be_reached(machine):
    allowed = {"network": True, "shares_processes": False, "shares_files": False}
    program = compile_filter(rules(**allowed, forks=True, old=False), machine)
    assert decide(program, machine, "socket", 2) == ALLOWED
    assert decide(program, machine, "socket", 10) == ALLOWED
    assert decide(program, machine, "connect") == ALLOWED
    assert [decide(program, machine, "socket", family) for family in (1, 16, 17, 40)] == [1] * 4
    assert decide(program, machine, "clone", 17) == ALLOWED
    assert decide(program, machine, "fchmod") == ALLOWED
    assert decide(program, machine, "kill", 7) == ALLOWED


def test_a_machine_that_is_not_known_has_no_filter():
    with pytest.raises(SandboxError, match="riscv64"):
        compile_filter(rules(**NOTHING_ALLOWED), "riscv64")


@pytest.mark.skipif(platform.machine() != "x86_64", reason="the header is this machine's")
def test_the_numbers_are_the_systems():
    header = Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h")
    if not header.exists():
        pytest.skip("the system's headers are not installed")
    named = dict(re.findall(r"#define __NR_(\w+) (\d+)", header.read_text()))
    ours = {name: number(name, "x86_64") for name in named}
    assert {name: int(named[name]) for name, found in ours.items() if found} == {
        name: found for name, found in ours.items() if found
    }


@pytest.fixture
def folders(tmp_path):
    for name in ("scratch", 'work "space".x', "own"):
        (tmp_path / name).mkdir()
    return tmp_path


def test_a_profile_of_seatbelt_allows_what_the_policy_does(folders):
    workspace = folders / 'work "space".x'
    (workspace / ".git").mkdir()
    policy = Policy(folders / "scratch", workspace, hidden=(folders / "own",))
    text = profile(policy, view_of(policy))
    assert text.startswith("(version 1)\n(deny default)\n")
    assert text.count("(") == text.count(")")
    assert (
        f'(allow file-read* file-map-executable (subpath "{folders}/work \\"space\\".x"))' in text
    )
    assert (
        f'(allow file-read* file-write* file-map-executable (subpath "{folders}/scratch"))' in text
    )
    assert text.count("file-write*") == 1
    assert "network" not in text
    assert "file-test-existence" in text
    assert "file-test-existence" not in profile(policy, view_of(policy), is_new=False)


def test_a_profile_keeps_repositories(folders):
    workspace = folders / 'work "space".x'
    policy = Policy(folders / "scratch", workspace, writes_workspace=True, network=True)
    text = profile(policy, view_of(policy))
    allowed = text.index(f'(allow file-write* (subpath "{folders}/work')
    denied = text.index(f'(deny file-write* (subpath "{folders}/work \\"space\\".x/.git"')
    assert allowed < denied < text.index(f'file-write* file-map-executable (subpath "{folders}/scr')
    assert "(allow network-outbound (remote ip))" in text
    assert "(allow process-fork)" in text
    alone = Policy(folders / "scratch", processes=1)
    assert "process-fork" not in profile(alone, view_of(alone))


def test_a_path_that_no_profile_can_hold_is_an_error(tmp_path):
    scratch = tmp_path / "a\nb"
    scratch.mkdir()
    policy = Policy(scratch)
    with pytest.raises(SandboxError, match="cannot be written"):
        profile(policy, view_of(policy))


def test_a_tree_of_processes_is_counted_with_its_orphans_left_out():
    listed = "1 0 100\n 10 1 20\n11 10 30\n12 11 40\n13 1 50\n"
    assert usage.tree_in(listed, 10) == usage.Tree(3, 3, 90 * 1024)
    assert usage.tree_in("", 10) == usage.Tree(0, 0, 0)


def test_a_folder_is_measured_without_following_links(tmp_path):
    outside, inside = tmp_path / "outside", tmp_path / "inside"
    (inside / "deep").mkdir(parents=True)
    outside.mkdir()
    (outside / "file").write_bytes(bytes(1 << 20))
    (inside / "deep" / "file").write_bytes(b"x" * 5000)
    (inside / "link").symlink_to(outside)
    (inside / "hole").touch()
    os.truncate(inside / "hole", 1 << 30)
    found = usage.of_folder(inside, 100)
    assert found.files == 4
    assert 5000 <= found.bytes <= 64_000
    assert not found.is_closed
