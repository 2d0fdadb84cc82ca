"""Server-sent events: how a response is told piece by piece."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any

from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

DONE = b"data: [DONE]\n\n"


def as_json(content: Any) -> bytes:
    """Return JSON in UTF-8; what is no character becomes a question mark."""
    text = json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.encode("utf-8", "replace")


def event(content: Any, name: str = "") -> bytes:
    """Return one event; ``name`` is its type where it has one."""
    line = f"event: {name}\n".encode() if name else b""
    return line + b"data: " + as_json(content) + b"\n\n"


def comment(text: str) -> bytes:
    """Return a line that clients skip, which keeps the connection alive."""
    return f": {text}\n\n".encode()


class EventStream(StreamingResponse):
    """A response of events; when the client leaves, what makes them is ended at once."""

    def __init__(self, events: AsyncGenerator[bytes, None]) -> None:
        """Take what makes the events."""
        headers = {"cache-control": "no-cache", "x-accel-buffering": "no"}
        super().__init__(events, headers=headers, media_type="text/event-stream")
        self._events = events

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the events until there are no more or nobody reads them."""
        async with aclosing(self._events):
            await super().__call__(scope, receive, send)
