"""Measures the sandboxes of this machine and the Python in them, and tries to get out of each.

    uv run python -m tests.bench.sandbox [--rounds 20]

A start is that of a program that does nothing, to its end. The first reply is from no process to
the answer to ``1 + 1``; a round trip is the same with the process there. The flood is what a call
takes to write a gigabyte. A stop is from the person's word to the end of the call.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from engine.tools.python import PythonSession
from engine.tools.sandbox import Policy, Sandbox
from engine.tools.sandbox.probing import candidates, fault_of
from engine.tools.sandbox.unconfined import Unconfined
from tests.engine.tools.attacking import Attacker, world
from tests.engine.tools.escapes import every_attempt

GIGABYTE = "import sys\nfor _ in range(1000): n = sys.stdout.buffer.write(bytes(1_000_000))"
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


def measure(sandbox: Sandbox, policy: Policy, rounds: int) -> None:
    """Print the figures of a sandbox."""
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
    print(f"  start {median(starts) * 1000:6.1f} ms, most {max(starts) * 1000:.1f}")
    print(f"  first reply {median(firsts) * 1000:.1f} ms, most {max(firsts) * 1000:.1f}")
    print(f"  round trip {median(trips) * 1000:.2f} ms, most {max(trips) * 1000:.1f}")
    print(f"  a gigabyte of output {flood:.2f} s")
    print(f"  a stop {median(stops) * 1000:.0f} ms, most {max(stops) * 1000:.0f}")


def attack(sandbox: Sandbox, base: Path) -> int:
    """Print how many ways out were tried and stopped; return how many were not."""
    with world(base) as around:
        attacker = Attacker(sandbox, around)
        faults = {attempt: attacker.fault(attempt) for attempt in every_attempt()}
        attacker.session.close()
    out = {attempt: fault for attempt, fault in faults.items() if fault}
    print(f"  escapes tried {len(faults)}, stopped {len(faults) - len(out)}")
    for attempt, fault in out.items():
        print(f"    {attempt}: {fault}")
    return len(out)


def main() -> int:
    """Measure every sandbox; return how many ways out there were."""
    parser = argparse.ArgumentParser(description="Measures the sandboxes of this machine.")
    parser.add_argument("--rounds", type=int, default=20)
    rounds = parser.parse_args().rounds
    found = 0
    for sandbox in (*candidates(), Unconfined()):
        is_none = sandbox.level == "none"
        fault = "" if is_none else fault_of(sandbox)
        print(sandbox.level + (f": {fault}" if fault else ""))
        if fault:
            continue
        with tempfile.TemporaryDirectory(prefix="harmony-tui-") as name:
            (Path(name) / "scratch").mkdir()
            measure(sandbox, Policy(Path(name) / "scratch"), rounds)
        if not is_none:
            with tempfile.TemporaryDirectory(prefix="harmony-tui-") as name:
                found += attack(sandbox, Path(name))
    return found


if __name__ == "__main__":
    sys.exit(main())
