"""Does what was asked of the model: reads a prompt and samples what follows, with the figures."""

from __future__ import annotations

import threading
import time
from typing import Literal

from engine.events import PrefillProgress
from engine.generation.decoding import check_tokens
from engine.generation.generator import LEFT, Generator
from engine.generation.logprobs import Meter
from engine.generation.sampling import Sampler
from engine.generation.speculation import Drafter
from engine.worker import Completion, Request


class Completing:
    """One request on its way, on the engine's thread."""

    def __init__(self, generator: Generator, request: Request, closing: threading.Event) -> None:
        """Take what is asked for, and what is set where the program ends."""
        self.generator = generator
        self.request = request
        self.closing = closing
        self.start = time.perf_counter()
        self.cached = -1
        self.prefill_seconds = 0.0
        self.drafter: Drafter | None = None

    def run(self) -> Completion:
        """Generate until it is over or not wanted any more.

        Raises:
            NothingAllowedError: the rules of the answer leave no token to sample.
            UnknownTokenError: the prompt, or what was sampled before it, is another model's.
        """
        request = self.request
        check_tokens(self.generator.model, request.earlier)  # penalties count these
        cached = self.generator.prefill(
            request.prompt, self._hear, leave=LEFT, go_on=lambda: not self._must_stop()
        )
        self.prefill_seconds = time.perf_counter() - self.start
        if cached is None:
            return self._completion("cancelled", 0, 0.0)
        return self._decode()

    def _must_stop(self) -> bool:
        return self.request.cancelled.is_set() or self.closing.is_set()

    def _hear(self, done: int, total: int) -> bool:
        if self.cached < 0:
            self.cached = done
        seconds = time.perf_counter() - self.start
        rate = (done - self.cached) / seconds if seconds > 0 else 0.0
        left = (total - done) / rate if rate > 0 else 0.0
        self.request.on_prefill(PrefillProgress(done, total, self.cached, rate, left))
        return not self._must_stop()

    def _decode(self) -> Completion:
        request = self.request
        sampled, first = 0, 0.0
        finish: Literal["stop", "length", "cancelled"] = "length"
        sampler = Sampler(
            request.seed, request.prompt, request.earlier, request.control_tokens, request.breakers
        )
        self.drafter = Drafter(request.prompt) if request.speculates else None
        unread = request.prompt[len(self.generator.cache) :]
        tokens = self.generator.decode(
            unread,
            sampler,
            request.hyperparameters,
            constraint=request.constraint() if request.constraint else None,
            drafter=self.drafter,
            meter=self._meter(),
            on_values=request.on_values,
        )
        try:
            while sampled < request.max_tokens():
                token = next(tokens)
                sampled += 1
                if not first:
                    first = time.perf_counter() - self.start
                    # Of the first step, its share of the prompt's tokens counts as reading it.
                    step = first - self.prefill_seconds
                    self.prefill_seconds += step * (len(unread) - 1) / len(unread)
                request.on_token(token)
                if token in request.stop_tokens:
                    finish = "stop"
                    break
                if self._must_stop():
                    finish = "cancelled"
                    break
        finally:
            tokens.close()
        return self._completion(finish, sampled, first)

    def _meter(self) -> Meter | None:
        count, hear = self.request.logprobs, self.request.on_measured
        return None if count is None or hear is None else Meter(count, hear)

    def _completion(
        self, finish: Literal["stop", "length", "cancelled"], sampled: int, first: float
    ) -> Completion:
        seconds = time.perf_counter() - self.start
        return Completion(
            finish,
            prompt_tokens=len(self.request.prompt),
            cached_tokens=max(0, self.cached),
            sampled_tokens=sampled,
            prefill_seconds=self.prefill_seconds,
            decode_seconds=seconds - self.prefill_seconds,
            first_token_seconds=first,
            drafted_tokens=self.drafter.drafted if self.drafter else 0,
            accepted_tokens=self.drafter.accepted if self.drafter else 0,
        )
