"""Refuses HTML that is made to keep a parser busy.

HTML's rules have a parser look up through all open elements at most tags, and open formatting
elements anew in each paragraph: time and memory grow with the square of what is left open.
"""

from __future__ import annotations

import re

from engine.tools.registry import ToolError

TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
LEFT_OUT = frozenset(
    (
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source"),
        *("track", "wbr"),
        *("p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "colgroup"),
    )
)
"""What is empty, and what the next of its kind closes."""
FORMATTING = frozenset(
    (
        *("a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong"),
        *("tt", "u"),
    )
)
FORMATTING_WEIGHT = 100
MOST_WORK = 30_000_000
"""Elements looked at: about a second. A large real page needs a hundredth of it."""


def check_nesting(html: str) -> None:
    """Let a page pass that can be parsed in reasonable time.

    Raises:
        ToolError: it leaves too much open for too long.
    """
    open_tags: dict[str, int] = {}
    depth = work = 0
    for tag in TAG.finditer(html):
        name = tag[2].lower()
        weight = FORMATTING_WEIGHT if name in FORMATTING else 1
        if name in LEFT_OUT:
            step = 0
        elif tag[1]:
            step = -1 if open_tags.get(name) else 0
        else:
            step = 1
        open_tags[name] = open_tags.get(name, 0) + step
        depth += weight * step
        work += depth
        if work > MOST_WORK:
            raise ToolError("its HTML is nested too deeply to be read")
