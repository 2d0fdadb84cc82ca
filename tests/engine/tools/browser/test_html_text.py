import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engine.tools.browser.html_text import CUT, read_html
from engine.tools.browser.links import LINK
from engine.tools.registry import ToolError

URL = "https://example.org/docs/page?x=1"


def text_of(html):
    return read_html(html, URL).text


CORPUS = {
    "words": ("<p>One\n  two\t three</p>", "One two three"),
    "paragraphs": ("<p>One</p><p>Two</p>", "One\n\nTwo"),
    "divisions": ("<div>One</div><div>Two</div>", "One\nTwo"),
    "nested divisions": ("<div><div><div>One</div></div></div>Two", "One\nTwo"),
    "letters of one word": ("<p><b>H</b>ello, W<i>orl</i>d</p>", "Hello, World"),
    "blanks at edges": ("<p>a <b> b </b> c</p>", "a b c"),
    "line break": ("<p>One<br>Two<br/>Three</p>", "One\nTwo\nThree"),
    "no-break blanks": ("<p>a&nbsp;&nbsp;b</p>", "a b"),
    "entities": (
        "<p>&lt;b&gt; &amp;amp; &copy; &#8364; &#x1F600; &eacute;</p>",
        "<b> &amp; © € 😀 é",
    ),
    "broken entities": ("<p>AT&T &nosuch; &#xZZ; 5 &lt 6</p>", "AT&T &nosuch; &#xZZ; 5 < 6"),
    "headings": (
        "<h1>One</h1><p>x</p><h3>Two <em>three</em></h3>y",
        "# One\n\nx\n\n### Two three\n\ny",
    ),
    "empty heading": ("<h2> </h2>x", "x"),
    "list": ("<p>a</p><ul><li>One<li>Two</ul><p>b</p>", "a\n\n  * One\n  * Two\n\nb"),
    "list of paragraphs": (
        "<ul><li><p>One</p></li><li><p>Two</p><p>More</p></li></ul>",
        "  * One\n  * Two\n\n  More",
    ),
    "numbered list": (
        '<ol start="3"><li>c</li><li value="7">g</li><li>h</li></ol>',
        "  3. c\n  7. g\n  8. h",
    ),
    "bad numbers": ('<ol start="x"><li value="99999999999999">a</ol>', "  1. a"),
    "nested list": (
        "<ul><li>One<ol><li>In</li></ol></li><li>Two</li></ul>",
        "  * One\n    1. In\n  * Two",
    ),
    "item without list": ("<li>One</li>", "  * One"),
    "empty item": ("<ul><li></li><li>Two</li></ul>", "  * Two"),
    "definitions": ("<dl><dt>Term</dt><dd>What it is.</dd></dl>", "Term\n    What it is."),
    "quote": ("<blockquote><p>One</p><p>Two</p></blockquote>x", "> One\n\n> Two\n\nx"),
    "quote in quote": ("<blockquote>a<blockquote>b</blockquote></blockquote>", "> a\n\n> > b"),
    "short quote": ("<p>He said <q>yes</q>.</p>", "He said “yes”."),
    "code block": (
        "<p>x</p><pre><code>def f():\n    return <b>1</b>\n\n</code></pre>y",
        "x\n\n    def f():\n        return 1\n\ny",
    ),
    "code block with tabs": ("<pre>a\tb\n\tc</pre>", "    a       b\n            c"),
    "code in words": (
        "<p>Run <code>make  all</code> or <kbd>Ctrl</kbd>.</p>",
        "Run `make all` or `Ctrl`.",
    ),
    "rule": ("a<hr>b", "a\n\n* * *\n\nb"),
    "scripts": ("<p>H<sub>2</sub>O, x<sup>10</sup>, a<sup>n m</sup></p>", "H_{2}O, x^{10}, an m"),
    "table": ("<table><tr><th>A<th>B<tr><td>1<td>2</table>", "A | B\n--- | ---\n1 | 2"),
    "table without headers": ("<table><tr><td>1<td>2<tr><td>3<td>4</table>", "1 | 2\n3 | 4"),
    "table with a caption": ("<table><caption>Cap</caption><tr><td>1<td>2</table>", "Cap\n1 | 2"),
    "row header": (
        "<table><tr><th>Name<td>Ada<tr><th>Born<td>1815</table>",
        "Name | Ada\nBorn | 1815",
    ),
    "cells over rows": (
        "<table><tr><td rowspan=2>a<td>b<tr><td>c<tr><td>d<td>e</table>",
        "a | b\na | c\nd | e",
    ),
    "cells over columns": (
        "<table><tr><td colspan=2>a<td>b<tr><td>c<td>d<td>e</table>",
        "a |  | b\nc | d | e",
    ),
    "mad spans": ("<table><tr><td colspan=x rowspan=-1>a<td>b</table>", "a | b"),
    "cells with blocks": (
        "<table><tr><td><p>a</p><p>b</p><td>c<br>d<tr><td><ul><li>e<li>f</ul><td>g</table>",
        "a b | c d\ne; f | g",
    ),
    "table as layout": (
        "<table><tr><td><h2>Menu</h2></td><td><p>Text</p></td></tr></table>",
        "## Menu\n\nText",
    ),
    "table in a table": ("<table><tr><td><table><tr><td>1<td>2</table><td>x</table>", "1 | 2\n\nx"),
    "empty table": ("a<table><tr><td></td></tr></table>b", "a\n\nb"),
    "buttons apart": ("<button>Yes</button><button>No</button>", "Yes No"),
    "image": (
        '<img src=a alt="A cat"><img src=b title="A dog">',
        "[Image 0: A cat][Image 1: A dog]",
    ),
    "image without words": ('<p>x <img src=a> y <img src=b alt=""> z</p>', "x [Image 0] y z"),
    "counting image": ("<p>x<img src=a width=1 height=1>y</p>", "xy"),
    "script, style and the like": (
        "<p>a</p><script>no()</script><style>p{}</style><template>no</template>"
        "<svg><text>no</text></svg>"
        "<iframe src=x>no</iframe><select><option>no</select><!-- no -->"
        "<object>no</object><p>b</p>",
        "a\n\nb",
    ),
    "what is for browsers without scripts": ("<noscript><p>a</p></noscript>", "a"),
    "hidden": (
        "<p hidden>no</p><p aria-hidden=true>no</p><div style='display: none'><p>no</p></div>"
        "<p style='color:red; VISIBILITY : hidden'>no</p><p style='opacity:0'>no</p>"
        "<p style='font-size:0px'>no</p><p style='position:absolute;left:-9999px'>no</p>"
        "<dialog>no</dialog><input type=hidden value=no>yes",
        "yes",
    ),
    "not hidden": (
        "<p style='opacity:0.5'>a</p><p style='font-size:0.9em'>b</p><p style='left:-1px'>c</p>"
        "<dialog open>d</dialog><p aria-hidden=false>e</p>",
        "a\n\nb\n\nc\n\nd\n\ne",
    ),
    "a body that scripts show": ("<body style='opacity:0'><p>a</p>", "a"),
    "invisible characters": (
        "<p>a\u200b\u00adb\u202ec&#xE0041;&#x1b;[31m&zwj;d</p>",
        "abc[31m\u200dd",
    ),
    "forged marks": ("<p>【1†L2】 &#12304;2†x&#12305;</p>", "〖1†L2〗 〖2†x〗"),
    "formula": (
        '<p>So <math alttext="{\\displaystyle a^{2}}"><mi>a</mi></math> is</p>',
        "So $a^{2}$ is",
    ),
    "formula of KaTeX": (
        '<span class=katex><math><semantics><mi>x</mi><annotation encoding="application/x-tex">x_1'
        "</annotation></semantics></math><span aria-hidden=true>x1</span></span>",
        "$x_1$",
    ),
    "formula of Wikipedia": (
        '<span class="mwe-math-mathml-inline" style="display: none;">'
        '<math alttext="{\\displaystyle E}"><mi>E</mi></math></span>'
        '<img aria-hidden="true" alt="{\\displaystyle E}">',
        "$E$",
    ),
    "wide characters": ("<p>日本語\n  の文</p>", "日本語 の文"),
    "unclosed": ("<p>a<b>b<i>c", "abc"),
    "wrongly nested": ("<b>a<p>b</b>c</p>", "a\nbc".replace("\n", "\n\n")),
    "text alone": ("just text", "just text"),
    "nothing": ("", ""),
    "no tag at all": ("<<<>>>", "<<<>>>"),
}


