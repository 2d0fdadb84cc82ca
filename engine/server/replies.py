"""What FastAPI sends: bodies in JSON, errors among them, and streams of events."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from typing import Any

from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, StreamingResponse
from starlette.types import Receive, Scope, Send

from engine.server.errors import ApiError, explain_problems
from engine.server.events_stream import as_json


class Json(JSONResponse):
    """JSON in UTF-8, whatever a client sent that is repeated in it."""

    def render(self, content: Any) -> bytes:
        """Return the bytes of a body."""
        return as_json(content)


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


def refused(error: ApiError, headers: Mapping[str, str] | None = None) -> Json:
    """Return an error as a response of its own."""
    return Json(error.body(), error.status, headers)


def explain_validation(error: RequestValidationError) -> ApiError:
    """Return what a client is told of a body that is not of the form that an endpoint takes."""
    problems: Sequence[Mapping[str, Any]] = error.errors()
    problem = problems[0]
    if problem["type"] == "json_invalid":
        why = problem.get("ctx", {}).get("error", "it cannot be read")
        return ApiError(f"The body is no JSON: {why}.")
    if tuple(problem["loc"]) == ("body",):
        return ApiError("Send a JSON object, with the header Content-Type: application/json.")
    return explain_problems([{**each, "loc": each["loc"][1:]} for each in problems])
