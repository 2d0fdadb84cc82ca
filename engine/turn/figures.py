"""How fast a turn goes and how much of the context it takes."""

from __future__ import annotations

import time
from dataclasses import replace

from engine.events import DecodeProgress, Statistics
from engine.worker import Completion

PROGRESS_SECONDS = 0.25


class Figures:
    """Adds up the figures of a turn's samplings; all of what was sampled, also what went again."""

    def __init__(self) -> None:
        """Begin with nothing done."""
        self.statistics = Statistics()
        self._prompt_length = 0
        self._sampled = 0
        self._start = 0.0
        self._told = 0.0

    def begin_sampling(self, prompt_length: int) -> None:
        """Take note that tokens are going to be sampled after a prompt."""
        self._prompt_length, self._sampled, self._start = prompt_length, 0, 0.0

    def count_token(self, number: int, context_length: int) -> DecodeProgress | None:
        """Count a token that was just sampled; return what there is to tell, a few times a second.

        Args:
            number: how many the turn has with it.
            context_length: how many tokens there is room for.
        """
        now = time.perf_counter()
        self._sampled += 1
        if not self._start:
            self._start = self._told = now
        if now - self._told < PROGRESS_SECONDS:
            return None
        self._told = now
        seconds = self.statistics.decode_seconds + now - self._start
        sampled = self.statistics.sampled_tokens + self._sampled
        rate = sampled / seconds if seconds > 0 else 0.0
        return DecodeProgress(number, rate, self._prompt_length + self._sampled, context_length)

    def add(self, completion: Completion, context_length: int) -> None:
        """Add what a sampling took, which is over."""
        before = self.statistics
        first = before.first_token_seconds
        if not first and completion.sampled_tokens:
            first = completion.first_token_seconds
        self.statistics = replace(
            before,
            prompt_tokens=before.prompt_tokens + completion.prompt_tokens,
            cached_tokens=before.cached_tokens + completion.cached_tokens,
            sampled_tokens=before.sampled_tokens + completion.sampled_tokens,
            prefill_seconds=before.prefill_seconds + completion.prefill_seconds,
            decode_seconds=before.decode_seconds + completion.decode_seconds,
            first_token_seconds=first,
            context_used=completion.prompt_tokens + completion.sampled_tokens,
            context_length=context_length,
            drafted_tokens=before.drafted_tokens + completion.drafted_tokens,
            accepted_tokens=before.accepted_tokens + completion.accepted_tokens,
        )
