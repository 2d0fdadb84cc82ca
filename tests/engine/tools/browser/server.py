"""A web server on this machine for the browser's tests."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

HOST = "127.0.0.1"


@dataclass
class Reply:
    """What is answered at one path."""

    body: bytes = b""
    content_type: str | None = "text/html; charset=utf-8"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    pieces: Callable[[], Iterator[bytes]] | None = None
    """Gives the body bit by bit instead."""
    length: int | None = None
    """The length that is said, if it is not the body's."""


@dataclass
class Site:
    """A running server."""

    port: int
    replies: dict[str, Reply]
    requests: list[tuple[str, str, dict[str, str], bytes]] = field(default_factory=list)
    """What was asked for: method, path with query, headers, body."""

    def url(self, path: str, host: str = HOST) -> str:
        return f"http://{host}:{self.port}{path}"

    @property
    def paths(self) -> list[str]:
        return [path for _, path, _, _ in self.requests]


@contextmanager
def serving(replies: Mapping[str, Reply]) -> Iterator[Site]:
    """Serve replies by path; all others are not found."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            site.requests.append((self.command, self.path, headers, body))
            reply = site.replies.get(urlsplit(self.path).path)
            if reply is None:
                self.send_error(404)
                return
            self.send_response(reply.status)
            if reply.content_type is not None:
                self.send_header("content-type", reply.content_type)
            if reply.pieces is None:
                length = len(reply.body) if reply.length is None else reply.length
                self.send_header("content-length", str(length))
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.end_headers()
            try:
                for piece in reply.pieces() if reply.pieces else [reply.body]:
                    self.wfile.write(piece)
                    self.wfile.flush()
            except OSError:
                self.close_connection = True  # The browser has seen enough.

        do_POST = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer((HOST, 0), Handler)
    server.daemon_threads = True
    site = Site(server.server_port, dict(replies))
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
