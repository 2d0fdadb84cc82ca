"""The subcommands that bring conversations in and give them out, from files to files."""

from __future__ import annotations

import argparse
import io
import json
import shutil
import sys
from types import SimpleNamespace

import pytest

from engine.config import locations
from engine.conversation.exchange import EXPORTERS, IMPORTERS, detect, read_file
from engine.conversation.reading import read_session
from harmony_tui import exchange_commands as commands
from harmony_tui.subcommands import SubcommandError
from tests.engine.conversation.exchange_files import SAMPLES, texts

COMMANDS = {
    "migrate": (commands.add_migrate_arguments, commands.migrate),
    "import": (commands.add_import_arguments, commands.import_files),
    "export": (commands.add_export_arguments, commands.export),
    "convert": (commands.add_convert_arguments, commands.convert),
}


@pytest.fixture(autouse=True)
def sessions(tmp_path, monkeypatch):
    """Return the folder in which the program keeps its sessions."""
    monkeypatch.setenv("HARMONY_TUI_HOME", str(tmp_path / "home"))
    return locations.sessions_folder()


@pytest.fixture
def log(tmp_path):
    """Return a chat log that may be changed."""
    return shutil.copy(SAMPLES / "mlx_harmony_1.json", tmp_path / "chat.json")


@pytest.fixture
def run(capsysbinary):
    """Run a subcommand; return its output."""

    def call(name, *arguments):
        add, work = COMMANDS[name]
        parser = argparse.ArgumentParser(prog=name)
        add(parser)
        assert work(parser.parse_args([str(argument) for argument in arguments])) == 0
        return capsysbinary.readouterr().out.decode()

    return call


def fails_with(run, *arguments):
    with pytest.raises(SubcommandError) as raised:
        run(*arguments)
    return str(raised.value)


def kept(folder):
    """Return the texts of all sessions in a folder."""
    return sorted(texts(read_session(path)) for path in folder.glob("*.jsonl"))


def test_the_names_of_the_formats_are_those_of_the_engine():
    assert tuple(IMPORTERS) == commands.IMPORTS
    assert tuple(EXPORTERS) == commands.EXPORTS


# --- migrate ----------------------------------------------------------------------------------


def test_a_log_migrates_to_the_sessions(run, log, sessions):
    output = run("migrate", log)
    (path,) = sessions.glob("*.jsonl")
    assert str(path) in output
    assert "Is a tomato a fruit? (5 messages)" in output
    assert texts(read_session(path))[1] == "Is a tomato a fruit?"


def test_a_log_migrates_in_place_and_is_kept_beside(run, log, sessions):
    before = log.read_bytes()
    run("migrate", log, "--in-place")
    assert detect(log) == "jsonl"
    assert log.with_name("chat.json.bak").read_bytes() == before
    assert not sessions.exists()
    shutil.copy(SAMPLES / "mlx_harmony_1.json", log)
    run("migrate", log, "--in-place")
    assert log.with_name("chat.json.bak2").read_bytes() == before


def test_a_log_migrates_to_a_new_file_or_into_a_folder(run, log, tmp_path):
    run("migrate", log, "--output", tmp_path / "new.jsonl")
    assert texts(read_session(tmp_path / "new.jsonl"))[-1] == "Yes, botanically."
    run("migrate", log, SAMPLES / "mlx_harmony_2.json", "--output", tmp_path / "many")
    assert [len(said) for said in kept(tmp_path / "many")] == [1, 5, 4]


def test_several_chats_have_no_one_place(run, tmp_path):
    log = shutil.copy(SAMPLES / "mlx_harmony_2.json", tmp_path / "two.json")
    before = log.read_bytes()
    message = fails_with(run, "migrate", log, "--in-place")
    assert "two.json holds 2 chats" in message
    assert "--output" in message
    assert (log.read_bytes(), [p.name for p in tmp_path.iterdir()]) == (before, ["two.json"])


@pytest.mark.parametrize("where", [[], ["--in-place"], ["--output", "new.jsonl"]])
def test_a_dry_run_tells_and_writes_nothing(where, run, log, tmp_path, sessions, monkeypatch):
    monkeypatch.chdir(tmp_path)
    before = log.read_bytes()
    output = run("migrate", log, *where, "--dry-run")
    assert "(5 messages): would be" in output
    assert (log.read_bytes(), list(tmp_path.iterdir())) == (before, [log])
    assert not sessions.exists()


