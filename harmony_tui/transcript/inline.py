"""The inside of a paragraph: emphasis, code, links and formulas, as runs of text with marks."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from harmony_tui.transcript.characters import make_safe

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token


class Mark:
    """What a run of text is, as bits: several may hold at once. An IntFlag would be slow here."""

    PLAIN: Final = 0
    STRONG: Final = 1
    EMPHASIS: Final = 2
    STRUCK: Final = 4
    CODE: Final = 8
    LINK: Final = 16
    TARGET: Final = 32
    MATH: Final = 64
    NOTE: Final = 128


class Run(NamedTuple):
    """Text that is marked alike. `target` is where a link leads to, or empty."""

    text: str
    mark: int = Mark.PLAIN
    target: str = ""


_ADDRESS: Final = re.compile(r"https?://[^\s<>\"'`|]*[^\s<>\"'`|.,;:!?)\]}]")
_BREAK: Final = re.compile(r"<br ?/?>", re.IGNORECASE)
_PAIRS: Final = {"strong": Mark.STRONG, "em": Mark.EMPHASIS, "s": Mark.STRUCK}
_VERBATIM: Final = {"code_inline": Mark.CODE, "math": Mark.MATH, "note": Mark.NOTE}


def read_inline(text: str, definitions: Mapping[str, tuple[str, str]] | None = None) -> list[Run]:
    """Return a paragraph's text as runs, its lines kept apart by newlines.

    `definitions` maps reference labels to (target, title), and has those of footnotes, with ^
    before them; what refers to one is shown without that sign. No text is lost: a link's target
    follows its text unless they are the same, an image shows its description and target.
    """
    if definitions and "[" in text:
        return list(_read(text, dict(definitions)))
    return list(_read_known(text))


def mend(text: str) -> str:
    """Close the code or strong emphasis that is open at the end of unfinished text."""
    if text.count("`") % 2:
        return text[:-1] if text.endswith("`") else f"{text}`"
    if text.count("**") % 2:
        bare = text.rstrip("* ")  # the sign itself may be unfinished
        return f"{bare}**" if bare.count("**") % 2 else bare
    return text


@lru_cache(maxsize=2048)
def _read_known(text: str) -> tuple[Run, ...]:
    """Cells and items come again with every batch of a stream: read each once."""
    return tuple(_read(text, {}))


def _read(text: str, definitions: dict[str, tuple[str, str]]) -> Iterator[Run]:
    if text.isalnum():
        yield Run(text)
        return
    from markdown_it.common.utils import normalizeReference

    parser = _parser()
    references = {
        normalizeReference(label): {"href": parser.normalizeLink(target), "title": title}
        for label, (target, title) in definitions.items()
        if not label.startswith("^") and parser.validateLink(target)
    }
    notes = {label for label in definitions if label.startswith("^")}
    for token in parser.parseInline(text, {"references": references, "notes": notes}):
        yield from _runs(token.children or [])


def _runs(tokens: list[Token]) -> Iterator[Run]:
    mark: int = Mark.PLAIN
    target = linked = ""
    for token in tokens:
        name = token.type.removesuffix("_open").removesuffix("_close")
        if name == "link":
            if token.nesting > 0:
                target, linked, mark = str(token.attrs.get("href", "")), "", mark | Mark.LINK
            else:
                mark &= ~Mark.LINK
                if not _says_the_same(linked, target):
                    yield Run(f" ({make_safe(target)})", mark | Mark.TARGET, target)
                target = ""
        elif name in _PAIRS:
            mark = mark | _PAIRS[name] if token.nesting > 0 else mark & ~_PAIRS[name]
        elif name in _VERBATIM:
            linked += token.content
            yield Run(make_safe(token.content), mark | _VERBATIM[name], target)
        elif name in ("softbreak", "hardbreak"):
            yield Run("\n", mark, target)
        elif name == "image":
            source = str(token.attrs.get("src", ""))
            yield Run(make_safe(token.content) or "image", mark | Mark.LINK, source)
            yield Run(f" ({make_safe(source)})", mark | Mark.TARGET, source)
        else:
            linked += token.content
            yield from _addresses(_BREAK.sub("\n", make_safe(token.content)), mark, target)


def _addresses(text: str, mark: int, target: str) -> Iterator[Run]:
    """Make links of the bare web addresses in a text that is not part of a link."""
    at = 0
    for found in _ADDRESS.finditer(text) if not target else ():
        if found.start() > at:
            yield Run(text[at : found.start()], mark)
        yield Run(found[0], mark | Mark.LINK, found[0])
        at = found.end()
    if at < len(text):
        yield Run(text[at:], mark, target)


def _says_the_same(text: str, target: str) -> bool:
    """Tell whether a link's text already shows where it leads to."""
    bare = target.removeprefix("mailto:").rstrip("/")
    return not target or text.rstrip("/") in (target.rstrip("/"), bare)


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    """Return the parser for what is inside a line. Imported late: it is not needed to start."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False}).enable("strikethrough")
    parser.inline.ruler.before("escape", "math", _read_math)
    parser.inline.ruler.before("emphasis", "product", _read_product)
    parser.inline.ruler.before("link", "note", _read_note)
    return parser


_MATH: Final = re.compile(
    r"\\\((?:[^\\]|\\(?!\)))+\\\)|\\\[(?:[^\\]|\\(?!\]))+\\\]|\$\$[^$]+\$\$"
    r"|\$(?=[^\s$])(?:[^$\n\\]|\\.)*?(?<=[^\s$])\$(?!\d)"
)


def _read_math(state: StateInline, silent: bool) -> bool:
    r"""Keep `\(…\)`, `\[…\]`, `$…$` and `$$…$$` as written: no escapes, no emphasis in them."""
    found = _MATH.match(state.src, state.pos) if state.src[state.pos] in "\\$" else None
    if found is None:
        return False
    if not silent:
        state.push("math", "", 0).content = found[0]
    state.pos = found.end()
    return True


_NOTE: Final = re.compile(r"\[(\^[^\[\]\s]+)\]")


def _read_note(state: StateInline, silent: bool) -> bool:
    """Take `[^1]` for what refers to a footnote, if there is one of that label."""
    found = _NOTE.match(state.src, state.pos) if state.src[state.pos] == "[" else None
    if found is None or found[1] not in state.env.get("notes", ()):
        return False
    if not silent:
        state.push("note", "", 0).content = f"[{found[1][1:]}]"
    state.pos = found.end()
    return True


def _read_product(state: StateInline, silent: bool) -> bool:
    """Keep the stars of `2*3*4` and `2**10`: between digits they multiply."""
    start = end = state.pos
    source: Any = state.src
    if source[start] != "*" or not start or not source[start - 1].isdigit():
        return False
    while end < len(source) and source[end] == "*":
        end += 1
    if end == len(source) or not source[end].isdigit():
        return False
    if not silent:
        state.pending += source[start:end]
    state.pos = end
    return True
