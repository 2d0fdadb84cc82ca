"""Puts limits, Landlock and a filter of system calls on a process, which then becomes another.

Run as a file by the Python that runs the program, in a process of its own and with nothing of the
program loaded; it takes one argument, the orders in JSON. It writes a line to the descriptor it is
told: ``ok`` when everything is in place, else what failed, and then runs nothing.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import resource
import shutil
import signal
import struct
import sys
from typing import Any, NoReturn

# linux/prctl.h, linux/landlock.h, linux/capability.h
PR_SET_PDEATHSIG, PR_SET_SECCOMP, PR_CAPBSET_DROP = 1, 22, 24
PR_SET_SECUREBITS, PR_SET_CHILD_SUBREAPER, PR_SET_NO_NEW_PRIVS = 28, 36, 38
SECCOMP_MODE_FILTER = 2
LANDLOCK_CREATE_RULESET, LANDLOCK_ADD_RULE, LANDLOCK_RESTRICT_SELF = 444, 445, 446
LANDLOCK_RULE_PATH_BENEATH = 1
FILE_RIGHTS = 0b1100_0000_0000_0111
"""The rights of Landlock that a file can have; the others are of folders."""
CAPABILITY_VERSION = 0x20080522
KEEP_NO_ROOT = 0b1111
"""SECBIT_NOROOT and SECBIT_NO_SETUID_FIXUP, both locked."""
MOST_CAPABILITIES = 64

Orders = dict[str, Any]


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _call(*arguments: Any) -> int:
    """Make a system call by its number."""
    numbers = [ctypes.c_long(a) if isinstance(a, int) else a for a in arguments]
    result = int(_libc().syscall(*numbers))
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result


def _prctl(option: int, value: Any, third: Any = 0) -> None:
    values = [ctypes.c_ulong(v) if isinstance(v, int) else v for v in (value, third)]
    if _libc().prctl(option, *values, ctypes.c_ulong(0), ctypes.c_ulong(0)) != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def restrict(ruleset: Orders) -> None:
    """Put a ruleset of Landlock on this process and all that it will start."""
    attributes = struct.pack("=QQQ", ruleset["files"], ruleset["ports"], ruleset["scopes"])
    rules = _call(LANDLOCK_CREATE_RULESET, attributes[: ruleset["size"]], ruleset["size"], 0)
    for path, rights in ruleset["rules"]:
        # What went away since the rules were written is not granted.
        with contextlib.suppress(FileNotFoundError):
            descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
            granted = rights if os.path.isdir(path) else rights & FILE_RIGHTS  # noqa: PTH112
            rule = struct.pack("=Qi", granted & ruleset["files"], descriptor)
            _call(LANDLOCK_ADD_RULE, rules, LANDLOCK_RULE_PATH_BENEATH, rule, 0)
            os.close(descriptor)
    _call(LANDLOCK_RESTRICT_SELF, rules, 0)
    os.close(rules)


def drop_capabilities() -> None:
    """Give up all that makes root more than a user."""
    for capability in range(MOST_CAPABILITIES):
        # EPERM: was no root. EINVAL: past the last one that the kernel has.
        with contextlib.suppress(OSError):
            _prctl(PR_CAPBSET_DROP, capability)
    with contextlib.suppress(PermissionError):
        _prctl(PR_SET_SECUREBITS, KEEP_NO_ROOT)
    header = struct.pack("=Ii", CAPABILITY_VERSION, 0)
    if _libc().capset(header, bytes(24)) != 0:
        raise OSError(ctypes.get_errno(), "capabilities cannot be dropped")


def filter_calls(program: bytes, own: int) -> None:
    """Put a filter on; the number that stands for this process is replaced by its own."""
    program = program.replace(struct.pack("=I", own), struct.pack("=I", os.getpid()))
    buffer = ctypes.create_string_buffer(program, len(program))
    header = struct.pack("@HP", len(program) // 8, ctypes.addressof(buffer))
    _prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.c_char_p(header))


def _limit(limits: dict[str, int]) -> None:
    for name, value in limits.items():
        kind = getattr(resource, f"RLIMIT_{name}", None)
        if kind is None:
            continue
        most = resource.getrlimit(kind)[1]
        allowed = value if most == resource.RLIM_INFINITY else min(value, most)
        # macOS knows limits of memory that it does not let anyone set.
        with contextlib.suppress(ValueError, *((OSError,) if sys.platform == "darwin" else ())):
            resource.setrlimit(kind, (allowed, allowed))


def become(orders: Orders) -> NoReturn:
    """Confine this process and run the program in it."""
    argv: list[str] = orders["argv"]
    os.chdir(orders["folder"])
    os.environ.pop("PWD", None)  # bubblewrap sets it to where it was itself
    os.nice(orders["nice"])
    _limit(orders["limits"])
    found = shutil.which(argv[0])
    if found is None:
        raise OSError(f"{argv[0]} is not there, or cannot be seen in the sandbox")
    if orders["filter"] is not None:
        _prctl(PR_SET_NO_NEW_PRIVS, 1)
        if orders["landlock"] is not None:
            restrict(orders["landlock"])
        drop_capabilities()
        filter_calls(bytes.fromhex(orders["filter"]), orders["own"])
    _tell(orders, "ok")
    os.execv(found, argv)  # noqa: S606


def _end_with(parent: int, how: int) -> None:
    _prctl(PR_SET_PDEATHSIG, how)
    if os.getppid() != parent:
        raise OSError("the program has ended")


def _end_all(*_: object) -> None:
    """Kill everything else in this process's Landlock domain, at once."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(-1, signal.SIGKILL)


def supervise(orders: Orders) -> NoReturn:
    """Start the program in a domain below this process's own, and let nothing of it outlive it.

    The domain of this process lets it send signals to what it holds alone, so that a signal to
    every process ends what the program started, whatever that called itself.
    """
    _end_with(orders["parent"], signal.SIGTERM)
    _prctl(PR_SET_CHILD_SUBREAPER, 1)
    _prctl(PR_SET_NO_NEW_PRIVS, 1)
    restrict(orders["supervision"])
    try:
        os.kill(orders["parent"], 0)
    except PermissionError:
        signal.signal(signal.SIGTERM, _end_all)
    else:
        raise OSError("Landlock does not keep signals inside")
    own = os.getpid()
    child = os.fork()
    if child == 0:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        _end_with(own, signal.SIGKILL)
        become(orders)
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nothing, descriptor)
    os.close(orders["status"])
    code = 0
    while True:
        try:
            ended, status = os.waitpid(-1, 0)
        except ChildProcessError:
            os._exit(code)
        if ended == child:
            code = os.waitstatus_to_exitcode(status)
            code = 128 - code if code < 0 else code
            _end_all()


def _tell(orders: Orders, text: str) -> None:
    os.write(orders["status"], f"{text}\n".encode())


def main() -> None:
    """Do what the orders say."""
    orders: Orders = json.loads(sys.argv[1])
    os.set_inheritable(orders["status"], False)
    try:
        if orders["supervision"] is not None:
            supervise(orders)
        if orders["parent"] is not None:
            _end_with(orders["parent"], signal.SIGKILL)
        become(orders)
    except OSError as error:
        _tell(orders, error.strerror or str(error))
        os._exit(126)


if __name__ == "__main__":
    main()
