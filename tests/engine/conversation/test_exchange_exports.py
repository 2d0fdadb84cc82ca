"""What is written for people and other programs says what was said, and nothing else."""

from __future__ import annotations

import json
import re
import time
from html.parser import HTMLParser
from unicodedata import category

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from engine.conversation.exchange import EXPORTERS, ExchangeError, exporter_for, write_file
from engine.conversation.exchange.draft import Draft, Said, call, final, reasoning, result, user
from engine.conversation.exchange.writing import shown
from engine.conversation.messages import Message, Session
from engine.harmony.encoding import (
    CALL,
    CHANNEL,
    CONSTRAIN,
    END,
    FIRST_SPECIAL,
    MESSAGE,
    START,
    load_encoding,
)
from engine.harmony.prompt import (
    render_assistant,
    render_developer,
    render_tool_result,
    render_user,
)
from engine.tools.browser.pages import Reference
from tests.engine.conversation.exchange_files import (
    ANY_TEXT,
    CONTROL,
    MADE,
    a_session,
    conversations,
    is_fit,
)

SAID = (
    user("Weather?"),
    reasoning("Look it up."),
    call("functions.look", '{"city":"Oslo"}', is_json=True),
    result("functions.look", "3 degrees"),
    final("**Cold**: 3 degrees."),
)


def written(name: str, *said: Said, title: str = "") -> str:
    return EXPORTERS[name].write(a_session(*said, name=title))


# --- HTML -------------------------------------------------------------------------------------


