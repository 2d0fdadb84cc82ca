"""A text file as lines that remember how each ends, so that what is not changed stays as it was."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass, replace

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
ESCAPED = re.compile("[\udc80-\udcff]")
"""A byte that is no UTF-8, as it is kept."""


class NotTextError(ValueError):
    """A file is not text, or cannot hold a text in its encoding."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line and what ends it: a newline of some kind, or nothing at the end of a file."""

    text: str
    ending: str


@dataclass(frozen=True, slots=True)
class TextFile:
    """The lines of a file, and how its bytes are written."""

    lines: tuple[Line, ...]
    encoding: str = "utf-8"
    bom: bytes = b""

    @classmethod
    def read(cls, data: bytes) -> TextFile:
        """Return a file's lines, from which its bytes can be written again exactly.

        A file without a mark is UTF-8, or Latin-1 if none of its bytes above ASCII is. Where some
        are, the others are kept as half characters (``surrogateescape``).

        Raises:
            NotTextError: it has zero bytes, as no text has.
        """
        bom, encoding = next(((b, e) for b, e in BOMS if data.startswith(b)), (b"", "utf-8"))
        errors = "surrogateescape" if encoding == "utf-8" else "strict"
        try:
            text = data[len(bom) :].decode(encoding, errors)
        except UnicodeDecodeError as error:
            raise NotTextError(f"it is not the {encoding} that it begins as") from error
        if "\0" in text:
            raise NotTextError("it is binary")
        if ESCAPED.search(text) and ESCAPED.sub("", text).isascii() and not bom:
            encoding, text = "latin-1", data.decode("latin-1")
        return cls(tuple(_split(text)), encoding, bom)

    def write(self) -> bytes:
        """Return the file's bytes.

        Raises:
            NotTextError: a line has characters that the file's encoding has none for.
        """
        text = "".join(line.text + line.ending for line in self.lines)
        errors = "surrogateescape" if self.encoding == "utf-8" else "strict"
        try:
            return self.bom + text.encode(self.encoding, errors)
        except UnicodeEncodeError as error:
            raise NotTextError(f"it is in {self.encoding}, which lacks a letter of it") from error

    @property
    def is_unknown_encoding(self) -> bool:
        """Whether some bytes are UTF-8 and others are not."""
        return any(ESCAPED.search(line.text) for line in self.lines)

    @property
    def newline(self) -> str:
        """What most lines end with."""
        endings = Counter(line.ending for line in self.lines if line.ending)
        return endings.most_common(1)[0][0] if endings else "\n"

    def with_lines(self, lines: list[Line]) -> TextFile:
        """Return the file with other lines; it ends in a newline if it did, or was empty."""
        ends_open = bool(self.lines) and not self.lines[-1].ending
        newline = self.newline
        ended = [line if line.ending else replace(line, ending=newline) for line in lines]
        if ends_open and ended:
            ended[-1] = replace(ended[-1], ending="")
        return replace(self, lines=tuple(ended))


def _split(text: str) -> list[Line]:
    # A lone carriage return ends lines only where nothing else does.
    newline = r"\r?\n" if "\n" in text else r"\r"
    pieces = re.split(f"({newline})", text)
    lines = [Line(line, end) for line, end in zip(pieces[::2], [*pieces[1::2], ""], strict=True)]
    return lines if lines[-1].text else lines[:-1]
