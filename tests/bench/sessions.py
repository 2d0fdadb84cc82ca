"""What keeping sessions costs: appending, opening, searching; and what kills leave.

    python -m tests.bench.sessions [--kills 200]

Prints one figure a line. Appending is measured on the disk of the temporary folder.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from engine.conversation import store as store_module
from engine.conversation.index import Filter, Index
from engine.conversation.messages import Head, Message, Preamble, Session, TurnRecord, linear
from engine.conversation.reading import read_session
from engine.conversation.store import Store, TurnSetting
from engine.conversation.whole_sessions import write_session
from engine.events import MessageClosed, MessageOpened, Statistics, TextDelta, TurnEnded
from tests.engine.conversation.killing import kill_one

WORDS = [
    f"{a}{b}{c}" for a in ("ka", "lo", "mi") for b in ("ten", "rus", "va") for c in "abcdefghij"
]
START = datetime(2026, 1, 1, tzinfo=UTC)
SETTING = TurnSetting("gpt-oss-20b", "f00d", 1, {"temperature": 1.0}, Preamble("", (1,) * 300))


def prose(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(WORDS, k=words))


def conversation(id_: str, messages: int, words: int, seed: int, day: int = 0) -> Session:
    """Return a session of words and answers; a word is taken as 1.5 tokens."""
    chance = random.Random(seed)
    said = [
        Message(
            n + 1,
            n or None,
            "assistant" if n % 2 else "user",
            prose(chance, words),
            "final" if n % 2 else None,
            tokens=tuple(chance.choices(range(200_000), k=words * 3 // 2)),
            time=START + timedelta(days=day, seconds=n),
            turn=n // 2 + 1,
        )
        for n in range(messages)
    ]
    turns = {
        n + 1: TurnRecord(n + 1, 2 * n + 1, START, "gpt-oss-20b") for n in range(messages // 2)
    }
    head = Head(id_, START + timedelta(days=day))
    return Session(head, linear(said), messages, turns=turns)


def milliseconds(act: Callable[[], object], times: int = 5) -> float:
    """Return the median time of an action."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        act()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken) * 1e3


def append(folder: Path) -> None:
    """Measure a batch of tokens, a token that only waits, and a whole message."""
    store = Store(folder)
    store.begin_turn("Hello", SETTING)
    store.hear(MessageOpened(0, "assistant", "final", None, None))
    normal, rounds, batch = store_module.BATCH_SECONDS, 2000, 15

    def stream() -> float:
        start = time.perf_counter()
        for _ in range(rounds):
            for token in range(batch - 1):
                store._tokens.append(token)
            store.add_token(batch)
            store.hear(TextDelta(0, "final", "some fifteen tokens of text, as they come in 0.25 s"))
        return (time.perf_counter() - start) / rounds * 1e6

    store_module.BATCH_SECONDS = 0.0
    print(f"append, a batch of {batch} tokens: {stream():.1f} us")
    store_module.BATCH_SECONDS = normal
    start, tokens = time.perf_counter(), 20_000
    for token in range(tokens):
        store.add_token(token)
        store.hear(TextDelta(0, "final", " token"))
    each = (time.perf_counter() - start) / tokens * 1e6
    print(f"append, each token of a fast answer: {each:.2f} us")
    closed = MessageClosed(0, "assistant", "final", None, None, "x" * 800, (1,) * 200, "return")
    whole = milliseconds(lambda: store.hear(closed), 50)
    print(f"append, a message of 200 tokens, fsync included: {whole:.2f} ms")
    store.close()


