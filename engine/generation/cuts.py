"""Which tokens may be drawn: exact cuts of a whole vocabulary, without sorting it.

In this order, as transformers and text-generation-webui apply them, each to what the one before
left: temperature, top_k, top_p, min_p, XTC.

Two rows stand for the logits. *Gaps* are how far each tempered logit is below the best, 0 or more,
infinite for a token that is out. *Ranks* are integers that order the tokens, lowest first, as the
logits do; equal logits have equal ranks, and among them the lower token id comes first.

The rank at which top_k and top_p cut is found by bisecting its 31 bits, with a sum over the
vocabulary for each. That is exact: adding tokens never lowers a sum, rounded as it may be. And it
waits for nothing, so it may be built before the logits are computed. Processor time for 201,088
logits on a CPU: 3 ms for top_k and 8 ms for top_p, where a sort alone takes 20 ms.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection

import mlx.core as mx

from engine.config.hyperparameters import Hyperparameters

OUT = float("inf")
"""The gap of a token that may not be drawn."""

LARGEST, SMALLEST = 3.4028234e38, 2.0**-126
"""The largest float32, and the smallest that is divided by in full precision."""

NEAREST, FURTHEST = 2.0**-63, 2.0**63
"""Logits nearer to 0, or further from it, rank as these do: ranks have no bits for more."""

NEAREST_PATTERN = 0x20000000
"""The bits of ``NEAREST``."""

RANK_BITS = 31

LANES = 128
"""A vocabulary is summed in so many rows: several times faster, and rounded less."""


def restrict(
    logits: mx.array,
    chosen: Hyperparameters,
    xtc_draw: mx.array | None = None,
    control_tokens: Collection[int] = (),
) -> mx.array:
    """Return log-weights, float32 (rows, vocab_size), -inf for the tokens that may not be drawn.

    Args:
        logits: float32 (rows, vocab_size), none NaN; -inf stays so. A row of nothing else allows
            no token, and keeps doing so.
        chosen: the cuts, and a temperature above 0.
        xtc_draw: uniform in [0, 1), (rows, 1); XTC acts where it is below its probability.
        control_tokens: XTC does not act where it would remove one.
    """
    gaps = measure_gaps(logits, chosen.temperature)
    ranks = rank(logits)
    if 0 < chosen.top_k < gaps.shape[-1]:
        gaps = keep_top_k(gaps, ranks, chosen.top_k)
    if chosen.top_p < 1:
        gaps = keep_top_p(gaps, ranks, chosen.top_p)
    if chosen.min_p > 0:
        gaps = keep_min_p(gaps, chosen.min_p)
    if xtc_draw is not None and chosen.xtc_probability > 0:
        acts = xtc_draw < chosen.xtc_probability
        gaps = exclude_top_choices(gaps, ranks, chosen.xtc_threshold, acts, control_tokens)
    return -gaps


def measure_gaps(logits: mx.array, temperature: float) -> mx.array:
    """Return how far logits (rows, n) are below their row's best, divided by the temperature."""
    # Infinities are brought to the largest numbers: the difference of two would be NaN.
    best = mx.clip(mx.max(logits, axis=-1, keepdims=True), -LARGEST, LARGEST)
    return (best - mx.minimum(logits, LARGEST)) / max(temperature, SMALLEST)


def rank(logits: mx.array) -> mx.array:
    """Return ranks of logits (rows, n), int32 from 0 on: how many floats each is below the best.

    They follow the logits and not the gaps, which are rounded and may be equal where the logits
    are not.
    """
    # Floats of one sign order as their bits do, read as an integer.
    size = mx.clip(mx.abs(logits), NEAREST, FURTHEST).view(mx.int32) - NEAREST_PATTERN
    sign = logits.view(mx.int32) >> 31
    order = (size ^ sign) - sign
    return mx.max(order, axis=-1, keepdims=True) - order


def keep_top_k(gaps: mx.array, ranks: mx.array, count: int) -> mx.array:
    """Keep the gaps (rows, n) of the first ``count`` tokens. Source: arXiv 1805.04833, section 5.

    (Fan et al., "Hierarchical neural story generation".)
    """
    edge = _find_edge(
        lambda bound: mx.sum(ranks < bound, axis=-1, keepdims=True) >= count, gaps.shape[0]
    )
    wanted = count - mx.sum(ranks < edge, axis=-1, keepdims=True)
    return _keep_up_to(gaps, ranks, edge, wanted)


