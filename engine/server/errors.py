"""What clients are told when something is wrong, in the form of OpenAI's API."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


class ApiError(Exception):
    """A request cannot be answered; the message says why and what to do."""

    def __init__(
        self,
        message: str,
        *,
        status: int = 400,
        kind: str = "invalid_request_error",
        param: str | None = None,
        code: str | None = None,
    ) -> None:
        """Take what the client reads.

        Args:
            message: one or two sentences.
            status: of HTTP.
            kind: one of OpenAI's error types.
            param: which part of the request is at fault.
            code: what programs tell the error by.
        """
        super().__init__(message)
        self.status = status
        self.kind = kind
        self.param = param
        self.code = code

    def body(self) -> dict[str, Any]:
        """Return the error as a response or the last event of a stream holds it."""
        said = {"message": str(self), "type": self.kind, "param": self.param, "code": self.code}
        return {"error": said}


def explain_problems(problems: Sequence[Mapping[str, Any]]) -> ApiError:
    """Return what is said of a request that is not of its form.

    Args:
        problems: what pydantic found, with places inside the request.
    """
    # What is of another type lacks this and that besides.
    problem = next((each for each in problems if each["loc"][-1:] == ("type",)), problems[0])
    said = str(problem["msg"]).removeprefix("Value error, ").rstrip(".")
    where = _place(problem["loc"])
    return ApiError(f"{where}: {said}." if where else f"{said}.", param=where or None)


def _place(location: Sequence[int | str]) -> str:
    """Return a place in a request as a client would write it: ``messages[0].content``."""
    place = ""
    for part in location:
        if isinstance(part, int):
            place += f"[{part}]"
        elif part.isidentifier():  # what is not names the variants of a union
            place += f".{part}" if place else part
    return place


def explain_failure(cause: Exception | None) -> ApiError:
    """Return what a client is told where something was raised while it was answered."""
    from engine.harmony.tokenizer import ChatTemplateError
    from engine.worker import GenerationError, NoModelError

    if isinstance(cause, ChatTemplateError):
        return ApiError(str(cause))
    if isinstance(cause, NoModelError):
        return no_model()
    if isinstance(cause, GenerationError):
        if isinstance(cause.__cause__, RuntimeError | MemoryError):
            return ApiError(str(cause), status=503, kind="server_error", code="out_of_memory")
        return ApiError(str(cause))
    return failed()


def failed() -> ApiError:
    """Return the error that nobody foresaw."""
    return ApiError("The server failed. Its log tells more.", status=500, kind="server_error")


def no_model() -> ApiError:
    """Return the error that nothing is there yet that could answer."""
    message = "No model is loaded yet. Try again in a moment."
    return ApiError(message, status=503, kind="server_error", code="model_not_loaded")


def too_long(length: int, limit: int, param: str) -> ApiError:
    """Return the error that a prompt leaves no room for an answer.

    Args:
        length: tokens of the prompt.
        limit: tokens that prompt and answer may have together.
        param: where the prompt stands in the request.
    """
    return ApiError(
        f"The prompt has {length} tokens, but the context holds {limit}, answer included. "
        "Shorten the prompt.",
        param=param,
        code="context_length_exceeded",
    )
