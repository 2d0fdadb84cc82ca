"""Text made safe for a terminal: no character of it can act on the screen."""

from __future__ import annotations

from typing import Final

REORDERING: Final = {
    0x061C: "ALM",
    0x202A: "LRE",
    0x202B: "RLE",
    0x202C: "PDF",
    0x202D: "LRO",
    0x202E: "RLO",
    0x2066: "LRI",
    0x2067: "RLI",
    0x2068: "FSI",
    0x2069: "PDI",
}
"""Characters that reorder what stands around them, and the names Unicode gives them."""


def _replacements() -> dict[int, str]:
    table = {code: chr(0x2400 + code) for code in range(0x20)}  # pictures: ESC becomes ␛
    table[0x7F] = "␡"
    table |= {code: f"⟨{code:02X}⟩" for code in range(0x80, 0xA0)}
    table |= {code: f"⟨{name}⟩" for code, name in REORDERING.items()}
    del table[ord("\n")], table[ord("\t")]
    table |= dict.fromkeys((0x0D, 0x2028, 0x2029), "\n")
    # Half of a surrogate pair cannot be written to a terminal at all.
    table |= dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
    return table


_REPLACEMENTS: Final = _replacements()


def make_safe(text: str) -> str:
    r"""Return `text` with every control character replaced by one that can be seen.

    Only `\n` and `\t` stay what they are. `\r\n`, `\r` and Unicode's line separators become
    `\n`. C0, DEL, C1, bidirectional overrides and lone surrogates become visible signs.
    """
    if text.isprintable():
        # Printable by Python's definition: none of the characters above are.
        return text
    return text.replace("\r\n", "\n").translate(_REPLACEMENTS)
