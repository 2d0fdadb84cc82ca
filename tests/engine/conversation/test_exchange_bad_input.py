"""Whatever a file holds, an import gives all of it or one error that says where and what to do."""

from __future__ import annotations

import json
import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.conversation.exchange import (
    EXPORTERS,
    IMPORTERS,
    ExchangeError,
    Source,
    detect,
    keep,
    read,
    read_file,
    read_source,
)
from engine.conversation.reading import read_session
from tests.engine.conversation.exchange_files import CONTROL, MADE, SAMPLES, texts, write

USER = {"role": "user", "content": "hi"}


def error_of(content: str, format_: str | None = None) -> str:
    with pytest.raises(ExchangeError) as raised:
        read(Source("the file", content, MADE), format_)
    return str(raised.value)


# --- encodings --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
@pytest.mark.parametrize("name", ["openai.json", "dialogue.txt", "codex.jsonl", "session_2.jsonl"])
def test_every_unicode_encoding_is_read(encoding, name, tmp_path):
    text = (SAMPLES / name).read_text().lstrip("\n")
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    plain = [texts(session) for session in read_file(SAMPLES / name).sessions]
    assert [texts(session) for session in read_file(path).sessions] == plain


def test_other_encodings_are_named_with_their_line(tmp_path):
    path = tmp_path / "latin.txt"
    path.write_bytes("user: a\nassistant: caf\xe9".encode("latin-1"))
    with pytest.raises(ExchangeError, match=r"latin\.txt, line 2: byte 22 is not UTF-8\. Save"):
        read_file(path)


@pytest.mark.parametrize(
    ("beginning", "remedy"),
    [(b"PK\x03\x04", "unpack"), (b"\x1f\x8b\x08", "gunzip"), (b"\x28\xb5\x2f\xfd", "unzstd")],
)
def test_packed_files_are_named_with_the_tool(beginning, remedy, tmp_path):
    path = tmp_path / "packed"
    path.write_bytes(beginning + b"\xff" * 20)
    with pytest.raises(ExchangeError, match=remedy):
        detect(path)


def test_halves_of_pairs_and_nul_are_kept_as_they_are(tmp_path):
    said = "a\ud800b\x00c" + CONTROL
    (session,) = read_file(
        write(tmp_path / "escaped", [{"role": "user", "content": said}])
    ).sessions
    assert texts(session) == [said]
    path = tmp_path / "raw"
    path.write_bytes(f"user: {said}".encode("utf-8", "surrogatepass"))
    (session,) = read_file(path).sessions
    assert texts(session) == [said]
    (file,) = keep([session], tmp_path / "sessions")
    assert texts(read_session(file)) == [said]


# --- files ------------------------------------------------------------------------------------


def test_a_missing_file_and_a_folder(tmp_path):
    with pytest.raises(ExchangeError, match="no cannot be read: No such file"):
        read_file(tmp_path / "no")
    with pytest.raises(ExchangeError, match="is a folder"):
        detect(tmp_path)


@pytest.mark.parametrize("content", ["", " \n\t\n"])
def test_an_empty_file(content):
    assert error_of(content) == "the file: the file is empty."


@pytest.mark.parametrize("content", ["Dear diary", "[]", "{}", "[1, 2]", '{"a": 1}\n{"b": 2}', "7"])
def test_an_unknown_format_lists_what_was_expected(content):
    message = error_of(content)
    for importer in IMPORTERS.values():
        assert f"\n  - {importer.description}" in message


def test_the_wrong_format_is_refused():
    assert "'messages' is missing" in error_of((SAMPLES / "codex.jsonl").read_text(), "openai")
    assert "not a session of harmony-tui" in error_of("user: hi", "jsonl")


# --- JSON -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ('[\n  {"role": "user",\n  "content": }\n]', "line 3, column 14"),
        ('{"messages": [', "line 1, column 15"),
        ('[{"role": "user", "content": NaN}]', "NaN is no number"),
        ('[{"role": "user", "content": 1' + "0" * 5000 + "}]", "this is not JSON"),
        ("[" * 100_000, "nested too deeply"),
        ('[{"role": "user", "content": "a\nb"}]', "line 1"),
    ],
)
def test_what_is_no_json_is_named_with_its_place(content, place):
    message = error_of(content)
    assert message.startswith("the file")
    assert place in message


