"""Measures what an answer costs the screen while it streams into a long conversation.

    uv run python -m tests.bench.transcript [--peer] [--messages 2000] [--tokens 8000] [--kind NAME]

An answer of 8,000 tokens of four characters, below 2,000 earlier messages, in 120x40 without a
terminal. Its last 400 tokens come at 100 a second in batches, and are measured: CPU per token of
the whole process; how late the event loop wakes from sleeps of 5 ms; how much CPU the process used
in each of them, which other load on the machine does not change. Then what opening, scrolling,
resizing and a change of theme cost.
`--peer` streams the same answers into Textual's Markdown through MarkdownStream, with no earlier
messages (2,000 of its widgets take minutes to mount).
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import random
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from textual.app import App, ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Markdown

from tests.harmony_tui.transcript.stage import Stage, tell

WORDS = (  # noqa: SIM905
    "the model reads a prompt and writes tokens while the cache grows so each layer attends to "
    "earlier keys values softmax scale rope window expert router gate kernel graph compile stream"
).split()
SIZE = (120, 40)
TOKEN = 4
RATE = 100.0
MEASURED = 400
BUSY = 0.05
"""Share of a core above which the application is not idle."""
Write = Callable[[str], Awaitable[None]]


@dataclass
class Cost:
    """What streaming took, in milliseconds: CPU per token, and of each waking of the event loop
    how late it was and how much CPU the process had used since the one before.
    """

    cpu: float
    lateness: list[float]
    held: list[float]


def quantiles(values: list[float]) -> str:
    """Return the median, the 99th percentile and the greatest of some values, as columns."""
    ordered = sorted(values)
    return "".join(
        f"{ordered[min(len(ordered) - 1, int(share * len(ordered)))]:8.1f}"
        for share in (0.5, 0.99, 1)
    )


def sentence(dice: random.Random, count: int) -> str:
    """Return words, some of them marked."""
    words = [dice.choice(WORDS) for _ in range(count)]
    for index, form in ((3, "**{}**"), (7, "`{}`"), (11, "*{}*")):
        if index < count:
            words[index] = form.format(words[index])
    return " ".join(words).capitalize() + "."


def prose(dice: random.Random) -> Iterator[str]:
    """Yield paragraphs without end."""
    while True:
        yield sentence(dice, 60) + "\n\n"


def paragraph(dice: random.Random) -> Iterator[str]:
    """Yield one paragraph without end and without a line break."""
    while True:
        yield sentence(dice, 20) + " "


def fence(dice: random.Random) -> Iterator[str]:
    """Yield one code block without end."""
    yield "```python\n"
    while True:
        name = dice.choice(WORDS)
        yield f"def {name}(x: int, y: str = 'a{dice.randint(0, 99)}') -> float:  # {name}\n"
        yield f'    total += compute({dice.randint(0, 999)}, "{name}") * {dice.random():.3f}\n'


def bullets(dice: random.Random) -> Iterator[str]:
    """Yield one list without end."""
    while True:
        yield f"- {sentence(dice, 10)}\n"


def table(dice: random.Random) -> Iterator[str]:
    """Yield one table without end."""
    yield "| a | b | c |\n|---|---|---|\n"
    while True:
        yield f"| {dice.choice(WORDS)} | {dice.choice(WORDS)} | {sentence(dice, 4)} |\n"


KINDS = {f.__name__: f for f in (prose, paragraph, fence, bullets, table)}


def answer(kind: str, tokens: int) -> str:
    """Return an answer of one kind, the same every time."""
    text = ""
    for piece in KINDS[kind](random.Random(kind)):
        text += piece
        if len(text) >= tokens * TOKEN:
            break
    return text[: tokens * TOKEN]


async def cpu_of(seconds: float) -> float:
    """Return the share of a core that the process takes while nothing is asked of it."""
    cpu, start = time.process_time(), time.perf_counter()
    await asyncio.sleep(seconds)
    return (time.process_time() - cpu) / (time.perf_counter() - start)


@asynccontextmanager
async def watching() -> Any:
    """Note, while the context lasts, how late the event loop wakes from sleeps of 5 ms."""
    lateness: list[float] = []
    held: list[float] = []

    async def watch() -> None:
        while True:
            start, cpu = time.perf_counter(), time.process_time()
            await asyncio.sleep(0.005)
            lateness.append((time.perf_counter() - start - 0.005) * 1000)
            held.append((time.process_time() - cpu) * 1000)

    task = asyncio.create_task(watch())
    try:
        yield lateness, held
    finally:
        task.cancel()


async def stream(
    text: str, write: Write, settled: Callable[[], Awaitable[Any]], hertz: float
) -> Cost:
    """Write a text at 100 tokens a second in batches, and measure until all of it is shown."""
    gc.collect()
    async with watching() as (lateness, held):
        for _ in range(20):
            if await cpu_of(0.5) < BUSY:
                break  # what was written before is on the screen
        lateness.clear()
        held.clear()
        cpu, start = time.process_time(), time.perf_counter()
        tokens, written = len(text) // TOKEN, 0
        while written < tokens:
            await asyncio.sleep(1 / hertz)
            due = min(tokens, int((time.perf_counter() - start) * RATE))
            await write(text[written * TOKEN : due * TOKEN])
            written = due
        await settled()
        spent = time.process_time() - cpu
    return Cost(spent * 1000 / tokens, lateness, held)


async def stream_ours(kind: str, options: argparse.Namespace) -> Cost:
    """Measure the transcript, below the earlier messages."""
    app = Stage()
    text = answer(kind, options.tokens)
    async with app.run_test(size=SIZE) as pilot:
        fill(app, options.messages)
        entry = app.transcript.begin("final")
        split = (options.tokens - MEASURED) * TOKEN
        app.transcript.append(entry, text[:split])
        await pilot.pause()

        async def write(piece: str) -> None:
            app.transcript.append(entry, piece)

        return await stream(text[split:], write, pilot.pause, options.hertz)


class Peer(App[None]):
    """Textual's own way to stream Markdown."""

    def compose(self) -> ComposeResult:
        """Show one document in a scrolling container."""
        with VerticalScroll() as scroll:
            yield Markdown()
        scroll.anchor()


