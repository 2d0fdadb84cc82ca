"""What is known of the voice at a moment, and how the line about it says so."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from engine.voice.ledger import describe

Phase = Literal["loading", "ready", "listening", "transcribing", "speaking"]

BARS = "▁▂▃▄▅▆▇█"
SHOWN_LEVELS = 8
NOTICE_SECONDS = 6.0


@dataclass(slots=True)
class VoiceState:
    """What the line above the prompt box shows."""

    phase: Phase = "loading"
    is_hands_free: bool = False
    is_held: bool = False
    """Whether the key has to be let go to end what it began."""
    since: float = 0.0
    """When the phase began, in seconds of ``time.monotonic``."""
    levels: list[float] = field(default_factory=list)
    """How loud it was lately, 0 to 1, the last one last."""
    recognizer: str = ""
    synthesizer: str = ""
    loading: str = ""
    """What is being loaded."""
    problems: dict[str, str] = field(default_factory=dict)
    """Why an engine cannot be used, by what it is."""
    notice: str = ""
    """What happened to a device a moment ago."""
    notice_until: float = 0.0
    figures: Mapping[str, float] = field(default_factory=dict)
    """Of the last turn; see ``engine.voice.ledger``."""

    def enter(self, phase: Phase) -> None:
        """Be in another phase from now on."""
        if phase != self.phase:
            self.phase, self.since = phase, time.monotonic()
            self.levels.clear()

    def note_trouble(self, message: str) -> None:
        """Take what has happened to a device; it is shown for a while."""
        self.notice, self.notice_until = message, time.monotonic() + NOTICE_SECONDS

    def note_level(self, level: float) -> None:
        """Take how loud it is."""
        self.levels = [*self.levels[-(SHOWN_LEVELS - 1) :], level]

    @property
    def meter(self) -> str:
        """How loud it was lately, as bars."""
        bars = [BARS[min(len(BARS) - 1, int(level * len(BARS)))] for level in self.levels]
        return "".join(bars).rjust(SHOWN_LEVELS, BARS[0])

    @property
    def engines(self) -> str:
        """What hears and what speaks."""
        return " · ".join(filter(None, (self.recognizer, self.synthesizer)))

    @property
    def told(self) -> list[str]:
        """The figures of the last turn, those that matter most first."""
        return describe(self.figures)