def keep_top_p(gaps: mx.array, ranks: mx.array, share: float) -> mx.array:
    """Keep the gaps (rows, n) of the fewest first tokens whose probabilities reach ``share`` < 1.

    Probabilities and their sums are float32. Source: arXiv 1904.09751, section 3.1 (Holtzman et
    al., "The curious case of neural text degeneration").
    """
    weights = mx.exp(-gaps)
    folded_ranks, weight_bits = _fold(ranks), _fold(weights).view(mx.int32)

    def sum_below(bound: mx.array) -> mx.array:
        # The sign of the difference, spread over all bits, masks the weights: half the time of
        # ``where``.
        mask = (folded_ranks - bound[..., None]) >> 31
        return _sum_folded((mask & weight_bits).view(mx.float32))

    goal = share * _sum_folded(weight_bits.view(mx.float32))
    edge = _find_edge(lambda bound: sum_below(bound) >= goal, gaps.shape[0])
    at_edge = mx.argmax(ranks == edge, axis=-1, keepdims=True)
    each = mx.take_along_axis(weights, at_edge, axis=-1)
    wanted = mx.maximum(mx.ceil((goal - sum_below(edge)) / each), 1)
    return _keep_up_to(gaps, ranks, edge, wanted)


def keep_min_p(gaps: mx.array, share: float) -> mx.array:
    """Keep gaps (rows, n) of tokens at least ``share`` times as likely as the likeliest.

    Source: arXiv 2407.01082 (Nguyen et al., "Turning up the heat: min-p sampling").
    """
    return mx.where(gaps <= -math.log(share), gaps, OUT)


def exclude_top_choices(
    gaps: mx.array,
    ranks: mx.array,
    threshold: float,
    acts: mx.array,
    control_tokens: Collection[int],
) -> mx.array:
    """Remove of gaps (rows, n) all tokens with at least ``threshold`` probability, but the last.

    So one always stays, and nothing happens where fewer than two are that likely. Nor does
    anything where a control token would be removed, or where ``acts``, bool (rows, 1), is false.
    Source: XTC, text-generation-webui, pull request 6335.
    """
    total = mx.sum(mx.exp(-gaps), axis=-1, keepdims=True)
    likely = (gaps <= -mx.log(mx.array(threshold)) - mx.log(total)) & (gaps < OUT)
    edge = mx.max(mx.where(likely, ranks, -1), axis=-1, keepdims=True)
    places = mx.arange(gaps.shape[-1])[None]
    last = mx.max(mx.where(likely & (ranks == edge), places, -1), axis=-1, keepdims=True)
    removed = likely & (places != last)
    if control_tokens:
        exempt = mx.array(sorted(control_tokens), dtype=mx.int32)
        acts = acts & ~mx.any(removed[:, exempt], axis=-1, keepdims=True)
    return mx.where(removed & acts, OUT, gaps)


def _find_edge(suffices: Callable[[mx.array], mx.array], rows: int) -> mx.array:
    """Return the lowest rank, int32 (rows, 1), such that the tokens up to it suffice.

    ``suffices`` tells, bool (rows, 1), whether those below a bound (rows, 1) do.
    """
    edge = mx.zeros((rows, 1), dtype=mx.int32)
    for bit in reversed(range(RANK_BITS)):
        bound = edge + (1 << bit)
        edge = mx.where(suffices(bound), edge, bound)
    return edge


def _keep_up_to(gaps: mx.array, ranks: mx.array, edge: mx.array, count: mx.array) -> mx.array:
    """Keep gaps (rows, n) of ranks below an edge (rows, 1), and of the first ``count`` at it."""
    equal = ranks == edge
    first = equal & (mx.cumsum(equal.astype(mx.int32), axis=-1) <= count)
    return mx.where((ranks < edge) | first, gaps, OUT)


def _fold(row: mx.array) -> mx.array:
    """Return (rows, n) as (rows, LANES, n / LANES), filled up with zeros."""
    padded = mx.pad(row, [(0, 0), (0, -row.shape[-1] % LANES)])
    return padded.reshape(row.shape[0], LANES, -1)


def _sum_folded(folded: mx.array) -> mx.array:
    """Return the sums, (rows, 1), of (rows, LANES, n / LANES)."""
    return mx.sum(mx.sum(folded, axis=1), axis=-1, keepdims=True)
