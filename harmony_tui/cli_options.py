"""The options of the command line, as the completion scripts need them."""

from __future__ import annotations

from argparse import Action
from collections.abc import Sequence
from typing import Literal, NamedTuple

PROGRAM = "harmony-tui"

Names = Literal["", "files", "folders", "profiles", "sessions", "deleted sessions"]
"""What the machine has names of, which a shell can complete."""


class Option(NamedTuple):
    """One option of the command line, and what a shell can complete after it."""

    action: Action
    beginnings: Sequence[str] = ()
    """How its value can begin, where it has no choices."""
    names: Names = ""
    """What its value names, if it is something on this machine."""

    @property
    def words(self) -> Sequence[str]:
        """What its value completes to."""
        return list(self.action.choices or self.beginnings)

    @property
    def spellings(self) -> Sequence[str]:
        """How it is written: ``-p``, ``--prompt``."""
        return self.action.option_strings

    @property
    def takes_value(self) -> bool:
        """Whether a word of its own follows it."""
        return self.action.nargs != 0

    @property
    def explanation(self) -> str:
        """Its help, in one line and without percent signs' escapes."""
        return (self.action.help or "").replace("%%", "%")
