"""All of the person's servers, on a thread of their own, and their tools."""

from __future__ import annotations

import asyncio
import contextlib
import importlib.util
import threading
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import CancelledError, Future
from typing import TYPE_CHECKING, Any

from engine.config import locations
from engine.tools.foreign import arguments_by, effects_of, valid_name
from engine.tools.mcp.states import (
    ServerState,
    ServerTool,
    confinement_of,
    place_of,
    touches_of,
)
from engine.tools.own.confinement import Surroundings
from engine.tools.own.declarations import McpEntry
from engine.tools.registry import Result, Running, Tool, ToolError
from engine.tools.sandbox import Found
from engine.tools.sandbox.unconfined import Unconfined

if TYPE_CHECKING:
    from engine.tools.mcp.server import Server

INSTALL = "the package mcp is not installed; install it with: pip install 'harmony-tui[mcp]'"
OLD = "the package mcp is too old; install a newer one with: pip install -U 'harmony-tui[mcp]'"
END_SECONDS = 5.0


def _ignore() -> None:
    return


class McpServers:
    """The servers that are declared in ``tools.toml``. Any thread may use them."""

    def __init__(
        self,
        entries: Mapping[str, McpEntry],
        around: Surroundings | None = None,
        hear: Callable[[], None] = _ignore,
    ) -> None:
        """Take what is declared; nothing is started or imported yet.

        Args:
            entries: the servers by name, as ``load_own_tools`` returns them.
            around: where the person's tools are, and what can hold those that ask for it; None is
                the usual folder, and nothing.
            hear: is called, by the servers' thread, whenever the state of one is another; it must
                return soon.
        """
        self.entries = entries
        usual = Surroundings(locations.own_tools_folder(), None, Found(Unconfined(), ()))
        self.around = around or usual
        self._hear = hear
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._servers: dict[str, Server] = {}
        self._fault = ""
        self._is_closed = False

    def states(self) -> tuple[ServerState, ...]:
        """Return the state of each server."""
        if self._fault:
            return tuple(ServerState(name, "failed", self._fault) for name in self.entries)
        known = self._servers
        return tuple(
            known[name].state if name in known else ServerState(name) for name in self.entries
        )

    def start(self) -> None:
        """Start those that are off, without waiting for them. One that failed stays as it is."""
        for state in self.states():
            if state.status == "off":
                self._do(state.name, "begin")

    def restart(self, name: str) -> None:
        """Start one anew, whatever its state, without waiting for it.

        Raises:
            KeyError: there is none of this name.
        """
        _ = self.entries[name]
        self._do(name, "restart")

    def tools(self, taken: Collection[str] = ()) -> tuple[Tool, ...]:
        """Return the tools of all that are or were ready, under names that the model can call.

        Args:
            taken: names that other tools have.
        """
        names = {*taken}
        tools = []
        for state in self.states():
            for each in state.tools:
                name = valid_name(f"{state.name}_{each.name}", names)
                names.add(name)
                tools.append(self._tool(name, state.name, each))
        return tuple(tools)

    def close(self) -> None:
        """End all servers, wait until their programs are gone, and end their thread."""
        with self._lock:
            was_closed, self._is_closed = self._is_closed, True
            loop, thread = self._loop, self._thread
        if was_closed or loop is None or thread is None:
            return
        ending = asyncio.run_coroutine_threadsafe(self._end_all(), loop)
        with contextlib.suppress(TimeoutError):
            ending.result(END_SECONDS)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(END_SECONDS)
        for server in self._servers.values():
            server.abandon()

    # --- calls ---------------------------------------------------------------------------------

    def _tool(self, name: str, server: str, tool: ServerTool) -> Tool:
        entry = self.entries[server]
        confinement = confinement_of(entry, self.around.sandbox)
        touches = touches_of(entry, tool.name, confinement)

        def run(arguments: Any, running: Running) -> Result:
            return self._call(server, tool.name, arguments.given, running)

        return Tool(
            name=name,
            description=tool.description,
            arguments=arguments_by(tool.schema),
            run=run,
            effects=effects_of(touches),
            touches=touches,
            place=place_of(entry, server, confinement),
        )

    def _call(self, name: str, tool: str, arguments: Mapping[str, Any], running: Running) -> Result:
        loop, server = self._ready(name)
        call = asyncio.run_coroutine_threadsafe(server.call(tool, arguments, running.tell), loop)

        def stop() -> None:
            call.cancel()

        with running.interrupting(stop):
            try:
                return call.result()
            except CancelledError:
                raise ToolError("it was stopped") from None

    def _do(self, name: str, what: str) -> None:
        try:
            loop, server = self._ready(name)
        except ToolError:
            return  # its state says why

        async def act() -> None:
            if what == "restart":
                await server.restart()
            else:
                server.begin()

        asyncio.run_coroutine_threadsafe(act(), loop)

    def _ready(self, name: str) -> tuple[asyncio.AbstractEventLoop, Server]:
        """Return the event loop and a server, after beginning the thread if there is none.

        Raises:
            ToolError: the library is not there, or the program is closing.
        """
        with self._lock:
            if self._is_closed:
                raise ToolError("the program is closing")
            if self._loop is None:
                self._begin()
            if self._loop is None:
                raise ToolError(self._fault)
            return self._loop, self._servers[name]

    def _begin(self) -> None:
        if importlib.util.find_spec("mcp") is None:
            self._fault = INSTALL
            return
        try:
            from engine.tools.mcp.server import Server
        except ImportError:
            self._fault = OLD
            return
        loop = asyncio.new_event_loop()
        begun: Future[None] = Future()

        def work() -> None:
            asyncio.set_event_loop(loop)
            loop.call_soon(begun.set_result, None)
            loop.run_forever()
            loop.close()

        self._servers = {
            name: Server(name, entry, self.around, self._hear)
            for name, entry in self.entries.items()
        }
        self._thread = threading.Thread(target=work, name="MCP servers", daemon=True)
        self._thread.start()
        begun.result()
        self._loop = loop

    async def _end_all(self) -> None:
        await asyncio.gather(*(server.end() for server in self._servers.values()))