async def stream_peer(kind: str, options: argparse.Namespace) -> Cost:
    """Measure MarkdownStream on the same answer, alone on the screen."""
    app = Peer()
    text = answer(kind, options.tokens)
    async with app.run_test(size=SIZE) as pilot:
        markdown = app.query_one(Markdown)
        split = (options.tokens - MEASURED) * TOKEN
        await markdown.update(text[:split])
        await pilot.pause()
        out = Markdown.get_stream(markdown)
        return await stream(text[split:], out.write, out.stop, options.hertz)


def conversation(messages: int) -> Iterator[tuple[str, str]]:
    """Yield the role and the text of questions and answers in turn, the same every time."""
    dice = random.Random(0)
    makers = [KINDS[name](dice) for name in ("prose", "bullets", "prose")]
    for index in range(messages):
        if index % 2:
            yield "assistant", "".join(next(maker) for maker in makers)
        else:
            yield "user", f"What does step {index} do?"


def fill(app: Stage, messages: int) -> None:
    """Add earlier messages, questions and answers in turn."""
    for role, text in conversation(messages):
        tell(app.transcript, "user" if role == "user" else "final", text)


async def measure_the_rest(options: argparse.Namespace) -> None:
    """Print what opening a long conversation costs, and what moving about in it does."""
    app = Stage()
    gc.collect()
    async with app.run_test(size=SIZE) as pilot:

        async def timed(name: str, act: Callable[[int], Any], times: int) -> None:
            cpu, start = time.process_time(), time.perf_counter()
            for index in range(times):
                result = act(index)
                if result is not None:
                    await result
                await pilot.pause()
            spent = (time.process_time() - cpu) * 1000 / times
            wall = (time.perf_counter() - start) * 1000 / times
            print(f"{name:34} {spent:9.1f} ms CPU {wall:9.1f} ms")

        def page(index: int) -> None:
            app.transcript.scroll_page_up()

        def theme(index: int) -> None:
            app.theme = ("harmony-light", "harmony-dark")[index % 2]

        await timed("nothing", lambda _: None, 20)
        await timed(f"open {options.messages} messages", lambda _: fill(app, options.messages), 1)
        await timed("page up, never seen before", page, 40)
        await timed("resize", lambda index: pilot.resize_terminal(100 + 10 * (index % 2), 40), 6)
        await timed("theme", theme, 6)


async def main() -> None:
    """Measure what the command line asks for and print a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--messages", type=int, default=2000)
    parser.add_argument("--tokens", type=int, default=8000)
    parser.add_argument("--hertz", type=float, default=20)
    parser.add_argument("--kind", choices=KINDS, action="append")
    parser.add_argument("--peer", action="store_true")
    options = parser.parse_args()
    ways = {"transcript": stream_ours} | ({"MarkdownStream": stream_peer} if options.peer else {})
    print(f"{'':25} {'CPU ms':>10}   {'late ms':^24}   {'held ms CPU':^24}")
    print(f"{'':25} {'per token':>10}   " + 2 * f"{'p50':>8}{'p99':>8}{'max':>8}   ")
    for kind in options.kind or KINDS:
        for name, way in ways.items():
            cost = await way(kind, options)
            rest = f"{quantiles(cost.lateness)}   {quantiles(cost.held)}"
            print(f"{kind:10} {name:14} {cost.cpu:10.2f}   {rest}")
    await measure_the_rest(options)


if __name__ == "__main__":
    asyncio.run(main())
