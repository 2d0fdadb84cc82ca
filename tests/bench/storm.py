"""A storm of clients that ask a server of OpenAI's API at once, and of which many leave early."""

from __future__ import annotations

import asyncio
import json
import random
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

CHAT, TEXT, RESPONSES = "/v1/chat/completions", "/v1/completions", "/v1/responses"
LONGEST_STAY = 0.6
"""Seconds after which a client has left that leaves by the clock."""
MOST_TOKENS = 24
BUSY = 503
TIMEOUT = httpx.Timeout(600.0)


@dataclass
class Storm:
    """What became of the requests."""

    asked: int = 0
    answered: int = 0
    """Those that were answered to the end."""
    left: int = 0
    """Those whose client left before that."""
    refused: int = 0
    """Those that found the line too long."""
    failed: int = 0
    """Those that the server failed at, or cut off."""

    @property
    def shown(self) -> str:
        """All of it in a line."""
        return (
            f"{self.asked} asked, {self.answered} answered, {self.left} left, "
            f"{self.refused} told to come back, {self.failed} failed"
        )


async def _come_and_go(
    storm: Storm, client: httpx.AsyncClient, end: float, rng: random.Random
) -> None:
    """Ask one thing after another until the end, in a new connection each time."""
    while time.monotonic() < end:
        storm.asked += 1
        path, body = _request(rng)
        try:
            if rng.random() < 0.1:
                await _leave_while_asking(client.base_url, path, body)
                storm.left += 1
                continue
            stay = rng.uniform(0, LONGEST_STAY) if rng.random() < 0.5 else TIMEOUT.read
            async with asyncio.timeout(stay):
                lines = rng.randrange(1, 12) if rng.random() < 0.4 else None
                await _ask(storm, client, path, body, lines)
        except TimeoutError:
            storm.left += 1
        except asyncio.CancelledError:
            storm.left += 1
            raise
        except httpx.HTTPError:
            storm.failed += 1


def _request(rng: random.Random) -> tuple[str, dict[str, Any]]:
    """Return an endpoint, and a body for it."""
    text = " ".join(rng.choices(("What", "is", "a", "cache", "127", "plus", "386"), k=12))
    most, stream = rng.randrange(1, MOST_TOKENS), rng.random() < 0.7
    match rng.choice((CHAT, CHAT, TEXT, RESPONSES)):
        case "/v1/chat/completions" as path:
            said = [{"role": "user", "content": text}]
            return path, {"messages": said, "max_tokens": most, "stream": stream}
        case "/v1/completions" as path:
            return path, {"prompt": text, "max_tokens": most, "stream": stream}
        case path:
            return path, {"input": text, "max_output_tokens": most, "stream": stream}


async def _leave_while_asking(address: httpx.URL, path: str, body: dict[str, Any]) -> None:
    """Send half of a request, and leave."""
    host = address.host
    _, writer = await asyncio.open_connection(host, address.port)
    sent = json.dumps(body).encode()
    head = f"POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n"
    writer.write(head.encode() + f"Content-Length: {len(sent)}\r\n\r\n".encode())
    writer.write(sent[: len(sent) // 2])
    await writer.drain()
    writer.close()
    await writer.wait_closed()


async def _ask(
    storm: Storm,
    client: httpx.AsyncClient,
    path: str,
    body: dict[str, Any],
    lines: int | None,
) -> None:
    """Ask and read; a client of so many lines leaves after them."""
    async with client.stream("POST", path, json=body) as response:
        last, read = "", 0
        async for line in response.aiter_lines():
            last, read = line or last, read + 1
            if lines is not None and read == lines:
                storm.left += 1
                return
    if response.status_code == BUSY:
        storm.refused += 1
    elif response.status_code != 200 or '"error":{' in last:
        storm.failed += 1
    else:
        storm.answered += 1


async def _rage(address: str, clients: int, seconds: float, seed: int) -> Storm:
    storm = Storm()
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=0)
    options: dict[str, Any] = {"base_url": address, "limits": limits, "trust_env": False}
    async with httpx.AsyncClient(**options, timeout=TIMEOUT) as client:
        end = time.monotonic() + seconds
        coming = [
            asyncio.create_task(_come_and_go(storm, client, end, random.Random(seed + number)))
            for number in range(clients)
        ]
        await asyncio.wait(coming, timeout=seconds)
        for task in coming:
            task.cancel()  # whoever still waits leaves
        for result in await asyncio.gather(*coming, return_exceptions=True):
            if isinstance(result, Exception):
                raise result
    return storm


def rage(address: str, clients: int, seconds: float, seed: int = 0) -> Storm:
    """Have so many clients ask and leave for so long; return what became of it.

    Args:
        address: of the server, such as ``http://127.0.0.1:8000``.
        clients: how many ask at once.
        seconds: after which all leave that still wait.
        seed: of all that is chosen by chance.
    """
    return asyncio.run(_rage(address, clients, seconds, seed))


@dataclass(frozen=True, slots=True)
class Held:
    """What a process holds."""

    mebibytes: float
    """Resident memory."""
    threads: int
    files: int
    """Open ones, sockets among them."""


def held_by(process: int) -> Held:
    """Return what a process holds, by its id."""
    folder = Path(f"/proc/{process}")
    if folder.is_dir():
        status = dict(
            line.split(":", 1) for line in (folder / "status").read_text().splitlines() if line
        )
        kibibytes, threads = int(status["VmRSS"].split()[0]), int(status["Threads"])
        return Held(kibibytes / 1024, threads, len(list((folder / "fd").iterdir())))
    if sys.platform != "darwin":
        raise NotImplementedError("only Linux and macOS tell what a process holds")
    kibibytes = int(_output("ps", "-o", "rss=", "-p", str(process)))
    threads = len(_output("ps", "-M", str(process)).splitlines()) - 1
    files = len(_output("lsof", "-p", str(process)).splitlines()) - 1
    return Held(kibibytes / 1024, threads, files)


def _output(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout
