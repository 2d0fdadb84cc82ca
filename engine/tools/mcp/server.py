"""One server: its connection, which lives on the servers' event loop, and what it offers."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import re
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx2
from mcp import Client, MCPError, types
from mcp.client.streamable_http import streamable_http_client
from mcp.client.subscriptions import ListenNotSupportedError, SubscriptionLost

from engine.tools.mcp.results import joined, result_of
from engine.tools.mcp.states import ServerState, ServerTool, confinement_of
from engine.tools.mcp.transport import ProgramEnd, open_client, run_program
from engine.tools.own.confinement import Surroundings
from engine.tools.own.declarations import McpEntry
from engine.tools.own.environment import Plain, only_named, own_files, variables_for
from engine.tools.own.following import Process
from engine.tools.registry import Result, ToolError
from engine.tools.schemas import flatten

MOST_TOOLS = 200
"""Of one server; each takes room in every prompt."""
LONGEST_DESCRIPTION = 2000
END_SECONDS = 3.0
MOST_LATE = 2
"""So many calls in a row that were not answered in time end a server; the next starts it anew."""
LOST = (types.INTERNAL_ERROR, types.INVALID_REQUEST, types.PARSE_ERROR)
"""What the library says, of a server by HTTP, where there is no answer; connecting anew costs
little where it was one of the server's."""
VARIABLE = re.compile(r"\$\{(\w+)\}")

logger = logging.getLogger(__name__)


class ServerError(Exception):
    """A server cannot be used; the text says why."""


