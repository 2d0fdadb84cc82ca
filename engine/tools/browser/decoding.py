"""Bytes of a web server turned into text: compression, and character sets."""

from __future__ import annotations

import codecs
import re
import zlib

from engine.tools.registry import ToolError

GZIP, DEFLATE = 16 + zlib.MAX_WBITS, zlib.MAX_WBITS
GZIP_MAGIC = b"\x1f\x8b"
PIECE = 64 * 1024
BOMB_RATIO = 300
"""Text is not packed tighter than about 100 to 1; gzip's limit, for zeros, is 1030 to 1."""

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,500}?(?:charset|encoding)\s*=\s*["']?([\w.:-]+)""", re.I
)
PRESCAN_BYTES = 2048

ALIASES = {
    "x-sjis": "cp932",
    "x-gbk": "gb18030",
    "x-euc-jp": "euc_jp",
    "x-x-big5": "big5hkscs",
    "x-cp1250": "cp1250",
    "x-cp1251": "cp1251",
    "x-cp1252": "cp1252",
    "x-mac-roman": "mac-roman",
}
"""Labels that the Encoding standard knows and Python does not."""
# As the Encoding standard reads these labels: a superset that the web really uses.
SUPERSETS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
TEXT_ENCODINGS = re.compile(
    r"utf-8|utf-16(-[lb]e)?|iso8859-\d+|cp(125\d|866|874|932|949)|koi8-[ru]|gb18030|big5hkscs"
    r"|euc_jp|iso2022_jp|mac-(roman|cyrillic)"
)
"""Encodings of text only: Python knows others, such as UTF-7, that hide what they hold."""


class Unpacker:
    """Undoes one content encoding, piece by piece and never more than is asked for."""

    def __init__(self, encoding: str, limit: int) -> None:
        """Begin.

        Args:
            encoding: the value of the header ``Content-Encoding``.
            limit: bytes of text after which the rest is left out.

        Raises:
            ToolError: the encoding is one that was not asked for.
        """
        name = encoding.strip().lower()
        if name not in ("", "identity", "gzip", "x-gzip", "deflate"):
            raise ToolError(f"the server sent it packed as {name[:40]!r}, which is not understood")
        self._is_packed = name not in ("", "identity")
        self._is_deflate = name == "deflate"
        self._inflater = zlib.decompressobj(DEFLATE if self._is_deflate else GZIP)
        self._limit = limit
        self._taken = 0
        self._parts: list[bytes] = []
        self._size = 0
        self.is_cut = False

    def feed(self, data: bytes) -> bool:
        """Take what came; return whether more can be used.

        Raises:
            ToolError: it cannot be unpacked, or unpacks to far more than was sent.
        """
        first = not self._taken
        self._taken += len(data)
        if not self._is_packed:
            self._keep(data)
            return not self.is_cut
        if first and self._is_deflate and data and data[0] & 0x0F != 8:
            # Some servers send a bare deflate stream without zlib's header.
            self._inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            self._inflate(data)
        except zlib.error:
            raise ToolError("the server sent damaged data") from None
        return not self.is_cut

    def _inflate(self, data: bytes) -> None:
        piece = b""
        # A full piece may have left more inside although all that came is used up.
        while (data or len(piece) == PIECE) and not self.is_cut:
            piece = self._inflater.decompress(data, PIECE)
            self._keep(piece)
            used = self._taken - len(self._inflater.unconsumed_tail)
            if self._size >= PIECE and self._size > BOMB_RATIO * used:
                raise ToolError("it unpacks to far more than was sent, as a trap does")
            if not self._inflater.eof:
                data = self._inflater.unconsumed_tail
                continue
            # Several gzip streams may follow each other; what else follows is filling.
            data = self._inflater.unused_data
            if self._is_deflate or not data.startswith(GZIP_MAGIC):
                return
            self._inflater = zlib.decompressobj(GZIP)

    def _keep(self, data: bytes) -> None:
        room = self._limit - self._size
        if len(data) > room:
            self.is_cut = True
            data = data[:room]
        self._parts.append(data)
        self._size += len(data)

    @property
    def content(self) -> bytes:
        """What has come so far, unpacked."""
        return b"".join(self._parts)


def decode(content: bytes, declared: str | None, *, is_markup: bool) -> str:
    """Return the text that bytes hold; what cannot be read becomes U+FFFD.

    In the order of the HTML standard: byte-order mark, what the server declares, what the document
    declares, UTF-8 if it is that, else the old web's Windows-1252.

    Args:
        content: the bytes.
        declared: the character set that the server names, if it does.
        is_markup: whether the document itself may declare one.
    """
    for mark, marked in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(marked, errors="replace")
    encoding = _known(declared)
    if encoding is None and is_markup:
        found = DECLARED.search(content[:PRESCAN_BYTES])
        encoding = _known(found[1].decode("ascii", errors="replace")) if found else None
        if encoding and encoding.startswith("utf-16"):
            encoding = "utf-8"  # It could not have been read so far otherwise.
    if encoding is None:
        try:
            # A document that was cut may end inside a character.
            return codecs.getincrementaldecoder("utf-8")().decode(content)
        except UnicodeDecodeError:
            encoding = "cp1252"
    return content.decode(encoding, errors="replace")


def _known(label: str | None) -> str | None:
    """Return Python's name of an encoding that web pages use, else None."""
    if not label:
        return None
    label = label.strip().strip("\"'").lower()
    try:
        name = codecs.lookup(ALIASES.get(label, label)).name
    except (LookupError, ValueError):
        return None
    name = SUPERSETS.get(name, name)
    return name if TEXT_ENCODINGS.fullmatch(name) else None
