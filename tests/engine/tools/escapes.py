"""Code that tries to leave a sandbox.

Each piece prints ``ESCAPED``'s value or the secret where it succeeds, and raises or is ended where
not.
"""

from __future__ import annotations

import platform
import textwrap

SECRET = "correct horse battery staple"
ESCAPED = "the sandbox was left"
"""Unlike the name, it stands in no line of code that a traceback shows."""

PRELUDE = """
import ctypes, glob, os, pathlib, resource, shutil, signal, socket, struct, subprocess, sys
import threading, time
libc = ctypes.CDLL(None, use_errno=True)
def call(name, *values):
    values = [ctypes.c_long(v) if isinstance(v, int) else v for v in values]
    result = libc.syscall(ctypes.c_long(NUMBERS[name]), *values)
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result
def succeeds(name, *values):
    call(name, *values)
    print(ESCAPED)
def written(path):
    with open(path, "w") as file:
        file.write("x")
    print(ESCAPED)
def is_sought(path):
    # Finding nothing is a failure that an attempt has to report, too.
    if not os.path.lexists(path):
        raise FileNotFoundError(path)
    return path
"""

ATTEMPTS = {
    # The person's files.
    "read a key": "print(open(HOME + '/.ssh/id_ed25519').read())",
    "read a session": "print(open(OWN + '/data/sessions/one.jsonl').read())",
    "read the settings": "print(open(OWN + '/config/config.toml').read())",
    "read a file outside": "print(open(OUTSIDE + '/file').read())",
    "read the passwords": "print(open('/etc/shadow').read()); print(ESCAPED)",
    "list the home": "print(ESCAPED, [n for n in os.listdir(HOME + '/.ssh')])",
    "find the secret anywhere": """
        for path in (HOME, OWN, OUTSIDE):
            for folder, _, files in os.walk(path):
                if SCRATCH not in folder:
                    for file in files:
                        print(open(os.path.join(folder, file), errors='replace').read())
        raise FileNotFoundError('nothing')""",
    "read by a link": "os.symlink(OUTSIDE + '/file', 'link'); print(open('link').read())",
    "read by a linked folder": "os.symlink(OUTSIDE, 'far'); print(open('far/file').read())",
    "read by a hard link": "os.link(OUTSIDE + '/file', 'hard'); print(open('hard').read())",
    "read by dots": "print(open('../' * 30 + OUTSIDE + '/file').read())",
    "read by /proc/self/root": "print(open('/proc/self/root' + OUTSIDE + '/file').read())",
    "read by the supervisor's root": "print(open(f'/proc/{PARENT}/root{OUTSIDE}/file').read())",
    "read by descriptors left open": """
        for fd in range(3, 256):
            try:
                print(os.read(os.open('file', os.O_RDONLY, dir_fd=fd), 99))
            except OSError:
                pass
            try:
                print(os.listdir(fd), ESCAPED)
            except OSError:
                pass
        raise OSError('no folder is open')""",
    "read by another program": "print(subprocess.check_output(['cat', OUTSIDE + '/file']))",
    "read by a shell": "assert not os.system(f'cat {OUTSIDE}/file') and print(ESCAPED)",
    # What is not its own to change.
    "write outside": "written(OUTSIDE + '/new')",
    "change a file outside": "written(OUTSIDE + '/file')",
    "write by a link": "os.symlink(OUTSIDE + '/new', 'out'); written('out')",
    "write beside the scratch folder": """
        open(SCRATCH + '/../new', 'w').close()
        raise OSError('at most in a memory of its own')""",
    "write to the workspace": "written(WORKSPACE + '/new')",
    "change the workspace by a hard link": """
        os.link(WORKSPACE + '/code.py', 'hard.py')
        written('hard.py')""",
    "make a hook": "written(WORKSPACE + '/.git/hooks/pre-commit')",
    "change git's settings": "written(WORKSPACE + '/.git/config')",
    "move the repository": "os.rename(WORKSPACE + '/.git', 'git'); print(ESCAPED)",
    "take a file in": "os.rename(OUTSIDE + '/file', 'mine'); print(ESCAPED)",
    "remove a file": "os.unlink(is_sought(OUTSIDE + '/file')); print(ESCAPED)",
    "remove the workspace": "shutil.rmtree(WORKSPACE); print(ESCAPED)",
    "open a file to all": "os.chmod(OUTSIDE + '/file', 0o777); print(ESCAPED)",
    "open the workspace to all": "os.chmod(WORKSPACE + '/code.py', 0o777); print(ESCAPED)",
    "open to all by descriptor": """
        os.fchmod(os.open(WORKSPACE + '/code.py', os.O_RDONLY), 0o777); print(ESCAPED)""",
    "give a file away": "os.chown(WORKSPACE + '/code.py', 1, 1); print(ESCAPED)",
    "set a file's time": "os.utime(WORKSPACE + '/code.py', (1, 1)); print(ESCAPED)",
    "mark a file": "os.setxattr(WORKSPACE + '/code.py', 'user.x', b'1'); print(ESCAPED)",
    "cut a file": "os.truncate(WORKSPACE + '/code.py', 0); print(ESCAPED)",
    "change the Python that runs": "written(sys.prefix + '/lib/new.py')",
    "change its packages": "import numpy; written(os.path.dirname(numpy.__file__) + '/new.py')",
    # Not written anew: another file of that name, in a folder of the sandbox's own, is none of it.
    "change the program itself": "open(PROGRAM, 'r+').write(''); print(ESCAPED)",
    "write to the system": "written('/usr/lib/new')",
    "write where the memory is": "written('/new')",
    "write to the kernel": """
        path = '/proc/sys/kernel/core_pattern'
        kept = open(path).read()
        open(path, 'w').write(kept)
        print(ESCAPED)""",
    "press its keys": "print(ESCAPED, os.open('/proc/sysrq-trigger', os.O_WRONLY))",
    "write to the machine": "print(ESCAPED, os.open('/sys/power/state', os.O_WRONLY))",
    "read the memory of the machine": "print(ESCAPED, open('/dev/mem', 'rb').read(1))",
    "read the disk": "print(ESCAPED, open(glob.glob('/dev/[vs]da')[0], 'rb').read(1))",
    "make a disk": "os.mknod('disk', 0o60600, os.makedev(254, 0)); print(ESCAPED)",
    # Secrets of the program.
    "read the variables": """
        print(*os.environ.values())
        print(os.environ['A_SERVICE_KEY'])""",
    "be preloaded": "print(ESCAPED, os.environ['LD_PRELOAD'], os.environ['PYTHONPATH'])",
    "read others' variables": """
        for path in glob.glob('/proc/[0-9]*/environ'):
            print(open(path).read())
        raise OSError('nothing')""",
    "read the program's variables": "print(open(f'/proc/{PARENT}/environ').read())",
    "read the program's command": "print(open(f'/proc/{PARENT}/cmdline').read(), ESCAPED)",
    # Other processes. Where a sandbox fails, none of these may harm more than the victim.
    "trace the program": "succeeds('ptrace', 16, PARENT, 0, 0)",
    "read its memory": """
        buffer = ctypes.create_string_buffer(8)
        vector = struct.pack('PN', ctypes.addressof(buffer), 8)
        succeeds('process_vm_readv', PARENT, vector, 1, vector, 1, 0)""",
    "open its memory": "print(ESCAPED, open(f'/proc/{PARENT}/mem', 'r+b'))",
    "end the program": "os.kill(PARENT, 0); print(ESCAPED)",
    "end another program": "os.kill(VICTIM, 9); print(ESCAPED)",
    "stop another program": "os.kill(VICTIM, signal.SIGSTOP); print(ESCAPED)",
    "end its parent": "os.kill(os.getppid(), 9); raise OSError('not heard')",
    "end everything": """
        # Heard by the victim, and ignored by everything else.
        os.kill(-1, signal.SIGURG)
        raise OSError('not heard')""",
    "end its thread": "succeeds('tkill', VICTIM, 9)",
    "end it by a queue": "succeeds('rt_sigqueueinfo', VICTIM, 9, bytes(128))",
    "end it by an alarm": """
        import fcntl
        pair = socket.socketpair()
        fcntl.fcntl(pair[0], fcntl.F_SETOWN, VICTIM)
        fcntl.fcntl(pair[0], 10, 9)
        fcntl.fcntl(pair[0], fcntl.F_SETFL, os.O_ASYNC)
        pair[1].send(b'x')
        raise OSError('not heard')""",
    "hold a process": "succeeds('pidfd_open', VICTIM, 0)",
    "limit another program": """
        resource.prlimit(VICTIM, resource.RLIMIT_NOFILE, (9, 9)); print(ESCAPED)""",
    "slow another program": "os.setpriority(os.PRIO_PROCESS, VICTIM, 19); print(ESCAPED)",
    "bind another program to a core": "os.sched_setaffinity(VICTIM, {0}); print(ESCAPED)",
    "type into the terminal": """
        import fcntl, termios
        for path in ('/dev/tty', '/dev/pts/0', '/dev/console'):
            try:
                fcntl.ioctl(os.open(path, os.O_RDWR), termios.TIOCSTI, b'x')
                print(ESCAPED)
            except OSError as error:
                last = error
        raise last""",
    "type by descriptor": "import fcntl; fcntl.ioctl(0, 0x5412, b'x'); print(ESCAPED)",
    # The network.
    "connect to this machine": "socket.create_connection(('127.0.0.1', PORT), 2); print(ESCAPED)",
    "connect outside": "socket.create_connection(('192.0.2.1', 80), 2); print(ESCAPED)",
    "ask for a name": "socket.getaddrinfo('example.org', 80); print(ESCAPED)",
    "send a packet": """
        socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('192.0.2.1', 53)); print(ESCAPED)""",
    "send a raw packet": "socket.socket(type=socket.SOCK_RAW, proto=1); print(ESCAPED)",
    "listen": "socket.create_server(('127.0.0.1', 0)); print(ESCAPED)",
    "connect to a socket file": """
        s = socket.socket(socket.AF_UNIX); s.connect(WORKSPACE + '/socket'); print(ESCAPED)""",
    "connect to a socket of no file": """
        s = socket.socket(socket.AF_UNIX); s.connect('\\0' + NAME); print(ESCAPED)""",
    "send by a pair": """
        a, b = socket.socketpair(type=socket.SOCK_DGRAM)
        a.sendto(b'x', WORKSPACE + '/datagrams'); print(ESCAPED)""",
    "talk to the kernel": "socket.socket(16, socket.SOCK_RAW, 0); print(ESCAPED)",
    "talk to the host": "socket.socket(40, socket.SOCK_STREAM, 0); print(ESCAPED)",
    # The kernel.
    "mount": "succeeds('mount', b'none', b'/tmp', b'tmpfs', 0, 0)",
    "unmount": "succeeds('umount2', b'/usr', 2)",
    "mount anew": "succeeds('mount', b'none', b'/usr', 0, 0x1020, 0)",
    "open a tree": "succeeds('open_tree', -100, b'/', 1)",
    "have a namespace": "succeeds('unshare', 0x10000000)",
    "start in a namespace": "call('clone', 0x10000011, 0, 0, 0, 0) or os._exit(0); print(ESCAPED)",
    "start in one anew": "succeeds('clone3', bytes(64), 64)",
    "enter a namespace": "succeeds('setns', os.open('/proc/1/ns/mnt', os.O_RDONLY), 0)",
    "change the root": "os.chroot('.'); print(ESCAPED)",
    "turn the root": "succeeds('pivot_root', b'.', b'.')",
    "read the keys": "succeeds('keyctl', 0, -3, 0)",
    "add a key": "succeeds('add_key', b'user', b'x', b'x', 1, -3)",
    "load a program": "succeeds('bpf', 0, bytes(64), 64)",
    "have a ring": "succeeds('io_uring_setup', 4, ctypes.create_string_buffer(120))",
    "open by a handle": "succeeds('open_by_handle_at', -100, bytes(16), 0)",
    "handle faults": "succeeds('userfaultfd', 1)",
    "watch events": "succeeds('perf_event_open', bytes(128), 0, -1, -1, 0)",
    "watch files": "succeeds('fanotify_init', 0, 0)",
    "run from memory": """
        os.execv(f'/proc/self/fd/{os.memfd_create("x")}', ['x']); print(ESCAPED)""",
    "share memory": "succeeds('shmget', 0, 4096, 0o1600)",
    "load a module": "succeeds('init_module', b'', 0, b'')",
    "boot": "succeeds('kexec_load', 0, 0, 0, 0)",
    "turn it off": "succeeds('reboot', 0, 0, 0, 0)",
    "read its log": "succeeds('syslog', 3, ctypes.create_string_buffer(99), 99)",
    "set the clock": "time.clock_settime(0, time.time()); print(ESCAPED)",
    "name the machine": "socket.sethostname(socket.gethostname()); print(ESCAPED)",
    "be another": "os.setuid(12345); print(ESCAPED)",
    "be root": "os.setuid(0); os.setgid(0); print(ESCAPED)",
    "be root by a program": "print(ESCAPED, subprocess.check_output(['su', '-c', 'id']))",
    "have rights again": "succeeds('capset', struct.pack('Ii', 0x20080522, 0), b'\\xff' * 24)",
    "drop the filter": "libc.prctl(22, 0, 0, 0, 0) and shutil.copy(OUTSIDE + '/file', 'x')",
    "drop the promise": "libc.prctl(38, 0, 0, 0, 0) and shutil.copy(OUTSIDE + '/file', 'x')",
    "be told nothing new": "libc.syscall(600) == -1 and os.kill(VICTIM, 0)",
}

