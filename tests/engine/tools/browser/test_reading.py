import pytest

from engine.tools.browser.fetching import Fetched
from engine.tools.browser.html_text import CUT
from engine.tools.browser.reading import read_page
from engine.tools.registry import ToolError

URL = "https://example.org/docs/file"


def read(content, content_type="", url=URL, **more):
    return read_page(Fetched(url, content, content_type, more.pop("is_cut", False)), **more)


def said(page):
    blank, url, *rest = page.text.split("\n")
    assert (blank, url) == ("", f"URL: {page.url}")
    return "\n".join(rest)


@pytest.mark.parametrize(
    ("content", "content_type", "url", "text"),
    [
        (b"<p>a", "text/html", URL, "a"),
        (b"<p>a", "application/xhtml+xml; charset=utf-8", URL, "a"),
        (b"  <!DOCTYPE html><p>a", "", URL, "a"),
        (b"<p>a", "", URL + ".html", "a"),
        (b"<p>a", "text/plain", URL + ".html", "<p>a"),
        (b"<p>a", "", URL, "<p>a"),
        (b"a\tb\r\nc", "text/plain", URL, "a       b\nc"),
        (b"a,b\n1,2", "text/csv", URL, "a,b\n1,2"),
        (b"<rss><title>x</title></rss>", "application/rss+xml", URL, "<rss><title>x</title></rss>"),
        (b"x = 1", "application/toml", URL, "x = 1"),
        (b"just text", "application/octet-stream", URL, "just text"),
        (b'{"a":[1,"\\u00e9"]}', "application/json", URL, '{\n  "a": [\n    1,\n    "é"\n  ]\n}'),
        (b'{"a":1}', "application/ld+json", URL, '{\n  "a": 1\n}'),
        (b'{"a":', "application/json", URL, '{"a":'),
        (b"[" * 100_000, "application/json", URL, "[" * 100_000),
        (b"see [x](/a)", "text/markdown", URL, "see 【0†x】"),
        (b"see [x](/a)", "text/plain", URL + ".md", "see 【0†x】"),
        (b"see [x](/a)", "text/plain", URL, "see [x](/a)"),
        ("【1†x】".encode(), "text/plain", URL, "〖1†x〗"),
        (b"", "text/html", URL, "[The page has no text.]"),
        ("é".encode("latin-1"), "text/plain; charset=iso-8859-1", URL, "é"),
        ("é".encode("utf-16"), "text/plain; charset=utf-16", URL, "é"),
    ],
)
def test_each_kind_of_text_is_read(content, content_type, url, text):
    assert said(read(content, content_type, url)) == text


@pytest.mark.parametrize(
    ("content", "content_type", "why"),
    [
        (b"%PDF-1.4 x", "", "PDF file"),
        (b"%PDF-1.4 x", "text/plain", "PDF file"),
        (b"x", "Application/PDF; v=1", "PDF file"),
        (b"MZ\x00\x01", "application/octet-stream", "binary file"),
        (b"\x00\x01", "text/html", "binary file"),
        (b"x", "audio/ogg", "audio/ogg"),
        (b"x", "application/msword", "application/msword"),
    ],
)
def test_what_is_no_text_is_refused_with_a_sentence(content, content_type, why):
    with pytest.raises(ToolError, match=why):
        read(content, content_type)


@pytest.mark.parametrize(
    ("source", "text", "links"),
    [
        ("[a](https://w3.org/x 'T')", "【0†a†w3.org】", ["https://w3.org/x"]),
        ("[a](<b.md>), [c](b.md)", "【0†a】, 【0†c】", ["https://example.org/docs/b.md"]),
        ("[a](x_(y))", "【0†a】", ["https://example.org/docs/x_(y)"]),
        ("![pic](a.png) ![](b.png)", "[Image 0: pic] [Image 1]", []),
        ("[a](#part) [b](mailto:x@y.z)", "a b", []),
        ("`[a](b)` [c](d)", "`[a](b)` 【0†c】", ["https://example.org/docs/d"]),
        ("```\n[a](b)\n```\n[c](d)", "```\n[a](b)\n```\n【0†c】", ["https://example.org/docs/d"]),
        ("~~~~ md\n```\n[a](b)\n~~~~\n", "~~~~ md\n```\n[a](b)\n~~~~", []),
        ("[not a link] (x) [x]", "[not a link] (x) [x]", []),
    ],
)
def test_markdown_keeps_its_form_but_for_links(source, text, links):
    page = read(source.encode(), "text/markdown")
    assert said(page) == text
    assert [link.url for link in page.links] == links


@pytest.mark.parametrize(
    ("content", "content_type", "title"),
    [
        (b"<title>T</title>", "text/html", "T"),
        (b"<p>x", "text/html", "example.org"),
        (b"text\n# The [T](x) #\n", "text/markdown", "The T"),
        (b"text", "text/plain", "example.org"),
    ],
)
def test_a_page_has_a_title(content, content_type, title):
    assert read(content, content_type).title == title


def test_the_source_of_a_page_can_be_read():
    page = read(b"<p>a&amp;b</p>", "text/html", as_source=True)
    assert said(page) == "<p>a&amp;b</p>"
    assert page.title == "Source of the page"


def test_a_page_that_was_cut_says_so():
    assert said(read(b"<p>a", "text/html", is_cut=True)) == f"a\n\n{CUT}"
    assert said(read(b"x" * 1_500_000, "text/plain", is_cut=True)).count(CUT) == 1
