"""Runs the server in a thread, on a free port, and speaks to it as any client does."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest

for _name in ("fastapi", "uvicorn"):
    pytest.importorskip(_name, reason="the extra `server` is not installed")

from engine.config.hyperparameters import Hyperparameters  # noqa: E402
from engine.server.app import Access, Engine, make_app, make_server  # noqa: E402
from engine.server.own_tools import OwnTools  # noqa: E402
from engine.worker import Worker  # noqa: E402
from tests.engine.scripted import scripted_worker  # noqa: E402

CALCULATOR = {
    "type": "function",
    "function": {
        "name": "calculator",
        "description": "Evaluates an arithmetic expression exactly.",
        "parameters": {
            "type": "object",
            "properties": {
                "expression": {
                    "type": "string",
                    "description": "For example (3+4)*12, 2**10, sqrt(81), 15/100*80.",
                }
            },
            "required": ["expression"],
            "additionalProperties": False,
        },
    },
}


class Client(httpx.Client):
    """A client that knows what the endpoints are called."""

    worker: Worker
    """What the server's model runs on."""

    def chat(self, *messages: object, **fields: object) -> httpx.Response:
        """Ask for a chat completion; a text is what the user says."""
        said = [{"role": "user", "content": m} if isinstance(m, str) else m for m in messages]
        return self.post("/v1/chat/completions", json={"messages": said, **fields})

    def choice(self, *messages: object, **fields: object) -> dict:
        """Return the only choice of a chat completion."""
        response = self.chat(*messages, **fields)
        assert response.status_code == 200, response.text
        (choice,) = response.json()["choices"]
        return choice

    def chunks(self, path: str, **fields: object) -> Iterator[dict]:
        """Give the chunks of a stream, which ends as it has to."""
        with self.stream("POST", path, json={**fields, "stream": True}) as response:
            assert response.status_code == 200
            assert response.headers["content-type"].startswith("text/event-stream")
            lines = [line for line in response.iter_lines() if line]
        data = [line.removeprefix("data: ") for line in lines if line.startswith("data: ")]
        assert data.pop() == "[DONE]"
        yield from map(json.loads, data)

    def wait_until(self, **figures: int) -> None:
        """Wait until the server's health shows these figures."""
        end = time.monotonic() + 30
        while not figures.items() <= (seen := self.get("/health").json()).items():
            assert time.monotonic() < end, seen
            time.sleep(0.02)


@contextmanager
def serving(
    worker: Worker,
    hyperparameters: Hyperparameters | None = None,
    access: Access | None = None,
    own_tools: OwnTools | None = None,
    *,
    reads_ahead: bool = False,
) -> Iterator[Client]:
    """Run a server for a while; give a client of it."""
    chosen = hyperparameters or Hyperparameters()
    engine = Engine(worker, chosen, own_tools=own_tools, reads_ahead=reads_ahead)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = make_server(make_app(engine, access))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        try:
            with Client(base_url=address, timeout=60, trust_env=False) as client:
                client.worker = worker
                yield client
        finally:
            server.should_exit = True
            thread.join(30)
    assert not thread.is_alive()


@contextmanager
def serving_script(
    *replies: str,
    access: Access | None = None,
    own_tools: OwnTools | None = None,
    context_length: int = 131_072,
) -> Iterator[Client]:
    """Run a server of a scripted model for a while."""
    worker = scripted_worker(*replies, context_length=context_length)
    greedy = Hyperparameters(temperature=0.0)  # the script leaves no choice, and this costs less
    try:
        with serving(worker, greedy, access, own_tools) as client:
            yield client
    finally:
        worker.close()
