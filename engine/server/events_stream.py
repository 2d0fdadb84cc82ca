"""Server-sent events: how a response is told piece by piece."""

from __future__ import annotations

import json
from typing import Any

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
