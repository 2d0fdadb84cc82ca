"""What tests of sound stand on: a real sound server, each worker's own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from engine.voice.portaudio import library
from tests.engine.voice.sound_server import SoundServer, what_is_missing


@pytest.fixture(scope="session")
def _sound_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SoundServer]:
    if missing := what_is_missing():
        pytest.skip(f"no sound server: {missing}")
    server = SoundServer(tmp_path_factory.mktemp("sound"))
    with pytest.MonkeyPatch.context() as patch:
        for name, value in server.environment.items():
            patch.setenv(name, value)
        try:
            server.start()
            yield server
        finally:
            server.kill()


@pytest.fixture
def audio(_sound_server: SoundServer) -> Iterator[SoundServer]:
    """A running sound server with a virtual microphone and speaker, which this process uses."""
    _sound_server.ensure()
    yield _sound_server
    for left_open in tuple(library.owners):  # by a test that failed
        left_open.close()
