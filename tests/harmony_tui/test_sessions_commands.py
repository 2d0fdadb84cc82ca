"""The subcommands about sessions, through the command line, on real files."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys

import pytest

from engine.config import locations
from engine.conversation.reading import read_session
from engine.conversation.store import Store
from engine.conversation.trash import trashed_sessions
from harmony_tui import cli
from tests.harmony_tui.kept import keep

PROGRAM = [sys.executable, "-m", "harmony_tui"]


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("HARMONY_TUI_HOME", str(tmp_path / "home"))
    return locations.sessions_folder()


@pytest.fixture
def sums(folder):
    return keep(folder, "What is 127 + 386?", "127 + 386 = 513.", day=2)


@pytest.fixture
def weather(folder):
    said = ("Will it rain?", "I cannot know.", "日本語で答えて", "わかりません。")
    return keep(folder, *said, day=3, title="Weather", model="openai/gpt-oss-20b")


@pytest.fixture
def run(capsys):
    """Run the command line here; return its exit code, its lines, and what went to stderr."""

    def call(*arguments):
        try:
            code = cli.main([str(argument) for argument in arguments])
        except SystemExit as ended:
            code = ended.code
        output, errors = capsys.readouterr()
        return code, output.splitlines(), errors

    return call


def fails_with(result, *pieces):
    code, lines, errors = result
    assert (code, lines) == (1, [])
    assert errors.startswith("harmony-tui: ")
    assert errors.count("\n") == 1
    for piece in pieces:
        assert str(piece) in errors


def test_they_are_listed_newest_first(run, sums, weather):
    code, lines, errors = run("sessions", "list")
    assert (code, errors) == (0, "")
    assert [line.split()[0] for line in lines] == [weather.stem, sums.stem]
    assert lines[0].endswith("  4 messages  Weather")
    assert lines[1].endswith("  2 messages  What is 127 + 386?")
    assert run("sessions", "list", "--ids") == (0, [weather.stem, sums.stem], "")


def test_they_are_listed_by_model_and_date(run, sums, weather):
    assert run("sessions", "list", "--ids", "--model", "GPT-OSS")[1] == [weather.stem]
    assert run("sessions", "list", "--ids", "--since", "2024-11-03")[1] == [weather.stem]
    assert run("sessions", "list", "--since", "2025-01-01")[1][0].startswith("There are no")
    code, _, errors = run("sessions", "list", "--since", "tomorrow")
    assert code == 2
    assert "'tomorrow' is not a date" in errors


def test_the_list_as_json_says_all_of_them(run, sums, weather):
    _, lines, _ = run("sessions", "list", "--json")
    first, second = json.loads("\n".join(lines))
    assert first["title"] == "Weather"
    assert first["model"] == "openai/gpt-oss-20b"
    assert second["messages"] == 2
    assert second["path"] == str(sums)


def test_without_any_nothing_is_made(run, folder):
    assert run("sessions", "list") == (0, [f"There are no sessions in {folder}"], "")
    assert not folder.exists()


def test_one_that_cannot_be_read_is_named(run, sums, folder):
    (folder / "other.jsonl").write_text("not JSON\n")
    code, lines, _ = run("sessions", "list")
    assert code == 1
    assert any("other.jsonl is not a session" in line for line in lines)
    assert any(line.startswith(sums.stem) for line in lines)


def test_what_was_said_is_found(run, sums, weather):
    code, lines, _ = run("sessions", "search", "rain")
    assert code == 0
    assert lines[0].startswith(weather.stem)
    assert lines[1] == "    user: Will it rain?"
    assert run("sessions", "search", "日本")[1][0].startswith(weather.stem)
    assert run("sessions", "search", "xylophone") == (0, ["No message has these words."], "")
    _, found, _ = run("sessions", "search", "386", "--json")
    hits = json.loads("\n".join(found))
    assert {(hit["session"]["id"], hit["role"]) for hit in hits} == {
        (sums.stem, "user"),
        (sums.stem, "assistant"),
    }


def test_one_is_shown_by_any_unique_part_at_an_end_of_its_id(run, sums, weather):
    for named in (sums.stem, sums.stem[:8], f"{sums.stem}.jsonl"):
        code, lines, _ = run("sessions", "show", named)
        assert code == 0
        assert "127 + 386 = 513." in lines
    fails_with(run("sessions", "show", "2024"), "2024 could be any of", sums.stem, weather.stem)
    mistyped = sums.stem.replace("20241102", "20241120")
    fails_with(run("sessions", "show", mistyped), f"no session {mistyped}", sums.stem)


def test_one_is_renamed(run, sums):
    assert run("sessions", "rename", sums.stem, "Two\nnumbers") == (
        0,
        [f"{sums.stem} is called Two numbers"],
        "",
    )
    assert read_session(sums).title == "Two numbers"
    run("sessions", "rename", sums.stem)
    assert read_session(sums).title == "What is 127 + 386?"


def test_one_that_is_open_elsewhere_is_left_alone(run, sums):
    with Store.open(sums):
        fails_with(run("sessions", "delete", sums.stem), sums.stem, "is open", os.getpid())
        fails_with(run("sessions", "rename", sums.stem, "Other"), "is open")
    assert sums.exists()


def test_the_trash_is_filled_listed_undone_and_emptied(run, sums, weather, folder, monkeypatch):
    assert run("sessions", "delete", sums.stem, weather.stem)[0] == 0
    assert run("sessions", "list", "--ids")[1] == []
    assert run("sessions", "list", "--ids", "--deleted")[1] == [weather.stem, sums.stem]
    assert run("sessions", "restore", weather.stem[:8])[:2] == (0, [f"{weather} is back"])
    assert run("sessions", "list", "--ids")[1] == [weather.stem]
    fails_with(run("sessions", "empty-trash"), "Delete 1 session", "--yes")
    assert [path.stem for path in trashed_sessions(folder)] == [sums.stem]
    assert run("sessions", "empty-trash", "--yes") == (0, ["1 session is deleted"], "")
    assert not any((folder / "trash").iterdir())


def test_what_is_done_is_told_in_json(run, sums, weather, folder):
    def told(*arguments):
        code, lines, errors = run("sessions", *arguments, "--json")
        assert (code, errors) == (0, "")
        return json.loads("\n".join(lines))

    assert told("rename", sums.stem, "Sums") == {"id": sums.stem, "title": "Sums"}
    shown = told("show", sums.stem)
    assert (shown["id"], shown["title"], shown["damaged_lines"]) == (sums.stem, "Sums", 0)
    assert [(m["role"], m["channel"], m["text"]) for m in shown["messages"]] == [
        ("user", None, "What is 127 + 386?"),
        ("assistant", "final", "127 + 386 = 513."),
    ]
    (trashed, other) = told("delete", sums.stem, weather.stem)
    assert (trashed["id"], trashed["id_in_trash"]) == (sums.stem, sums.stem)
    assert other["id"] == weather.stem
    assert told("restore", weather.stem) == [{"id": weather.stem, "path": str(weather)}]
    assert told("empty-trash", "--yes") == {"deleted": 1, "path": str(folder / "trash")}
    assert told("empty-trash")["deleted"] == 0


@pytest.mark.parametrize(("answer", "code"), [("y", 0), ("no", 1), ("", 1)])
def test_the_trash_is_emptied_only_if_the_person_says_so(run, sums, monkeypatch, answer, code):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    run("sessions", "delete", sums.stem)
    monkeypatch.setattr(sys, "stdin", Terminal(f"{answer}\n"))
    assert run("sessions", "empty-trash")[0] == code
    assert bool(trashed_sessions(sums.parent)) is bool(code)


def test_in_a_real_process_and_into_a_pipe(sums):
    done = subprocess.run(
        [*PROGRAM, "sessions", "search", "127"],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert sums.stem in done.stdout
    done = subprocess.run(
        [*PROGRAM, "sessions", "delete", "nothing"],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert "There is no session nothing" in done.stderr
    assert sums.stem in done.stderr


def test_exchange_is_among_the_subcommands(run, sums, tmp_path):
    assert run("export", sums.stem, tmp_path / "sums.json")[0] == 0
    assert run("import", tmp_path / "sums.json")[0] == 0
    assert len(run("sessions", "list", "--ids")[1]) == 2
