"""The subcommands, through the command line that they are part of."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time

import pytest

from engine.config import locations
from engine.config.settings import Settings
from engine.examination import Finding
from engine.generation import disk_cache
from engine.inspection import inspect
from engine.models.hub import find_model
from harmony_tui import cli, doctor, subcommands
from tests.engine.models.checkpoints import write_checkpoint

PROGRAM = [sys.executable, "-m", "harmony_tui"]


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    folder = tmp_path / "home"
    monkeypatch.setenv("HARMONY_TUI_HOME", str(folder))
    return folder


@pytest.fixture
def run(capsys):
    """Run the command line here; return its exit code, its lines, and what went to stderr."""

    def call(*arguments):
        try:
            code = cli.main(arguments)
        except SystemExit as ended:
            code = ended.code
        output, errors = capsys.readouterr()
        return code, output.splitlines(), errors

    return call


def fails_with(result, piece):
    code, lines, errors = result
    assert (code, lines) == (1, [])
    assert errors.startswith("harmony-tui: ")
    assert errors.count("\n") == 1
    assert str(piece) in errors


# --- their words ------------------------------------------------------------------------------


def test_help_names_them_all_before_anything_is_imported():
    code = (
        "import sys\n"
        "from harmony_tui import cli\n"
        "try:\n"
        "    cli.main(sys.argv[1:])\n"
        "except SystemExit:\n"
        "    pass\n"
        "print(*{name.partition('.')[0] for name in sys.modules}, file=sys.stderr)"
    )
    for arguments in (["--help"], ["models", "inspect", "--help"]):
        command = [sys.executable, "-c", code, *arguments]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        assert {"engine", "mlx", "numpy", "pydantic", "rich"}.isdisjoint(done.stderr.split())
        if arguments == ["--help"]:
            for subcommand in subcommands.SUBCOMMANDS:
                assert f"\n  {subcommand.usage}\n" in done.stdout
                assert subcommand.help in done.stdout
        else:
            assert "--bandwidth GBPS" in done.stdout


def test_their_usages_name_every_argument():
    _, parsers = subcommands.build_parser()
    for parser in parsers.values():
        for action in parser._actions:
            for word in [*action.option_strings, action.metavar or ""]:
                assert word in {"-h", "--help"} or word in parser.usage


def test_all_of_them_answer_programs_too():
    _, parsers = subcommands.build_parser()
    assert [name for name, p in parsers.items() if "--json" not in p._option_string_actions] == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["models"], "required: inspect"),
        (["models", "eat"], "invalid choice: 'eat'"),
        (["cache"], "required: list|clear"),
        (["doctor", "now"], "unrecognized arguments: now"),
        (["cache", "clear", "--yaml"], "unrecognized arguments: --yaml"),
        (["models", "inspect", "--bandwidth", "fast"], "'fast' is not a number of GB/s above 0"),
        (["models", "inspect", "--bandwidth", "0"], "'0' is not a number of GB/s above 0"),
        (["models", "inspect", "--bandwidth", "inf"], "'inf' is not a number of GB/s above 0"),
    ],
)
def test_wrong_use_is_exit_code_2(run, arguments, message):
    code, lines, errors = run(*arguments)
    assert (code, lines) == (2, [])
    assert message in errors


# --- models inspect ---------------------------------------------------------------------------


def test_inspecting_gives_aligned_rows_of_the_bundled_model(run):
    code, lines, errors = run("models", "inspect")
    assert (code, errors) == (0, "")
    rows = inspect(find_model(None)).describe()
    width = max(len(label) for label, _ in rows) + 2
    assert [(line[:width].rstrip(), line[width:]) for line in lines] == rows


def test_inspecting_takes_a_folder_and_a_bandwidth(run, tmp_path):
    folder = write_checkpoint(tmp_path / "tiny", "original-mxfp4")
    code, lines, _ = run("models", "inspect", str(folder), "--bandwidth", "120.5")
    assert code == 0
    assert lines[0].split() == ["model", "tiny"]
    assert lines[-1].startswith("decode ceiling at 120.5 GB/s  ")


def test_inspecting_as_json(run):
    code, lines, _ = run("models", "inspect", "demo", "--json")
    inspection = inspect(find_model("demo"))
    assert code == 0
    assert json.loads("\n".join(lines)) == inspection.to_json()
    _, lines, _ = run("models", "inspect", "--json", "--bandwidth", "100")
    assert json.loads("\n".join(lines))["decode_ceilings"] == [
        {"context": n, "tokens_per_second": inspection.decode_ceiling(100, n)} for n in (0, 32768)
    ]


def test_inspecting_what_is_no_model_is_explained(run, tmp_path):
    fails_with(run("models", "inspect", "no/such-model"), "no/such-model")
    fails_with(run("models", "inspect", str(tmp_path)), tmp_path / "config.json")


def test_a_name_that_no_encoding_has_is_printed_all_the_same(tmp_path):
    folder = write_checkpoint(tmp_path / "m", "original-mxfp4").rename(tmp_path / "m\udce9")
    for encoding in ("utf-8", "ascii"):
        done = subprocess.run(
            [*PROGRAM, "models", "inspect", os.fsencode(folder)],
            check=False,
            capture_output=True,
            env={**os.environ, "PYTHONIOENCODING": encoding},
        )
        assert (done.returncode, done.stderr) == (0, b"")
        assert b"m?" in done.stdout.splitlines()[0]


# --- doctor -----------------------------------------------------------------------------------


def test_the_doctor_finds_this_machine_able(run):
    code, lines, errors = run("doctor", "--json")
    assert (code, errors) == (0, "")
    found = {each["name"]: each for each in json.loads("\n".join(lines))}
    assert found["MLX"]["state"] == "ok"
    assert {"wired memory", "speech", "speech recognition", "terminal"} <= set(found)
    assert all(each["remedy"] for each in found.values() if each["state"] != "ok")


def test_the_doctor_works_with_settings_that_do_not(run, home):
    (home / "config").mkdir(parents=True)
    locations.config_file().write_text("wired_memory = 7")
    code, lines, errors = run("doctor")
    assert (code, errors) == (1, "")
    assert any(line.startswith("problem  settings ") for line in lines)
    assert any(line.split()[:2] == ["ok", "MLX"] for line in lines)


def test_the_doctor_says_what_to_do_and_fails_on_a_problem(run, monkeypatch):
    findings = [
        Finding("MLX", "ok", "version 1"),
        Finding("memory", "warning", "little", "Close programs."),
    ]
    monkeypatch.setattr(doctor, "examine_all", lambda: findings)
    expected = ["ok       MLX     version 1", "warning  memory  little", "    Close programs."]
    assert run("doctor") == (0, expected, "")
    findings[0] = Finding("MLX", "problem", "gone", "Install it.")
    expected = ["problem  MLX     gone", "    Install it.", *expected[1:]]
    assert run("doctor") == (1, expected, "")


def test_without_mlx_the_doctor_works_and_the_others_send_to_it(tmp_path):
    (tmp_path / "mlx").mkdir()
    (tmp_path / "mlx" / "__init__.py").touch()
    (tmp_path / "mlx" / "core.py").write_text("raise ImportError('libmlx.so is missing')")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}

    def start(*arguments):
        return subprocess.run(
            [*PROGRAM, *arguments], check=False, capture_output=True, text=True, env=environment
        )

    done = start("doctor")
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith("problem  MLX")
    for arguments in (["models", "inspect"], ["cache", "list"]):
        done = start(*arguments)
        fails_with((done.returncode, done.stdout.splitlines(), done.stderr), "harmony-tui doctor")
        assert "libmlx.so is missing" in done.stderr


# --- cache ------------------------------------------------------------------------------------


def write_entry(start, end, size, age):
    folder = locations.prefixes_folder()
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{start:07d}-{end:07d}-{end:032x}.kv"
    file.write_bytes(bytes(size))
    os.utime(file, (time.time() - age,) * 2)
    return file


def test_the_cache_is_listed(run):
    write_entry(512, 2048, 2_500_000, 10)
    write_entry(0, 512, 900, 3 * 86400 + 60)
    assert run("cache", "list") == (
        0,
        [
            "900 bytes  512 tokens    used 3 days ago",
            "2.5 MB     1,536 tokens  used 10 seconds ago",
            f"2 entries, 2.5 MB, in {locations.prefixes_folder()}",
        ],
        "",
    )


def test_the_cache_is_cleared(run):
    files = [write_entry(0, 512, 3000, 10), write_entry(512, 1024, 4000, 10)]
    other = locations.prefixes_folder() / "notes.txt"
    other.touch()
    assert run("cache", "clear") == (0, [f"7.0 kB freed in {other.parent}"], "")
    assert [file.exists() for file in (*files, other)] == [False, False, True]
    assert run("cache", "clear")[:2] == (0, [f"0 bytes freed in {other.parent}"])
    code, lines, _ = run("cache", "clear", "--json")
    assert (code, json.loads("\n".join(lines))) == (
        *(0, {"freed_bytes": 0, "path": str(other.parent)}),
    )


def test_a_cache_that_is_not_there_is_empty(run):
    folder = locations.prefixes_folder()
    assert run("cache", "list") == (0, [f"0 entries, 0 bytes, in {folder}"], "")
    assert run("cache", "clear") == (0, [f"0 bytes freed in {folder}"], "")
    assert not folder.exists()


@pytest.mark.parametrize("word", ["list", "clear"])
def test_a_cache_that_cannot_be_read_is_explained(run, word):
    folder = locations.prefixes_folder()
    folder.parent.mkdir(parents=True)
    folder.touch()
    fails_with(run("cache", word), f"{folder} cannot be read")


def test_an_entry_that_cannot_be_deleted_is_explained(run, monkeypatch):
    file = write_entry(0, 512, 900, 10)

    def refuse(path, **_):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(disk_cache.Path, "unlink", refuse)
    fails_with(run("cache", "clear"), f"{file} cannot be deleted: Permission denied")


@pytest.mark.parametrize(("arguments", "kept"), [([], True), (["--no-cache"], False)])
def test_no_cache_turns_the_disk_cache_off(monkeypatch, arguments, kept):
    seen = []

    def answer(question, configuration, **_):
        seen.append(configuration.settings)
        return 0

    monkeypatch.setattr("harmony_tui.one_shot.answer", answer)
    assert cli.main(["-p", "hello", *arguments]) == 0
    assert [settings.disk_cache for settings in seen] == [kept]
    assert Settings().disk_cache
