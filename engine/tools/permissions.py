"""When a tool call needs a person's word."""

from __future__ import annotations

from engine.config.settings import Approval
from engine.tools.registry import Tool


def needs_approval(tool: Tool, approval: Approval) -> bool:
    """Whether a call of this tool has to wait for a person's word."""
    return approval == "always" or (approval == "effects" and bool(tool.effects))
