"""``POST /v1/responses``: a turn as a list of items, whole or event by event."""

from __future__ import annotations

import secrets
import time
from collections import OrderedDict
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import aclosing
from typing import Any

from engine.events import PrefillProgress
from engine.server.answer import Piece
from engine.server.errors import ApiError
from engine.server.events_stream import comment, event
from engine.server.line import Line
from engine.server.response_items import Event, Items
from engine.server.response_schemas import OUTPUTS, ResponseRequest
from engine.server.schemas import CalledFunction, ChatMessage, ToolCall
from engine.server.translation import ChatWork, PreparedChat

TOOL_PARTS: dict[str, Event] = {
    "function": {"description": None, "parameters": None, "strict": None},
    "code_interpreter": {"container": {"type": "auto"}},
}
"""What a tool has in a response whose request left it out."""

KEPT = 256
"""So many responses can be gone on from; older ones are forgotten."""


class Responses:
    """The conversations that can be gone on from, in memory alone."""

    def __init__(self) -> None:
        """Begin with none."""
        self._kept: OrderedDict[str, list[ChatMessage]] = OrderedDict()

    def find(self, name: str | None) -> list[ChatMessage]:
        """Return what was said up to the end of a response; nothing for None.

        Raises:
            ApiError: it is not kept, or not any more.
        """
        if name is None:
            return []
        if name not in self._kept:
            raise ApiError(
                f"There is no response {name[:100]!r} here. Send the whole conversation as input.",
                param="previous_response_id",
                code="previous_response_not_found",
            )
        self._kept.move_to_end(name)
        return self._kept[name]

    def keep(self, name: str, said: list[ChatMessage]) -> None:
        """Keep what was said up to the end of a response."""
        self._kept[name] = said
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)


class ServedResponse:
    """One request on its way to its response."""

    def __init__(
        self,
        line: Line,
        prepared: PreparedChat,
        asked: ResponseRequest,
        said: Sequence[ChatMessage],
        model: str,
    ) -> None:
        """Take what is asked for.

        Args:
            line: where the answer waits for the model.
            prepared: what is answered.
            asked: the request.
            said: the conversation up to the answer, without the instructions.
            model: its name.
        """
        self.id = f"resp_{secrets.token_hex(12)}"
        self._line = line
        self._work = prepared.choice(0)
        self._asked = asked
        self._said = said
        self._items = Items(
            prepared, self._work.toolbox, tells_outputs=OUTPUTS in (asked.include or ())
        )
        self._head = _head(self.id, asked, prepared, model)

    async def whole(self, kept: Responses) -> dict[str, Any]:
        """Return the response, once all of it is there.

        Args:
            kept: where the conversation is kept, unless the request says otherwise.

        Raises:
            ApiError: the turn failed.
        """
        async with aclosing(self._line.follow(self._work)) as followed:
            async for pieces in followed:
                for _ in self._hear(pieces):
                    pass
        for _ in self._items.close(self._status):
            pass
        return self._finished(kept)

    async def stream(self, kept: Responses) -> AsyncGenerator[bytes, None]:
        """Give the response's events, numbered without gaps; ``kept`` is as for ``whole``."""
        number = 0

        def numbered(told: Event) -> bytes:
            nonlocal number
            number += 1
            kind = told["type"]
            return event({**told, "sequence_number": number - 1}, kind)

        begun = {**self._head, "status": "in_progress", "output": [], "usage": None}
        yield numbered({"type": "response.created", "response": begun})
        yield numbered({"type": "response.in_progress", "response": begun})
        try:
            async with aclosing(self._line.follow(self._work)) as followed:
                async for pieces in followed:
                    told = [numbered(each) for each in self._hear(pieces)]
                    progress = [_progress(p) for p in pieces if isinstance(p, PrefillProgress)]
                    yield b"".join([*progress, *told]) or comment("waiting")
        except ApiError as error:
            said = {"code": error.code or error.kind, "message": str(error)}
            failed = {**begun, "status": "failed", "error": said, "output": self._items.done}
            yield numbered({"type": "response.failed", "response": failed})
            return
        for each in self._items.close(self._status):
            yield numbered(each)
        response = self._finished(kept)
        yield numbered({"type": f"response.{response['status']}", "response": response})

    def _hear(self, pieces: Sequence[Piece]) -> Iterator[Event]:
        for piece in pieces:
            if not isinstance(piece, PrefillProgress):
                yield from self._items.hear(piece)

    @property
    def _status(self) -> str:
        """How the answer ended, once it has."""
        is_cut = self._work.answer.finish_reason(self._work.ended) == "length"
        return "incomplete" if is_cut else "completed"

    def _finished(self, kept: Responses) -> dict[str, Any]:
        """Keep the conversation and return the whole response."""
        answer = self._work.answer
        if self._asked.store is not False:
            calls = [
                ToolCall(id=c.id, function=CalledFunction(name=c.name, arguments=c.arguments))
                for c in answer.calls
            ]
            message = ChatMessage(
                role="assistant",
                content=answer.content,
                reasoning=answer.reasoning,
                tool_calls=calls or None,
            )
            kept.keep(self.id, [*self._said, message])
        is_cut = self._status == "incomplete"
        return {
            **self._head,
            "status": self._status,
            "incomplete_details": {"reason": "max_output_tokens"} if is_cut else None,
            "completed_at": None if is_cut else int(time.time()),
            "output": self._items.done,
            "usage": _usage(self._work),
        }


def _progress(progress: PrefillProgress) -> bytes:
    return comment(f"prefill {progress.done}/{progress.total}")


def _usage(work: ChatWork) -> dict[str, Any]:
    read, sampled = work.turn.prompt_tokens, work.turn.sampled
    cached = work.turn.cached_tokens
    return {
        "input_tokens": read,
        "input_tokens_details": {"cached_tokens": cached, "cache_write_tokens": read - cached},
        "output_tokens": sampled,
        "output_tokens_details": {"reasoning_tokens": work.answer.reasoning_tokens},
        "total_tokens": read + sampled,
    }


def _head(name: str, asked: ResponseRequest, prepared: PreparedChat, model: str) -> dict[str, Any]:
    """Return what a response repeats of its request, with what was taken where it said nothing."""
    acting = prepared.chat.hyperparameters
    sent = asked.model_dump(by_alias=True, exclude_none=True)
    tools = [{**TOOL_PARTS.get(tool["type"], {}), **tool} for tool in sent.get("tools", [])]
    return {
        "id": name,
        "object": "response",
        "created_at": int(time.time()),
        "completed_at": None,
        "model": model,
        "error": None,
        "incomplete_details": None,
        "instructions": asked.instructions,
        "previous_response_id": asked.previous_response_id,
        "tools": tools,
        "tool_choice": sent.get("tool_choice", "auto"),
        "parallel_tool_calls": asked.parallel_tool_calls is not False,
        "reasoning": {"effort": acting.effort, "summary": None},
        "text": {"format": sent.get("text", {}).get("format", {"type": "text"})},
        "temperature": acting.temperature,
        "top_p": acting.top_p,
        "top_logprobs": asked.top_logprobs or 0,
        "presence_penalty": acting.presence_penalty,
        "frequency_penalty": acting.frequency_penalty,
        "max_output_tokens": asked.max_output_tokens,
        "max_tool_calls": None,
        "metadata": asked.metadata or {},
        "store": asked.store is not False,
        "background": False,
        "truncation": "disabled",
        "service_tier": "default",
        "safety_identifier": None,
        "prompt_cache_key": None,
    }
