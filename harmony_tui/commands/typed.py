"""What a draft in the prompt box is: a message to the model, or a command to the program."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from typing import NamedTuple

from harmony_tui.commands.command import Command
from harmony_tui.commands.table import SLASH_COMMANDS

NAME = r"[A-Za-z?]*(?:-[A-Za-z]*)*"
COMMAND = re.compile(rf"[/\\](?P<name>{NAME})(?:\s+(?P<argument>.*))?", re.DOTALL)
BACKSLASHED = {"help": "help", "list": "show", "show": "show", "set": "set", "models": "model"}
"""Commands of mlx-harmony, which this program succeeds, and what they are called here. They may be
typed with a backslash; all else that begins with one, such as LaTeX, is a message, but not a single
word, nor what was surely meant for one of these."""
SURELY_MEANT = 0.7
"""How much of a word is the same as in the command that is meant, of 0 to 1: more than in any
command of LaTeX that comes near one."""


class Empty(NamedTuple):
    """Nothing that could be sent."""


class ToModel(NamedTuple):
    """A message to the model."""

    text: str


class ToProgram(NamedTuple):
    """A command and what was typed after it."""

    command: Command
    argument: str


class Unknown(NamedTuple):
    """A command that there is none of; ``nearest`` is the one that was perhaps meant."""

    name: str
    nearest: str | None
    sign: str = "/"
    """What stands before the name."""

    @property
    def said(self) -> str:
        """What a person is told."""
        if self.nearest is not None:
            meant = f"Did you mean {self.sign}{self.nearest}?"
        elif self.sign == "/":
            meant = "/help lists the commands."
        else:
            meant = "/help lists those there are; as a message it needs more words."
        return f"There is no command {self.sign}{self.name}. {meant}"


class Surplus(NamedTuple):
    """A command that takes nothing, and something after it."""

    command: Command

    @property
    def said(self) -> str:
        """What a person is told."""
        return f"{self.command.usage} takes nothing after it; what you typed is still there."


Typed = Empty | ToModel | ToProgram | Unknown | Surplus


def read_draft(text: str) -> Typed:
    """Return what a draft is. A path such as ``/usr/bin`` is a message."""
    stripped = text.strip()
    if not stripped:
        return Empty()
    found = COMMAND.fullmatch(stripped)
    if found is None:
        return ToModel(stripped)
    name, argument = found["name"].lower(), (found["argument"] or "").strip()
    if stripped.startswith("\\"):
        if name not in BACKSLASHED:
            return _read_backslashed(stripped, name, argument)
        name = BACKSLASHED[name]
    command = SLASH_COMMANDS.get(name)
    if command is None:
        near = get_close_matches(name, SLASH_COMMANDS, n=1, cutoff=0.5)
        return Unknown(name, near[0] if near else None)
    if argument and not command.arguments:
        return Surplus(command)
    return ToProgram(command, argument)


def _read_backslashed(text: str, name: str, argument: str) -> ToModel | Unknown:
    """Return what a draft is that begins with a backslash and no command of that name."""
    near = get_close_matches(name, BACKSLASHED, n=1, cutoff=SURELY_MEANT)
    if near or not argument:
        return Unknown(name, near[0] if near else None, "\\")
    return ToModel(text)


class Completion(NamedTuple):
    """A way in which a draft can go on: the whole draft then, and what is said about it."""

    draft: str
    label: str
    help: str


Explain = Callable[[Command, str], str]
"""Gives what is said about something that may follow a command."""


def complete(
    draft: str,
    choices: Callable[[Command], Sequence[str]],
    explain: Explain = lambda command, choice: "",
) -> list[Completion]:
    """Return the ways in which a draft that begins a command can go on, best first.

    ``choices`` gives what may follow a command.
    """
    if "\n" in draft or not draft.startswith("/"):
        return []
    name, space, argument = draft[1:].partition(" ")
    if not space:
        return [
            Completion(f"/{each.name}{' ' if each.arguments else ''}", each.usage, each.help)
            for each in dict.fromkeys(
                command for key, command in SLASH_COMMANDS.items() if key.startswith(name.lower())
            )
        ]
    command = SLASH_COMMANDS.get(name.lower())
    if command is None:
        return []
    begun = argument.lstrip()
    return [
        Completion(f"/{command.name} {choice}", choice.strip(), explain(command, choice.strip()))
        for choice in _next_words(choices(command), begun)
        if choice.strip() != begun.strip()
    ]


def _next_words(choices: Sequence[str], begun: str) -> list[str]:
    """Return the choices that go on from what is typed; where several share a word, that word."""
    fitting = [choice for choice in choices if choice.startswith(begun)]
    words = begun.count(" ") + 1
    heads = [" ".join(choice.split(" ")[:words]) for choice in fitting]
    shared = Counter(heads)
    return list(
        dict.fromkeys(
            f"{head} " if shared[head] > 1 else choice
            for choice, head in zip(fitting, heads, strict=True)
        )
    )


def hint(draft: str, explain: Explain) -> str:
    """Return what helps to go on with a command whose name stands there; empty if nothing does."""
    if "\n" in draft or not draft.startswith("/"):
        return ""
    name, space, argument = draft[1:].partition(" ")
    command = SLASH_COMMANDS.get(name.lower())
    if not space or command is None or not command.arguments:
        return ""
    word = re.split(r"[\s=]", argument.strip(), maxsplit=1)[0]
    said = explain(command, word) if word else ""
    return said or f"{command.usage}   {command.help}"
