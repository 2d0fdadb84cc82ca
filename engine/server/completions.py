"""``POST /v1/completions``: the model goes on from text or tokens, and nothing is put around them.

The spelling of a control token in the prompt stands for the token, and in the answer for what was
sampled; what ends the sampling is not told. Whoever puts a stranger's text into such a prompt lets
it be control tokens: that is what chat completions are for.
"""

from __future__ import annotations

import re
import secrets
import threading
import time
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.config.hyperparameters import Hyperparameters
from engine.events import Alternative, PrefillProgress, TokenSampled
from engine.harmony.encoding import StreamingDecoder, are_tokens
from engine.harmony.formats import Format, HarmonyFormat
from engine.server.answer import Delta, Piece, StopFilter, usage
from engine.server.errors import ApiError, explain_failure
from engine.server.events_stream import DONE, comment, event
from engine.server.line import Line, Tell
from engine.server.logprobs import finite
from engine.server.schemas import CompletionRequest
from engine.server.translation import Engine, read_sampling
from engine.turn.asking import Asking
from engine.turn.turn import HIGHEST_SEED
from engine.worker import Completion, GenerationError, NoModelError, Request

if TYPE_CHECKING:
    from engine.generation.logprobs import Measurement

DEFAULT_LENGTH = 16
"""Tokens of a completion whose request names no limit, as in OpenAI's API."""


@dataclass(frozen=True, slots=True)
class PreparedCompletion:
    """One prompt of a request, which can be gone on from as often as it is wanted."""

    engine: Engine
    format: Format
    prompt: tuple[int, ...]
    limit: int
    hyperparameters: Hyperparameters
    stops: tuple[str, ...]
    echo: bool
    logprobs: int | None

    def choice(self, number: int) -> CompletionWork:
        """Return the work of one completion; each has a seed of its own."""
        chosen = self.hyperparameters.seed
        seed = chosen + number if chosen >= 0 else secrets.randbits(62)
        return CompletionWork(self, seed & HIGHEST_SEED)


def prepare_completions(engine: Engine, asked: CompletionRequest) -> list[PreparedCompletion]:
    """Return what a request asks for, one of each of its prompts.

    Raises:
        ApiError: it cannot be answered.
    """
    model = engine.model(asked.model)
    format_ = engine.worker.format or HarmonyFormat()
    limit = asked.max_tokens or DEFAULT_LENGTH
    hyperparameters = read_sampling(engine.hyperparameters, asked, limit)
    prepared = []
    for given in asked.prompts:
        prompt = _encode(format_, given) if isinstance(given, str) else tuple(given)
        if not are_tokens(prompt, format_.tokenizer.size):
            message = f"A prompt has one token or more, from 0 to {format_.tokenizer.size - 1}."
            raise ApiError(message, param="prompt")
        room = engine.room(len(prompt), model, "prompt")
        prepared.append(
            PreparedCompletion(
                engine,
                format_,
                prompt,
                min(limit, room),
                hyperparameters,
                tuple(asked.stop or ()),
                bool(asked.echo),
                asked.logprobs,
            )
        )
    return prepared


def _encode(format_: Format, text: str) -> tuple[int, ...]:
    """Return the tokens of a text in which control tokens are spelled out."""
    controls = format_.tokenizer.controls
    named = sorted(controls, key=len, reverse=True)
    parts = re.split(f"({'|'.join(map(re.escape, named))})", text) if "<" in text else [text]
    tokens: list[int] = []
    for part in parts:
        tokens += [controls[part]] if part in controls else format_.tokenizer.encode(part)
    return tuple(tokens)