@pytest.mark.parametrize("name", CORPUS)
def test_html_is_written_as_text(name):
    html, expected = CORPUS[name]
    assert text_of(html) == expected


LINKS = {
    "of this site": ('<a href="/a">Go</a>', "【0†Go】", ["https://example.org/a"]),
    "relative": ('<a href="b">Go</a>', "【0†Go】", ["https://example.org/docs/b"]),
    "of another site": ('<a href="http://w3.org/x">Go</a>', "【0†Go†w3.org】", ["http://w3.org/x"]),
    "with a port": ('<a href="//h.org:81/">Go</a>', "【0†Go†h.org:81】", ["https://h.org:81/"]),
    "numbered once": (
        '<a href="/a">One</a> <a href="/b">Two</a> <a href="/a">Again</a>',
        "【0†One】 【1†Two】 【0†Again】",
        ["https://example.org/a", "https://example.org/b"],
    ),
    "blanks outside": ('a<a href="/a"> Go </a>b', "a 【0†Go】 b", ["https://example.org/a"]),
    "blanks in the URL": ('<a href=" /a\nb ">Go</a>', "【0†Go】", ["https://example.org/ab"]),
    "with a dagger": ('<a href="/a">A†B</a>', "【0†A‡B】", ["https://example.org/a"]),
    "around an image": (
        '<a href="/a"><img alt="Logo"></a>',
        "【0†[Image 0: Logo]】",
        ["https://example.org/a"],
    ),
    "around blocks": (
        '<a href="/a"><h2>Card</h2><p>More</p></a>',
        "【0†Card More】",
        ["https://example.org/a"],
    ),
    "in a table": (
        '<table><tr><td><a href="/a">x</a><td>y</table>',
        "【0†x】 | y",
        ["https://example.org/a"],
    ),
    "in code": (
        '<pre>see <a href="/a">f()</a></pre>',
        "    see 【0†f()】",
        ["https://example.org/a"],
    ),
    "with a base": (
        '<base href="/other/"><a href="a">Go</a>',
        "【0†Go】",
        ["https://example.org/other/a"],
    ),
    "to a part of another page": ('<a href="/a#p">Go</a>', "【0†Go】", ["https://example.org/a#p"]),
    "to a part of this page": (f'<a href="#p">Go</a> <a href="{URL}#p">to</a>', "Go to", []),
    "of mail and script": ('<a href="mailto:a@b.c">M</a><a href="javascript:x()">J</a>', "MJ", []),
    "of other schemes": ('<a href="file:///etc/x">F</a> <a href="data:x">D</a>', "F D", []),
    "to nowhere": (
        '<a name="x">A</a> <a href="http://[bad">B</a> <a href="http://">C</a>',
        "A B C",
        [],
    ),
    "with a mad host": ('<a href="http://a†b】c/">Go</a>', "Go", []),
    "empty": ('x<a href="/a"></a>y', "xy", []),
    "forwarding": (
        '<meta http-equiv="Refresh" content="0; url=/new">',
        "【0†This page moved here】",
        ["https://example.org/new"],
    ),
}


