"""The command line as a shell sees it: real processes, a real model, exit codes, both streams."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

import harmony_tui
from engine import events
from engine.config.hyperparameters import EFFORTS, Hyperparameters
from engine.config.settings import APPROVALS
from harmony_tui import cli
from harmony_tui.shell_completion import SHELLS
from tests.engine.models.checkpoints import write_checkpoint

PROGRAM = [sys.executable, "-m", "harmony_tui"]
QUESTION = "What is 127 + 386?"


@pytest.fixture(scope="module")
def random_model(tmp_path_factory):
    """A model that says anything, and never that it is done."""
    return write_checkpoint(tmp_path_factory.mktemp("random"), "original-mxfp4")


def run(*arguments, **options):
    return subprocess.run(
        [*PROGRAM, *arguments],
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
        **{"stdin": subprocess.DEVNULL, **options},
    )


def events_in(output):
    return [json.loads(line) for line in output.splitlines()]


def of_kind(heard, kind):
    return [event for event in heard if event["event"] == kind]


# --- what is answered at once ----------------------------------------------------------------


def test_version_and_help():
    assert run("--version").stdout == f"harmony-tui {harmony_tui.__version__}\n"
    text = run("--help").stdout
    for name in Hyperparameters.model_fields:
        assert name in text


@pytest.mark.parametrize("argument", ["--version", "--help", "--print-completion=bash"])
def test_what_needs_no_engine_imports_none(argument):
    code = (
        "import sys\n"
        "from harmony_tui import cli\n"
        "try:\n"
        f"    cli.main([{argument!r}])\n"
        "except SystemExit:\n"
        "    pass\n"
        "print(sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    heavy = {"engine", "mlx", "numpy", "openai_harmony", "pydantic", "rich", "textual"}
    assert heavy.isdisjoint(eval(done.stderr))
    assert done.stdout


def test_the_command_line_names_what_the_engine_has():
    assert set(cli.HYPERPARAMETERS) == set(Hyperparameters.model_fields)
    assert cli.EFFORTS == EFFORTS
    assert cli.APPROVALS == APPROVALS
    assert list(cli.SHELLS) == list(SHELLS)


# --- wrong use: exit code 2 ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--json"], "--json needs -p"),
        (["--show-analysis"], "--show-analysis needs -p"),
        (["-p", "hello", "--set", "temperature"], "'temperature' is not of the form NAME=VALUE"),
        (["-p", "hello", "--set", "heat=1"], "There is no 'heat'; there are: temperature"),
        (["-p", "hello", "--set", "top_k=-1"], "top_k cannot be '-1'"),
        (["-p", "hello", "--temperature", "9"], "temperature cannot be '9'"),
        (["-p", "hello", "--effort", "extreme"], "choose from"),
        (["-p", "  "], "the prompt is empty"),
        (["-p", "-"], "the prompt is empty"),
        (["--schema", "book.json"], "--schema needs -p"),
        (["--regex", "[0-9]+"], "--regex needs -p"),
        (["-p", "hello", "--schema", "nowhere.json"], "--schema nowhere.json cannot be read"),
        (["-p", "hello", "--schema", "a", "--regex", "b"], "cannot both say what the answer is"),
        (["-p", "hello", "--workspace", "no/where"], "--workspace no/where is no folder"),
        (
            ["-p", "hello", "--max-kv-size", "many"],
            "--max-kv-size: context_limit cannot be 'many': it takes",
        ),
        (["--modell", "demo"], "unrecognized arguments: --modell"),
    ],
)
def test_wrong_use_is_one_line_and_exit_code_2(arguments, message):
    done = run(*arguments)
    assert done.returncode == 2
    assert message in done.stderr
    assert done.stdout == ""


def test_without_a_terminal_and_without_a_question_it_says_what_to_do():
    done = run()
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "needs a terminal" in done.stderr
    assert "harmony-tui -p" in done.stderr


def test_output_into_a_pipe_is_no_terminal_either():
    _, terminal = pty.openpty()
    assert run(stdin=terminal).returncode == 2
    os.close(terminal)


# --- what fails: exit code 1 and no traceback ------------------------------------------------


def fails_with(done, *pieces):
    assert done.returncode == 1
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith("harmony-tui: ")
    assert done.stderr.count("\n") == 1
    for piece in pieces:
        assert str(piece) in done.stderr


def test_an_unknown_model_is_explained():
    fails_with(run("-p", "hello", "--model", "no/such-model"), "no/such-model", "models download")


def test_a_folder_without_a_model_is_explained(tmp_path):
    fails_with(run("-p", "hello", "--model", str(tmp_path)), tmp_path / "config.json")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("temperature = ", "not valid TOML"),
        ("colour = 'red'", "there is no setting 'colour'"),
        ("approval = 'sometimes'", "'approval' is one of: always, ask, auto, read-only"),
        ("[hyperparameters]\ntemperature = 9", "temperature cannot be '9'"),
    ],
)
def test_a_broken_settings_file_is_named(tmp_path, content, problem):
    file = tmp_path / "config" / "config.toml"
    file.parent.mkdir()
    file.write_text(content)
    done = run("-p", "hello", env={**os.environ, "HARMONY_TUI_HOME": str(tmp_path)})
    fails_with(done, file, problem)


@pytest.mark.parametrize(
    ("failure", "problem"),
    [
        ("ModuleNotFoundError('mlx')", "MLX is not installed"),
        ("ImportError('libmlx.so: cannot open shared object file')", "MLX has no backend"),
    ],
)
def test_mlx_missing_or_without_its_backend_is_explained(tmp_path, random_model, failure, problem):
    (tmp_path / "mlx").mkdir()
    (tmp_path / "mlx" / "__init__.py").touch()
    (tmp_path / "mlx" / "core.py").write_text(f"raise {failure}")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    done = run("-p", "hello", "--model", str(random_model), env=environment)
    fails_with(done, problem, "pip install")


def test_what_nobody_foresaw_goes_to_the_log(tmp_path):
    code = (
        "import sys\n"
        "from harmony_tui import cli\n"
        "cli._run = lambda given, parser: 1 / 0\n"
        "sys.exit(cli.main(['-p', 'hello']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, "HARMONY_TUI_HOME": str(tmp_path)},
    )
    log = tmp_path / "log" / "harmony-tui.log"
    fails_with(done, "ZeroDivisionError", log)
    assert "Traceback" in log.read_text()


def test_a_log_that_cannot_be_written_stops_no_answer(tmp_path, random_model):
    (tmp_path / "log").touch()
    done = run(
        *("-p", "hello", "--json", "--model", str(random_model), "--set", "max_tokens=5"),
        env={**os.environ, "HARMONY_TUI_HOME": str(tmp_path)},
    )
    assert of_kind(events_in(done.stdout), "TurnEnded")
    assert done.stderr == "harmony-tui: The answer reached max_tokens (5).\n"


OLD_PYTHONS = [
    path
    for version in ("3.6", "3.7", "3.8", "3.9", "3.10")
    for path in sorted(Path("~/.pyenv/versions").expanduser().glob(f"{version}.*/bin/python"))
]


@pytest.mark.skipif(not OLD_PYTHONS, reason="no Python older than 3.11 here")
@pytest.mark.parametrize("python", OLD_PYTHONS, ids=str)
def test_an_old_python_is_told_so(python):
    done = subprocess.run(
        [python, "-m", "harmony_tui", "--version"],
        check=False,
        capture_output=True,
        text=True,
        cwd=Path(harmony_tui.__file__).parents[1],
    )
    assert done.returncode == 1
    assert done.stderr.startswith("harmony-tui needs Python 3.11 or newer")
    assert "Traceback" not in done.stderr


# --- a turn, whatever the model says ---------------------------------------------------------


def test_json_gives_every_event_as_it_is(random_model):
    done = run(
        *("-p", "hello", "--json", "--model", str(random_model)),
        *("--set", "max_tokens=20", "--set", "seed=1", "--temperature", "1.5"),
    )
    heard = events_in(done.stdout)
    kinds = {kind.__name__: kind for kind in get_args(events.Event)}
    for event in heard:
        kind = kinds[event["event"]]
        assert event.keys() == {"event", *kind.__dataclass_fields__}
    names = [event["event"] for event in heard]
    assert names[0] == "LoadProgress"
    assert names.index("ModelLoaded") < names.index("TurnStarted") < names.index("MessageClosed")
    assert names[-1] == "TurnEnded"
    assert sum(len(event["tokens"]) for event in of_kind(heard, "MessageClosed")) == 20


def test_an_answer_cut_at_its_limit_says_so_and_fails(random_model):
    done = run("-p", "hello", "--model", str(random_model), "--set", "max_tokens=5")
    assert done.returncode == 1
    assert done.stderr == "harmony-tui: The answer reached max_tokens (5).\n"


def test_the_same_seed_says_the_same(random_model):
    def words(seed):
        done = run(
            # No call is allowed: the clock would tell each of them another time.
            *("-p", "hello", "--json", "--model", str(random_model), "--approve", "always"),
            *("--set", f"seed={seed}", "--set", "max_tokens=30"),
        )
        return [event["tokens"] for event in of_kind(events_in(done.stdout), "MessageClosed")]

    assert words(1) == words(1) != words(2)


def start(*arguments):
    return subprocess.Popen(
        [*PROGRAM, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # A shell that runs the tests in the background has its children ignore Ctrl+C.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    )


def test_ctrl_c_stops_the_answer_and_the_program(random_model):
    process = start(
        *("-p", "hello", "--json", "--model", str(random_model), "--set", "max_tokens=100000")
    )
    for line in process.stdout:
        if json.loads(line)["event"] == "DecodeProgress":
            break
    process.send_signal(signal.SIGINT)
    output, errors = process.communicate(timeout=120)
    assert process.returncode == 130
    assert events_in(output)[-1]["finish"] == "cancelled"
    assert errors == ""


def test_ctrl_c_while_the_model_loads_is_quiet(random_model):
    process = start("-p", "hello", "--json", "--model", str(random_model))
    process.stdout.readline()
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=120)
    assert process.returncode == 130
    assert errors == ""


def test_a_reader_that_leaves_ends_it_quietly(random_model):
    process = start(
        *("-p", "hello", "--json", "--model", str(random_model), "--set", "max_tokens=100000")
    )
    process.stdout.readline()
    process.stdout.close()
    assert process.wait(timeout=120) == 141
    assert process.stderr.read() == ""
    process.stderr.close()


# --- a turn of the bundled model -------------------------------------------------------------


@pytest.fixture(scope="module")
def told_as_json():
    return events_in(run("-p", QUESTION, "--json").stdout)


def test_the_answer_and_nothing_else_goes_to_stdout():
    done = run("-p", QUESTION)
    assert done.returncode == 0
    assert "513" in done.stdout
    assert done.stdout.endswith("\n")
    assert "calculator" not in done.stdout
    assert done.stderr == ""


def test_a_question_comes_from_standard_input():
    done = run("-p", "-", stdin=None, input=QUESTION + "\n")
    assert done.returncode == 0
    assert "513" in done.stdout


@pytest.mark.parametrize("is_typed", [True, False])
def test_placeholders_are_filled_in_where_they_were_typed_alone(tmp_path, is_typed):
    log = tmp_path / "debug.jsonl"
    text = "Say <|TIMEA|>"
    done = run("-p", text if is_typed else "-", "--debug-log", log, stdin=None, input=text)
    assert done.returncode == 0
    assert ("TIMEA" in log.read_text()) is not is_typed


def test_the_reasoning_goes_to_stderr(told_as_json):
    done = run("-p", QUESTION, "--show-analysis")
    assert "513" in done.stdout
    assert done.stderr.strip()
    closed = of_kind(told_as_json, "MessageClosed")
    assert any(event["channel"] == "analysis" for event in closed)


def test_json_shows_the_reasoning_the_call_its_result_and_the_answer(told_as_json):
    heard = told_as_json
    channels = [event["channel"] for event in of_kind(heard, "MessageClosed")]
    assert channels[0] == "analysis"
    assert channels[-1] == "final"
    (requested,) = of_kind(heard, "ToolCallRequested")
    assert requested["recipient"] == "functions.calculator"
    (finished,) = of_kind(heard, "ToolCallFinished")
    assert (finished["outcome"], finished["output"]) == ("done", "513")
    assert "513" in of_kind(heard, "MessageClosed")[-1]["text"]


def test_an_answer_keeps_to_the_form_that_was_asked_for(tmp_path):
    number = run("-p", QUESTION, "--regex", "[0-9]{1,6}")
    assert number.stdout.strip().isdecimal()
    schema = tmp_path / "schema.json"
    schema.write_text(
        json.dumps(
            {
                "type": "object",
                "properties": {"found": {"type": "boolean"}},
                "required": ["found"],
                "additionalProperties": False,
            }
        )
    )
    answer = run("-p", QUESTION, "--schema", str(schema))
    assert json.loads(answer.stdout)["found"] in (True, False)
    broken = run("-p", QUESTION, "--regex", "[0-9")
    assert broken.returncode == 1
    assert "The regular expression cannot be kept to" in broken.stderr


def test_a_call_that_nobody_can_allow_is_declined_and_explained():
    done = run("-p", QUESTION, "--json", "--approve", "always")
    (finished,) = of_kind(events_in(done.stdout), "ToolCallFinished")
    assert finished["outcome"] == "declined"
    assert "functions.calculator was declined" in done.stderr
    assert "--approve auto" in done.stderr


def test_the_command_line_stands_above_the_settings_file(tmp_path):
    file = tmp_path / "config" / "config.toml"
    file.parent.mkdir()
    file.write_text('approval = "always"\n[hyperparameters]\nmax_tokens = 3\n')
    environment = {**os.environ, "HARMONY_TUI_HOME": str(tmp_path)}
    assert run("-p", QUESTION, env=environment).returncode == 1
    done = run(*("-p", QUESTION, "--approve", "auto", "--set", "max_tokens=500"), env=environment)
    assert (done.returncode, "513" in done.stdout) == (0, True)
    done = run("-p", QUESTION, "--max-kv-size", "40", env=environment)
    assert done.returncode == 1
    assert "longer than the context_limit of 40 tokens" in done.stderr