def test_a_damaged_line_is_named_and_a_torn_last_one_left_out():
    lines = (SAMPLES / "codex.jsonl").read_text().splitlines()
    damaged = [*lines[:4], lines[4][:50], *lines[5:]]
    assert error_of("\n".join(damaged) + "\n").startswith("the file, line 5, column ")
    assert error_of("\n".join([*lines, "{"]) + "\n").startswith(f"the file, line {len(lines) + 1},")
    torn = read(Source("f", "\n".join([*lines, lines[-1][:50]]), MADE))
    whole = read(Source("f", "\n".join(lines) + "\n", MADE))
    assert torn.sessions == whole.sessions
    assert torn.notes[-1] == "The last line was not written to its end and was left out."


# --- each format ------------------------------------------------------------------------------


def log(**changes) -> str:
    message = {"id": "1", "role": "user", "content": "hi", **changes.pop("message", {})}
    chat = {"metadata": {}, "messages": [message], **changes.pop("chat", {})}
    return json.dumps({"schema_version": 2, "chats": {"c": chat}, **changes})


def mapping(**nodes) -> str:
    message = {"author": {"role": "user"}, "content": {"parts": ["hi"]}}
    tree = {"a": {"parent": None, "message": message}, **nodes}
    return json.dumps([{"mapping": tree, "current_node": "a"}])


def rollout(kind: str, payload: object, **more) -> str:
    first = {"type": "session_meta", "payload": {"id": "x"}}
    said = {"type": "response_item", "payload": {"type": "message", "role": "user", "content": "q"}}
    lines = [first, said, {"type": kind, "payload": payload, **more}]
    return "".join(json.dumps(line) + "\n" for line in lines)


def ours(*lines: object, version: object = 2) -> str:
    head = {"kind": "session", "version": version, "id": "s", "started": "2026-01-01T00:00:00Z"}
    return "".join(json.dumps(line) + "\n" for line in (head, *lines))


@pytest.mark.parametrize(
    ("content", "pieces"),
    [
        # mlx-harmony
        (log(schema_version=3), ["schema_version", "schema version 3", "versions 1 and 2"]),
        (log(chats=[]), ["chats: an object is expected here, not an array"]),
        (log(chats={}), ["there is no chat in it"]),
        ('{"schema_version": 2}', ["'chats' is missing"]),
        (log(chat={"messages": None}), ["chats.c", "'messages' is missing"]),
        (log(message={"role": "narrator"}), ["chats.c.messages[0].role", "'narrator'", "user"]),
        (log(message={"role": None}), ["chats.c.messages[0]: 'role' is missing"]),
        (log(message={"content": 7}), ["chats.c.messages[0].content", "a text", "not 7"]),
        (log(message={"timestamp": "noon"}), ["timestamp", '"noon" is no time']),
        (log(message={"timestamp": {"unix": 1e300}}), ["timestamp.unix", "is no time"]),
        (log(message={"timestamp": {}}), ["chats.c.messages[0].timestamp", "'unix' is missing"]),
        (log(message={"hyperparameters": []}), ["hyperparameters: an object"]),
        (log(chat_order="c"), ["chat_order: an array is expected here"]),
        ('{"metadata": [], "messages": []}', ["metadata: an object is expected here"]),
        ('{"metadata": {}, "messages": []}', ["nothing was said in it"]),
        # ChatGPT
        (mapping(b={"parent": "z"}), ["[0].mapping.b.parent: there is no node 'z'"]),
        (mapping(b={"parent": "c"}, c={"parent": "b"}), ["mapping.b", "its own ancestor"]),
        (mapping(b={"parent": "b"}), ["mapping.b", "its own ancestor"]),
        (mapping(b=[]), ["mapping.b: an object is expected here"]),
        (mapping(a={"message": {"author": {}}}), ["mapping.a.message.author: 'role' is missing"]),
        (mapping(a={"message": {"author": {"role": "x"}}}), ["there is no role 'x'"]),
        (mapping(a={"message": {}}), ["mapping.a.message: 'author' is missing"]),
        (mapping(a={}), ["nothing was said"]),
        (mapping().replace('"a"}', '"z"}'), ["current_node: there is no node 'z'"]),
        # OpenAI
        (json.dumps([USER, {"role": "bot"}]), ["[1].role", "'bot'", "assistant"]),
        (json.dumps([USER, 5]), ["[1]: an object is expected here, not 5"]),
        (json.dumps([{"role": "user", "content": {}}]), ["[0].content: a text", "an object"]),
        (json.dumps([{"role": "user", "content": [{}]}]), ["[0].content[0]: 'type' is missing"]),
        (json.dumps([{"role": "assistant", "tool_calls": [{}]}]), ["tool_calls[0]: 'function'"]),
        (json.dumps([{"role": "assistant", "tool_calls": 1}]), ["[0].tool_calls: an array"]),
        ('{"messages": []}', ["nothing was said in it"]),
        # codex
        (rollout("response_item", {"type": "message", "role": "x"}), ["line 3, payload.role"]),
        (rollout("response_item", {}), ["line 3, payload: 'type' is missing"]),
        (rollout("response_item", []), ["line 3, payload: an object is expected here"]),
        (rollout("compacted", {"message": "s"}, timestamp="x"), ["line 3, timestamp", "no time"]),
        (
            rollout("event_msg", {"type": "thread_rolled_back"}),
            ["line 3", "'num_turns' is missing"],
        ),
        ('{"type": "session_meta", "payload": {}}', ["nothing was said in it"]),
        # ours
        (ours(version=3), ["the file, version:", "version 3", "newer harmony-tui"]),
        (ours(), ["nothing was said in it"]),
        (ours(version="2"), ["the file, version:", "'2'"]),
        (ours({"kind": "poem"}), ["line 2", "'poem' is not a kind of line"]),
        (ours({"kind": "message", "id": 1}), ["line 2: role is not a text"]),
        (ours({"kind": "turn", "id": -1}), ["line 2", "id is not a whole number"]),
        (ours([]), ["line 2: an object is expected here"]),
        # dialogues
        ("user:\nassistant:", ["no message in it", "user:, assistant: or tool:"]),
    ],
)
def test_what_is_wrong_is_named_with_its_place(content, pieces):
    message = error_of(content)
    assert message.startswith("the file")
    for piece in pieces:
        assert piece in message


