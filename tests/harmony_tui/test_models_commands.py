"""The subcommands about models, in a shell, with a real Hub on this machine."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from engine.models import demo
from harmony_tui import cli
from tests.engine.models.hub_server import Hub, serving

NAME = "somebody/tiny-gpt-oss"
FILES = {file.name: file.read_bytes() for file in demo.WEIGHTS.iterdir()}
SIZE = f"{len(FILES['model.safetensors']) / 1e6:.1f} MB"


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("HARMONY_TUI_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("HOME", str(tmp_path / "person"))
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hf"))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    for name in ("HF_HUB_CACHE", "HF_TOKEN", "HUGGING_FACE_HUB_TOKEN", "HF_TOKEN_PATH"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path / "home"


@pytest.fixture
def hub(monkeypatch):
    with serving(Hub(NAME, FILES)) as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.address)
        yield hub


@pytest.fixture
def run(capsys):
    def call(*arguments):
        code = cli.main(arguments)
        output, errors = capsys.readouterr()
        return code, output, errors

    return call


def test_a_model_is_downloaded_listed_and_inspected(home, hub, run):
    folder = home / "data" / "models" / NAME
    assert run("models", "download", NAME) == (0, f"{NAME} is in {folder}\n", "")
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == FILES
    code, output, _ = run("models", "list")
    demo_line, line = output.splitlines()
    assert code == 0
    assert demo_line.startswith("demo ")
    assert line.startswith(NAME)
    assert f"{SIZE}  mxfp4  fits: it takes" in line
    code, output, _ = run("models", "list", "--json")
    told = json.loads(output)[1]
    assert (told["name"], told["path"], told["verdict"]) == (NAME, str(folder), "fits")
    code, output, _ = run("models", "inspect", NAME)
    assert code == 0
    assert str(folder) in output


def test_the_folder_of_models_is_the_one_that_is_set(home, hub, run, tmp_path):
    (home / "config").mkdir(parents=True)
    (home / "config" / "config.toml").write_text(f"models_folder = '{tmp_path / 'mine'}'\n")
    code, _, _ = run("models", "download", NAME)
    assert code == 0
    assert (tmp_path / "mine" / NAME / "config.json").is_file()


def test_what_cannot_be_loaded_is_listed_with_the_reason(home, run):
    folder = home / "data" / "models" / "broken"
    folder.mkdir(parents=True)
    (folder / "config.json").write_text("{")
    code, output, _ = run("models", "list")
    assert code == 0
    assert "cannot be loaded" in output
    assert f"{folder / 'config.json'} is not valid JSON" in output


def test_a_model_is_removed_by_whoever_says_yes(home, hub, run, tmp_path, monkeypatch):
    run("models", "download", NAME)
    owner = home / "data" / "models" / "somebody"
    code, output, errors = run("models", "remove", NAME)
    assert (code, output) == (1, "")
    assert "There is no terminal to ask in; --yes says so." in errors
    assert (owner / "tiny-gpt-oss" / "config.json").is_file()
    code, output, _ = run("models", "remove", NAME, "--yes", "--json")
    assert code == 0
    told = json.loads(output)
    assert (told["name"], told["deleted"]) == (NAME, True)
    assert told["path"].startswith(str(owner))
    assert not owner.exists()
    assert run("models", "remove", NAME, "--yes")[0] == 1
    assert "cannot be removed" in run("models", "remove", "demo", "--yes")[2]
    assert demo.WEIGHTS.is_dir()


def test_of_the_hubs_cache_all_versions_are_removed(run, tmp_path):
    entry = tmp_path / "hf" / "hub" / "models--somebody--other"
    (entry / "blobs").mkdir(parents=True)
    (entry / "blobs" / "1").write_text("{}")
    for version in ("a", "b"):
        (entry / "snapshots" / version).mkdir(parents=True)
        (entry / "snapshots" / version / "config.json").symlink_to(entry / "blobs" / "1")
    assert run("models", "remove", "somebody/other", "--yes")[0] == 0
    assert not entry.exists()


def test_a_failure_is_one_sentence(hub, run):
    hub.refuses = (404, "RepoNotFound")
    code, output, errors = run("models", "download", NAME)
    assert (code, output) == (1, "")
    assert errors.startswith("harmony-tui: There is no model")
    assert errors.count("\n") == 1


def test_ctrl_c_stops_it_and_the_same_command_goes_on(home, hub, run):
    hub.on_piece = lambda: time.sleep(0.05)
    process = subprocess.Popen(
        [sys.executable, "-m", "harmony_tui", "models", "download", NAME],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ.copy(),
        # Whatever a shell starts in the background has SIGINT ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    )
    part = home / "data" / "models" / NAME / "model.safetensors.part"
    end = time.monotonic() + 60
    while not (part.exists() and part.stat().st_size > 200_000):
        assert time.monotonic() < end
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert errors == "Stopped. What came is kept: the same command goes on from there.\n"
    had = part.stat().st_size
    hub.on_piece = lambda: None
    code, _, _ = run("models", "download", NAME)
    assert code == 0
    assert (part.parent / "model.safetensors").read_bytes() == FILES["model.safetensors"]
    assert f"bytes={had}-" in [asked for _, asked in hub.asked]