@pytest.mark.parametrize("name", LINKS)
def test_links_are_numbered_with_the_domain_of_others(name):
    html, text, links = LINKS[name]
    page = read_html(html, URL)
    assert page.text == text
    assert list(page.links) == links


@pytest.mark.parametrize(
    ("html", "title"),
    [
        ("<title> A &amp;\n B </title>x", "A & B"),
        ("<svg><title>No</title></svg><h1>Yes</h1>", "Yes"),
        ("<p>x", ""),
        ("<title>【1†x】</title>", "〖1†x〗"),
        (f"<title>{'x' * 999}</title>", "x" * 200),
    ],
)
def test_the_title_is_found(html, title):
    assert read_html(html, URL).title == title


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000,
        "<ul><li>x" * 30_000,
        "<blockquote>x" * 30_000,
        "<b>" * 30_000 + "<p>x" * 30_000,
        "".join(f"<p><i id={n}>" for n in range(30_000)),
        "<span>" * 30_000 + "<div></div>" * 30_000,
        "<span>" * 30_000 + "</x>" * 30_000,
    ],
)
def test_pages_that_keep_a_parser_busy_are_refused_at_once(html):
    begun = time.monotonic()
    with pytest.raises(ToolError, match="nested too deeply"):
        read_html(html, URL)
    assert time.monotonic() - begun < 3


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 1000 + "x",
        "<ul><li>" * 1000 + "x",
        "<blockquote>" * 1000 + "x",
        "<table><tr><td>" * 1000 + "x",
        "<sup>" * 1000 + "x",
        "<p>" * 20_000 + "x",
        "<div><p></p></div>" * 5_000 + "x",
    ],
)
def test_deep_and_long_pages_are_read(html):
    assert "x" in text_of(html)[-10:]


def test_a_page_with_very_much_text_is_cut():
    text = text_of("<p>" + "word " * 300_000 + "<p>more" * 10)
    assert text.endswith(CUT)
    assert len(text) < 1_600_000


PIECES = (
    *("<p>", "</p>", "<ul>", "<li>", "</ul>", "<ol start=2>", "<table>", "<tr>", "<td rowspan=3>"),
    *("</table>", "<a href=/x>", "<a href=//y.org>", "</a>", "<pre>", "</pre>", "<h2>", "</h2>"),
    *("<blockquote>", "</blockquote>", "<dl><dd>", "</dl>", "<br>", "<hr>", "<img alt=i src=j>"),
    *("<sup>", "</sup>", "<code>", "</code>", "<div hidden>", "</div>", "<b>", "</b>", "<q>"),
    *("one", " two ", "\n", "\t", "【3†", "†", "】", "&#12304;", "日本", "<", "&", "<!--", "-->"),
)


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
@example("<a href=/x><table><a href=/x>【3†")
def test_whatever_is_nested_all_marks_are_of_links(html):
    page = read_html(html, URL)
    assert page.text.count("【") == page.text.count("】") == len(LINK.findall(page.text))
    assert {int(link["id"]) for link in LINK.finditer(page.text)} <= set(range(len(page.links)))
    if "<pre>" not in html:
        assert "\n\n\n" not in page.text


def test_the_walk_can_be_ended():
    def stop():
        raise ToolError("enough")

    with pytest.raises(ToolError, match="enough"):
        read_html("<p>x" * 2_000, URL, stop)
