"""Profiles and settings from the command line: real files, the real program."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from engine.config.precedence import DEFAULTS

QUESTION = "What is 127 + 386?"


@pytest.fixture
def home(tmp_path):
    (tmp_path / "config" / "profiles").mkdir(parents=True)
    return tmp_path / "config"


@pytest.fixture
def run(tmp_path):
    def run(*arguments):
        return subprocess.run(
            [sys.executable, "-m", "harmony_tui", *arguments],
            check=False,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            env={**os.environ, "HARMONY_TUI_HOME": str(tmp_path)},
        )

    return run


def write(home, **profiles):
    for name, text in profiles.items():
        (home / "profiles" / f"{name}.toml").write_text(text)


def test_profiles_are_listed_and_tried(run, home):
    assert "There are no profiles" in run("profiles").stdout
    write(home, base='description = "What all have"\n', tutor='extends = "base"\n')
    fine = run("profiles")
    assert fine.returncode == 0
    base, tutor = fine.stdout.splitlines()
    assert base.split() == ["ok", "base", "What", "all", "have"]
    assert tutor.split() == ["ok", "tutor", "extends", "base"]
    write(
        home,
        circle='extends = "circle"',
        lost='model = "no/such-model"',
        gone='prompt_config = "missing.toml"',
        wrong="[hyperparameters]\ntemprature = 1",
    )
    broken = run("profiles", "--json")
    assert broken.returncode == 1
    problems = {each["name"]: each["problem"] for each in json.loads(broken.stdout)}
    assert (problems.pop("base"), problems.pop("tutor")) == (None, None)
    for name, said in {
        "circle": "circle.toml: 'extends' goes in a circle: circle -> circle",
        "lost": "lost.toml: 'model': There is no folder and no downloaded model 'no/such-model'",
        "gone": f"/missing.toml. It is named by 'prompt_config' in {home}/profiles/gone.toml.",
        "wrong": "wrong.toml: 'hyperparameters': There is no 'temprature' (did you mean",
    }.items():
        assert said in problems.pop(name)
    assert problems == {}
    plain = run("profiles")
    assert plain.returncode == 1
    assert plain.stdout.count("problem ") == 4
    names = run("profiles", "--names").stdout.split()
    assert names == ["base", "circle", "gone", "lost", "tutor", "wrong"]


def test_settings_are_listed_with_their_origins(run, home, tmp_path):
    (home / "config.toml").write_text('theme = "harmony-light"\nprofile = "tutor"\n')
    write(home, tutor='greeting = "Hello"\n[hyperparameters]\nseed = 3\n')
    prompt = tmp_path / "prompt.json"
    prompt.write_text('{"temperature": 0.5, "mlock": true, "placeholders": {"user": "Ada"}}')
    done = run("config", "show", "--json", "--prompt-config", str(prompt))
    assert done.returncode == 0
    assert "mlock" in done.stderr
    found = {each["name"]: each for each in json.loads(done.stdout)}
    assert found.keys() == {*DEFAULTS, "placeholders.user"}
    assert [
        (name, found[name]["value"], found[name]["origin"])
        for name in ("theme", "greeting", "seed", "temperature", "placeholders.user", "top_p")
    ] == [
        ("theme", "harmony-light", "settings"),
        ("greeting", "Hello", "profile"),
        ("seed", 3, "profile"),
        ("temperature", 0.5, "prompt configuration"),
        ("placeholders.user", "Ada", "prompt configuration"),
        ("top_p", 1.0, "default"),
    ]
    assert found["prompt_config"]["origin"] == "command line"
    assert run("config", "show", "temperature").stdout.split() == [
        *("temperature", "0.2", "generation_config", "of", "demo")
    ]
    assert "did you mean 'identity'" in run("config", "show", "identty").stderr


def test_the_editor_opens_the_file_and_what_it_left_wrong_is_said(run, home, monkeypatch):
    monkeypatch.setenv("VISUAL", "sed -i '$ a theme = \"harmony-light\"'")
    assert run("config", "edit").returncode == 0
    assert "theme = " in (home / "config.toml").read_text()
    done = run("config", "edit")  # the same line once more
    assert done.returncode == 1
    assert f"{home / 'config.toml'}" in done.stderr
    assert "Mend it with: harmony-tui config edit" in done.stderr
    monkeypatch.setenv("VISUAL", "")
    monkeypatch.delenv("EDITOR", raising=False)
    assert "Set VISUAL or EDITOR" in run("config", "edit").stderr


WRITTEN = {
    "config.toml": """\
