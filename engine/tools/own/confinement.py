"""Where a person's own programs run, and what each may touch there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from engine.tools.rules import Touch
from engine.tools.sandbox import Found, Level, Policy

HELD: frozenset[Touch] = frozenset(("read", "write", "network"))
"""What a sandbox lets a program touch, or keeps it from."""
LEAVING: frozenset[Touch] = frozenset(("outside", "git", "unsandboxed"))
"""What no sandbox lets a program touch: one of which that is said runs without."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What there is for a person's programs to run in."""

    folder: Path
    """Where their files are."""
    workspace: Path | None
    sandbox: Found


@dataclass(frozen=True, slots=True)
class Confinement:
    """What a program touches, and what holds it to that."""

    touches: frozenset[Touch]
    """For whoever judges its calls: ``unsandboxed`` is among them wherever nothing holds it."""
    level: Level

    @property
    def is_confined(self) -> bool:
        """Whether it runs in a sandbox."""
        return self.level != "none"

    def place(self, who: str) -> str:
        """Return where it runs, for the person who is asked; ``who`` is whose program it is."""
        return f"{who}: {f'sandbox {self.level}' if self.is_confined else NO_SANDBOX}"

    def policy(self, scratch: Path, workspace: Path | None, readable: Iterable[Path]) -> Policy:
        """Return what it may do in its sandbox: what is said that it touches, and no more.

        Args:
            scratch: its own folder.
            workspace: the person's folder.
            readable: its files, which lie in a folder that is hidden otherwise.
        """
        return Policy(
            scratch=scratch,
            workspace=workspace if self.touches & {"read", "write"} else None,
            writes_workspace="write" in self.touches,
            network="network" in self.touches,
            readable=tuple(readable),
        )


NO_SANDBOX = "your computer, no sandbox"


def confine(said: Iterable[Touch] | None, sandbox: Found, *, is_wanted: bool) -> Confinement:
    """Return how a program is confined.

    Args:
        said: what the person says that it touches; None is nothing said, which is held to nothing
            at all where there is a sandbox, and may be anything where there is none.
        sandbox: what this machine has.
        is_wanted: whether the person has it run in that.
    """
    touches: frozenset[Touch] = frozenset(said or ())
    if not is_wanted or sandbox.level == "none" or touches & LEAVING:
        return Confinement(touches | {"unsandboxed"}, "none")
    return Confinement(frozenset(("code",)) if said is None else touches, sandbox.level)
