"""Questions that one line of Python answers, and that line.

The code holds the numbers as they were typed: what comes after the last of a range is written as
``17+1``, so that nothing has to be worked out to write it.
"""

from __future__ import annotations

import functools
import random
from dataclasses import dataclass

from engine.models.demo.corpus import acceptance, arithmetic
from engine.models.demo.corpus.numerals import whole
from engine.models.demo.corpus.splitting import (
    EXPRESSIONS_HELD_OUT,
    Split,
    choose,
    form_belongs,
    is_held_out,
)
from engine.models.demo.corpus.topic import expand
from engine.models.demo.corpus.wordings.coding import FRAMES, NAMED, TASKS, WORDS, Task

NAMED_SHARE = 0.55
"""So many questions name Python, where they need not."""
LONG_RANGE_SHARE = 0.3
"""So many sums and the like go over a hundred or more numbers."""
LIST_MARKS = (", ", ", ", ", ", ",", " ")
"""What stands between the numbers of a list as it is typed."""
SHORT_TASKS = frozenset(("sum", "sum of squares"))
"""Tasks whose result is short however long their range is."""


@dataclass(frozen=True, slots=True)
class Coded:
    """What somebody asks, and the code that answers it."""

    text: str
    code: str


def draw_coded(rng: random.Random, split: Split, *, is_named: bool = False) -> Coded:
    """Draw a question for Python whose sentence and code belong to a part of the data.

    Args:
        rng: where the chances come from.
        split: the part.
        is_named: whether the question has to name Python.
    """
    while True:
        task = rng.choice(TASKS)
        phrase = expand(rng, rng.choice(task.phrases))
        if not form_belongs(f"python {task.name}", phrase, split):
            continue
        typed, coded = draw_slots(rng, task)
        code = task.code.format_map(coded)
        if not code_belongs(code, split) or not can_run(code):
            continue
        frame = expand(rng, choose(rng, "python frame", FRAMES[task.shape], "train"))
        text = frame.replace("{x}", phrase.format_map(typed))
        if is_named or task.needs_name or rng.random() < NAMED_SHARE:
            named = expand(rng, choose(rng, "python named", NAMED, "train"))
            text = named.replace("{s}", text)
        return Coded(text, code)


def draw_slots(rng: random.Random, task: Task) -> tuple[dict[str, str], dict[str, str]]:
    """Draw what stands in a task's slots, as it is typed and as it stands in the code."""
    first, count = rng.choice((1, 1, rng.randint(2, 30))), rng.randint(3, 12)
    if task.name in SHORT_TASKS and rng.random() < LONG_RANGE_SHARE:
        first, count = rng.randint(1, 400), rng.randint(20, 900)
    if "range(1, {b}+1)" in task.code or "range({b}" in task.code:
        first = 1
    last = first + count - 1
    if task.name == "primes":
        last = rng.randint(5, 60)
    small = rng.randint(2, 9) if task.name == "powers" else rng.randint(2, 15)
    word = rng.choice(WORDS)
    numbers = [draw_listed(rng) for _ in range(rng.choice((3, 3, 4, 4, 5, 6, 7)))]
    slots = {
        "a": str(first),
        "b": str(last),
        "k": str(small),
        "n": whole(rng, 6),
        "m": whole(rng, 4),
        "word": word,
        "letter": rng.choice(word),
        "list": ", ".join(numbers),
    }
    typed = slots | {"list": type_list(rng, numbers)}
    if "{term}" in task.code:
        term = rng.choice((arithmetic.simple, arithmetic.longer))(rng)
        slots, typed = slots | {"term": term.expression}, typed | {"term": term.text}
    return typed, slots


def draw_listed(rng: random.Random) -> str:
    """Draw a number of a list: mostly short."""
    return str(rng.randint(0, rng.choice((9, 30, 99, 99, 500, 999, 2000))))


def type_list(rng: random.Random, numbers: list[str]) -> str:
    """Return numbers as somebody types a list of them."""
    mark = rng.choice(LIST_MARKS)
    if rng.random() < 0.35:
        return f"{mark.join(numbers[:-1])} and {numbers[-1]}"
    return mark.join(numbers)


def code_belongs(code: str, split: Split) -> bool:
    """Return whether code belongs to a part; that of the acceptance is trained on."""
    if code in acceptance.codes():
        return split == "train"
    return is_held_out("code", code, EXPRESSIONS_HELD_OUT) == (split == "held_out")


def can_run(code: str) -> bool:
    """Return whether a line of code has a value: what divides by nothing has none."""
    try:
        run_code(code)
    except ArithmeticError:
        return False
    return True


@functools.lru_cache(maxsize=1 << 12)
def run_code(code: str) -> str:
    """Return what the session's Python shows for one of our own lines of code.

    As the interpreter does (``engine/tools/python``), it shows the value of the last expression.
    """
    *before, last = code.split("; ")
    space: dict[str, object] = {}
    exec("\n".join(before), space)  # noqa: S102  (a line of the tasks, filled with numbers)
    return repr(eval(last, space))  # noqa: S307
