"""What a sandboxed process may touch and use up, and what of the machine it therefore sees."""

from __future__ import annotations

import os
import sys
import sysconfig
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from engine.config import locations

MIB = 1 << 20
GIB = 1 << 30

SYSTEM_FOLDERS = tuple(
    Path(folder)
    for folder in ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/nix/store")
)
"""Programs and libraries of the system, which hold nothing of a person's."""

SYSTEM_FILES = tuple(
    Path("/etc", name)
    for name in (
        *("alternatives", "fonts", "ld.so.cache", "ld.so.conf", "ld.so.conf.d", "localtime"),
        *("mime.types", "timezone"),
    )
)
NETWORK_FILES = tuple(
    Path("/etc", name)
    for name in (
        *("ca-certificates", "gai.conf", "host.conf", "hosts", "nsswitch.conf", "pki"),
        *("protocols", "resolv.conf", "services", "ssl"),
    )
)
"""What finding and trusting a server takes."""

REPOSITORY = ".git"
DEEPEST = 6
MOST_FOLDERS = 20_000
"""How much of a workspace is searched for repositories inside it."""

KEPT_VARIABLES = ("LANG", "LANGUAGE", "TZ", "LC_ALL", "LC_CTYPE", "LC_NUMERIC", "LC_TIME")
"""The only variables that go through: how text, numbers and times are written. The rest may hold
secrets under any name."""

MOST_NUMBER_THREADS = 4


class SandboxError(Exception):
    """A sandbox could not be set up or started; nothing was run, and the message says why."""


def own_folders() -> tuple[Path, ...]:
    """Return where the program keeps what was said, set and logged."""
    return (
        locations.config_file().parent,
        locations.sessions_folder().parent,
        locations.cache_folder(),
        locations.state_folder(),
        locations.log_file().parent,
    )


@dataclass(frozen=True, slots=True)
class Policy:
    """What a process in a sandbox, with all that it starts, may do.

    Whatever is not named here is closed to it: the home folder, other programs, the keys and
    variables of the person. Paths are the same inside as outside, but for ``scratch_name``.
    """

    scratch: Path
    """Its own folder, which it may write; its home, its current folder, its temporary files."""
    workspace: Path | None = None
    """The person's folder, which it may read. A home folder, or one above it, is not shown."""
    writes_workspace: bool = False
    """Whether it may also write there; never to a ``.git`` that is there when it starts."""
    network: bool = False
    memory: int = 2 * GIB
    """Bytes, for each process and for all of them together."""
    processes: int = 32
    """At one time. With 1, no other process can be started."""
    threads: int = 256
    """Of all processes together, each of which is one at least."""
    file_size: int = 256 * MIB
    """Bytes in one file."""
    disk: int = GIB
    """Bytes in the scratch folder."""
    files: int = 20_000
    """Files and folders in the scratch folder."""
    cpu_seconds: int = 3600
    """Of one process, in its life."""
    readable: tuple[Path, ...] = ()
    """What it may read besides the system's programs and the Python that runs this program."""
    hidden: tuple[Path, ...] = field(default_factory=own_folders)
    """What it may never see, wherever that lies."""
    scratch_name: Path | None = None
    """Another path by which it finds its own folder, where the sandbox has names of its own."""


@dataclass(frozen=True, slots=True)
class View:
    """What a policy comes to on this machine; every path is there and leads through no link."""

    system: tuple[Path, ...]
    """Folders and files of the system, by the names that programs know, links among them."""
    readable: tuple[Path, ...]
    workspace: Path | None
    writes_workspace: bool
    protected: tuple[Path, ...]
    """What stays as it is inside a workspace that may be written."""
    hidden: tuple[Path, ...]
    """Folders inside what is visible that are not."""
    scratch: Path
    scratch_names: tuple[Path, ...]
    """What it is called inside; its other name only where nothing else that is shown has it."""


def is_inside(path: Path, folder: Path) -> bool:
    """Whether a path is a folder or lies in it; both have to be without links."""
    return path == folder or folder in path.parents


