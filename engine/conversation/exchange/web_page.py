"""A conversation as one HTML file that needs nothing else: no script, no network, light and dark.

Answers are rendered from their Markdown, without raw HTML and without pictures, which would be
loaded from elsewhere; all other text stands as it was written. The page's policy forbids whatever
might slip through.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING

from engine.conversation.exchange.writing import describe, instructions_of, pretty, shown
from engine.conversation.messages import Message, Session

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

STYLE = """\
:root { color-scheme: light dark; --text: #1c1e21; --page: #fbfbfa; --faint: #62676e;
  --box: #f0f0ee; --line: #dcdcd8; --accent: #0a5cad; }
@media (prefers-color-scheme: dark) { :root { --text: #e4e4e2; --page: #17181a; --faint: #9aa0a8;
  --box: #212326; --line: #35383c; --accent: #7db7f2; } }
body { margin: 2rem auto; max-width: 46rem; padding: 0 1rem; color: var(--text);
  background: var(--page); font: 1rem/1.6 system-ui, sans-serif; overflow-wrap: anywhere; }
header { border-bottom: 1px solid var(--line); margin-bottom: 1.5rem; }
h1 { font-size: 1.4rem; margin: 0 0 .25rem; }
header p, .note { color: var(--faint); margin: .25rem 0; }
article { margin: 1.25rem 0; } article > h2 { font-size: .8rem; color: var(--faint); margin: 0; }
.user > div { background: var(--box); border-radius: .6rem; padding: .6rem .9rem; }
.plain, pre { white-space: pre-wrap; }
pre, details { background: var(--box); border: 1px solid var(--line); border-radius: .4rem; }
pre { padding: .6rem .8rem; overflow-x: auto; }
code, pre { font: .9em/1.5 ui-monospace, monospace; }
details { margin: .5rem 0; padding: .3rem .8rem; } summary { cursor: pointer; color: var(--faint); }
details pre { border: 0; padding: 0; margin: .4rem 0; } a { color: var(--accent); }
table { border-collapse: collapse; } th, td { border: 1px solid var(--line); padding: .2rem .6rem; }
blockquote { border-left: 3px solid var(--line); margin-left: 0; padding-left: 1rem; }
@media print { details { break-inside: avoid; } body { margin: 0; max-width: none; } }
"""


def write(session: Session) -> str:
    """Return the path to the active leaf as an HTML page."""
    title = _text(session.title)
    return "\n".join(
        [
            "<!DOCTYPE html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="referrer" content="no-referrer">',
            f"<title>{title}</title>",
            f"<style>\n{STYLE}</style>",
            "</head>",
            "<body>",
            f'<header><h1 dir="auto">{title}</h1>',
            f"<p>{_text(describe(session))}</p>",
            "</header>",
            "<main>",
            *_articles(session),
            "</main>",
            "</body>",
            "</html>",
            "",
        ]
    )


def _articles(session: Session) -> Iterator[str]:
    markdown = _markdown()
    path = session.path()
    if instructions := instructions_of(session, path):
        yield _folded("Instructions", instructions)
    for message in path:
        if not message.is_genuine:
            yield _folded(f"Irregular output, as {message.role}", message.text)
        elif message.role == "tool":
            yield _folded(f"Answer of {message.name or 'a tool'}", message.text)
        elif message.role == "assistant" and message.recipient is not None:
            yield _folded(f"Call of {message.recipient}", pretty(message.text)[0])
        elif message.channel == "analysis":
            yield _folded("Reasoning", message.text)
        else:
            yield _article(message, markdown)


def _article(message: Message, markdown: MarkdownIt) -> str:
    """Return what a person reads: their own words as they typed them, an answer rendered."""
    if message.role == "assistant":
        speaker = "Assistant"
        content = f'<div dir="auto">{markdown.render(shown(message.text))}</div>'
    else:
        speaker = "You" if message.role == "user" else message.role.capitalize()
        content = f'<div class="plain" dir="auto">{_text(message.text)}</div>'
    kind = "user" if message.role == "user" else "other"
    time = ""
    if message.time is not None:
        stamp = message.time.isoformat(timespec="seconds")
        time = f' <time datetime="{stamp}">{message.time:%Y-%m-%d %H:%M}</time>'
    note = '<p class="note">This message was cut off.</p>' if message.is_cut else ""
    return f'<article class="{kind}"><h2>{_text(speaker)}{time}</h2>{content}{note}</article>'


def _folded(summary: str, text: str) -> str:
    return (
        f'<details><summary>{_text(summary)}</summary><pre dir="auto">{_text(text)}</pre></details>'
    )


def _text(text: str) -> str:
    return escape(shown(text))


def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    return parser.disable("image")
