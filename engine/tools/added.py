"""The tools that the person adds: their own functions and commands, and servers of tools."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection
from pathlib import Path
from typing import TYPE_CHECKING

from engine.config import locations
from engine.tools.registry import Tool
from engine.tools.sandbox import Found

if TYPE_CHECKING:
    from engine.tools.mcp import McpServers
    from engine.tools.own import OwnTools

FILES = ("tools.py", "tools.toml")


def _ignore() -> None:
    return


class AddedTools:
    """Loads them when they are asked for and new or changed, and ends what they run in."""

    def __init__(self, taken: Collection[str]) -> None:
        """Begin with nothing loaded; ``taken`` are the names that other tools have."""
        self.hear: Callable[[], None] = _ignore
        """Is called by another thread whenever a server's state has changed; it must return soon.
        """
        self.servers: McpServers | None = None
        """The servers that are declared; None before they are known."""
        self._taken = frozenset(taken)
        self._own: OwnTools | None = None
        self._loaded: tuple[tuple[int, ...], ...] = ()
        """What the files were when they were loaded; see ``_look``."""
        self._lock = threading.Lock()

    def _tell(self) -> None:
        self.hear()

    @property
    def are_there(self) -> bool:
        """Whether the person has added any."""
        return any(_look())

    def load(self, sandbox: Callable[[], Found], workspace: Path | None) -> None:
        """Load what the person has added, and start the servers without waiting for them.

        Nothing is done where that is loaded already and its files are as they were. Blocks while
        ``tools.py`` is imported, if it is there.

        Args:
            sandbox: returns where it runs.
            workspace: the folder that it may work in.
        """
        with self._lock:
            found = _look()
            if self._own is not None and found == self._loaded:
                return
            self._end(*self._take())
            if not self.are_there:
                return
            from engine.tools.mcp import McpServers
            from engine.tools.own import load_own_tools

            self._loaded = found
            self._own = load_own_tools(None, sandbox(), workspace, self._taken)
            self.servers = McpServers(self._own.servers, self._own.around, self._tell)
            self.servers.start()

    @property
    def problems(self) -> tuple[str, ...]:
        """A sentence about each that cannot be used."""
        own, servers = self._own, self.servers
        states = () if servers is None else servers.states()
        notes = (f"MCP server {state.name}: {note}." for state in states for note in state.notes)
        return (*(() if own is None else own.problems), *notes)

    def restart(self, name: str) -> None:
        """Have a server end and start anew, without waiting for it.

        Raises:
            KeyError: none that is loaded has this name.
        """
        if self.servers is None:
            raise KeyError(name)
        self.servers.restart(name)

    def tools(self) -> tuple[Tool, ...]:
        """Return those that are loaded, and those of the servers that are or were ready."""
        own, servers = self._own, self.servers
        if own is None or servers is None:
            return ()
        taken = self._taken.union(tool.name for tool in own.tools)
        return (*own.tools, *servers.tools(taken))

    def reasons(self) -> dict[str, str]:
        """Return the servers whose tools cannot be called now, each with its state."""
        servers = self.servers
        states = () if servers is None else servers.states()
        return {each.name: f"server {each.shown}" for each in states if each.status != "ready"}

    def unload(self) -> None:
        """End what runs; the next ``load`` reads the files anew. Blocks for seconds at most."""
        with self._lock:
            taken = self._take()
        self._end(*taken)

    def _take(self) -> tuple[OwnTools | None, McpServers | None]:
        """Return what is loaded, which is not then any more."""
        own, servers = self._own, self.servers
        self._own = self.servers = None
        return own, servers

    @staticmethod
    def _end(own: OwnTools | None, servers: McpServers | None) -> None:
        if servers is not None:
            servers.close()
        if own is not None:
            own.close()


def _look() -> tuple[tuple[int, ...], ...]:
    """Return when each of the files was changed last, and its size; nothing of one not there."""
    folder = locations.own_tools_folder()
    return tuple(_look_at(folder / name) for name in FILES)


def _look_at(file: Path) -> tuple[int, ...]:
    try:
        status = file.stat()
    except OSError:
        return ()
    return (status.st_mtime_ns, status.st_size)
