"""What keeps tool calls in, in a word each: it stands in the status line.

Where all is as usual a message may take its place for a moment; else nothing does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from engine.config.settings import Approval
    from engine.tools.sandbox import Level


class Guard(NamedTuple):
    """Approval, sandbox and network, as they are now."""

    approval: Approval = "ask"
    sandbox: Level | None = None
    """None before it was looked for."""
    network: bool = False

    @property
    def is_usual(self) -> bool:
        """Whether nothing is let through that is not let through at first."""
        return self.approval != "auto" and self.sandbox != "none" and not self.network