@pytest.mark.parametrize("where", [[], ["--in-place"], ["--output", "many"]])
def test_one_bad_log_among_several_leaves_everything_as_it_is(
    where, run, log, tmp_path, sessions, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    bad = tmp_path / "bad.json"
    bad.write_text(log.read_text().replace('"user"', '"narrator"'))
    before = log.read_bytes()
    message = fails_with(run, "migrate", log, bad, *where)
    assert "bad.json, messages[1].role: there is no role 'narrator'" in message
    assert (log.read_bytes(), sorted(tmp_path.iterdir())) == (before, [bad, log])
    assert not sessions.exists()


def test_what_is_no_chat_log_does_not_migrate(run):
    message = fails_with(run, "migrate", SAMPLES / "codex.jsonl")
    assert "codex.jsonl, line 2: the file should end" in message
    assert message.endswith(
        "It looks like a codex rollout (lines of JSON, the first of the type session_meta)."
    )


# --- import -----------------------------------------------------------------------------------


def test_every_sample_is_imported_once(run, sessions):
    files = sorted(SAMPLES.iterdir())
    output = run("import", *files)
    expected = [texts(s) for file in files for s in read_file(file).sessions]
    assert kept(sessions) == sorted(expected)
    assert "chatgpt.json: chatgpt, 1 conversation\n" in output
    assert "  Conversations in which nothing was said were left out: 1.\n" in output
    assert run("import", *files).count("is there already") == len(expected)
    assert kept(sessions) == sorted(expected)


def test_imports_go_where_the_settings_say(run, tmp_path):
    config = locations.config_file()
    config.parent.mkdir(parents=True)
    config.write_text(f'sessions_folder = "{tmp_path / "elsewhere"}"\n')
    run("import", SAMPLES / "dialogue.txt")
    assert len(kept(tmp_path / "elsewhere")) == 1
    config.write_text("sessions_folder = 1\n")
    assert "config.toml" in fails_with(run, "import", SAMPLES / "dialogue.txt")


def test_an_import_may_be_told_the_format_and_run_dry(run, sessions, tmp_path):
    odd = tmp_path / "odd.txt"
    odd.write_text('[{"role": "user", "content": "user: hi"}]')
    assert "would be imported" in run("import", odd, "--dry-run")
    assert not sessions.exists()
    assert "line 1: this stands before" in fails_with(run, "import", odd, "--from", "dialogue")


def test_what_is_done_is_told_in_json(run, log, sessions, tmp_path):
    def told(*arguments):
        return json.loads(run(*arguments, "--json"))

    (file,) = told("import", SAMPLES / "openai.json", "--dry-run")
    (session,) = file["sessions"]
    assert (file["format"], session["done"], session["path"]) == (
        *("openai", "would be imported", None),
    )
    (file,) = told("import", SAMPLES / "openai.json")
    (session,) = file["sessions"]
    assert session["path"] == str(sessions / f"{session['id']}.jsonl")
    (file,) = told("migrate", log, "--output", tmp_path / "new.jsonl")
    assert (file["file"], file["sessions"][0]["messages"]) == (str(log), 5)
    assert file["sessions"][0]["path"] == str(tmp_path / "new.jsonl")
    page = tmp_path / "page.html"
    assert told("export", session["id"], page) == [{"path": str(page)}]
    assert page.exists()
    assert "name a PATH" in fails_with(run, "export", session["id"], "--json")


# --- export and convert -----------------------------------------------------------------------


def test_a_session_is_exported_by_its_id_and_by_its_file(run, sessions, tmp_path):
    run("import", SAMPLES / "openai.json")
    (path,) = sessions.glob("*.jsonl")
    markdown = run("export", path.stem)
    assert markdown.startswith("# Weather in Oslo and Rome?")
    assert run("export", path) == markdown
    run("export", path.stem, tmp_path / "page.HTML")
    assert (tmp_path / "page.HTML").read_text().startswith("<!DOCTYPE html>")
    run("export", path.stem, tmp_path / "same", "--to", "jsonl")
    assert (tmp_path / "same").read_bytes() == path.read_bytes()
    assert "no-such cannot be read" in fails_with(run, "export", "no-such")


def test_a_dialogue_is_converted_as_configurations_have_it(run):
    messages = json.loads(run("convert", SAMPLES / "dialogue.txt"))
    assert messages[0] == {"role": "assistant", "content": "Hello, how may I help you today?"}
    examples = json.loads(run("convert", SAMPLES / "dialogue.txt", "--as-example-dialogues"))
    assert examples == [messages]
    assert "leave out --to html" in fails_with(
        run, "convert", SAMPLES / "dialogue.txt", "--as-example-dialogues", "--to", "html"
    )


def test_standard_input_is_converted(run, monkeypatch):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b"user: caf\xc3\xa9")))
    assert run("convert", "-", "--to", "harmony") == "<|start|>user<|message|>café<|end|>\n"
    monkeypatch.setattr(sys, "stdin", None)
    assert "closed" in fails_with(run, "convert", "-")


def test_several_conversations_need_a_folder(run, tmp_path):
    log = SAMPLES / "mlx_harmony_2.json"
    assert "There are 2 conversations in it" in fails_with(run, "convert", log)
    run("convert", log, tmp_path / "out", "--to", "markdown")
    assert len(list((tmp_path / "out").glob("*.md"))) == 2


def test_a_terminal_is_not_commanded_by_what_was_said(run, tmp_path, monkeypatch):
    said = tmp_path / "said.txt"
    said.write_text("user: a\x1b[2Jb")
    assert "\x1b" in run("convert", said, "--to", "harmony")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert "a\ufffd[2Jb" in run("convert", said, "--to", "harmony")
