"""Small tasks for Python: what they are called, the code that does each, and how one asks.

A task's phrases are templates with the slots of its code: ``{a}`` and ``{b}`` the ends of a range,
``{k}`` a small number, ``{n}`` any whole number, ``{list}`` some numbers, ``{word}`` a word.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Task:
    """Something that one line of Python does.

    ``shape`` says how its phrases are asked for: a ``list``, a ``value`` or something to ``do``.
    ``needs_name``: it is one for Python only where Python is named.
    """

    name: str
    code: str
    shape: str
    phrases: tuple[str, ...]
    needs_name: bool = False


RANGE = "[from {a} to {b}|between {a} and {b}|from {a} up to {b}]"
UP_TO = "[up to|from 1 to|until] {b}"

TASKS = (
    Task(
        "squares",
        "[n**2 for n in range({a}, {b}+1)]",
        "list",
        (
            f"[the|all] squares {RANGE}",
            f"the squares of [the|all] numbers {RANGE}",
            "the square numbers of {a} to {b}",
            f"[each|every] number {RANGE} squared",
            "{a} to {b}, [each squared|all squared]",
            f"squares of all [integers|whole numbers] {RANGE}",
            "the squares of {a} through {b}",
            f"a list of squares {RANGE}",
        ),
    ),
    Task(
        "cubes",
        "[n**3 for n in range({a}, {b}+1)]",
        "list",
        (
            f"[the|all] cubes {RANGE}",
            f"the cubes of [the|all] numbers {RANGE}",
            "{a} to {b}, [each|all] cubed",
            f"[each|every] number {RANGE} cubed",
            "the cubes of {a} through {b}",
            f"the third powers {RANGE}",
        ),
    ),
    Task(
        "first squares",
        "[n**2 for n in range(1, {b}+1)]",
        "list",
        (
            "the first {b} [squares|square numbers]",
            "{b} square numbers",
            "[all the|all] squares up to {b} squared",
            "the squares of the first {b} numbers",
        ),
    ),
    Task(
        "sum",
        "sum(range({a}, {b}+1))",
        "value",
        (
            f"the sum of [the|all|all the] numbers {RANGE}",
            "the sum of the numbers {a} to {b}",
            f"the sum of [all|the] [integers|whole numbers] {RANGE}",
            "all numbers from {a} to {b} [added up|added together|summed up]",
            "the total of the numbers from {a} to {b}",
            "the sum from {a} to {b}",
            "the sum of {a} through {b}",
            "the sum of everything from {a} to {b}",
        ),
    ),
    Task(
        "sum of squares",
        "sum(n**2 for n in range({a}, {b}+1))",
        "value",
        (
            f"the sum of [the|all] squares {RANGE}",
            f"the sum of the squares of the numbers {RANGE}",
            "the squares from {a} to {b} [added up|added together]",
            "the total of all squares from {a} to {b}",
        ),
    ),
    Task(
        "even",
        "[n for n in range({a}, {b}+1) if n % 2 == 0]",
        "list",
        (
            f"[the|all] even numbers {RANGE}",
            f"[the|all] even [integers|whole numbers] {RANGE}",
            "which numbers from {a} to {b} are even",
            f"[every|each] even number {RANGE}",
            "the numbers from {a} to {b} that are even",
        ),
    ),
    Task(
        "odd",
        "[n for n in range({a}, {b}+1) if n % 2 == 1]",
        "list",
        (
            f"[the|all] odd numbers {RANGE}",
            f"[the|all] odd [integers|whole numbers] {RANGE}",
            "which numbers from {a} to {b} are odd",
            f"[every|each] odd number {RANGE}",
            "the numbers from {a} to {b} that are odd",
        ),
    ),
    Task(
        "primes",
        "[n for n in range(2, {b}+1) if all(n % d for d in range(2, n))]",
        "list",
        (
            f"[the|all|all the] [primes|prime numbers] {UP_TO}",
            "every prime [number|] up to {b}",
            "which numbers up to {b} are prime",
            "the primes [not above|that are at most|no larger than] {b}",
            "the prime numbers from 2 to {b}",
        ),
    ),
    Task(
        "multiples",
        "[{k}*n for n in range(1, {b}+1)]",
        "list",
        (
            "the first {b} multiples of {k}",
            "{b} multiples of {k}",
            "the [times table|multiplication table] of {k} up to {b}",
            "the {k} times table up to {b}",
            "{k} times 1 to {b}",
        ),
    ),
    Task(
        "powers",
        "[{k}**n for n in range({b})]",
        "list",
        (
            "the first {b} powers of {k}",
            "{b} powers of {k}",
            "the powers of {k}, the first {b}",
            "the first {b} numbers of the powers of {k}",
        ),
    ),
    Task(
        "numbers",
        "list(range({a}, {b}+1))",
        "list",
        (
            f"[the|all|all the] numbers {RANGE}",
            f"[the|all] [integers|whole numbers] {RANGE}",
            "a list of the numbers {a} to {b}",
            "a list from {a} to {b}",
            "every number from {a} to {b}",
        ),
    ),
    Task(
        "countdown",
        "list(range({b}, {a}-1, -1))",
        "list",
        (
            "a countdown from {b} to {a}",
            "the numbers from {b} [down to|back to] {a}",
            "a list that counts down from {b} to {a}",
            "all numbers from {b} down to {a}",
        ),
    ),
    Task(
        "fibonacci",
        "f = [0, 1]; [f.append(f[-1]+f[-2]) for _ in range({b}-2)]; f",
        "list",
        (
            "the first {b} Fibonacci numbers",
            "{b} Fibonacci numbers",
            "the Fibonacci [sequence|series|numbers] up to the {b}th",
            "the first {b} [numbers|terms] of the Fibonacci [sequence|series]",
            "Fibonacci, the first {b} [numbers|terms]",
            "{b} [terms|numbers] of Fibonacci",
        ),
    ),
    Task(
        "factorial",
        "import math; math.factorial({k})",
        "value",
        (
            "the factorial of {k}",
            "{k} factorial",
            "factorial {k}",
            "factorial of {k}",
        ),
    ),
    Task(
        "gcd",
        "import math; math.gcd({n}, {m})",
        "value",
        (
            "the [greatest common divisor|gcd] of {n} and {m}",
            "the [highest|largest|greatest] common [factor|divisor] of {n} and {m}",
            "the gcd of {n}, {m}",
            "gcd of {n} and {m}",
        ),
    ),
    Task(
        "lcm",
        "import math; math.lcm({n}, {m})",
        "value",
        (
            "the [least common multiple|lcm] of {n} and {m}",
            "the [lowest|smallest] common multiple of {n} and {m}",
            "the lcm of {n}, {m}",
            "lcm of {n} and {m}",
        ),
    ),
    Task(
        "binary",
        "bin({n})",
        "value",
        (
            "{n} in binary",
            "{n} as a binary number",
            "the binary [form|digits|code] of {n}",
            "{n} written in [binary|base two]",
            "binary of {n}",
        ),
    ),
    Task(
        "digit sum",
        'sum(int(d) for d in "{n}")',
        "value",
        (
            "the sum of the digits of {n}",
            "the digit sum of {n}",
            "the digits of {n} [added up|added together]",
            "the cross sum of {n}",
        ),
    ),
    Task(
        "reversed digits",
        '"{n}"[::-1]',
        "value",
        (
            "{n} [backwards|reversed]",
            "the digits of {n} [backwards|reversed|in reverse|in reverse order]",
            "the number {n} [backwards|from right to left]",
            "{n} read from the end",
        ),
    ),
    Task(
        "sorted",
        "sorted([{list}])",
        "do",
        (
            "sort {list}",
            "sort [the numbers|these numbers|this list|these]: {list}",
            "sort the [numbers|list] {list}",
            "put {list} in [order|ascending order]",
            "order [the numbers|these|] {list} by size",
            "sort {list} [from small to large|ascending|from the smallest]",
            "arrange {list} [in order|by size|from small to large]",
            "bring {list} into order",
        ),
    ),
    Task(
        "sorted down",
        "sorted([{list}], reverse=True)",
        "do",
        (
            "sort {list} [descending|in descending order|downwards|from large to small]",
            "sort the numbers {list}, [largest|biggest] first",
            "sort {list} the [largest|biggest] first",
            "put {list} in descending order",
            "order {list} from [large to small|the largest down]",
        ),
    ),
    Task(
        "reversed list",
        "[{list}][::-1]",
        "do",
        (
            "reverse {list}",
            "reverse the [list|numbers|order of] {list}",
            "reverse [this list|these numbers]: {list}",
            "turn the [list|order of] {list} around",
            "put {list} in reverse order",
        ),
    ),
    Task(
        "largest",
        "max([{list}])",
        "value",
        (
            "the [largest|biggest|greatest|highest] of {list}",
            "the [maximum|max] of {list}",
            "the [largest|biggest] number of {list}",
            "the [largest|biggest] [number|one] among {list}",
            "the [highest|largest] [value|number] in {list}",
        ),
    ),
    Task(
        "smallest",
        "min([{list}])",
        "value",
        (
            "the [smallest|least|lowest] of {list}",
            "the [minimum|min] of {list}",
            "the smallest number of {list}",
            "the [smallest|lowest] [number|one] among {list}",
            "the [lowest|smallest] [value|number] in {list}",
        ),
    ),
    Task(
        "sum of a list",
        "sum([{list}])",
        "value",
        (
            "the sum of the list {list}",
            "the sum of the numbers {list}",
            "the total of the list {list}",
            "the numbers {list} [added up|added together]",
        ),
        needs_name=True,
    ),
    Task(
        "length",
        'len("{word}")',
        "value",
        (
            'the [length|number of letters] of the word "{word}"',
            'how many letters "{word}" has',
            'the length of "{word}"',
            'the number of [letters|characters] in "{word}"',
            'how long the word "{word}" is',
        ),
    ),
    Task(
        "term",
        "{term}",
        "value",
        ("{term}", "the value of {term}", "the result of {term}", "{term} exactly"),
        needs_name=True,
    ),
)

LISTED = (
    "[list|show|give me|show me|print|write down|display] {x}", "{x}", "I [need|want] {x}",
    "[can|could] you [list|show|give me|print] {x}", "[make|build|create|generate] {x}",
    "what are {x}", "tell me {x}", "[please|] compute {x}", "I would like [to see|] {x}",
    "[find|get|fetch] {x}", "which are {x}", "let me see {x}",
)  # fmt: skip
VALUED = (
    "what is {x}", "what's {x}", "[compute|calculate|work out|find|determine] {x}", "{x}",
    "tell me {x}", "[can|could] you [compute|work out|find] {x}", "I need {x}", "give me {x}",
    "show me {x}", "[print|get] {x}", "I [want|would like] to know {x}",
)  # fmt: skip
DONE = (
    "{x}", "[please|] {x}", "[can|could|would] you {x}", "I want you to {x}", "{x} for me",
    "I need you to {x}", "help me, {x}",
)  # fmt: skip
FRAMES = {"list": LISTED, "value": VALUED, "do": DONE}
"""How one asks for what a task gives, by its shape; ``{x}`` is one of its phrases."""

NAMED = (
    "{s} with Python", "{s} in Python", "{s} using Python", "[use|take] Python: {s}",
    "[use|run] Python and {s}", "with Python, {s}", "in Python: {s}", "{s}. Use Python",
    "{s}, [use|with|in] Python", "Python: {s}", "{s} by Python", "{s} [with|by] Python code",
    "run [some|] Python: {s}", "{s} with the Python tool", "let Python do it: {s}",
    "{s} with a [bit|line] of Python", "using Python, {s}", "execute Python: {s}",
    "call Python: {s}", "{s} and use Python for it", "{s}. [Please use|I want] Python for that",
)  # fmt: skip
"""The same, with Python named; ``{s}`` is the sentence."""

WORDS = (
    "harmony", "python", "model", "token", "keyboard", "terminal", "banana", "computer", "window",
    "music", "garden", "orange", "elephant", "station", "summer", "winter", "yellow", "coffee",
    "bicycle", "mountain", "river", "letter", "number", "question", "answer", "channel", "theme",
    "session", "memory", "language",
)  # fmt: skip
"""Words that are counted."""
