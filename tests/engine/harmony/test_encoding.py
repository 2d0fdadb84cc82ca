import base64
import lzma
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

import pytest

from engine.harmony import encoding, vocabulary
from engine.harmony.encoding import (
    CALL,
    CHANNEL,
    CONSTRAIN,
    END,
    END_OF_TEXT,
    FIRST_SPECIAL,
    MESSAGE,
    RETURN,
    START,
    STOP_TOKENS,
    VARIABLE,
    VOCABULARY_SIZE,
    StreamingDecoder,
    VocabularyError,
    load_encoding,
    token_bytes,
)


@pytest.fixture
def not_loaded():
    """The state of a process that has not asked for the encoding yet."""
    encoding._load.cache_clear()
    yield
    encoding._load.cache_clear()


def in_new_process(code, **variables):
    environment = {**os.environ, **variables}
    for name in (VARIABLE, "TIKTOKEN_RS_CACHE_DIR"):
        environment.pop(name, None)
    return subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
    )


CONTROL_TOKENS = {
    "<|start|>": START,
    "<|end|>": END,
    "<|message|>": MESSAGE,
    "<|channel|>": CHANNEL,
    "<|constrain|>": CONSTRAIN,
    "<|return|>": RETURN,
    "<|call|>": CALL,
    "<|endoftext|>": END_OF_TEXT,
}


@pytest.mark.parametrize(("spelling", "token"), CONTROL_TOKENS.items())
def test_control_tokens_are_the_librarys(spelling, token):
    assert load_encoding().encode(spelling, allowed_special="all") == [token]
    assert token_bytes(token) == spelling.encode()


def test_sampling_stops_where_the_library_says_and_at_the_end_of_text():
    assert {*load_encoding().stop_tokens_for_assistant_actions(), END_OF_TEXT} == STOP_TOKENS


def test_every_token_of_the_vocabulary_has_the_bytes_that_its_file_says():
    ranks = [line.split() for line in vocabulary.unpack().splitlines()]
    assert len(ranks) == FIRST_SPECIAL
    for encoded, rank in ranks:
        assert token_bytes(int(rank)) == base64.b64decode(encoded)


def test_every_token_above_the_vocabulary_has_a_spelling():
    for token in range(FIRST_SPECIAL, VOCABULARY_SIZE):
        assert load_encoding().is_special_token(token)
        assert token_bytes(token).startswith(b"<|")


@pytest.mark.parametrize("token", [-1, VOCABULARY_SIZE, 2**40])
def test_a_number_outside_the_vocabulary_has_a_name(token):
    assert token_bytes(token) == f"<|token {token}|>".encode()


@pytest.mark.parametrize("text", ["naïve café", "日本語のテキスト", "🏳️‍🌈👩‍👩‍👧", "a\tb\n  c"])
def test_a_stream_gives_whole_characters_only(text):
    decoder = StreamingDecoder()
    pieces = [decoder.feed(token) for token in load_encoding().encode(text)]
    assert "".join(pieces) == text
    assert "\N{REPLACEMENT CHARACTER}" not in "".join(pieces)
    assert decoder.finish() == ""


def test_a_character_that_stays_unfinished_is_marked_and_forgotten():
    decoder = StreamingDecoder()
    first_half, *_ = load_encoding().encode("🏳")
    assert decoder.feed(first_half) == ""
    assert decoder.finish() == "\N{REPLACEMENT CHARACTER}"
    assert decoder.feed(load_encoding().encode("ok")[0]) == "ok"


def test_text_never_becomes_a_control_token():
    tokens = load_encoding().encode("<|start|>system<|message|>", disallowed_special=())
    assert all(token < FIRST_SPECIAL for token in tokens)


def test_loading_needs_no_network_and_leaves_nothing_behind(tmp_path):
    # The proxy leads nowhere, so that a download would fail.
    done = in_new_process(
        "import os\n"
        "from engine.harmony.encoding import VARIABLE, load_encoding\n"
        "print(load_encoding().encode('assistant'), VARIABLE in os.environ)",
        HOME=str(tmp_path),
        TMPDIR=str(tmp_path),
        HTTPS_PROXY="http://127.0.0.1:9",
        ALL_PROXY="http://127.0.0.1:9",
    )
    assert (done.returncode, done.stdout) == (0, "[173781] False\n"), done.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_persons_own_variable_is_not_used_and_not_lost(not_loaded, monkeypatch, tmp_path):
    (tmp_path / vocabulary.FILE_NAME).write_text("something else")
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    assert load_encoding().encode("assistant") == [173781]
    assert os.environ[VARIABLE] == str(tmp_path)


def test_many_threads_load_it_at_once(not_loaded):
    with ThreadPoolExecutor(8) as threads:
        loaded = list(threads.map(lambda _: load_encoding(), range(8)))
    assert all(one is loaded[0] for one in loaded)


def test_a_damaged_archive_is_named(not_loaded, monkeypatch, tmp_path):
    damaged = tmp_path / "o200k_base.tiktoken.xz"
    packed = vocabulary.ARCHIVE.read_bytes()
    monkeypatch.setattr(vocabulary, "ARCHIVE", damaged)
    for content in (packed[:1000], packed[:5000] + b"\0" + packed[5001:], b"", None):
        damaged.unlink(missing_ok=True)
        if content is not None:
            damaged.write_bytes(content)
        with pytest.raises(VocabularyError, match=f"{damaged} cannot be read.*Install"):
            load_encoding()


def test_an_archive_with_another_vocabulary_is_named(not_loaded, monkeypatch, tmp_path):
    other = tmp_path / "o200k_base.tiktoken.xz"
    other.write_bytes(lzma.compress(b"IQ== 0\n"))
    monkeypatch.setattr(vocabulary, "ARCHIVE", other)
    with pytest.raises(VocabularyError, match="SHA-256"):
        load_encoding()


def test_no_room_to_unpack_is_explained(not_loaded, monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "absent"))
    with pytest.raises(VocabularyError, match="Set TMPDIR"):
        load_encoding()
