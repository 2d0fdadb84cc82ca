"""Measures tools: each sandbox of this machine, the corpus of patches, the screen in a flood.

    uv run python -m tests.bench.sandbox [--rounds 20]

A start is that of a program that does nothing, to its end. The first reply is from no process to
the answer to ``1 + 1``; a round trip is the same with the process there. The flood is what a call
takes to write a gigabyte. A stop is from the person's word to the end of the call. All ways out of
a sandbox are tried, and all patches of the corpus applied, for real.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from engine.tools.apply_patch import apply, plan
from engine.tools.python import PythonSession
from engine.tools.registry import ToolError
from engine.tools.sandbox import Policy, Sandbox
from engine.tools.sandbox.probing import candidates, fault_of
from engine.tools.sandbox.unconfined import Unconfined
from tests.bench.figures import Figure, table
from tests.bench.flood import measure_flood
from tests.engine.tools.apply_patch import corpus_refused
from tests.engine.tools.apply_patch.cases import GONE, Case
from tests.engine.tools.apply_patch.test_corpus import APPLIED, lay, read
from tests.engine.tools.attacking import Attacker, world
from tests.engine.tools.escapes import every_attempt

GIGABYTE = "import sys\nfor _ in range(1000): n = sys.stdout.buffer.write(bytes(1_000_000))"
CORPUS = (*APPLIED, *corpus_refused.CASES)
STOPPED = ("while True: pass", "import time; time.sleep(60)", "10 ** 10 ** 9")


def seconds(what: Callable[[], object]) -> float:
    """Return how long something takes."""
    begin = time.perf_counter()
    what()
    return time.perf_counter() - begin


def start(sandbox: Sandbox, policy: Policy) -> None:
    """Run a program that does nothing."""
    confined = sandbox.popen(["true"], policy)
    confined.wait()
    confined.close()


def stop_seconds(session: PythonSession, code: str) -> float:
    """Return how long a call that would not end takes to be stopped."""
    session.start()
    asked: list[float] = []

    def stop() -> None:
        asked.append(time.perf_counter())
        session.cancel()

    threading.Timer(0.3, stop).start()
    session.run(code)
    return time.perf_counter() - asked[0]


def measure(sandbox: Sandbox, policy: Policy, rounds: int) -> list[Figure]:
    """Return the figures of a sandbox."""
    session = PythonSession(sandbox, policy)

    def first() -> None:
        session.reset()
        session.run("1 + 1")

    starts = [seconds(lambda: start(sandbox, policy)) for _ in range(rounds)]
    firsts = [seconds(first) for _ in range(rounds)]
    trips = [seconds(lambda: session.run("1 + 1")) for _ in range(10 * rounds)]
    flood = seconds(lambda: session.run(GIGABYTE))
    stops = [stop_seconds(session, code) for code in STOPPED]
    session.close()
    return [
        Figure("start", median(starts) * 1000, "ms", note=f"most {max(starts) * 1000:.0f}"),
        Figure("first reply", median(firsts) * 1000, "ms", note=f"most {max(firsts) * 1000:.0f}"),
        Figure("round trip", median(trips) * 1000, "ms", note=f"most {max(trips) * 1000:.1f}"),
        Figure("a gigabyte of output", flood, "s"),
        Figure("a stop", median(stops) * 1000, "ms", note=f"most {max(stops) * 1000:.0f}"),
    ]


def attack(sandbox: Sandbox, base: Path) -> list[Figure]:
    """Try every way out; return how many there were, and how many were left open."""
    with world(base) as around:
        attacker = Attacker(sandbox, around)
        faults = {attempt: attacker.fault(attempt) for attempt in every_attempt()}
        attacker.session.close()
    out = {attempt: fault for attempt, fault in faults.items() if fault}
    return [
        Figure("escapes tried", len(faults), "attempts"),
        Figure("escapes not stopped", len(out), "attempts", 0, "; ".join(out)),
    ]


def apply_corpus() -> list[Figure]:
    """Apply every patch of the corpus; return how many are as they have to be."""
    wrong: list[str] = []
    taken: list[float] = []
    for case in CORPUS:
        with tempfile.TemporaryDirectory(prefix="harmony-tui-") as name:
            begin = time.perf_counter()
            if not is_as_expected(case, Path(name)):
                wrong.append(case.name)
            taken.append(time.perf_counter() - begin)
    refused = sum(bool(case.error) for case in CORPUS)
    return [
        Figure("patches of the corpus", len(CORPUS), "patches", note=f"{refused} to be refused"),
        Figure("patches not as expected", len(wrong), "patches", 0, "; ".join(wrong)),
        Figure("a patch, with its files laid and read", median(taken) * 1000, "ms"),
    ]


def is_as_expected(case: Case, root: Path) -> bool:
    """Apply a patch to the files of its case, and say whether they are then as they have to be."""
    workspace = lay(root, case.before)
    try:
        apply(plan(workspace, case.patch))
    except ToolError as error:
        return bool(case.error) and case.error in str(error) and read(root) == case.before
    expected = {path: text for path, text in {**case.before, **case.after}.items() if text != GONE}
    return not case.error and read(root) == expected


def main() -> int:
    """Measure all; return how many figures are not as they are wanted."""
    parser = argparse.ArgumentParser(description="Measures the tools on this machine.")
    parser.add_argument("--rounds", type=int, default=20)
    rounds = parser.parse_args().rounds
    unmet = 0
    for sandbox in (*candidates(), Unconfined()):
        is_none = sandbox.level == "none"
        fault = "" if is_none else fault_of(sandbox)
        if fault:
            print(f"\n{sandbox.level}: {fault}")
            continue
        with tempfile.TemporaryDirectory(prefix="harmony-tui-") as name:
            (Path(name) / "scratch").mkdir()
            figures = measure(sandbox, Policy(Path(name) / "scratch"), rounds)
        if not is_none:
            with tempfile.TemporaryDirectory(prefix="harmony-tui-") as name:
                figures += attack(sandbox, Path(name))
        unmet += show(sandbox.level, figures)
    unmet += show("patches", apply_corpus())
    unmet += show("the screen", asyncio.run(measure_flood()))
    return unmet


def show(title: str, figures: list[Figure]) -> int:
    """Print some figures; return how many are not as they are wanted."""
    print(f"\n{title}\n{table(figures)}", flush=True)
    return sum(not figure.is_met for figure in figures)


if __name__ == "__main__":
    sys.exit(main())