class Server:
    """A server of tools; all methods but ``state`` are for the event loop's thread."""

    def __init__(
        self, name: str, entry: McpEntry, around: Surroundings, hear: Callable[[], None]
    ) -> None:
        """Take a server that is declared; nothing is started yet.

        Args:
            name: as the person calls it.
            entry: how it is reached.
            around: where the person's tools are and its program works, and what can hold it.
            hear: is called whenever ``state`` is another.
        """
        self.name = name
        self.entry = entry
        self.around = around
        self.hear = hear
        self.state = ServerState(name)
        """May be read by any thread; never changed, only replaced."""
        self._task: asyncio.Task[None] | None = None
        self._settled = asyncio.Event()
        self._restarting = asyncio.Lock()
        self._client: Client | None = None
        self._process: Process | None = None
        self._wake = asyncio.Event()
        self._is_changed = False
        self._is_ending = False
        self._late = 0

    def begin(self) -> None:
        """Start it, unless it is running."""
        if self._task is None or self._task.done():
            self._settled.clear()
            self._wake.clear()
            self._be("starting")
            self._task = asyncio.create_task(self._live())

    async def end(self) -> None:
        """Have it end, and wait until it is gone."""
        self._is_ending = True
        if self._task is not None and not self._task.done():
            self._task.cancel()
            await asyncio.wait([self._task])
        self._is_ending = False
        self._be("off")

    async def restart(self) -> None:
        """Start it anew; calls that come meanwhile wait for it."""
        async with self._restarting:
            await self.end()
            self.begin()

    def abandon(self) -> None:
        """End its program at once, from any thread, when the event loop runs no more."""
        if self._process is not None:
            self._process.close()

    async def call(
        self, tool: str, arguments: Mapping[str, Any], tell: Callable[[str], None]
    ) -> Result:
        """Call a tool, after starting the server if it is not running.

        Raises:
            ToolError: the server cannot be started, ended meanwhile, or refused the call.
        """
        async with self._restarting:
            self.begin()
        await self._settled.wait()
        client = self._client
        if client is None:
            raise ToolError(f"the MCP server {self.name} {self.state.shown}")

        async def progress_callback(
            progress: float, total: float | None, message: str | None
        ) -> None:
            tell(f"{message or f'{progress:g}' + (f' of {total:g}' if total else '')}\n")

        try:
            answer = await client.call_tool(
                tool,
                dict(arguments),
                read_timeout_seconds=self.entry.timeout,
                progress_callback=progress_callback,
            )
        except MCPError as error:
            if error.code == types.REQUEST_TIMEOUT:
                self._be_late()
                raise ToolError(f"it took more than {self.entry.timeout:g} s") from error
            if error.code != types.CONNECTION_CLOSED and not self._is_lost(error):
                raise ToolError(error.message) from error
            self._wake.set()
            if self._task is not None:
                await asyncio.wait([self._task], timeout=END_SECONDS)
            raise ToolError(
                f"the MCP server {self.name} ended during the call ({self.state.shown}); the next "
                "call starts it anew"
            ) from error
        except (httpx2.HTTPError, ValueError, RuntimeError) as error:
            raise ToolError(f"the MCP server {self.name}: {_said(error)}") from error
        self._late = 0
        return result_of(answer)

    def _be_late(self) -> None:
        """Count a call that was not answered in time; one that answers none is ended."""
        self._late += 1
        if self._late >= MOST_LATE:
            self._late = 0
            self._wake.set()

    def _is_lost(self, error: MCPError) -> bool:
        """Whether a server that is reached by HTTP is not there any more, or not as it was."""
        return self.entry.url is not None and error.code in LOST

    # --- its life ------------------------------------------------------------------------------

    def _be(self, status: Any, why: str = "", **more: Any) -> None:
        self.state = replace(self.state, status=status, why=why, **more)
        self.hear()

    async def _live(self) -> None:
        """Be connected for as long as that goes, and say why it ended."""
        end, why = ProgramEnd(), ""
        try:
            await self._be_connected(end)
        except Exception as error:
            logger.info("the MCP server %s failed", self.name, exc_info=True)
            why = joined(_said(each) for each in _leaves(error))
        finally:
            self._client = None
            if not self._is_ending:
                self._be("failed", end.why or why or "it did not answer")
            self._settled.set()

    async def _be_connected(self, end: ProgramEnd) -> None:
        async with AsyncExitStack() as stack:
            try:
                async with asyncio.timeout(self.entry.start_timeout):
                    client = await stack.enter_async_context(self._open(end))
                    await self._list(client)
            except TimeoutError as error:
                seconds = f"{self.entry.start_timeout:g} s"
                raise ServerError(f"it was not ready within {seconds}") from error
            following = asyncio.create_task(self._follow(client))
            stack.callback(following.cancel)
            self._client = client
            self._settled.set()
            await self._keep(client)

    async def _keep(self, client: Client) -> None:
        """Wait for the connection's end, and list the tools again when the server says so."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            if not self._is_changed:
                return
            self._is_changed = False
            async with asyncio.timeout(self.entry.start_timeout):
                await self._list(client)

    async def _follow(self, client: Client) -> None:
        """Hear of new tools from a server that tells of them only who asks (since 2026-07-28)."""
        with contextlib.suppress(MCPError, ListenNotSupportedError, SubscriptionLost, TimeoutError):
            async with client.listen(tools_list_changed=True) as changes:
                async for _ in changes:
                    self._is_changed = True
                    self._wake.set()

    async def _hear(self, message: object) -> None:
        if isinstance(message, types.ToolListChangedNotification):
            self._is_changed = True
            self._wake.set()

    @asynccontextmanager
    async def _open(self, end: ProgramEnd) -> AsyncIterator[Client]:
        """Give a client that is connected."""
        async with AsyncExitStack() as stack:
            transport = await self._transport(end, stack)
            client = Client(transport, message_handler=self._hear)
            yield await stack.enter_async_context(client)

    async def _transport(
        self, end: ProgramEnd, stack: AsyncExitStack
    ) -> AbstractAsyncContextManager[Any]:
        entry = self.entry
        if entry.url is not None:
            headers = {name: self._expanded(text) for name, text in entry.headers.items()}
            client = await stack.enter_async_context(open_client(headers))
            return streamable_http_client(entry.url, http_client=client)
        process = self._start_program(stack)
        # Also where the client is not connected in the end.
        self._process = process
        stack.callback(process.close)
        return run_program(process, end, self._wake.set)

    def _start_program(self, stack: AsyncExitStack) -> Process:
        entry, around = self.entry, self.around
        argv, files = own_files(entry.run or (), around.folder)
        confinement = confinement_of(entry, around.sandbox)
        if not confinement.is_confined:
            return Plain(argv, around.folder, variables_for(entry.variables))
        scratch = TemporaryDirectory(prefix="harmony-tui-", ignore_cleanup_errors=True)
        policy = confinement.policy(Path(stack.enter_context(scratch)), around.workspace, files)
        named = only_named(entry.variables)
        return around.sandbox.sandbox.popen(argv, policy, variables=named)

    def _expanded(self, text: str) -> str:
        def value(found: re.Match[str]) -> str:
            if found[1] not in os.environ:
                raise ServerError(f"the variable {found[1]}, which its headers name, is not set")
            return os.environ[found[1]]

        return VARIABLE.sub(value, text)

    async def _list(self, client: Client) -> None:
        """Ask what it offers."""
        found: list[types.Tool] = []
        cursor: str | None = None
        while True:
            page = await client.list_tools(cursor=cursor, cache_mode="refresh")
            found += page.tools
            cursor = page.next_cursor
            if not cursor or len(found) > MOST_TOOLS:
                break
        wanted = self.entry.only
        notes = [
            f"it has no tool {name!r}"
            for name in wanted or ()
            if name not in {t.name for t in found}
        ]
        chosen = [tool for tool in found if wanted is None or tool.name in wanted]
        if len(chosen) > MOST_TOOLS:
            notes.append(f"only the first {MOST_TOOLS} of its tools are offered; name some by only")
        tools = []
        for tool in chosen[:MOST_TOOLS]:
            try:
                flatten(tool.input_schema)
            except (AttributeError, TypeError, ValueError, RecursionError):
                notes.append(f"the arguments of {tool.name} cannot be understood")
            else:
                described = (tool.description or tool.title or tool.name)[:LONGEST_DESCRIPTION]
                tools.append(ServerTool(tool.name, described, tool.input_schema))
        self._be("ready", tools=tuple(tools), notes=tuple(notes))


def _leaves(error: BaseException) -> Iterator[BaseException]:
    """Give the errors that a group holds."""
    if isinstance(error, BaseExceptionGroup):
        for each in error.exceptions:
            yield from _leaves(each)
    else:
        yield error


def _said(error: BaseException) -> str:
    if isinstance(error, OSError) and error.strerror:
        what = f"{error.filename}: " if error.filename else ""
        return f"{what}{error.strerror.lower()}"
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__
