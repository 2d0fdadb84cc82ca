"""Filters of system calls for Linux's seccomp, in the bytes that the kernel takes."""

from __future__ import annotations

import errno
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from engine.tools.sandbox.policy import SandboxError
from engine.tools.sandbox.syscalls import (
    AUDIT_ARCHITECTURE,
    NEVER,
    NEWEST,
    OF_OTHERS_FILES,
    ON_SOCKETS,
    number,
)

# Classic BPF, from linux/bpf_common.h; data is struct seccomp_data of linux/seccomp.h.
LOAD, EQUAL, AT_LEAST, ANY_BIT, MASK, RETURN = 0x20, 0x15, 0x35, 0x45, 0x54, 0x06
NUMBER_AT, ARCHITECTURE_AT, ARGUMENTS_AT = 0, 4, 16
ALLOW, KILL, FAIL = 0x7FFF0000, 0x80000000, 0x00050000
X32 = 0x40000000

NEW_NAMESPACES = 0x7E020000
"""All of clone's flags that make one: mount, cgroup, UTS, IPC, user, PID, network."""
CLONE_THREAD = 0x00010000
TIOCSTI, TIOCLINUX, SET_FLAGS, SET_EXTENDED = 0x5412, 0x541C, 0x40086602, 0x401C5820
"""Typing into a terminal, and setting what a file is, by a descriptor that can only read."""
F_SETOWN, F_SETOWN_EX = 8, 15
OWN_PROCESS = 0x7FFF0F1E
"""Stands for the number of the process that the filter is put on; ``confine`` writes it in."""
AF_INET, AF_INET6 = 2, 10
SOCK_STREAM, SOCK_SEQPACKET, SOCK_KIND = 1, 5, 0xF

Instruction = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Rule:
    """Refuses a system call, always or by the low half of one of its arguments."""

    name: str
    argument: int | None = None
    refused: Literal["any of", "all but", "with any bit of"] = "any of"
    values: tuple[int, ...] = ()
    mask: int | None = None
    error: int = errno.EPERM

    def compile(self, machine: str) -> Iterator[Instruction]:
        """Give the instructions; before and after them the number of the call is loaded."""
        nr = number(self.name, machine)
        if nr is None:
            return
        fail = (RETURN, 0, 0, FAIL | self.error)
        block = [fail]
        if self.argument is not None:
            block = [(LOAD, 0, 0, ARGUMENTS_AT + 8 * self.argument)]
            if self.mask is not None:
                block.append((MASK, 0, 0, self.mask))
            if self.refused == "all but":
                rest = range(len(self.values), 0, -1)
                block += [
                    (EQUAL, left, 0, value) for left, value in zip(rest, self.values, strict=True)
                ]
                block.append(fail)
            else:
                test = EQUAL if self.refused == "any of" else ANY_BIT
                for value in self.values:
                    block += [(test, 0, 1, value), fail]
            block.append((LOAD, 0, 0, NUMBER_AT))
        yield (EQUAL, 0, len(block), nr)
        yield from block


def rules(
    *, network: bool, shares_processes: bool, shares_files: bool, forks: bool, old: bool
) -> Iterator[Rule]:
    """Give what is refused.

    Args:
        network: whether servers on the internet may be reached.
        shares_processes: whether processes outside can be named, for want of a PID namespace.
        shares_files: whether files outside can be named, for want of a mount namespace.
        forks: whether it may start other processes.
        old: whether the kernel's Landlock knows neither truncation nor signals, as before 6.12.
    """
    yield from (Rule(name) for name in NEVER)
    # glibc then uses clone, whose flags a filter can see.
    yield Rule("clone3", error=errno.ENOSYS)
    yield Rule("clone", 0, "with any bit of", (NEW_NAMESPACES,))
    yield Rule("ioctl", 1, "any of", (TIOCSTI, TIOCLINUX, SET_FLAGS, SET_EXTENDED))
    if network:
        # Sockets of Unix would reach the person's own programs, which trust who reaches them.
        yield Rule("socket", 0, "all but", (AF_INET, AF_INET6))
    else:
        yield from (Rule(name) for name in ("socket", *ON_SOCKETS))
    # A pair of datagram sockets can send to any other.
    yield Rule("socketpair", 1, "all but", (SOCK_STREAM, SOCK_SEQPACKET), mask=SOCK_KIND)
    if not forks:
        yield from (Rule(name) for name in ("fork", "vfork"))
        yield Rule("clone", 0, "all but", (CLONE_THREAD,), mask=CLONE_THREAD)
    if shares_files:
        yield from (Rule(name) for name in OF_OTHERS_FILES)
    if shares_processes:
        yield Rule("prlimit64", 0, "all but", (0,))
        yield Rule("setpriority", 1, "all but", (0,))
        for name in ("sched_setaffinity", "sched_setscheduler", "sched_setparam", "sched_setattr"):
            yield Rule(name, 0, "all but", (0,))
    if old:
        yield from (Rule(name) for name in ("truncate", "tkill", "rt_sigqueueinfo"))
        yield from (Rule(name) for name in ("rt_tgsigqueueinfo", "kill"))
        yield Rule("tgkill", 0, "all but", (OWN_PROCESS,))
        yield Rule("fcntl", 1, "any of", (F_SETOWN, F_SETOWN_EX))


def compile_filter(refused: Iterable[Rule], machine: str) -> bytes:
    """Return a filter that refuses what the rules say and allows the rest that is known.

    Raises:
        SandboxError: the numbers of this machine's system calls are not known.
    """
    if machine not in AUDIT_ARCHITECTURE:
        raise SandboxError(f"system calls of {machine} are not known, so none can be refused")
    program: list[Instruction] = [
        (LOAD, 0, 0, ARCHITECTURE_AT),
        (EQUAL, 1, 0, AUDIT_ARCHITECTURE[machine]),
        (RETURN, 0, 0, KILL),
        (LOAD, 0, 0, NUMBER_AT),
        (AT_LEAST, 0, 1, X32),
        (RETURN, 0, 0, KILL),
        (AT_LEAST, 0, 1, NEWEST),
        (RETURN, 0, 0, FAIL | errno.ENOSYS),
    ]
    for rule in refused:
        program += rule.compile(machine)
    program.append((RETURN, 0, 0, ALLOW))
    return b"".join(struct.pack("=HBBI", *instruction) for instruction in program)
