"""From bundled weights back to a network, to train it further."""

from __future__ import annotations

import copy
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from engine.models.demo import WEIGHTS
from engine.models.demo.exporting import (
    BLOCK,
    EMBEDDING,
    EXPONENT_BIAS,
    FILE,
    PROJECTION,
    ROWS,
    Stored,
    dense_names,
    from_bfloat16,
    read_safetensors,
)
from engine.models.demo.network import FP4_VALUES, Network
from engine.models.demo.word_vectors import load_word_vectors


def trained_tokens(folder: Path = WEIGHTS) -> list[int]:
    """Return the tokens that have a row in the compact weights of a folder."""
    return [int(token) for token in read_safetensors(folder / FILE)[ROWS].bits]


@torch.no_grad()
def read_compact(network: Network, tokens: np.ndarray, folder: Path = WEIGHTS) -> None:
    """Give a network what was trained before, as it was rounded when it was stored.

    Rows that the weights do not have stay as they are.

    Args:
        network: one of the same shape but for its rows.
        tokens: int64 [rows], the token of each row but the last.
        folder: where compact weights lie; their tokens are all among ``tokens``.
    """
    stored = read_safetensors(folder / FILE)
    scale = load_word_vectors().scale
    network.projection.copy_(_dense(stored[PROJECTION]) / scale)
    known = np.append(np.searchsorted(tokens, stored[ROWS].bits), len(tokens))
    places = torch.from_numpy(known)
    meaning = network.vectors[network.words] @ network.projection
    network.embed[places] = _dense(stored[EMBEDDING]) - meaning[places]
    network.head[places] = _dense(stored["lm_head.weight"])
    network.norm.weight.copy_(_dense(stored["model.norm.weight"]))
    for number, layer in enumerate(network.layers):
        start = f"model.layers.{number}."
        part = {
            name.removeprefix(start): tensor
            for name, tensor in stored.items()
            if name.startswith(start)
        }
        dense = {ours: _dense(part[theirs]) for ours, theirs in dense_names().items()}
        layer.load_state_dict(dense | _expert_part(part))


@torch.no_grad()
def blend(network: Network, tokens: np.ndarray, folder: Path, kept: float) -> None:
    """Move a network part of the way back to the weights that its training went on from.

    The mean of both often does better on new questions than either (Wortsman et al., "Robust
    fine-tuning of zero-shot models", https://arxiv.org/abs/2109.01903).

    Args:
        network: as its training left it.
        tokens: int64 [rows], the token of each row but the last.
        folder: where the compact weights lie that it began with; rows that these do not have stay.
        kept: how much of them is in the mean, 0 to 1.
    """
    before = copy.deepcopy(network)
    read_compact(before, tokens, folder)
    for weights, earlier in zip(network.parameters(), before.parameters(), strict=True):
        weights.lerp_(earlier, kept)


def _dense(tensor: Stored) -> Tensor:
    return torch.from_numpy(from_bfloat16(tensor.bits))


def _expert_part(part: dict[str, Stored]) -> dict[str, Tensor]:
    gate_up, down = (_unpacked(part, name) for name in ("gate_up_proj", "down_proj"))
    bias = _dense(part["mlp.experts.gate_up_proj_bias"])
    return {
        "gate": gate_up[:, ::2],
        "up": gate_up[:, 1::2],
        "down": down,
        "gate_bias": bias[:, ::2],
        "up_bias": bias[:, 1::2],
        "down_bias": _dense(part["mlp.experts.down_proj_bias"]),
    }


def _unpacked(part: dict[str, Stored], name: str) -> Tensor:
    """Return a matrix [experts, outputs, inputs] of MXFP4 blocks and scales."""
    blocks = torch.from_numpy(part[f"mlp.experts.{name}_blocks"].bits.copy())
    scales = torch.from_numpy(part[f"mlp.experts.{name}_scales"].bits.copy())
    codes = torch.stack([blocks & 15, blocks >> 4], -1).flatten(-2).long()
    signs = 1.0 - 2.0 * (codes >> 3)
    values = FP4_VALUES[codes & 7] * signs * torch.exp2(scales.float() - EXPONENT_BIAS)[..., None]
    return values.reshape(*values.shape[:2], values.shape[2] * BLOCK)
