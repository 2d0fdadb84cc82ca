"""A program that streams a session as fast as it can, and says what is safe by now.

On its standard output: the session's file, then ``said TEXT`` for each message that a method of the
store returned from, and ``shown N`` for how much of the open message was shown, with the time.
"""

from __future__ import annotations

import random
import sys
import time
from itertools import count
from pathlib import Path

from engine.conversation.store import Store
from engine.events import MessageClosed, MessageOpened, Statistics, TextDelta, TurnEnded
from tests.engine.conversation.played import SETTING, answer_tool, ask_tool


def tell(*words: object) -> None:
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


def stream(folder: Path, seed: int) -> None:
    """Talk until somebody ends it."""
    chance = random.Random(seed)
    store = Store(folder)
    tell(store.path)
    numbers = count()
    for turn in count():
        words = f"words-{turn}"
        store.begin_turn(words, SETTING)
        tell("said", words)
        if chance.random() < 0.3:
            ask_tool(store, next(numbers), 0)
            tell("started", turn)
            answer_tool(store, 0)
        number, parts, tokens = next(numbers), [], []
        store.hear(MessageOpened(number, "assistant", "final", None, None))
        for token in range(chance.randrange(5, 400)):
            tokens.append(token)
            parts.append(f"a{turn}.{token} ")
            store.add_token(token)
            store.hear(TextDelta(number, "final", parts[-1]))
            tell("shown", turn, token, time.time())
            time.sleep(chance.choice((0, 0, 0.001, 0.004)))
        text = "".join(parts)
        store.hear(
            MessageClosed(number, "assistant", "final", None, None, text, tuple(tokens), "return")
        )
        tell("said", text)
        store.hear(TurnEnded("stop", Statistics()))


if __name__ == "__main__":
    stream(Path(sys.argv[1]), int(sys.argv[2]))
