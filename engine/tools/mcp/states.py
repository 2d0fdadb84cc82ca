"""What is known of a server and of the tools that it offers, without the protocol's library."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from engine.tools.own.declarations import McpEntry
from engine.tools.rules import Touch

Status = Literal["off", "starting", "ready", "failed"]

UNKNOWN_PROGRAM: frozenset[Touch] = frozenset(("unsandboxed",))
UNKNOWN_SERVER: frozenset[Touch] = frozenset(("network", "write"))
"""What a tool touches of which the person has not said it: anything."""


@dataclass(frozen=True, slots=True)
class ServerTool:
    """A tool as its server describes it."""

    name: str
    description: str
    schema: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ServerState:
    """A server at a moment."""

    name: str
    status: Status = "off"
    why: str = ""
    """Why it failed."""
    tools: tuple[ServerTool, ...] = ()
    """What it offered when it was last ready."""
    notes: tuple[str, ...] = ()
    """What the person should know of tools that are left out."""

    @property
    def shown(self) -> str:
        """The state as a person reads it."""
        match self.status:
            case "ready":
                count = len(self.tools)
                return f"ready, {count} tool{'' if count == 1 else 's'}"
            case "failed":
                return f"failed: {self.why}"
            case status:
                return status


def touches_of(entry: McpEntry, tool: str) -> frozenset[Touch]:
    """Return what a server's tool touches, as the person says; otherwise anything."""
    said = entry.touches
    if isinstance(said, Mapping):
        said = said.get(tool, said.get("*"))
    if said is not None:
        return frozenset(said)
    return UNKNOWN_PROGRAM if entry.url is None else UNKNOWN_SERVER


def place_of(entry: McpEntry, name: str) -> str:
    """Return where a server's tools run."""
    if entry.url is not None:
        return f"MCP server {name}: {entry.url}"
    return f"MCP server {name}: your computer, no sandbox"
