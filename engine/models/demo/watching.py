"""How a network does on held-out questions while it is trained, measured within seconds.

A question counts as right where each token that is to be sampled is the likeliest one after the
right tokens before it, which comes near to what ``evaluation`` measures by sampling.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import torch

from engine.models.demo.batching import Packer, Rows
from engine.models.demo.corpus import KINDS, Branch, Group, render_prefix
from engine.models.demo.corpus.dialogues import (
    draw_conversation,
    draw_setting_for,
    write_branch,
)
from engine.models.demo.drawing import BRANCHES
from engine.models.demo.feeding import Feed, Packed, full_batches
from engine.models.demo.network import Network

GROUPS = 12
"""So many groups are drawn of each kind."""


def draw_held_out(rng: random.Random, kind: str) -> Group:
    """Draw conversations whose last question is of a kind and was never trained on."""
    setting = replace(draw_setting_for(rng, kind), extra=())
    branches: list[Branch] = []
    while len(branches) < BRANCHES:
        history, turn = draw_conversation(rng, setting, kind, "held_out")
        if turn.kind == kind:
            branches.append(write_branch(rng, history, turn))
    return Group(render_prefix(setting), tuple(branches))


class HeldOut:
    """Batches of held-out questions, one of each kind."""

    def __init__(self, rows: Rows, seed: int = 0) -> None:
        """Draw them; takes some seconds."""
        rng, packer = random.Random(seed), Packer(rows, seed, noisy=False)

        def groups(kind: str) -> Iterator[Group]:
            for _ in range(GROUPS):
                yield draw_held_out(rng, kind)

        self.batches: dict[str, Packed] = {
            kind: next(full_batches(packer, groups(kind))) for kind in KINDS
        }

    @torch.no_grad()
    def measure(self, network: Network, feed: Feed, *, quantised: bool) -> dict[str, float]:
        """Return the share of each kind's questions that the network gets right."""
        shares = {}
        network.eval()
        for kind, packed in self.batches.items():
            batch, attention = feed.ready(packed)
            with torch.autocast(feed.device.type, torch.bfloat16):
                experts = [layer.expert_weights(quantised) for layer in network.layers]
                hidden, _ = network.hidden(batch, attention, experts)
                likeliest = network.logits(network.norm(hidden)).argmax(-1)
            is_learned = batch.weights > 0
            is_wrong = ((likeliest != batch.targets) & is_learned).cpu().numpy()
            texts = packed[1].texts[batch.selected.cpu().numpy()]
            asked = np.unique(texts[is_learned.cpu().numpy()])
            shares[kind] = 1 - len(np.unique(texts[is_wrong])) / len(asked)
        network.train()
        return shares
