"""The transcript: one widget that shows a conversation of any length at the same cost."""

from __future__ import annotations

from harmony_tui.transcript.blocks import Kind
from harmony_tui.transcript.browsing import BrowsableTranscript
from harmony_tui.transcript.readers import import_readers
from harmony_tui.transcript.selecting import SelectingTranscript
from harmony_tui.transcript.view import Transcript

__all__ = ["BrowsableTranscript", "Kind", "SelectingTranscript", "Transcript", "import_readers"]
