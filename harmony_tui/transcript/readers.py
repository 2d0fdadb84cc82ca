"""What reads and draws texts. The first frame has none, and does not wait for it."""

from __future__ import annotations


def import_readers() -> None:
    """Import it now, which the first answer would wait for else.

    May be called on any thread.
    """
    from harmony_tui.transcript.highlighting import highlight
    from harmony_tui.transcript.inline import read_inline
    from harmony_tui.transcript.rendering import render  # noqa: F401  # brings the rest along

    read_inline("*")
    highlight("", "python")