BY_MACHINE = {
    "call as another machine": """
        import mmap
        code = mmap.mmap(-1, 4096, prot=7)
        code.write(bytes.fromhex('b8140000''00cd80c3'))
        ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(code)))()
        print(ESCAPED)""",
    "call as a third": """
        if libc.syscall(ctypes.c_long(0x40000000 + 39)) > 0:
            print(ESCAPED)""",
}
"""Those of x86_64 alone; each ends the process."""

BOMBS = {
    "start without end": "while True: os.fork()",
    "start programs without end": """
        while True: subprocess.Popen(['sleep', '60'], start_new_session=True)""",
    "have threads without end": """
        while True: threading.Thread(target=time.sleep, args=(60,)).start()""",
    "fill the memory": "everything = bytearray(1 << 40)",
    "fill the memory by bits": """
        everything = []
        while True: everything.append(bytearray(64 << 20))""",
    "fill the memory with many": """
        for _ in range(8):
            if not os.fork():
                everything = os.urandom(1 << 20) * 60
                time.sleep(60)
        time.sleep(10)""",
    "fill a file": """
        with open('large', 'wb') as file:
            while True: file.write(bytes(4 << 20))""",
    "fill a file at once": "os.posix_fallocate(os.open('at once', 66), 0, 1 << 40)",
    "fill the disk": """
        for number in range(1000):
            with open(f'file {number}', 'wb') as file: file.write(bytes(8 << 20))
        print(ESCAPED)""",
    "fill the folder": """
        for number in range(1_000_000): open(f'small {number}', 'w').close()
        print(ESCAPED)""",
    "fill what is in memory": """
        for folder in ('/tmp', '/dev/shm', '/dev', '/', '/run', '/var/tmp'):
            try:
                for number in range(20):
                    with open(f'{folder}/{number}', 'wb') as file: file.write(bytes(8 << 20))
                print(ESCAPED)
            except OSError as error:
                last = error
        raise last""",
}
"""What uses up the machine; each is stopped, some by the end of the process."""


SUCCEED_OUTSIDE = (
    *("read a key", "read a session", "read the settings", "read a file outside", "list the home"),
    *("find the secret anywhere", "read by a link", "read by a linked folder", "read by dots"),
    *(
        "read by a hard link",
        "read by /proc/self/root",
        "read the program's command",
        "end the program",
    ),
    *("hold a process", "connect to this machine", "listen", "connect to a socket file"),
    *("connect to a socket of no file", "send by a pair", "make a hook"),
    *("write to the workspace", "change git's settings", "open the workspace to all"),
    *("open to all by descriptor", "set a file's time", "cut a file", "write outside"),
    *("change a file outside", "open a file to all", "end another program", "remove a file"),
    *("move the repository", "remove the workspace"),
)
"""What any user can do without a sandbox, in an order in which none spoils the next."""


def every_attempt() -> dict[str, str]:
    """Return all attempts that this machine can make."""
    own = BY_MACHINE if platform.machine() == "x86_64" else {}
    return {**ATTEMPTS, **own, **BOMBS}


def code_of(attempt: str) -> str:
    """Return the code of an attempt."""
    return textwrap.dedent(every_attempt()[attempt]).strip()
