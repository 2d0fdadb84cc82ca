"""Colours for code: Pygments, piece by piece, going on where the piece before ended."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pygments.lexer import Lexer  # type: ignore[import-untyped]
    from pygments.token import _TokenType  # type: ignore[import-untyped]

State = tuple[str, ...]
START: Final[State] = ("root",)

_ROLES: Final = (
    ("Comment", "comment"),
    ("Keyword", "keyword"),
    ("Operator.Word", "keyword"),
    ("Literal.String", "string"),
    ("Literal.Number", "number"),
    ("Name.Function", "function"),
    ("Name.Class", "function"),
    ("Name.Decorator", "decorator"),
    ("Name.Tag", "keyword"),
    ("Name.Attribute", "decorator"),
    ("Name.Builtin", "builtin"),
    ("Name.Exception", "builtin"),
    ("Generic.Deleted", "deleted"),
    ("Generic.Inserted", "inserted"),
    ("Generic.Heading", "function"),
    ("Generic.Subheading", "function"),
    ("Generic.Prompt", "comment"),
)
ROLES: Final = tuple(sorted({role for _, role in _ROLES}))


class Piece(NamedTuple):
    """A run of code that has one role; the empty role is plain code."""

    text: str
    role: str


def highlight(code: str, language: str, state: State = START) -> tuple[list[Piece], State]:
    """Return the code's pieces and the state in which its end leaves the lexer.

    Joined, the pieces are the code exactly. An unknown language gives one plain piece.
    """
    lexer = _lexer(language.lower())
    if lexer is None:
        return [Piece(code, "")], START
    text = f"{code}\n"
    end = list(state)
    pieces: list[Piece] = []
    for kind, value in _lex(lexer, text, end):
        role = _role(kind)
        if pieces and pieces[-1].role == role:
            pieces[-1] = Piece(pieces[-1].text + value, role)
        else:
            pieces.append(Piece(value, role))
    if "".join(piece.text for piece in pieces) != text:
        return [Piece(code, "")], START  # a lexer that alters what it reads is not trusted
    pieces[-1] = Piece(pieces[-1].text[:-1], pieces[-1].role)
    return pieces, tuple(end)


@lru_cache(maxsize=64)
def _lexer(language: str) -> Lexer | None:
    """Return the lexer of a language. Imported late: code may never come."""
    from pygments.lexers import get_lexer_by_name  # type: ignore[import-untyped]
    from pygments.util import ClassNotFound  # type: ignore[import-untyped]

    if not language or language in ("text", "plain", "plaintext", "txt", "output"):
        return None
    try:
        lexer: Lexer = get_lexer_by_name(language)
    except ClassNotFound:
        return None
    return lexer


def file_ending(language: str) -> str:
    """Return how names of files in a language end, such as ``.py``; ``.txt`` if not known."""
    lexer = _lexer(language)
    patterns = [] if lexer is None else lexer.filenames
    plain = (each[1:] for each in patterns if each.startswith("*.") and each[2:].isalnum())
    return next(plain, ".txt")


@lru_cache(maxsize=512)
def _role(kind: _TokenType) -> str:
    name = str(kind).removeprefix("Token.")
    return next((role for prefix, role in _ROLES if name.startswith(prefix)), "")


def _lex(lexer: Lexer, text: str, stack: list[str]) -> Iterator[tuple[_TokenType, str]]:
    """Yield the tokens of `text`, and leave in `stack` the states that its end is in.

    Pygments' own loop starts from a stack of states but does not tell where it ended, so this is
    that loop (RegexLexer.get_tokens_unprocessed). Lexers that are made otherwise start anew.
    """
    from pygments.lexer import RegexLexer

    if type(lexer).get_tokens_unprocessed is not RegexLexer.get_tokens_unprocessed:
        yield from ((kind, value) for _, kind, value in lexer.get_tokens_unprocessed(text))
        return
    if any(name not in lexer._tokens for name in stack):
        stack[:] = START
    at = 0
    while at < len(text):
        tokens, at = _step(lexer, text, at, stack)
        yield from tokens


def _step(
    lexer: Lexer, text: str, at: int, stack: list[str]
) -> tuple[list[tuple[_TokenType, str]], int]:
    """Apply the first rule that fits at a position; return its tokens and where it ends."""
    from pygments.token import Error, Whitespace, _TokenType

    for match, action, following in lexer._tokens[stack[-1]]:
        if found := match(text, at):
            if isinstance(action, _TokenType):
                tokens = [(action, found[0])]
            else:
                tokens = [token[1:] for token in action(lexer, found)] if action else []
            _change(stack, following)
            return tokens, found.end()
    if text[at] == "\n":
        stack[:] = START
        return [(Whitespace, "\n")], at + 1
    return [(Error, text[at])], at + 1


def _change(stack: list[str], following: tuple[str, ...] | str | int | None) -> None:
    """Apply what a lexer's rule says about the stack of states; the lowest one always stays."""
    if isinstance(following, int):
        del stack[1 if -following >= len(stack) else following :]
        return
    for state in (following,) if isinstance(following, str) else following or ():
        if state == "#pop":
            del stack[max(1, len(stack) - 1) :]
        else:
            stack.append(stack[-1] if state == "#push" else state)
