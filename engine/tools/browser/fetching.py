"""Gets what stands at a URL, within limits, from public addresses only.

Each hop of a chain of redirects goes the same way: the URL is checked, its host resolved once, its
addresses checked, and the connection made to the very address that was checked, so that a name that
changes its mind in between gains nothing. No cookies, no credentials, no proxy.
"""

from __future__ import annotations

import json
import socket
import ssl
from collections.abc import Collection, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from engine.tools.browser.addresses import Resolver, check_port, public_addresses, resolve
from engine.tools.browser.content_types import check_content_type
from engine.tools.browser.decoding import Unpacker
from engine.tools.browser.watch import Watch
from engine.tools.registry import ToolError

if TYPE_CHECKING:
    import httpx  # It takes long to import, and brings Rich with it.

SCHEMES = {"http": 80, "https": 443}
REDIRECTS = (301, 302, 303, 307, 308)
LONGEST_URL = 4096
USER_AGENT = "Mozilla/5.0 (compatible; harmony-tui)"
"""Many servers turn away whoever does not say Mozilla."""
ACCEPT = "text/html,application/xhtml+xml,text/markdown,text/plain,application/json;q=0.9,*/*;q=0.5"


@dataclass(frozen=True, slots=True)
class Fetched:
    """What stood at a URL."""

    url: str
    """Where it stood, after redirects."""
    content: bytes
    content_type: str
    """As the server names it, with its parameters; empty if it did not."""
    is_cut: bool = False
    """Whether there was more than is read of one page."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one page may take."""

    connect_seconds: float = 8.0
    sent_bytes: int = 8_000_000
    unpacked_bytes: int = 4_000_000
    redirects: int = 8


@dataclass(frozen=True, slots=True)
class Fetcher:
    """Fetches pages of the web, and asks search services."""

    limits: Limits = field(default_factory=Limits)
    resolver: Resolver = resolve
    allowed: Collection[tuple[str, int]] = ()
    """Addresses, each with its port, that may be connected to although they are not public."""

    def fetch(self, url: str, watch: Watch) -> Fetched:
        """Return what stands at a URL.

        Args:
            url: of a page, with its scheme.
            watch: the call's time.

        Raises:
            ToolError: it may not be fetched, or could not be; the text says why.
        """
        seen: set[str] = set()
        for _ in range(self.limits.redirects + 1):
            if url in seen:
                raise ToolError("the server redirects in a circle")
            seen.add(url)
            target = self.check(url)
            addresses = self._addresses(target, watch)
            headers = {"accept": ACCEPT, "accept-language": "en;q=0.8,*;q=0.5"}
            with self._opened("GET", target, addresses, headers, b"", watch) as response:
                if response.status_code not in REDIRECTS:
                    return self._read_page(url, response, watch)
                place = response.headers.get("location")
                if not place:
                    raise ToolError("the server redirects, but does not say where")
            url = urljoin(url, place.strip()).partition("#")[0]
        raise ToolError(f"more than {self.limits.redirects} redirects")

    def ask(
        self,
        url: str,
        watch: Watch,
        *,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        body: Any = None,
    ) -> Any:
        """Ask a service that the person has set up, wherever it runs, and return its JSON.

        Args:
            url: of the service; its addresses are not checked, for it may be on this machine.
            watch: the call's time.
            params: of the query.
            headers: with the key, if it takes one.
            body: is sent as JSON by POST; None asks by GET.

        Raises:
            ToolError: there was no answer, or another than JSON; the text holds no key.
        """
        import httpx

        try:
            target = httpx.URL(url, params=dict(params or {}))
        except (httpx.InvalidURL, ValueError):
            raise ToolError(f"the search service's address {url!r} is not a URL") from None
        if target.scheme not in SCHEMES or not target.host:
            raise ToolError(f"the search service's address {url!r} is not a URL")
        sent = {"accept": "application/json", **(headers or {})}
        method, content = "GET", b""
        if body is not None:
            method, content = "POST", json.dumps(body).encode()
            sent["content-type"] = "application/json"
        with self._opened(method, target, None, sent, content, watch) as response:
            if response.status_code != 200:
                raise ToolError(_told_by_service(response.status_code, target.host))
            answer = self._read(response, watch)
        try:
            return json.loads(answer.content)
        except (ValueError, RecursionError):
            raise ToolError(f"the search service at {target.host} did not answer in JSON") from None

    def check(self, url: str) -> httpx.URL:
        """Return a URL, taken apart, if it is one of the web.

        Raises:
            ToolError: it is none that may be fetched.
        """
        import httpx

        if len(url) > LONGEST_URL:
            raise ToolError(f"the URL is longer than {LONGEST_URL} characters")
        try:
            target = httpx.URL(url)
            host, port = target.raw_host.decode("ascii"), target.port
        except (httpx.InvalidURL, ValueError, TypeError):
            raise ToolError("this is not a URL") from None
        if target.scheme not in SCHEMES:
            raise ToolError(f"only http and https URLs can be opened, not {target.scheme!r}")
        if not host.strip("."):
            raise ToolError("the URL names no host")
        if target.userinfo:
            raise ToolError("a URL with a user name or password in it is not opened")
        if port is not None:
            check_port(port)
        return target

    def _addresses(self, target: httpx.URL, watch: Watch) -> list[str]:
        return public_addresses(
            _host(target),
            target.port or SCHEMES[target.scheme],
            watch,
            resolver=self.resolver,
            allowed=self.allowed,
        )

    @contextmanager
    def _opened(
        self,
        method: str,
        target: httpx.URL,
        addresses: list[str] | None,
        headers: Mapping[str, str],
        content: bytes,
        watch: Watch,
    ) -> Iterator[httpx.Response]:
        """Send a request and give the answer, of which only the head has been read.

        Args:
            method: of the request.
            target: the URL.
            addresses: of its host, to be tried in turn; None leaves that to the system.
            headers: of the request.
            content: its body.
            watch: cuts the connection off.

        Raises:
            ToolError: there was no answer.
        """
        import httpx

        with ExitStack() as stack:
            transport = stack.enter_context(
                httpx.HTTPTransport(verify=_trust(target), trust_env=False)
            )
            for number, address in enumerate(addresses or [_host(target)], start=1):
                request = self._request(method, target, address, headers, content)
                request.extensions["trace"] = _Line(stack, watch).trace
                request.extensions["timeout"] = self._waits(watch)
                try:
                    response = transport.handle_request(request)
                except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                    watch.check()
                    if number < len(addresses or [""]):
                        continue
                    raise ToolError(_told_of_failure(error, target.host)) from None
                except (httpx.TransportError, httpx.InvalidURL) as error:
                    watch.check()
                    raise ToolError(_told_of_failure(error, target.host)) from None
                stack.callback(response.close)
                yield response
                return

    def _request(
        self,
        method: str,
        target: httpx.URL,
        address: str,
        headers: Mapping[str, str],
        content: bytes,
    ) -> httpx.Request:
        """Return a request to an address for what the target names."""
        import httpx

        return httpx.Request(
            method,
            target.copy_with(host=address, fragment=None),
            headers={
                "host": target.netloc.decode("ascii"),
                "user-agent": USER_AGENT,
                "accept-encoding": "gzip, deflate",
                "connection": "close",
                **headers,
            },
            content=content or None,
            # The certificate has to be the name's, not the address's.
            extensions={"sni_hostname": _host(target)},
        )

    def _waits(self, watch: Watch) -> dict[str, float | None]:
        """Return how long a request may wait for each of its steps."""
        left = watch.remaining
        connect = min(left, self.limits.connect_seconds)
        return {"connect": connect, "read": left, "write": left, "pool": left}

    def _read_page(self, url: str, response: httpx.Response, watch: Watch) -> Fetched:
        if not response.is_success:
            raise ToolError(f"the server answered {_named(response.status_code)}")
        kind = response.headers.get("content-type", "")
        check_content_type(kind)
        body = self._read(response, watch)
        return Fetched(url, body.content, kind, body.is_cut)

    def _read(self, response: httpx.Response, watch: Watch) -> Unpacker:
        """Return the body, unpacked, as much of it as may be read."""
        import httpx

        unpacker = Unpacker(
            response.headers.get("content-encoding", ""), self.limits.unpacked_bytes
        )
        sent = 0
        try:
            for piece in response.iter_raw():
                watch.check()
                sent += len(piece)
                if not unpacker.feed(piece):
                    break
                if sent > self.limits.sent_bytes:
                    unpacker.is_cut = True
                    break
        except httpx.TransportError:
            watch.check()
            raise ToolError("the connection broke before all had come") from None
        watch.check()
        return unpacker


