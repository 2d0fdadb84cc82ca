"""Both implementations of Mimi hear and say the same."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.voice.errors import VoiceError
from engine.voice.kyutai.mimi import MlxMimi, RustMimi, open_codec
from engine.voice.kyutai.thread import ModelThread
from tests.engine.voice import checkpoints

FRAMES = 4


def test_both_implementations_agree_and_forget_when_reset(tmp_path_factory):
    path = checkpoints.share_mimi(tmp_path_factory)
    noise = np.random.default_rng(5).standard_normal((FRAMES, 1920)).astype(np.float32) * 0.1
    thread = ModelThread("Mimi")

    def run(kind: type[RustMimi] | type[MlxMimi]) -> tuple[np.ndarray, np.ndarray]:
        codec = kind(path, 32)
        codes = np.stack([codec.encode(block) for block in noise])
        codec.reset()
        assert np.array_equal(codec.encode(noise[0]), codes[0])  # whatever was heard before
        sound = [codec.decode(np.arange(32) * number) for number in (1, 5)]
        codec.reset()
        assert np.allclose(codec.decode(np.arange(32)), sound[0], atol=1e-4)
        return codes, np.concatenate(sound)

    try:
        (rust, rust_sound), (mlx, mlx_sound) = (
            thread.call(lambda kind=kind: run(kind)) for kind in (RustMimi, MlxMimi)
        )
    finally:
        thread.close()
    assert rust.shape == mlx.shape == (FRAMES, 32)
    # The two disagree about what was before the first frame.
    assert (rust[1:, :4] == mlx[1:, :4]).mean() >= 0.9
    assert np.corrcoef(rust_sound, mlx_sound)[0, 1] > 0.99


@pytest.mark.parametrize("choice", ["rust", "mlx"])
def test_a_file_that_is_no_mimi_is_explained(tmp_path: Path, choice):
    path = tmp_path / "mimi.safetensors"
    path.write_bytes(b"nothing")
    thread = ModelThread("Mimi")
    try:
        with pytest.raises(VoiceError, match="cannot be read as Mimi's weights") as raised:
            thread.call(lambda: open_codec(path, 8, choice))
    finally:
        thread.close()
    assert "\n" not in str(raised.value)
