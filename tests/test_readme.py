"""What the README says is so."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from engine.config import locations
from engine.config.hyperparameters import Hyperparameters
from engine.config.settings import Settings, load_settings
from harmony_tui import subcommands
from harmony_tui.cli import build_parser
from harmony_tui.screens.help import read_page

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def section(name):
    """Return what stands between two markers."""
    return re.search(rf"<!-- {name}\b.*?-->\n(.*?)<!-- end of {name} -->", README, re.DOTALL)[1]


@pytest.mark.parametrize("name", ["keys", "commands"])
def test_its_tables_are_those_of_the_manual(name):
    rows = [line for line in read_page(name).splitlines() if line.startswith("|")]
    assert section(name).splitlines() == rows


def test_its_options_are_those_of_the_command_line():
    _, options = build_parser()
    rows = []
    for option in options:
        value = option.action.metavar or "\\|".join(option.action.choices or [])
        spelled = ", ".join(f"`{f'{each} {value}'.rstrip()}`" for each in option.spellings)
        rows.append(f"| {spelled} | {option.explanation} |")
    assert section("options").splitlines() == ["| Option | |", "|---|---|", *rows]


def test_its_subcommands_are_those_of_the_command_line():
    _, parsers = subcommands.build_parser()
    rows = [
        f"| `{parser.usage.removeprefix('harmony-tui ')}` | {parser.description} |"
        for parser in parsers.values()
    ]
    assert section("subcommands").splitlines() == ["| Subcommand | |", "|---|---|", *rows]


def test_its_settings_are_complete_and_can_be_loaded(tmp_path):
    text = section("settings").removeprefix("```toml\n").removesuffix("```\n")
    file = tmp_path / "config.toml"
    file.write_text(text, encoding="utf-8")
    load_settings(file)
    content = tomllib.loads(text)
    assert content.keys() == set(Settings.model_fields)
    assert content["hyperparameters"].keys() == set(Hyperparameters.model_fields)


@pytest.mark.skipif(sys.platform != "linux", reason="the other column is about Macs")
@pytest.mark.parametrize(
    "location",
    [
        locations.config_file,
        locations.profiles_folder,
        locations.themes_folder,
        locations.presets_file,
        locations.history_file,
        locations.sessions_folder,
        locations.prefixes_folder,
        locations.log_file,
    ],
)
def test_its_places_are_those_of_this_platform(location, monkeypatch):
    for name in list(os.environ):
        if name.startswith("XDG_") or name == "HARMONY_TUI_HOME":
            monkeypatch.delenv(name)
    assert f"`{location()}".replace(str(Path.home()), "~") in README


def test_its_links_lead_somewhere():
    links = re.findall(r"\]\(([^)#:]+)\)", README)
    assert links
    for link in links:
        assert (ROOT / link).exists(), link


def test_its_python_can_be_run():
    code = section("python").removeprefix("```python\n").removesuffix("```\n")
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "called: 84" in done.stdout
    assert "called: 89" in done.stdout
    assert done.stderr == ""
