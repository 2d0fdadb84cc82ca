"""The ways to a server, with limits on what it may send at once."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

import anyio
import httpx2
from anyio.streams.memory import MemoryObjectReceiveStream, MemoryObjectSendStream
from mcp import types
from mcp.shared.message import SessionMessage

from engine.tools.own.following import Process

LONGEST_MESSAGE = 16 * 1024 * 1024
"""Bytes; a server that sends more at once is cut off."""
CLOSE_SECONDS = 1.0
"""How long a program may take to end by itself."""
LOOK_SECONDS = 0.02
LONGEST_SAID = 2000
CHUNK = 1 << 16
CONNECT_SECONDS, READ_SECONDS = 30.0, 300.0


class ProgramEnd:
    """How a server's program ended."""

    def __init__(self) -> None:
        """Begin with one that runs."""
        self.fault = ""
        self.said = ""
        """The end of what it wrote to standard error."""
        self.code: int | None = None

    @property
    def why(self) -> str:
        """The reason as a person reads it; empty if there is none to tell."""
        lines = [line.strip() for line in self.said.splitlines() if line.strip()]
        said = f": {lines[-1][:200]}" if lines else ""
        if self.fault:
            return self.fault
        if self.code is None:
            return ""
        ending = f"signal {-self.code}" if self.code < 0 else f"exit code {self.code}"
        return f"the program ended with {ending}{said}"


@asynccontextmanager
async def run_program(
    process: Process, end: ProgramEnd, ended: Callable[[], None]
) -> AsyncIterator[tuple[Any, Any]]:
    """Give the streams of messages from and to a server's program; it is gone afterwards.

    The library's own way keeps a line of any length in memory; this one ends the connection.

    Args:
        process: just started.
        end: is told how it ended.
        ended: is called when it has, unless it was ended here.
    """
    for pipe in (process.stdin, process.stdout, process.stderr):
        os.set_blocking(pipe.fileno(), False)
    into, incoming = anyio.create_memory_object_stream[SessionMessage | Exception](0)
    outgoing, out_of = anyio.create_memory_object_stream[SessionMessage](0)
    tasks = [
        asyncio.create_task(_receive(process, into, end, ended)),
        asyncio.create_task(_send(process.stdin.fileno(), out_of)),
        asyncio.create_task(_hear_errors(process.stderr.fileno(), end)),
    ]
    try:
        yield incoming, outgoing
    finally:
        for task in tasks:
            task.cancel()
        for stream in (into, incoming, outgoing, out_of):
            stream.close()
        try:
            await asyncio.wait(tasks)
            process.stdin.close()
            await _await_end(process)
        finally:
            process.close()


async def _receive(
    process: Process,
    into: MemoryObjectSendStream[SessionMessage | Exception],
    end: ProgramEnd,
    ended: Callable[[], None],
) -> None:
    async with into:
        received = bytearray()
        while data := await _read(process.stdout.fileno()):
            searched = len(received)
            received += data
            while (newline := received.find(b"\n", searched)) >= 0:
                line, searched = bytes(received[:newline]), 0
                del received[: newline + 1]
                if line.strip():
                    try:
                        await into.send(_message(line))
                    except (anyio.BrokenResourceError, anyio.ClosedResourceError):
                        return
            if len(received) > LONGEST_MESSAGE:
                end.fault = f"it sent more than {LONGEST_MESSAGE >> 20} MiB at once"
                break
        if not end.fault:
            await _await_end(process)
            await asyncio.sleep(LOOK_SECONDS)  # for its last words
            end.code = process.poll()
            end.fault = "" if end.code is not None else "it closed the connection"
        ended()


async def _await_end(process: Process) -> None:
    """Give a program some time to end by itself."""
    until = time.monotonic() + CLOSE_SECONDS
    while process.poll() is None and time.monotonic() < until:
        await asyncio.sleep(LOOK_SECONDS)


def _message(line: bytes) -> SessionMessage | Exception:
    """Return what a line says; what is no message is handed on as the error that it is."""
    try:
        return SessionMessage(types.jsonrpc_message_adapter.validate_json(line, by_name=False))
    except ValueError as error:
        return error


async def _send(pipe: int, out_of: MemoryObjectReceiveStream[SessionMessage]) -> None:
    async for message in out_of:
        text = message.message.model_dump_json(by_alias=True, exclude_unset=True)
        data = text.encode() + b"\n"
        while data:
            try:
                data = data[os.write(pipe, data) :]
            except BlockingIOError:
                await _ready(pipe, asyncio.get_running_loop().add_writer)
            except OSError:  # it does not read any more, and its end is seen elsewhere
                return


async def _hear_errors(pipe: int, end: ProgramEnd) -> None:
    while data := await _read(pipe):
        end.said = (end.said + data.decode(errors="replace"))[-LONGEST_SAID:]


async def _read(pipe: int) -> bytes:
    """Return what comes next; nothing at the end."""
    while True:
        # Also when there is something already, so that who sends much is not the only one heard.
        await _ready(pipe, asyncio.get_running_loop().add_reader)
        try:
            return os.read(pipe, CHUNK)
        except BlockingIOError:
            continue


async def _ready(pipe: int, add: Callable[..., Any]) -> None:
    """Wait until a pipe can be read or written."""
    loop = asyncio.get_running_loop()
    ready = asyncio.Event()
    add(pipe, ready.set)
    try:
        await ready.wait()
    finally:
        remove = loop.remove_reader if add == loop.add_reader else loop.remove_writer
        remove(pipe)


def open_client(headers: Mapping[str, str]) -> httpx2.AsyncClient:
    """Return what requests go through; of an answer that is too long nothing more is read."""
    return httpx2.AsyncClient(
        headers=dict(headers),
        timeout=httpx2.Timeout(CONNECT_SECONDS, read=READ_SECONDS),
        transport=_Limited(),
    )


class _Limited(httpx2.AsyncHTTPTransport):
    """Ends answers that are longer than a message may be; for streams the library does that."""

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        response = await super().handle_async_request(request)
        if not response.headers.get("content-type", "").startswith("text/event-stream"):
            response.stream = _LimitedStream(response.stream)
        return response


class _LimitedStream(httpx2.AsyncByteStream):
    def __init__(self, stream: Any) -> None:
        self._stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        left = LONGEST_MESSAGE
        async for chunk in self._stream:
            left -= len(chunk)
            if left < 0:
                raise httpx2.ReadError(f"it sent more than {LONGEST_MESSAGE >> 20} MiB at once")
            yield chunk

    async def aclose(self) -> None:
        await self._stream.aclose()
