"""Mimi, the codec: a block of sound is a column of codes.

There are two implementations. rustymimi runs on the CPU and leaves the GPU to the language models;
MLX's own runs where the arrays are, is good on a GPU, and ten times as slow on a CPU.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol

import numpy as np

from engine.voice.blocks import BLOCK
from engine.voice.errors import VoiceError

if TYPE_CHECKING:
    from numpy.typing import NDArray

Choice = Literal["auto", "rust", "mlx"]

FRAME_RATE = 12.5
MAX_FRAMES = 4096
"""An utterance has so many at most before all is reset: 5 minutes and 27 seconds."""
LIFETIME_FRAMES = 45_000
"""rustymimi has positions for so many, an hour in all, in tables of 40 MB; then it is loaded anew.
Its own default is ``MAX_FRAMES``, and its reset, which forgets the sound, counts the positions on.
"""


class Codec(Protocol):
    """Used on one thread; it remembers the frames before, until it is reset."""

    def encode(self, samples: NDArray[np.float32]) -> NDArray[np.int64]:
        """Return the codes, shape [codebooks], of a block of shape [1920]."""

    def decode(self, codes: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the block, shape [1920], of codes of shape [codebooks]."""

    def reset(self) -> None:
        """Forget all frames."""


def open_codec(path: Path, codebooks: int, choice: Choice = "auto") -> Codec:
    """Load Mimi on the thread that is to use it.

    Args:
        path: its weights, with PyTorch's names, as Kyutai ships them.
        codebooks: how many of its codebooks are used.
        choice: which implementation; ``auto`` is rustymimi where it is installed.

    Raises:
        VoiceError: the implementation is not installed, or cannot read the file.
    """
    if choice != "mlx":
        try:
            return RustMimi(path, codebooks)
        except ModuleNotFoundError as error:
            if choice == "rust":
                raise VoiceError(
                    "rustymimi is not installed. Install it with: pip install rustymimi==0.4.1"
                ) from error
    return MlxMimi(path, codebooks)


class RustMimi:
    """Kyutai's Rust implementation."""

    def __init__(self, path: Path, codebooks: int) -> None:
        """Load it."""
        self._path = path
        self._codebooks = codebooks
        self._load()
        self.reset()

    def encode(self, samples: NDArray[np.float32]) -> NDArray[np.int64]:
        """Return the codes of a block."""
        self._encoded += 1
        codes = self._mimi.encode_step(np.ascontiguousarray(samples, np.float32)[None, None])
        return np.asarray(codes[0, :, 0], np.int64)

    def decode(self, codes: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the block of some codes."""
        self._decoded += 1
        return np.asarray(self._mimi.decode_step(codes.astype(np.uint32)[None, :, None])[0, 0])

    def reset(self) -> None:
        """Forget all frames.

        Its own reset keeps the last of them in one convolution; here that becomes one of silence.
        """
        if max(self._encoded, self._decoded) + MAX_FRAMES >= LIFETIME_FRAMES:
            self._load()
        self._mimi.reset()
        self.encode(np.zeros(BLOCK, np.float32))
        self._mimi.reset()

    def _load(self) -> None:
        import rustymimi

        self._mimi: Any = None  # the memory of the one before is given back first
        try:
            self._mimi = rustymimi.Tokenizer(
                str(self._path), num_codebooks=self._codebooks, max_seq_len=2 * LIFETIME_FRAMES
            )
        except Exception as error:
            raise _unreadable(self._path, error) from error
        self._encoded = 0
        self._decoded = 0


class MlxMimi:
    """moshi_mlx's implementation."""

    def __init__(self, path: Path, codebooks: int) -> None:
        """Load it with the codebooks that the file has, which may be more than are used."""
        import mlx.core as mx
        from moshi_mlx.models import mimi

        try:
            rest = "quantizer.rvq_rest.vq.layers."
            names: Any = mx.load(str(path))
            held = 1 + len({n.split(".")[4] for n in names if n.startswith(rest)})
            self._mimi: Any = mimi.Mimi(mimi.mimi_202407(held))
            self._mimi.load_pytorch_weights(str(path), strict=True)
            mx.eval(self._mimi.parameters())
        except Exception as error:
            raise _unreadable(path, error) from error
        self._codebooks = codebooks
        self.reset()

    def encode(self, samples: NDArray[np.float32]) -> NDArray[np.int64]:
        """Return the codes of a block."""
        import mlx.core as mx

        codes = self._mimi.encode_step(mx.array(samples)[None, None])
        return np.array(codes[0, : self._codebooks, 0]).astype(np.int64)

    def decode(self, codes: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the block of some codes."""
        import mlx.core as mx

        samples = self._mimi.decode_step(mx.array(codes)[None, :, None])
        return np.array(samples[0, 0].astype(mx.float32))

    def reset(self) -> None:
        """Forget all frames; its ``reset_state`` alone would keep those of two convolutions."""
        self._mimi.reset_all()


def _unreadable(path: Path, error: Exception) -> VoiceError:
    said = next(iter(str(error).splitlines()), type(error).__name__)
    return VoiceError(f"{path} cannot be read as Mimi's weights ({said}). Download them again.")