def test_text_before_a_dialogue():
    message = error_of("# Fruit\nuser: hi", "dialogue")
    assert message.startswith("the file, line 1: this stands before the first message.")


# --- anything at all --------------------------------------------------------------------------

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from(["user", "assistant", "tool", "message", "2026-01-01", "x", "final"])
    | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=6,
)


def values(data, path=()):
    """Give the path of every value in JSON."""
    yield path
    if isinstance(data, dict | list):
        for key, inner in data.items() if isinstance(data, dict) else enumerate(data):
            yield from values(inner, (*path, key))


def changed(data, path, new):
    """Return JSON with another value at a path."""
    if not path:
        return new
    copy = data.copy()
    copy[path[0]] = changed(copy[path[0]], path[1:], new)
    return copy


def sessions_or_error(source, format_=None):
    """Return what a text holds: sessions with messages, or nothing after an error for it."""
    try:
        sessions = read(source, format_).sessions
    except ExchangeError as error:
        return () if str(error).startswith(source.name) else pytest.fail(str(error))
    assert all(session.messages for session in sessions)
    return sessions or pytest.fail("nothing")


@given(st.data())
@settings(max_examples=400, deadline=None)
def test_a_sample_with_any_other_value_in_it_is_read_or_refused(data):
    path = data.draw(st.sampled_from(sorted(SAMPLES.glob("*.json*"))))
    lines = path.read_text().splitlines() if path.suffix == ".jsonl" else [path.read_text()]
    index = data.draw(st.integers(0, len(lines) - 1))
    content = json.loads(lines[index])
    where = data.draw(st.sampled_from(list(values(content))))
    lines[index] = json.dumps(changed(content, where, data.draw(JSON)))
    for session in sessions_or_error(Source("f", "\n".join(lines) + "\n", MADE)):
        for exporter in EXPORTERS.values():
            exporter.write(session).encode("utf-8")


@given(st.binary(max_size=60) | st.text(max_size=40).map(lambda t: t.encode("utf-8")))
@settings(max_examples=300, deadline=None)
def test_any_bytes_at_all_are_read_or_refused(tmp_path_factory, content):
    path = tmp_path_factory.getbasetemp() / "any"
    path.write_bytes(content)
    try:
        source = read_source(path)
    except ExchangeError:
        return
    for name in (None, *IMPORTERS):
        sessions_or_error(source, name)


# --- nothing half -----------------------------------------------------------------------------


def test_sessions_are_kept_all_or_none(tmp_path):
    sessions = read_file(SAMPLES / "mlx_harmony_2.json").sessions
    folder = tmp_path / "sessions"
    files = keep(sessions, folder)
    assert [read_session(file).title for file in files] == [s.title for s in sessions]
    assert [texts(read_session(file)) for file in files] == [texts(s) for s in sessions]
    assert keep(sessions, folder) == [None, None]
    files[0].unlink()
    files[1].unlink()
    # Where the second is to be written something stands in the way.
    (folder / f".{files[1].name}.{os.getpid()}.new").mkdir()
    with pytest.raises(ExchangeError, match="Nothing was imported"):
        keep(sessions, folder)
    assert not any(file.exists() for file in files)
