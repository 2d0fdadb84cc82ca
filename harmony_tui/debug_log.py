"""A file of exactly what the model read and sampled, round by round, for who looks for a fault."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from engine.events import (
    Event,
    Notice,
    ThinkingFinished,
    ToolCallFinished,
    TurnEnded,
    TurnStarted,
)

if TYPE_CHECKING:
    from engine.chat import Chat, RoundTokens

Listener = Callable[[Event], None]


class DebugLogError(Exception):
    """The file cannot be written; the message says why."""


class DebugLog:
    """Appends a line of JSON for each round of each turn, when it is over.

    A line has the tokens of the prompt and of the completion, as ids and as text with control
    tokens spelled out. A round that an answer goes on from, or goes back into, is written again.
    """

    def __init__(self, path: Path) -> None:
        """Begin to write at the end of a file, which only its owner may read if it is new.

        Raises:
            DebugLogError: it cannot be written.
        """
        self._path = path
        self._turns = 0
        self._written: list[RoundTokens] = []
        self._is_broken = False
        try:
            self._append("")
        except OSError as error:
            raise DebugLogError(f"{path} cannot be written: {error.strerror}") from error

    @property
    def path(self) -> Path:
        """The file."""
        return self._path

    def listening(self, chat: Chat, listener: Listener) -> Listener:
        """Return a listener that writes the rounds of a conversation's turn, and passes all on.

        The rounds are written by the thread that runs the turn.
        """

        def hear(event: Event) -> None:
            match event:
                case TurnStarted():
                    self._turns += 1
                    self._written = []
                case ToolCallFinished() | ThinkingFinished() | TurnEnded():
                    self._write_new(chat, listener)
            listener(event)

        return hear

    def _write_new(self, chat: Chat, listener: Listener) -> None:
        """Write the rounds that are over and were not written as they are now."""
        rounds = list(chat.rounds)
        before, self._written = self._written, rounds
        for number, each in enumerate(rounds):
            if before[number : number + 1] == [each] or self._is_broken:
                continue
            try:
                self._append(self._line(chat, number, each) + "\n")
            except OSError as error:
                self._is_broken = True
                reason = f"{self._path} cannot be written any more: {error.strerror}."
                listener(Notice(f"{reason} The rounds from here on are not in it."))

    def _line(self, chat: Chat, number: int, each: RoundTokens) -> str:
        model = chat.worker.model
        line = {
            "time": datetime.now().astimezone().isoformat(timespec="milliseconds"),
            "model": model.name if model else None,
            "turn": self._turns,
            "round": number + 1,
            "prompt": each.prompt,
            "completion": each.completion,
            "prompt_text": chat.spell(each.prompt),
            "completion_text": chat.spell(each.completion),
        }
        return json.dumps(line, ensure_ascii=False)

    def _append(self, text: str) -> None:
        # Opened anew each time, so that the file can be moved away while the program runs.
        file = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        with os.fdopen(file, "a", encoding="utf-8") as opened:
            opened.write(text)
