"""A speech model's weights become a model. All of it runs on the model's own thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from engine.models.device import DeviceError, prepare
from engine.voice.errors import VoiceError
from engine.voice.kyutai.layouts import Layout

INSTALL = "pip install 'harmony-tui[voice]'"
GROUP_SIZES = {4: 32, 8: 64}
"""As Kyutai's own quantised checkpoints have them."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A language model over text and codes, and its tokenizer."""

    lm: Any
    config: Any
    tokenizer: Any


def load(layout: Layout, bits: int | None = None) -> Loaded:
    """Read a model's weights.

    Args:
        layout: what is in its folder.
        bits: 4 or 8 quantises weights that are not quantised; None leaves them as they are.

    Raises:
        VoiceError: a library is missing, or the weights are not those of the configuration.
    """
    try:
        prepare()  # keeps MLX from asking for a C++ compiler where it runs on the CPU
        import mlx.core as mx
        import sentencepiece
        from moshi_mlx import models
    except (DeviceError, ImportError) as error:
        raise VoiceError(
            f"Kyutai's models need moshi-mlx, which cannot be used ({error}). "
            f"Install it with: {INSTALL}"
        ) from error
    try:
        config = models.LmConfig.from_config_dict(layout.config)
        config.extra_heads_num_heads = layout.extra_heads
        # The library's ring of keys is larger than the context, and attends wrongly once it has
        # gone round (issue 106 of Kyutai's delayed-streams-modeling).
        config.transformer.max_seq_len = config.transformer.context
        lm = models.Lm(config)
        lm.set_dtype(mx.bfloat16)
        _load_weights(lm, config, layout, bits)
        mx.eval(lm.parameters())
        tokenizer = sentencepiece.SentencePieceProcessor(str(layout.tokenizer))
    except VoiceError:
        raise
    except Exception as error:
        said = next(iter(str(error).splitlines()), type(error).__name__)
        raise VoiceError(
            f"{layout.weights} is not what its configuration says ({said}). Download it again."
        ) from error
    return Loaded(lm, config, tokenizer)


def _load_weights(lm: Any, config: Any, layout: Layout, bits: int | None) -> None:
    from mlx import nn

    packed = layout.quantization
    if packed is not None and layout.names == "mlx":
        nn.quantize(lm, bits=packed.bits, group_size=packed.group_size)
        bits = None
    if layout.names == "pytorch":
        lm.load_pytorch_weights(str(layout.weights), config, strict=True)
    else:
        lm.load_weights(str(layout.weights), strict=True)
    if bits is None:
        return
    if bits not in GROUP_SIZES:
        raise VoiceError(f"Weights can be quantised to 4 or 8 bits, and not to {bits}.")
    if layout.kind == "stt":
        nn.quantize(lm, bits=bits, group_size=GROUP_SIZES[bits])
        return
    # The projections of cross attention are cut into parts by hand, and have to stay whole.
    nn.quantize(lm.depformer, bits=bits)
    for layer in lm.transformer.layers:
        nn.quantize(layer.self_attn, bits=bits)
        nn.quantize(layer.gating, bits=bits)


class Sampler:
    """Nucleus sampling as moshi_mlx does it.

    The library compiles its own with the random state of the thread that imports it; another
    thread must not use that.
    """

    def __init__(self, temperature: float, top_p: float = 0.95) -> None:
        """Set it; temperature 0 takes the most likely token."""
        self._temperature = temperature
        self._top_p = top_p

    def __call__(self, logits: Any) -> tuple[Any, Any]:
        """Return a token for each row, and the logits again."""
        import mlx.core as mx

        if self._temperature == 0:
            return mx.argmax(logits, axis=-1).astype(mx.int32), logits
        probabilities = mx.softmax(logits * (1 / self._temperature), axis=-1)
        order = mx.argsort(probabilities, axis=-1)
        ascending = mx.take_along_axis(probabilities, order, axis=-1)
        kept = mx.where(mx.cumsum(ascending, axis=-1) > 1 - self._top_p, ascending, 0)
        chosen = mx.random.categorical(mx.log(kept), axis=-1)
        token = mx.take_along_axis(order, chosen[..., None], axis=-1).squeeze(-1)
        return token.astype(mx.int32), logits