def view_of(policy: Policy) -> View:
    """Return what a policy shows.

    Raises:
        SandboxError: the scratch folder is not there, or is no folder to give away.
    """
    scratch = policy.scratch.resolve()
    if not scratch.is_dir():
        raise SandboxError(f"{scratch} is not there; make the scratch folder first")
    home = Path.home().resolve()
    hidden = tuple(path.resolve() for path in policy.hidden if path.is_dir())
    system = SYSTEM_FOLDERS + SYSTEM_FILES + (NETWORK_FILES if policy.network else ())
    system = tuple(path for path in system if path.exists())
    readable = tuple(_with_targets((*interpreter_folders(), *policy.readable)))
    readable = tuple(_outermost(readable, system, hidden))
    workspace = _shown_workspace(policy, home, hidden)
    closed = [home, *hidden, *(path.resolve() for path in readable + system)]
    if policy.workspace is not None:
        closed.append(policy.workspace.resolve())
    for path in closed:
        if is_inside(path, scratch):
            raise SandboxError(f"{scratch} cannot be a scratch folder: it holds {path}")
    if REPOSITORY in scratch.parts:
        raise SandboxError(f"{scratch} cannot be a scratch folder: it lies in a repository")
    shown = [path for path in (*system, *readable, workspace) if path is not None]
    writes = policy.writes_workspace and workspace is not None
    other = policy.scratch_name
    is_free = other is not None and not any(
        is_inside(path, other) or is_inside(other, path) for path in (*shown, scratch)
    )
    return View(
        system=system,
        readable=readable,
        workspace=workspace,
        writes_workspace=writes,
        protected=tuple(_protected(workspace, readable)) if writes and workspace else (),
        hidden=tuple(p for p in hidden if any(is_inside(p, s.resolve()) for s in shown)),
        scratch=scratch,
        scratch_names=(scratch, other) if other is not None and is_free else (scratch,),
    )


def _shown_workspace(policy: Policy, home: Path, hidden: tuple[Path, ...]) -> Path | None:
    if policy.workspace is None:
        return None
    workspace = policy.workspace.resolve()
    if not workspace.is_dir() or is_inside(home, workspace):
        return None
    return None if any(is_inside(workspace, path) for path in hidden) else workspace


def _with_targets(paths: tuple[Path, ...]) -> Iterator[Path]:
    """Give each path that exists, once, and where it leads."""
    known = dict.fromkeys(target for path in paths for target in (path, path.resolve()))
    yield from (path for path in known if path.exists())


def _outermost(
    paths: tuple[Path, ...], system: tuple[Path, ...], hidden: tuple[Path, ...]
) -> Iterator[Path]:
    """Give the paths that do not lie in a folder that is shown already, links in it included."""
    for path in paths:
        others = (each for each in (*system, *paths) if each != path)
        if not any(is_inside(path, each) for each in others) or any(
            is_inside(path.resolve(), each) for each in hidden
        ):
            yield path


def _protected(workspace: Path, readable: tuple[Path, ...]) -> Iterator[Path]:
    """Give what may not be changed in a workspace: repositories, and the Python that runs."""
    yield from (path.resolve() for path in readable if is_inside(path.resolve(), workspace))
    for seen, (folder, names, files) in enumerate(os.walk(workspace)):
        here = Path(folder)
        if REPOSITORY in names or REPOSITORY in files:
            yield here / REPOSITORY
        depth = len(here.parts) - len(workspace.parts)
        if depth >= DEEPEST or seen > MOST_FOLDERS:
            names.clear()
        names[:] = [name for name in names if name not in {REPOSITORY, "node_modules"}]


def interpreter_folders() -> tuple[Path, ...]:
    """Return the folders of the Python that runs this program, its packages included."""
    home = Path.home().resolve()
    paths = sysconfig.get_paths()
    names = ("stdlib", "platstdlib", "purelib", "platlib")
    folders = [Path(sys.prefix), Path(sys.base_prefix), *(Path(paths[name]) for name in names)]
    executable = Path(sys.executable)
    folders += [executable.parent, executable.resolve().parent]
    # A prefix such as ~ or / would show all that lies in it.
    folders = [folder for folder in folders if not is_inside(home, folder.resolve())]
    return tuple(dict.fromkeys(folders))


def environment(policy: Policy, variables: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the variables that a sandboxed process gets; no secret of the program's is among them.

    Args:
        policy: whose scratch folder becomes the home.
        variables: what to take the language and the time zone from; the program's own if None.
    """
    given = os.environ if variables is None else variables
    scratch = str(policy.scratch.resolve())
    threads = str(min(MOST_NUMBER_THREADS, os.cpu_count() or 1))
    return {
        "LANG": "C.UTF-8",
        **{name: given[name] for name in KEPT_VARIABLES if name in given},
        "PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin",
        "HOME": scratch,
        "TMPDIR": scratch,
        "TERM": "dumb",
        "NO_COLOR": "1",
        "MPLBACKEND": "Agg",
        # Each thread of these libraries reserves memory, which is limited.
        "OMP_NUM_THREADS": threads,
        "OPENBLAS_NUM_THREADS": threads,
    }
