import pytest

from engine.tools.browser.citations import number_citations, read_display
from engine.tools.browser.pages import Reference

KNOWN = {
    0: Reference("Zero", "https://zero.org/"),
    3: Reference("Three", "https://three.org/a"),
    4: Reference("Three again", "https://three.org/a"),
    12: Reference("Twelve", "local://help/keys.md"),
}


def look_up(cursor, line):
    del line
    return KNOWN.get(cursor)


@pytest.mark.parametrize(
    ("text", "numbered", "cited"),
    [
        ("Plain.", "Plain.", []),
        ("So it is 【3†L5】.", "So it is [1].", [3]),
        ("So【3†L5-L9】 and 【0†L1-9】.", "So[1] and [2].", [3, 0]),
        ("A 【3†L5】 b 【0†L1】 c 【3†L7】", "A [1] b [2] c [1]", [3, 0]),
        ("A 【3†L5】 b 【4†L5】", "A [1] b [1]", [3]),
        ("A 【3†L5】【3†L8】 【4†L1】【0†L1】", "A [1][2]", [3, 0]),
        ("【12†source】", "[1]", [12]),
        ("【12†L3–L7】【0†Title†zero.org】", "[1][2]", [12, 0]),
        ("【3:0†L2】", "[1]", [3]),
        ("【 3 † L2 】", "[1]", [3]),
        # What cites nothing that is known stays for all to see.
        ("【7†L1】 【3†L1】", "【7†L1】 [1]", [3]),
        ("【99999999999999999999†L1】", "【99999999999999999999†L1】", []),
        ("【3†L99999999999999999999】", "[1]", [3]),
        ("【turn0search1】 【】 【3】 【x†y】", "【turn0search1】 【】 【3】 【x†y】", []),
        ("日本【重要】語", "日本【重要】語", []),
        ("【3†a\nb】", "【3†a\nb】", []),
        ("open 【3†L", "open 【3†L", []),
        ("【【3†L1】】", "【[1]】", [3]),
    ],
)
def test_citations_become_numbers(text, numbered, cited):
    done = number_citations(text, look_up)
    assert done.text == numbered
    assert done.references == tuple(KNOWN[cursor] for cursor in cited)
    assert done.held == ""


def test_numbers_can_be_written_otherwise():
    text = "A 【3†L1】"
    done = number_citations(text, look_up, mark=lambda n, reference: f"[{n}]({reference.url})")
    assert done.text == "A [1](https://three.org/a)"


ANSWER = "It is so 【3†L1-L2】【0†L4】, they say 【7†L2】; 【never】 mind 【12†x†y】 the 【rest"


def test_an_answer_that_is_still_written_never_shows_half_a_citation():
    final = number_citations(ANSWER, look_up)
    shown = ""
    for length in range(len(ANSWER) + 1):
        done = number_citations(ANSWER[:length], look_up, is_finished=False)
        assert final.text.startswith(done.text)
        assert done.text.startswith(shown)
        assert len(done.held) < 40
        shown = done.text
    assert shown == final.text


def test_what_is_held_back_is_told():
    done = number_citations("A 【3†L1", look_up, is_finished=False)
    assert (done.text, done.held) == ("A", " 【3†L1")


@pytest.mark.parametrize(
    ("output", "found"),
    [
        (
            "[3] A title (https://a.org/x)\n**viewing lines [0 - 9] of 9**\n\nL0: ",
            (3, Reference("A title", "https://a.org/x")),
        ),
        (
            "[0] some (odd) query\n**viewing lines [0 - 9] of 9**\n\nL0: ",
            (0, Reference("some (odd) query", "")),
        ),
        (
            "[12] Find results for text: `x` in `Keys (all)` (local://help/keys.md)\n"
            "**viewing lines [0 - 1] of 1**\n\n",
            (12, Reference("Keys (all)", "local://help/keys.md")),
        ),
        ("Error: no", None),
        ("[3] A title (https://a.org/x)\n", None),
        ("", None),
    ],
)
def test_a_display_tells_its_cursor_and_document(output, found):
    assert read_display(output) == found
