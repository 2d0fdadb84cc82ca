"""What code writes, however much and whatever it is, as text that a person and a model can read."""

from __future__ import annotations

import codecs
import re
import time
from collections import deque
from collections.abc import Callable

KEPT_BYTES = 24_000
"""Kept of the beginning, a third, and of the end, two thirds: some 8,000 tokens in all."""
LIVE_CHARACTERS = 256_000
"""Shown while it comes; the end of what is longer is seen when the call is done."""
LIVE_END = "\n… more comes than is shown here\n"
LIVE_SECONDS = 1 / 20
"""Text is handed on at most this often, so that a flood of lines costs the screen no frame."""

COLOURS = re.compile(r"\x1b\[[0-9;:]*[A-Za-z]")
OTHERS = re.compile(r"\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)")
"""Sequences for a terminal: colours and movements, titles and links."""
CONTROLS = dict.fromkeys({*range(32), *range(0x7F, 0xA0)} - {9, 10}, "\ufffd")
BINARY = re.compile(r"(?:[^\ufffd]{0,8}\ufffd){16,}")
LEAST_TO_CUT = 200

Hear = Callable[[str], None]


def clean(text: str) -> str:
    """Return text without anything that a terminal would act on."""
    text = COLOURS.sub("", OTHERS.sub("", text)).replace("\r\n", "\n")
    return text.replace("\r", "\n").translate(CONTROLS)


def readable(text: str) -> str:
    """Return the text of a whole call: cleaned, progress bars at their end, no binary data."""
    text = "\n".join(line.rstrip("\r").rpartition("\r")[2] for line in text.split("\n"))
    return BINARY.sub(lambda found: f"[{len(found[0])} characters of binary data]", clean(text))


class Output:
    """Takes in bytes, tells of them while they come, and keeps the beginning and the end."""

    def __init__(self, hear: Hear, kept: int = KEPT_BYTES) -> None:
        """Tell ``hear`` of the text; it must return soon, since nothing is read meanwhile."""
        self._hear = hear
        self._most_head, self._most_tail = kept // 3, kept - kept // 3
        self._head = bytearray()
        self._tail: deque[bytes] = deque()
        self._in_tail = 0
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._live_left = LIVE_CHARACTERS
        self._pending: list[str] = []
        self._told = 0.0
        self.size = 0
        """Bytes that came."""

    def feed(self, data: bytes) -> None:
        """Take in what came."""
        self.size += len(data)
        if self._live_left > 0:
            # No sequence of a terminal gets through cut in two: what is left of one is plain text.
            text = clean(self._decoder.decode(data))[: self._live_left]
            self._live_left -= len(text)
            self._pending.append(text if self._live_left > 0 else text + LIVE_END)
        room = self._most_head - len(self._head)
        if room > 0:
            self._head += data[:room]
            data = data[room:]
        if data:
            self._tail.append(data[-self._most_tail :])
            self._in_tail += len(self._tail[-1])
            while self._in_tail - len(self._tail[0]) >= self._most_tail:
                self._in_tail -= len(self._tail.popleft())
        self.tell()

    @property
    def is_waiting(self) -> bool:
        """Whether there is text that was not told yet."""
        return bool(self._pending)

    def tell(self, *, now: bool = False) -> None:
        """Hand on the text that waits, if it is time to or must be done."""
        if self._pending and (now or time.monotonic() - self._told >= LIVE_SECONDS):
            text = "".join(self._pending)
            self._pending.clear()
            if text:
                self._hear(text)
            self._told = time.monotonic()

    def text(self) -> str:
        """Return what came, or its beginning and its end with how much lies between."""
        tail = b"".join(self._tail)[-self._most_tail :]
        left_out = self.size - len(self._head) - len(tail)
        if left_out <= 0:
            return readable((bytes(self._head) + tail).decode(errors="replace"))
        head = bytes(self._head)
        # Whole lines, unless that would leave too little; else at least whole characters.
        if head.rfind(b"\n") > len(head) - LEAST_TO_CUT:
            head = head[: head.rfind(b"\n") + 1]
        if 0 <= tail.find(b"\n") < LEAST_TO_CUT:
            tail = tail[tail.find(b"\n") + 1 :]
        left_out = self.size - len(head) - len(tail)
        first = codecs.getincrementaldecoder("utf-8")("replace").decode(head)
        last = tail.lstrip(bytes(range(0x80, 0xC0))).decode(errors="replace")
        cut = f"[... {left_out:,} bytes left out ...]"
        return f"{readable(first).rstrip()}\n\n{cut}\n\n{readable(last)}"