class Page(HTMLParser):
    """Reads a page as a browser does: its elements, their attributes, and its visible text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        if tag not in ("meta", "br", "hr"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "style" not in self.open:
            self.text.append(data)


def test_a_page_shows_everything_and_folds_the_reasoning_and_the_call():
    page = Page(written("html", *SAID, title="Oslo & <Rome>"))
    assert page.open == []
    assert [tag for tag, _ in page.tags].count("details") == 3
    text = "".join(page.text)
    for piece in (
        "Oslo & <Rome>",
        "Weather?",
        "Look it up.",
        '"city": "Oslo"',
        "3 degrees",
        "Cold",
    ):
        assert piece in text
    assert ("strong", {}) in page.tags


def test_a_page_is_light_and_dark_and_loads_nothing():
    text = written("html", final("![p](https://e.org/p.png) [a](https://e.org) <img src=//x>"))
    assert "color-scheme: light dark" in text
    assert "prefers-color-scheme: dark" in text
    tags = [tag for tag, _ in Page(text).tags]
    assert {"img", "script", "link", "iframe", "object"}.isdisjoint(tags)
    assert "default-src 'none'" in text


ELEMENTS = {
    *("html", "head", "meta", "title", "style", "body", "header", "h1", "p", "main", "article"),
    *("h2", "div", "time", "details", "summary", "pre"),
}
OF_MARKDOWN = {
    *("a", "blockquote", "br", "code", "del", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li"),
    *("ol", "p", "pre", "s", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul"),
}
HOSTILE = st.sampled_from(
    [
        "<script>alert(1)</script>",
        "</pre></details></article></main>",
        '"><img src=x onerror=alert(1)>',
        "[x](javascript:alert(1))",
        "![x](https://e.org/x.png)",
        "<!--",
        "\x00\x1b[2J\u202e",
        "```\n</code>",
        "&lt;b&gt;",
        "You\n---",
        "##  Assistant ##",
        "- ```\n> ~~~",
        "\ud800",
    ]
)


@given(st.lists(HOSTILE | ANY_TEXT, min_size=5, max_size=5))
@settings(deadline=None)
def test_nothing_that_was_said_becomes_markup(texts):
    name, *rest = texts
    make = [user, reasoning, lambda text: call(text, text, is_json=True), final]
    page = Page(written("html", *(m(t) for m, t in zip(make, rest, strict=True)), title=name))
    assert page.open == []
    for tag, attributes in page.tags:
        assert tag in ELEMENTS | OF_MARKDOWN
        assert not any(key.startswith("on") for key in attributes)
        assert not str(attributes.get("href", "")).lower().startswith(("javascript:", "data:"))
    text = "".join(page.text)
    assert all(shown(said) in text for said in rest[:2])
    assert not any(category(c) == "Cs" or (c < " " and c not in "\n\t") for c in text)


# --- Markdown ---------------------------------------------------------------------------------


def test_markdown_of_a_conversation():
    assert written("markdown", *SAID, title="Oslo") == (
        "# Oslo\n\n2026-01-02 03:04 UTC\n\n## You\n\nWeather?\n\n## Assistant\n\n"
        "<details>\n<summary>Reasoning</summary>\n\n```\nLook it up.\n```\n\n</details>\n\n"
        "<details>\n<summary>Call of functions.look</summary>\n\n"
        '```json\n{\n  "city": "Oslo"\n}\n```\n\n</details>\n\n'
        "<details>\n<summary>Answer of functions.look</summary>\n\n"
        "```\n3 degrees\n```\n\n</details>\n\n**Cold**: 3 degrees.\n"
    )


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("a < b && c", "a < b && c"),
        ("code `<b>` stays", "code `<b>` stays"),
        ("``<b>`<c>`` `<d> ``` <e>", "``<b>`<c>`` `&lt;d> ``` &lt;e>"),
        ("```html\n<b>\n## You\n```", "```html\n<b>\n## You\n```"),
        ("</details><!-- gone", "&lt;/details>&lt;!-- gone"),
        ("## You\n### Mine", "\\## You\n### Mine"),
        (" You \n---\nOther\n---", " You \n\\---\nOther\n---"),
        ("~~~\nleft open", "~~~\nleft open\n~~~"),
        ("\x00\r\n\ud800", "\ufffd\n\ufffd"),
    ],
)
def test_markdown_of_a_message_keeps_to_its_message(said, kept):
    text = written("markdown", final(said), title="t")
    assert text.partition("## Assistant\n\n")[2] == kept + "\n"


@given(st.lists(HOSTILE | ANY_TEXT, min_size=3, max_size=3))
@settings(deadline=None)
def test_what_comes_after_a_message_is_seen_whatever_the_message_is(texts):
    said = [user(texts[0]), reasoning(texts[1]), final(texts[2]), user("the end")]
    text = written("markdown", *said, title="t")
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(text)
    headings = [t for i, t in enumerate(tokens) if i and tokens[i - 1].tag == "h2" and t.content]
    ours = [t.content for t in headings if t.content in ("You", "Assistant")]
    assert ours == ["You", "Assistant", "You"]
    assert tokens[-2].content == "the end"


# --- Harmony text and OpenAI messages ---------------------------------------------------------


def test_harmony_text_is_what_the_model_reads():
    draft = Draft("made", instructions="Be kind.")
    for said in SAID:
        draft.add(said)
    draft.add(call("python", "1", is_json=False))
    rendered = [
        render_developer("Be kind.", ()),
        render_user("Weather?"),
        render_assistant("analysis", None, None, "Look it up."),
        render_assistant("commentary", "functions.look", "json", '{"city":"Oslo"}'),
        render_tool_result("functions.look", "3 degrees"),
        render_assistant("final", None, None, "**Cold**: 3 degrees."),
        render_assistant("commentary", "python", None, "1"),
    ]
    expected = [load_encoding().decode(list(tokens)) for tokens in rendered]
    assert EXPORTERS["harmony"].write(draft.session(MADE)) == "\n".join(expected) + "\n"


def test_openai_messages_of_a_conversation():
    function = {"name": "look", "arguments": '{"city":"Oslo"}'}
    assert json.loads(written("openai", *SAID)) == [
        {"role": "user", "content": "Weather?"},
        {
            "role": "assistant",
            "content": None,
            "reasoning": "Look it up.",
            "tool_calls": [{"id": "call_3", "type": "function", "function": function}],
        },
        {"role": "tool", "tool_call_id": "call_3", "name": "look", "content": "3 degrees"},
        {"role": "assistant", "content": "**Cold**: 3 degrees."},
    ]


def test_only_the_active_branch_is_written_and_the_others_are_counted():
    draft = Draft("made")
    for said in (user("q"), final("first")):
        draft.add(said)
    draft.last = 1
    draft.add(final("second"))
    session = draft.session(MADE)
    for name in ("markdown", "html", "openai", "harmony"):
        text = EXPORTERS[name].write(session)
        assert "second" in text
        assert "first" not in text
    assert "1 message of other branches not shown" in EXPORTERS["markdown"].write(session)
    assert "first" in EXPORTERS["jsonl"].write(session)


def test_what_the_model_forged_is_marked_and_goes_to_no_other_program():
    forged = Message(2, 1, "user", "forged words", irregular=True, is_genuine=False)
    messages = {1: Message(1, None, "user", "q"), 2: forged}
    session = Session(a_session(user("q")).head, messages, 2)
    for name in ("markdown", "html"):
        assert "Irregular output, as user" in EXPORTERS[name].write(session)
    for name in ("openai", "harmony"):
        assert "forged words" not in EXPORTERS[name].write(session)


def test_what_is_read_tells_what_is_cited_and_what_is_read_in_again_keeps_the_marks():
    page = "[1] Ferns [all] (https://a.example/ferns)\n**viewing lines [0 - 3] of 9**\n\nL0: words"
    found = "[2] ferns\n**viewing lines [0 - 3] of 9**\n\nL0: # Search Results"
    answer = "They grow 【1†L2-L4】, so 【shade】 【2†L0】."
    said = [
        *(user("Ferns?"), call("browser.open", "{}", is_json=True), result("browser.open", page)),
        *(result("functions.look", page.replace("[1]", "[2]")), final(answer)),
        *(result("browser.search", found), user("So?"), final("Yes 【1†L2】【2†L3】")),
    ]
    session = a_session(*said)
    texts = {name: each.write(session) for name, each in EXPORTERS.items()}
    for name in ("openai", "harmony", "jsonl"):
        assert answer in texts[name]
    for text in (texts["markdown"], "".join(Page(texts["html"]).text)):
        assert "They grow [1], so 【shade】 【2†L0】." in text
        assert "Yes [1]【2†L3】" in text
        assert text.count("Sources") == 2
    link = "1. [Ferns \\[all\\]](https://a.example/ferns)"
    assert texts["markdown"].count(link) == 2
    assert ("a", {"href": "https://a.example/ferns"}) in Page(texts["html"]).tags
    # Who has the pages at hand knows where a result of a search leads.
    known = {2: Reference("Moss", "https://b.example")}
    text = EXPORTERS["markdown"].write(session, lambda cursor, _: known.get(cursor))
    assert "They grow [1], so 【shade】 [2]." in text
    assert f"{link}\n2. [Moss](https://b.example)" in text
    assert session.path()[-1].text == "Yes 【1†L2】【2†L3】"


# --- all of them ------------------------------------------------------------------------------


@given(conversations())
@settings(max_examples=50, deadline=None)
def test_every_format_can_write_every_conversation_in_utf_8(session):
    for exporter in EXPORTERS.values():
        exporter.write(session).encode("utf-8")


@pytest.mark.parametrize("name", EXPORTERS)
def test_a_format_is_told_by_the_name_of_a_file(name, tmp_path):
    suffix = EXPORTERS[name].suffix
    assert exporter_for(tmp_path / f"f{suffix.upper()}") is EXPORTERS[name]
    assert exporter_for(tmp_path / "f") is None


def test_control_tokens_in_text_stay_text_when_the_conversation_goes_on():
    said = [user(CONTROL), reasoning(CONTROL), call(CONTROL, CONTROL, is_json=True)]
    session = a_session(*said, result(CONTROL, CONTROL), final(CONTROL))
    frames = []
    for m in session.path():
        assert is_fit(m)
        if m.role == "user":
            tokens = render_user(m.text)
        elif m.role == "tool":
            tokens = render_tool_result(m.name, m.text, m.channel)
        else:
            tokens = render_assistant(m.channel, m.recipient, m.content_type, m.text)
        frames.append([token for token in tokens if token >= FIRST_SPECIAL])
    assert frames == [
        [START, MESSAGE, END],
        [START, CHANNEL, MESSAGE, END],
        [START, CHANNEL, CONSTRAIN, MESSAGE, CALL],
        [START, CHANNEL, MESSAGE, END],
        [START, CHANNEL, MESSAGE, END],
    ]


@pytest.mark.parametrize("text", ["`", "<", "[", "` `` ", "*a ", "> ", "- ", "![", "&", "<a>\n"])
def test_long_texts_of_anything_are_written_in_time(text):
    began = time.process_time()
    for name in EXPORTERS:
        written(name, user(20_000 * text), final(2_000 * text))
    assert time.process_time() - began < 10


def test_a_file_is_written_whole_or_left_as_it_was(tmp_path):
    path = tmp_path / "f.md"
    write_file(path, "first")
    path.chmod(0o600)
    with pytest.raises(UnicodeEncodeError):
        write_file(path, "second\ud800")
    assert path.read_text() == "first"
    assert list(tmp_path.iterdir()) == [path]
    write_file(path, "third")
    assert (path.read_text(), path.stat().st_mode & 0o777) == ("third", 0o600)
    with pytest.raises(ExchangeError, match=r"f\.md/x cannot be written"):
        write_file(path / "x", "text")
    with pytest.raises(ExchangeError, match=r"There is no folder .*none/deep\. Make it, or name"):
        write_file(tmp_path / "none" / "deep" / "f.md", "text")
    assert list(tmp_path.iterdir()) == [path]


def test_the_text_of_a_page_is_escaped_once():
    (inside,) = re.findall(r"<pre[^>]*>(.*?)</pre>", written("html", reasoning("&amp; <b>")))
    assert inside == "&amp;amp; &lt;b&gt;"
