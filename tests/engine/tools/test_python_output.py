import pytest

from engine.tools.python.output import LIVE_CHARACTERS, LIVE_END, Output, clean, readable
from engine.tools.python.replies import BrokenError, Replies, figures_in


def fed(*parts, kept=24_000):
    heard = []
    output = Output(heard.append, kept)
    for part in parts:
        output.feed(part)
    output.tell(now=True)
    return output.text(), "".join(heard)


def test_a_character_may_come_in_two_parts():
    assert fed(b"a\xe2\x82", b"\xac\n") == ("a€\n", "a€\n")


@pytest.mark.parametrize("size", [0, 1, 299, 300, 301, 5000])
@pytest.mark.parametrize("piece", [1, 7, 4096])
def test_the_beginning_and_the_end_are_kept_however_it_comes(size, piece):
    data = b"".join(b"%06d\n" % number for number in range(size))[: size * 7]
    text, heard = fed(*(data[n : n + piece] for n in range(0, len(data), piece)), kept=2100)
    assert heard == data.decode()
    if len(data) <= 2100:
        assert text == data.decode()
        return
    head, cut, tail = text.split("\n\n")
    assert data.decode().startswith(head)
    assert data.decode().endswith(tail)
    left_out = int(cut.removeprefix("[... ").split()[0].replace(",", ""))
    assert left_out == len(data) - len(head) - 1 - len(tail)
    assert len(tail) > len(head) > 600


def test_no_character_is_cut_in_two():
    text, _ = fed("€".encode() * 2000, kept=1000)
    assert "\ufffd" not in text


def test_what_is_shown_live_ends():
    text, heard = fed(b"x" * LIVE_CHARACTERS, b"y" * 1000)
    assert heard == "x" * LIVE_CHARACTERS + LIVE_END
    assert text.endswith("y" * 1000)


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("\x1b[1;31mred\x1b[0m", "red"),
        ("\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x1b]52;c;eHh4\x07", ""),
        ("a\r\nb\tc", "a\nb\tc"),
        ("\x1b", "\ufffd"),
        ("\x9b31m\x00", "\ufffd31m\ufffd"),
    ],
)
def test_text_is_cleaned(raw, cleaned):
    assert clean(raw) == cleaned


def test_a_progress_bar_is_read_at_its_end():
    assert readable("10%\r50%\r100%\ndone\r\n") == "100%\ndone\n"
    assert readable("10%\r") == "10%"


def test_binary_data_is_counted():
    assert readable("\ufffd\ufffd\ufffdx" * 20) == "[79 characters of binary data]x"
    assert "[80 characters of binary data]" in readable("\ufffd" * 80)
    assert readable("caf\ufffd and caf\ufffd") == "caf\ufffd and caf\ufffd"


@pytest.mark.parametrize("data", [b"x\n", b"[]\n", b"[" * 100_000 + b"\n", b"{" * (2 << 20)])
def test_what_is_no_reply_is_an_error(data):
    with pytest.raises(BrokenError, match="not its own"):
        Replies().feed(data)


def test_replies_may_come_in_parts():
    replies = Replies()
    assert replies.feed(b'{"id": 1}\n{"i') == [{"id": 1}]
    assert replies.feed(b'd": 2}\n') == [{"id": 2}]


def test_only_names_of_figures_are_taken(tmp_path):
    (tmp_path / "figure-1.png").touch()
    (tmp_path / "other.png").touch()
    names = ["figure-1.png", "other.png", "../figure-1.png", "figure-2.png", 3, None]
    assert [figure.path.name for figure in figures_in(tmp_path, names)] == ["figure-1.png"]
    assert figures_in(tmp_path, "figure-1.png") == ()
