"""The parts of a transcript that are coloured each for itself."""

from __future__ import annotations

from typing import Final

from harmony_tui.transcript.highlighting import ROLES

COMPONENTS: Final = (
    "heading",
    "subheading",
    "code",
    "code-inline",
    "language",
    "math",
    "link",
    "target",
    "definition",
    "marker",
    "quote",
    "table-head",
    "table-line",
    "rule",
    "title",
    "label",
    "fold",
    *ROLES,
)
"""What a theme may give a colour of its own, besides the text of each kind of entry."""
