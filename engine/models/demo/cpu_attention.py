"""Attention of a training batch on a processor: one fused call for each rectangle of texts."""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor

from engine.models.demo.network import Segment


@functools.lru_cache(maxsize=512)
def attention_mask(length: int, before: int, window: int | None, repeat: int) -> Tensor:
    """Return what to add to the scores: 0 where attention may look, else minus infinity.

    Its shape is [1, 1, repeat * length, before + length]: ``repeat`` query heads share a key head.
    """
    queries = torch.arange(before, before + length)[:, None]
    keys = torch.arange(before + length)[None]
    seen = keys <= queries
    if window is not None:
        seen = seen & (keys > queries - window)
    return torch.where(seen, 0.0, -math.inf).repeat(repeat, 1)[None, None]


class SinkAttention(torch.autograd.Function):
    """PyTorch's fused CPU attention, with a sink for each query row in its softmax.

    The kernel also returns the logarithm of the softmax's denominator; adding the sink to it scales
    the output, and the kernel's own backward pass is right for the larger denominator.
    """

    @staticmethod
    def forward(ctx: Any, q: Tensor, k: Tensor, v: Tensor, sinks: Tensor, mask: Tensor) -> Tensor:
        """Attend with q [B, H, T, d], k and v [B, H, S, d], sinks [1, H, T], mask [1, 1, T, S]."""
        scale = q.shape[-1] ** -0.5
        output, denominator = torch.ops.aten._scaled_dot_product_flash_attention_for_cpu(
            q, k, v, 0.0, False, attn_mask=mask, scale=scale
        )
        with_sink = torch.logaddexp(denominator, sinks)
        output = output * torch.exp(denominator - with_sink)[..., None]
        ctx.save_for_backward(q, k, v, sinks, mask, output, with_sink)
        return output

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> tuple[Tensor | None, ...]:
        """Return the gradients of q, k, v and the sinks."""
        q, k, v, sinks, mask, output, with_sink = ctx.saved_tensors
        gradient = gradient.contiguous()
        dq, dk, dv = torch.ops.aten._scaled_dot_product_flash_attention_for_cpu_backward(
            gradient,
            q,
            k,
            v,
            output,
            with_sink,
            0.0,
            False,
            attn_mask=mask,
            scale=q.shape[-1] ** -0.5,
        )
        shares = torch.exp(sinks - with_sink)
        return dq, dk, dv, -(shares * (gradient * output).sum(-1)).sum(0, keepdim=True), None


class CpuAttention:
    """Attends within each of a batch's segments and to their prefixes."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        """Take the segments that together cover the batch."""
        self.segments = segments

    def __call__(
        self, q: Tensor, k: Tensor, v: Tensor, sinks: Tensor, window: int | None
    ) -> Tensor:
        """Return what each token reads; see ``network.Attention``."""
        parts = [self._read(segment, q, k, v, sinks, window) for segment in self.segments]
        return torch.cat(parts)

    def _read(
        self, segment: Segment, q: Tensor, k: Tensor, v: Tensor, sinks: Tensor, window: int | None
    ) -> Tensor:
        heads, kv_heads, size = q.shape[1], k.shape[1], q.shape[2]
        queries, keys, values = (_rows_of(x, segment) for x in (q, k, v))
        before = 0
        if segment.prefix is not None:
            prefix = self.segments[segment.prefix]
            before = prefix.length if window is None else min(prefix.length, window - 1)
            shared = (_rows_of(x, prefix)[:, :, prefix.length - before :] for x in (k, v))
            shared_keys, shared_values = (x.expand(segment.rows, -1, -1, -1) for x in shared)
            keys = torch.cat([shared_keys, keys], 2)
            values = torch.cat([shared_values, values], 2)
        grouped = queries.reshape(segment.rows, kv_heads, -1, size)
        columns = sinks.repeat_interleave(segment.length).view(1, kv_heads, -1)
        mask = attention_mask(segment.length, before, window, heads // kv_heads)
        mixed = SinkAttention.apply(grouped, keys, values, columns, mask)
        mixed = mixed.view(segment.rows, heads, segment.length, size)
        return mixed.transpose(1, 2).flatten(0, 1).flatten(1)


def _rows_of(x: Tensor, segment: Segment) -> Tensor:
    """Return a segment's part of x [N, heads, size] as [rows, heads, length, size]."""
    part = x[segment.start : segment.start + segment.rows * segment.length]
    return part.view(segment.rows, segment.length, *x.shape[1:]).transpose(1, 2)
