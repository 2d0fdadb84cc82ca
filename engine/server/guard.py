"""Who may speak to the server, and how much they may say at once."""

from __future__ import annotations

import ipaddress
import secrets
from collections.abc import Collection

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from engine.server.errors import ApiError
from engine.server.replies import refused

LARGEST_BODY = 16 * 2**20
"""Bytes of a request: far more than the longest context's text."""

DROPPED = 8
"""So many times as much is read of a request that is too large, before the connection is cut."""

OPEN_PATHS = frozenset({"/health"})
"""What needs no key."""


class Guard:
    """Turns away what comes from web pages and strangers, before anything of it is read.

    A page that has its own name point to this machine (DNS rebinding) is known by that name in the
    Host header: only ``localhost``, addresses, and the names that were allowed are answered. No
    page of another origin may read answers, since none is named in the headers of CORS.
    """

    def __init__(self, app: ASGIApp, *, hosts: Collection[str] = (), api_key: str = "") -> None:
        """Stand before an application.

        Args:
            app: gets what is let through.
            hosts: names besides ``localhost`` that the server may be called by.
            api_key: what clients have to show; empty asks for none.
        """
        self._app = app
        self._hosts = {"localhost", *(host.lower() for host in hosts)}
        self._api_key = api_key.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or have it answered."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            headers = Headers(scope=scope)
            self._check_host(headers.get("host", ""))
            if scope["path"] not in OPEN_PATHS:
                self._check_key(headers.get("authorization", ""))
            receive = _repeating(await _read(headers, receive), receive)
        except ApiError as error:
            said = {"www-authenticate": "Bearer"} if error.status == 401 else {}
            await refused(error, {**said, "connection": "close"})(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _check_host(self, host: str) -> None:
        name = host.lower()
        if not name.endswith("]"):
            name = name.rpartition(":")[0] or name
        if name in self._hosts or _is_address(name.strip("[]")):
            return
        raise ApiError(
            f"The server is not known by the name {host[:100]!r}. Use its address, or allow the "
            "name when it is started.",
            status=403,
            code="host_not_allowed",
        )

    def _check_key(self, authorization: str) -> None:
        if not self._api_key:
            return
        scheme, _, key = authorization.partition(" ")
        given = key.strip().encode("latin-1")  # the bytes as they came
        if scheme.lower() != "bearer" or not secrets.compare_digest(given, self._api_key):
            raise ApiError(
                "The API key is missing or wrong. Send it as: Authorization: Bearer KEY.",
                status=401,
                kind="authentication_error",
                code="invalid_api_key",
            )


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


async def _read(headers: Headers, receive: Receive) -> bytes:
    """Return the whole body.

    A client reads the answer only once it has sent all, so what is too large is read too, in part,
    and dropped.

    Raises:
        ApiError: it is too large.
    """
    length = headers.get("content-length", "0")
    if length.isdecimal() and int(length) > DROPPED * LARGEST_BODY:
        raise _too_large()
    body, size = bytearray(), 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return bytes(body)  # the client is gone, as the application will hear
        part = message.get("body", b"")
        size += len(part)
        if size <= LARGEST_BODY:
            body += part
        is_over = not message.get("more_body", False)
        if size > LARGEST_BODY and (is_over or size > DROPPED * LARGEST_BODY):
            raise _too_large()
        if is_over:
            return bytes(body)


def _too_large() -> ApiError:
    message = f"The request is larger than {LARGEST_BODY // 2**20} MiB. Send less."
    return ApiError(message, status=413, code="request_too_large")


def _repeating(body: bytes, receive: Receive) -> Receive:
    """Return what gives a body that was read already, and then what comes after it."""
    is_given = False

    async def repeat() -> Message:
        nonlocal is_given
        if is_given:
            return await receive()
        is_given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return repeat
