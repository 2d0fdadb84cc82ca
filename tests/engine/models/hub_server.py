"""A small Hugging Face Hub on this machine: its addresses and answers, with files from memory."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote

COMMIT = "6cee5e81ee83917806bbde320786a8fb61efebee"


class Hub(ThreadingHTTPServer):
    """One repository; what it does wrong on purpose is set from outside."""

    daemon_threads = True

    def __init__(self, name: str, files: dict[str, bytes]) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.name = name
        self.files = files
        self.refuses: tuple[int, str] | None = None
        """A status and an error code for all that is asked."""
        self.token: str | None = None
        """Who does not send it is refused."""
        self.breaks_after: int | None = None
        """Bytes after which the connection of the next answer with a file breaks."""
        self.knows_ranges = True
        self.lies_about: str | None = None
        """A file of which another checksum is told."""
        self.redirects_to: str | None = None
        """The address of another host, which has the files' content."""
        self.on_piece: Callable[[], None] = lambda: None
        self.asked: list[tuple[str, str | None]] = []
        """Each path that was asked for, and the range."""
        self.tokens: list[str | None] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Answer(BaseHTTPRequestHandler):
    server: Hub

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        hub, path = self.server, unquote(self.path.partition("?")[0])
        hub.asked.append((self.path, self.headers["Range"]))
        hub.tokens.append(self.headers["Authorization"])
        if hub.refuses is not None:
            self.refuse(*hub.refuses)
        elif hub.token is not None and self.headers["Authorization"] != f"Bearer {hub.token}":
            self.refuse(401, "GatedRepo")
        elif path in (f"/api/models/{hub.name}/revision/{ref}" for ref in ("main", COMMIT)):
            self.list_files()
        elif path.startswith(prefix := f"/{hub.name}/resolve/{COMMIT}/"):
            if hub.redirects_to:
                self.send_response(302)
                self.send_header("Location", hub.redirects_to + path)
                self.end_headers()
            else:
                self.send_file(hub.files.get(path.removeprefix(prefix)))
        else:
            self.refuse(404, "RepoNotFound")

    def refuse(self, status: int, code: str) -> None:
        self.send_response(status)
        self.send_header("X-Error-Code", code)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def list_files(self) -> None:
        siblings = []
        for name, content in self.server.files.items():
            entry: dict[str, object] = {"rfilename": name, "size": len(content), "blobId": "0"}
            if name.endswith(".safetensors"):
                told = content + (b"!" if name == self.server.lies_about else b"")
                digest = hashlib.sha256(told).hexdigest()
                entry["lfs"] = {"sha256": digest, "size": len(content), "pointerSize": 134}
            siblings.append(entry)
        body = json.dumps({"id": self.server.name, "sha": COMMIT, "siblings": siblings}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def send_file(self, content: bytes | None) -> None:
        if content is None:
            self.refuse(404, "EntryNotFound")
            return
        start, wanted = 0, self.headers["Range"]
        if wanted and self.server.knows_ranges:
            start = int(wanted.removeprefix("bytes=").removesuffix("-"))
            self.send_response(206)
            self.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
        else:
            self.send_response(200)
        self.send_header("Content-Length", str(len(content) - start))
        self.end_headers()
        rest, breaks_after = content[start:], self.server.breaks_after
        if breaks_after is not None and breaks_after < len(rest):
            self.server.breaks_after = None
            self.wfile.write(rest[:breaks_after])
            return
        try:
            for at in range(0, len(rest), 1 << 16):
                self.wfile.write(rest[at : at + (1 << 16)])
                self.server.on_piece()
        except (BrokenPipeError, ConnectionResetError):
            return  # the other side has enough


@contextmanager
def serving(hub: Hub) -> Iterator[Hub]:
    thread = threading.Thread(target=hub.serve_forever, daemon=True)
    thread.start()
    try:
        yield hub
    finally:
        hub.shutdown()
        hub.server_close()
        thread.join()
