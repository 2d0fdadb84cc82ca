from __future__ import annotations

import pytest
from pygments.lexers import get_lexer_by_name

from harmony_tui.transcript.highlighting import START, _lex, highlight

CODE = {
    "python": 'def f(x):\n    """Doc\n    string."""\n    return f"{x!r}" + \'a\\n\'  # comment\n',
    "c": '#include <x.h>\nint main(void) {\n  /* a\n b */ return "s"[0] + 0x1F;\n}\n',
    "html": "<p class='a'>x</p><script>let a = `b ${c} d`;</script>\n",
    "rust": 'fn main() { let s: &str = r#"raw"#; println!("{s}"); }\n',
    "bash": 'for f in *.txt; do echo "$f ${x:-y}" <<EOF\nhere\nEOF\ndone\n',
    "json": '{"a": [1, 2.5e3, true, null], "b": "c"}\n',
    "yaml": "a:\n  - b: 1 # c\n  - 'd'\n",
    "javascript": "const a = async (b) => { /* c */ return `d${e}`; }\n",
    "sql": "SELECT a, count(*) FROM b WHERE c = 'd' -- e\n",
    "diff": "--- a\n+++ b\n@@ -1 +1 @@\n-c\n+d\n",
}


@pytest.mark.parametrize("language", CODE)
def test_our_loop_gives_the_tokens_that_pygments_gives(language: str) -> None:
    # Fails if Pygments changes the private table that the loop reads.
    lexer = get_lexer_by_name(language)
    theirs = [(kind, value) for _, kind, value in lexer.get_tokens_unprocessed(CODE[language])]
    assert list(_lex(lexer, CODE[language], list(START))) == theirs


@pytest.mark.parametrize("language", CODE)
def test_code_is_never_altered(language: str) -> None:
    for code in (CODE[language], CODE[language][:30], "\n\n x\n\n", ""):
        assert "".join(piece.text for piece in highlight(code, language)[0]) == code


def test_a_piece_goes_on_where_the_one_before_ended() -> None:
    first, state = highlight('x = """one', "python")
    assert first[-1].role == "string"
    assert highlight("two", "python", state)[0] == [("two", "string")]
    assert highlight("two", "python")[0] == [("two", "")]


def test_unknown_languages_are_plain() -> None:
    assert highlight("a = 1", "no-such-language") == ([("a = 1", "")], START)
    assert highlight("a = 1", "")[0] == [("a = 1", "")]