# a comment
thme = "harmony-light"
greeting = """
    + '"""'
    + """
theme = 'in a text'
"""
    + '"""'
    + """
approval = "sometimes"

[hyperparameters]
seed = 1
temprature = 1
top_p = 7
""",
    "profiles/tutor.toml": "",
    "profiles/wrong.toml": 'description = ""\nextends = "nobody"\n',
    "profiles/torn.toml": 'description = ""\ngreeting = "\n',
    "presets.toml": "[mine]\nseed = 1\ntempo = 2\n[yours]\ntop_p = 0.5\n",
    "permissions.toml": """\
[[rule]]
tool = "python"
decision = "always"

[[rule]]
tool = "browser"
decision = "perhaps"
hosts = "a"
""",
    "tools.toml": '[command.count]\ndescription = "Counts"\n\n[mcp.files]\nurl = "ftp://a"\n',
    "tools.py": "import os\n\ndef (:\n",
    "themes/mine.toml": 'primary = "no colour"\nprimry = "#fff"\n\n[roles]\nuser = 5\n',
    "themes/good.toml": 'primary = "#7aa2d8"\n',
}
"""Files of a person's, by their path, with faults on lines that can be counted."""

FAULTS = {
    "config.toml": [2, 6, 10, 11],
    "wrong.toml": [2],
    "torn.toml": [2],
    "presets.toml": [3],
    "permissions.toml": [7, 8],
    "tools.toml": [1, 5],
    "tools.py": [3],
    "mine.toml": [1, 2, 5],
}
"""The lines of the faults that are to be found."""


def test_each_fault_of_each_file_is_told_with_its_line(run, home):
    (home / "themes").mkdir()
    for name, text in WRITTEN.items():
        (home / name).write_text(text)
    done = run("config", "validate", "--json")
    assert (done.returncode, done.stderr) == (1, "")
    found = {Path(each["path"]).name: each for each in json.loads(done.stdout)}
    assert found.keys() == {Path(name).name for name in WRITTEN}
    lines = {
        name: sorted(fault["line"] for fault in report["faults"])
        for name, report in found.items()
        if report["state"] == "problem"
    }
    assert lines == FAULTS
    assert (found["tutor.toml"]["state"], found["good.toml"]["state"]) == ("ok", "ok")
    plain = run("config", "validate").stdout.splitlines()
    assert plain[0] == f"problem  {home / 'config.toml'}"
    assert plain[1].startswith("    line 2: there is no setting 'thme' (did you mean 'theme'?)")


def test_keys_are_examined_and_files_without_a_fault_are_fine(run, home):
    assert run("config", "validate").stdout == f"none     {home / 'config.toml'}\n"
    (home / "config.toml").write_text(
        '[keys]\nquit = ["ctrl+q"]\nnothing = ["f9"]\nnew = ["hyper+x", "f10"]\n'
    )
    done = run("config", "validate", "--json")
    assert done.returncode == 1
    (report,) = json.loads(done.stdout)
    assert [fault["line"] for fault in report["faults"]] == [3, 4]
    assert "there is no command 'nothing'" in report["faults"][0]["text"]
    (home / "config.toml").write_text('[keys]\nquit = ["ctrl+q"]\n')
    done = run("config", "validate")
    assert (done.returncode, done.stdout) == (0, f"ok       {home / 'config.toml'}\n")


def test_a_profile_that_is_none_is_answered_with_the_nearest(run, home):
    write(home, tutor="")
    for arguments in (["config", "show"], ["-p", QUESTION]):
        done = run(*arguments, "--profile", "tutro")
        assert done.returncode == 1
        assert "There is no profile 'tutro' (did you mean 'tutor'?)" in done.stderr
        assert "Traceback" not in done.stderr


def test_a_question_goes_by_profile_and_command_line(run, home):
    write(home, short="tools = false\n[hyperparameters]\nmax_tokens = 3\n")
    cut = run("-p", QUESTION, "--profile", "short")
    assert cut.returncode == 1
    assert "reached max_tokens (3)" in cut.stderr
    done = run("-p", QUESTION, "--profile", "short", "--set", "max_tokens=300", "--json")
    heard = [json.loads(line)["event"] for line in done.stdout.splitlines()]
    assert "TurnEnded" in heard
    assert "ToolCallStarted" not in heard  # the profile takes the tools away


def test_what_is_asked_is_filled_in(run, home):
    (home / "config.toml").write_text('[placeholders]\nsum = "127 + 386"\n')
    done = run("-p", "What is {sum}?", "--json")
    heard = [json.loads(line) for line in done.stdout.splitlines()]
    assert [each["text"] for each in heard if each["event"] == "TurnStarted"] == [QUESTION]