class _Line:
    """Cuts a request's connection off when its call ends, wherever it waits."""

    def __init__(self, stack: ExitStack, watch: Watch) -> None:
        self._stack = stack
        self._watch = watch

    def trace(self, event: str, info: Mapping[str, Any]) -> None:
        """Hear of each step of the connection from httpcore."""
        step, _, state = event.rpartition(".")
        # What cleans up after a call that is over has to be let.
        if state == "started" and not step.endswith(("close", "closed")):
            self._watch.check()
        if event == "connection.connect_tcp.complete":
            # TLS takes the socket's descriptor from it; a copy still reaches the connection.
            line = info["return_value"].get_extra_info("socket").dup()
            self._stack.callback(line.close)
            self._stack.enter_context(self._watch.interrupting(lambda: _cut(line)))


def _cut(line: socket.socket) -> None:
    # The other side, or the end of the request, may have been quicker.
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)


def _host(target: httpx.URL) -> str:
    """Return a URL's host in ASCII, an IPv6 address without its brackets."""
    return target.raw_host.decode("ascii").strip("[]")


def _trust(target: httpx.URL) -> ssl.SSLContext:
    """Return what a server's certificate is checked with."""
    return certificates() if target.scheme == "https" else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


@cache
def certificates() -> ssl.SSLContext:
    """Return whom to trust: the usual authorities, or those of ``SSL_CERT_FILE``, read once."""
    import httpx

    return httpx.create_ssl_context()


def _named(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def _told_by_service(status: int, host: str) -> str:
    match status:
        case 401 | 403:
            why = "it refuses the key, or does not give out JSON"
        case 402 | 429:
            why = "its limit of queries is reached; wait, or ask less often"
        case _ if status in REDIRECTS:
            why = "it redirects, and a key is not sent on; the user has to give its new address"
        case _:
            why = "it is out of order"
    return f"the search service at {host} answered {status}: {why}"


def _told_of_failure(error: Exception, host: str) -> str:
    import httpx

    if isinstance(error, httpx.TimeoutException):
        return f"{host} does not answer"
    if "CERTIFICATE" in str(error).upper():
        return f"{host} has no valid certificate"
    if isinstance(error, httpx.ConnectError):
        return f"{host} cannot be reached"
    return f"{host} did not answer as a web server does"
