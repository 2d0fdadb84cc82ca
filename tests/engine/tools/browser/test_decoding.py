import pytest

from engine.tools.browser.decoding import Unpacker, decode

WORDS = "Müller kostet 5 €, “ja”"


@pytest.mark.parametrize(
    ("content", "declared", "text"),
    [
        (WORDS.encode(), None, WORDS),
        (WORDS.encode(), "utf-8", WORDS),
        (WORDS.encode(), '"UTF8"', WORDS),
        (WORDS.encode("cp1252"), None, WORDS),
        (WORDS.encode("cp1252"), "iso-8859-1", WORDS),
        (WORDS.encode("cp1252"), "us-ascii", WORDS),
        (WORDS.encode("cp1252"), "nonsense", WORDS),
        (b"\xef\xbb\xbf" + WORDS.encode(), "iso-8859-1", WORDS),
        (WORDS.encode("utf-16"), None, WORDS),
        (b"\xfe\xff" + WORDS.encode("utf-16-be"), None, WORDS),
        (WORDS.encode("utf-16-le"), "utf-16le", WORDS),
        ("Привет".encode("koi8-r"), "koi8-r", "Привет"),
        ("Привет".encode("cp1251"), "windows-1251", "Привет"),
        ("日本語".encode("shift_jis"), "x-sjis", "日本語"),
        ("日本語".encode("shift_jis"), "Shift_JIS", "日本語"),
        ("日本語".encode("euc_jp"), "euc-jp", "日本語"),
        ("中文".encode("gb18030"), "gb2312", "中文"),
        ("中文".encode("big5"), "big5", "中文"),
        ("한국어".encode("cp949"), "euc-kr", "한국어"),
        # Codecs that are not encodings of text, or that hide ASCII, are not used.
        (b"+ADw-script+AD4-", "utf-7", "+ADw-script+AD4-"),
        (b"uryyb", "rot13", "uryyb"),
        (b"6869", "hex", "6869"),
        (b"\\x3c", "unicode_escape", "\\x3c"),
        (b"xn--mller-kva", "idna", "xn--mller-kva"),
        ("é".encode()[:1], None, ""),
        (b"a\xffb", "utf-8", "a\ufffdb"),
        (b"", None, ""),
    ],
)
def test_text_is_read_in_its_character_set(content, declared, text):
    assert decode(content, declared, is_markup=False) == text


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ('<meta charset="windows-1251">', "cp1251"),
        ("<META CHARSET=windows-1251>", "cp1251"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">', "koi8-r"),
        ('<?xml version="1.0" encoding="windows-1251"?>', "cp1251"),
        ('<meta charset="utf-16">', "utf-8"),
    ],
)
def test_html_may_declare_its_own(head, encoding):
    content = f"{head}<p>Привет".encode(encoding)
    assert decode(content, None, is_markup=True).endswith("Привет")
    assert decode(content, "utf-8", is_markup=True).endswith("Привет") == (encoding == "utf-8")


def test_what_is_plain_may_not():
    assert decode("<meta charset=koi8-r> é".encode(), None, is_markup=False).endswith("é")


def test_a_limit_is_kept_to_the_byte():
    unpacker = Unpacker("", 10)
    assert unpacker.feed(b"12345")
    assert not unpacker.feed(b"6789012345")
    assert (unpacker.content, unpacker.is_cut) == (b"1234567890", True)
