"""The application: which endpoints there are, and what each is answered by."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import AsyncIterator, Coroutine, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import uvicorn
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.exceptions import HTTPException

from engine.server.chat_completions import ChatCompletion
from engine.server.completions import TextCompletion, prepare_completions
from engine.server.errors import ApiError, failed
from engine.server.guard import Guard
from engine.server.line import Line
from engine.server.replies import EventStream, Json, explain_validation, refused
from engine.server.response_schemas import ResponseRequest
from engine.server.responses import Responses, ServedResponse
from engine.server.schemas import ChatMessage, ChatRequest, CompletionRequest
from engine.server.translation import Engine, prepare_chat

GRACE_SECONDS = 2
"""So long what is being answered may go on when the server is told to end."""

CLIENT_LEFT = 499
"""What nobody reads any more is answered with, as nginx does."""


@dataclass(frozen=True, slots=True)
class Access:
    """Who may ask."""

    hosts: tuple[str, ...] = ()
    """Names that the server may be called by, besides ``localhost`` and its addresses."""
    api_key: str = ""
    """What clients have to show; empty asks for none."""


def make_app(engine: Engine, access: Access | None = None) -> FastAPI:
    """Return the application that answers with an engine."""
    access = access or Access()
    line = Line()

    @asynccontextmanager
    async def living(_: FastAPI) -> AsyncIterator[None]:
        yield
        await asyncio.to_thread(line.close)

    app = FastAPI(title="harmony-tui", docs_url=None, redoc_url=None, lifespan=living)
    app.add_middleware(Guard, hosts=access.hosts, api_key=access.api_key)
    app.state.line = line
    _answer_errors(app)
    _tell_of_models(app, engine, line)
    _complete(app, engine, line)
    _respond(app, engine, line)
    return app


def _tell_of_models(app: FastAPI, engine: Engine, line: Line) -> None:
    """Add the endpoints that say what is served, and whether it can answer."""
    started = int(time.time())

    def described() -> dict[str, Any]:
        model = engine.model(None)
        return {
            "id": model.name,
            "object": "model",
            "created": started,
            "owned_by": "harmony-tui",
            "context_length": model.context_length,
        }

    @app.get("/health")
    async def health() -> Json:
        model = engine.worker.model
        name = None if model is None else model.name
        figures = {"running": line.running, "waiting": line.waiting}
        return Json({"status": "ok", "model": name, **figures})

    @app.get("/v1/models")
    async def models() -> Json:
        listed = [] if engine.worker.model is None else [described()]
        return Json({"object": "list", "data": listed})

    @app.get("/v1/models/{name:path}")
    async def model(name: str) -> Json:
        engine.model(name)
        return Json(described())


def _complete(app: FastAPI, engine: Engine, line: Line) -> None:
    """Add the endpoints of completions, those of a chat and raw ones."""

    @app.post("/v1/chat/completions")
    async def chat_completions(request: Request, asked: ChatRequest) -> Response:
        line.check_room()
        prepared = await asyncio.to_thread(prepare_chat, engine, asked)
        completion = ChatCompletion(line, prepared, engine.model(None).name, asked.n or 1)
        if asked.stream:
            return EventStream(completion.stream(tells_usage=asked.tells_usage))
        return await _unless_left(request, completion.whole())

    @app.post("/v1/completions")
    async def completions(request: Request, asked: CompletionRequest) -> Response:
        line.check_room()
        prepared = await asyncio.to_thread(prepare_completions, engine, asked)
        completion = TextCompletion(line, prepared, engine.model(None).name, asked.n or 1)
        if asked.stream:
            return EventStream(completion.stream(tells_usage=asked.tells_usage))
        return await _unless_left(request, completion.whole())


def _respond(app: FastAPI, engine: Engine, line: Line) -> None:
    """Add the endpoint of responses, which remembers them for a while."""
    kept = Responses()

    @app.post("/v1/responses")
    async def responses(request: Request, asked: ResponseRequest) -> Response:
        line.check_room()
        chat = _as_chat(asked, kept.find(asked.previous_response_id))
        prepared = await asyncio.to_thread(prepare_chat, engine, chat)
        said = chat.messages[1:] if asked.instructions else chat.messages
        response = ServedResponse(line, prepared, asked, said, engine.model(None).name)
        if asked.stream:
            return EventStream(response.stream(kept))
        return await _unless_left(request, response.whole(kept))


def _as_chat(asked: ResponseRequest, earlier: list[ChatMessage]) -> ChatRequest:
    """Return a response's request as a chat completion's.

    Raises:
        RequestValidationError: its parts do not go together.
    """
    try:
        return asked.to_chat(earlier)
    except ValidationError as error:
        problems = [{**each, "loc": ("body", *each["loc"])} for each in error.errors()]
        raise RequestValidationError(problems) from error


def run_server(app: FastAPI, listening: socket.socket) -> None:
    """Answer on a socket until the process is told to end, by Ctrl+C or a signal.

    Raises:
        KeyboardInterrupt: it was Ctrl+C.
    """
    try:
        make_server(app).run(sockets=[listening])
    finally:
        app.state.line.close()  # a second Ctrl+C skips what the application does at its end


def make_server(app: FastAPI) -> uvicorn.Server:
    """Return what runs an application; what it logs goes where the program's log goes."""
    return uvicorn.Server(
        uvicorn.Config(
            app,
            http="h11",
            ws="none",
            loop="asyncio",
            lifespan="on",
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=GRACE_SECONDS,
        )
    )


async def _unless_left(request: Request, work: Coroutine[Any, Any, dict[str, Any]]) -> Response:
    """Return the response that some work makes; end the work when the client leaves."""
    doing = asyncio.ensure_future(work)
    leaving = asyncio.ensure_future(_leave(request))
    try:
        await asyncio.wait({doing, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if not doing.done():
            return Response(status_code=CLIENT_LEFT)
        return Json(doing.result())
    finally:
        doing.cancel()
        leaving.cancel()


async def _leave(request: Request) -> None:
    """Wait until the client is gone."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _answer_errors(app: FastAPI) -> None:
    """Have every error told in the form of OpenAI's API."""

    @app.exception_handler(ApiError)
    async def refuse(_: Request, error: ApiError) -> Response:
        return refused(error, {"retry-after": "1"} if error.status == 503 else None)

    @app.exception_handler(RequestValidationError)
    async def explain(_: Request, error: RequestValidationError) -> Response:
        return refused(explain_validation(error))

    @app.exception_handler(HTTPException)
    async def say(request: Request, error: HTTPException) -> Response:
        said = "The body cannot be read as JSON."
        if error.status_code in (404, 405):
            said = f"There is no {request.method} {request.url.path[:200]} here."
        headers: Mapping[str, str] | None = error.headers
        return refused(ApiError(said, status=error.status_code), headers)

    @app.exception_handler(Exception)
    async def fail(_: Request, __: Exception) -> Response:
        return refused(failed())
