"""What our own tools did, as chat completions tell it.

OpenAI's chat completions have no words for tools that the server runs. Groq's have, which serve
gpt-oss with the same two: ``executed_tools``, beside ``content``, in messages and in deltas.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from engine.events import ToolCallFinished, ToolCallRequested
from engine.server.answer import Piece
from engine.server.own_tools import Type, name_of
from engine.tools.python.offering import PYTHON, read_code


class ExecutedTools:
    """The calls of our own tools in one answer, one after another."""

    def __init__(self, asked: Collection[Type]) -> None:
        """Begin with none; ``asked`` are the types by which the client asked for the tools."""
        self._types = {name_of(kind): kind for kind in asked}
        self.done: list[dict[str, Any]] = []
        """As a message holds them: type, name, arguments in JSON, and what it gave as output."""

    def hear(self, piece: Piece) -> dict[str, Any] | None:
        """Take a piece of the answer; return what a delta tells of it, if it is of a call.

        As with calls of functions, each part is told once: what is called first, then its output.
        """
        match piece:
            case ToolCallRequested(recipient=recipient, arguments=arguments):
                if recipient == PYTHON:
                    arguments = json.dumps({"code": read_code(arguments)}, ensure_ascii=False)
                kind = self._types["python" if recipient == PYTHON else "browser"]
                called = {"index": len(self.done), "type": kind, "name": recipient}
                self.done.append({**called, "arguments": arguments, "output": None})
                return {**called, "arguments": arguments}
            case ToolCallFinished(output=output):
                last = self.done[-1]
                last["output"] = output
                told = {"index": last["index"], "type": last["type"]}
                return {**told, "arguments": "", "output": output}
        return None
