"""Our own tools for the clients that ask for them, run on the server within the turn.

OpenAI's API has two tools that the server runs and that gpt-oss was trained with: the search of the
web is the browser, the code interpreter is python. A client asks for them among its ``tools`` by
their type alone, in responses as OpenAI has it, and in chat completions as Groq has it, which
serves gpt-oss there: ``{"type": "browser_search"}``, ``{"type": "code_interpreter"}``. They are
there if the server was started with them. What is of the type ``function`` is the client's to run.

Each answer has Python and pages of its own, which end with it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from engine.config.settings import Settings
from engine.server.errors import ApiError
from engine.tools.added import AddedTools
from engine.tools.permissions import CallFacts, Permissions, Verdict
from engine.tools.rules import Rules
from engine.tools.sandbox import Found
from engine.tools.toolbox import Toolbox

Name = Literal["browser", "python"]
NAMES: tuple[Name, ...] = get_args(Name)
"""The tools that clients can ask for."""

Type = Literal[
    "web_search",
    "web_search_2025_08_26",
    "web_search_preview",
    "web_search_preview_2025_03_11",
    "browser_search",
    "code_interpreter",
]
"""How clients ask for them; ``browser_search`` is what gpt-oss's reference server takes too."""


def name_of(kind: Type) -> Name:
    """Return which tool a type of OpenAI's API asks for."""
    return "python" if kind == "code_interpreter" else "browser"


class Unattended(Permissions):
    """Lets run what stays inside sandbox and settings, and refuses what a person had to allow.

    Rules of the person's that forbid a call hold here as well.
    """

    def __init__(self, rules: Rules | None = None) -> None:
        """Take the rules; None are those of the usual file."""
        super().__init__("auto", rules or Rules())

    def decide(self, facts: CallFacts) -> Verdict:
        """Return whether a call runs; no question is ever asked."""
        verdict = super().decide(facts)
        if verdict.action != "ask":
            return verdict
        return Verdict("refuse", f"{verdict.reason}, and there is nobody to ask")


class _NothingAdded(AddedTools):
    """Keeps the person's own tools out: they are no client's."""

    @property
    def are_there(self) -> bool:
        """No."""
        return False


@dataclass(frozen=True, slots=True)
class OwnTools:
    """The tools that a server was started with."""

    names: tuple[Name, ...]
    settings: Settings
    """Of the network and the search; the workspace is not for clients."""
    sandbox: Found
    help_pages: Path | None = None
    """What the browser searches while the network is off."""

    def open(self, names: Collection[Name]) -> Toolbox:
        """Return what some of the tools work with, for one answer; it has to be closed.

        Nothing is started before a tool is called.
        """
        chosen = {"tools": tuple(sorted(names)), "workspace": None}
        toolbox = Toolbox(
            self.settings.model_copy(update=chosen),
            help_pages=self.help_pages,
            keeps_figures=False,
            sandbox=self.sandbox,
        )
        toolbox.added = _NothingAdded(())
        return toolbox


def open_tools(own: OwnTools | None, asked: Collection[Type]) -> Toolbox | None:
    """Return what the tools work with that a client asks for; None if it asks for none.

    Raises:
        ApiError: the server was not started with one of them.
    """
    for kind in asked:
        if own is None or name_of(kind) not in own.names:
            raise ApiError(
                f"The tool {kind} is not there. The program has to be started with "
                f"--tools {name_of(kind)}.",
                param="tools",
            )
    return own.open({name_of(kind) for kind in asked}) if own is not None and asked else None
