"""Muon for the matrices, AdamW for the rest, and what keeps number tokens alike.

Muon: Keller Jordan et al., https://kellerjordan.github.io/posts/muon (2024).
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from engine.models.demo.network import Network

MUON_RATE, MUON_MOMENTUM, MUON_DECAY = 0.015, 0.95, 0.3
EMBED_RATE, HEAD_RATE, OTHER_RATE = 0.018, 0.0015, 0.003
ADAM_BETAS, ADAM_EPSILON = (0.9, 0.97), 1e-8
GRADIENT_LIMIT = 1.0
NEWTON_SCHULZ = (3.4445, -4.7750, 2.0315)
"""Coefficients of the quintic iteration that makes a matrix's singular values about one."""


@torch.no_grad()
def orthogonalise(matrices: Tensor) -> Tensor:
    """Return the nearest (semi-)orthogonal matrices to ``matrices`` [..., rows, columns]."""
    a, b, c = NEWTON_SCHULZ
    tall = matrices.shape[-2] > matrices.shape[-1]
    x = matrices.transpose(-1, -2) if tall else matrices
    x = (x / (x.norm(dim=(-2, -1), keepdim=True) + 1e-7)).bfloat16()
    for _ in range(5):
        gram = x @ x.transpose(-1, -2)
        x = a * x + (b * gram + c * (gram @ gram)) @ x
    return (x.transpose(-1, -2) if tall else x).float()


class Muon:
    """Steps along the orthogonalised momentum of each matrix, with decoupled weight decay."""

    def __init__(self, matrices: list[nn.Parameter]) -> None:
        """Take parameters [..., rows, columns]; leading dimensions are a stack of matrices."""
        by_shape: dict[tuple[int, int], list[nn.Parameter]] = {}
        for matrix in matrices:
            by_shape.setdefault((matrix.shape[-2], matrix.shape[-1]), []).append(matrix)
        # Matrices of one shape are orthogonalised in one go.
        self.stacks = [
            (alike, torch.zeros_like(torch.cat([_stacked(matrix) for matrix in alike])))
            for alike in by_shape.values()
        ]

    @torch.no_grad()
    def step(self, scale: float) -> None:
        """Make one step; ``scale`` times the rate is its size."""
        rate = MUON_RATE * scale
        for matrices, momentum in self.stacks:
            gradients = torch.cat([_stacked(matrix.grad) for matrix in matrices])
            momentum.lerp_(gradients, 1 - MUON_MOMENTUM)
            update = orthogonalise(gradients.lerp_(momentum, MUON_MOMENTUM))
            widened = max(1.0, update.shape[-2] / update.shape[-1]) ** 0.5
            parts = update.split([len(_stacked(matrix)) for matrix in matrices])
            for matrix, part in zip(matrices, parts, strict=True):
                matrix.mul_(1 - rate * MUON_DECAY)
                matrix.add_(part.view_as(matrix), alpha=-rate * widened)


def _stacked(matrices: Tensor) -> Tensor:
    """Return [..., rows, columns] as [n, rows, columns]."""
    return matrices.reshape(-1, *matrices.shape[-2:])


class Optimiser:
    """Applies a step's gradients to the network."""

    def __init__(self, network: Network, digits: Tensor) -> None:
        """Take the network and, per row, how many digits a number token has (0 for others)."""
        self.network = network
        self.number_rows = [(digits == count).nonzero()[:, 0] for count in (1, 2, 3)]
        matrices: list[nn.Parameter] = []
        others: list[nn.Parameter] = []
        for layer in network.layers:
            for name, parameter in layer.named_parameters():
                is_matrix = parameter.ndim >= 2 and not name.endswith("bias")
                to_muon = is_matrix and not name.startswith("router")
                (matrices if to_muon else others).append(parameter)
        others += [network.norm.weight, network.projection]
        self.muon = Muon(matrices)
        rates = ((network.embed, EMBED_RATE), (network.head, HEAD_RATE))
        groups = [{"params": [p], "lr": rate, "rate": rate} for p, rate in rates]
        groups.append({"params": others, "lr": OTHER_RATE, "rate": OTHER_RATE})
        self.adam = torch.optim.AdamW(
            groups, betas=ADAM_BETAS, eps=ADAM_EPSILON, weight_decay=0.0, fused=True
        )

    def share_number_gradients(self) -> None:
        """Give all numbers of as many digits the same gradient.

        A number stays the random code it began with, and what is learned of one holds for all.
        """
        for matrix in (self.network.embed, self.network.head):
            for rows in self.number_rows:
                matrix.grad[rows] = matrix.grad[rows].mean(0)

    def step(self, scale: float) -> None:
        """Clip, step and forget the gradients; ``scale`` in [0, 1] is the schedule's."""
        self.share_number_gradients()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), GRADIENT_LIMIT)
        for group in self.adam.param_groups:
            group["lr"] = group["rate"] * scale
        self.adam.step()
        self.muon.step(scale)
        self.network.zero_grad(set_to_none=True)
