"""Random Markdown, from a seed: what models write, and what nobody should."""

from __future__ import annotations

import random

WORDS = (  # noqa: SIM905
    "the model reads **bold words** and `code`, *then* writes [a link](https://example.org/x) "
    "tokens cache layer 2*3*4 attention $x^2$ key_value router **gate metal** kernel graph "
    "日本語 naïve 😀 👩‍👩‍👧 straße C++ <b>html</b> &amp; a|b https://example.com/a?b=c. [r] ~~old~~"
).split()
LINES = (
    "",
    "",
    "   ",
    "# Heading one #",
    "### Heading *three*",
    "#no heading",
    "===",
    "---",
    "- - -",
    "***",
    "- item",
    "* star item",
    "+ [x] done",
    "- [ ] to do",
    "-",
    "1. first",
    "2. second",
    "7) seventh",
    "10. tenth",
    "  - nested",
    "   1. nested number",
    "    indented four",
    "      indented six",
    "\tindented by a tab",
    "> quote",
    ">quote",
    "> > deeper",
    "> - item in quote",
    ">",
    "```python",
    "```",
    "````",
    "~~~",
    "   ```sh",
    "def f(x): return '''x",
    "| a | b |",
    "|---|:-:|",
    "| 1 | `x` | surplus |",
    "a | b",
    "--- | ---",
    "| only one |",
    "\\[",
    "\\]",
    "$$",
    "\\sum_{i=1}^n \\frac{a}{b}",
    "[r]: https://example.org/ref",
    "<div>html</div>",
    "line that ends in spaces  ",
    "line that ends in a backslash\\",
    "**bold that",
    "goes on**",
)
PREFIXES = ("", "", "", "", "  ", "   ", "    ", "> ", "- ", "1. ", "      ")


def words(dice: random.Random, count: int) -> str:
    return " ".join(dice.choice(WORDS) for _ in range(count))


def hostile(seed: int) -> str:
    """Lines of every kind in any order."""
    dice = random.Random(seed)
    lines = []
    for _ in range(dice.randint(1, 40)):
        line = dice.choice(LINES) if dice.random() < 0.7 else words(dice, dice.randint(1, 30))
        lines.append(dice.choice(PREFIXES) + line)
    return "\n".join(lines) + dice.choice(("", "\n"))


def well_formed(seed: int) -> str:
    """Paragraphs, lists, code, tables and quotes, as in an answer; some of them long."""
    dice = random.Random(seed)
    return "\n\n".join(_part(dice) for _ in range(dice.randint(1, 8)))


def _part(dice: random.Random) -> str:
    length = dice.choice((1, 3, 8, 40))
    kind = dice.randrange(6)
    if kind == 0:
        return words(dice, length * 20)
    if kind == 1:
        return "#" * dice.randint(1, 6) + " " + words(dice, 4)
    if kind == 2:
        marks = dice.choice((("-",) * length, [f"{n}." for n in range(1, length + 1)]))
        return "\n".join(
            f"{mark} {words(dice, 6)}" + dice.choice(("", "\n  - " + words(dice, 3)))
            for mark in marks
        )
    if kind == 3:
        lines = [f"x = f({dice.random()})  # {dice.choice(WORDS)}" for _ in range(length * 2)]
        return "```python\n" + "\n".join(lines) + "\n```"
    if kind == 4:
        cells = [
            [words(dice, dice.randint(0, 3)).replace("|", "") for _ in range(3)]
            for _ in range(length)
        ]
        rows = ["| " + " | ".join(row) + " |" for row in cells]
        return "\n".join(("| a | b | c |", "|---|---:|:-:|", *rows))
    return "\n".join(f"> {words(dice, 8)}" for _ in range(length))


def chunks(text: str, seed: int) -> list[str]:
    """The text cut into pieces of random sizes."""
    dice = random.Random(seed)
    pieces = []
    while text:
        size = dice.choice((1, 2, 4, 7, 20, 60, 200))
        pieces.append(text[:size])
        text = text[size:]
    return pieces
