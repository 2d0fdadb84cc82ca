"""The gpt-oss architecture in PyTorch, for training over a reduced vocabulary.

Only training and its tests import this file. The layers are those of gpt-oss (alternating sliding
and full attention with sinks, grouped keys, YaRN, a mixture of experts with the clamped SwiGLU);
what differs is the form of the batch. All tokens of a step lie in one row [N], cut into segments.
Conversations that share a system and developer message attend to a single copy of that prefix, so
it is computed once per group. How tokens attend to each other is computed by ``cpu_attention`` or
``gpu_attention``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

import torch
import torch.nn.functional as F  # noqa: N812  (PyTorch's own convention)
from torch import Tensor, nn

from engine.models.configuration import VOCABULARY_SIZE

ROPE_BASE = 150_000.0
ROPE_FACTOR = 32.0
ROPE_FAST, ROPE_SLOW = 32.0, 1.0
ROPE_ORIGINAL_CONTEXT = 4096
SWIGLU_ALPHA, SWIGLU_LIMIT = 1.702, 7.0
NORM_EPSILON = 1e-5
WINDOW = 128
EMBEDDING_SCALE = 2.0
"""The make-or-break detail: with the usual 0.02 the residual stream drowns the words."""
OWN_SCALE = 0.5
"""How large what a word has of its own begins, beside its vector."""
HEAD_SCALE = 0.03
COPY_GAIN = 3.0
BLOCK = 32
MASKED = -1e9


@dataclass(frozen=True)
class Shape:
    """The sizes of the network; ``rows`` counts the trained tokens, without the shared last row."""

    rows: int
    hidden: int = 192
    layers: int = 4
    heads: int = 6
    kv_heads: int = 3
    head_dim: int = 32
    experts: int = 4
    active_experts: int = 2
    intermediate: int = 192
    dropout: float = 0.0  # so much of what attention and the experts add is left out in training


class Segment(NamedTuple):
    """A rectangle of tokens: ``rows`` texts of ``length`` from ``start``, that attend alike.

    ``prefix`` is the place, among the batch's segments, of the text that all rows go on from.
    """

    start: int
    rows: int
    length: int
    prefix: int | None = None


class Attention(Protocol):
    """Computes what the tokens of one batch read from each other."""

    def __call__(
        self, q: Tensor, k: Tensor, v: Tensor, sinks: Tensor, window: int | None
    ) -> Tensor:
        """Return what each token reads, float32 [N, heads * head_dim].

        Args:
            q: float32 [N, heads, head_dim].
            k: float32 [N, kv_heads, head_dim].
            v: as ``k``.
            sinks: float32 [heads], a logit in each softmax that nothing is read from.
            window: how many positions back a token sees, itself included; None: all.
        """


class Batch(NamedTuple):
    """One training step's tokens and what attends to what; see the module's docstring."""

    tokens: Tensor  # int64 [N], rows of the vocabulary
    words: Tensor  # int64 [N], word vectors; 0 where there is none
    blur: Tensor  # float32 [N], how large the noise in each word vector is
    positions: Tensor  # int64 [N]
    segments: tuple[Segment, ...]  # together they cover [0, N) in order
    selected: Tensor  # int64 [M], places in [0, N) whose next token is learned
    targets: Tensor  # int64 [M]
    weights: Tensor  # float32 [M], 0 for a place that only fills the batch up


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
    return torch.cat([first * cos - second * sin, second * cos + first * sin], -1)


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
    levels, bounds = FP4_VALUES.to(weights.device), FP4_BOUNDS.to(weights.device)

    def rounded(exponent: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        magnitude = torch.bucketize((blocks / torch.exp2(exponent)).abs(), bounds)
        values = levels[magnitude] * torch.sign(blocks) * torch.exp2(exponent)
        return values, magnitude, ((values - blocks) ** 2).sum(1, keepdim=True)

    values, magnitude, error = rounded(low)
    other_values, other_magnitude, other_error = rounded(low + 1)
    better = other_error < error
    values = torch.where(better, other_values, values)
    magnitude = torch.where(better, other_magnitude, magnitude)
    exponents = torch.where(better, low + 1, low).to(torch.int32)
    codes = (magnitude + 8 * (blocks < 0)).to(torch.uint8)
    shape = weights.shape
    return MXFP4(values.reshape(shape), codes.reshape(shape), exponents.reshape(*shape[:-1], -1))


class _StraightThrough(torch.autograd.Function):
    """MXFP4 going forward, the identity going back."""

    @staticmethod
    def forward(ctx: Any, weights: Tensor) -> Tensor:
        """Return the weights as they will be stored."""
        return to_mxfp4(weights).values.to(weights.dtype)

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> Tensor:
        """Return the gradient as it is."""
        return gradient


class Norm(nn.Module):
    """RMSNorm in float32."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(size))

    def forward(self, x: Tensor) -> Tensor:
        """Return x [..., size] with a root mean square of about the weight."""
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
            return tuple(_StraightThrough.apply(w) for w in weights)
        return weights

    def project(self, x: Tensor, cos: Tensor, sin: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Return rotated queries, rotated keys and values, each [N, heads, head_dim]."""
        h = self.attention_norm(x)
        size = self.shape.head_dim
        q, k, v = (linear(h).view(len(x), -1, size) for linear in (self.q, self.k, self.v))
        return rotate(q, cos, sin), rotate(k, cos, sin), v.float()

    def route(self, h: Tensor) -> tuple[Tensor, Tensor]:
        """Return each expert's weight [N, experts], zero where not chosen, and the router's logits.

        The chosen experts are those that fewer than ``active_experts`` others outrank.
        """
        logits = self.router(h).float()
        outranked = (logits[:, :, None] < logits[:, None, :]).sum(-1)
        chosen = outranked < self.shape.active_experts
        return torch.where(chosen, logits, MASKED).softmax(-1), logits

    def finish(
        self, x: Tensor, read: Tensor, gate: Tensor, up: Tensor, down: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Return the layer's output [N, hidden] from its input and what attention read."""
        dropout = self.shape.dropout if self.training else 0.0
        x = x + F.dropout(self.o(read), dropout)
        mixed, balance = self.mix_experts(x, (gate, up, down))
        return x + F.dropout(mixed, dropout), balance

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

    def __init__(self, shape: Shape, vectors: Tensor, words: Tensor) -> None:
        """Take word vectors [words + 1, dimensions] and the word of each row [rows + 1] or 0.

        A token's embedding is its row and the projection of its word's vector; a word that was
        never trained has the shared row and its vector.
        """
        super().__init__()
        self.shape = shape
        count, hidden = shape.rows + 1, shape.hidden
        self.register_buffer("vectors", vectors, persistent=False)
        self.register_buffer("words", words)
        own = torch.where(words[:, None] > 0, OWN_SCALE, EMBEDDING_SCALE)
        self.embed = nn.Parameter(torch.randn(count, hidden) * own)
        dimensions = vectors.shape[1]
        size = max(hidden, dimensions)
        spread = torch.linalg.qr(torch.randn(size, size))[0][:dimensions, :hidden]
        gain = EMBEDDING_SCALE * (hidden / dimensions) ** 0.5
        self.projection = nn.Parameter(spread * gain)
        rotation = torch.linalg.qr(torch.randn(hidden, hidden))[0]
        self.register_buffer("rotation", rotation)
        self.head = nn.Parameter(self.whole_rows().detach() @ rotation.t() * HEAD_SCALE)
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
        self, batch: Batch, attention: Attention, experts: list[tuple[Tensor, Tensor, Tensor]]
    ) -> tuple[Tensor, Tensor]:
        """Return the cross-entropy of each selected token [M] and the load-balance loss."""
        hidden, balance = self.hidden(batch, attention, experts)
        return self.losses(hidden, batch.targets), balance

    def hidden(
        self, batch: Batch, attention: Attention, experts: list[tuple[Tensor, Tensor, Tensor]]
    ) -> tuple[Tensor, Tensor]:
        """Return what the last layer gives for the selected places [M, hidden], and the balance."""
        cos, sin = self.rope(batch.positions)
        vectors = self.vectors[batch.words]
        vectors = vectors + torch.randn_like(vectors) * batch.blur[:, None]
        x = F.embedding(batch.tokens, self.embed) + vectors @ self.projection
        balance = x.new_zeros(())
        for index, layer in enumerate(self.layers):
            q, k, v = layer.project(x, cos, sin)
            window = WINDOW if index % 2 == 0 else None
            read = attention(q, k, v, layer.sinks, window)
            x, uneven = layer.finish(x, read, *experts[index])
            balance = balance + uneven / self.shape.layers
        return x[batch.selected], balance

    def whole_rows(self) -> Tensor:
        """Return the embedding [rows + 1, hidden] of each trained token, and the shared row."""
        return self.embed + self.vectors[self.words] @ self.projection

    def losses(self, x: Tensor, targets: Tensor) -> Tensor:
        """Return the cross-entropy [M] of what the last layer gives [M, hidden]."""
        return F.cross_entropy(self.logits(self.norm(x)), targets, reduction="none")

    def compile(self, *, dynamic: bool) -> None:
        """Fuse the small operations; takes about a minute at the first step.

        Args:
            dynamic: whether batches differ in size.
        """
        self.losses = torch.compile(self.losses, dynamic=dynamic)  # type: ignore[method-assign]
        for layer in self.layers:
            layer.project = torch.compile(layer.project, dynamic=dynamic)
            layer.finish = torch.compile(layer.finish, dynamic=dynamic)

    def logits(self, hidden: Tensor) -> Tensor:
        """Return logits [..., rows + 1]; the last stands for every untrained token together."""
        logits = F.linear(hidden, self.head).float()
        logits[..., -1] += math.log(VOCABULARY_SIZE - self.shape.rows)
        return logits
