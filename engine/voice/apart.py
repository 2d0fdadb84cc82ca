"""A recogniser in a process of its own.

pocketsphinx keeps Python to itself while it decodes, which would stop the screen for as long. In a
process of its own it stops nothing: this one only waits for its answers.
"""

from __future__ import annotations

import json
import struct
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict
from typing import IO, TYPE_CHECKING, Any

import numpy as np

from engine.voice.errors import VoiceError
from engine.voice.recognizer import Heard, Recognizer

if TYPE_CHECKING:
    from engine.voice.blocks import Samples

LENGTH = struct.Struct("<I")
START, FEED, FINISH = b"s", b"f", b"e"
END_SECONDS = 2.0


class RecognizerApart:
    """pocketsphinx in another process, as a ``Recognizer``."""

    def __init__(self) -> None:
        """Start the process and wait until its engine is loaded.

        Raises:
            VoiceError: it cannot be loaded; the message says what to do.
        """
        self._process: subprocess.Popen[bytes] | None = None
        self.name = ""
        self._begin()

    def start(self) -> None:
        """Begin an utterance."""
        if self._process is None:
            self._begin()
        self._ask(START)

    def feed(self, samples: Samples) -> Heard | None:
        """Take one block of sound and return what is understood now, if that has changed."""
        data = np.ascontiguousarray(samples, np.float32).tobytes()
        return self._ask(FEED, data)

    def finish(self) -> Heard:
        """End the utterance and return its final text."""
        return self._ask(FINISH) or Heard("", is_final=True)

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is None:
            return
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()  # the end of its input ends it
        try:
            process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _begin(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "engine.voice.apart"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        self.name = self._read()["name"]

    def _ask(self, command: bytes, data: bytes = b"") -> Heard | None:
        process = self._process
        if process is None or process.stdin is None:
            return None  # it ended during this utterance, which was told
        try:
            process.stdin.write(command + LENGTH.pack(len(data)) + data)
            process.stdin.flush()
        except OSError as error:
            raise self._end() from error
        heard = self._read()["heard"]
        return None if heard is None else Heard(**heard)

    def _read(self) -> dict[str, Any]:
        process = self._process
        assert process is not None  # noqa: S101
        assert process.stdout is not None  # noqa: S101
        answer = _read_piece(process.stdout)
        if answer is None:
            raise self._end()
        content: dict[str, Any] = json.loads(answer)
        if "error" in content:
            if not self.name:
                self.close()
            raise VoiceError(content["error"])
        return content

    def _end(self) -> VoiceError:
        self.close()
        return VoiceError("pocketsphinx has ended unexpectedly. The next try starts it again.")


def serve(make: Callable[[], Recognizer], source: IO[bytes], sink: IO[bytes]) -> None:
    """Answer what the other process asks, until it asks no more.

    Args:
        make: loads the recogniser.
        source: the questions.
        sink: takes the answers.
    """
    try:
        recognizer = make()
    except VoiceError as error:
        _write(sink, {"error": str(error)})
        return
    _write(sink, {"name": recognizer.name})
    while (command := source.read(1)) and (data := _read_piece(source)) is not None:
        heard: Heard | None = None
        try:
            if command == START:
                recognizer.start()
            elif command == FEED:
                heard = recognizer.feed(np.frombuffer(data, np.float32))
            else:
                heard = recognizer.finish()
        except VoiceError as error:
            _write(sink, {"error": str(error)})
        else:
            _write(sink, {"heard": None if heard is None else asdict(heard)})
    recognizer.close()


def _read_piece(source: IO[bytes]) -> bytes | None:
    head = source.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(head)
    data = source.read(length)
    return data if len(data) == length else None


def _write(sink: IO[bytes], content: dict[str, Any]) -> None:
    data = json.dumps(content).encode()
    sink.write(LENGTH.pack(len(data)) + data)
    sink.flush()


if __name__ == "__main__":
    from engine.voice.sphinx import SphinxRecognizer

    serve(SphinxRecognizer, sys.stdin.buffer, sys.stdout.buffer)
