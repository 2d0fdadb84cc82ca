"""The gpt-oss architecture in PyTorch, for training on packed rows of a reduced vocabulary.

Only training and its evaluation import this file. The layers are those of gpt-oss (alternating
sliding and full attention with sinks, grouped keys, YaRN, a mixture of experts with the clamped
SwiGLU); what differs is the form of the batch. Conversations that share one system and developer
message attend to a single copy of that prefix, so it is computed once per group:

    tokens [N] = G prefixes of P tokens, then G x R rows of T tokens (N = G * (P + R * T))

A row packs several conversations; the masks keep them apart.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

import torch
import torch.nn.functional as F  # noqa: N812  (PyTorch's own convention)
from torch import Tensor, nn

ROPE_BASE = 150_000.0
ROPE_FACTOR = 32.0
ROPE_FAST, ROPE_SLOW = 32.0, 1.0
ROPE_ORIGINAL_CONTEXT = 4096
SWIGLU_ALPHA, SWIGLU_LIMIT = 1.702, 7.0
NORM_EPSILON = 1e-5
WINDOW = 128
UNTRAINED_TOKENS = 197_000
"""How many tokens share the last row of the head; all of them weigh in the softmax."""

EMBEDDING_SCALE = 2.0
"""The make-or-break detail: with the usual 0.02 the residual stream drowns the words."""
HEAD_SCALE = 0.03
COPY_GAIN = 3.0
BLOCK = 32
MASKED = -1e9


@dataclass(frozen=True)
class Shape:
    """The sizes of the network; ``rows`` counts the trained tokens, without the shared last row."""

    rows: int
    hidden: int = 256
    layers: int = 4
    heads: int = 8
    kv_heads: int = 4
    head_dim: int = 32
    experts: int = 4
    active_experts: int = 2
    intermediate: int = 256


class Batch(NamedTuple):
    """One training step's tokens and what attends to what; see the module's docstring."""

    tokens: Tensor  # [N] rows of the vocabulary
    positions: Tensor  # [N]
    prefix_masks: tuple[Tensor, Tensor]  # full, sliding: [G, P, P], true where attention may look
    row_masks: tuple[Tensor, Tensor]  # full, sliding: [G, R, T, P + T]
    selected: Tensor  # [M] places in [0, N) whose next token is learned
    targets: Tensor  # [M]
    weights: Tensor  # [M], zero for padding


def rope_frequencies(head_dim: int) -> tuple[Tensor, float]:
    """Return YaRN's angular frequencies [head_dim / 2], not truncated, and the scale of cos/sin."""

    def rotations_at(count: float) -> float:
        ratio = ROPE_ORIGINAL_CONTEXT / (count * 2 * math.pi)
        return head_dim * math.log(ratio) / (2 * math.log(ROPE_BASE))

    low = max(rotations_at(ROPE_FAST), 0)
    high = min(rotations_at(ROPE_SLOW), head_dim - 1)
    periods = ROPE_BASE ** (torch.arange(0, head_dim, 2).float() / head_dim)
    ramp = ((torch.arange(head_dim // 2).float() - low) / (high - low)).clamp(0, 1)
    return ramp / (ROPE_FACTOR * periods) + (1 - ramp) / periods, 0.1 * math.log(ROPE_FACTOR) + 1


def rotate(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """Apply the rotary embedding to x [..., heads, head_dim] with cos, sin [..., 1, head_dim/2]."""
    first, second = x.float().chunk(2, -1)
    turned = torch.cat([first * cos - second * sin, second * cos + first * sin], -1)
    return turned.to(x.dtype)


class MXFP4(NamedTuple):
    """A tensor in blocks of 32 four-bit floats (E2M1) with one power-of-two scale each."""

    values: Tensor  # the dequantised tensor, in its own shape
    codes: Tensor  # uint8, 0..15, in the tensor's shape
    exponents: Tensor  # int32 [..., last / 32]


FP4_VALUES = torch.tensor([0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0])
FP4_BOUNDS = torch.tensor([0.25, 0.75, 1.25, 1.75, 2.5, 3.5, 5.0])


def to_mxfp4(weights: Tensor) -> MXFP4:
    """Round to the nearest MXFP4; of two candidate exponents each block takes the better."""
    blocks = weights.reshape(-1, BLOCK).float()
    largest = blocks.abs().amax(1, keepdim=True).clamp_min(2.0**-100)
    low = torch.floor(torch.log2(largest)) - 2

    def rounded(exponent: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        magnitude = torch.bucketize((blocks / torch.exp2(exponent)).abs(), FP4_BOUNDS)
        values = FP4_VALUES[magnitude] * torch.sign(blocks) * torch.exp2(exponent)
        return values, magnitude, ((values - blocks) ** 2).sum(1, keepdim=True)

    values, magnitude, error = rounded(low)
    other_values, other_magnitude, other_error = rounded(low + 1)
    better = other_error < error
    values = torch.where(better, other_values, values)
    magnitude = torch.where(better, other_magnitude, magnitude)
    exponents = torch.where(better, low + 1, low).to(torch.int32)
    codes = (magnitude + 8 * (blocks < 0)).to(torch.uint8)
    shape = weights.shape
    return MXFP4(
        values.reshape(shape), codes.reshape(shape), exponents.reshape(*shape[:-1], -1)
    )


class _StraightThrough(torch.autograd.Function):
    """MXFP4 going forward, the identity going back."""

    @staticmethod
    def forward(ctx: object, weights: Tensor) -> Tensor:  # noqa: ARG004
        return to_mxfp4(weights).values.to(weights.dtype)

    @staticmethod
    def backward(ctx: object, gradient: Tensor) -> Tensor:  # noqa: ARG004
        return gradient


class Norm(nn.Module):
    """RMSNorm in float32."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(size))

    def forward(self, x: Tensor) -> Tensor:
        return F.rms_norm(x.float(), (x.shape[-1],), self.weight, NORM_EPSILON)


class Layer(nn.Module):
    """Attention with sinks, then the experts."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        hidden, inner = shape.hidden, shape.intermediate
        spread = hidden**-0.5
        self.attention_norm, self.expert_norm = Norm(hidden), Norm(hidden)
        self.q = nn.Linear(hidden, shape.heads * shape.head_dim)
        self.k = nn.Linear(hidden, shape.kv_heads * shape.head_dim)
        self.v = nn.Linear(hidden, shape.kv_heads * shape.head_dim)
        self.o = nn.Linear(shape.heads * shape.head_dim, hidden)
        self.router = nn.Linear(hidden, shape.experts)
        for linear, factor in ((self.q, 1), (self.k, 1), (self.v, 1), (self.o, 0.3)):
            nn.init.normal_(linear.weight, std=spread * factor)
            nn.init.zeros_(linear.bias)
        nn.init.normal_(self.router.weight, std=spread * 0.5)
        nn.init.zeros_(self.router.bias)
        self.sinks = nn.Parameter(torch.zeros(shape.heads))
        experts = shape.experts
        self.gate = nn.Parameter(torch.randn(experts, inner, hidden) * spread)
        self.up = nn.Parameter(torch.randn(experts, inner, hidden) * spread * 0.5)
        self.down = nn.Parameter(torch.randn(experts, hidden, inner) * 0.3 * inner**-0.5)
        self.gate_bias = nn.Parameter(torch.zeros(experts, inner))
        self.up_bias = nn.Parameter(torch.zeros(experts, inner))
        self.down_bias = nn.Parameter(torch.zeros(experts, hidden))

    def expert_weights(self, quantised: bool) -> tuple[Tensor, Tensor, Tensor]:
        """Return gate, up and down, as the exported checkpoint will hold them if quantised."""
        weights = (self.gate, self.up, self.down)
        if quantised:
            return tuple(_StraightThrough.apply(w) for w in weights)  # type: ignore[return-value]
        return weights

    def attend(self, q: Tensor, k: Tensor, v: Tensor, mask: Tensor) -> Tensor:
        """Attend with sinks: q [B, T, heads, d], k and v [B, S, kv_heads, d], mask [B, T, S]."""
        shape = self.shape
        batch, length = q.shape[:2]
        repeat = shape.heads // shape.kv_heads
        q = q.transpose(1, 2).reshape(batch, shape.kv_heads, repeat * length, shape.head_dim)
        scores = (q @ k.permute(0, 2, 3, 1)).float() * shape.head_dim**-0.5
        scores = scores.view(batch, shape.kv_heads, repeat, length, -1)
        scores = torch.where(mask[:, None, None], scores, MASKED)
        sinks = self.sinks.view(1, shape.kv_heads, repeat, 1, 1)
        top = torch.maximum(scores.amax(-1, keepdim=True), sinks).detach()
        powers = torch.exp(scores - top)
        shares = powers / (powers.sum(-1, keepdim=True) + torch.exp(sinks - top))
        shares = shares.to(v.dtype).reshape(batch, shape.kv_heads, repeat * length, -1)
        mixed = (shares @ v.transpose(1, 2)).view(batch, shape.heads, length, shape.head_dim)
        return mixed.transpose(1, 2).reshape(batch * length, shape.heads * shape.head_dim)

    def project(self, x: Tensor, cos: Tensor, sin: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Return rotated queries, rotated keys and values, each [N, heads, head_dim]."""
        h = self.attention_norm(x)
        size = self.shape.head_dim
        q, k, v = (linear(h).view(len(x), -1, size) for linear in (self.q, self.k, self.v))
        return rotate(q, cos, sin), rotate(k, cos, sin), v

    def route(self, h: Tensor) -> tuple[Tensor, Tensor]:
        """Return each expert's weight [N, experts], zero where not chosen, and the router's logits.

        The chosen experts are those that fewer than ``active_experts`` others outrank.
        """
        with torch.autocast("cpu", enabled=False):
            logits = F.linear(h.float(), self.router.weight, self.router.bias)
        outranked = (logits[:, :, None] < logits[:, None, :]).sum(-1)
        chosen = outranked < self.shape.active_experts
        return torch.where(chosen, logits, MASKED).softmax(-1), logits

    def mix_experts(
        self, x: Tensor, weights: tuple[Tensor, Tensor, Tensor]
    ) -> tuple[Tensor, Tensor]:
        """Return the experts' answer [N, hidden] and the load-balance loss.

        All experts are computed and the unchosen weighted with zero: for so few of them, one dense
        product is faster on a CPU than gathering tokens.
        """
        gate, up, down = weights
        h = self.expert_norm(x)
        shares, logits = self.route(h)
        count, inner = self.gate_bias.shape
        gated = F.linear(h, gate.flatten(0, 1), self.gate_bias.flatten()).view(-1, count, inner)
        lifted = F.linear(h, up.flatten(0, 1), self.up_bias.flatten()).view(-1, count, inner)
        gated = gated.float().clamp(max=SWIGLU_LIMIT)
        lifted = lifted.float().clamp(-SWIGLU_LIMIT, SWIGLU_LIMIT)
        active = (lifted + 1) * gated * torch.sigmoid(SWIGLU_ALPHA * gated) * shares[:, :, None]
        mixed = F.linear(active.flatten(1), down.permute(1, 0, 2).flatten(1))
        load = (shares > 0).float().mean(0) / self.shape.active_experts
        balance = self.shape.experts * (load * logits.softmax(-1).mean(0)).sum()
        return mixed.float() + shares @ self.down_bias, balance


class Network(nn.Module):
    """The whole model over a reduced vocabulary of ``rows`` tokens and one shared row."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        count, hidden = shape.rows + 1, shape.hidden
        self.embed = nn.Parameter(torch.randn(count, hidden) * EMBEDDING_SCALE)
        rotation = torch.linalg.qr(torch.randn(hidden, hidden))[0]
        self.register_buffer("rotation", rotation)
        self.head = nn.Parameter(self.embed.data @ rotation.t() * HEAD_SCALE)
        self.head.data[shape.rows].zero_()
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.norm = Norm(hidden)
        frequencies, self.rope_scale = rope_frequencies(shape.head_dim)
        self.register_buffer("frequencies", frequencies, persistent=False)
        self._plant_copy_heads()

    @torch.no_grad()
    def _plant_copy_heads(self) -> None:
        """Start one key head per upper layer so that attending to a token raises its logit.

        The head of the vocabulary is a rotation of the embedding; the planted values and outputs
        apply that rotation to a random subspace, and attention gets a gradient from the first step.
        """
        size = self.shape.head_dim
        repeat = self.shape.heads // self.shape.kv_heads
        for layer in list(self.layers)[1:]:
            subspace = torch.linalg.qr(torch.randn(self.shape.hidden, size))[0].t()
            layer.v.weight[:size] = subspace
            for head in range(repeat):
                output = self.rotation @ subspace.t() * COPY_GAIN
                layer.o.weight[:, head * size : (head + 1) * size] = output

    def rope(self, positions: Tensor) -> tuple[Tensor, Tensor]:
        """Return cos and sin, [..., 1, head_dim / 2], for positions [...]."""
        angles = positions[..., None].float() * self.frequencies
        return (angles.cos() * self.rope_scale).unsqueeze(-2), (
            angles.sin() * self.rope_scale
        ).unsqueeze(-2)

    def forward(
        self, batch: Batch, experts: list[tuple[Tensor, Tensor, Tensor]]
    ) -> tuple[Tensor, Tensor]:
        """Return the cross-entropy of each selected token [M] and the load-balance loss."""
        groups, prefix = batch.prefix_masks[0].shape[:2]
        rows, length = batch.row_masks[0].shape[1:3]
        split = groups * prefix
        cos, sin = self.rope(batch.positions)
        x = F.embedding(batch.tokens, self.embed)
        balance = x.new_zeros(())
        for index, layer in enumerate(self.layers):
            sliding = int(index % 2 == 0)
            q, k, v = layer.project(x, cos, sin)
            of_prefix = [t[:split].view(groups, prefix, -1, t.shape[-1]) for t in (q, k, v)]
            of_rows = [t[split:].view(groups * rows, length, -1, t.shape[-1]) for t in (q, k, v)]
            keys, values = (
                torch.cat([p.repeat_interleave(rows, 0), r], 1)
                for p, r in zip(of_prefix[1:], of_rows[1:], strict=True)
            )
            attended = torch.cat(
                [
                    layer.attend(*of_prefix, batch.prefix_masks[sliding]),
                    layer.attend(
                        of_rows[0], keys, values, batch.row_masks[sliding].flatten(0, 1)
                    ),
                ]
            )
            x = x + layer.o(attended)
            mixed, uneven = layer.mix_experts(x, experts[index])
            x = x + mixed
            balance = balance + uneven / self.shape.layers
        logits = self.logits(self.norm(x[batch.selected]))
        return F.cross_entropy(logits, batch.targets, reduction="none"), balance

    def logits(self, hidden: Tensor) -> Tensor:
        """Return logits [..., rows + 1]; the last stands for every untrained token together."""
        logits = F.linear(hidden, self.head).float()
        shift = torch.zeros(logits.shape[-1])
        shift[-1] = math.log(UNTRAINED_TOKENS)
        return logits + shift
