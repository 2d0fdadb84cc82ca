"""``POST /v1/chat/completions``: how answers are told, whole or piece by piece."""

from __future__ import annotations

import secrets
import time
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from functools import partial
from typing import Any

from engine.events import PrefillProgress, TokenSampled
from engine.server.answer import Delta, Piece, usage
from engine.server.cited import find_cited
from engine.server.errors import ApiError
from engine.server.events_stream import DONE, comment, event
from engine.server.executed import ExecutedTools
from engine.server.line import Line
from engine.server.logprobs import describe_tokens
from engine.server.translation import ChatWork, PreparedChat


class ChatCompletion:
    """One request on its way to its response."""

    def __init__(self, line: Line, prepared: PreparedChat, model: str, choices: int) -> None:
        """Take what is asked for.

        Args:
            line: where each answer waits for the model.
            prepared: what is answered.
            model: its name.
            choices: how many answers are wanted.
        """
        self._line = line
        self._prepared = prepared
        self._choices = choices
        self._spell = prepared.chat.format.tokenizer.token_bytes
        self._head = {
            "id": f"chatcmpl-{secrets.token_hex(12)}",
            "created": int(time.time()),
            "model": model,
        }

    async def whole(self) -> dict[str, Any]:
        """Return the response, once all of it is there.

        Raises:
            ApiError: a turn failed.
        """
        works, choices = [], []
        for number in range(self._choices):
            works.append(work := self._prepared.choice(number))
            executed = ExecutedTools(self._prepared.own_tools)
            async with aclosing(self._line.follow(work)) as followed:
                async for pieces in followed:
                    for piece in pieces:
                        executed.hear(piece)
            choices.append(self._choice(number, work, executed))
        return {
            **self._head,
            "object": "chat.completion",
            "choices": choices,
            "usage": _usage(works),
        }

    def _choice(self, number: int, work: ChatWork, executed: ExecutedTools) -> dict[str, Any]:
        answer = work.answer
        message: dict[str, Any] = {
            "role": "assistant",
            "content": answer.content or (None if answer.calls else ""),
            "reasoning": answer.reasoning or None,
            "refusal": None,
            "annotations": _annotations(work),
        }
        if answer.calls:
            message["tool_calls"] = [
                {
                    "id": call.id,
                    "type": "function",
                    "function": {"name": call.name, "arguments": call.arguments},
                }
                for call in answer.calls
            ]
        if executed.done:
            message["executed_tools"] = executed.done
        return {
            "index": number,
            "message": message,
            "logprobs": self._logprobs(answer.tokens) if self._tells_logprobs else None,
            "finish_reason": answer.finish_reason(work.ended),
        }

    async def stream(self, *, tells_usage: bool) -> AsyncGenerator[bytes, None]:
        """Give the response's events.

        Args:
            tells_usage: whether they end with the usage.
        """
        works: list[ChatWork] = []
        usage_so_far = {"usage": None} if tells_usage else {}

        def chunk(delta: dict[str, Any], number: int, finish: str | None = None) -> bytes:
            choice = {"index": number, "delta": delta, "logprobs": None, "finish_reason": finish}
            if "logprobs" in delta:
                choice["logprobs"] = delta.pop("logprobs")
            return event({**head, "choices": [choice], **usage_so_far})

        head = {**self._head, "object": "chat.completion.chunk"}
        try:
            for number in range(self._choices):
                works.append(work := self._prepared.choice(number))
                tell = partial(chunk, number=number)
                executed = ExecutedTools(self._prepared.own_tools)
                yield tell({"role": "assistant", "content": ""})
                async with aclosing(self._line.follow(work)) as followed:
                    async for pieces in followed:
                        told = (self._tell(piece, tell, executed) for piece in pieces)
                        yield b"".join(told) or comment("waiting")
                if annotations := _annotations(work):
                    yield tell({"annotations": annotations})
                yield tell({}, finish=work.answer.finish_reason(work.ended))
        except ApiError as error:
            yield event(error.body())
            return
        if tells_usage:
            yield event({**head, "choices": [], "usage": _usage(works)})
        yield DONE

    def _tell(
        self, piece: Piece, tell: Callable[[dict[str, Any]], bytes], executed: ExecutedTools
    ) -> bytes:
        if isinstance(piece, PrefillProgress):
            return comment(f"prefill {piece.done}/{piece.total}")
        if isinstance(piece, Delta):
            return tell(self._delta(piece))
        return tell({"executed_tools": [executed.hear(piece)]})

    def _delta(self, delta: Delta) -> dict[str, Any]:
        """Return a piece of an answer as a chunk holds it."""
        if delta.call is not None:
            called: dict[str, Any] = {"index": delta.call.index}
            function = {"arguments": delta.text}
            if delta.is_first:
                called |= {"id": delta.call.id, "type": "function"}
                function = {"name": delta.call.name, **function}
            return {"tool_calls": [{**called, "function": function}]}
        told: dict[str, Any] = {delta.kind: delta.text}
        if delta.tokens:
            told["logprobs"] = self._logprobs(delta.tokens)
        return told

    @property
    def _tells_logprobs(self) -> bool:
        return self._prepared.chat.logprobs > 0

    def _logprobs(self, tokens: Sequence[TokenSampled]) -> dict[str, Any]:
        told = describe_tokens(tokens, self._prepared.top_logprobs, self._spell)
        return {"content": told, "refusal": None}


def _annotations(work: ChatWork) -> list[dict[str, Any]]:
    """Return what the citations of our own browser's pages stand for."""
    look_up = work.toolbox.look_up if work.toolbox else None
    return [
        {
            "type": "url_citation",
            "url_citation": {
                "url": cited.reference.url,
                "title": cited.reference.title,
                "start_index": cited.start,
                "end_index": cited.end,
            },
        }
        for cited in find_cited(work.answer.content, look_up)
    ]


def _usage(works: Sequence[ChatWork]) -> dict[str, Any]:
    """Return what all answers took; the prompt, which they share, is counted once."""
    first = works[0].turn
    sampled = sum(work.turn.sampled for work in works)
    reasoning = sum(work.answer.reasoning_tokens for work in works)
    return usage(first.prompt_tokens, first.cached_tokens, sampled, reasoning)