def streamed(folder: Path, turns: Iterable[tuple[str, str]]) -> Path:
    """Return a session of questions and answers that were streamed, 15 tokens a batch.

    A token is taken as four characters.
    """
    normal, store_module.BATCH_SECONDS = store_module.BATCH_SECONDS, 0.0
    chance = random.Random(0)
    with Store(folder) as store:
        for turn, (question, answer) in enumerate(turns):
            store.begin_turn(question, SETTING, tokens=range(len(question) // 4))
            store.hear(MessageOpened(turn, "assistant", "final", None, None))
            tokens = tuple(chance.choices(range(200_000), k=len(answer) // 4))
            for start in range(0, len(tokens), 15):
                for token in tokens[start : start + 14]:
                    store.add_token(token)
                store.hear(TextDelta(turn, "final", answer[4 * start : 4 * (start + 15)]))
            closed = MessageClosed(turn, "assistant", "final", None, None, answer, tokens, "return")
            store.hear(closed)
            store.hear(TurnEnded("stop", Statistics(len(question) // 4, 0, len(tokens), 0.1, 2.0)))
    store_module.BATCH_SECONDS = normal
    return store.path


def opening(folder: Path) -> None:
    """Measure reading a session of 2,000 messages."""
    chance = random.Random(0)
    path = streamed(folder, [(prose(chance, 50), prose(chance, 150)) for _ in range(1000)])
    print(f"a session of 2,000 messages: {path.stat().st_size / 1e6:.1f} MB")
    print(f"read it: {milliseconds(lambda: read_session(path)):.0f} ms")
    print(f"open it for writing: {milliseconds(lambda: Store.open(path).close()):.0f} ms")
    tracemalloc.start()
    session = read_session(path)
    held, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    print(f"memory: {held / 1e6:.1f} MB held, {peak / 1e6:.1f} MB at most")
    print(f"its path and turns: {milliseconds(session.path_turns):.1f} ms")
    start = time.perf_counter()
    count = sum(len(tuple(message.tokens)) for message in session.messages.values())
    taken = (time.perf_counter() - start) * 1e3
    print(f"its {count:,} token ids, when they are asked for: {taken:.0f} ms")


def searching(folder: Path) -> None:
    """Measure the index over 1,000 sessions of 20 messages."""
    for number in range(1000):
        write_session(folder, conversation(f"s{number:04}", 20, 60, number, number % 300))
    index = Index(folder)
    start = time.perf_counter()
    index.refresh()
    print(
        f"index 1,000 sessions (20,000 messages) from nothing: {time.perf_counter() - start:.2f} s"
    )
    print(f"look whether any of 1,000 changed: {milliseconds(index.refresh, 20):.1f} ms")
    print(f"list 1,000 sessions: {milliseconds(index.sessions, 20):.1f} ms")
    print(f"search, one common word: {milliseconds(lambda: index.search('katena'), 20):.1f} ms")
    three = "katena milor vab"
    print(f"search, three words: {milliseconds(lambda: index.search(three), 20):.1f} ms")
    recent = Filter(since=START + timedelta(days=290), model="20b")
    narrowed = milliseconds(lambda: index.search("lorusc", recent), 20)
    print(f"search, by word, date and model: {narrowed:.1f} ms")
    print(
        f"search, writing without blanks: {milliseconds(lambda: index.search('天气'), 20):.1f} ms"
    )
    with Store.open(folder / "s0500.jsonl") as store:

        def say_more() -> None:
            store.begin_turn("And now?", SETTING)
            index.refresh()

        print(f"a message is said and found in the index: {milliseconds(say_more, 20):.1f} ms")


def kills(folder: Path, count: int) -> None:
    """Kill a streaming program at random moments."""
    remains = [kill_one(folder / str(seed), seed) for seed in range(count)]
    acknowledged, lost = (sum(r.acknowledged for r in remains), sum(r.lost for r in remains))
    print(f"{count} kills: {acknowledged} messages acknowledged, {lost} lost")
    print(f"in mid-answer: {sum(r.was_mid_answer for r in remains)}")
    print(f"torn lines: {sum(r.was_torn for r in remains)}")
    print(f"text missing: {max(r.missing_seconds for r in remains):.2f} s at most")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=0)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        append(folder / "append")
        opening(folder / "open")
        searching(folder / "search")
        if chosen.kills:
            kills(folder / "kills", chosen.kills)


if __name__ == "__main__":
    main()
