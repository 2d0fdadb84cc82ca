"""Attention of a training batch on a GPU: one kernel for the whole batch (PyTorch's FlexAttention).

FlexAttention: Dong et al., https://arxiv.org/abs/2412.05496 (2024).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor
from torch.nn.attention.flex_attention import AuxRequest, BlockMask, flex_attention

from engine.models.demo.network import WINDOW, Segment

BLOCK = 128
"""The kernel leaves out squares of so many tokens in which nothing attends to anything."""


class Layout(NamedTuple):
    """What attends to what in a batch of N tokens, N a multiple of ``BLOCK``.

    A token sees those of its own text and of the text before it whose positions are not after its
    own. Blocks that a token of a block may see are marked; the mask itself decides within them.
    """

    texts: np.ndarray  # int32 [N], which text a token belongs to
    before: np.ndarray  # int32 [N], the text that it goes on from, or its own
    positions: np.ndarray  # int32 [N]
    blocks: np.ndarray  # bool [N / BLOCK, N / BLOCK]
    near_blocks: np.ndarray  # bool, the same within the window

    @classmethod
    def of(cls, segments: Sequence[Segment], size: int) -> Layout:
        """Return the layout of segments, and of tokens that only fill up to ``size``."""
        count = size // BLOCK
        layout = cls(
            np.full(size, -1, dtype=np.int32),
            np.full(size, -1, dtype=np.int32),
            np.zeros(size, dtype=np.int32),
            np.eye(count, dtype=bool),
            np.eye(count, dtype=bool),
        )
        text = 0
        first_texts = []
        for segment in segments:
            first_texts.append(text)
            prefix = None if segment.prefix is None else segments[segment.prefix]
            for row in range(segment.rows):
                start = segment.start + row * segment.length
                before = text if segment.prefix is None else first_texts[segment.prefix]
                layout._add(text, before, start, segment.length, prefix)
                text += 1
        return layout

    def _add(self, text: int, before: int, start: int, length: int, prefix: Segment | None) -> None:
        end, offset = start + length, 0 if prefix is None else prefix.length
        self.texts[start:end] = text
        self.before[start:end] = before
        self.positions[start:end] = np.arange(offset, offset + length)
        for block in range(start // BLOCK, (end - 1) // BLOCK + 1):
            first = max(start, block * BLOCK)
            self.blocks[block, start // BLOCK : block + 1] = True
            nearest = max(start, first - WINDOW + 1)
            self.near_blocks[block, nearest // BLOCK : block + 1] = True
            if prefix is not None:
                last = (prefix.start + prefix.length - 1) // BLOCK + 1
                self.blocks[block, prefix.start // BLOCK : last] = True
                reach = WINDOW - 1 - (first - start)
                if reach > 0:
                    nearest = prefix.start + max(0, prefix.length - reach)
                    self.near_blocks[block, nearest // BLOCK : last] = True


class GpuAttention:
    """Attends as a layout says; the layout is replaced for each batch.

    Batches have one size, so that the kernel is compiled once for each kind of layer.
    """

    def __init__(self, size: int, device: torch.device, *, compiled: bool = True) -> None:
        """Take the size of all batches in tokens, a multiple of ``BLOCK``."""
        self._texts, self._before, self._positions = (
            torch.zeros(size, dtype=torch.int32, device=device) for _ in range(3)
        )
        self._masks: dict[int | None, BlockMask] = {}
        self._attend = torch.compile(_attend, dynamic=False) if compiled else _attend

    def set(self, layout: Layout) -> None:
        """Attend by this layout from now on."""
        device = self._texts.device
        self._texts.copy_(torch.from_numpy(layout.texts))
        self._before.copy_(torch.from_numpy(layout.before))
        self._positions.copy_(torch.from_numpy(layout.positions))
        for window, blocks in ((None, layout.blocks), (WINDOW, layout.near_blocks)):
            marked = torch.from_numpy(blocks).to(device)
            self._masks[window] = BlockMask.from_kv_blocks(
                marked.sum(-1, dtype=torch.int32)[None, None],
                marked.byte().argsort(dim=-1, descending=True, stable=True).int()[None, None],
                BLOCK_SIZE=BLOCK,
                mask_mod=self._sees(window),
                seq_lengths=(len(self._texts), len(self._texts)),
            )

    def __call__(
        self, q: Tensor, k: Tensor, v: Tensor, sinks: Tensor, window: int | None
    ) -> Tensor:
        """Return what each token reads; see ``network.Attention``."""
        return self._attend(q, k, v, sinks, self._masks[window])

    def _sees(self, window: int | None) -> Callable[[Tensor, Tensor, Tensor, Tensor], Tensor]:
        texts, before, positions = self._texts, self._before, self._positions
        reach = 1 << 30 if window is None else window

        def sees(batch: Tensor, head: Tensor, query: Tensor, key: Tensor) -> Tensor:
            is_of_text = (texts[key] == texts[query]) | (texts[key] == before[query])
            distance = positions[query] - positions[key]
            return is_of_text & (distance >= 0) & (distance < reach)

        return sees


def _attend(q: Tensor, k: Tensor, v: Tensor, sinks: Tensor, mask: BlockMask) -> Tensor:
    """Attend with a sink per head, which takes its share of the softmax and gives nothing."""
    dtype = torch.bfloat16 if q.is_cuda else q.dtype
    q, k, v = (x.transpose(0, 1)[None].to(dtype) for x in (q, k, v))
    read, told = flex_attention(
        q, k, v, block_mask=mask, enable_gqa=True, return_aux=AuxRequest(lse=True)
    )
    kept = torch.sigmoid(told.lse - sinks[:, None])
    return (read.float() * kept[..., None])[0].transpose(0, 1).flatten(1)
