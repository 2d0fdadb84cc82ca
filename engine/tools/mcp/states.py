"""What is known of a server and of the tools that it offers, without the protocol's library."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from engine.tools.own.confinement import Confinement, confine
from engine.tools.own.declarations import McpEntry
from engine.tools.rules import Touch
from engine.tools.sandbox import Found

Status = Literal["off", "starting", "ready", "failed"]

PROGRAM: frozenset[Touch] = frozenset(("unsandboxed",))
ELSEWHERE: frozenset[Touch] = frozenset(("network",))
"""What every call of a server's tools touches, whatever the person says of them."""
UNKNOWN: frozenset[Touch] = frozenset(("write",))
"""What else a tool may touch that runs elsewhere, of which the person has not said it."""


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


def confinement_of(entry: McpEntry, sandbox: Found) -> Confinement:
    """Return what holds a server's program: to all that the person says of any of its tools."""
    said = entry.touches
    if isinstance(said, Mapping):
        said = tuple(touch for each in said.values() for touch in each)
    return confine(said, sandbox, is_wanted=entry.sandbox)


def touches_of(entry: McpEntry, tool: str, confinement: Confinement) -> frozenset[Touch]:
    """Return what a server's tool touches: in a sandbox what its program may.

    Elsewhere nothing holds a server to what is said of it. Then it is what reaching it does,
    besides what the person says, so that each call is asked about.
    """
    if confinement.is_confined:
        return confinement.touches
    said = entry.touches
    if isinstance(said, Mapping):
        said = said.get(tool, said.get("*"))
    if entry.url is None:
        return frozenset(said or ()) | PROGRAM
    return (UNKNOWN if said is None else frozenset(said)) | ELSEWHERE


def place_of(entry: McpEntry, name: str, confinement: Confinement) -> str:
    """Return where a server's tools run."""
    who = f"MCP server {name}"
    return confinement.place(who) if entry.url is None else f"{who}: {entry.url}"
