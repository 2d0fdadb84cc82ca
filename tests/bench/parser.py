"""What reading the model's output costs, and what random output does to the parser.

    python -m tests.bench.parser [--seconds 60]

Prints one figure a line: tokens a second of well-formed and of malformed output, what a token costs
late in a long stream against early in it, and how many random sequences were read. A sequence that
raises, or of which something is lost, ends the run with a message.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Sequence

from engine.harmony.parser import Parser
from tests.engine.harmony.sampled import TOOLS, check_events, events_of, tokens_of
from tests.engine.harmony.test_parser_properties import CONTROL, HEADER_WORDS, MARKERS, OTHER

ANSWER = (
    "<|channel|>analysis<|message|>We weigh what was asked, and what is known of it.<|end|>"
    "<|start|>assistant<|channel|>commentary to=functions.shell <|constrain|>json<|message|>"
    '{"command":"ls -l"}<|call|><|start|>assistant<|channel|>final<|message|>'
    "There are **three** files, and none of them is large.<|return|>"
)
MALFORMED = "<|channel|>final<|channel|>analysis to=python<|message|>{<|start|><|constrain|>final"
PROSE = " and the water went on, slowly"
SHORT, LONG = 1_000, 100_000
LONGEST_SEQUENCE = 120


def seconds_of(tokens: Sequence[int]) -> float:
    """Return the processor time of reading tokens with a fresh parser."""
    start = time.process_time()
    events_of(tokens)
    return time.process_time() - start


def rate(spelled: str, count: int) -> float:
    """Return tokens a second of a text, repeated to so many tokens."""
    once = tokens_of(spelled)
    tokens = (once * (count // len(once) + 1))[:count]
    return count / min(seconds_of(tokens) for _ in range(3))


def cost_ratio(opening: str, repeated: str) -> float:
    """Return what a token costs after 100,000 of one stream against after the first 1,000."""
    once = tokens_of(repeated)
    tokens = tokens_of(opening) + once * (LONG // len(once) + 1)
    ratios = []
    for _ in range(3):
        parser = Parser(TOOLS)
        marks = []
        for start in (0, LONG - SHORT):
            for token in tokens[SHORT if start else 0 : start]:
                parser.feed(token)
            began = time.process_time()
            for token in tokens[start : start + SHORT]:
                parser.feed(token)
            marks.append(time.process_time() - began)
        ratios.append(marks[1] / marks[0])
    return min(ratios)


def fuzz(seconds: float) -> tuple[int, int]:
    """Read random sequences for so long; return how many, and of how many tokens."""
    chance = random.Random(0)
    pools = [
        *([token] for token in CONTROL + OTHER),
        *(tokens_of(word) for word in HEADER_WORDS + MARKERS),
    ]
    sequences = total = 0
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        length = chance.randrange(1, LONGEST_SEQUENCE)
        tokens = [token for _ in range(length) for token in chance.choice(pools)]
        check_events(tokens, events_of(tokens, chance.choice(("stop", "length", "cancelled"))))
        sequences += 1
        total += len(tokens)
    return sequences, total


def main() -> None:
    """Measure."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    arguments.add_argument("--seconds", type=float, default=60.0, help="how long to draw sequences")
    given = arguments.parse_args()
    print(f"well-formed answers: {rate(ANSWER, LONG):,.0f} tokens/s")
    print(f"malformed output: {rate(MALFORMED, LONG):,.0f} tokens/s")
    opening = "<|channel|>final<|message|>"
    print(f"a token at 100,000 against 1,000, one message: {cost_ratio(opening, PROSE):.2f}")
    print(f"the same, many messages: {cost_ratio('', ANSWER + '<|start|>assistant'):.2f}")
    print(f"the same, malformed: {cost_ratio('', MALFORMED):.2f}")
    sequences, total = fuzz(given.seconds)
    print(f"random sequences: {sequences:,} ({total / 1e6:.1f} M tokens), none raised, none lost")


if __name__ == "__main__":
    main()
