"""How many tokens of a prompt are read at a time."""

from __future__ import annotations

from engine.models.configuration import GptOssConfig

CHUNK_SECONDS = 0.2
"""A chunk of the prompt is to take about this long, so that stopping acts within it."""
SMALLEST_CHUNK, LARGEST_CHUNK = 32, 2048
MULTIPLE = 32

ASSUMED_RATE = {True: 2e10, False: 5e12}
"""Multiplications and additions in a second that are expected of a CPU, and of a GPU, until one was
measured: what two slow cores do, and the smallest of Apple's GPUs."""
FIRST_FACTOR, FACTOR = 8.0, 2.0
"""The most that the size changes by after the first chunk, and after each later one."""


class ChunkSize:
    """A number of tokens that is brought to what takes ``CHUNK_SECONDS``."""

    def __init__(self, config: GptOssConfig, *, on_cpu: bool) -> None:
        """Begin with what a model of some sizes is expected to read in that time."""
        operations = 2 * count_active(config)
        self.tokens = _fitting(CHUNK_SECONDS * ASSUMED_RATE[on_cpu] / operations)
        self._factor = FIRST_FACTOR

    def learn(self, tokens: int, seconds: float) -> None:
        """Adapt to how long it took to read so many tokens; fewer than a chunk say too little."""
        if tokens < self.tokens:
            return
        factor = min(self._factor, max(1 / self._factor, CHUNK_SECONDS / seconds))
        self._factor = FACTOR
        self.tokens = _fitting(tokens * factor)


def count_active(config: GptOssConfig) -> int:
    """Return how many weights of the layers each token is multiplied with."""
    attention = 2 * config.num_attention_heads + 2 * config.num_key_value_heads
    experts = 3 * config.num_experts_per_tok * config.intermediate_size
    each = config.hidden_size * (attention * config.head_dim + experts)
    return config.num_hidden_layers * each


def _fitting(tokens: float) -> int:
    return min(LARGEST_CHUNK, max(SMALLEST_CHUNK, round(tokens / MULTIPLE) * MULTIPLE))