class CompletionWork:
    """One completion on its way."""

    def __init__(self, prepared: PreparedCompletion, seed: int) -> None:
        """Take what is to be gone on from."""
        self.prepared = prepared
        self._seed = seed
        self._cancelled = threading.Event()
        self._asking = Asking()
        self._filter = StopFilter(prepared.stops)
        self._decoder = StreamingDecoder(prepared.format.tokenizer.token_bytes)
        self._measurement: Measurement | None = None
        self._measured: list[TokenSampled] = []
        self.text = ""
        self.tokens: list[TokenSampled] = []
        self.completion: Completion
        self._tell: Tell

    def run(self, tell: Tell) -> None:
        """Complete, and tell each piece as it comes. Blocks.

        Raises:
            ApiError: it failed.
        """
        self._tell = tell
        prepared = self.prepared
        if prepared.echo:
            decoder = StreamingDecoder(prepared.format.tokenizer.token_bytes)
            self._pass_on("".join(map(decoder.feed, prepared.prompt)) + decoder.finish())
        request = Request(
            prompt=prepared.prompt,
            seed=self._seed,
            max_tokens=lambda: prepared.limit,
            hyperparameters=lambda: prepared.hyperparameters,
            stop_tokens=prepared.format.stop_tokens,
            on_prefill=tell,
            on_token=self._on_token,
            cancelled=self._cancelled,
            format=prepared.format.name,
            control_tokens=prepared.format.control_tokens,
            breakers=prepared.format.breakers,
            logprobs=lambda: 0 if prepared.logprobs is None else max(1, prepared.logprobs),
            on_measured=self._on_measured,
        )
        try:
            completion = self._asking.generate(prepared.engine.worker, request)
        except (NoModelError, GenerationError) as error:
            raise explain_failure(error) from error
        # Without one it was cancelled before anything was generated.
        self.completion = completion or Completion("cancelled", 0, 0, 0, 0.0, 0.0, 0.0)
        self._pass_on(self._filter.feed(self._decoder.finish()) + self._filter.finish())

    def cancel(self) -> None:
        """Have it end within a token, or at once where it waits."""
        self._cancelled.set()
        self._asking.cancel()

    @property
    def finish_reason(self) -> str:
        """Why the completion is over."""
        is_cut = self.completion.finish == "length" and not self._filter.is_over
        return "length" if is_cut else "stop"

    # --- on the engine's thread ---------------------------------------------------------------

    def _on_measured(self, measurement: Measurement) -> None:
        self._measurement = measurement

    def _on_token(self, token: int) -> None:
        if self._filter.is_over or token in self.prepared.format.stop_tokens:
            return
        if (measured := self._measurement) is not None:
            others = tuple(Alternative(t, self._spell(t), value) for t, value in measured.best)
            number, text = len(self.tokens) + len(self._measured), self._spell(token)
            self._measured.append(
                TokenSampled(number, token, text, measured.logprob, others, measured.origin)
            )
        self._pass_on(self._filter.feed(self._decoder.feed(token)))
        if self._filter.is_over:
            self._cancelled.set()

    def _spell(self, token: int) -> str:
        return self.prepared.format.tokenizer.token_bytes(token).decode("utf-8", "replace")

    def _pass_on(self, text: str) -> None:
        if not text:
            return
        self.text += text
        self.tokens += self._measured
        self._tell(Delta("content", text, tokens=tuple(self._measured)))
        self._measured.clear()


class TextCompletion:
    """One request on its way to its response."""

    def __init__(
        self, line: Line, prepared: Sequence[PreparedCompletion], model: str, choices: int
    ) -> None:
        """Take what is asked for; ``choices`` are wanted of each prompt."""
        self._line = line
        self._works = [each.choice(number) for each in prepared for number in range(choices)]
        self._prompt_tokens = sum(len(each.prompt) for each in prepared)
        self._head = {
            "id": f"cmpl-{secrets.token_hex(12)}",
            "object": "text_completion",
            "created": int(time.time()),
            "model": model,
        }

    async def whole(self) -> dict[str, Any]:
        """Return the response, once all of it is there.

        Raises:
            ApiError: the model could not go on.
        """
        for work in self._works:
            await self._line.finish(work)
        choices = [
            _choice(number, work.text, work, work.tokens, work.finish_reason)
            for number, work in enumerate(self._works)
        ]
        return {**self._head, "choices": choices, "usage": self._usage()}

    async def stream(self, *, tells_usage: bool) -> AsyncGenerator[bytes, None]:
        """Give the response's events.

        Args:
            tells_usage: whether they end with the usage.
        """
        rest = {"usage": None} if tells_usage else {}
        try:
            for number, work in enumerate(self._works):
                async with aclosing(self._line.follow(work)) as followed:
                    async for pieces in followed:
                        told = b"".join(self._tell(pieces, number, work, rest))
                        yield told or comment("waiting")
                last = _choice(number, "", work, (), work.finish_reason)
                yield event({**self._head, "choices": [last], **rest})
        except ApiError as error:
            yield event(error.body())
            return
        if tells_usage:
            yield event({**self._head, "choices": [], "usage": self._usage()})
        yield DONE

    def _tell(
        self, pieces: Sequence[Piece], number: int, work: CompletionWork, rest: dict[str, None]
    ) -> Iterator[bytes]:
        for piece in pieces:
            if isinstance(piece, Delta):
                choice = _choice(number, piece.text, work, piece.tokens, None)
                yield event({**self._head, "choices": [choice], **rest})
            elif isinstance(piece, PrefillProgress):
                yield comment(f"prefill {piece.done}/{piece.total}")

    def _usage(self) -> dict[str, Any]:
        sampled = sum(work.completion.sampled_tokens for work in self._works)
        cached = self._works[0].completion.cached_tokens
        return usage(self._prompt_tokens, cached, sampled, 0)


def _choice(
    number: int,
    text: str,
    work: CompletionWork,
    tokens: Sequence[TokenSampled],
    finish: str | None,
) -> dict[str, Any]:
    wanted = work.prepared.logprobs
    return {
        "index": number,
        "text": text,
        "logprobs": None if wanted is None else _logprobs(tokens, wanted),
        "finish_reason": finish,
    }


def _logprobs(tokens: Sequence[TokenSampled], count: int) -> dict[str, Any]:
    offsets, end = [], 0
    for token in tokens:
        offsets.append(end)
        end += len(token.text)
    return {
        "tokens": [token.text for token in tokens],
        "token_logprobs": [finite(token.logprob) for token in tokens],
        "top_logprobs": [
            {each.text: finite(each.logprob) for each in token.alternatives[:count]}
            for token in tokens
        ],
        "text_offset": offsets,
    }
