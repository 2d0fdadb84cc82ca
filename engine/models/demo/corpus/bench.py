"""The real tools of a case, in a workspace of its own."""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path
from typing import Self

from engine.config.settings import Settings
from engine.models.demo.corpus.browsing import HELP, search_arguments
from engine.models.demo.corpus.dialogue import ERROR, SEARCH, Called
from engine.models.demo.corpus.judging import Case
from engine.tools.registry import NAMESPACE, ToolError
from engine.tools.toolbox import Toolbox


class Bench:
    """Runs a case's calls while it is open, as the program does."""

    def __init__(self, case: Case) -> None:
        """Take a case; nothing is started before a call needs it."""
        self._case = case
        self._open = contextlib.ExitStack()

    def __enter__(self) -> Self:
        folder = Path(self._open.enter_context(tempfile.TemporaryDirectory()))
        for path, text in self._case.files:
            (folder / path).write_text(text, encoding="utf-8")
        settings = Settings(tools=tool_names(self._case.tools), workspace=str(folder))
        toolbox = Toolbox(settings, help_pages=HELP)
        self._open.callback(toolbox.close)
        self.tools = toolbox.registry
        """What may be called."""
        for _ in range(self._case.pages):
            self.tools.find(SEARCH).call(search_arguments("help"))
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def call(self, recipient: str, arguments: str) -> Called:
        """Return a call that a model made, with what the tool gives for it."""
        if self._case.answer_calls_with is not None:
            return Called(recipient, arguments, self._case.answer_calls_with)
        try:
            result = self.tools.find(recipient).call(arguments)
        except ToolError as error:
            result = f"{ERROR}{error}"
        return Called(recipient, arguments, result)


def tool_names(recipients: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names by which the program enables the tools that are addressed so."""
    names = []
    for recipient in recipients:
        namespace, _, name = recipient.partition(".")
        names.append(name if namespace == NAMESPACE else namespace)
    return tuple(dict.fromkeys(names))
