"""The system calls of Linux that a sandboxed process has no use for, by machine.

Numbers are those of ``arch/x86/entry/syscalls/syscall_64.tbl`` and of
``include/uapi/asm-generic/unistd.h``, which 64-bit ARM follows; from 424 on they are the same.
"""

from __future__ import annotations

from functools import cache

AUDIT_ARCHITECTURE = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
"""How the kernel names a machine to a filter (``linux/audit.h``)."""

NEWEST = 470
"""Calls with higher numbers came after this was written; what they can do is not known here."""

NUMBERS = """
_sysctl=156/- accept=43/202 accept4=288/242 acct=163/89 add_key=248/217 adjtimex=159/171
bind=49/200 bpf=321/280 capset=126/91 chmod=90/- chown=92/- chroot=161/51 clock_adjtime=305/266
clock_settime=227/112 clone=56/220 clone3=435 connect=42/203 create_module=174/-
delete_module=176/106 fanotify_init=300/262 fanotify_mark=301/263 fchmod=91/52 fchmodat=268/53
fchmodat2=452 fchown=93/55 fchownat=260/54 fcntl=72/25 file_setattr=469 finit_module=313/273
fork=57/- fremovexattr=199/16 fsconfig=431 fsetxattr=190/7 fsmount=432 fsopen=430 fspick=433
futimesat=261/- get_kernel_syms=177/- init_module=175/105 inotify_add_watch=254/27
io_uring_enter=426 io_uring_register=427 io_uring_setup=425 ioctl=16/29 ioperm=173/- iopl=172/-
ioprio_set=251/30 kcmp=312/272 kexec_file_load=320/294 kexec_load=246/104 keyctl=250/219
kill=62/129 lchown=94/- listen=50/201 listmount=458 lookup_dcookie=212/18 lremovexattr=198/15
lsetxattr=189/6 memfd_create=319/279 memfd_secret=447 migrate_pages=256/238 modify_ldt=154/-
mount=165/40 mount_setattr=442 move_mount=429 move_pages=279/239 mq_open=240/180 msgget=68/186
name_to_handle_at=303/264 nfsservctl=180/42 open_by_handle_at=304/265 open_tree=428
open_tree_attr=467 perf_event_open=298/241 personality=135/92 pidfd_getfd=438 pidfd_open=434
pidfd_send_signal=424 pivot_root=155/41 prlimit64=302/261 process_madvise=440
process_mrelease=448 process_vm_readv=310/270 process_vm_writev=311/271 ptrace=101/117
query_module=178/- quotactl=179/60 quotactl_fd=443 reboot=169/142 removexattr=197/14
removexattrat=466 request_key=249/218 rt_sigqueueinfo=129/138 rt_tgsigqueueinfo=297/240
sched_setaffinity=203/122 sched_setattr=314/274 sched_setparam=142/118
sched_setscheduler=144/119 semget=64/190 setdomainname=171/162 setfsgid=123/152 setfsuid=122/151
setgid=106/144 setgroups=116/159 sethostname=170/161 setns=308/268 setpriority=141/140
setregid=114/143 setresgid=119/149 setresuid=117/147 setreuid=113/145 settimeofday=164/170
setuid=105/146 setxattr=188/5 setxattrat=463 shmat=30/196 shmctl=31/195 shmget=29/194
socket=41/198 socketpair=53/199 statmount=457 swapoff=168/225 swapon=167/224 syslog=103/116
tgkill=234/131 tkill=200/130 truncate=76/45 umount2=166/39 unshare=272/97 uselib=134/-
userfaultfd=323/282 utime=132/- utimensat=280/88 utimes=235/- vfork=58/- vhangup=153/58
"""
"""Each call with its number on x86_64 and that on aarch64, which lacks some of the older ones."""

NEVER = (
    # Other processes.
    *("ptrace", "process_vm_readv", "process_vm_writev", "kcmp", "pidfd_open", "pidfd_getfd"),
    *("pidfd_send_signal", "process_madvise", "process_mrelease", "move_pages", "migrate_pages"),
    *("perf_event_open", "ioprio_set"),
    # Other views of the file system, and of the system.
    *("mount", "umount2", "pivot_root", "chroot", "unshare", "setns", "open_tree", "move_mount"),
    *("fsopen", "fsconfig", "fsmount", "fspick", "mount_setattr", "open_tree_attr", "statmount"),
    *("listmount", "name_to_handle_at", "open_by_handle_at", "fanotify_init", "fanotify_mark"),
    *("lookup_dcookie", "nfsservctl", "quotactl", "quotactl_fd", "file_setattr"),
    # Doors into the kernel that most of its faults came through.
    *("bpf", "io_uring_setup", "io_uring_enter", "io_uring_register", "userfaultfd", "keyctl"),
    *("add_key", "request_key", "uselib", "modify_ldt", "personality", "_sysctl"),
    # Memory that no limit counts and that outlives its process; programs with no file.
    *("memfd_create", "memfd_secret", "shmget", "shmat", "shmctl", "msgget", "semget", "mq_open"),
    # The machine.
    *("kexec_load", "kexec_file_load", "init_module", "finit_module", "delete_module", "reboot"),
    *("swapon", "swapoff", "acct", "settimeofday", "clock_settime", "adjtimex", "clock_adjtime"),
    *("sethostname", "setdomainname", "iopl", "ioperm", "vhangup", "syslog", "create_module"),
    *("query_module", "get_kernel_syms"),
    # Other users.
    *("setuid", "setgid", "setreuid", "setregid", "setresuid", "setresgid", "setfsuid"),
    *("setfsgid", "setgroups", "capset"),
)
"""Refused in every sandbox."""

OF_OTHERS_FILES = (
    *("chmod", "fchmod", "fchmodat", "fchmodat2", "chown", "lchown", "fchown", "fchownat"),
    *("utime", "utimes", "futimesat", "utimensat", "setxattr", "lsetxattr", "fsetxattr"),
    *("removexattr", "lremovexattr", "fremovexattr", "setxattrat", "removexattrat"),
    "inotify_add_watch",
)
"""Refused where a file that cannot be opened can still be named, as under Landlock."""

ON_SOCKETS = ("connect", "bind", "listen", "accept", "accept4")
"""Refused where there is no network."""


@cache
def _table(machine: str) -> dict[str, int]:
    column = list(AUDIT_ARCHITECTURE).index(machine)
    calls = (entry.split("=") for entry in NUMBERS.split())
    numbers = {name: listed.split("/") for name, listed in calls}
    return {
        name: int(found[column % len(found)])
        for name, found in numbers.items()
        if found[column % len(found)] != "-"
    }


def number(name: str, machine: str) -> int | None:
    """Return the number of a system call on a machine; None if it has none there."""
    return _table(machine).get(name)
