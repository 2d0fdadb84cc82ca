"""What a listener can hear of a microphone or a speaker, besides the sound."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TypeAlias

TERMINALS = {
    "Apple_Terminal": "Terminal",
    "iTerm.app": "iTerm",
    "ghostty": "Ghostty",
    "vscode": "Visual Studio Code",
    "WarpTerminal": "Warp",
    "WezTerm": "WezTerm",
    "kitty": "kitty",
}
"""What the variable TERM_PROGRAM calls the programs that macOS asks about."""


@dataclass(frozen=True, slots=True)
class DeviceLost:
    """A device sends or takes no more sound; it is being looked for."""

    message: str


@dataclass(frozen=True, slots=True)
class DeviceBack:
    """The device works again; nothing that was said or queued before is lost."""

    message: str
    seconds: float
    """How long no sound came or went."""


@dataclass(frozen=True, slots=True)
class DeviceMoved:
    """Sound comes from, or goes to, another device than the one that was asked for."""

    message: str


@dataclass(frozen=True, slots=True)
class Zeros:
    """The microphone sends nothing but exact zeros, as no microphone that is on does."""

    message: str


@dataclass(frozen=True, slots=True)
class Xruns:
    """The system lost sound because this program did not take or give it in time."""

    count: int
    """Since the last of these events."""

    @property
    def message(self) -> str:
        """What happened, for people to read."""
        times = "once" if self.count == 1 else f"{self.count} times"
        return f"The machine is too busy for sound: it broke off {times}."


@dataclass(frozen=True, slots=True)
class Dropped:
    """Recorded sound was given up because nobody took it."""

    blocks: int
    """Of 80 ms, since the last of these events."""

    @property
    def message(self) -> str:
        """What happened, for people to read."""
        return f"Speech recognition is too slow: {self.blocks * 0.08:.1f} s of speech were lost."


AudioEvent: TypeAlias = DeviceLost | DeviceBack | DeviceMoved | Zeros | Xruns | Dropped


def explain_zeros(device: str, *, is_muted: bool, terminal: str, platform: str = "") -> str:
    """Say why a microphone gives exact zeros and what to do about it.

    Args:
        device: the microphone's name.
        is_muted: whether the sound system says that it is.
        terminal: the variable TERM_PROGRAM, empty if it is not set.
        platform: as ``sys.platform``, which it is by default.
    """
    heard = f"“{device}” sends exact silence"
    if is_muted:
        return f"{heard}: it is muted in the system's sound settings. Unmute it there."
    if (platform or sys.platform) == "darwin":
        program = TERMINALS.get(terminal, "your terminal")
        return (
            f"{heard}, as macOS has it when a program may not use the microphone. In System "
            f"Settings → Privacy & Security → Microphone switch on {program}, then quit {program} "
            "and open it again. If it is on there, see whether the microphone is muted."
        )
    return (
        f"{heard}: it is switched off or muted. See the switch on the device, and the input in the "
        "system's sound settings."
    )
