"""A real sound server, as the tests of the engine's voice have it."""

from __future__ import annotations

from tests.engine.voice.conftest import _sound_server, audio

__all__ = ["_sound_server", "audio"]
